"""Tells how a question is put: as yes/no, with `only`, `more than`, and so on."""

import dataclasses
import itertools

from bot.reading.lexicon import find_phrase, holds_any, look_up, without, word_list
from bot.reading.spelling import fold

# A question word later than this belongs to a clause inside a yes/no question.
_OPENING_WORDS = 3
# So few words without a verb are keywords.
_KEYWORDS = 2
# More words than this make a sentence.
_FRAGMENT_WORDS = 4


@dataclasses.dataclass(frozen=True)
class Form:
    """How a question is put.

    Attributes:
        yes_no: It can be answered with yes or no.
        negated: It holds a word like `ikke`.
        only: It holds a word like `bare`.
        all: It holds a word like `alle`.
        more_than: It asks whether something is more than a figure.
        less_than: It asks whether something is less than a figure.
        total: It asks for the whole, as `til sammen` does.
        either: It offers two answers, as `six or five?` does.
        doubted: It asks whether something is wrong, as `tar jeg feil?` does.
        others: It asks for others than those spoken of, as `hvem ellers` does.
        ordinal: The place in a list that it points to, 1 for the first and -1 for the
            last, or None.
        pronoun: `he`, `she` or `it` when it points back, or None.
        words: How many words it has.
    """

    yes_no: bool
    negated: bool
    only: bool
    all: bool
    more_than: bool
    less_than: bool
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
    pronoun = next((p for p in ("she", "he", "it") if holds_any(folded, p)), None)
    return Form(
        yes_no=_is_yes_no(folded, text.rstrip().endswith("?"))
        or _begins_with_verb(clauses[-1]),
        negated=holds_any(folded, "negations"),
        only=holds_any(folded, "only"),
        all=holds_any(without(folded, "not_all"), "all"),
        more_than=holds_any(folded, "more_than"),
        less_than=holds_any(folded, "less_than"),
        total=holds_any(folded, "total"),
        either=_offers_two(folded),
        doubted=holds_any(folded, "doubts"),
        others=holds_any(folded, "others"),
        ordinal=look_up(folded, "ordinals"),
        pronoun=pronoun,
        words=len(folded.split()),
    )


def _is_yes_no(folded: str, marked: bool) -> bool:
    if any(folded.endswith(f" {tag}") for tag in word_list("closing_tags")):
        return True
    if holds_any(folded, "confirmations"):
        return True
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
