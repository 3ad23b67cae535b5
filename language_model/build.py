"""One command from treebank to wheel: ``python -m language_model.build``.

The steps are: check the treebank's checksums, convert it, train, measure,
package.  Intermediate files stay in ``language_model/work``; the wheel goes to
``language_model/dist`` and the figures into README.md.
"""

from __future__ import annotations

import argparse
import contextlib
import random
import shutil
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import spacy
from spacy import util
from spacy.cli.train import train as spacy_train

from language_model import corpus
from language_model.evaluate import performance, report, score_all
from language_model.package import PackagingError, build_wheel, finish
from language_model.treebank import FORMS, TreebankError, verify

HERE = Path(__file__).parent
CONFIG = HERE / "config.cfg"
# Every third dev document steers training; measuring them all each time would
# cost as long as the training itself.
DEV_STRIDE = 3


def convert_treebank(root: Path, work: Path, seed: int) -> None:
    """Write ``train.spacy`` and ``dev.spacy`` to the work folder."""
    vocab = spacy.blank("nb").vocab
    docs = corpus.training_docs(root, random.Random(seed), vocab)
    words = corpus.save(docs, work / "train.spacy")
    _say(f"training corpus: {words} words")
    dev = [
        doc
        for form in FORMS
        for doc in corpus.gold_docs(root, form, "dev", vocab)[::DEV_STRIDE]
    ]
    _say(f"dev corpus: {corpus.save(dev, work / 'dev.spacy')} words")


def train(work: Path, steps: int | None) -> Path:
    """Train the pipeline and return the folder of the best version.

    Args:
        work: Folder with the converted corpora.
        steps: Number of updates, ``None`` for the number in config.cfg.
    """
    output = work / "trained"
    shutil.rmtree(output, ignore_errors=True)
    overrides: dict[str, object] = {
        "paths.train": str(work / "train.spacy"),
        "paths.dev": str(work / "dev.spacy"),
    }
    if steps is not None:
        overrides["training.max_steps"] = steps
        overrides["training.eval_frequency"] = max(1, steps // 4)
    with _progress(work / "training.log"):
        spacy_train(CONFIG, output, overrides=overrides)
    return output / "model-best"


@contextlib.contextmanager
def _progress(log: Path) -> Iterator[None]:
    """Show spaCy's training table on a terminal; elsewhere keep it in a file."""
    if sys.stdout.isatty():
        yield
        return
    with (
        log.open("w", encoding="utf-8") as stream,
        contextlib.redirect_stdout(stream),
    ):
        yield


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
    trained: Path, root: Path, work: Path, dist: Path, *, write_card: bool
) -> Path:
    """Measure a trained pipeline, package it and return the wheel's path."""
    pipeline = work / "pipeline"
    nlp = finish(trained, pipeline, {})
    _say("measuring")
    results = report(pipeline, root) if write_card else score_all(nlp, root)
    finish(trained, pipeline, performance(results))
    _say("packaging")
    wheel = build_wheel(pipeline, work, dist)
    _say(f"{wheel.name}: {wheel.stat().st_size / 1e6:.1f} MB")
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
