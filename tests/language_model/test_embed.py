"""Embedding words by their pieces, their text's written form and its capitals."""

import json
from pathlib import Path

import numpy as np
import pytest
import spacy
from spacy.tokens import Doc
from spacy.vocab import Vocab
from thinc.api import Model

from language_model import embed
from language_model.embed import word_counts, word_piece_hash_embed

COUNTS = {"er": [90, 90], "ikke": [50, 0], "ikkje": [0, 50], "kloke": [3, 3]}


def _layer(*, word_dropout: float = 0.0, case_evidence: bool = False) -> Model:
    layer = word_piece_hash_embed(
        width=8,
        word_rows=50,
        shape_rows=20,
        prefixes=[3],
        prefix_rows=[50],
        suffixes=[2, 4],
        suffix_rows=[50, 50],
        word_dropout=word_dropout,
        counts="words",
        case_evidence=case_evidence,
    )
    layer.initialize()
    return layer


@pytest.fixture
def vocab(tmp_path: Path) -> Vocab:
    file = tmp_path / "words.json"
    file.write_text(json.dumps(COUNTS), encoding="utf-8")
    vocab = spacy.blank("nb").vocab
    vocab.lookups = word_counts(file, "words")
    return vocab


def _pieces(layer: Model, doc: Doc, *, is_train: bool = False) -> np.ndarray:
    [ids], _ = layer.layers[0]([doc], is_train)
    return ids


def test_each_word_gets_one_row_of_the_width_asked_for(vocab: Vocab) -> None:
    [rows] = _layer().predict([Doc(vocab, words=["Hun", "er", "klok"])])
    assert rows.shape == (3, 8)


def test_a_word_never_seen_is_read_by_its_pieces_alone(vocab: Vocab) -> None:
    layer = _layer()
    ids = _pieces(layer, Doc(vocab, words=["superkloke", "kloke", "dummere"]))
    assert ids[0, 0] == ids[2, 0] != ids[1, 0]
    assert ids[0, -1] == ids[1, -1] != ids[2, -1], "the last four letters"


def test_every_word_is_told_which_written_form_the_text_leans_to(vocab: Vocab) -> None:
    layer = _layer()
    texts = (["er", "ikke", "ikke"], ["er"], ["er", "ikkje", "ikkje"])
    leanings = [_pieces(layer, Doc(vocab, words=words))[0, 1] for words in texts]
    assert leanings == sorted(leanings, reverse=True)
    assert len(set(leanings)) == 3


def test_words_are_dropped_in_training_only_and_rare_ones_oftener(vocab: Vocab) -> None:
    layer = _layer(word_dropout=2.0)
    doc = Doc(vocab, words=["kloke", "er"] * 500)
    assert 0 not in _pieces(layer, doc)[:, 0]
    dropped = _pieces(layer, doc, is_train=True)[:, 0] == 0
    assert dropped[0::2].mean() > dropped[1::2].mean() > 0


def test_a_capital_inside_a_sentence_tells_of_the_same_word_elsewhere(
    vocab: Vocab,
) -> None:
    words = ["Borat", "er", "her", ".", "Klokt", ",", "Borat", ".", "klokt"]
    evidence = _pieces(_layer(case_evidence=True), Doc(vocab, words=words))[:, -1]
    by_word = dict(zip(enumerate(words), evidence, strict=True))
    assert by_word[(0, "Borat")] == by_word[(6, "Borat")] == 1 + 2
    assert by_word[(4, "Klokt")] == 1 + 4
    assert by_word[(8, "klokt")] == 4


def test_a_word_has_the_same_pieces_however_many_were_met_before(
    vocab: Vocab, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(embed, "_CACHED_WORDS", 2000)
    layer, last = _layer(), Doc(vocab, words=["ord0", "ord2999", "kloke"])
    before = _pieces(layer, last)
    for start in (0, 1500):
        words = [f"ord{number}" for number in range(start, start + 1500)]
        _pieces(layer, Doc(vocab, words=words))
    assert np.array_equal(_pieces(layer, last), before)
