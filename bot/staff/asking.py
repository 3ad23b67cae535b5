"""Tells which sentences of an e-mail ask something."""

from __future__ import annotations

import dataclasses
import itertools
import re
from collections.abc import Sequence

from bot.reading.lexicon import find_phrase, holds_any, word_list
from bot.reading.segments import Segment
from bot.reading.spelling import fold, tokens_of
from bot.staff.doubts import leans_on_reply
from bot.staff.mail import Mail
from bot.staff.phrases import begins_with, holds, words_of
from bot.staff.question_forms import (
    WHETHER,
    asks,
    asks_plainly,
    barely_asks,
    opens,
    opens_inverted,
    without_connective,
)

# Words of the longest line of a list that asks by naming what is wanted.
_LONGEST_LISTED = 10
# What ends a sentence stands between two sentences, but not between two clauses.
_BETWEEN_SENTENCES = re.compile(r"[.?!:\n]")
# Lists of words of which a question consists that only asks to confirm.
_SAYING_LITTLE = ("empty_words", "of_the_claim", "reporting", "right_or_wrong", "it")


@dataclasses.dataclass(frozen=True)
class Asked:
    """A sentence that asks something.

    Attributes:
        sentence: It; its places are those of the e-mail.
        about: The sentences before it, since the last one that asks.
        claim: The sentence before it, where it only asks to confirm that one.
        listed: It is a line of a list.
        leans: It holds only in case of one reply to what was asked before it.
    """

    sentence: Segment
    about: tuple[Segment, ...]
    claim: Segment | None = None
    listed: bool = False
    leans: bool = False

    @property
    def is_marked(self) -> bool:
        """Whether it ends in a question mark."""
        return self.sentence.text.endswith("?")

    @property
    def plainly(self) -> bool:
        """Whether its form is that of a question, direct or indirect."""
        if self.is_marked or self.listed:
            return True
        return asks_plainly(self.sentence)

    @property
    def barely(self) -> bool:
        """Whether nothing says that it asks but a clause that begins as a question."""
        return not (self.plainly or self.claim) and barely_asks(self.sentence)


def asked_in(mail: Mail) -> list[Asked]:
    """Return the sentences of an e-mail that ask something, in order."""
    found: list[Asked] = []
    about: list[Segment] = []
    sentences = mail.sentences
    joined = _joined(mail)
    asking = _asking(mail, joined)
    leans = False
    for number, sentence in enumerate(sentences):
        claims = _claims(sentence, about) if _only_confirms(sentence) else ()
        if _is_condition(sentence):
            # `And if not, how much?` is split at its comma.
            leans = True
            continue
        leans |= leans_on_reply(sentence.text)
        if claims:
            found += [Asked(sentence, tuple(about), claim) for claim in claims]
        elif asking[number]:
            listed = mail.listed[number]
            found.append(Asked(sentence, tuple(about), listed=listed, leans=leans))
        else:
            about.append(sentence)
            continue
        about = []
        leans = False
    return found


def _is_condition(sentence: Segment) -> bool:
    """Tell whether a sentence is no more than `and if so`."""
    return without_connective(fold(sentence.text)) in words_of("conditions")


def _claims(sentence: Segment, about: Sequence[Segment]) -> Sequence[Segment]:
    """Return the sentences that `is that right?` asks about.

    It is the last one that tells what somebody says, of whoever the question names;
    else the one just before it. `Are these right?` asks about all that are led up to.
    """
    if holds(fold(sentence.text), "several"):
        led_up = [said for said in about if begins_with(fold(said.text), "counting")]
        if led_up:
            return led_up
    speakers = _speakers([token.word for token in tokens_of(sentence.text)])
    named = speakers - word_list("empty_words")
    for said in reversed(about):
        folded = fold(said.text)
        words = set(folded.split())
        reports = holds_any(folded, "reporting") or holds(folded, "reporting")
        claims = not words.isdisjoint(word_list("that_clause"))
        last = said is about[-1]
        if ((reports and claims) or (last and (reports or claims))) and named <= words:
            return [said]
    return about[-1:]


def is_courtesy(text: str) -> bool:
    """Tell whether a sentence asks something of whoever reads it, and nothing else."""
    folded = fold(text)
    phrase = begins_with(folded, "courtesies")
    if phrase:
        rest = folded[len(phrase) :]
        asks = find_phrase(rest, word_list("question_words") | WHETHER)
        return asks is None
    asks = find_phrase(folded, word_list("asking_words"))
    return holds(folded, "courtesies") and asks is None


def _joined(mail: Mail) -> list[bool]:
    """Return of each sentence whether it only goes on with the one before it."""
    joined = [False]
    for before, after in zip(mail.sentences, mail.sentences[1:], strict=False):
        between = mail.text[before.end - 1 : after.start]
        joined.append(_BETWEEN_SENTENCES.search(between) is None)
    return joined


def _asking(mail: Mail, joined: Sequence[bool]) -> list[bool]:
    """Return of each sentence whether it asks.

    What `and who` joins to a sentence asks where that does, and that asks where it
    begins with a question word and what is joined to it ends in a question mark.
    """
    sentences = mail.sentences
    asking = [
        asks(sentence) or (listed and _may_be_asked(sentence))
        for sentence, listed in zip(sentences, mail.listed, strict=True)
    ]
    for number, sentence in enumerate(sentences):
        marked = sentence.text.endswith("?")
        by_itself = marked or opens_inverted(fold(sentence.text))
        if joined[number] and not by_itself:
            asking[number] = asking[number - 1]
    for number in reversed(range(1, len(sentences))):
        if joined[number] and sentences[number].text.endswith("?"):
            asking[number - 1] |= opens(fold(sentences[number - 1].text))
    for number in range(len(sentences) - 1):
        if sentences[number].text.endswith(":"):
            # `So I ask:` asks nothing by itself.
            asking[number] = False
    return asking


def _may_be_asked(sentence: Segment) -> bool:
    """Tell whether a line of a list names something that is wanted: `the amount`."""
    folded = fold(sentence.text)
    words = folded.split()
    if words[0] in WHETHER or opens(folded):
        return True
    # `I` is a Norwegian `in`.
    somebody = word_list("first_person") - {"i"}
    return len(words) <= _LONGEST_LISTED and somebody.isdisjoint(words)


def _only_confirms(sentence: Segment) -> bool:
    """Tell whether a sentence asks if what was said is right, and no more.

    So do `Is that right?`, `Is it true what Tom says?` and `Is it they who do?`.
    """
    folded = fold(sentence.text)
    marked, begins = sentence.text.endswith("?"), opens(folded)
    if sentence.confirms and not sentence.asks:
        return marked or begins
    if not (marked and begins) or holds_any(folded, "asking_words"):
        return False
    known = frozenset().union(*map(word_list, _SAYING_LITTLE))
    words = [token.word for token in tokens_of(sentence.text)]
    return all(word in known or word in _speakers(words) for word in words)


def _speakers(words: Sequence[str]) -> set[str]:
    """Return the words that may be who says something: those beside `says`."""
    reporting = word_list("reporting")
    pairs = itertools.pairwise(words)
    beside = ({a, b} for a, b in pairs if a in reporting or b in reporting)
    return set().union(*beside)
