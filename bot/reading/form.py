"""Tells how a question is put: as yes/no, with `only`, `more than`, and so on."""

import dataclasses
import itertools
import re

from bot.reading.lexicon import (
    PRONOUNS,
    find_phrase,
    holds_any,
    look_up,
    without,
    word_list,
)
from bot.reading.spelling import fold

# A question word later than this belongs to a clause inside a yes/no question.
_OPENING_WORDS = 3
# So few words without a verb are keywords.
_KEYWORDS = 2
# Words among which `can you please explain` comes to its verb.
_LONGEST_REQUEST = 6
# More words than this make a sentence.
_FRAGMENT_WORDS = 4


# A tag such as `gjør de ikke` or `wasn't he`.
_TAG = re.compile(
    r" \w+ (?:det|de|dei|han|hun|ho|den) (?:ikke|ikkje|itj)(?: det)?$"
    r"| \w+n t (?:it|he|she|they|we|you|there|that|i)$"
    r"| \w+ (?:it|he|she|they|we|you|there|that|i) not$"
)


@dataclasses.dataclass(frozen=True)
class Form:
    """How a question is put.

    Attributes:
        yes_no: It can be answered with yes or no.
        confirming: It asks to have something confirmed, as `stemmer det?` does.
        asks_to_tell: It asks to be told something, as `can you explain` does.
        question_word: It holds a question word.
        negated: What it claims is a denial; `is it not so that` and `ikke sant?` are
            none.
        inverted: It begins with its verb.
        has_verb: It holds a verb.
        relative: What looks like question words in it only joins clauses.
        only: It holds a word like `bare`.
        all: It holds a word like `alle`.
        total: It asks for the whole, as `til sammen` does.
        either: It offers two answers, as `six or five?` does.
        doubted: It asks whether something is wrong, as `tar jeg feil?` does.
        others: It asks for others than those spoken of, as `hvem ellers` does.
        ordinal: The place in a list that it points to, 1 for the first and -1 for the
            last, or None.
        pronoun: `he`, `she`, `it` (or `they`) when it points back, `that` when it may,
            or None.
        words: How many words it has.
    """

    yes_no: bool
    confirming: bool
    asks_to_tell: bool
    question_word: bool
    negated: bool
    inverted: bool
    has_verb: bool
    relative: bool
    only: bool
    all: bool
    total: bool
    either: bool
    doubted: bool
    others: bool
    ordinal: int | None
    pronoun: str | None
    words: int


def read_form(text: str) -> Form:
    """Return how the question in a text is put."""
    folded = fold(text)
    clauses = [fold(clause) for clause in text.split(",")]
    pronoun = next((p for p in PRONOUNS if holds_any(folded, p)), None)
    untagged = _without_tag(folded, clauses[-1])
    confirming = untagged != folded or _is_confirming(folded)
    words = folded.split()
    # `Ann, is it not she who`
    rhetorical = _is_rhetorical(words) or _is_rhetorical(clauses[-1].split())
    return Form(
        yes_no=confirming
        or _is_yes_no(folded, text.rstrip().endswith("?"))
        or _begins_with_verb(clauses[-1]),
        confirming=confirming,
        asks_to_tell=not confirming and _asks_to_tell(words),
        question_word=holds_any(folded, "question_words"),
        negated=_denies(untagged) and not rhetorical,
        relative=not word_list("asking_words").intersection(words),
        inverted=_is_inverted(words),
        has_verb=_has_verb(words),
        only=holds_any(folded, "only"),
        all=holds_any(without(folded, "not_all"), "all"),
        total=holds_any(folded, "total"),
        either=_offers_two(folded),
        doubted=holds_any(folded, "doubts"),
        others=holds_any(folded, "others"),
        ordinal=look_up(folded, "ordinals"),
        pronoun=pronoun,
        words=len(words),
    )


def _is_inverted(words: list[str]) -> bool:
    """Tell `did they apply` and `and did they apply` from `they applied`."""
    first = 1 if words and words[0] in word_list("connectives") else 0
    return not word_list("verbs_first").isdisjoint(words[first : first + 1])


def _denies(folded: str) -> bool:
    return holds_any(without(folded, "not_negating"), "negations")


def _without_tag(folded: str, last_clause: str) -> str:
    """Return a claim without `gjør de ikke` after it; `de fikk det ikke` has none."""
    found = _TAG.search(folded)
    if found is None:
        return folded
    claim = folded[: found.start()]
    apart = _TAG.fullmatch(f" {last_clause}")
    return claim if apart or _has_verb(claim.split()) else folded


def _has_verb(words: list[str]) -> bool:
    return not word_list("verbs_first").isdisjoint(words)


def _is_rhetorical(words: list[str]) -> bool:
    """Tell `is it not Acme that` from `is it true that it is not Acme`."""
    opening = words[:_OPENING_WORDS]
    verb = bool(words) and words[0] in word_list("verbs_first")
    return verb and not word_list("negations").isdisjoint(opening)


def _is_confirming(folded: str) -> bool:
    tagged = any(folded.endswith(f" {tag}") for tag in word_list("closing_tags"))
    return tagged or holds_any(folded, "confirmations")


def _asks_to_tell(words: list[str]) -> bool:
    """Tell `can you explain` and `is it known who` from a claim."""
    asks = word_list("requests") | word_list("telling_verbs")
    if not words or words[0] in asks:
        return bool(words)
    if words[0] not in word_list("asking_verbs"):
        return False
    opening = words[1:_LONGEST_REQUEST]
    told = word_list("telling_verbs").intersection(opening)
    to_somebody = word_list("second_person").intersection(words[1:3])
    asked = word_list("question_words").intersection(words[1:])
    known = word_list("known").intersection(words)
    if words[0] in word_list("polite_verbs") and to_somebody:
        # `Can I write that` wants it confirmed.
        return not word_list("that_clause").intersection(words)
    return bool((to_somebody and (told or asked or known)) or (asked and known))


def _is_yes_no(folded: str, marked: bool) -> bool:
    words = folded.split()
    if words and words[0] in word_list("requests"):
        return False
    keywords = not marked and len(words) <= _KEYWORDS
    if keywords and not word_list("verbs_first").intersection(words):
        # `avslag` asks nothing that could be answered with yes or no.
        return False
    question_word = find_phrase(folded, word_list("question_words"))
    if question_word is None:
        return not _goes_on(words)
    verbs = word_list("verbs_first")
    opening = folded.split(question_word)[0].split()
    if word_list("first_person").intersection(opening[:1]):
        return False
    return any(word in verbs for word in opening[:_OPENING_WORDS])


def _goes_on(words: list[str]) -> bool:
    """Tell a fragment like `and the director` from a question of its own."""
    if not words or len(words) > _FRAGMENT_WORDS:
        return False
    has_verb = word_list("verbs_first").intersection(words)
    return words[0] in word_list("connectives") and not has_verb


def _begins_with_verb(clause: str) -> bool:
    """Tell a clause like `are they in too` in `Drammen, are they in too?`."""
    words = clause.split()
    return len(words) > 1 and words[0] in word_list("verbs_first")


def _offers_two(folded: str) -> bool:
    """Tell `six or five?` from the tag of `it is six, or am I wrong?`."""
    words = folded.split()
    after = [b for a, b in itertools.pairwise(words) if a in word_list("either")]
    return any(word not in word_list("after_tag_or") for word in after)
