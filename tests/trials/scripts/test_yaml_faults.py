"""Slips of YAML are told in plain words, with the line where they were made."""

import pytest
from stand_in import Write

from trials.errors import ScriptError
from trials.scripts.loading import read_conversations

TALK = """test_cases:
  - test_case: a talk
    steps:
      - user: "Hei!"
        assertions:
          - kind: smalltalk
          - language: nb
      - user: "Hva er 5 + 5?"
      - user: '/ask_topic{"topic": "pot.fields"}'
"""


def fault_with(write: Write, old: str, new: str) -> ScriptError:
    assert old in TALK
    with pytest.raises(ScriptError) as caught:
        read_conversations(write(TALK.replace(old, new, 1)))
    return caught.value


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("          - kind", "\t- kind", 6),
        ("        assertions", "\tassertions", 5),
        ("kind: ", "kind:\t", 6),
    ],
)
def test_a_tab_is_told_as_a_tab(write: Write, old: str, new: str, line: int) -> None:
    fault = fault_with(write, old, new)
    assert (fault.line, fault.reason) == (
        line,
        "there is a tab here; use blanks, not tabs",
    )


@pytest.mark.parametrize(
    ("old", "new", "line", "told"),
    [
        ("  assertions", " assertions", 5, "'user' on line 4: it begins after 7"),
        ("  assertions", "   assertions", 5, "'user' on line 4: it begins after 9"),
        ("  - language", " - language", 7, "'- kind' on line 6: it begins after 9"),
        ("  - language", "   - language", 7, "'- kind' on line 6: it begins after 11"),
        ("  steps", "   steps", 3, "'test_case' on line 2: it begins after 5"),
        ("  steps", " steps", 3, "'test_case' on line 2: it begins after 3"),
    ],
)
def test_a_line_out_of_line_is_named_with_the_line_that_it_should_follow(
    write: Write, old: str, new: str, line: int, told: str
) -> None:
    fault = fault_with(write, old, new)
    assert fault.line == line
    assert f"does not line up with {told}" in fault.reason


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ('"Hei!"', '"Hei!', 4),
        ('"Hei!"', "'Hei!", 4),
        ('5 + 5?"', "5 + 5?", 8),
        ("fields\"}'", 'fields"}', 9),
    ],
)
def test_a_quote_that_is_not_closed_is_told_on_the_line_where_it_begins(
    write: Write, old: str, new: str, line: int
) -> None:
    fault = fault_with(write, old, new)
    assert fault.line == line
    assert "the quote that begins here is not closed" in fault.reason


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('"Hei!"', "Hei: du!", "in quotes"),
        ('"Hei!"', '/ask_topic{"topic": "pot.fields"}', "in single quotes"),
        ('"Hei!"', '"/ask_topic{"topic": "pot.fields"}"', "in single ones"),
        ('"Hei!"', '"Hei" du!', "goes on after its closing quote"),
        ('"Hei!"', "@Hei", "in quotes"),
        ('"Hei!"', "*Hei", "in quotes"),
        ('"Hei!"', "!Hei", "in quotes"),
        ('"Hei!"', "> Hei", "in quotes"),
        ('"Hei!"', "- Hei", "in quotes"),
        ('"Hei!"', '"\\d"', "in single quotes"),
        (': "Hei!"', ':"Hei!"', "a blank is missing after the colon"),
    ],
)
def test_a_text_that_needs_quotes_is_told_so(
    write: Write, old: str, new: str, told: str
) -> None:
    fault = fault_with(write, old, new)
    assert fault.line == 4
    assert told in fault.reason


@pytest.mark.parametrize(
    ("old", "new", "line", "told"),
    [
        ("assertions:", "assertions", 5, "a colon is missing; write 'assertions:'"),
        ("- kind", "-kind", 6, "a blank is missing after the '-'"),
        ("kind: smalltalk", "facts: [a, b", 6, "end it with ]"),
        ("kind: smalltalk", 'any_of: ["a" "b"]', 6, "lacks a comma"),
        ("kind: smalltalk", "kind:smalltalk", 6, "with a blank after the colon"),
        ('      - user: "Hva', '---\n      - user: "Hva', 8, "one document"),
    ],
)
def test_a_sign_too_few_or_too_many_is_told_with_what_to_write(
    write: Write, old: str, new: str, line: int, told: str
) -> None:
    fault = fault_with(write, old, new)
    assert fault.line == line
    assert told in fault.reason
