"""The activations and their slopes as functions of one number, computed by the code that training runs."""

import numpy as np

from nnplay.nn.activations import ACTIVATIONS
from nnplay.training.arithmetic.expression import Call, Expression, Number

NAMES = {
    "sigmoid": "σ", "leaky_relu": "lrelu", "sine": "sin", "gaussian": "gauss", "identity": "id",
}  # fmt: skip
"""What an activation is called in a formula, where that isn't its name."""


def activation_call(name: str, z: Number) -> Expression:
    """f(z); of the identity z itself."""
    return z if name == "identity" else Call(function_name(name), (z,), lambda value: activation_value(name, value))


def derivative_call(name: str, z: Number) -> Call:
    """f′(z)."""
    return Call(f"{function_name(name)}′", (z,), lambda value: derivative_value(name, value))


def function_name(name: str) -> str:
    """What the activation is called in a formula: σ, relu, tanh."""
    return NAMES.get(name, name)


def activation_value(name: str, z: float) -> float:
    """f(z) in double precision."""
    out = np.empty(1)
    with np.errstate(all="ignore"):
        ACTIVATIONS[name]().apply(np.array([z]), out)
    return float(out[0])


def derivative_value(name: str, z: float) -> float:
    """f′(z) in double precision."""
    inputs, a, out = np.array([z]), np.empty(1), np.empty(1)
    activation = ACTIVATIONS[name]()
    with np.errstate(all="ignore"):
        activation.apply(inputs, a)
        activation.derivative(inputs, a, out)
    return float(out[0])
