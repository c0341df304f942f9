"""Points in classes: shapes of the plane that a network has to tell apart.

Every function returns inputs (N, 2) in [−6, 6]² and labels (N,), whole numbers 0…C−1. `noise` is 0 to 0.5. Where it
blurs the border between the classes, a point is labelled as if it stood up to `noise` times the pattern's size away.
Circles, quadrants, two spirals and two blobs are those of the web playground (Smilkov and Carter, 2016).
"""

import numpy as np
from numpy.typing import NDArray

from nnplay.data.plane import PLANE_EDGE, folded

Floats = NDArray[np.float64]
Points = tuple[Floats, NDArray[np.intp]]
Generator = np.random.Generator

RADIUS = 5.0
_PADDING = 0.3
_STRIPE_WIDTH = 2.0
_CELL = 3.0


def truth_table_xor() -> Points:
    """The four rows of the tutorial's XOR, with its own coordinates 0 and 1."""
    return np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]]), np.array([0, 1, 1, 0])


def quadrants(generator: Generator, samples: int, noise: float) -> Points:
    """Class 1 where x₁ and x₂ have the same sign; a small gap along the axes."""
    points = generator.uniform(-RADIUS, RADIUS, (samples, 2))
    points += np.where(points > 0, _PADDING, -_PADDING)
    seen = points + _shift(generator, samples, noise * RADIUS)
    return points, _labels(seen[:, 0] * seen[:, 1] >= 0)


def circles(generator: Generator, samples: int, noise: float) -> Points:
    """A disc, class 1, inside a ring, class 0."""
    inner = samples // 2
    radii = np.concatenate([
        generator.uniform(0.0, 0.5 * RADIUS, inner),
        generator.uniform(0.7 * RADIUS, RADIUS, samples - inner),
    ])  # fmt: skip
    points = _polar(radii, generator.uniform(0.0, 2 * np.pi, samples))
    seen = points + _shift(generator, samples, noise * RADIUS)
    return points, _labels(np.hypot(seen[:, 0], seen[:, 1]) < 0.5 * RADIUS)


def spirals(generator: Generator, samples: int, noise: float, classes: int) -> Points:
    """2 to 5 arms, one class each, wound around the middle; 1¾ turns for two arms, fewer for more."""
    turns = 0.25 + 3.0 / classes
    labels, along = _in_turn(samples, classes)
    angles = 2 * np.pi * (turns * along + 0.5 + labels / classes)
    points = _polar(RADIUS * along, angles)
    return points + _shift(generator, samples, noise), labels


def moons(generator: Generator, samples: int, noise: float) -> Points:
    """Two half circles, each reaching into the other; normal noise of standard deviation 2 · `noise`."""
    labels, along = _in_turn(samples, 2)
    angles = np.pi * along
    side = np.where(labels == 0, 1.0, -1.0)
    radius = RADIUS / 1.5
    points = radius * np.stack([side * (np.cos(angles) - 0.5), side * (np.sin(angles) - 0.25)], axis=1)
    return folded(points + generator.normal(0.0, 2 * noise, (samples, 2))), labels


def blobs(generator: Generator, samples: int, noise: float, classes: int) -> Points:
    """2 to 6 normal clouds around a circle; their variance grows from 0.5 to 4 with the noise."""
    labels, _ = _in_turn(samples, classes)
    radius = np.hypot(2.0, 2.0) if classes == 2 else 4.0
    centres = _polar(np.full(classes, radius), 2 * np.pi * (0.625 + np.arange(classes) / classes))
    standard_deviation = np.sqrt(0.5 + 7.0 * noise)
    return folded(centres[labels] + generator.normal(0.0, standard_deviation, (samples, 2))), labels


def checkerboard(generator: Generator, samples: int, noise: float) -> Points:
    """Four by four squares in turns; a small gap between them."""
    cells = generator.integers(-2, 2, (samples, 2))
    inside = generator.uniform(0.5 * _PADDING, _CELL - 0.5 * _PADDING, (samples, 2))
    points = cells * _CELL + inside
    seen = points + _shift(generator, samples, noise * _CELL)
    return points, _labels(np.floor(seen / _CELL).sum(axis=1) % 2 == 0)


def stripes(generator: Generator, samples: int, noise: float, classes: int) -> Points:
    """Diagonal bands of 2 to 6 classes in turns."""
    points = generator.uniform(-PLANE_EDGE, PLANE_EDGE, (samples, 2))
    across = (points[:, 0] + points[:, 1]) / np.sqrt(2.0)
    across += noise * _STRIPE_WIDTH * generator.uniform(-1.0, 1.0, samples)
    return points, (np.floor(across / _STRIPE_WIDTH) % classes).astype(np.intp)


def _labels(second: NDArray[np.bool_]) -> NDArray[np.intp]:
    return second.astype(np.intp)


def _polar(radii: Floats, angles: Floats) -> Floats:
    return np.stack([radii * np.sin(angles), radii * np.cos(angles)], axis=1)


def _shift(generator: Generator, samples: int, reach: float) -> Floats:
    """(N, 2) drawn whatever the noise, so that turning it up moves the same points further the same way."""
    return reach * generator.uniform(-1.0, 1.0, (samples, 2))


def _in_turn(samples: int, classes: int) -> tuple[NDArray[np.intp], Floats]:
    """Labels 0, 1, … in turn, and how far along its class, 0 to below 1, each sample stands."""
    order = np.arange(samples)
    labels = order % classes
    counts = np.bincount(labels, minlength=classes)
    return labels, (order // classes) / counts[labels]
