"""What the widget's files promise to whoever embeds them."""

import gzip
import re

import pytest

from bot.channels.widget import WIDGET_DIR, Widget
from bot.knowledge import KnowledgeBase, load_knowledge
from bot.settings import PROJECT_DIR

SOURCES = sorted(
    path for suffix in ("js", "css") for path in WIDGET_DIR.glob(f"*.{suffix}")
)
BUILT = sorted((WIDGET_DIR / "dist").iterdir())
SECOND = PROJECT_DIR / "tests" / "second_content" / "knowledge"
CONTENTS = [load_knowledge(), load_knowledge(SECOND)]
# Bytes, compressed: what every visitor loads, and what those load who open the chat.
LARGEST_LOADER = 3 * 1024
LARGEST_IN_ALL = 32 * 1024


def size(content: str) -> int:
    return len(gzip.compress(content.encode()))


@pytest.mark.parametrize("base", CONTENTS, ids=["first", "second"])
def test_the_widget_is_small(base: KnowledgeBase) -> None:
    widget = Widget(base)
    assert size(widget.loader.content) <= LARGEST_LOADER
    assert size(widget.loader.content) + size(widget.chat.content) <= LARGEST_IN_ALL


def test_no_text_can_become_html() -> None:
    risky = (
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|Function\("
    )
    files = [*SOURCES, *BUILT]
    found = {path.name: re.findall(risky, path.read_text("utf-8")) for path in files}
    assert not any(found.values()), found


def test_no_other_site_is_named() -> None:
    for path in (*SOURCES, *BUILT):
        addresses = re.findall(
            r"(?:https?:)?//[a-z0-9.-]+\.[a-z]+", path.read_text("utf-8")
        )
        assert set(addresses) <= {"http://www.w3.org"}, path.name


def test_every_import_leads_to_a_file_of_the_widget() -> None:
    for path in SOURCES:
        for target in re.findall(r'from "(\.[^"]+)"', path.read_text("utf-8")):
            assert (path.parent / target).exists(), f"{path.name}: {target}"
