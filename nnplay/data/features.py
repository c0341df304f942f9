"""What the network sees of a point of the plane: its coordinates and simple functions of them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from nnplay.errors import InputError, one_of
from nnplay.texts import tr

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Feature:
    """One function of a point.

    Attributes
    ----------
    name
        As an experiment names it: ``x1^2``.
    label
        As the window writes it: ``x₁²``.
    function
        From points (…, 2) to the feature (…).
    """

    name: str
    label: str
    function: Callable[[Floats], Floats]


_ALL = (
    Feature("x1", "x₁", lambda p: p[..., 0]),
    Feature("x2", "x₂", lambda p: p[..., 1]),
    Feature("x1^2", "x₁²", lambda p: p[..., 0] ** 2),
    Feature("x2^2", "x₂²", lambda p: p[..., 1] ** 2),
    Feature("x1*x2", "x₁x₂", lambda p: p[..., 0] * p[..., 1]),
    Feature("sin(x1)", "sin x₁", lambda p: np.sin(p[..., 0])),
    Feature("sin(x2)", "sin x₂", lambda p: np.sin(p[..., 1])),
    Feature("cos(x1)", "cos x₁", lambda p: np.cos(p[..., 0])),
    Feature("cos(x2)", "cos x₂", lambda p: np.cos(p[..., 1])),
)

FEATURES: dict[str, Feature] = {feature.name: feature for feature in _ALL}
"""Every feature by its name, in the order of the window."""


def expand_features(inputs: ArrayLike, names: Sequence[str]) -> Floats:
    """The named features of points, one column each.

    Parameters
    ----------
    inputs
        (N, 2) points of the plane.
    names
        F keys of `FEATURES`.

    Returns
    -------
    ndarray
        (N, F) float64, an array of its own.

    Raises
    ------
    InputError
        A shape other than (N, 2), or a feature that doesn't exist.
    """
    points = np.asarray(inputs, dtype=np.float64)
    if points.ndim != 2 or points.shape[1] != 2:
        raise InputError("inputs", points.shape, tr("points (samples, 2) of the plane"))
    columns = np.empty((len(points), len(names)))
    for column, name in enumerate(names):
        if name not in FEATURES:
            raise InputError("features", name, one_of(FEATURES))
        columns[:, column] = FEATURES[name].function(points)
    return columns
