"""The installed package, on sentences written for the tests."""

import pytest
import spacy
from spacy.language import Language

from language_model.package import VERSION


@pytest.fixture(scope="module")
def nlp() -> Language:
    return spacy.load("nb_core_news_sm")


def test_it_is_the_build_of_this_project(nlp: Language) -> None:
    assert nlp.meta["version"] == VERSION
    assert nlp.meta["author"] == "Helseassistenten"
    assert "not spaCy's" in nlp.meta["description"]
    labels = set(nlp.get_pipe("ner").labels)
    assert {"PER", "ORG", "LOC", "GPE_LOC", "GPE_ORG", "PROD", "EVT", "DRV"} <= labels


@pytest.mark.parametrize(
    ("text", "tags", "lemmas", "name"),
    [
        (
            "Kari ringte legen i Bergen.",
            ["PROPN", "VERB", "NOUN", "ADP", "PROPN", "PUNCT"],
            {"ringte": "ringe", "legen": "lege"},
            ("Bergen", "GPE_LOC"),
        ),
        (
            "Eg har budd i Stavanger sidan i fjor.",
            ["PRON", "AUX", "VERB", "ADP", "PROPN", "ADP", "ADP", "NOUN", "PUNCT"],
            {"har": "ha", "Eg": "eg"},
            ("Stavanger", "GPE_LOC"),
        ),
    ],
)
def test_both_written_forms(
    nlp: Language,
    text: str,
    tags: list[str],
    lemmas: dict[str, str],
    name: tuple[str, str],
) -> None:
    doc = nlp(text)
    assert [token.pos_ for token in doc] == tags
    found = {token.text: token.lemma_ for token in doc}
    assert {word: found[word] for word in lemmas} == lemmas
    assert name in [(ent.text, ent.label_) for ent in doc.ents]


def test_rasa_finds_the_word_class_as_tag(nlp: Language) -> None:
    doc = nlp("Hun tok to tabletter.")
    assert [token.tag_ for token in doc] == [token.pos_ for token in doc]
    assert doc[2].tag_ == "NUM"


def test_lower_case_names_are_found(nlp: Language) -> None:
    doc = nlp("jeg heter kari og bor i oslo")
    assert "oslo" in [ent.text for ent in doc.ents]


def test_sentences_are_divided(nlp: Language) -> None:
    doc = nlp("Barnet har feber. Hva skal vi gjøre?")
    assert [sentence.text for sentence in doc.sents] == [
        "Barnet har feber.",
        "Hva skal vi gjøre?",
    ]
