"""Renaming who and what a sentence is about."""

import random

import pytest

from language_model.augment import Word
from language_model.gazetteer import Renamer, gazetteer


def _name(form: str, label: str, *, lemma: str = "") -> Word:
    return Word(form, lemma or form, "PROPN", "", label, True)


def _sentence() -> list[Word]:
    return [
        _name("Kari", "B-PER"),
        _name("Lien", "I-PER"),
        Word("så", "se", "VERB", "Tense=Past", "O", True),
        _name("Bergens", "B-GPE_LOC", lemma="Bergen"),
        Word("havn", "havn", "NOUN", "", "O", False),
        Word(".", "$.", "PUNCT", "", "O", True),
    ]


@pytest.mark.parametrize("form", ["nob", "nno"])
def test_names_change_and_nothing_else_does(form: str) -> None:
    renamed = [
        Renamer(form, random.Random(seed)).rename(_sentence()) for seed in range(20)
    ]
    for words in renamed:
        assert [w for w in words if w.name == "O"] == [
            w for w in _sentence() if w.name == "O"
        ]
        assert [w.name for w in words if w.name[:1] == "B"] == ["B-PER", "B-GPE_LOC"]
    assert len({words[0].form for words in renamed}) > 5


def test_a_genitive_stays_one() -> None:
    for seed in range(20):
        words = Renamer("nob", random.Random(seed)).rename(_sentence())
        owner = next(w for w in reversed(words) if w.name.endswith("GPE_LOC"))
        assert owner.form.endswith(("s", "'"))
        assert owner.lemma != owner.form


def test_a_name_is_renamed_alike_throughout_a_text() -> None:
    renamer = Renamer("nob", random.Random(1))
    first, second = renamer.rename(_sentence()), renamer.rename(_sentence())
    assert first == second


def test_a_name_without_a_capital_is_left_alone() -> None:
    words = [_name("kari", "B-PER")]
    for seed in range(20):
        assert Renamer("nob", random.Random(seed)).rename(words) == words


def test_the_lists_hold_names_in_both_written_forms() -> None:
    assert "Austerrike" in gazetteer("nno").countries
    assert "Østerrike" in gazetteer("nob").countries
    for names in (gazetteer("nob").norwegian_places, gazetteer("nob").last):
        assert len(names) > 500
