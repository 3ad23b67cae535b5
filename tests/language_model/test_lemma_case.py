"""Capitals of lemmas: given for training, and taken back afterwards."""

import pytest
import spacy
from spacy.tokens import Doc

from language_model.lemma_case import keep_capitals, lemma_case


def _doc(form: str, lemma: str, upos: str, feats: str = "") -> Doc:
    vocab = spacy.blank("nb").vocab
    return Doc(vocab, words=[form], lemmas=[lemma], pos=[upos], morphs=[feats])


@pytest.mark.parametrize(
    ("form", "lemma", "lifted"),
    [
        ("Familiene", "familie", "Familie"),
        ("FAMILIENE", "familie", "FAMILIE"),
        ("Sa", "si", "Si"),
        ("familiene", "familie", "familie"),
        ("EØS-avtalen", "EØS-avtale", "EØS-avtale"),
    ],
)
def test_what_is_no_name_gets_a_capital_and_loses_it_again(
    form: str, lemma: str, lifted: str
) -> None:
    doc = _doc(form, lemma, "NOUN", "Definite=Def|Number=Plur")
    keep_capitals(doc)
    assert doc[0].lemma_ == lifted
    assert lemma_case(doc)[0].lemma_ == lemma


@pytest.mark.parametrize(
    ("form", "upos", "feats"),
    [
        ("Bergen", "PROPN", ""),
        ("Espen", "NOUN", "Gender=Masc"),
        ("The", "X", ""),
    ],
)
def test_names_and_foreign_words_keep_their_capital(
    form: str, upos: str, feats: str
) -> None:
    doc = _doc(form, form, upos, feats)
    keep_capitals(doc)
    assert lemma_case(doc)[0].lemma_ == form
