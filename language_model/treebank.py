"""Reading NorNE / NDT and UD files, and rebuilding running text.

Two column layouts are read.  Files under ``ndt/`` carry the treebank's own
scheme, ten tab-separated columns, one blank line between sentences; files under
``ud/`` are CoNLL-U.  Both have the word in column 2, the lemma in column 3, a
word class in column 4, features in column 6, the head's number in column 7, the
relation in column 8 and the name label (``name=B-PER``) in column 10.

Source: NorNE (https://github.com/ltgoslo/norne), built on the Norwegian
Dependency Treebank.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

HEADLINE_BAR = "|"
FORMS = ("nob", "nno")
_UD_NAMES = {"nob": "no_bokmaal", "nno": "no_nynorsk"}
_CHECKSUMS = Path(__file__).with_name("checksums.txt")

_OPENING = frozenset("([{«“")
_CLOSING = frozenset(")]}»”.,;:?!%…")
_STRAIGHT_QUOTES = frozenset("\"'")


class TreebankError(Exception):
    """The treebank folder is missing, incomplete or not the expected version."""


@dataclass(frozen=True)
class Token:
    """One line of a treebank file.

    Attributes:
        number: Position in the sentence, counted from 1.
        form: The word as written.
        lemma: The dictionary form given by the treebank.
        pos: Word class, in the tag set of the file read.
        feats: Feature column as written, ``"_"`` when empty.
        head: Number of the head word, 0 for the root.
        relation: Dependency relation to the head.
        name: IOB2 name label, ``"O"`` outside names.
        space_after: Whether a space follows the word in running text.
    """

    number: int
    form: str
    lemma: str
    pos: str
    feats: str
    head: int
    relation: str
    name: str
    space_after: bool = True


Sentence = tuple[Token, ...]


def read_sentences(path: Path) -> Iterator[Sentence]:
    """Yield the sentences of one treebank file, headline bars included.

    Args:
        path: A ``.conll`` (NDT) or ``.conllu`` (UD) file in UTF-8.

    Yields:
        One tuple of tokens per sentence, in file order.

    Raises:
        TreebankError: A line has other than ten columns.
    """
    tokens: list[Token] = []
    with path.open(encoding="utf-8-sig") as lines:
        for line_number, raw in enumerate(lines, start=1):
            line = raw.rstrip("\n")
            if not line.strip():
                if tokens:
                    yield tuple(tokens)
                tokens = []
            elif "\t" in line:
                columns = line.split("\t")
                if len(columns) != 10:
                    raise TreebankError(
                        f"{path.name}, line {line_number}: expected 10 columns, "
                        f"found {len(columns)}"
                    )
                tokens.append(_token(columns))
    if tokens:
        yield tuple(tokens)


def _token(columns: list[str]) -> Token:
    notes = columns[9].split("|")
    name = next((n[5:] for n in notes if n.startswith("name=")), "O")
    return Token(
        number=int(columns[0]),
        form=columns[1],
        lemma=columns[2],
        pos=columns[3],
        feats=columns[5],
        head=int(columns[6]),
        relation=columns[7],
        name=name,
        space_after="SpaceAfter=No" not in notes,
    )


def ud_path(root: Path, form: str, split: str) -> Path:
    """Return the UD file of a written form (``nob``/``nno``) and split."""
    return root / "ud" / form / f"{_UD_NAMES[form]}-ud-{split}.conllu"


def ndt_paths(root: Path, form: str) -> list[Path]:
    """Return the NDT files of a written form, sorted by name."""
    return sorted((root / "ndt" / form).glob("*.conll"))


def key_of(sentence: Sentence) -> str:
    """Reduce a sentence to a key that ignores spacing, case and punctuation.

    The NDT and UD editions differ in quotation marks and spacing, so held-out
    sentences are recognised by their letters and digits alone.  A sentence of
    nothing but punctuation gives its characters, so it is still comparable.
    """
    text = "".join(t.form for t in sentence if t.form != HEADLINE_BAR)
    text = unicodedata.normalize("NFKC", text).casefold()
    return re.sub(r"[\W_]+", "", text) or re.sub(r"\s+", "", text)


def respace(forms: list[str]) -> list[bool]:
    """Tell after which words a space belongs; NDT does not record it.

    Straight quotation marks are taken to open and close by turns within the
    sentence; a dash keeps the spaces around it, as Norwegian typography asks.

    Args:
        forms: The n words of a sentence.

    Returns:
        n flags; the last one is True, sentences being separated by a space.
    """
    tight_after = [False] * len(forms)
    tight_before = [False] * len(forms)
    open_quotes: set[str] = set()
    for i, form in enumerate(forms):
        if form in _STRAIGHT_QUOTES:
            if form in open_quotes:
                open_quotes.discard(form)
                tight_before[i] = True
            else:
                open_quotes.add(form)
                tight_after[i] = True
        elif form == "/":
            tight_before[i] = tight_after[i] = True
        elif form in _OPENING:
            tight_after[i] = True
        elif form == "..." or form in _CLOSING:
            tight_before[i] = form != "%"
    spaces = [
        not tight_after[i] and not tight_before[i + 1] for i in range(len(forms) - 1)
    ]
    return [*spaces, True] if forms else []


def verify(root: Path, manifest: Path = _CHECKSUMS) -> None:
    """Check every treebank file against the list of SHA-256 sums.

    Args:
        root: The treebank folder, holding ``ndt/`` and ``ud/``.
        manifest: Lines of ``<sum>  <path relative to root>``.

    Raises:
        TreebankError: The folder or a file is missing, or a file differs.
    """
    if not root.is_dir():
        raise TreebankError(
            f"no treebank folder at '{root}'. Point --norne at a checkout of NorNE "
            "holding ndt/ and ud/ (see language_model/README.md)."
        )
    missing, differing = [], []
    for line in manifest.read_text(encoding="utf-8").splitlines():
        expected, name = line.split("  ", 1)
        path = root / name
        if not path.is_file():
            missing.append(name)
        elif sha256(path) != expected:
            differing.append(name)
    problems = [f"missing: {n}" for n in missing] + [f"differs: {n}" for n in differing]
    if problems:
        shown = "\n  ".join(problems[:10])
        more = f"\n  and {len(problems) - 10} more" if len(problems) > 10 else ""
        raise TreebankError(
            f"the treebank in '{root}' is not the version this recipe was written "
            f"for:\n  {shown}{more}"
        )


def sha256(path: Path) -> str:
    """Return the SHA-256 sum of a file as 64 hexadecimal digits."""
    return hashlib.sha256(path.read_bytes()).hexdigest()
