"""What Lighthouse says of the page, and of a page that embeds the widget."""

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest
from rest_client import Server

from .browsers import CHROMIUM_FLAGS, path_of

LIGHTHOUSE = Path(__file__).parent / "lighthouse/node_modules/.bin/lighthouse"
FLAGS = " ".join(("--headless=new", *CHROMIUM_FLAGS))
# A telephone is what Lighthouse takes a page for when no preset is named.
SCREENS = {"desktop": ["--preset=desktop"], "telephone": []}
# A machine that is busy makes a page slower and never faster, so its best run counts.
MOST_RUNS = 3
SECONDS = 120


def report_on(url: str, screen: str, folder: Path) -> dict[str, Any]:
    """Let Lighthouse judge a page with simulated throttling, and return its report."""
    report = folder / "report.json"
    command = [
        str(LIGHTHOUSE),
        url,
        *SCREENS[screen],
        "--throttling-method=simulate",
        "--output=json",
        f"--output-path={report}",
        f"--chrome-flags={FLAGS}",
        "--no-enable-error-reporting",
        "--quiet",
    ]
    environment = {**os.environ, "CHROME_PATH": path_of("chromium")}
    subprocess.run(command, check=True, timeout=SECONDS, env=environment)
    found: dict[str, Any] = json.loads(report.read_text("utf-8"))
    return found


def shortcomings(report: dict[str, Any]) -> dict[str, list[str]]:
    """Return the categories below 100, with the audits that cost them something."""
    audits = report["audits"]
    return {
        f"{category['title']}: {category['score']}": [
            f"{audits[ref['id']]['title']} ({audits[ref['id']]['score']})"
            for ref in category["auditRefs"]
            if ref["weight"] and audits[ref["id"]]["score"] not in (None, 1)
        ]
        for category in report["categories"].values()
        if category["score"] != 1
    }


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("where", ["page", "embedded"])
def test_lighthouse_gives_100_of_100_in_all_categories(
    server: Server, embedding_site: str, tmp_path: Path, where: str, screen: str
) -> None:
    url = server.url if where == "page" else embedding_site
    for _ in range(MOST_RUNS):
        report = report_on(url, screen, tmp_path)
        assert len(report["categories"]) == 4
        if not shortcomings(report):
            break
    assert shortcomings(report) == {}
