"""Tells which sentences of an e-mail ask something."""

from __future__ import annotations

import dataclasses
import itertools
import re
from collections.abc import Sequence

from rapidfuzz.distance import OSA

from bot.reading.lexicon import find_phrase, holds_any, word_list
from bot.reading.segments import Segment
from bot.reading.spelling import fold, tokens_of
from bot.staff.doubts import leans_on_reply
from bot.staff.mail import Mail
from bot.staff.phrases import begins_with, holds, words_of

# Words from `I wonder` to the word that asks.
_NEAR = 7
# Words from `I need` to it, and to `whether`.
_CLOSE = 3
# Letters of the shortest word that is known with one slip in it.
_LENGTH_FOR_A_SLIP = 5
_NAMES_NO_CLAUSE = frozenset(
    ("it", "that", "this", "there", "det", "dette", "it's", "de", "dei", "the")
)
# Words of the longest line of a list that asks by naming what is wanted.
_LONGEST_LISTED = 10
# Words of the shortest sentence that asks without a question mark.
_SHORTEST = 3
# What ends a sentence stands between two sentences, but not between two clauses.
_BETWEEN_SENTENCES = re.compile(r"[.?!:\n]")
# Lists of words of which a question consists that only asks to confirm.
_SAYING_LITTLE = ("empty_words", "of_the_claim", "reporting", "right_or_wrong", "it")
_WHETHER = frozenset(("om", "whether", "if"))
_JOINING = word_list("connectives") | {"sa", "so", "samt"}
# Words that ask in English, beside those that only ask.
_ASKING = frozenset(("what", "which", "how", "who"))


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
        folded = _without_connective(fold(self.sentence.text))
        return _opens(folded) or _wonders(_bare(folded.split()))

    @property
    def barely(self) -> bool:
        """Whether nothing says that it asks but a clause that begins as a question."""
        return not (self.plainly or self.claim) and _barely_asks(self.sentence)


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
    return _without_connective(fold(sentence.text)) in words_of("conditions")


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
        reports = holds_any(folded, "reporting") or holds(folded, "reporting")
        if reports and named <= set(folded.split()):
            return [said]
    return about[-1:]


def is_courtesy(text: str) -> bool:
    """Tell whether a sentence asks something of whoever reads it, and nothing else."""
    folded = fold(text)
    phrase = begins_with(folded, "courtesies")
    if phrase:
        rest = folded[len(phrase) :]
        asks = find_phrase(rest, word_list("question_words") | _WHETHER)
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
        _asks(sentence) or (listed and _may_be_asked(sentence))
        for sentence, listed in zip(sentences, mail.listed, strict=True)
    ]
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


def _may_be_asked(sentence: Segment) -> bool:
    """Tell whether a line of a list names something that is wanted: `the amount`."""
    folded = fold(sentence.text)
    words = folded.split()
    if words[0] in _WHETHER or _opens(folded):
        return True
    # `I` is a Norwegian `in`.
    somebody = word_list("first_person") - {"i"}
    return len(words) <= _LONGEST_LISTED and somebody.isdisjoint(words)


def _only_confirms(sentence: Segment) -> bool:
    """Tell whether a sentence asks if what was said is right, and no more.

    So do `Is that right?`, `Is it true what Tom says?` and `Is it they who do?`.
    """
    folded = fold(sentence.text)
    marked, opens = sentence.text.endswith("?"), _opens(folded)
    if sentence.confirms and not sentence.asks:
        return marked or opens
    if not (marked and opens) or holds_any(folded, "asking_words"):
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


def _opens(folded: str) -> bool:
    """Tell whether a folded text begins as a question does, with a word that asks."""
    first = find_phrase(folded, word_list("question_words"))
    begins = first is not None and folded.startswith(first)
    return begins or folded.split()[0] in word_list("verbs_first")


def _without_connective(folded: str) -> str:
    """Return a folded text without `and` before it."""
    first, _, rest = folded.partition(" ")
    return rest if rest and first in _JOINING else folded


def _asks(sentence: Segment) -> bool:
    text, folded = sentence.text, _without_connective(fold(sentence.text))
    words = folded.split()
    if text.endswith("?"):
        return True
    if len(words) < _SHORTEST:
        return False
    if any(f"{folded} ".startswith(f"{each} ") for each in word_list("requests")):
        return True
    spoken_to = word_list("second_person") - word_list("first_person")
    if words[0] in word_list("verbs_first") and (
        words[1] in spoken_to or words[1] in _NAMES_NO_CLAUSE
    ):
        # `Have you got` asks, `Have not had time` does not.
        return True
    if sentence.confirms or begins_with(folded, "imperatives"):
        return True
    asking = find_phrase(folded, word_list("asking_words"))
    if asking and folded.startswith(f"{asking} "):
        return words[len(asking.split())] not in word_list("first_person")
    return _opens_inverted(folded) or _wants_to_know(words) or _may_ask(folded)


def _barely_asks(sentence: Segment) -> bool:
    folded = _without_connective(fold(sentence.text))
    named = sentence.confirms or begins_with(folded, "imperatives")
    return _may_ask(folded) and not named and not _needs(_bare(folded.split()))


def _opens_inverted(folded: str) -> bool:
    """Tell `when will it` from `when it will`: a question word with a verb after it."""
    first = find_phrase(folded, word_list("question_words"))
    if first is None or not folded.startswith(f"{first} "):
        return False
    return folded[len(first) :].split()[0] in word_list("verbs_first")


def _may_ask(folded: str) -> bool:
    """Tell whether somebody must or would do something with what a clause asks.

    `I would value a word on what it costs` may ask, and `I saw what it cost` does not.
    Whether it does is told by how surely it is understood.
    """
    words = folded.split()
    wishes = [place for place, word in enumerate(words) if word in words_of("wishing")]
    asking = word_list("asking_words") | _ASKING
    return any(not asking.isdisjoint(words[place:]) for place in wishes[:1])


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
        if not _WHETHER.isdisjoint(following[:_CLOSE]):
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
