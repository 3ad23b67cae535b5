"""Rewriting sentences the way people type in a chat window.

The treebank is newspaper and parliament prose.  Chat text is mostly lower case,
often typed without the letters æ, ø and å, and ends without a full stop.  Each
training sentence is therefore seen a second time, retyped at random.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, replace

_FINAL_PUNCTUATION = frozenset({".", "!", "?"})
_PLAIN = str.maketrans({"æ": "a", "ø": "o", "å": "a", "Æ": "A", "Ø": "O", "Å": "A"})
_DIGRAPH = str.maketrans(
    {"æ": "ae", "ø": "o", "å": "aa", "Æ": "Ae", "Ø": "O", "Å": "Aa"}
)
_DIGRAPH_OE = str.maketrans(
    {"æ": "ae", "ø": "oe", "å": "aa", "Æ": "Ae", "Ø": "Oe", "Å": "Aa"}
)
LETTER_TABLES = {"plain": _PLAIN, "digraph": _DIGRAPH, "digraph_oe": _DIGRAPH_OE}


@dataclass(frozen=True)
class Word:
    """A word of a training sentence with its UD annotation.

    Attributes:
        form: The word as written.
        lemma: Its dictionary form.
        upos: UD word class.
        feats: UD features, ``""`` when there are none.
        name: IOB2 name label.
        space: Whether a space follows.
        relation: NDT's relation to the head, ``""`` when unknown.
    """

    form: str
    lemma: str
    upos: str
    feats: str
    name: str
    space: bool
    relation: str = ""


@dataclass(frozen=True)
class Style:
    """A way of typing.

    Attributes:
        lower: Everything in lower case.
        letters: Key of :data:`LETTER_TABLES` for typing without æ, ø and å, or
            ``None`` to keep them.
        open_end: No closing full stop, exclamation or question mark.
    """

    lower: bool = False
    letters: str | None = None
    open_end: bool = False


def random_style(rng: random.Random) -> Style:
    """Draw a typing style; lower case is by far the commonest in chat text."""
    letters = rng.choice(sorted(LETTER_TABLES)) if rng.random() < 0.35 else None
    return Style(
        lower=rng.random() < 0.85, letters=letters, open_end=rng.random() < 0.6
    )


def retype(words: list[Word], style: Style) -> list[Word]:
    """Rewrite a sentence in a typing style, keeping its annotation in step.

    The lemma is retyped like the word, so that the two stay one regular ending
    apart; a reader who wants the proper spelling back has to restore it before.

    Args:
        words: The sentence.
        style: How it is typed.

    Returns:
        The retyped words: as many, or one fewer when the closing mark is left
        out.  A sentence is never left empty.
    """
    kept = list(words)
    if style.open_end and len(kept) > 1 and kept[-1].form in _FINAL_PUNCTUATION:
        kept.pop()
        kept[-1] = replace(kept[-1], space=True)
    return [
        replace(w, form=_typed(w.form, style), lemma=_typed(w.lemma, style))
        for w in kept
    ]


def _typed(text: str, style: Style) -> str:
    if style.lower:
        text = text.lower()
    if style.letters is not None:
        text = text.translate(LETTER_TABLES[style.letters])
    return text
