"""Files of conversations: what is read, and how what is wrong is told."""

from typing import Any, get_args

import pytest
from stand_in import Write

from bot.answering.reply import Kind
from bot.languages import LANGUAGES
from trials.errors import ScriptError, TrialError
from trials.scripts.loading import find_files, read_conversations, read_files
from trials.scripts.script import Check
from trials.scripts.shape import RASA_PRO_ONLY
from trials.scripts.vocabulary import load_vocabulary

# A file in the shape that Rasa Pro's documentation shows, with all of its older steps.
OLDER_FORM = """
fixtures:
  - gold_member:
      - membership: gold
      - logged_in: true
  - home:
      city: Bodø
metadata:
  - by_phone:
      device: phone
      year: 2024
  - impatient:
      mood: curt
test_cases:
  - test_case: somebody books a table
    fixtures: [gold_member, home]
    metadata: by_phone
    steps:
      - user: yes
        metadata: impatient
      - utter: utter_ask_time
      - slot_was_set:
          - party_size
          - day: friday
      - slot_was_not_set:
          - name_of_guest
          - party_size: 3
      - user: "at 19:30"
      - bot: A table is set.
"""
ASSERTIONS = """
test_cases:
- test_case: somebody moves house
  steps:
  - user: "I move on Monday"
    assertions:
    - action_executed: action_note_move
    - slot_was_set:
      - name: day
        value: monday
      - name: rooms
    - slot_was_not_set:
      - name: street
    - bot_uttered:
        utter_name: utter_ask_street
        text_matches: "Which (street|road)"
        buttons:
        - title: I do not know
          payload: /unknown
    - bot_did_not_utter:
        text_matches: sorry
"""


def one_turn(*assertions: str, top: str = "") -> str:
    """Return a file of one turn with some assertions, each of which is on a line."""
    lines = "".join(f"          - {each}\n" for each in assertions)
    return (
        f"{top}test_cases:\n  - test_case: a talk\n    steps:\n"
        f'      - user: "Hei!"\n        assertions:\n{lines}'
    )


def fault_of(write: Write, text: str) -> ScriptError:
    with pytest.raises(ScriptError) as caught:
        read_conversations(write(text))
    return caught.value


def test_a_file_in_the_older_form_of_rasa_pro_is_read_whole(write: Write) -> None:
    (talk,) = read_conversations(write(OLDER_FORM))
    assert talk.name == "somebody books a table"
    assert talk.slots == {"membership": "gold", "logged_in": True, "city": "Bodø"}
    assert talk.metadata == {"device": "phone", "year": 2024}
    first, second = talk.turns
    assert first.user == "yes"
    assert first.metadata == {"mood": "curt"}
    assert first.checks == (
        Check("utter", "utter_ask_time", 21),
        Check(
            "slot_was_set",
            [{"name": "party_size"}, {"name": "day", "value": "friday"}],
            22,
        ),
        Check(
            "slot_was_not_set",
            [{"name": "name_of_guest"}, {"name": "party_size", "value": 3}],
            25,
        ),
    )
    assert (second.user, second.line) == ("at 19:30", 28)
    assert second.checks == (Check("bot", "A table is set.", 29),)


def test_a_file_with_assertions_of_rasa_pro_is_read_whole(write: Write) -> None:
    ((turn,),) = [talk.turns for talk in read_conversations(write(ASSERTIONS))]
    assert [check.field for check in turn.checks] == [
        "action_executed",
        "slot_was_set",
        "slot_was_not_set",
        "bot_uttered",
        "bot_did_not_utter",
    ]


def test_words_that_older_yaml_takes_for_yes_no_and_times_stay_words(
    write: Write,
) -> None:
    for word in ("yes", "no", "on", "2018-08-30", "12:30", "012"):
        text = f"test_cases:\n- test_case: a\n  steps:\n  - user: {word}\n"
        assert read_conversations(write(text))[0].turns[0].user == word


@pytest.mark.parametrize("field", RASA_PRO_ONLY)
def test_what_only_rasa_pro_knows_is_refused_with_the_reason_wherever_it_stands(
    write: Write, field: str
) -> None:
    places = {
        one_turn(f"{field}: anything"): 6,
        one_turn("kind: answer", top=f"{field}: anything\n"): 1,
        one_turn("kind: answer").replace(
            "        assert", f"        {field}: 1\n        assert"
        ): 5,
    }
    for text, line in places.items():
        fault = fault_of(write, text)
        assert (fault.field, fault.line) == (field, line)
        assert "known from Rasa Pro; not supported, because" in fault.reason
        assert RASA_PRO_ONLY[field] in fault.reason


@pytest.mark.parametrize(
    ("text", "line", "field", "parts"),
    [
        (one_turn("kindd: answer"), 6, "kindd", ["no such field", "'kind'"]),
        (one_turn("kind: answr"), 6, "kind", ["'answr'", "Did you mean 'answer'?"]),
        (one_turn("max_words: many"), 6, "max_words", ["whole number", "'many'"]),
        (one_turn("max_words: 0"), 6, "max_words", ["1 or more"]),
        (one_turn("facts: grant.amount"), 6, "facts", ["must be a list"]),
        (one_turn("facts: [a.b, a.b]"), 6, "facts", ["twice"]),
        (one_turn("bot_uttered: {text_matches: '(', }"), 6, "text_matches", ["'('"]),
        (one_turn("any_of: [{text_matches: '['}]"), 6, "text_matches", ["'['"]),
        (one_turn("slot_was_set: [{value: 1}]"), 6, "slot_was_set", ["'name'"]),
        (one_turn("{kind: answer, language: nb}"), 6, "assertions", ["one item"]),
        ("test_case: []\n", 1, "test_case", ["'test_cases'"]),
        ("test_cases:\n- steps: []\n", 2, "test_cases", ["'test_case' is missing"]),
        ("", 1, "the file", ["empty"]),
        ("test_cases: [\n", 1, "the file", ["the [", "end it with ]"]),
        ("a: 1\na: 2\n", 2, "a", ["twice"]),
        (
            "test_cases:\n- test_case: a\n  steps:\n  - bot: Hei\n",
            4,
            "steps",
            ["begins with `user`"],
        ),
        (
            "test_cases:\n- test_case: a\n  steps:\n  - user: Hei\n    bot: Hei\n",
            4,
            "steps",
            ["one of user, bot"],
        ),
        (
            "test_cases:\n- test_case: a\n  steps:\n  - user: 43\n",
            4,
            "user",
            ["a text", "quotes", "'43'"],
        ),
        (
            "test_cases:\n- test_case: a\n  steps:\n  - user:\n",
            4,
            "user",
            ["is empty"],
        ),
        (
            "test_cases:\n" + 2 * "- test_case: a\n  steps:\n  - user: Hei\n",
            5,
            "test_case",
            ["'a' stands twice"],
        ),
        (
            "fixtures:\n- known: [{x: 1}]\ntest_cases:\n- test_case: a\n"
            "  fixtures: [knwn]\n  steps:\n  - user: Hei\n",
            5,
            "fixtures",
            ["'knwn'", "Did you mean 'known'?"],
        ),
        (
            "test_cases:\n- test_case: a\n  metadata: none\n  steps:\n  - user: Hei\n",
            3,
            "metadata",
            ["'none'", "`metadata:`"],
        ),
    ],
)
def test_a_fault_is_told_with_file_line_field_and_what_to_do(
    write: Write, text: str, line: int, field: str, parts: list[str]
) -> None:
    fault = fault_of(write, text)
    assert (fault.line, fault.field) == (line, field), fault
    assert str(fault).startswith(f"{fault.file}:{line}: {field}: ")
    assert fault.file.endswith("talks.yml")
    for part in parts:
        assert part in fault.reason


@pytest.mark.parametrize(
    ("assertion", "parts"),
    [
        (
            "facts: [grant.amont]",
            ["no fact 'grant.amont'", "mean 'grant.amount'?", "knowledge/facts.yml"],
        ),
        ("facts: [amount]", ["'grant.amount' or 'pot.amount'?"]),
        (
            "facts_include: [nothing.at_all]",
            ["'nothing.at_all'. The facts are", "knowledge/derived.yml"],
        ),
        ("intent: ask_grant_amout", ["intent", "'ask_grant_amount'", "domain.yml"]),
        (
            "slot_was_not_set: [{name: langage}]",
            ["slot", "'language'", "domain.yml"],
        ),
        (
            "action_executed: action_replay",
            ["action", "'action_reply'", "domain.yml"],
        ),
        ("source_quotes: [Siva deler ut gull]", ["Siva deler ut gull", "copy"]),
        ("bot_uttered: {utter_name: utter_hello}", ["no response at all"]),
    ],
)
def test_a_name_that_does_not_exist_is_refused_before_anything_is_run(
    write: Write, assertion: str, parts: list[str]
) -> None:
    (talk,) = read_conversations(write(one_turn("kind: smalltalk", assertion)))
    (fault,) = load_vocabulary().faults(talk)
    assert fault.line == 7
    assert fault.field == assertion.split(":")[0]
    for part in parts:
        assert part in fault.reason


def test_a_fixture_of_a_slot_that_does_not_exist_is_refused(write: Write) -> None:
    (talk,) = read_conversations(write(OLDER_FORM))
    faults = load_vocabulary().faults(talk)
    assert "there is no slot 'membership'" in faults[0].reason


def test_a_response_that_does_not_exist_is_told_under_the_field_that_names_it(
    write: Write,
) -> None:
    steps = one_turn("kind: smalltalk") + "      - utter: utter_greet\n"
    (talk,) = read_conversations(write(steps))
    (fault,) = load_vocabulary().faults(talk)
    assert (fault.field, fault.line) == ("utter", 7)


def test_every_fault_of_a_file_is_told_in_the_order_of_its_lines(write: Write) -> None:
    assertions = ("kindd: answer", "language: sv", "fact: [a.b]", "max_words: 0")
    conversations, faults = read_files([write(one_turn(*assertions))])
    assert not conversations
    assert [(fault.line, fault.field) for fault in faults] == [
        (6, "kindd"),
        (7, "language"),
        (8, "fact"),
        (9, "max_words"),
    ]


def test_each_conversation_that_cannot_be_used_is_told_and_the_others_are_read(
    write: Write,
) -> None:
    cases = [
        "- test_case: a\n  steps:\n  - bot: Hei\n",
        "- test_case: b\n  steps:\n  - user: Hei\n",
        "- test_case: c\n  metadata: none\n  steps:\n  - user: Hei\n",
    ]
    conversations, faults = read_files([write("test_cases:\n" + "".join(cases))])
    assert [conversation.name for conversation in conversations] == ["b"]
    assert [fault.line for fault in faults] == [4, 9]


def test_the_kinds_and_languages_of_the_schema_are_those_of_the_assistant(
    schema_assertions: dict[str, Any],
) -> None:
    assert tuple(schema_assertions["kind"]["enum"]) == get_args(Kind)
    assert tuple(schema_assertions["language"]["enum"]) == LANGUAGES


def test_files_are_found_in_folders_and_a_path_that_is_not_there_is_named(
    write: Write,
) -> None:
    file = write(OLDER_FORM)
    write("no conversation", "notes.md")
    assert find_files([file.parent, file]) == [file]
    with pytest.raises(TrialError, match=r"nowhere\.yml"):
        find_files([file.parent / "nowhere.yml"])
