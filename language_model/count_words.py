"""Counting the words of the treebank's Nynorsk texts.

``python -m language_model.count_words --norne PATH`` checks the treebank and writes
``frequencies/nynorsk.tsv``: the words and how often each stands there, no texts.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

from language_model.treebank import (
    Sentence,
    TreebankError,
    ndt_paths,
    read_sentences,
    verify,
)

TABLE = Path(__file__).parent / "frequencies" / "nynorsk.tsv"
# A word that stands once may be a slip, or tell whose text it was.
LEAST = 2
# The letters of Norwegian and of its neighbours' names; a dash alone passes too.
_WORD = re.compile("[a-zäåæèéêòóôöøü-]+")


def count_words(sentences: Iterable[Sentence]) -> Counter[str]:
    """Return how often each word stands in some sentences.

    Words are in lower case and of letters and hyphens only; figures, abbreviations
    with a full stop and punctuation are left out.
    """
    forms = (token.form.lower() for sentence in sentences for token in sentence)
    return Counter(form for form in forms if _WORD.fullmatch(form))


def table(counts: Mapping[str, int]) -> str:
    """Return the lines ``word TAB count`` of the words that stand at least twice.

    The commonest words come first, those as common as each other by code point.
    """
    kept = [(word, count) for word, count in counts.items() if count >= LEAST]
    kept.sort(key=lambda row: (-row[1], row[0]))
    return "".join(f"{word}\t{count}\n" for word, count in kept)


def nynorsk_table(root: Path) -> str:
    """Return the table of the Nynorsk texts of a treebank folder.

    Args:
        root: The treebank folder, holding ``ndt/nno/``.

    Raises:
        TreebankError: A file is malformed.
    """
    counts: Counter[str] = Counter()
    for path in ndt_paths(root, "nno"):
        counts.update(count_words(read_sentences(path)))
    return table(counts)


def main() -> int:
    """Write the table from the command line."""
    parser = argparse.ArgumentParser(
        prog="language_model.count_words", description=__doc__
    )
    parser.add_argument("--norne", type=Path, required=True, metavar="FOLDER")
    parser.add_argument("--table", type=Path, default=TABLE, metavar="FILE")
    options = parser.parse_args()
    try:
        verify(options.norne)
        lines = nynorsk_table(options.norne)
    except TreebankError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    options.table.parent.mkdir(parents=True, exist_ok=True)
    options.table.write_bytes(lines.encode())
    print(f"{options.table.name}: {lines.count(chr(10))} words")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
