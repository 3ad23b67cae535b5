"""Retyping, and the documents made from words."""

import random

import pytest
import spacy

from language_model.augment import Style, Word, random_style, retype
from language_model.corpus import make_doc


def _words() -> list[Word]:
    return [
        Word("Åse", "Åse", "PROPN", "", "B-PER", True),
        Word("fikk", "få", "VERB", "Tense=Past", "O", True),
        Word("kløe", "kløe", "NOUN", "", "O", False),
        Word(".", "$.", "PUNCT", "", "O", True),
    ]


@pytest.mark.parametrize(
    ("style", "forms"),
    [
        (Style(), ["Åse", "fikk", "kløe", "."]),
        (Style(lower=True), ["åse", "fikk", "kløe", "."]),
        (Style(letters="plain"), ["Ase", "fikk", "kloe", "."]),
        (Style(letters="digraph"), ["Aase", "fikk", "kloe", "."]),
        (Style(lower=True, letters="digraph_oe"), ["aase", "fikk", "kloee", "."]),
        (Style(open_end=True), ["Åse", "fikk", "kløe"]),
    ],
)
def test_styles(style: Style, forms: list[str]) -> None:
    assert [word.form for word in retype(_words(), style)] == forms


def test_annotation_follows_the_words() -> None:
    retyped = retype(_words(), Style(lower=True, letters="plain", open_end=True))
    assert [word.lemma for word in retyped] == ["ase", "fa", "kloe"]
    assert [word.name for word in retyped] == ["B-PER", "O", "O"]
    assert retyped[-1].space, "the next sentence must not run into this one"


def test_a_lone_mark_is_kept() -> None:
    mark = [Word("?", "$?", "PUNCT", "", "O", True)]
    assert retype(mark, Style(open_end=True)) == mark


def test_random_styles_repeat_and_vary() -> None:
    first = [random_style(random.Random(7)) for _ in range(2)]
    assert first[0] == first[1]
    rng = random.Random(7)
    drawn = [random_style(rng) for _ in range(200)]
    assert {style.lower for style in drawn} == {True, False}
    assert len({style.letters for style in drawn}) == 4


def test_documents_keep_text_names_and_sentences() -> None:
    doc = make_doc([_words(), _words()], spacy.blank("nb").vocab)
    assert doc.text == "Åse fikk kløe. Åse fikk kløe. "
    assert [(ent.text, ent.label_) for ent in doc.ents] == [("Åse", "PER")] * 2
    assert [len(sentence) for sentence in doc.sents] == [4, 4]
    assert (doc[1].lemma_, doc[1].pos_, str(doc[1].morph)) == (
        "få",
        "VERB",
        "Tense=Past",
    )
