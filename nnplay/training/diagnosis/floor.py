"""The floor: the least loss that any output layer could reach on what the hidden layers output right now.

What it tells is whose fault a loss is. A loss near a high floor: the hidden layers have merged what must be told apart,
and no output layer can make up for it. A low floor under a high loss: the output layer has yet to learn what is there.
It judges the last layer only, and says nothing of what the hidden layers could still learn.

For the cross-entropies the loss of the last layer is convex in its weights, and Newton's method finds its least value
(logistic regression, with a ridge of 1e-6 on columns scaled to 1); for squared errors of the logits it is least
squares.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating]

RIDGE = 1e-6
ITERATIONS = 60
CONSTANT_COLUMN = 1e-9
"""A column whose standard deviation is below this part of its largest number says nothing."""
DECREASE = 1e-4
"""The part of the promised fall that a step has to bring (Armijo)."""
HALVINGS = 30
ACCURATE = 1e-7
"""The search ends where Newton's promise is below this part of the loss, or of what is 0 to a person."""
LEAST_TOLD = 1e-4
EXACT_SIZE = 200
"""Weights of a softmax up to which Newton's equations are solved exactly; beyond it by conjugate gradients."""
GRADIENT_STEPS = 40
"""Of conjugate gradients, for a step of Newton's."""


@dataclass(frozen=True, eq=False)
class LeastLoss:
    """The floor of one moment.

    Attributes
    ----------
    loss
        The data loss that the best output layer has, in the unit of the network's own loss.
    outputs
        (N, K) what it answers.
    """

    loss: float
    outputs: Floats


def least_loss(hidden: Floats, targets: Floats, loss: str, weights: Floats | None = None) -> LeastLoss | None:
    """The least loss of an output layer on these hidden outputs.

    Parameters
    ----------
    hidden
        (N, U) what the last hidden layer outputs; the inputs where there is none.
    targets
        (N, K) as the loss takes them.
    loss
        A name of `nnplay.nn.LOSSES`.
    weights
        (N,) how much each sample counts; None where all count the same.

    Returns
    -------
    LeastLoss or None
        None where there is no sample, where a number isn't finite, or for a loss that isn't convex in the last layer.
    """
    if loss not in _BEST or not len(hidden) or not (np.isfinite(hidden).all() and np.isfinite(targets).all()):
        return None
    columns = scaled_columns(hidden)
    counts = np.ones(len(columns)) if weights is None else np.asarray(weights, np.float64)
    return _BEST[loss](columns, np.asarray(targets, np.float64), counts)


def scaled_columns(hidden: Floats) -> Floats:
    """(N, U + 1) the columns with mean 0 and standard deviation 1, those that are constant 0, and a column of ones."""
    values = np.asarray(hidden, np.float64)
    largest = np.abs(values).max(axis=0, initial=0.0)
    values = values / np.where(largest > 0.0, largest, 1.0)  # squares of huge and of tiny numbers stay numbers
    values -= values.mean(axis=0)
    deviation = values.std(axis=0)
    varies = deviation > CONSTANT_COLUMN
    values = np.where(varies, values / np.where(varies, deviation, 1.0), 0.0)
    return np.column_stack([values, np.ones(len(values))])


def _least_squares(columns: Floats, targets: Floats, counts: Floats) -> LeastLoss:
    """Exact."""
    root = np.sqrt(counts)[:, None]
    best, *_ = np.linalg.lstsq(columns * root, targets * root, rcond=None)
    outputs = columns @ best
    return LeastLoss(float((counts * np.square(outputs - targets).mean(axis=1)).mean()), outputs)


def _logistic_each(columns: Floats, targets: Floats, counts: Floats) -> LeastLoss:
    """A logistic regression for each output; the loss is their mean."""
    best = [_logistic(columns, y, counts) for y in targets.T]
    return LeastLoss(float(np.mean([place.loss for place in best])), np.column_stack([p.outputs for p in best]))


def _logistic(columns: Floats, y: Floats, counts: Floats) -> "_Place":
    """The best logistic regression of one output."""
    ridge = _ridge(columns.shape[1])

    def at(w: Floats) -> _Place:
        z = columns @ w
        softplus = np.logaddexp(0.0, z)
        p = np.exp(z - softplus)
        gradient = columns.T @ (counts * (p - y)) / len(y) + ridge * w
        return _Place(w, float((counts * (softplus - y * z)).mean()), 0.5 * float(ridge @ (w * w)), gradient, p)

    def step(place: _Place) -> Floats:
        spread = counts * place.outputs * (1.0 - place.outputs)
        hessian = (columns.T * spread) @ columns / len(y) + np.diag(ridge)
        return _solved(hessian, place.gradient)

    return _least(at, step, np.zeros(columns.shape[1]))


def _softmax(columns: Floats, targets: Floats, counts: Floats) -> LeastLoss:
    """The best softmax regression of K classes."""
    size, classes = columns.shape[1], targets.shape[1]
    ridge = np.repeat(_ridge(size), classes)
    share = counts[:, None] / len(columns)

    def at(w: Floats) -> _Place:
        z = columns @ w.reshape(size, classes)
        z -= z.max(axis=1, keepdims=True)
        p = np.exp(z)
        total = p.sum(axis=1, keepdims=True)
        p /= total
        loss = float((counts * ((np.log(total) - z) * targets).sum(axis=1)).mean())
        gradient = (columns.T @ (share * (p * targets.sum(axis=1, keepdims=True) - targets))).ravel() + ridge * w
        return _Place(w, loss, 0.5 * float(ridge @ (w * w)), gradient, p)

    def curved(p: Floats, v: Floats) -> Floats:
        """What the Hessian makes of a direction."""
        change = columns @ v.reshape(size, classes)
        change = p * (change - (p * change).sum(axis=1, keepdims=True))
        product: Floats = (columns.T @ (share * change)).ravel() + ridge * v
        return product

    def step(place: _Place) -> Floats:
        if size * classes > EXACT_SIZE:
            return _conjugate_gradients(lambda v: curved(place.outputs, v), place.gradient)
        hessian = np.column_stack([curved(place.outputs, v) for v in np.eye(size * classes)])
        return _solved(hessian, place.gradient)

    best = _least(at, step, np.zeros(size * classes))
    return LeastLoss(best.loss, best.outputs)


_BEST: dict[str, Callable[[Floats, Floats, Floats], LeastLoss]] = {
    "binary_cross_entropy": _logistic_each,
    "categorical_cross_entropy": _softmax,
    "mean_squared_error": _least_squares,
}


class _Place(NamedTuple):
    """Weights that are tried: the loss, the ridge beside it, the gradient of both, and the outputs."""

    w: Floats
    loss: float
    ridge: float
    gradient: Floats
    outputs: Floats

    @property
    def value(self) -> float:
        """What is made smaller."""
        return self.loss + self.ridge


def _ridge(columns: int) -> Floats:
    """For each weight; the bias has next to none, so that the equations have one answer."""
    ridge = np.full(columns, RIDGE)
    ridge[-1] = RIDGE * RIDGE
    return ridge


def _least(at: Callable[[Floats], _Place], step: Callable[[_Place], Floats], w: Floats) -> _Place:
    """Where the loss is least: Newton's steps, each halved until it brings a fall."""
    place = at(w)
    for _ in range(ITERATIONS):
        direction = step(place)
        promise = float(place.gradient @ direction)
        if not promise > ACCURATE * max(place.value, LEAST_TOLD):
            break
        after = _backtracked(at, place, direction, promise)
        if after is None:
            break
        place = after
    return place


def _backtracked(at: Callable[[Floats], _Place], place: _Place, direction: Floats, promise: float) -> _Place | None:
    """The place a step further, or None where no part of the step brings a fall."""
    length = 1.0
    for _ in range(HALVINGS):
        after = at(place.w - length * direction)
        if after.value <= place.value - DECREASE * length * promise:
            return after
        length *= 0.5
    return None


def _solved(hessian: Floats, gradient: Floats) -> Floats:
    try:
        return np.linalg.solve(hessian, gradient)
    except np.linalg.LinAlgError:  # flat in a direction: the shortest of all answers
        return np.linalg.lstsq(hessian, gradient, rcond=None)[0]


def _conjugate_gradients(curved: Callable[[Floats], Floats], gradient: Floats) -> Floats:
    """Newton's step, nearly: (Hestenes and Stiefel, 1952), as far as it pays (Dembo and others, 1982)."""
    x = np.zeros_like(gradient)
    rest, direction = gradient.copy(), gradient.copy()
    square = float(rest @ rest)
    enough = square * min(0.25, square**0.5)
    for _ in range(GRADIENT_STEPS):
        product = curved(direction)
        curvature = float(direction @ product)
        if square <= enough or curvature <= 0.0:
            break
        length = square / curvature
        x += length * direction
        rest -= length * product
        before, square = square, float(rest @ rest)
        direction = rest + (square / before) * direction
    return x
