"""Turning a trained pipeline into the installable ``nb_core_news_sm`` wheel."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import spacy
from numpy.typing import NDArray
from spacy.cli.package import package as spacy_package
from spacy.language import Language

from language_model import embed, lemma_case

NAME = "core_news_sm"
VERSION = "3.4.0+norne2"
SPACY_RANGE = ">=3.4.0,<3.5.0"
MAX_WHEEL_BYTES = 20_000_000
_BITS_DROPPED = 13

# What spaCy does not have itself travels with the weights.
_SHIPPED = [Path(embed.__file__), Path(lemma_case.__file__)]
# Any fixed moment serves: the wheel records it for every file, so that packaging
# the same weights twice gives the same bytes.  Zip archives begin in 1980.
_EPOCH = "1704067200"

_UPOS = "ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X"

META: dict[str, Any] = {
    "lang": "nb",
    "name": NAME,
    "version": VERSION,
    "spacy_version": SPACY_RANGE,
    "description": (
        "Norwegian (Bokmål and Nynorsk) pipeline: word classes, features, lemmas, "
        "sentences and names. A rebuild by the Helseassistenten project under the "
        "name of spaCy's nb_core_news_sm; it is not spaCy's own package."
    ),
    "author": "Helseassistenten",
    "email": "",
    "url": "",
    "license": "CC0 (treebank annotations)",
    "sources": [
        {
            "name": "NorNE: Annotating Named Entities for Norwegian",
            "url": "https://github.com/ltgoslo/norne",
            "license": "CC0 (annotations)",
            "author": "Language Technology Group, University of Oslo, and Schibsted",
        },
        {
            "name": "Norwegian Dependency Treebank 1.0",
            "url": "https://www.nb.no/sprakbanken/",
            "license": "CC0 (annotations)",
            "author": "National Library of Norway",
        },
    ],
    "requirements": [],
}


class PackagingError(Exception):
    """The wheel could not be built or is larger than the project allows."""


def finish(
    tagging: Path, names: Path, target: Path, performance: dict[str, Any]
) -> Language:
    """Join the trained parts into the pipeline to distribute and write it to disk.

    The word class is copied to ``Token.tag_``, which is where Rasa looks for it.
    Paths of the machine it was trained on are removed from its configuration, and the
    weights are rounded, see :func:`rounded`.

    Args:
        tagging: The trained part for word classes, lemmas and sentences.
        names: The trained part for names.
        target: Folder to write, replaced if it exists.
        performance: Figures to record in the pipeline's meta data.

    Returns:
        The completed pipeline.
    """
    nlp = spacy.load(tagging)
    ruler = nlp.add_pipe("attribute_ruler", after="morphologizer")
    for upos in _UPOS.split():
        ruler.add([[{"POS": upos}]], {"TAG": upos})  # type: ignore[attr-defined]
    nlp.remove_pipe("relations")
    nlp.add_pipe("lemma_case")
    named = spacy.load(names)
    # Names first: they are not to be cut where a sentence is wrongly thought to end.
    nlp.add_pipe("ner", source=named, first=True)
    table = named.config["initialize"]["lookups"]["table"]
    nlp.vocab.lookups.set_table(table, named.vocab.lookups.get_table(table))
    _round_weights(nlp)
    nlp.config["paths"] = {"train": None, "dev": None}
    nlp.config["initialize"]["lookups"] = None
    nlp.config["training"]["logger"]["output_file"] = None
    shutil.rmtree(target, ignore_errors=True)
    nlp.to_disk(target)
    meta_path = target / "meta.json"
    meta = json.loads(meta_path.read_text(encoding="utf-8"))
    meta.update(META, performance=performance)
    meta.pop("spacy_git_version", None)
    text = json.dumps(meta, indent=2, ensure_ascii=False) + "\n"
    meta_path.write_text(text, encoding="utf-8")
    return nlp


def _round_weights(nlp: Language) -> None:
    for _, component in nlp.pipeline:
        model: Any = getattr(component, "model", None)
        for layer in model.walk() if model else ():
            for name in layer.param_names:
                if layer.has_param(name):
                    layer.set_param(name, rounded(layer.get_param(name)))


def rounded(weights: NDArray[Any]) -> NDArray[Any]:
    """Round numbers to eleven significant bits, as float16 has.

    Args:
        weights: An array of float32.

    Returns:
        The same array, of float32 still; its zero bits compress to about three fifths.
    """
    bits = np.ascontiguousarray(weights).view("uint32")
    half = np.uint32(1 << (_BITS_DROPPED - 1))
    kept = ~np.uint32((1 << _BITS_DROPPED) - 1)
    return ((bits + half) & kept).view("float32")


def build_wheel(pipeline: Path, work: Path, dist: Path) -> Path:
    """Package a finished pipeline as a wheel.

    Args:
        pipeline: Folder written by :func:`finish`.
        work: Scratch folder.
        dist: Folder for the wheel; earlier wheels of the pipeline are removed.

    Returns:
        The wheel's path.

    Raises:
        PackagingError: Building failed, or the wheel exceeds ``MAX_WHEEL_BYTES``.
    """
    with tempfile.TemporaryDirectory(dir=work) as name:
        scratch = Path(name)
        spacy_package(
            pipeline.resolve(),
            scratch,
            code_paths=_SHIPPED,
            create_sdist=False,
            force=True,
            silent=True,
        )
        built = _run_setup(scratch / f"nb_{NAME}-{VERSION}")
        size = built.stat().st_size
        if size > MAX_WHEEL_BYTES:
            raise PackagingError(
                f"the wheel takes {size / 1e6:.1f} MB, more than the "
                f"{MAX_WHEEL_BYTES / 1e6:.0f} MB allowed"
            )
        dist.mkdir(parents=True, exist_ok=True)
        for old in dist.glob("nb_core_news_sm-*.whl"):
            old.unlink()
        return Path(shutil.copy(built, dist))


def _run_setup(project: Path) -> Path:
    """Build the wheel of a package folder with this interpreter."""
    command = [sys.executable, "setup.py", "--quiet", "bdist_wheel"]
    done = subprocess.run(
        command,
        cwd=project,
        env={**os.environ, "SOURCE_DATE_EPOCH": _EPOCH},
        capture_output=True,
        text=True,
        check=False,
    )
    wheels = sorted(project.glob("dist/*.whl"))
    if done.returncode != 0 or len(wheels) != 1:
        raise PackagingError(f"building the wheel failed:\n{done.stderr.strip()}")
    return wheels[0]
