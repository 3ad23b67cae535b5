"""Brings a linear support vector machine to where it is best, and to nowhere else.

liblinear goes through the examples in an order drawn by lot, and stops near the best
machine. With one example more the lot falls otherwise for all of them, it stops
somewhere else, and some replies change of which nothing was learnt. From where it stops
the best machine is a few of Newton's steps away; there is only one, so that what an
example changes is what it teaches.

The steps are found by conjugate gradients, for a machine with squared hinge loss:
Keerthi and DeCoste 2005, "A Modified Finite Newton Method for Fast Solution of Large
Scale Linear SVMs". The bias is regularised like the weights, as in liblinear.
"""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np

# With these, margins differ by less than a ten-thousandth from one order to another.
_STEPS = 6
_GRADIENTS = 30
# Looks along a step for where it is best; the loss there is a parabola in pieces.
_LOOKS = 8
_SHORTEST = 1e-3
# So much less than at first, the rest of a step is not worth finding.
_SMALL = 1e-10


@dataclasses.dataclass
class _Pair:
    """Weights and bias, or a direction in which both change."""

    weights: Any
    bias: float

    def dot(self, other: _Pair) -> float:
        """Return the scalar product."""
        # numpy's own would be split among as many threads as there are cores, whose
        # sums differ a little from machine to machine.
        return float((self.weights * other.weights).sum()) + self.bias * other.bias

    def plus(self, length: float, other: _Pair) -> _Pair:
        """Return it with another added, times a length."""
        scale = self.weights.dtype.type(length)
        return _Pair(
            self.weights + scale * other.weights, self.bias + length * other.bias
        )

    def over(self, other: _Pair) -> _Pair:
        """Return it divided by another."""
        return _Pair(self.weights / other.weights, self.bias / other.bias)


def polished(
    features: Any, signs: Any, strength: float, weights: Any, bias: float
) -> tuple[Any, float]:
    """Return the weights and the bias of the best machine, from one that is near it.

    Args:
        features: Those of each example, shape (examples, features), sparse by rows.
        signs: 1 for an example of the label, -1 for any other, of the features' type.
        strength: Inverse strength of the regularisation.
        weights: The weights to begin with, shape (features,).
        bias: The bias to begin with.
    """
    kind = features.dtype
    machine = _Pair(weights.astype(kind), float(bias))
    margins = features @ machine.weights + kind.type(bias)
    for _ in range(_STEPS):
        active = np.flatnonzero(signs * margins < 1)
        direction = _direction(
            machine, features[active], signs[active] - margins[active], strength
        )
        if direction is None:
            break
        along = features @ direction.weights + kind.type(direction.bias)
        length = _length(machine, direction, signs * margins, signs * along, strength)
        machine = machine.plus(length, direction)
        margins += kind.type(length) * along
    return machine.weights, machine.bias


def _direction(
    machine: _Pair, rows: Any, lacking: Any, strength: float
) -> _Pair | None:
    """Return Newton's direction, or None where the machine is as good as can be.

    Args:
        machine: The machine so far.
        rows: The features of the examples that count: those that are wrong or nearly.
        lacking: What their margins lack.
        strength: Inverse strength of the regularisation.
    """
    weight = 2 * strength
    columns = rows.T

    def pulled(pull: Any) -> _Pair:
        scale = rows.dtype.type(weight)
        return _Pair(scale * (columns @ pull), weight * float(pull.sum()))

    # What each feature weighs by itself, so that none is found long before others.
    squares = np.bincount(rows.indices, rows.data.astype(float) ** 2, rows.shape[1])
    scales = _Pair(
        (1 + weight * squares).astype(rows.dtype), 1.0 + weight * rows.shape[0]
    )
    rest = pulled(lacking).plus(-1.0, machine)
    scaled = rest.over(scales)
    found, way = _Pair(np.zeros_like(machine.weights), 0.0), scaled
    before = first = rest.dot(scaled)
    for _ in range(_GRADIENTS):
        if before <= _SMALL * first or first == 0:
            break
        bent = pulled(rows @ way.weights + rows.dtype.type(way.bias)).plus(1.0, way)
        length = before / way.dot(bent)
        found, rest = found.plus(length, way), rest.plus(-length, bent)
        scaled = rest.over(scales)
        after = rest.dot(scaled)
        way, before = scaled.plus(after / before, way), after
    return found if first > 0 else None


def _length(
    machine: _Pair, direction: _Pair, margins: Any, along: Any, strength: float
) -> float:
    """Return how far to go in a direction.

    Args:
        machine: The machine so far.
        direction: The direction.
        margins: The margins of all examples, positive for those that are right.
        along: What they change by in that direction.
        strength: Inverse strength of the regularisation.
    """
    weight = 2 * strength
    slope, bend = machine.dot(direction), direction.dot(direction)
    length = 1.0
    for _ in range(_LOOKS):
        lacking = 1 - margins - margins.dtype.type(length) * along
        active = lacking > 0
        change = along[active]
        fall = slope + length * bend - weight * float((lacking[active] * change).sum())
        length -= fall / (bend + weight * float((change * change).sum()))
        length = max(length, _SHORTEST)
    return length
