"""The grader's rules: each finds what it is for and lets pass what is right."""

from typing import Any

import pytest

from trials.errors import TrialError
from trials.questions.grader import MOST_WORDS, guess_language, load_grader, normalised

GRADER = load_grader()
TEXT = "Det var 43 søkere, og fem av dem fikk støtte. Det er ikke flere."
QUOTE = "Blant 43 søkere har fem miljøer fått støtte"
TURN = {"user": "Hvor mange søkte?", "kind": "answer", "facts": ["applicants43"]}


def reply(text: str = TEXT, **payload: Any) -> list[dict[str, Any]]:
    usual = {"kind": "answer", "language": "nb", "sources": [{"quote": QUOTE}]}
    return [{"text": text}, {"custom": {**usual, **payload}}]


def faults(
    parts: list[dict[str, Any]], language: str | None = "nb", **turn: Any
) -> list[str]:
    return GRADER.judge({**TURN, **turn}, language, parts)


def quoting(*quotes: str) -> list[dict[str, Any]]:
    return reply(sources=[{"quote": quote} for quote in quotes])


def test_a_right_answer_has_no_fault() -> None:
    assert faults(reply()) == []


def test_the_kind_has_to_be_the_expected_one() -> None:
    wrong = faults(reply(kind="clarify"), kind="answer")
    assert wrong == ["kind clarify instead of answer"]


def test_any_of_several_expected_kinds_is_right() -> None:
    either = ["not_stated", "answer"]
    assert faults(reply(), kind=either) == []
    assert faults(reply(kind="not_stated"), kind=either) == []
    wrong = faults(reply(kind="smalltalk"), kind=either)
    assert wrong == ["kind smalltalk instead of not_stated or answer"]


@pytest.mark.parametrize(
    "parts",
    [
        [],
        [{"text": TEXT}],
        [{"text": TEXT}, {"custom": None}],
        [{"text": TEXT}, {"custom": {"language": "nb"}}],
        [*reply(), *reply()],
    ],
    ids=["nothing", "text alone", "null", "no kind", "two"],
)
def test_a_reply_has_exactly_one_payload_with_a_kind(
    parts: list[dict[str, Any]],
) -> None:
    (fault,) = faults(parts)
    assert fault.startswith("no payload")


@pytest.mark.parametrize("kind", ["answer", "smalltalk"])
@pytest.mark.parametrize("text", ["", " \n"])
def test_a_reply_has_text(text: str, kind: str) -> None:
    assert faults(reply(text, kind=kind), kind=kind, facts=[]) == ["no text"]


def test_each_expected_fact_has_to_be_said() -> None:
    wrong = faults(reply(), facts=["six", "applicants43", "siva"])
    assert wrong == ["lacks six", "lacks siva"]


def test_a_fact_may_stand_in_any_part_of_the_text() -> None:
    parts = [{"text": "Fem."}, *reply("Det var 43\nsøkere."), {"text": "Og Siva."}]
    assert faults(parts, facts=["five", "applicants43", "siva"]) == []


def test_two_parts_of_the_text_never_make_one_figure() -> None:
    assert faults([{"text": "Det er 1"}, *reply("43 søkere.")]) == []


def test_what_only_a_quote_or_a_button_holds_is_not_said() -> None:
    parts = [
        {"text": "Ja.", "buttons": [{"title": "43?", "payload": "43"}]},
        reply()[1],
    ]
    assert faults(parts) == ["lacks applicants43"]


def test_a_forbidden_fact_must_not_be_said() -> None:
    wrong = faults(reply(), forbid=["five", "siva"])
    assert wrong == ["must not hold five"]


def test_facts_count_for_every_kind_of_reply() -> None:
    wrong = faults(reply(kind="not_stated"), kind="not_stated", facts=["siva"])
    assert wrong == ["lacks siva"]


def test_a_fact_that_does_not_exist_is_refused() -> None:
    with pytest.raises(TrialError, match=r"'made_up'.*facts\.yml"):
        faults(reply(), facts=["made_up"])


def test_an_answer_needs_a_source() -> None:
    assert faults(quoting()) == ["no source"]
    parts = reply()
    del parts[1]["custom"]["sources"]
    assert faults(parts) == ["no source"]


@pytest.mark.parametrize(
    "quote",
    [
        "",
        " ",
        "Blant 43 søkere har seks miljøer fått støtte",
        QUOTE.lower(),
        QUOTE + "!",
    ],
)
def test_a_quote_that_the_announcement_does_not_hold_is_found(quote: str) -> None:
    (fault,) = faults(quoting(QUOTE, quote))
    assert fault == f"quote not in the announcement: «{quote.strip()}»"


def test_line_breaks_and_the_shape_of_quote_marks_do_not_matter_in_a_quote() -> None:
    assert faults(quoting(f" {QUOTE}\n".replace(" ", "\n\xa0"))) == []
    assert normalised("«a»  “b”\n’c’") == '"a" "b" \'c\''


def test_only_an_answer_is_held_to_sources_length_and_language() -> None:
    text = "The six are not the ones that were named. " * MOST_WORDS
    for kind in ("not_stated", "out_of_scope", "smalltalk", "handover", "clarify"):
        assert faults(reply(text, kind=kind, sources=[]), kind=kind, facts=[]) == []


def test_an_answer_where_none_was_expected_is_only_of_the_wrong_kind() -> None:
    wrong = faults(reply(sources=[]), "en", kind="not_stated")
    assert wrong == ["kind answer instead of not_stated"]


def test_an_answer_has_at_most_so_many_words() -> None:
    assert faults(reply("43 " * MOST_WORDS)) == []
    wrong = faults(reply("43 " * (MOST_WORDS + 1)))
    assert wrong == ["121 words, which is more than 120"]


ENGLISH = "There were 43 applicants, and five of them got support from the pot."


def test_an_answer_is_in_the_language_asked_in() -> None:
    assert faults(reply(ENGLISH), "en") == []
    assert faults(reply(ENGLISH), "nb") == ["replied in en, asked in nb"]


def test_the_language_of_the_turn_wins_and_null_leaves_it_open() -> None:
    assert faults(reply(ENGLISH), "nb", lang="en") == []
    assert faults(reply(ENGLISH), "en", lang="nn") == ["replied in en, asked in nn"]
    assert faults(reply(ENGLISH), "nb", lang=None) == []
    assert faults(reply(ENGLISH), None) == []


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Jeg vet ikke hvem som får pengene.", "nb"),
        ("Aleap ligger i Oslo, og er ett av de seks som deler 6 millioner.", "nb"),
        ("Eg veit ikkje kven som får pengane.", "nn"),
        ("Aleap ligg i Oslo, og er eitt av dei seks som deler 6 millionar.", "nn"),
        ("The money is for six hubs.", "en"),
        ("Ja. Aleap i Oslo.", None),
        ("Ikke noe: ikkje noko.", None),
        ("Ikke i Oslo.", None),
        ("", None),
        # Quoted Bokmål does not make it Bokmål.
        ("Dette står i kunngjeringa, eg siterer: «Vi har ikke nok hender»", "nn"),
    ],
)
def test_the_language_is_told_by_words_that_only_one_has(
    text: str, language: str | None
) -> None:
    assert guess_language(text) == language
