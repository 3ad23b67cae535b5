"""One example more changes what it teaches, and not where all others end up."""

from typing import Any

import numpy as np
import pytest

from bot.nlu import linear_model
from bot.nlu.linear_model import LinearModel, LinearTrainer

LABELS = ("amount", "greeting", "place")
WORDS = {
    "amount": ("penger", "kroner", "millioner", "beløp"),
    "greeting": ("hei", "god", "dag", "morgen"),
    "place": ("hvor", "byen", "holder", "adresse"),
}
SHARED = ("er", "det", "de", "som", "fikk", "til", "nå", "da")


@pytest.fixture(scope="module")
def texts() -> list[str]:
    drawn = np.random.default_rng(7)
    made = []
    for label in LABELS:
        for _ in range(120):
            # Some hold a word of another label, so that no machine is perfect.
            own = drawn.choice(WORDS[label], 2)
            other = drawn.choice([*SHARED, *WORDS[drawn.choice(LABELS)]], 3)
            made.append(" ".join([*own, *other]))
    return made


def learnt(texts: list[str]) -> LinearModel:
    labels = np.repeat(LABELS, 120)
    more = np.append(labels, "greeting")[: len(texts)]
    return LinearTrainer(texts, 4096, 4.0).fit(more, lambda _: None)


def apart(texts: list[str], one: LinearModel, other: LinearModel) -> Any:
    """Return how far the margins of two models are apart at most, by label."""
    return np.abs(one.margins(texts) - other.margins(texts)).max(axis=0)


def test_an_example_that_teaches_nothing_changes_nothing(
    texts: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = "god morgen god dag"
    assert learnt(texts).margins([plain])[0][LABELS.index("greeting")] > 1

    one, other = learnt(texts), learnt([*texts, plain])
    assert apart(texts, one, other).max() < 0.05
    monkeypatch.setattr(linear_model, "_TOLERANCE", 0.5)
    rough, with_it = learnt(texts), learnt([*texts, plain])
    assert apart(texts, rough, with_it).max() > apart(texts, one, other).max()
