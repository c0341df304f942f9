"""What a unit outputs for its pre-activation z: the activations, each with its derivative and what is known of it.

An activation writes into arrays that its caller keeps, so that a training step allocates nothing.
"""
# ruff: noqa: ARG002 - all take the same arguments, not all need them

from abc import ABC, abstractmethod
from typing import Any, ClassVar

import numpy as np

from nnplay.nn.arrays import Array, constant
from nnplay.texts import mark

LEAKY_SLOPE = 0.01
GELU_SCALE = float(np.sqrt(2.0 / np.pi))
GELU_CUBIC = 0.044715
GAUSSIAN_REACH = 40.0
"""exp(−40²) is 0 in either precision."""


class Activation(ABC):
    """A function of z, element by element.

    Attributes
    ----------
    name, label, help
        What an experiment calls it, and what a person reads, as `mark` leaves it: its name, and in one sentence what it
        does to a sum.
    kink
        The z at which the slope or the value jumps, or None where the function is smooth.
    limits
        Between which values all outputs are, or None where they go on for ever on a side.
    bounds
        The values at which it saturates, so that hardly any gradient comes through near them; where `limits` is None
        it saturates at the first one only, and the second one tells how far away that is. None where it doesn't.
    can_die
        Whether it goes to 0 on a side, so that no gradient comes through there, and a unit may output 0 for every
        sample. One with `bounds` saturates instead.
    slopes
        Below and above 0, where it is two straight lines through the origin; None where it is anything else.
    """

    name: ClassVar[str]
    label: ClassVar[str]
    help: ClassVar[str]
    kink: ClassVar[float | None] = None
    limits: ClassVar[tuple[float, float] | None] = None
    bounds: ClassVar[tuple[float, float] | None] = None
    can_die: ClassVar[bool] = False
    slopes: ClassVar[tuple[float, float] | None] = None

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

    def _softplus(self, z: Array, out: Array) -> None:
        """log(1 + exp z) as max(z, 0) + log(1 + exp(−|z|)), where exp can't overflow."""
        np.abs(z, out)
        np.negative(out, out)
        np.exp(out, out)
        np.log1p(out, out)
        out += np.maximum(z, self.zero)


class Identity(Activation):
    """f(z) = z."""

    name = "identity"
    label = mark("linear")
    help = mark("Passes the sum on as it is; without a bend, more layers tell no more apart")
    slopes = (1.0, 1.0)

    def apply(self, z: Array, out: Array) -> None:
        """z."""
        out[...] = z

    def derivative(self, z: Array, a: Array, out: Array) -> None:
        """1."""
        out.fill(1.0)


class Sigmoid(Activation):
    """f(z) = σ(z) = 1 / (1 + exp(−z))."""

    name = "sigmoid"
    label = mark("sigmoid")
    help = mark("Squeezes any sum to between 0 and 1; its flat ends learn slowly")
    limits = (0.0, 1.0)
    bounds = (0.0, 1.0)

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
    label = mark("tanh")
    help = mark("Squeezes any sum to between −1 and 1, around 0; its flat ends learn slowly")
    limits = (-1.0, 1.0)
    bounds = (-1.0, 1.0)

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
    label = mark("ReLU")
    help = mark("Passes what is above 0 and stops the rest; a unit that stops every sample is dead")
    kink = 0.0
    can_die = True
    slopes = (0.0, 1.0)

    def apply(self, z: Array, out: Array) -> None:
        """max(z, 0)."""
        np.maximum(z, self.zero, out=out)

    def derivative(self, z: Array, a: Array, out: Array) -> None:
        """1 where z > 0, else 0: the sign of a, which is never negative."""
        np.sign(a, out)


class LeakyRelu(Activation):
    """f(z) = z for z > 0, else 0.01 z. Maas, Hannun & Ng, 2013."""

    name = "leaky_relu"
    label = mark("leaky ReLU")
    help = mark("ReLU that lets a little through below 0, so that no unit dies")
    kink = 0.0
    slopes = (LEAKY_SLOPE, 1.0)

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
    label = mark("ELU")
    help = mark("ReLU with a soft floor at −1, so that units go on learning below 0")
    kink = 0.0
    bounds = (-1.0, 0.0)

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
    label = mark("GELU")
    help = mark("A smooth ReLU that dips a little below 0; usual in transformers")
    can_die = True

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
    label = mark("SiLU")
    help = mark("The sum times its own sigmoid: a smooth ReLU that dips a little below 0")
    can_die = True

    def apply(self, z: Array, out: Array) -> None:
        """z σ(z)."""
        self._sigmoid(z, out)
        np.multiply(out, z, out)

    def derivative(self, z: Array, a: Array, out: Array) -> None:
        """σ + a (1 − σ) with a = z σ."""
        self._sigmoid(z, out)
        out += a * (1.0 - out)


class Softplus(Activation):
    """f(z) = log(1 + exp z). Dugas et al., 2001."""

    name = "softplus"
    label = mark("softplus")
    help = mark("A ReLU without a corner, always above 0")
    can_die = True

    def apply(self, z: Array, out: Array) -> None:
        """log(1 + exp z)."""
        self._softplus(z, out)

    def derivative(self, z: Array, a: Array, out: Array) -> None:
        """σ(z)."""
        self._sigmoid(z, out)


class Mish(Activation):
    """f(z) = z tanh(softplus z), with softplus z = log(1 + exp z). Misra, 2019."""

    name = "mish"
    label = mark("Mish")
    help = mark("A smooth ReLU like SiLU that dips a little deeper below 0")
    can_die = True

    def apply(self, z: Array, out: Array) -> None:
        """z tanh(softplus z)."""
        self._softplus(z, out)
        np.tanh(out, out)
        np.multiply(out, z, out)

    def derivative(self, z: Array, a: Array, out: Array) -> None:
        """t + z (1 − t²) σ(z) with t = tanh(softplus z), and softplus' own slope σ(z) = 1 − exp(−softplus z)."""
        self._softplus(z, out)
        t = np.tanh(out)
        np.negative(out, out)
        np.expm1(out, out)  # −σ
        out *= z * (t * t - 1.0)
        out += t


class Gaussian(Activation):
    """f(z) = exp(−z²): a unit responds to a band of the plane, and to nothing far from it on either side."""

    name = "gaussian"
    label = mark("Gaussian")
    help = mark("A bump: high where the sum is near 0, and nothing far from it on either side")
    limits = (0.0, 1.0)
    can_die = True  # on both sides; near 1, at z = 0, it is at its top and not saturated, hence no bounds

    def apply(self, z: Array, out: Array) -> None:
        """exp(−z²)."""
        np.abs(z, out)
        np.minimum(out, GAUSSIAN_REACH, out=out)  # so that z² can't overflow
        np.multiply(out, out, out)
        np.negative(out, out)
        np.exp(out, out)

    def derivative(self, z: Array, a: Array, out: Array) -> None:
        """−2 z a; a first, which is 0 where z is so large that 2 z overflows."""
        np.multiply(z, a, out)
        np.multiply(out, -2.0, out)


class StepFunction(Activation):
    """f(z) = 1 for z > 0, else 0. McCulloch & Pitts, 1943; Rosenblatt's perceptron, 1958.

    It can't be trained by gradients: it is flat but for its jump, so its derivative is 0. No gradient comes through
    to the layer's own weights or to those before it: without a penalty they stay as they were drawn, however wrong
    the outputs are, and only the layers behind it learn.
    """

    name = "step"
    label = mark("step")
    help = mark("0 or 1 with a jump between; flat, so that no gradient comes through it")
    kink = 0.0
    limits = (0.0, 1.0)
    bounds = (0.0, 1.0)  # always at one of them; no unit dies, as none is ever reached by a gradient

    def apply(self, z: Array, out: Array) -> None:
        """1 where z > 0, else 0."""
        np.greater(z, self.zero, out)

    def derivative(self, z: Array, a: Array, out: Array) -> None:
        """0 everywhere; also at the jump, where there is no slope."""
        out.fill(0.0)


class Sine(Activation):
    """f(z) = sin z. Sitzmann et al., 2020."""

    name = "sine"
    label = mark("sine")
    help = mark("A wave: it rises and falls again and again, so that patterns that repeat are learnt soon")
    limits = (-1.0, 1.0)

    def apply(self, z: Array, out: Array) -> None:
        """sin z."""
        np.sin(z, out)

    def derivative(self, z: Array, a: Array, out: Array) -> None:
        """cos z."""
        np.cos(z, out)


ACTIVATIONS: dict[str, type[Activation]] = {
    kind.name: kind
    for kind in (
        Identity, Sigmoid, Tanh, Relu, LeakyRelu, Elu, Gelu, Silu, Softplus, Sine, Mish, Gaussian, StepFunction,
    )
}  # fmt: skip
"""Every activation by its name."""
