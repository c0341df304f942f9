"""Surfaces over the plane that a network has to approximate.

Every function returns inputs (N, 2), uniform in [−6, 6]², and values (N,) of about −1 to 1. `noise`, 0 to 0.5, is the
standard deviation of what is added to each value. Plane and bump centres are those of the web playground.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from nnplay.data.plane import PLANE_EDGE

Floats = NDArray[np.float64]
Generator = np.random.Generator
Surface = Callable[[Floats], Floats]

_BUMPS = ((-4.0, 2.5, 1.0), (0.0, 2.5, -1.0), (4.0, 2.5, 1.0), (-4.0, -2.5, -1.0), (0.0, -2.5, 1.0), (4.0, -2.5, -1.0))
_BUMP_WIDTH = 0.9


def sampled(surface: Surface, generator: Generator, samples: int, noise: float) -> tuple[Floats, Floats]:
    """Points drawn uniformly from the plane, with the surface's height there and noise on it."""
    points = generator.uniform(-PLANE_EDGE, PLANE_EDGE, (samples, 2))
    return points, surface(points) + noise * generator.standard_normal(samples)


def plane(points: Floats) -> Floats:
    """A tilted plane, (x₁ + x₂) / 10."""
    heights: Floats = (points[:, 0] + points[:, 1]) / 10.0
    return heights


def gaussian_bumps(points: Floats) -> Floats:
    """Six Gaussian hills and hollows in turns, each of height ±1 and width 0.9."""
    heights = np.zeros(len(points))
    for x1, x2, sign in _BUMPS:
        squared = (points[:, 0] - x1) ** 2 + (points[:, 1] - x2) ** 2
        heights += sign * np.exp(-squared / (2 * _BUMP_WIDTH**2))
    return heights


def sine_ridge(points: Floats) -> Floats:
    """A sine wave that runs diagonally over the plane, sin((x₁ + x₂) / 2)."""
    heights: Floats = np.sin((points[:, 0] + points[:, 1]) / 2.0)
    return heights
