"""Measuring a pipeline on the UD/NorNE splits and writing the model card's table.

``python -m language_model.evaluate --norne PATH`` measures the installed package
and rewrites the figures in README.md.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example

from language_model.augment import Style
from language_model.corpus import conversion_report, gold_docs
from language_model.treebank import FORMS, TreebankError, verify

README = Path(__file__).with_name("README.md")
DIST = README.with_name("dist")
BEGIN, END = "<!-- figures begin -->", "<!-- figures end -->"
CHAT = Style(lower=True, letters="plain")
FORM_NAMES = {"nob": "Bokmål", "nno": "Nynorsk"}
MEASURES = {
    "pos_acc": "UPOS",
    "morph_acc": "Features",
    "lemma_acc": "Lemma",
    "ents_f": "Names F",
    "sents_f": "Sentences F",
}
# Published in the meta data of spaCy's nb_core_news_sm 3.4.0, Bokmål test split.
SPACY_PUBLISHED = {
    "pos_acc": 0.9677,
    "morph_acc": 0.9535,
    "lemma_acc": 0.9690,
    "ents_f": 0.753,
    "sents_f": 0.934,
}


@dataclass(frozen=True)
class Result:
    """Figures of one test set.

    Attributes:
        label: What was measured, for the table.
        scores: Shares from 0 to 1 under the keys of :data:`MEASURES`.
        per_type: F-score of each name type, from 0 to 1.
    """

    label: str
    scores: dict[str, float]
    per_type: dict[str, float]


def score(nlp: Language, docs: list[Doc], label: str) -> Result:
    """Run a pipeline on the raw text of annotated documents and score it.

    Args:
        nlp: The pipeline.
        docs: Annotated documents; only their text reaches the pipeline, so
            mistakes in dividing it into words and sentences count too.
        label: Name of the result.

    Returns:
        The scores as ``spacy evaluate`` computes them.
    """
    found = nlp.evaluate([Example(nlp.make_doc(doc.text), doc) for doc in docs])
    types = found.get("ents_per_type") or {}
    return Result(
        label=label,
        scores={key: float(found[key] or 0.0) for key in MEASURES},
        per_type={name: float(types[name]["f"]) for name in sorted(types)},
    )


def score_all(nlp: Language, root: Path) -> list[Result]:
    """Score both written forms on dev and test, as printed and typed as chat."""
    results = []
    for form in FORMS:
        for split in ("test", "dev"):
            label = f"{FORM_NAMES[form]} {split}"
            docs = gold_docs(root, form, split, nlp.vocab)
            results.append(score(nlp, docs, label))
        chat = gold_docs(root, form, "test", nlp.vocab, CHAT)
        results.append(score(nlp, chat, f"{FORM_NAMES[form]} test, lower case, no æøå"))
    return results


def words_per_second(nlp: Language, root: Path) -> float:
    """Time the whole pipeline on the Bokmål test texts, in words a second.

    Returns:
        The middle one of three passes.
    """
    docs = gold_docs(root, "nob", "test", nlp.vocab)
    texts = [doc.text for doc in docs]
    speeds = []
    for _ in range(3):
        start = time.perf_counter()
        words = sum(len(doc) for doc in nlp.pipe(texts))
        speeds.append(words / (time.perf_counter() - start))
    return statistics.median(speeds)


def table(results: list[Result]) -> str:
    """Lay out results as two Markdown tables, a row per test set, in percent."""
    lines = [
        "| Test set | " + " | ".join(MEASURES.values()) + " |",
        "| --- |" + " ---: |" * len(MEASURES),
    ]
    reference = Result("*spaCy's own 3.4.0, Bokmål test*", SPACY_PUBLISHED, {})
    for result in [*results, reference]:
        cells = [f"{100 * result.scores[key]:.1f}" for key in MEASURES]
        lines.append(f"| {result.label} | " + " | ".join(cells) + " |")
    types = sorted({name for result in results for name in result.per_type})
    lines += [
        "",
        "Names by type, F:",
        "",
        "| Test set | " + " | ".join(types) + " |",
        "| --- |" + " ---: |" * len(types),
    ]
    for result in results:
        # A split without a name of the type has no score to show.
        cells = [
            f"{100 * result.per_type[t]:.1f}" if t in result.per_type else "–"
            for t in types
        ]
        lines.append(f"| {result.label} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def conversion_table(root: Path) -> str:
    """Lay out the agreement of converted and published dev tags, in percent."""
    lines = [
        "| Dev sentences | Words compared | UPOS | Features | Lemma | Name |",
        "| --- | ---: | ---: | ---: | ---: | ---: |",
    ]
    for form in FORMS:
        words, shares = conversion_report(root, form)
        cells = [
            f"{100 * shares[key]:.2f}" for key in ("upos", "feats", "lemma", "name")
        ]
        lines.append(f"| {FORM_NAMES[form]} | {words} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def insert_figures(readme: str, figures: str) -> str:
    """Replace what stands between the figure marks of a README.

    Raises:
        ValueError: A mark is missing.
    """
    if BEGIN not in readme or END not in readme:
        raise ValueError(f"README.md lacks the marks '{BEGIN}' and '{END}'")
    head, tail = readme.split(BEGIN)[0], readme.split(END)[1]
    return f"{head}{BEGIN}\n\n{figures}\n\n{END}{tail}"


def report(model: str | Path, root: Path, wheel: Path, results: list[Result]) -> str:
    """Measure a pipeline's speed and rewrite the figures in the model card.

    Args:
        model: Installed package name or pipeline folder.
        root: The treebank folder.
        wheel: The packaged pipeline.
        results: What :func:`score_all` gave.

    Returns:
        The figures as they stand in the card.
    """
    start = time.perf_counter()
    nlp = spacy.load(model)
    load_seconds = time.perf_counter() - start
    speed = words_per_second(nlp, root)
    figures = "\n\n".join(
        [
            table(results),
            f"Speed on one core: {speed:,.0f} words a second. Loading: "
            + f"{load_seconds:.1f} s. Wheel: {wheel.stat().st_size / 1e6:.1f} MB.",
            "Agreement of the tag conversion with the published UD dev sentences:",
            conversion_table(root),
        ]
    )
    text = insert_figures(README.read_text(encoding="utf-8"), figures)
    README.write_text(text, encoding="utf-8")
    return figures


def performance(results: list[Result]) -> dict[str, Any]:
    """Flatten results for a pipeline's meta data, keyed by test set."""
    return {r.label: {**r.scores, "ents_f_per_type": r.per_type} for r in results}


def main() -> int:
    """Measure the installed package from the command line."""
    parser = argparse.ArgumentParser(prog="language_model.evaluate")
    parser.add_argument("--norne", type=Path, required=True, metavar="FOLDER")
    parser.add_argument("--model", default="nb_core_news_sm")
    options = parser.parse_args()
    try:
        verify(options.norne)
    except TreebankError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    wheels = sorted(DIST.glob("nb_core_news_sm-*.whl"))
    if not wheels:
        print(
            f"error: no wheel in '{DIST}'; make language-model builds it",
            file=sys.stderr,
        )
        return 1
    results = score_all(spacy.load(options.model), options.norne)
    print(report(options.model, options.norne, wheels[-1], results))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
