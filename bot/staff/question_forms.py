"""Tells by the words of a sentence whether it asks something."""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz.distance import OSA

from bot.reading.lexicon import find_phrase, holds_any, word_list
from bot.reading.segments import Segment
from bot.reading.spelling import fold
from bot.staff.phrases import begins_with, words_of

WHETHER = frozenset(("om", "whether", "if"))
"""Words with which a clause begins that asks for yes or no."""

# Words from `I wonder` to the word that asks.
_NEAR = 7
# Words from `I need` to it, and to `whether`.
_CLOSE = 3
# Letters of the shortest word that is known with one slip in it.
_LENGTH_FOR_A_SLIP = 5
_NAMES_NO_CLAUSE = frozenset(
    ("it", "that", "this", "there", "det", "dette", "it's", "de", "dei", "the")
)
# Words of the shortest sentence that asks without a question mark.
_SHORTEST = 3
_JOINING = word_list("connectives") | {"sa", "so", "samt"}
# Words that ask in English, beside those that only ask; `who` and `which` often do not.
_ASKING = frozenset(("what", "how"))


def opens(folded: str) -> bool:
    """Tell whether a folded text begins as a question does, with a word that asks."""
    first = find_phrase(folded, word_list("question_words"))
    begins = first is not None and folded.startswith(first)
    return begins or folded.split()[0] in word_list("verbs_first")


def without_connective(folded: str) -> str:
    """Return a folded text without `and` before it."""
    first, _, rest = folded.partition(" ")
    return rest if rest and first in _JOINING else folded


def asks(sentence: Segment) -> bool:
    """Tell whether a sentence asks, or may."""
    text, folded = sentence.text, without_connective(fold(sentence.text))
    words = folded.split()
    if text.endswith("?"):
        return True
    if len(words) < _SHORTEST:
        return False
    if _requests(folded):
        return True
    spoken_to = word_list("second_person") - word_list("first_person")
    if words[0] in word_list("verbs_first") and (
        words[1] in spoken_to or words[1] in _NAMES_NO_CLAUSE
    ):
        # `Have you got` asks, `Have not had time` does not.
        return True
    if _confirms(sentence) or begins_with(folded, "imperatives"):
        return True
    asking = find_phrase(folded, word_list("asking_words"))
    if asking and folded.startswith(f"{asking} "):
        return words[len(asking.split())] not in word_list("first_person")
    return opens_inverted(folded) or _wants_to_know(words) or _may_ask(folded)


def asks_plainly(sentence: Segment) -> bool:
    """Tell whether a sentence begins as a question or an order, or says `I wonder`."""
    folded = without_connective(fold(sentence.text))
    orders = begins_with(folded, "imperatives") or _requests(folded)
    return bool(orders) or opens(folded) or _wonders(_bare(folded.split()))


def _requests(folded: str) -> bool:
    """Tell whether a folded text begins with an order such as `list`."""
    return any(f"{folded} ".startswith(f"{each} ") for each in word_list("requests"))


def barely_asks(sentence: Segment) -> bool:
    """Tell whether nothing says that a sentence asks but a clause that may."""
    folded = without_connective(fold(sentence.text))
    words = _bare(folded.split())
    named = _confirms(sentence) or begins_with(folded, "imperatives")
    return _may_ask(folded) and not (named or _needs(words) or _wishes(words))


def _confirms(sentence: Segment) -> bool:
    """Tell whether a sentence asks for confirmation, as `so it is, right` does."""
    folded = fold(sentence.text)
    tags = word_list("right_or_wrong") & word_list("closing_tags")
    last = folded.rpartition(" ")[2]
    return holds_any(folded, "confirmations") or last in tags


def opens_inverted(folded: str) -> bool:
    """Tell `when will it` from `when it will`: a question word with a verb after it.

    Another Norwegian verb of the present ends in r, before somebody.
    """
    first = find_phrase(folded, word_list("question_words"))
    if first is None or not folded.startswith(f"{first} "):
        return False
    verb, somebody = (*folded[len(first) :].split()[:2], "")[:2]
    somebody_does = somebody in word_list("second_person") and verb.endswith("r")
    return verb in word_list("verbs_first") or somebody_does


def _may_ask(folded: str) -> bool:
    """Tell whether a text holds a clause that begins as a question does.

    Whether it asks is told by how surely it is understood: of 27 such sentences that
    were surely understood, of the development questions, 26 asked.
    """
    asking = word_list("asking_words") | _ASKING
    return not asking.isdisjoint(folded.split()[1:])


def _wishes(words: Sequence[str]) -> bool:
    """Tell whether somebody must or would do something."""
    return not set(words_of("wishing")).isdisjoint(words)


def _bare(words: Sequence[str]) -> list[str]:
    """Return words without those that may stand inside `I need` and the like."""
    return [word for word in words if word not in words_of("inside")]


def _wants_to_know(words: Sequence[str]) -> bool:
    """Tell whether words say that somebody wants to know what follows in them."""
    bare = _bare(words)
    return _wonders(bare) or _needs(bare)


def _wonders(words: Sequence[str]) -> bool:
    for place, length in _places(words, "wanting"):
        following = words[place + length : place + length + _NEAR]
        if find_phrase(" ".join(following), word_list("question_words")):
            return True
        if not WHETHER.isdisjoint(following[:_CLOSE]):
            return True
    return False


def _needs(words: Sequence[str]) -> bool:
    for place, length in _places(words, "needing"):
        following = words[place + length : place + length + _NEAR]
        if not set(words_of("things")).isdisjoint(following):
            return True
        if find_phrase(" ".join(following[:_CLOSE]), word_list("question_words")):
            return True
    return False


def _places(words: Sequence[str], name: str) -> list[tuple[int, int]]:
    """Return where among words phrases of a list begin, and how many words they are.

    A long word may hold a slip.
    """
    return [
        (place, len(phrase.split()))
        for phrase in words_of(name)
        for place in range(len(words))
        if _is_written(phrase, words[place : place + len(phrase.split())])
    ]


def _is_written(phrase: str, words: Sequence[str]) -> bool:
    written = " ".join(words)
    if written == phrase:
        return True
    alike = len(phrase) >= _LENGTH_FOR_A_SLIP and written[:1] == phrase[:1]
    return alike and OSA.distance(written, phrase, score_cutoff=1) <= 1
