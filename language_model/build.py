"""One command from treebank to wheel: ``python -m language_model.build``.

The steps are: check the treebank's checksums, convert it, train, measure,
package.  Intermediate files stay in ``language_model/work``; the wheel goes to
``language_model/dist`` and the figures into README.md.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import os
import random
import shutil
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import TextIO, cast

import spacy
from spacy import util
from spacy.cli.train import train as spacy_train
from spacy.tokens import Doc

from language_model import corpus, embed  # noqa: F401, embed registers itself
from language_model.evaluate import performance, report, score_all
from language_model.lemma_case import keep_capitals
from language_model.package import PackagingError, build_wheel, finish
from language_model.treebank import FORMS, TreebankError, verify

HERE = Path(__file__).parent
CONFIG = HERE / "config.cfg"
# Every third dev document steers training; measuring them all each time would
# cost as long as the training itself.
DEV_STRIDE = 3
# The two halves share no weights, so each is trained by itself. Names are the easier to
# learn by heart. The last version is kept: by then the learning rate has run out, and
# the dev sentences tell the last few versions apart by chance alone.
PARTS: dict[str, dict[str, object]] = {
    "tagging": {
        "nlp.pipeline": [
            "tok2vec",
            "morphologizer",
            "senter",
            "lemmatizer",
            "relations",
        ],
        "training.dropout": 0.15,
    },
    "names": {
        "nlp.pipeline": ["ner"],
        "training.dropout": 0.25,
        "training.max_steps": 9000,
    },
}


def convert_treebank(root: Path, work: Path, seed: int) -> None:
    """Write what the two parts learn from, and the sentences that steer training.

    For each part the work folder gets ``<part>.spacy`` and ``<part>.json`` (its word
    counts), and for both ``dev.spacy``.
    """
    vocab = spacy.blank("nb").vocab
    rng = random.Random(seed)
    printed = {f: list(corpus.training_docs(root, f, rng, vocab)) for f in FORMS}
    renamed = {
        f: printed[f] + list(corpus.renamed_docs(root, f, rng, vocab)) for f in FORMS
    }
    for part, docs in {"tagging": printed, "names": renamed}.items():
        text = json.dumps(corpus.word_counts(docs), ensure_ascii=False)
        (work / f"{part}.json").write_text(text, encoding="utf-8")
        _save(docs, work / f"{part}.spacy")
    dev = {f: corpus.gold_docs(root, f, "dev", vocab)[::DEV_STRIDE] for f in FORMS}
    _save(dev, work / "dev.spacy")


def _save(docs: dict[str, list[Doc]], path: Path) -> None:
    joined = [doc for group in docs.values() for doc in group]
    for doc in joined:
        keep_capitals(doc)
    _say(f"{path.name}: {corpus.save(joined, path)} words")


def train(work: Path, steps: int | None) -> dict[str, Path]:
    """Train both parts of the pipeline side by side, each on a core of its own.

    Args:
        work: Folder with the converted corpora.
        steps: Number of updates, ``None`` for the number in config.cfg.

    Returns:
        The folder of each part's last version, by the part's name.
    """
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    with ProcessPoolExecutor(len(PARTS), mp_context=get_context("spawn")) as pool:
        runs = {part: pool.submit(_train_part, part, work, steps) for part in PARTS}
        return {part: run.result() for part, run in runs.items()}


def _train_part(part: str, work: Path, steps: int | None) -> Path:
    output = work / f"trained-{part}"
    shutil.rmtree(output, ignore_errors=True)
    overrides: dict[str, object] = {
        "paths.train": str(work / f"{part}.spacy"),
        "paths.dev": str(work / "dev.spacy"),
        "initialize.lookups.path": str(work / f"{part}.json"),
        "initialize.lookups.table": f"{part}_words",
        **PARTS[part],
    }
    if steps is not None:
        overrides["training.max_steps"] = steps
        overrides["training.eval_frequency"] = max(1, steps // 4)
    with contextlib.redirect_stdout(cast(TextIO, _Labelled(part, sys.stdout))):
        spacy_train(CONFIG, output, overrides=overrides)
    return output / "model-last"


class _Labelled(io.TextIOBase):
    """Writes whole lines to a stream, each after the name of the part it is about."""

    def __init__(self, label: str, stream: TextIO) -> None:
        self._label, self._stream, self._rest = label, stream, ""

    def write(self, text: str) -> int:
        *lines, self._rest = (self._rest + text).split("\n")
        for line in lines:
            self._stream.write(f"{self._label}: {line}\n")
        self._stream.flush()
        return len(text)


def build(root: Path, work: Path, dist: Path, steps: int | None = None) -> Path:
    """Run every step and return the path of the wheel.

    Args:
        root: The treebank folder, holding ``ndt/`` and ``ud/``.
        work: Folder for intermediate files.
        dist: Folder for the wheel.
        steps: Number of training updates, ``None`` for the full recipe.  A
            shortened run leaves README.md as it is.

    Raises:
        TreebankError: The treebank is missing or is another version.
        PackagingError: The wheel could not be built or is too large.
    """
    _say("checking the treebank")
    verify(root)
    work.mkdir(parents=True, exist_ok=True)
    _say("converting")
    seed = int(util.load_config(CONFIG)["system"]["seed"])
    convert_treebank(root, work, seed)
    _say("training")
    trained = train(work, steps)
    return release(trained, root, work, dist, write_card=steps is None)


def release(
    trained: dict[str, Path], root: Path, work: Path, dist: Path, *, write_card: bool
) -> Path:
    """Join the trained parts, measure, package and return the wheel's path.

    Args:
        trained: The folder of each trained part.
        root: The treebank folder.
        work: Folder for intermediate files.
        dist: Folder for the wheel.
        write_card: Renew the figures in README.md.
    """
    pipeline = work / "pipeline"
    nlp = finish(trained["tagging"], trained["names"], pipeline, {})
    _say("measuring")
    results = score_all(nlp, root)
    finish(trained["tagging"], trained["names"], pipeline, performance(results))
    _say("packaging")
    wheel = build_wheel(pipeline, work, dist)
    _say(f"{wheel.name}: {wheel.stat().st_size / 1e6:.1f} MB")
    if write_card:
        report(pipeline, root, wheel, results)
    return wheel


_START = time.monotonic()


def _say(message: str) -> None:
    print(f"[{time.monotonic() - _START:6.0f} s] {message}", flush=True)


def main() -> int:
    """Run the recipe from the command line."""
    parser = argparse.ArgumentParser(prog="language_model.build", description=__doc__)
    parser.add_argument("--norne", type=Path, required=True, metavar="FOLDER")
    parser.add_argument("--work", type=Path, default=HERE / "work")
    parser.add_argument("--dist", type=Path, default=HERE / "dist")
    parser.add_argument("--steps", type=int, help="shorter training, for trying out")
    options = parser.parse_args()
    try:
        build(options.norne, options.work, options.dist, options.steps)
    except (TreebankError, PackagingError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
