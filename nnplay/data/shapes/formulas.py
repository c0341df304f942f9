"""Points of the plane labelled, or given their value, by a typed formula."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from nnplay.data.formula import Formula
from nnplay.data.plane import PLANE_EDGE
from nnplay.errors import InputError
from nnplay.texts import tr

Floats = NDArray[np.float64]
Generator = np.random.Generator

MAX_VALUE = 1e6
"""Values beyond are left out of a regression: squared, they would drown every other."""

_GRID = 40
_LEAST_SHARE = 0.05
_ROUNDS = 400


def labelled_points(
    formula: Formula, generator: Generator, samples: int, noise: float
) -> tuple[Floats, NDArray[np.intp]]:
    """Points (N, 2) of class 1 where the formula is positive and of class 0 elsewhere.

    Points where it has no value are left out. `noise`, 0 to 0.5, labels each point as if it stood up to 5 · `noise`
    away, as in the web playground's XOR.

    Raises
    ------
    InputError
        A formula with the same sign in all of the plane, or without a value in most of it.
    """
    values = formula(_grid())
    known = values[~np.isnan(values)]
    _check_share(formula, len(known))
    if (known > 0).all() or not (known > 0).any():
        allowed = tr("a formula that is positive in one part of the plane from -6 to 6 and negative in another")
        raise InputError("formula", formula.text, allowed)
    reach = 5.0 * noise

    def value_nearby(points: Floats) -> Floats:
        return formula(points + reach * generator.uniform(-1.0, 1.0, points.shape))

    points, seen = _collected(formula, generator, samples, value_nearby, lambda found: ~np.isnan(found))
    return points, (seen > 0).astype(np.intp)


def surface_points(formula: Formula, generator: Generator, samples: int, noise: float) -> tuple[Floats, Floats]:
    """Points (N, 2) with the formula's value (N,) and normal noise of standard deviation `noise`.

    Points where the formula has no value, or one beyond ±1e6, are left out.

    Raises
    ------
    InputError
        A formula without a usable value in most of the plane.
    """
    _check_share(formula, int(_usable(formula(_grid())).sum()))
    points, values = _collected(formula, generator, samples, formula, _usable)
    return points, values + noise * generator.standard_normal(samples)


def _grid() -> Floats:
    # off the whole numbers, where powers and floors behave as nowhere else
    steps = np.linspace(-PLANE_EDGE, PLANE_EDGE, _GRID) * 0.9973
    return np.stack(np.meshgrid(steps, steps), axis=-1).reshape(-1, 2)


def _usable(values: Floats) -> NDArray[np.bool_]:
    return np.abs(values) <= MAX_VALUE


def _check_share(formula: Formula, known: int) -> None:
    if known < _LEAST_SHARE * _GRID**2:
        raise _no_values(formula)


def _collected(
    formula: Formula,
    generator: Generator,
    samples: int,
    value: Callable[[Floats], Floats],
    usable: Callable[[Floats], NDArray[np.bool_]],
) -> tuple[Floats, Floats]:
    """Draw points until `samples` of them have a usable value."""
    points, values = np.empty((0, 2)), np.empty(0)
    for _ in range(_ROUNDS):
        drawn = generator.uniform(-PLANE_EDGE, PLANE_EDGE, (samples, 2))
        found = value(drawn)
        kept = usable(found)
        points, values = np.concatenate([points, drawn[kept]]), np.concatenate([values, found[kept]])
        if len(points) >= samples:
            return points[:samples], values[:samples]
    raise _no_values(formula)


def _no_values(formula: Formula) -> InputError:
    allowed = tr("a formula with values of ordinary size in the plane from -6 to 6")
    return InputError("formula", formula.text, allowed)
