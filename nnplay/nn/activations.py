"""What a unit answers to its pre-activation z: the activations, each with its derivative.

An activation writes into arrays that its caller keeps, so that a training step allocates nothing.
"""
# ruff: noqa: ARG002 - all take the same arguments, not all need them

from abc import ABC, abstractmethod
from typing import Any, ClassVar

import numpy as np

from nnplay.nn.arrays import Array, constant

LEAKY_SLOPE = 0.01
GELU_SCALE = float(np.sqrt(2.0 / np.pi))
GELU_CUBIC = 0.044715


class Activation(ABC):
    """A function of z, element by element.

    Attributes
    ----------
    name
        What an experiment calls it.
    kink
        The z at which the slope jumps, or None where the function is smooth.
    """

    name: ClassVar[str]
    kink: ClassVar[float | None] = None

    def __init__(self, dtype: Any = np.float64) -> None:
        self.zero, self.half, self.one = (constant(value, dtype) for value in (0.0, 0.5, 1.0))
        self._exp_limit = constant(np.log(np.finfo(dtype).max) - 1.0, dtype)

    @abstractmethod
    def apply(self, z: Array, out: Array) -> None:
        """Write f(z) into `out`."""

    @abstractmethod
    def derivative(self, z: Array, a: Array, out: Array) -> None:
        """Write f'(z) into `out`; `a` is f(z), which is often the shorter way to it."""

    def _sigmoid(self, z: Array, out: Array) -> None:
        """1 / (1 + exp(−z)), where exp can't overflow."""
        np.negative(z, out)
        np.minimum(out, self._exp_limit, out=out)
        np.exp(out, out)
        np.add(out, self.one, out)
        np.reciprocal(out, out)


class Identity(Activation):
    """f(z) = z."""

    name = "identity"

    def apply(self, z: Array, out: Array) -> None:
        """z."""
        out[...] = z

    def derivative(self, z: Array, a: Array, out: Array) -> None:
        """1."""
        out.fill(1.0)


class Sigmoid(Activation):
    """f(z) = σ(z) = 1 / (1 + exp(−z))."""

    name = "sigmoid"

    def apply(self, z: Array, out: Array) -> None:
        """σ(z)."""
        self._sigmoid(z, out)

    def derivative(self, z: Array, a: Array, out: Array) -> None:
        """a (1 − a)."""
        np.subtract(self.one, a, out)
        np.multiply(out, a, out)


class Tanh(Activation):
    """f(z) = tanh z."""

    name = "tanh"

    def apply(self, z: Array, out: Array) -> None:
        """tanh z."""
        np.tanh(z, out)

    def derivative(self, z: Array, a: Array, out: Array) -> None:
        """1 − a²."""
        np.multiply(a, a, out)
        np.subtract(self.one, out, out)


class Relu(Activation):
    """f(z) = max(z, 0). Nair & Hinton, 2010."""

    name = "relu"
    kink = 0.0

    def apply(self, z: Array, out: Array) -> None:
        """max(z, 0)."""
        np.maximum(z, self.zero, out=out)

    def derivative(self, z: Array, a: Array, out: Array) -> None:
        """1 where z > 0, else 0: the sign of a, which is never negative."""
        np.sign(a, out)


class LeakyRelu(Activation):
    """f(z) = z for z > 0, else 0.01 z. Maas, Hannun & Ng, 2013."""

    name = "leaky_relu"
    kink = 0.0

    def apply(self, z: Array, out: Array) -> None:
        """max(z, 0.01 z)."""
        np.multiply(z, LEAKY_SLOPE, out)
        np.maximum(z, out, out=out)

    def derivative(self, z: Array, a: Array, out: Array) -> None:
        """1 where z > 0, else 0.01."""
        out[...] = np.where(z > 0.0, 1.0, LEAKY_SLOPE)


class Elu(Activation):
    """f(z) = z for z > 0, else exp(z) − 1. Clevert, Unterthiner & Hochreiter, 2016."""

    name = "elu"
    kink = 0.0

    def apply(self, z: Array, out: Array) -> None:
        """max(z, exp(min(z, 0)) − 1); below 0 the second is the larger one."""
        np.minimum(z, self.zero, out=out)
        np.expm1(out, out)
        np.maximum(z, out, out=out)

    def derivative(self, z: Array, a: Array, out: Array) -> None:
        """exp(min(z, 0))."""
        np.minimum(z, self.zero, out=out)
        np.exp(out, out)


class Gelu(Activation):
    """f(z) = ½ z (1 + tanh u) with u = √(2/π) (z + 0.044715 z³). Hendrycks & Gimpel, 2016, the tanh form."""

    name = "gelu"

    def apply(self, z: Array, out: Array) -> None:
        """½ z (1 + tanh u)."""
        self._tanh_u(z, out)
        np.add(out, self.one, out)
        np.multiply(out, z, out)
        np.multiply(out, self.half, out)

    def derivative(self, z: Array, a: Array, out: Array) -> None:
        """½ (1 + t) + ½ z (1 − t²) u' with t = tanh u and u' = √(2/π) (1 + 3 · 0.044715 z²)."""
        self._tanh_u(z, out)
        slope_of_u = GELU_SCALE * (1.0 + 3.0 * GELU_CUBIC * z * z)
        # tanh saturates long before z² can overflow; the bound keeps 0 · ∞ out
        curve = z * (1.0 - out * out) * np.minimum(slope_of_u, 1e9)
        np.add(out, self.one, out)
        np.add(out, curve, out)
        np.multiply(out, self.half, out)

    @staticmethod
    def _tanh_u(z: Array, out: Array) -> None:
        np.multiply(z, z, out)
        out *= GELU_CUBIC
        out += 1.0
        np.multiply(out, z, out)
        out *= GELU_SCALE
        np.tanh(out, out)


class Silu(Activation):
    """f(z) = z σ(z). Elfwing, Uchibe & Doya, 2018."""

    name = "silu"

    def apply(self, z: Array, out: Array) -> None:
        """z σ(z)."""
        self._sigmoid(z, out)
        np.multiply(out, z, out)

    def derivative(self, z: Array, a: Array, out: Array) -> None:
        """σ + a (1 − σ) with a = z σ."""
        self._sigmoid(z, out)
        out += a * (1.0 - out)


class Softplus(Activation):
    """f(z) = log(1 + exp z), as max(z, 0) + log(1 + exp(−|z|)) so that exp can't overflow. Dugas et al., 2001."""

    name = "softplus"

    def apply(self, z: Array, out: Array) -> None:
        """max(z, 0) + log(1 + exp(−|z|))."""
        np.abs(z, out)
        np.negative(out, out)
        np.exp(out, out)
        np.log1p(out, out)
        out += np.maximum(z, self.zero)

    def derivative(self, z: Array, a: Array, out: Array) -> None:
        """σ(z)."""
        self._sigmoid(z, out)


class Sine(Activation):
    """f(z) = sin z. Sitzmann et al., 2020."""

    name = "sine"

    def apply(self, z: Array, out: Array) -> None:
        """sin z."""
        np.sin(z, out)

    def derivative(self, z: Array, a: Array, out: Array) -> None:
        """cos z."""
        np.cos(z, out)


ACTIVATIONS: dict[str, type[Activation]] = {
    kind.name: kind for kind in (Identity, Sigmoid, Tanh, Relu, LeakyRelu, Elu, Gelu, Silu, Softplus, Sine)
}
"""Every activation by its name."""
