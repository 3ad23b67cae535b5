"""The linear model: what it learns, how it is kept, and what it costs."""

from pathlib import Path

import numpy as np
import pytest

from bot.nlu.linear_model import LinearModel, LinearTrainer, ngrams

FEATURES = 2**11
TEXTS = [
    "hvem fikk penger",
    "kven fekk pengar",
    "who got the money",
    "hvem er det som fikk",
    "hvor mye penger var det",
    "kor mykje pengar var det",
    "how much money was it",
    "hvor mye ble delt ut",
    "hei",
    "hei pa deg",
    "hello",
    "god dag",
]
LABELS = np.repeat(["who", "amount", "greet"], 4)


def nobody(share: float) -> None:
    """Is told of the progress."""


@pytest.fixture(scope="module")
def trainer() -> LinearTrainer:
    return LinearTrainer(TEXTS, FEATURES, strength=4.0)


@pytest.fixture(scope="module")
def model(trainer: LinearTrainer) -> LinearModel:
    return trainer.fit(LABELS, nobody)


def best(model: LinearModel, *texts: str) -> list[str]:
    return [model.labels[i] for i in model.margins(texts).argmax(axis=1)]


def test_words_pairs_and_pieces_of_a_text_are_its_features() -> None:
    assert set(ngrams("hvem fikk")) == {
        *("=hvem", "=fikk", "=hvem fikk"),
        *(" h", "hv", "ve", "em", "m ", " hv", "hve", "vem", "em "),
        *(" f", "fi", "ik", "kk", "k ", " fi", "fik", "ikk", "kk "),
        *("~hvem ", "~vem f", "~em fi", "~m fik", "~ fikk"),
    }


@pytest.mark.parametrize("text", ["", " "])
def test_a_text_without_words_has_no_features(text: str) -> None:
    assert ngrams(text) == []


def test_it_tells_apart_what_it_has_learnt(model: LinearModel) -> None:
    assert best(model, *TEXTS) == list(LABELS)


def test_it_knows_other_words_by_their_pieces(model: LinearModel) -> None:
    new = ["hvemm fiikk", "hvor mykje peng", "helloo"]
    assert best(model, *new) == ["who", "amount", "greet"]


def test_margins_come_by_text_and_label_in_the_order_given(model: LinearModel) -> None:
    margins = model.margins(TEXTS)
    assert margins.shape == (len(TEXTS), len(model.labels))
    assert sorted(model.labels) == ["amount", "greet", "who"]
    assert list(margins.argmax(axis=1)) == [model.labels.index(x) for x in LABELS]
    backwards = model.margins(TEXTS[::-1])
    assert backwards == pytest.approx(margins[::-1], abs=1e-6)


def test_a_text_has_the_same_margins_alone_and_among_others(
    model: LinearModel,
) -> None:
    together = model.margins(TEXTS)
    alone = np.vstack([model.margins([text]) for text in TEXTS])
    assert alone == pytest.approx(together, abs=1e-6)


def test_the_label_of_a_text_has_a_positive_margin_and_the_others_none(
    model: LinearModel,
) -> None:
    margins = model.margins(TEXTS)
    right = LABELS[:, None] == np.array(model.labels)
    assert (margins[right] > 0).all()
    assert (margins[~right] < 0).all()


def test_a_text_without_a_known_feature_has_the_bias_alone(
    model: LinearModel,
) -> None:
    (margins,) = model.margins([""])
    assert margins == pytest.approx(model.biases)


def test_a_weight_takes_two_bytes(model: LinearModel) -> None:
    assert model.weights.nbytes == 2 * FEATURES * len(model.labels)
    assert np.abs(model.weights.astype(int)).max(axis=0).tolist() == [32_767] * 3


def test_saved_and_loaded_it_gives_equal_margins(
    model: LinearModel, tmp_path: Path
) -> None:
    file = tmp_path / "model.npz"
    model.save(file)
    loaded = LinearModel.load(file)
    assert loaded.labels == model.labels
    assert loaded.weights.dtype == np.int16
    assert np.array_equal(loaded.margins(TEXTS), model.margins(TEXTS))


def test_learning_again_gives_the_same_model(
    trainer: LinearTrainer, model: LinearModel
) -> None:
    again = trainer.fit(LABELS, nobody)
    assert np.array_equal(again.weights, model.weights)
    assert np.array_equal(again.biases, model.biases)


def test_beside_another_it_has_the_labels_of_both(
    trainer: LinearTrainer, model: LinearModel
) -> None:
    asks = trainer.fit(np.where(LABELS == "greet", "no", "yes"), nobody)
    both = model.beside(asks)
    assert both.labels == (*model.labels, "no", "yes")
    expected = np.hstack([model.margins(TEXTS), asks.margins(TEXTS)])
    assert both.margins(TEXTS) == pytest.approx(expected, abs=1e-6)


def test_two_labels_are_each_others_opposite(trainer: LinearTrainer) -> None:
    labels = np.where(LABELS == "greet", "no", "yes")
    model = trainer.fit(labels, nobody)
    assert model.labels == ("no", "yes")
    assert best(model, *TEXTS) == list(labels)
    margins = model.margins(TEXTS)
    assert margins[:, 0] == pytest.approx(-margins[:, 1], abs=1e-6)


@pytest.mark.parametrize("count", [13, 14, 15, 27])
def test_many_labels_are_learnt_as_well_in_several_goes(count: int) -> None:
    words = [f"{a}{b}{a}" for a in "bdfgjk" for b in "aeiouy"][:count]
    texts = [text for word in words for text in (word, f"{word} nei", f"ja {word}")]
    labels = np.repeat(words, 3)
    told: list[float] = []
    model = LinearTrainer(texts, FEATURES, strength=4.0).fit(labels, told.append)
    assert sorted(model.labels) == sorted(words)
    assert best(model, *texts) == list(labels)
    assert max(told) == 1.0
    assert min(told) > 0


def test_it_learns_from_the_chosen_texts_alone() -> None:
    texts = [*TEXTS, "hvem fikk penger", "kven fekk pengar", "who got the money"]
    labels = np.array([*LABELS, "greet", "greet", "greet"])
    chosen = np.arange(len(TEXTS))
    model = LinearTrainer(texts, FEATURES, strength=4.0).fit(labels, nobody, chosen)
    assert best(model, *TEXTS) == list(LABELS)


def test_the_trainer_gives_its_texts_the_same_margins_as_the_model(
    trainer: LinearTrainer, model: LinearModel
) -> None:
    rows = np.array([7, 2, 11])
    expected = model.margins([TEXTS[row] for row in rows])
    assert trainer.margins(model, rows) == pytest.approx(expected, abs=1e-5)
