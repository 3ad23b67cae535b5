"""The command `conversations`: what it runs, tells and writes, and its exit status."""

import re
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from stand_in import HELLO, HOW_MUCH, WHO, StandIn, Write

from bot import cli
from bot.settings import PROJECT_DIR

PASSING = f"""
fixtures:
  - english: [{{language: en}}]
metadata:
  - sum: {{topic: grant}}
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
Run = Callable[..., int]


@pytest.fixture
def run(url: str) -> Run:
    """Runs the command against the stand-in."""
    return lambda *arguments: cli.main(
        ["conversations", "--url", url, *map(str, arguments)]
    )


@contextmanager
def a_closed_port() -> Iterator[int]:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        yield closed.getsockname()[1]


def test_conversations_that_pass_give_status_0_and_one_line(
    run: Run, write: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(write(PASSING)) == 0
    told = capsys.readouterr().out
    assert re.fullmatch(r"2 passed: 2 conversations, 2 turns in [\d.]+ s\n", told)
    assert run(write(PASSING), "-k", "sum") == 0
    told = capsys.readouterr().out
    assert re.fullmatch(r"1 passed: 1 conversation, 1 turn in [\d.]+ s\n", told)


def test_conversations_that_fail_give_status_1_and_tell_turn_expected_and_came(
    run: Run, write: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    file = write(FAILING)
    write(PASSING, "passing.yml")
    assert run(file.parent) == 1
    told = capsys.readouterr().out
    for part in (
        f"FAILED {file}:3 the list is <b>not</b> small talk",
        f"turn 1, {file}:5: «{WHO}»",
        "kind (line 7): expected smalltalk, came answer",
        "facts (line 8): not expected: recipients.count, recipients.list",
        f"turn 2, {file}:9: «{HOW_MUCH}»",
        "bot (line 10):",
        "      -Ingen vet.",
        "      +",
        "the reply was:",
        "2 passed, 1 failed: 3 conversations, 4 turns",
    ):
        assert part in told


def test_a_bad_file_gives_status_2_and_every_bad_file_is_named(
    run: Run, write: Write, capsys: pytest.CaptureFixture[str], assistant: StandIn
) -> None:
    file = write(PASSING.replace("kind", "kinds"))
    write(PASSING.replace("grant.amount", "grant.amont"), "typo.yml")
    assert run(file.parent) == 2
    told = capsys.readouterr().err
    assert f"ScriptError: {file}:12: kinds: there is no such field" in told
    assert "typo.yml:18: facts_include: there is no fact 'grant.amont'" in told
    assert not assistant.heard


@pytest.mark.parametrize("extra", [["-k", "sum and"], ["-k", "unicorn"]])
def test_a_bad_expression_gives_status_2(
    run: Run, write: Write, capsys: pytest.CaptureFixture[str], extra: list[str]
) -> None:
    assert run(write(PASSING), *extra) == 2
    assert extra[1] in capsys.readouterr().err


def test_an_address_may_lack_its_http(url: str, write: Write) -> None:
    address = url.removeprefix("http://")
    assert address != url
    assert cli.main(["conversations", str(write(PASSING)), "--url", address]) == 0


def test_no_server_gives_status_2_and_says_what_to_do(
    write: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    with a_closed_port() as port:
        url = f"http://127.0.0.1:{port}"
        assert cli.main(["conversations", str(write(PASSING)), "--url", url]) == 2
    assert f"no server answers at {url}: correct --url" in capsys.readouterr().err


def test_without_url_the_server_at_port_is_asked(
    url: str,
    write: Write,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("PORT", url.rsplit(":", 1)[1])
    assert cli.main(["conversations", str(write(PASSING))]) == 0
    assert url in capsys.readouterr().err


def test_a_server_that_fails_makes_the_conversation_an_error(
    run: Run, write: Write, assistant: StandIn, capsys: pytest.CaptureFixture[str]
) -> None:
    assistant.status = 500
    file = write(FAILING)
    report = file.with_suffix(".xml")
    assert run(file, "--junit", report) == 1
    told = capsys.readouterr().out
    assert "ERROR" in told
    assert "status 500" in told
    assert "it fell over" in told
    assert ElementTree.parse(report).find(".//error") is not None
    assert len(assistant.heard) == 1


def test_a_server_without_the_route_gives_status_2(
    run: Run, write: Write, assistant: StandIn, capsys: pytest.CaptureFixture[str]
) -> None:
    assistant.status = 404
    assert run(write(PASSING)) == 2
    assert "has no /webhooks/rest/trace" in capsys.readouterr().err


def test_k_runs_what_it_chooses_alone(
    run: Run, write: Write, assistant: StandIn
) -> None:
    assert run(write(PASSING), "-k", "grant and sum") == 0
    assert [body["message"] for body in assistant.heard] == [HOW_MUCH]


def test_fixtures_are_sent_with_the_first_message_of_their_conversation(
    run: Run, write: Write, assistant: StandIn
) -> None:
    assert run(write(PASSING), "--jobs", "1") == 0
    assert [body.get("slots") for body in assistant.heard] == [{"language": "en"}, None]


def test_each_conversation_has_a_sender_of_its_own_that_it_keeps(
    run: Run, write: Write, assistant: StandIn
) -> None:
    for _ in range(2):
        run(write(FAILING), write(PASSING, "b.yml"))
    senders = [body["sender"] for body in assistant.heard]
    assert len(senders) == 8
    assert len(set(senders)) == 6


def test_fail_fast_begins_no_more_once_one_has_failed(
    run: Run, write: Write, assistant: StandIn, capsys: pytest.CaptureFixture[str]
) -> None:
    files = [write(FAILING, "a.yml"), write(PASSING, "b.yml")]
    assert run(*files, "--fail-fast", "--jobs", "1") == 1
    assert len(assistant.heard) == 2
    assert "0 passed, 1 failed, 2 not run" in capsys.readouterr().out


def test_paths_are_those_of_the_folder_where_the_command_is_typed(
    run: Run, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = write(PASSING)
    monkeypatch.chdir(file.parent)
    assert run(file.name, "--html", "page.html") == 0
    assert (file.parent / "page.html").exists()


def test_on_a_terminal_each_conversation_is_told_as_it_ends(
    run: Run,
    write: Write,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    run(write(PASSING))
    told = capsys.readouterr().out
    assert "1/2 passed " in told
    assert "2/2 passed " in told


def test_junit_counts_cases_and_holds_what_failed(run: Run, write: Write) -> None:
    name = "the list is <b>not</b> small talk"
    file = write(FAILING.replace(name, r'"a \x07 <bell>"'))
    write(PASSING, "passing.yml")
    report = file.with_suffix(".xml")
    run(file.parent, "--junit", report)
    root = ElementTree.parse(report).getroot()
    counts = {key: root.get(key) for key in ("tests", "failures", "errors", "skipped")}
    assert counts == {"tests": "3", "failures": "1", "errors": "0", "skipped": "0"}
    assert [suite.get("tests") for suite in root] == ["2", "1"]
    (failure,) = root.iter("failure")
    assert "expected smalltalk, came answer" in str(failure.text)
    assert "expected smalltalk" in str(failure.get("message"))
    for case in root.iter("testcase"):
        assert {"name", "classname", "file", "line", "time"} <= set(case.keys())


def test_the_page_shows_what_was_said_and_expected_and_escapes_html(
    run: Run, write: Write
) -> None:
    attack = "<script>alert(1)</script>"
    file = write(FAILING.replace("Ingen vet.", attack))
    page = file.with_suffix(".html")
    run(file, write(PASSING, "b.yml"), "--html", page)
    html = page.read_text("utf-8")
    assert attack not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
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


def test_a_reply_without_a_payload_is_reported_and_shown_like_any_other(
    run: Run, write: Write, assistant: StandIn, capsys: pytest.CaptureFixture[str]
) -> None:
    assistant.change = lambda answer: {**answer, "messages": answer["messages"][:1]}
    page = write(FAILING).with_suffix(".html")
    assert run(write(FAILING), "--html", page) == 1
    assert "broken promise: the reply has 0 payloads" in capsys.readouterr().out
    assert "Hva assistenten gjør: ukjent" in page.read_text("utf-8")


def test_the_page_shows_the_title_of_a_button_that_is_pressed(
    run: Run, write: Write
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
    page = write(talk).with_suffix(".html")
    run(write(talk), "--html", page)
    html = page.read_text("utf-8")
    assert "Bruker trykket på knappen" in html
    assert "<p>Hvor mye penger fikk miljøene?</p>" in html
    assert "language skal bli satt til «nn»" in html
    assert "language er «nb»" in html


def test_the_page_has_a_label_for_every_assertion(
    schema_assertions: dict[str, Any],
) -> None:
    template = PROJECT_DIR / "conversations" / "templates" / "transcript.html.j2"
    labels = template.read_text("utf-8").split("{% set kinds")[0]
    assert set(re.findall(r'"(\w+)": "', labels)) == {
        *schema_assertions,
        "bot",
        "utter",
    }


def test_coverage_tells_what_no_reply_touched(
    run: Run, write: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    run(write(PASSING), "--coverage")
    intents, facts, actions, _ = capsys.readouterr().out.splitlines()
    assert intents.startswith("intents: 2 of ")
    untouched = intents.split("untouched: ")[1].split(", ")
    assert "ask_pot" in untouched
    assert "greet" not in untouched
    assert "grant.amount" not in facts
    assert "applicants.count" in facts
    assert actions == "actions: 1 of 1 touched"


def test_a_report_that_cannot_be_written_gives_status_2(
    run: Run, write: Write, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "taken").write_text("", "utf-8")
    assert run(write(PASSING), "--junit", tmp_path / "taken" / "x.xml") == 2
    assert "cannot write" in capsys.readouterr().err
