"""Other words for a question, for where it is not understood as it stands."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from bot.languages import Language
from bot.reading.lexicon import holds_any, word_list
from bot.reading.spelling import fold, tokens_of
from bot.staff.phrases import words_of
from bot.staff.readings import claim_as_question

# Words of the shortest question that is left of another.
_SHORTEST = 3
# Words of the longest guess after a question: `- eight?`.
_LONGEST_GUESS = 3
# Words of the longest `is that figure sound?` after a claim.
_LONGEST_TAG = 4
_JOINT = re.compile(r"\s*[,;:]\s+|\s+[-–—]\s*|\s*\(")
_CLEFT = re.compile(
    r"\b(?:er|e|var|va|vart|blei|ble|is|was)\s+(?:det|d|da|it)\s+"
    r"(?:som\s+|that\s+|who\s+)",
    re.IGNORECASE,
)
_TAG = re.compile(
    r"\s(?:er|e|is|æ)\s(?:det|dette|d|that|it|this)\s(?:rett|riktig|sant|korrekt|"
    r"right|true|correct)\W*$|\sstemmer\s(?:det|dette)\W*$",
    re.IGNORECASE,
)
_SUBJECT = r"(det|de|dei|den|it|they|there)"


def rewordings(sentence: str, language: Language) -> list[str]:
    """Return other words for a question, without those that it is put in.

    A claim with `is that right?` after it becomes the question whether it is true;
    `who is it that pays` becomes `who pays`; `how many it is`, `how many is it`; and
    what adds nothing is left out: `really`, a guess, the clause before a question.
    """
    found = [*_reworded(sentence.strip(), language)]
    return [
        text if text.endswith("?") else f"{text.rstrip(' .!…')}?"
        for text in dict.fromkeys(found)
        if text != sentence and len(text.split()) >= _SHORTEST
    ]


def _reworded(sentence: str, language: Language) -> Iterator[str]:
    claim = _claimed(sentence)
    if claim:
        yield claim_as_question(claim, language)
    bare = _without_fillers(sentence)
    yield bare
    yield _CLEFT.sub("", bare, count=1)
    yield _inverted(bare)
    pieces = [piece for piece in _JOINT.split(bare) if piece]
    if len(pieces) > 1:
        first, last = pieces[0], pieces[-1]
        if len(last.split()) <= _LONGEST_GUESS:
            yield bare[: bare.rindex(last)].rstrip(" ,;:-–—(")
        if _opens(first):
            yield first
        subject = re.compile(rf"\b{_SUBJECT}\b", re.IGNORECASE)
        if _opens(pieces[1]) and not _opens(first):
            # `The woman who is quoted, who is she?` and `This group, what will it do?`
            yield f"{pieces[1].rstrip('?')} {first[:1].lower()}{first[1:]}?"
            yield subject.sub(first, pieces[1], count=1)


def _claimed(sentence: str) -> str | None:
    """Return what stands before `is that right?` in a sentence, or None."""
    for joint in reversed(list(_JOINT.finditer(sentence))):
        tag = fold(sentence[joint.end() :])
        if holds_any(tag, "confirmations") or holds_any(tag, "right_or_wrong"):
            return sentence[: joint.start()]
        words = tag.split()
        short = len(words) <= _LONGEST_TAG
        if words and words[0] in word_list("verbs_first") and short:
            return sentence[: joint.start()]
    at_end = _TAG.search(sentence)
    return sentence[: at_end.start()] if at_end else None


def _without_fillers(text: str) -> str:
    """Return a text without words that add nothing, but for the first."""
    words = text.split()
    kept = [
        word
        for place, word in enumerate(words)
        if place == 0 or fold(word) not in words_of("fillers")
    ]
    return " ".join(kept)


def _inverted(text: str) -> str:
    """Return `how many it is` as `how many is it`."""
    tokens = tokens_of(text)
    for subject, verb in itertools.pairwise(tokens[1:]):
        pronoun = re.fullmatch(_SUBJECT, text[subject.start : subject.end])
        if pronoun and verb.word in word_list("verbs_first"):
            return (
                f"{text[: subject.start]}{text[verb.start : verb.end]} "
                f"{text[subject.start : subject.end]}{text[verb.end :]}"
            )
    return text


def _opens(text: str) -> bool:
    """Tell whether a text begins with a word that asks, or a verb."""
    words = fold(text).split()
    asking = word_list("question_words") | word_list("verbs_first")
    return bool(words) and words[0] in asking
