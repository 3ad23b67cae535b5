"""What maintainers are told of how a reply came about."""

import subprocess
import sys
from typing import Any

import pytest
from rest_client import ROOT

from bot import cli
from bot.answering import Answerer, Service
from bot.explaining import explanation, steps
from bot.knowledge import load_knowledge

PARSE = {
    "questions": [
        {"intent": "out_of_scope", "confidence": 0.91, "text": "Hva er en vulkan?"}
    ],
    "intent_ranking": [
        {"name": "out_of_scope", "confidence": 0.91},
        {"name": "ask_programme", "confidence": 0.08},
    ],
    "scope": {"outside": 0.93, "unexplained": 0.61, "words": ["vulkan"]},
    "entities": [{"value": "Etna", "entity": "unknown_name"}],
    "language": "nb",
}
# What the pipeline makes of a claim, and of two questions in one message.
CLAIM = {
    "text": "Er det 50 søkere?",
    "intent": {"name": "ask_applicant_count", "confidence": 0.99},
    "language": "nb",
}
TWO = {
    "text": "Hvem var det som fikk penger? Hvor ligger Aleap?",
    "entities": [{"entity": "name", "value": "aleap", "start": 42, "end": 47}],
    "questions": [
        {
            "text": "Hvem var det som fikk penger?",
            "start": 0,
            "end": 29,
            "intent": "ask_grant_recipients",
            "confidence": 0.9,
        },
        {
            "text": "Hvor ligger Aleap?",
            "start": 30,
            "end": 48,
            "intent": "ask_recipient_location",
            "confidence": 0.9,
        },
    ],
    "language": "nb",
}


def steps_of(parse: dict[str, Any]) -> list[str]:
    return list(steps(parse, Answerer(load_knowledge(), Service("the front desk"))))


def names_of(lines: list[str]) -> list[str]:
    return [line.partition(":")[0] for line in lines]


def test_it_tells_what_is_asked_and_why_it_is_in_or_out() -> None:
    assert list(explanation(PARSE)) == [
        "asks: out_of_scope (0.91) «Hva er en vulkan?»",
        "likeliest: out_of_scope (0.91), ask_programme (0.08)",
        "none of its business: 93%",
        "words that no example explains: vulkan (61%)",
        "names: Etna (unknown_name)",
        "language: nb",
    ]


def test_a_button_has_nothing_to_explain_but_its_language() -> None:
    assert list(explanation({"intent_ranking": []})) == ["language: not plain"]


def test_a_claim_is_followed_from_its_frame_to_the_verdict() -> None:
    lines = steps_of(CLAIM)
    assert names_of(lines) == ["frame", "resolve", "select", "verdict"]
    frame, _, selection, verdict = lines
    assert frame.startswith("frame: claim applicants.applied; ")
    assert "50 applicants" in frame
    assert selection.startswith("select: applicants.count for applicants.applied")
    assert verdict.startswith("verdict: no (50 contradicts")


def test_each_question_of_a_message_is_followed() -> None:
    lines = steps_of(TWO)
    assert names_of(lines) == ["frame", "resolve", "select", "verdict"] * 2
    assert "names: aleap" in lines[4]


def test_what_asks_nothing_of_the_announcement_has_a_frame_alone() -> None:
    greeting = {"text": "God dag!", "intent": {"name": "greet", "confidence": 0.99}}
    assert names_of(steps_of(greeting)) == ["frame"]


def unsure(text: str, confidence: float, *likely: str) -> dict[str, Any]:
    """Return what the pipeline makes of a text of which no intent is likely enough."""
    intent, *others = likely
    part = {"text": text, "start": 0, "end": len(text), "intent": intent}
    return {
        "text": text,
        "intent": {"name": "nlu_fallback", "confidence": 0.57},
        "questions": [{**part, "confidence": confidence, "alternatives": others}],
        "language": "nb",
    }


def test_a_question_that_was_not_understood_is_followed_as_what_it_is_taken_for() -> (
    None
):
    parse = unsure(
        "Hva heter helseinkubatoren i hovedstaden?",
        0.55,
        *("ask_health_minister_name", "ask_recipient_location"),
    )
    parse["entities"] = [{"entity": "name", "value": "oslo", "start": 29, "end": 40}]
    lines = steps_of(parse)
    again = ["frame", "resolve", "select", "verdict"]
    assert names_of(lines) == ["frame", "taken as", *again]
    assert lines[1] == "taken as: ask_recipient_location"


def test_small_talk_that_was_not_understood_is_taken_for_that_once() -> None:
    lines = steps_of(unsure("heisann sveisann", 0.52, "greet"))
    assert names_of(lines) == ["frame", "taken as", "frame"]
    assert lines[1] == "taken as: greet"


def test_what_is_asked_back_has_a_frame_alone() -> None:
    lines = steps_of(unsure("pengene da", 0.4, "ask_grant_amount", "ask_pot"))
    assert names_of(lines) == ["frame"]


@pytest.mark.parametrize("explain", [True, False])
def test_the_steps_are_printed_last_and_only_when_they_are_asked_for(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], explain: bool
) -> None:
    asked = [{"text": "Nei. Det var 43 søkere."}], CLAIM
    monkeypatch.setattr(cli, "_ask_server", lambda *_: asked)
    monkeypatch.chdir(ROOT)
    options = ["--explain"] if explain else []
    assert cli.main(["ask", *options, CLAIM["text"]]) == 0
    printed = capsys.readouterr().out.splitlines()
    told = ["", "language: nb", *steps_of(CLAIM)] if explain else []
    assert printed == ["", "Nei. Det var 43 søkere.", *told]


def test_the_command_line_loads_nothing_that_only_some_commands_need() -> None:
    rooms = ("rasa", "bot.answering", "bot.knowledge", "bot.reading")
    listed = "import sys, bot.cli; print(*sys.modules, sep='\\n')"
    done = subprocess.run(
        [sys.executable, "-c", listed],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    loaded = done.stdout.splitlines()
    assert "bot.explaining" in loaded
    assert not [name for name in loaded if name.startswith(rooms)]
