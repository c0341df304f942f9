"""The activations and their slopes as functions of one number, computed by the code that training runs."""

import math

import numpy as np

from nnplay.nn.activations import ACTIVATIONS
from nnplay.training.arithmetic.expression import Call, Expression, Negative, Number, Power, Product, Sum

ONE, TWO = Number(1, exact=True), Number(2, exact=True)

NAMES = {
    "sigmoid": "σ", "leaky_relu": "lrelu", "sine": "sin", "gaussian": "gauss", "identity": "id",
}  # fmt: skip
"""What an activation is called in a formula, where that isn't its name."""


def activation_call(name: str, z: Number) -> Expression:
    """f(z); of the identity z itself."""
    return z if name == "identity" else Call(function_name(name), (z,), lambda value: activation_value(name, value))


def derivative_formula(name: str, z: Number, a: Number) -> Expression:
    """f′(z) as it is computed by hand from z and a = f(z); where that is long or has a corner, f′ of the number."""
    match name:
        case "sigmoid":
            return Product((a, _less_than_one(a)))
        case "tanh":
            return _less_than_one(Power(a, TWO))
        case "silu":
            sigmoid = activation_call("sigmoid", z)
            return Sum((sigmoid, Product((a, _less_than_one(sigmoid)))))
        case "softplus":
            return activation_call("sigmoid", z)
        case "sine":
            return Call("cos", (z,), math.cos)
        case "gaussian":
            return Negative(Product((TWO, z, a)))
        case "elu" if z.number <= 0:
            return Call("exp", (z,), math.exp)
    return Call(f"{function_name(name)}′", (z,), lambda value: derivative_value(name, value))


def _less_than_one(node: Expression) -> Sum:
    return Sum((ONE, Negative(node)))


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
