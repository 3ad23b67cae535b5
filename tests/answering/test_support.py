"""Which words a claim about a topic can hold and still be right."""

import pytest

from bot.answering.support import Support
from bot.knowledge import load_knowledge

BASE = load_knowledge()
SUPPORT = Support(BASE)
NONE: frozenset[str] = frozenset()


@pytest.mark.parametrize(
    "word", ["millioner", "helseinnovasjonen", "er", "the", "x", "millionner"]
)
def test_a_word_is_borne_out_as_it_is_inflected_or_misspelt(word: str) -> None:
    assert SUPPORT.unexplained("grant.amount", [word], NONE) == ()


@pytest.mark.parametrize("word", ["romskip", "sjokolade", "trommesett"])
def test_a_word_that_nothing_holds_is_not_borne_out(word: str) -> None:
    assert SUPPORT.unexplained("grant.amount", [word, word], NONE) == (word,)
    assert SUPPORT.unexplained("grant.amount", [word], frozenset({word})) == ()


def test_a_name_is_no_slip_of_another() -> None:
    slip = "loranje"
    assert SUPPORT.unexplained("people.director", [slip], NONE) == ()
    exact = SUPPORT.unexplained("people.director", [slip], NONE, frozenset({slip}))
    assert exact == (slip,)


def test_a_word_of_one_topic_does_not_bear_out_another() -> None:
    assert SUPPORT.of_topic("grant.purpose", ["samarbeide"])
    assert not SUPPORT.of_topic("document.photo", ["samarbeide"])
    assert not SUPPORT.of_topic("grant.purpose", ["samarbeide", "romskip"])


def test_a_topic_tells_of_what_it_says_in_any_form() -> None:
    topic = "programmes.incubation.network"
    words = ("inkubatorer", "inkubatorene", "inkubattorer", "bare", "søkere")
    told = [SUPPORT.tells_of(topic, word) for word in words]
    assert told == [True, True, True, True, False]


def test_a_word_that_claims_hold_is_told_from_one_that_nobody_has_heard() -> None:
    assert SUPPORT.heard("samarbeide")
    assert not SUPPORT.heard("romskip")


def test_whatever_is_told_of_the_list_bears_out_any_claim_of_it() -> None:
    roster = BASE.content.roster
    words = {
        topic: SUPPORT.unexplained(topic, ["stavanger", "konsortium"], NONE)
        for topic in roster.all_topics()
    }
    assert not any(words.values())
