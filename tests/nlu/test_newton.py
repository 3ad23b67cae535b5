"""The best machine is found from wherever one begins, and in whatever order."""

from typing import Any

import numpy as np
import pytest
from scipy.sparse import csr_matrix, random
from sklearn.svm import LinearSVC

from bot.nlu.newton import polished

EXAMPLES, FEATURES, STRENGTH = 400, 120, 4.0


@pytest.fixture(scope="module")
def features() -> Any:
    made = random(EXAMPLES, FEATURES, 0.1, "csr", np.float32, random_state=7)
    return csr_matrix(made)


@pytest.fixture(scope="module")
def signs(features: Any) -> Any:
    drawn = np.random.default_rng(7)
    leaning = features @ drawn.normal(size=FEATURES) + drawn.normal(size=EXAMPLES) / 3
    return np.where(leaning > np.quantile(leaning, 0.9), 1, -1).astype(np.float32)


def learnt(features: Any, signs: Any, seed: int) -> tuple[Any, float]:
    """Return a machine that liblinear stops at, in an order drawn by lot."""
    machine = LinearSVC(C=STRENGTH, tol=0.5, random_state=seed)
    machine.fit(features.astype(np.float64), signs)
    return machine.coef_[0], float(machine.intercept_[0])


def apart(features: Any, one: tuple[Any, float], other: tuple[Any, float]) -> float:
    """Return how far the margins of two machines are apart at most."""
    margins = [features @ weights + bias for weights, bias in (one, other)]
    return float(np.abs(margins[0] - margins[1]).max())


def test_the_order_of_the_examples_is_not_learnt(features: Any, signs: Any) -> None:
    rough = [learnt(features, signs, seed) for seed in (1, 2)]
    best = [polished(features, signs, STRENGTH, *each) for each in rough]
    assert apart(features, *rough) > 0.01
    assert apart(features, *best) < 0.001


def test_it_is_the_machine_that_liblinear_comes_to_in_the_end(
    features: Any, signs: Any
) -> None:
    machine = LinearSVC(C=STRENGTH, tol=1e-7, max_iter=1_000_000, random_state=1)
    machine.fit(features.astype(np.float64), signs)
    wanted = (machine.coef_[0], float(machine.intercept_[0]))
    found = polished(features, signs, STRENGTH, *learnt(features, signs, 1))
    assert apart(features, found, wanted) < 0.001


def test_one_example_more_of_others_that_is_plain_changes_nothing(
    features: Any, signs: Any
) -> None:
    before = polished(features, signs, STRENGTH, *learnt(features, signs, 1))
    margins = features @ before[0] + before[1]
    plain = int(np.argmin(margins))
    assert margins[plain] < -1
    more = csr_matrix(np.vstack([features.toarray(), features[plain].toarray()]))
    of_more = np.append(signs, np.float32(-1))
    after = polished(more, of_more, STRENGTH, *learnt(more, of_more, 1))
    assert apart(features, before, after) < 0.001
