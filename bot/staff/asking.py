"""Tells which sentences of an e-mail ask something."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence

from rapidfuzz.distance import OSA

from bot.reading.lexicon import find_phrase, word_list
from bot.reading.segments import Segment
from bot.reading.spelling import fold
from bot.staff.mail import Mail, begins_with, holds, words_of

# Words from `I wonder` to the word that asks.
_NEAR = 7
# Letters of the shortest word that is known with one slip in it.
_LENGTH_FOR_A_SLIP = 5
_NAMES_NO_CLAUSE = frozenset(
    ("it", "that", "this", "there", "det", "dette", "it's", "de", "dei", "the")
)
# What ends a sentence stands between two sentences, but not between two clauses.
_BETWEEN_SENTENCES = re.compile(r"[.?!:\n]")
_WHETHER = frozenset(("om", "whether", "if"))


@dataclasses.dataclass(frozen=True)
class Asked:
    """A sentence that asks something.

    Attributes:
        sentence: It; its places are those of the e-mail.
        about: The sentences before it, since the last one that asks.
        claim: The sentence before it, where it only asks to confirm that one.
    """

    sentence: Segment
    about: tuple[Segment, ...]
    claim: Segment | None = None


def asked_in(mail: Mail) -> list[Asked]:
    """Return the sentences of an e-mail that ask something, in order."""
    found: list[Asked] = []
    about: list[Segment] = []
    sentences = mail.sentences
    joined = _joined(mail)
    asking = _asking(sentences, joined)
    for number, sentence in enumerate(sentences):
        before = sentences[number - 1] if number else None
        if before and not asking[number - 1] and _only_confirms(sentence):
            found.append(Asked(sentence, tuple(about[:-1]), before))
        elif asking[number]:
            found.append(Asked(sentence, tuple(about)))
        else:
            about.append(sentence)
            continue
        about = []
    return found


def is_courtesy(text: str) -> bool:
    """Tell whether a sentence asks something of whoever reads it, and nothing else."""
    folded = fold(text)
    phrase = begins_with(folded, "courtesies") or holds(folded, "courtesies")
    return bool(phrase) and find_phrase(folded, word_list("asking_words")) is None


def _joined(mail: Mail) -> list[bool]:
    """Return of each sentence whether it only goes on with the one before it."""
    joined = [False]
    for before, after in zip(mail.sentences, mail.sentences[1:], strict=False):
        between = mail.text[before.end - 1 : after.start]
        joined.append(_BETWEEN_SENTENCES.search(between) is None)
    return joined


def _asking(sentences: Sequence[Segment], joined: Sequence[bool]) -> list[bool]:
    """Return of each sentence whether it asks.

    What `and who` joins to a sentence asks where that does, and that asks where it
    begins with a question word and what is joined to it ends in a question mark.
    """
    asking = [_asks(sentence) for sentence in sentences]
    for number, sentence in enumerate(sentences):
        marked = sentence.text.endswith("?")
        if joined[number] and not marked:
            asking[number] = asking[number - 1]
    for number in reversed(range(1, len(sentences))):
        if joined[number] and sentences[number].text.endswith("?"):
            asking[number - 1] |= _opens(fold(sentences[number - 1].text))
    for number in range(len(sentences) - 1):
        if sentences[number].text.endswith(":"):
            # `So I ask:` asks nothing by itself.
            asking[number] = False
    return asking


def _only_confirms(sentence: Segment) -> bool:
    """Tell whether a sentence asks if the one before it is right, and no more."""
    return sentence.confirms and not sentence.asks


def _opens(folded: str) -> bool:
    """Tell whether a folded text begins as a question does, with a word that asks."""
    first = find_phrase(folded, word_list("question_words"))
    begins = first is not None and folded.startswith(first)
    return begins or folded.split()[0] in word_list("verbs_first")


def _asks(sentence: Segment) -> bool:
    text, folded = sentence.text, fold(sentence.text)
    words = folded.split()
    if text.endswith("?"):
        return True
    if len(words) < 2:
        return False
    if words[0] in word_list("requests"):
        return True
    spoken_to = word_list("second_person") - word_list("first_person")
    if words[0] in word_list("verbs_first") and (
        words[1] in spoken_to or words[1] in _NAMES_NO_CLAUSE
    ):
        # `Have you got` asks, `Have not had time` does not.
        return True
    asking = find_phrase(folded, word_list("asking_words"))
    if asking and folded.startswith(f"{asking} "):
        return words[len(asking.split())] not in word_list("first_person")
    return _wants_to_know(words)


def _wants_to_know(words: Sequence[str]) -> bool:
    """Tell whether words say that somebody wants to know what follows in them."""
    for place, length in _places(words, "wanting"):
        following = words[place + length : place + length + _NEAR]
        if find_phrase(" ".join(following), word_list("question_words")):
            return True
        if not _WHETHER.isdisjoint(following[:3]):
            return True
    for place, length in _places(words, "needing"):
        following = words[place + length : place + length + _NEAR]
        if not set(words_of("things")).isdisjoint(following):
            return True
        if find_phrase(" ".join(following[:2]), word_list("question_words")):
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
