"""Learns one linear support vector machine, in steps that no lot decides.

liblinear's usual solver goes through the examples in an order drawn by lot: one example
more, and the lot falls otherwise for all of them, so that hundreds of answers change a
little of which nothing was learnt. Here the number of steps is fixed and each is
worked out from all examples at once, so that what an example changes is what it teaches.

The steps are Newton's, each found by conjugate gradients, for the support vector
machine with squared hinge loss: Keerthi and DeCoste 2005, "A Modified Finite Newton
Method for Fast Solution of Large Scale Linear SVMs".
"""

from typing import Any

import numpy as np

STEPS = 8
_GRADIENTS = 8
# Places along a step that are looked at for its lowest.
_PLACES = 6


def learn(
    features: Any, transposed: Any, signs: Any, strength: float, steps: int = STEPS
) -> tuple[Any, float]:
    """Return the weights of a machine, and its bias.

    Args:
        features: Those of each example, shape (examples, features), sparse by rows.
        transposed: The squares of the same, shape (features, examples).
        signs: 1 for an example of the label, -1 for any other.
        strength: Inverse strength of the regularisation, of the bias too.
        steps: Steps that are taken.
    """
    weights, bias = np.zeros(features.shape[1]), 0.0
    margins = np.zeros(features.shape[0])
    for _ in range(steps):
        active = np.flatnonzero(signs * margins < 1)
        rows = features[active]
        lacking = signs[active] - margins[active]
        gradient = weights - 2 * strength * (rows.T @ lacking)
        of_bias = bias - 2 * strength * lacking.sum()
        direction, turn = _direction(rows, gradient, of_bias, strength)
        along = features @ direction + turn
        length = _length(
            (weights, bias), (direction, turn), signs, margins, along, strength
        )
        weights = weights + length * direction
        bias += length * turn
        margins += length * along
    return weights, float(bias)
