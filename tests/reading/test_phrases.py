"""Phrases among words: whole, by their beginning or as written, the longest first."""

import pytest

from bot.reading.phrases import PhraseFinder, PhraseMatch
from bot.reading.spelling import fold

FINDER = PhraseFinder(
    {
        "krone": ["kroner", "kr"],
        "swedish": ["svenske kroner"],
        "export": ["eksport*", "ut i verd*"],
        "earlier": ["=før"],
        "new": ["ny", "nyskapende"],
        "money": ["kroner"],
    }
)


def find(text: str) -> list[PhraseMatch]:
    words = text.split()
    return FINDER.find([fold(word) for word in words], [word.lower() for word in words])


def found(text: str) -> list[str]:
    return [match.id for match in find(text)]


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("fem kr i dag", ["krone"]),
        ("Ny", ["new"]),
        ("nye krok", []),
        ("eksporten av eksportvarer", ["export", "export"]),
        ("ut i verden", ["export"]),
        ("ut i byen", []),
        ("eksp", []),
        ("", []),
    ],
)
def test_whole_words_are_found_and_beginnings_where_any_ending_will_do(
    text: str, ids: list[str]
) -> None:
    assert found(text) == ids


@pytest.mark.parametrize(
    ("text", "ids"),
    [("kom det før", ["earlier"]), ("FØR det", ["earlier"]), ("for det", [])],
)
def test_a_phrase_can_be_compared_as_it_is_written(text: str, ids: list[str]) -> None:
    assert found(text) == ids


def test_the_longest_phrase_hides_the_shorter_ones_in_it() -> None:
    assert found("svenske kroner") == ["swedish"]


def test_the_same_words_can_be_two_phrases() -> None:
    assert sorted(found("fem kroner")) == ["krone", "money"]


def test_phrases_come_in_the_order_of_the_text_and_at_their_places() -> None:
    matches = find("en ny vare til eksport for svenske kroner")
    assert [(m.id, m.start, m.end) for m in matches] == [
        ("new", 1, 2),
        ("export", 4, 5),
        ("swedish", 6, 8),
    ]


def test_a_phrase_with_any_ending_is_not_whole() -> None:
    assert [m.whole for m in find("ny eksport")] == [True, False]
