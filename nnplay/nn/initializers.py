"""How weights start: each initialiser draws one layer's weights so that signals neither fade nor explode.

Biases start at zero. The random numbers come from the generator that is passed in, and from nowhere else.
"""
# ruff: noqa: ARG001 - all take the same arguments, not all need them

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator

from nnplay.nn.arrays import Array
from nnplay.texts import mark


@dataclass(frozen=True)
class Initializer:
    """A way to draw the weights of one layer.

    Attributes
    ----------
    label, help
        What a person reads, as `mark` leaves it: its name, and a sentence of how the weights spread.
    draw
        (generator, shape (…, I, O), scale) → weights.
    scaled
        Whether it reads the scale.
    """

    label: str
    help: str
    draw: Callable[[Generator, tuple[int, ...], float], Array]
    scaled: bool = False

    def __call__(self, generator: Generator, shape: tuple[int, ...], scale: float = 1.0) -> Array:
        """The weights (…, I, O) of one layer."""
        return self.draw(generator, shape, scale)


def he_normal(generator: Generator, shape: tuple[int, ...], scale: float = 1.0) -> Array:
    """N(0, 2/I): keeps the variance through ReLU layers. He et al., 2015."""
    return generator.standard_normal(shape) * math.sqrt(2.0 / shape[-2])


def he_uniform(generator: Generator, shape: tuple[int, ...], scale: float = 1.0) -> Array:
    """U(−b, b) with b = √(6/I), of variance 2/I. He et al., 2015."""
    bound = math.sqrt(6.0 / shape[-2])
    return generator.uniform(-bound, bound, shape)


def xavier_normal(generator: Generator, shape: tuple[int, ...], scale: float = 1.0) -> Array:
    """N(0, 2/(I + O)): a compromise between the ways forward and back. Glorot & Bengio, 2010."""
    return generator.standard_normal(shape) * math.sqrt(2.0 / (shape[-2] + shape[-1]))


def xavier_uniform(generator: Generator, shape: tuple[int, ...], scale: float = 1.0) -> Array:
    """U(−b, b) with b = √(6/(I + O)). Glorot & Bengio, 2010."""
    bound = math.sqrt(6.0 / (shape[-2] + shape[-1]))
    return generator.uniform(-bound, bound, shape)


def lecun_normal(generator: Generator, shape: tuple[int, ...], scale: float = 1.0) -> Array:
    """N(0, 1/I): keeps the variance through linear and tanh layers. LeCun et al., 1998."""
    return generator.standard_normal(shape) * math.sqrt(1.0 / shape[-2])


def orthogonal(generator: Generator, shape: tuple[int, ...], scale: float = 1.0) -> Array:
    """Orthonormal columns, or rows where there are fewer of them: lengths are kept. Saxe et al., 2014."""
    inputs, outputs = shape[-2:]
    wide = inputs < outputs
    q, r = np.linalg.qr(generator.standard_normal((*shape[:-2], max(inputs, outputs), min(inputs, outputs))))
    # QR leaves the signs of the columns open; with those of r's diagonal the draw is uniform (Mezzadri, 2007)
    signs = np.where(np.diagonal(r, axis1=-2, axis2=-1) < 0.0, -1.0, 1.0)
    q = q * signs[..., None, :]
    return np.swapaxes(q, -1, -2) if wide else q


def zeros(generator: Generator, shape: tuple[int, ...], scale: float = 1.0) -> Array:
    """All zero: every unit of a layer stays the same as its neighbours, which is the lesson."""
    return np.zeros(shape)


def normal(generator: Generator, shape: tuple[int, ...], scale: float = 1.0) -> Array:
    """N(0, scale²): a scale of one's own, to see what too large and too small do."""
    return generator.standard_normal(shape) * scale


INITIALIZERS: dict[str, Initializer] = {
    "he_normal": Initializer(
        label=mark("He normal"), help=mark("Normal, of variance 2 / inputs: made for ReLU"), draw=he_normal
    ),
    "he_uniform": Initializer(
        label=mark("He uniform"), help=mark("Uniform, of variance 2 / inputs: made for ReLU"), draw=he_uniform
    ),
    "xavier_normal": Initializer(
        label=mark("Xavier normal"),
        help=mark("Normal, of variance 2 / (inputs + outputs): made for tanh and sigmoid"),
        draw=xavier_normal,
    ),
    "xavier_uniform": Initializer(
        label=mark("Xavier uniform"),
        help=mark("Uniform, of variance 2 / (inputs + outputs): made for tanh and sigmoid"),
        draw=xavier_uniform,
    ),
    "lecun_normal": Initializer(
        label=mark("LeCun normal"),
        help=mark("Normal, of variance 1 / inputs: made for linear and tanh units"),
        draw=lecun_normal,
    ),
    "orthogonal": Initializer(
        label=mark("orthogonal"),
        help=mark("Directions at right angles: lengths are kept from layer to layer"),
        draw=orthogonal,
    ),
    "zeros": Initializer(
        label=mark("zeros"), help=mark("Every weight 0: the units of a layer stay alike, and learn as one"), draw=zeros
    ),
    "normal": Initializer(
        label=mark("normal"), help=mark("Normal, with a standard deviation of your own"), draw=normal, scaled=True
    ),
}
"""Every initialiser by its name."""
