"""Conversations are tests of pytest: what it runs, tells and writes."""

import re
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from stand_in import HELLO, HOW_MUCH, WHO, StandIn, Write

from bot.knowledge import load_knowledge
from bot.settings import PROJECT_DIR
from trials.client import Client
from trials.scripts.loading import read_conversations
from trials.scripts.promises import Promises
from trials.scripts.runner import hold
from trials.scripts.transcript import transcript

PASSING = f"""
fixtures:
  - english: [{{language: en}}]
metadata:
  - sum: {{topic: Lottery}}
test_cases:
  - test_case: a greeting is small talk
    fixtures: [english]
    steps:
      - user: "{HELLO}"
        assertions:
          - kind: smalltalk
  - test_case: the sum is told
    metadata: sum
    steps:
      - user: "{HOW_MUCH}"
        assertions:
          - facts_include: [grant.amount]
"""
FAILING = f"""
test_cases:
  - test_case: the list is <b>not</b> small talk
    steps:
      - user: "{WHO}"
        assertions:
          - kind: smalltalk
          - facts: [grant.amount]
      - user: "{HOW_MUCH}"
      - bot: "Ingen vet."
"""
PYTEST = ["-m", "pytest", "-v", "--rootdir", ".", "-p", "no:cacheprovider"]
PLUGIN = ["-p", "trials.scripts.pytest_plugin"]
Done = subprocess.CompletedProcess[str]
Run = Callable[..., Done]


@pytest.fixture
def run(url: str, tmp_path: Path) -> Run:
    """Runs pytest on the folder of files that were written, against the stand-in."""

    def run_pytest(*arguments: object, url: str = url, **settings: str) -> Done:
        return subprocess.run(
            [
                sys.executable,
                *PYTEST,
                *PLUGIN,
                "-o",
                "conversations=.",
                "--url",
                url,
                *map(str, arguments),
            ],
            cwd=tmp_path,
            env={"PYTHONPATH": str(PROJECT_DIR), "PATH": "", **settings},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    return run_pytest


def test_the_whole_folder_tells_turn_expected_and_came_and_then_the_coverage(
    run: Run, write: Write, assistant: StandIn
) -> None:
    file = write(FAILING)
    write(PASSING, "passing.yml")
    done = run("--junitxml", "report.xml", "--transcript", "made/page.html")
    assert done.returncode == 1
    for part in (
        "talks.yml::the list is <b>not</b> small talk FAILED",
        "passing.yml::the sum is told PASSED",
        f"turn 1, {file.name}:5: «{WHO}»",
        "kind (line 7): expected smalltalk, came answer",
        "facts (line 8): not expected: recipients.count, recipients.list",
        f"turn 2, {file.name}:9: «{HOW_MUCH}»",
        "bot (line 10):",
        "      -Ingen vet.",
        "      +",
        "the reply was:",
        "every intent, fact and action is touched by some conversation FAILED",
        "intents: 3 of ",
        "2 failed, 2 passed",
    ):
        assert part in done.stdout
    assert "Traceback" not in done.stdout
    assert "runner.py" not in done.stdout
    untouched = done.stdout.split("intents: 3 of ")[1].split("untouched: ")[1]
    assert "ask_pot" in untouched.split("\n")[0].split(", ")
    assert_sent_apart(assistant)
    assert_report(file.with_name("report.xml"))
    assert_page((file.parent / "made" / "page.html").read_text("utf-8"))


def assert_sent_apart(assistant: StandIn) -> None:
    """Each conversation has a sender and fixtures of its own."""
    senders = [body["sender"] for body in assistant.heard]
    assert (len(senders), len(set(senders))) == (4, 3)
    slots = {body["message"]: body.get("slots") for body in assistant.heard}
    assert slots == {HELLO: {"language": "en"}, HOW_MUCH: None, WHO: None}


def assert_report(file: Path) -> None:
    (suite,) = ElementTree.parse(file).getroot()
    assert (suite.get("tests"), suite.get("failures")) == ("4", "2")
    first = next(suite.iter("failure"))
    assert "expected smalltalk, came answer" in str(first.text)


def assert_page(html: str) -> None:
    assert "<b>not" not in html
    for part in (
        '<html lang="nb">',
        "2 av 3 samtaler besto",
        WHO,
        "✗ Ikke bestått",
        "Hva assistenten gjør: småprater<br><strong>Kom:</strong> svarer fra",
        "expected smalltalk, came answer",
        "Regjeringen gir 6 millioner kroner til innovasjonsmiljøer",
    ):
        assert part in html
    assert not re.search(r"""(?:src|href)=["'](?!#)""", html)


@pytest.mark.parametrize("chosen", ["told", "SUM and passing", "lottery"])
def test_k_chooses_by_name_file_and_metadata_and_asks_for_no_coverage(
    run: Run, write: Write, assistant: StandIn, chosen: str
) -> None:
    write(PASSING, "passing.yml")
    done = run("-k", chosen)
    assert done.returncode == 0, done.stdout
    assert "1 passed, 1 deselected" in done.stdout
    assert [body["message"] for body in assistant.heard] == [HOW_MUCH]


def test_a_bad_file_is_an_error_that_names_every_line_and_nothing_is_asked(
    run: Run, write: Write, assistant: StandIn
) -> None:
    write(PASSING.replace("kind", "kinds"))
    write(PASSING.replace("grant.amount", "grant.amont"), "typo.yml")
    done = run()
    assert done.returncode == 2
    assert "talks.yml:12: kinds: there is no such field" in done.stdout
    assert "typo.yml:18: facts_include: there is no fact" in done.stdout
    assert not assistant.heard


def test_a_file_outside_the_folder_can_be_named(
    run: Run, write: Write, tmp_path: Path, url: str
) -> None:
    (tmp_path / "mine").mkdir()
    write(PASSING, "mine/talk.yml")
    address = url.removeprefix("http://")
    done = run("-o", "conversations=other", "mine/talk.yml", url=address)
    assert done.returncode == 0, done.stdout
    assert "2 passed" in done.stdout


def test_a_server_that_is_not_there_is_told_with_what_to_do(
    run: Run, write: Write
) -> None:
    write(PASSING)
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{closed.getsockname()[1]}"
        done = run(url=url)
    assert done.returncode == 1
    assert f"no server answers at {url}: correct --url" in done.stdout


@pytest.mark.usefixtures("model")
def test_a_server_that_is_up_hears_nothing_of_trials_unless_it_is_named(
    run: Run, write: Write, assistant: StandIn, url: str
) -> None:
    write(PASSING)
    done = run("-s", url="auto", PORT=url.rsplit(":", 1)[1])
    assert "Starting a server for this run" in done.stderr
    assert assistant.heard == []
    named = run("-s", url=url)
    assert "which keeps what is said" in named.stderr
    assert len(assistant.heard) > 0


@pytest.mark.parametrize(
    ("status", "told"),
    [(500, "it fell over"), (404, "has no /webhooks/rest/trace")],
)
def test_a_server_that_gives_no_reply_fails_the_conversation(
    run: Run, write: Write, assistant: StandIn, status: int, told: str
) -> None:
    assistant.status = status
    write(FAILING)
    done = run("-k", "list")
    assert done.returncode == 1
    assert told in done.stdout
    assert len(assistant.heard) == 1


def test_a_page_that_cannot_be_written_is_told(
    run: Run, write: Write, tmp_path: Path
) -> None:
    write(PASSING)
    (tmp_path / "taken").write_text("", "utf-8")
    done = run("-k", "sum", "--transcript", "taken/page.html")
    assert done.returncode == pytest.ExitCode.USAGE_ERROR
    assert "cannot write" in done.stdout + done.stderr


def page_of(url: str, file: Path) -> str:
    """Return the page of the conversations of a file."""
    client, promises = Client(url), Promises(load_knowledge())
    return transcript([hold(t, client, promises) for t in read_conversations(file)])


def test_the_page_escapes_html(url: str, write: Write) -> None:
    attack = "<script>alert(1)</script>"
    html = page_of(url, write(FAILING.replace("Ingen vet.", attack)))
    assert attack not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html


def test_a_reply_without_a_payload_is_shown_like_any_other(
    url: str, write: Write, assistant: StandIn
) -> None:
    assistant.change = lambda answer: {**answer, "messages": answer["messages"][:1]}
    html = page_of(url, write(FAILING))
    assert "the reply has 0 payloads" in html
    assert "Hva assistenten gjør: ukjent" in html


def test_the_page_shows_the_title_of_a_button_that_is_pressed(
    url: str, write: Write
) -> None:
    payload = '/ask_topic{"topic": "grant.amount"}'
    talk = f"""
test_cases:
  - test_case: a button is pressed
    steps:
      - user: "{WHO}"
      - user: '{payload}'
        assertions:
          - slot_was_set: [{{name: language, value: nn}}]
"""
    html = page_of(url, write(talk))
    assert "Bruker trykket på knappen" in html
    assert "<p>Hvor mye penger fikk miljøene?</p>" in html
    assert "language skal bli satt til «nn»" in html
    assert "language er «nb»" in html


def test_the_page_has_a_label_for_every_assertion(
    schema_assertions: dict[str, Any],
) -> None:
    folder = PROJECT_DIR / "trials" / "scripts" / "templates"
    template = (folder / "transcript.html.j2").read_text("utf-8")
    labels = template.split("{% set kinds")[0]
    assert set(re.findall(r'"(\w+)": "', labels)) == {
        *schema_assertions,
        "bot",
        "utter",
    }
