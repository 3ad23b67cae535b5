"""Every check tells right replies from wrong ones, and says how they differ."""

from typing import Any

import pytest

from trials.reply import Reply
from trials.scripts.checks import failures
from trials.scripts.script import Check

YES, NO = {"title": "Ja", "payload": "/ja"}, {"title": "Nei", "payload": "/nei"}
REPLY = Reply(
    messages=[
        {"text": "Det var 43 søkere. Fem fikk støtte.", "buttons": [YES, NO]},
        {"text": "Noe mer?"},
        {
            "custom": {
                "kind": "answer",
                "language": "nb",
                "intent": "ask_applicant_count",
                "facts": ["applicants.count", "applicants.supported"],
                "sources": [{"quote": "Blant 43 søkere har fem miljøer fått støtte"}],
            }
        },
    ],
    events=[
        {"event": "action", "name": "action_session_start"},
        {"event": "action", "name": "action_answer_question"},
        {"event": "action", "name": "action_listen"},
        {"event": "bot", "metadata": {"utter_action": "utter_more"}},
        {"event": "slot", "name": "last_topic", "value": "applicants.count"},
        {"event": "slot", "name": "names_in_focus", "value": []},
    ],
    slots={"last_topic": "applicants.count", "names_in_focus": []},
)
HOLDS: list[tuple[str, Any]] = [
    ("bot", "Noe mer?"),
    ("utter", "utter_more"),
    ("bot_uttered", {"text_matches": r"\b43 søkere"}),
    ("bot_uttered", {"text_matches": "^Noe"}),
    ("bot_uttered", {"buttons": [YES, {"title": "Nei"}], "utter_name": "utter_more"}),
    ("bot_did_not_utter", {"text_matches": "44", "utter_name": "utter_less"}),
    ("bot_did_not_utter", {"buttons": [NO, YES]}),
    ("slot_was_set", [{"name": "last_topic"}]),
    ("slot_was_set", [{"name": "last_topic", "value": "applicants.count"}]),
    ("slot_was_not_set", [{"name": "names_in_focus"}, {"name": "language"}]),
    ("slot_was_not_set", [{"name": "last_topic", "value": "pot"}]),
    ("action_executed", "action_answer_question"),
    ("kind", "answer"),
    ("language", "nb"),
    ("intent", "ask_applicant_count"),
    ("facts", ["applicants.supported", "applicants.count"]),
    ("facts_include", ["applicants.supported"]),
    ("source_quotes", ["43 søkere"]),
    ("any_of", ["44 søkere", "FEM  fikk"]),
    ("any_of", ["44 søkere", {"text_matches": "F.m"}]),
    ("max_words", 9),
]
FAILS: list[tuple[str, Any, list[str]]] = [
    (
        "bot",
        "Det var 44 søkere. Fem fikk støtte.",
        ["-Det var 44 søkere.", "+Det var 43"],
    ),
    ("bot_uttered", {"text_matches": "^Fem"}, ["no text", "«^Fem»"]),
    ("bot_uttered", {"buttons": [YES]}, ["expected: «Ja /ja»", "«Nei /nei»"]),
    ("bot_uttered", {"buttons": [NO, YES]}, ["buttons"]),
    ("bot_uttered", {"utter_name": "utter_less"}, ["utter_less", "utter_more"]),
    ("bot_did_not_utter", {"text_matches": "4."}, ["«43»", "«4.»"]),
    ("bot_did_not_utter", {"text_matches": "44", "buttons": [YES, NO]}, ["«Nei /nei»"]),
    ("bot_did_not_utter", {"utter_name": "utter_more"}, ["utter_more was uttered"]),
    ("slot_was_set", [{"name": "names_in_focus"}], ["not set", "it holds []"]),
    ("slot_was_set", [{"name": "last_topic", "value": "pot"}], ["«applicants.count»"]),
    ("slot_was_not_set", [{"name": "last_topic"}], ["was set to «applicants.count»"]),
    (
        "action_executed",
        "action_hand_over",
        ["did not run, but action_answer_question"],
    ),
    ("utter", "utter_less", ["utter_less was not uttered, but «utter_more»"]),
    ("kind", "not_stated", ["expected not_stated, came answer"]),
    ("language", "nn", ["expected nn, came nb"]),
    ("intent", "ask_pot", ["expected ask_pot, came ask_applicant_count"]),
    (
        "facts",
        ["applicants.count", "pot.amount"],
        ["missing: pot.amount", "not expected: applicants.supported"],
    ),
    ("facts", [], ["not expected: applicants.count, applicants.supported"]),
    ("facts_include", ["pot.amount"], ["missing: pot.amount", "applicants.count"]),
    ("source_quotes", ["44 søkere"], ["«44 søkere»", "Blant 43 søkere"]),
    ("any_of", ["44", {"text_matches": "^Fem"}], ["«44», «^Fem»"]),
    ("max_words", 8, ["9 words", "may have 8"]),
]


@pytest.mark.parametrize(("field", "expected"), HOLDS)
def test_a_check_holds_for_a_reply_as_expected(field: str, expected: Any) -> None:
    assert failures(Check(field, expected, 1), REPLY) == []


@pytest.mark.parametrize(("field", "expected", "parts"), FAILS)
def test_a_check_tells_what_came_in_place_of_what_was_expected(
    field: str, expected: Any, parts: list[str]
) -> None:
    told = "\n".join(failures(Check(field, expected, 1), REPLY))
    assert told
    for part in parts:
        assert part in told


@pytest.mark.parametrize(
    ("field", "expected"),
    [(field, expected) for field, expected in HOLDS if "not" not in field],
)
def test_no_check_holds_for_a_reply_that_has_nothing_in_it(
    field: str, expected: Any
) -> None:
    if field != "max_words":
        assert failures(Check(field, expected, 1), Reply([]))


def test_every_field_that_the_schema_knows_is_checked(
    schema_assertions: dict[str, Any],
) -> None:
    tried = {field for field, *_ in HOLDS} & {field for field, *_ in FAILS}
    assert tried == {*schema_assertions, "bot", "utter"}
