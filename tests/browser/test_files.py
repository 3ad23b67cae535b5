"""What the widget's files promise to whoever embeds them."""

import gzip
import re

from bot.channels.page import CONTENT_MODULE, WIDGET_DIR

FILES = sorted(path for path in WIDGET_DIR.rglob("*") if path.is_file())
LARGEST_IN_ALL = 24 * 1024  # bytes, compressed


def test_the_widget_is_small() -> None:
    sizes = {path.name: len(gzip.compress(path.read_bytes())) for path in FILES}
    assert sum(sizes.values()) <= LARGEST_IN_ALL, sizes


def test_no_text_can_become_html() -> None:
    risky = (
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|Function\("
    )
    found = {path.name: re.findall(risky, path.read_text("utf-8")) for path in FILES}
    assert not any(found.values()), found


def test_no_other_site_is_named() -> None:
    for path in FILES:
        addresses = re.findall(
            r"(?:https?:)?//[a-z0-9.-]+\.[a-z]+", path.read_text("utf-8")
        )
        assert set(addresses) <= {"http://www.w3.org"}, path.name


def test_every_import_leads_to_a_file_of_the_widget() -> None:
    for path in FILES:
        text = path.read_text("utf-8")
        for target in re.findall(r'from "(\.[^"]+)"', text):
            made = target == f"./{CONTENT_MODULE}"
            assert made or (path.parent / target).exists(), f"{path.name}: {target}"
