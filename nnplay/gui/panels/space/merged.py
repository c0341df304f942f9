"""Points that lie on each other: what a layer has made one, nothing behind it can tell apart."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Indices = NDArray[np.intp]

FEW, PART = 100, 25
"""Of so many points, two that lie on each other are told; of more, one in so many, which is more than chance."""
MOST = 12
"""Places that are told, the fullest ones."""


@dataclass(frozen=True)
class Merged:
    """Points at one place.

    Attributes
    ----------
    x, y
        Where it is, in pixels.
    count
        How many they are.
    parts
        (class, how many of it), by class.
    """

    x: float
    y: float
    count: int
    parts: tuple[tuple[int, int], ...]


def companions(points: Floats, index: int) -> int:
    """How many points (n, 2) of pixels lie where one of them does, itself included."""
    cells = _cells(points)
    return int(np.count_nonzero(cells == cells[index]))


def merged(points: Floats, groups: Indices) -> tuple[Merged, ...]:
    """The places where most of the points (n, 2), in pixels, of groups (n,) lie on each other; the fullest first."""
    cells = _cells(points)
    _, first, inverse, counts = np.unique(cells, return_index=True, return_inverse=True, return_counts=True)
    least = 2 if len(points) <= FEW else len(points) // PART
    full = np.flatnonzero(counts >= least)
    found = []
    for cell in full[np.argsort(-counts[full], kind="stable")[:MOST]].tolist():
        kinds, shares = np.unique(groups[inverse == cell], return_counts=True)
        x, y = points[first[cell]].tolist()
        found.append(Merged(x, y, int(counts[cell]), tuple(zip(kinds.tolist(), shares.tolist(), strict=True))))
    return tuple(found)


def _cells(points: Floats) -> Indices:
    """(n,) a number for the place of each: the same for what no eye tells apart."""
    side = 3.0 if len(points) <= FEW else 1.5
    cells = np.rint(np.clip(points, -1e6, 1e6) / side).astype(np.intp)
    numbers: Indices = cells[:, 0] * 4_000_003 + cells[:, 1]
    return numbers
