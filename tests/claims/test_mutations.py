"""The generated claims are many, varied, well formed, and the same every time."""

import re
import string
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from material import LANGUAGES, Relation, Wording, load_material
from mutations import (
    DETAIL,
    NEGATION,
    OPEN,
    SWAP,
    first_word_verdict,
    generate_claims,
)

RELATIONS = load_material().relations
CLAIMS = generate_claims()
PRINT_CLAIMS = "import mutations; print(*mutations.generate_claims(), sep='\\n')"


def slots(frame: str) -> set[str]:
    return {slot for _, slot, _, _ in string.Formatter().parse(frame) if slot}


def wordings() -> Iterator[tuple[Relation, str, Wording]]:
    for relation in RELATIONS.values():
        for language, wording in relation.wordings.items():
            yield relation, language, wording


def texts_about(relation: Relation, language: str) -> list[str]:
    return [
        claim.text
        for claim in CLAIMS
        if (claim.relation, claim.language) == (relation.name, language)
    ]


def pattern(frame: str) -> re.Pattern[str]:
    optional_detail = frame.replace(" {detail}", "{detail}")
    filled = re.sub(r"\\\{\w+\\\}", ".*", re.escape(optional_detail))
    return re.compile(filled, re.IGNORECASE)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_has_many_claims_of_each_verdict(language: str) -> None:
    verdicts = Counter(c.expected for c in CLAIMS if c.language == language)
    assert set(verdicts) == {"yes", "no", "none"}
    assert min(verdicts.values()) >= 134, "400 of each, a third in each language"


def test_the_languages_have_about_as_many_claims() -> None:
    counts = Counter(claim.language for claim in CLAIMS).values()
    assert max(counts) <= 1.1 * min(counts)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_has_frames_enough(language: str) -> None:
    frames = [
        frame
        for relation in RELATIONS.values()
        for frame in relation.wordings[language].asks
    ]
    assert len(set(frames)) >= 60


def test_each_relation_is_worded_in_several_ways() -> None:
    for relation, language, wording in wordings():
        assert len(set(wording.asks)) >= 3, f"{relation.name} in {language}"


def test_a_frame_shows_every_value_that_decides_whether_it_is_true() -> None:
    for relation, _, wording in wordings():
        for frame in (*wording.asks, *wording.denials):
            assert slots(frame) - {"detail"} == set(relation.slots), frame


def test_every_frame_is_used() -> None:
    for relation, language, wording in wordings():
        texts = texts_about(relation, language)
        for frame in (*wording.asks, *wording.denials, *wording.open):
            assert any(pattern(frame).fullmatch(text) for text in texts), frame


def test_every_detail_is_used() -> None:
    for relation, language, wording in wordings():
        texts = texts_about(relation, language)
        for detail in wording.details:
            assert any(detail in text for text in texts), detail


def test_every_slot_is_filled() -> None:
    for claim in CLAIMS:
        assert not re.search(r"[{}]|  | [,?.]", claim.text), claim.text


def test_every_claim_begins_with_a_capital_letter() -> None:
    for claim in CLAIMS:
        assert claim.text[0].isupper(), claim.text


def test_no_two_claims_are_the_same() -> None:
    assert len({claim.text for claim in CLAIMS}) == len(CLAIMS)
    assert len({claim.id for claim in CLAIMS}) == len(CLAIMS)


def test_the_claims_are_the_same_in_another_process() -> None:
    printed = subprocess.run(
        [sys.executable, "-c", PRINT_CLAIMS],
        cwd=Path(__file__).parent,
        env={"PYTHONHASHSEED": "1", "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert printed.stdout.splitlines() == [str(claim) for claim in CLAIMS]


def test_every_truth_is_made_of_known_values() -> None:
    pools = load_material().pools
    for relation in RELATIONS.values():
        for truth in relation.truths:
            for value, pool in zip(truth, relation.slots.values(), strict=True):
                assert value in pools[pool], f"{relation.name}: {value}"


def test_an_open_relation_contradicts_nothing() -> None:
    contradicted = {claim.relation for claim in CLAIMS if claim.expected == "no"}
    assert contradicted == {name for name, one in RELATIONS.items() if not one.open}


def test_only_details_and_open_questions_are_left_open() -> None:
    for claim in CLAIMS:
        assert (claim.mutation in {DETAIL, OPEN}) == (claim.expected == "none"), claim


@pytest.mark.parametrize("slot", ["number", "sum", "name", "place", "person", "year"])
def test_values_of_each_kind_are_changed(slot: str) -> None:
    assert any(c.mutation == slot and c.expected == "no" for c in CLAIMS)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("mutation", [SWAP, NEGATION, DETAIL, OPEN])
def test_each_other_mutation_is_made_in_each_language(
    mutation: str, language: str
) -> None:
    assert any((c.mutation, c.language) == (mutation, language) for c in CLAIMS)


@pytest.mark.parametrize(
    ("reply", "verdict"),
    [
        ("Ja, Aleap er en av de seks.", "yes"),
        ("**Jo**, det er Siva.", "yes"),
        ("Yes: 35 incubators.", "yes"),
        ("Nei. Det er 43 søkere.", "no"),
        ("No, it is Siva.", "no"),
        ("Javel, det vet jeg ikke.", None),
        ("Norinnova ligger i Tromsø.", None),
        ("Det står ikke i saken. Nei.", None),
        ("", None),
    ],
)
def test_a_reply_is_judged_by_its_first_word(reply: str, verdict: str | None) -> None:
    assert first_word_verdict(reply) == verdict
