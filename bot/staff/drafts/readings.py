"""The ways in which a sentence of an e-mail can be put as a question."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.languages import Language
from bot.reading.form import read_form
from bot.reading.lexicon import holds_any, word_list
from bot.reading.spelling import Token, fold, tokens_of
from bot.staff.drafts.phrases import holds, words_of

# Words of the shortest question that is left of a sentence.
_SHORTEST = 3
# Words within which a sentence comes to the word that asks.
_NEAR = 14
_CLAUSE = re.compile(r"[,;:–—]\s+|\s+[-–—]\s+|\s+\(")
# Words before `that` which only lead up to it: `Third, that`.
_NEAR_THAT = 2
_THAT = re.compile(r"\b(?:at|that)\s", re.IGNORECASE)
# Words of a question among which the pronoun is what it is about.
_NEAR_PRONOUN = 5
_PRONOUNS = ("de", "dei", "dem", "den", "they", "them", "it", "disse", "desse")
_EXPLETIVES = ("det", "it", "there", "they", "de", "dei", "den")
_WHETHER = ("om", "whether", "if")


def readings(sentence: str) -> list[str]:
    """Return a sentence as it can be put as a question, the shortest first.

    `I wonder who it was, for nobody told me` is `who it was?` too. The last is the
    sentence as it stands.
    """
    bare = _without_leads(sentence.strip())
    found = [
        text if text.endswith("?") else f"{text.rstrip('.!…')}?"
        for text in _cores(bare)
        if len(text.split()) >= _SHORTEST
    ]
    shortest_first = sorted(dict.fromkeys(found), key=len)
    return [*(each for each in shortest_first if each != sentence), sentence]


def claim_as_question(claim: str, language: Language) -> str:
    """Return a statement as the question whether it is true.

    Of what somebody is said to have said, it is what follows `that`.
    """
    reported = _THAT.search(claim)
    before = fold(claim[: reported.start()]) if reported else ""
    led_up = len(before.split()) <= _NEAR_THAT
    reports = holds_any(before, "reporting") or holds(before, "reporting")
    if reported and (reports or led_up):
        claim = claim[reported.end() :]
    words = words_of(f"confirming_{language}")[0]
    bare = claim.strip().rstrip(".!?…")
    return f"{words[:1].upper()}{words[1:]} {bare[:1].lower()}{bare[1:]}?"


def with_name(sentence: str, name: str) -> str | None:
    """Return a question with a name in place of its pronoun, or None."""
    if not read_form(sentence).yes_no:
        return None
    for token in tokens_of(sentence)[1:_NEAR_PRONOUN]:
        if token.word in _PRONOUNS:
            return f"{sentence[: token.start]}{name}{sentence[token.end :]}"
    return None


def _cores(text: str) -> Iterator[str]:
    asked = _from_asking(text)
    for each in (text, asked):
        if each:
            yield each
            yield _without_reasons(each)


def _without_leads(text: str) -> str:
    """Return a text without `and`, `finally` and the like before it."""
    tokens = tokens_of(text)
    place = 0
    while length := _phrase_at(tokens, place, "leads"):
        place += length
    rest = text[tokens[place].start :] if 0 < place < len(tokens) else text
    return rest if len(rest.split()) >= _SHORTEST else text


def _phrase_at(tokens: Sequence[Token], place: int, name: str) -> int:
    """Return how many words the phrase of a list has that stands at a place, or 0."""
    for phrase in words_of(name):
        words = phrase.split()
        if [token.word for token in tokens[place : place + len(words)]] == words:
            return len(words)
    return 0


def _without_reasons(text: str) -> str:
    """Return a question without the clause after it that only says why it is asked."""
    for joint in _CLAUSE.finditer(text):
        rest = tokens_of(text[joint.end() :])
        if _phrase_at(rest, 0, "reasons"):
            return text[: joint.start()]
    return text


def _from_asking(text: str) -> str | None:
    """Return the part of a sentence that begins with the word that asks, or None."""
    tokens = tokens_of(text)
    if not tokens:
        return None
    told = _after_telling(text, tokens)
    if told:
        return _from_asking(told) or told
    if tokens[0].word in word_list("asking_words"):
        return None
    if tokens[0].word in _WHETHER and len(tokens) > _SHORTEST:
        return _inverted(text[tokens[1].start :])
    for place, token in enumerate(tokens[1:_NEAR], 1):
        if token.word in word_list("question_words"):
            return text[token.start :]
        wondered = tokens[place - 1].word in {*words_of("wanting"), "pa", "ut"}
        if token.word in _WHETHER and wondered and place + 1 < len(tokens):
            return _inverted(text[tokens[place + 1].start :])
    return _last_clause(text)


def _inverted(text: str) -> str:
    """Return `it is so` as `is it so`, which asks."""
    pronoun, verb, rest = (*text.split(maxsplit=2), "", "")[:3]
    asks = fold(verb) in word_list("verbs_first") and fold(pronoun) in _EXPLETIVES
    return f"{verb} {pronoun} {rest}" if asks else text


def _after_telling(text: str, tokens: Sequence[Token]) -> str | None:
    """Return what follows `could you please tell me`, or None."""
    words = [token.word for token in tokens]
    if words[0] not in word_list("asking_verbs") | {"please", "vennligst"}:
        return None
    for place in range(1, min(6, len(words))):
        length = _phrase_at(tokens, place, "telling")
        if length and place + length < len(words):
            return text[tokens[place + length].start :]
    polite = word_list("polite_verbs").intersection(words[:1])
    if polite and word_list("second_person").intersection(words[1:2]):
        following = next(
            (place for place in range(2, 5) if words[place : place + 1] != ["please"]),
            2,
        )
        return text[tokens[following].start :] if following < len(words) else None
    return None


def _last_clause(text: str) -> str | None:
    """Return the last clause of a question that begins as one by itself, or None."""
    if not text.endswith("?"):
        return None
    for joint in reversed(list(_CLAUSE.finditer(text))):
        words = fold(text[joint.end() :]).split()
        verb = words[:1] and words[0] in word_list("verbs_first")
        if verb and len(words) > _SHORTEST:
            return text[joint.end() :]
    return None
