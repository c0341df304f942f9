"""The floor beside scipy's optimiser: `python -m tests.benchmarks.floor_beside_scipy`.

On what hidden layers of several widths and kinds output, with targets that can and that can't be told apart, scipy
minimises the loss of the last layer by itself, written out anew and with its own gradient. Printed are both losses,
how far they are from each other, and the milliseconds that each took; the command ends with 1 where nnplay's is
further off than is allowed. scipy comes with the readers, by `python3 main.py --tests --all`.
"""

import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.optimize import minimize
from scipy.special import expit, log_expit, log_softmax, softmax

from nnplay.training.diagnosis.floor import least_loss
from nnplay.training.one_thread import one_thread

Floats = np.ndarray[Any, np.dtype[np.float64]]

BINARY, SOFTMAX, SQUARES = "binary_cross_entropy", "categorical_cross_entropy", "mean_squared_error"
ALLOWED, NEAR_0 = 1e-6, 0.02
"""Of the loss, by which the floor may be off; and how far above 0 it is where the least loss is 0, by its ridge."""
LINE = "{:<46}{:>12}{:>12}{:>10}{:>8}{:>10}  {}"


@dataclass(frozen=True, eq=False)
class Case:
    """Hidden outputs and targets; `parted` where an output layer can tell all of them apart."""

    name: str
    hidden: Floats
    targets: Floats
    loss: str
    weights: Floats | None = None
    parted: bool = False


def cases(seed: int = 1) -> Iterator[Case]:
    """Of every loss: noise, a class that is nearly told apart, and classes that are parted; and scales, and weights."""
    generator = np.random.default_rng(seed)
    for samples, units in ((50, 2), (250, 8), (250, 16), (1000, 8)):
        hidden = np.maximum(generator.normal(size=(samples, units)), 0.0) * 10.0 ** generator.integers(-3, 4, units)
        along = _scaled(hidden) @ generator.normal(size=(units, 4))
        noisy = along + 2.0 * generator.normal(size=along.shape)
        name = f"{samples} samples, {units} units"
        weights = generator.random(samples) * 2.0
        for weighted, own in (("", None), (", weighted", weights)):
            yield Case(f"sigmoid, {name}{weighted}", hidden, _above_0(noisy[:, :1]), BINARY, own)
            yield Case(f"softmax of 4, {name}{weighted}", hidden, _largest(noisy), SOFTMAX, own)
            yield Case(f"numbers, {name}{weighted}", hidden, noisy[:, :2], SQUARES, own)
        yield Case(f"sigmoid, {name}, by chance", hidden, _above_0(generator.normal(size=(samples, 2))), BINARY)
        yield Case(f"sigmoid, {name}, parted", hidden, _above_0(along[:, :1]), BINARY, parted=True)
        yield Case(f"softmax of 4, {name}, parted", hidden, _largest(along), SOFTMAX, parted=True)


def _above_0(values: Floats) -> Floats:
    return (values > 0.0).astype(float)


def _largest(values: Floats) -> Floats:
    return np.eye(values.shape[1])[values.argmax(axis=1)]


def _scaled(hidden: Floats) -> Floats:
    """Columns of mean 0 and standard deviation 1, on which any optimiser comes to its end."""
    deviation = hidden.std(axis=0)
    return (hidden - hidden.mean(axis=0)) / np.where(deviation > 0.0, deviation, 1.0)


def by_scipy(case: Case) -> float:
    """The least loss of the last layer."""
    X = np.column_stack([_scaled(case.hidden), np.ones(len(case.hidden))])
    Y, shape = case.targets, (X.shape[1], case.targets.shape[1])
    weights = np.ones(len(X)) if case.weights is None else case.weights

    def objective(w: Floats) -> tuple[float, Floats]:
        z = X @ w.reshape(shape)
        if case.loss == BINARY:
            losses, delta = -(Y * log_expit(z) + (1.0 - Y) * log_expit(-z)).mean(axis=1), (expit(z) - Y) / shape[1]
        elif case.loss == SOFTMAX:
            losses, delta = -(Y * log_softmax(z, axis=1)).sum(axis=1), softmax(z, axis=1) - Y
        else:
            losses, delta = np.square(z - Y).mean(axis=1), 2.0 * (z - Y) / shape[1]
        return float((weights * losses).mean()), (X.T @ (weights[:, None] * delta) / len(X)).ravel()

    options = {"maxiter": 50_000, "maxfun": 100_000, "ftol": 1e-15, "gtol": 1e-10, "maxcor": 50}
    return float(minimize(objective, np.zeros(X.shape[1] * shape[1]), jac=True, method="L-BFGS-B", options=options).fun)


def is_right(case: Case, floor: float, other: float) -> bool:
    """Whether the floor is scipy's least loss, or next to 0 where that is the infimum of parted classes."""
    if case.parted:
        return other < NEAR_0 and 0.0 <= floor < NEAR_0
    return abs(floor - other) <= ALLOWED * other


def floor_of(case: Case) -> float:
    """That of nnplay."""
    best = least_loss(case.hidden, case.targets, case.loss, case.weights)
    assert best is not None
    return best.loss


def main() -> int:
    """Compare, print, and answer 1 where one is wrong."""
    print(LINE.format("", "nnplay", "scipy", "apart", "ms", "scipy ms", ""))
    right = True
    with one_thread():
        for case in cases():
            times = []
            for function in (floor_of, by_scipy):
                began = time.process_time()
                value = function(case)
                times.append((value, 1e3 * (time.process_time() - began)))
            (floor, own), (other, their) = times
            met = is_right(case, floor, other)
            right &= met
            texts = (f"{floor:.7f}", f"{other:.7f}", f"{abs(floor - other):.1e}", f"{own:.1f}", f"{their:.0f}")
            print(LINE.format(case.name, *texts, "met" if met else "MISSED"))
    return 0 if right else 1


if __name__ == "__main__":
    sys.exit(main())
