"""Word embedding from a word, the pieces it is made of, and the text's written form.

spaCy's own ``MultiHashEmbed`` looks at a word's first letter, last three letters
and shape.  Norwegian builds words by joining others, so most words that training
never showed are recognisable by a longer beginning and ending; and a word that
was not seen, or hardly, is better read by those pieces alone than by an arbitrary
row of the word table.  Bokmål and Nynorsk share most words, but not their lemmas
(*er* is *være* or *vere*), so every word is also told which form the text leans to.
The module is shipped inside the wheel.
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.attrs import ORTH
from spacy.lookups import Lookups
from spacy.strings import get_string_id
from spacy.tokens import Doc
from spacy.util import registry
from spacy.vocab import Vocab
from thinc.api import (
    HashEmbed,
    Maxout,
    Model,
    chain,
    concatenate,
    list2ragged,
    ragged2list,
    with_array,
)
from thinc.types import Floats2d, Ints2d

UNSEEN = 0
# Sums of the words' log odds for Bokmål that part a text's leanings: clearly
# Nynorsk, rather Nynorsk, unknown, rather Bokmål, clearly Bokmål.
_LEANINGS = (-8.0, -2.0, 2.0, 8.0)
_LEANING_ROWS = 20
_CASE_ROWS = 20
# After these, and at the beginning, a capital letter says nothing.
_OPENERS = frozenset('.!?:"«»“”–—-|•*(')
_CACHED_WORDS = 200_000


@registry.misc("helseassistenten.word_counts.v1")
def word_counts(path: Path | str, table: str) -> Lookups:
    """Read how often training words occur, as a lookup table of the vocabulary.

    Args:
        path: JSON object from lower-case words to their counts in Bokmål and in
            Nynorsk.
        table: Name of the table.
    """
    lookups = Lookups()
    lookups.add_table(table, json.loads(Path(path).read_text(encoding="utf-8")))
    return lookups


@registry.architectures("helseassistenten.WordPieceHashEmbed.v1")
def word_piece_hash_embed(
    width: int,
    word_rows: int,
    shape_rows: int,
    prefixes: list[int],
    prefix_rows: list[int],
    suffixes: list[int],
    suffix_rows: list[int],
    word_dropout: float,
    counts: str,
    case_evidence: bool,
) -> Model[list[Doc], list[Floats2d]]:
    """Embed words by themselves, their pieces, shape and the text's written form.

    Args:
        width: Width of every table and of the result.
        word_rows: Rows of the table of whole lower-case words.
        shape_rows: Rows of the table of shapes (``Xxxx``, ``dd``).
        prefixes: Lengths of the beginnings looked at, in letters.
        prefix_rows: Rows of the table for each beginning.
        suffixes: Lengths of the endings looked at, in letters.
        suffix_rows: Rows of the table for each ending.
        word_dropout: While training, a word seen n times is passed off as unseen
            with probability ``word_dropout / (word_dropout + n)``.
        counts: Name of the vocabulary's table of training word counts.
        case_evidence: Also tell whether the text writes the word with a capital inside
            a sentence, and whether it writes it without one.

    Returns:
        A layer from documents to one row of ``width`` numbers per word.
    """
    rows = [word_rows, _LEANING_ROWS, shape_rows, *prefix_rows, *suffix_rows]
    if case_evidence:
        rows.append(_CASE_ROWS)
    tables: list[Model[Any, Any]] = [
        HashEmbed(width, count, column=column, seed=column + 8, dropout=0.0)
        for column, count in enumerate(rows)
    ]
    mix = Maxout(width, width * len(rows), nP=3, dropout=0.0, normalize=True)
    pieces = _WordPieces(
        tuple(prefixes), tuple(suffixes), word_dropout, counts, case_evidence
    )
    return chain(
        Model("word_pieces", pieces.forward),
        list2ragged(),
        with_array(concatenate(*tables)),
        with_array(mix),
        ragged2list(),
    )


class _WordPieces:
    """Looks up the pieces of each word, and keeps those of the words it has met."""

    def __init__(
        self,
        prefixes: tuple[int, ...],
        suffixes: tuple[int, ...],
        word_dropout: float,
        table: str,
        case_evidence: bool,
    ) -> None:
        self._prefixes = prefixes
        self._suffixes = suffixes
        self._word_dropout = word_dropout
        self._table = table
        self._case_evidence = case_evidence
        self._known: dict[int, int] = {}
        width = 3 + len(prefixes) + len(suffixes)
        self._pieces = np.zeros((1024, width), dtype="uint64")
        self._counts = np.zeros(1024, dtype="float32")
        self._odds = np.zeros(1024, dtype="float32")
        # Id of the lower-case word; whether this one is a capitalised word, an opener.
        self._case = np.zeros((1024, 3), dtype="uint64")

    def forward(
        self, model: Model[list[Doc], list[Ints2d]], docs: list[Doc], is_train: bool
    ) -> tuple[list[Ints2d], Callable[[list[Ints2d]], list[Doc]]]:
        """Return one row of ids per word."""
        found = []
        for doc in docs:
            rows = self._rows(doc)
            ids = self._ids(rows)
            if is_train and self._word_dropout:
                share = self._word_dropout / (self._word_dropout + self._counts[rows])
                ids[np.random.random(len(rows)) < share, 0] = UNSEEN
            # An array of numpy is what thinc calls Ints2d.
            found.append(model.ops.asarray2i(ids, dtype="uint64"))  # type: ignore[arg-type]
        return found, lambda _: []

    def _ids(self, rows: list[int]) -> NDArray[Any]:
        """Return the pieces of a text's words, and what the text tells of each."""
        ids = self._pieces[rows]
        ids[:, 1] = np.searchsorted(_LEANINGS, self._odds[rows].sum())
        if self._case_evidence:
            ids = np.column_stack([ids, _case_evidence(self._case[rows])])
        return ids

    def _rows(self, doc: Doc) -> list[int]:
        return [
            self._known[orth] if orth in self._known else self._add(orth, doc.vocab)
            for orth in doc.to_array(ORTH).tolist()
        ]

    def _add(self, orth: int, vocab: Vocab) -> int:
        """Return the row that a new word is kept in."""
        if len(self._known) >= _CACHED_WORDS:
            self._known.clear()
        row = self._known[orth] = len(self._known)
        if row >= len(self._pieces):
            self._grow()
        written = vocab.strings[orth]
        text = written.lower()
        capital, opens = written[:1].isupper(), written in _OPENERS
        self._case[row] = get_string_id(text), capital, opens
        bokmål, nynorsk = vocab.lookups.get_table(self._table, {}).get(text, (0, 0))
        seen = self._counts[row] = bokmål + nynorsk
        odds = np.log((bokmål + 0.5) / (nynorsk + 0.5))
        self._odds[row] = np.clip(odds, -4, 4)
        parts = [
            vocab[orth].shape_,
            *(text[:n] for n in self._prefixes),
            *(text[-n:] for n in self._suffixes),
        ]
        self._pieces[row, 0] = get_string_id(text) if seen else UNSEEN
        self._pieces[row, 2:] = [get_string_id(part) for part in parts]
        return row

    def _grow(self) -> None:
        self._pieces, self._counts, self._odds, self._case = (
            np.concatenate([kept, np.zeros_like(kept)])
            for kept in (self._pieces, self._counts, self._odds, self._case)
        )


def _case_evidence(case: NDArray[Any]) -> NDArray[Any]:
    """Sum up how a text writes each of its words, as a class from 0 to 7.

    Args:
        case: For each word its lower-case id, whether it is capitalised, and whether a
            capital after it would say nothing.

    Returns:
        For each word: 1 if it is capitalised, plus 2 if it is so somewhere inside a
        sentence, plus 4 if it is written without a capital somewhere.
    """
    words, capital = case[:, 0], case[:, 1].astype(bool)
    opens = np.ones(len(case), dtype=bool)
    opens[1:] = case[:-1, 2].astype(bool)
    inside = np.isin(words, words[capital & ~opens])
    without = np.isin(words, words[~capital])
    classes = 1 * capital + 2 * inside + 4 * without
    return np.asarray(classes, dtype="uint64")
