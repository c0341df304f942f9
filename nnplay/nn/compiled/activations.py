"""f(z) and f'(z) of a layer, by the numbers of the activations: the formulas are those of `nnplay.nn.activations`."""

import math

from nnplay.nn.activations import GAUSSIAN_REACH, GELU_CUBIC, GELU_SCALE, LEAKY_SLOPE
from nnplay.nn.compiled.functions import exp, exp_parts, sigmoid, softplus, tanh
from nnplay.nn.compiled.jit import at, glue, put
from nnplay.nn.compiled.known import ACTIVATIONS

IDENTITY, SIGMOID, TANH, RELU, LEAKY_RELU, ELU, GELU, SILU, SOFTPLUS, SINE, MISH, GAUSSIAN, STEP = ACTIVATIONS.values()
MISH_REACH = 40.0
"""exp of it is so large that tanh(softplus z) is 1."""
STEEPEST = 1e9
"""See `Gelu.derivative`."""


@glue
def activate(kind, work, z, a, slope, count):
    """From z at place `z` to f(z) at `a` and f'(z) at `slope`, each `count` numbers long."""
    if kind == TANH:
        for k in range(count):
            t = tanh(at(work, z + k))
            put(work, a + k, t)
            put(work, slope + k, 1.0 - t * t)
    elif kind == SIGMOID:
        for k in range(count):
            s = sigmoid(at(work, z + k))
            put(work, a + k, s)
            put(work, slope + k, s * (1.0 - s))
    elif kind <= LEAKY_RELU or kind == STEP:
        _straight(kind, work, z, a, slope, count)
    else:
        _curved(kind, work, z, a, slope, count)


@glue
def _straight(kind, work, z, a, slope, count):
    """Those of two straight lines: values below and above 0, and slopes."""
    steep = 0.0 if kind == STEP else 1.0
    flat = 1.0 if kind == IDENTITY else LEAKY_SLOPE if kind == LEAKY_RELU else 0.0
    for k in range(count):
        x = at(work, z + k)
        if kind == STEP:
            put(work, a + k, 1.0 if x > 0.0 else 0.0)
        else:
            low = 0.0 if flat == 0.0 else flat * x  # 0 · ∞ would be no number
            put(work, a + k, low if x < 0.0 else x)
        put(work, slope + k, steep if x > 0.0 else flat)


@glue
def _curved(kind, work, z, a, slope, count):
    for k in range(count):
        x = float(at(work, z + k))
        if kind == ELU:
            power, rest = exp_parts(x)
            value = x if x > 0.0 else power * rest + (power - 1.0)
            steep = 1.0 if x > 0.0 else power + power * rest
        elif kind == GELU:
            t = tanh(GELU_SCALE * ((1.0 + GELU_CUBIC * x * x) * x))
            bend = GELU_SCALE * (1.0 + 3.0 * GELU_CUBIC * x * x)
            value = 0.5 * (x * (1.0 + t))
            steep = 0.5 * (1.0 + t + x * (1.0 - t * t) * (STEEPEST if bend > STEEPEST else bend))
        elif kind == SILU:
            s = sigmoid(x)
            value = x * s
            steep = s + value * (1.0 - s)
        elif kind == SOFTPLUS:
            value, steep = softplus(x), sigmoid(x)
        elif kind == SINE:
            value, steep = math.sin(x), math.cos(x)
        elif kind == MISH:
            e = exp(MISH_REACH if x > MISH_REACH else x)
            m = e * (e + 2.0)
            t = m / (m + 2.0)
            value = x * t
            steep = t + x * (1.0 - t * t) * (e / (1.0 + e))
        else:
            reach = abs(x)
            reach = GAUSSIAN_REACH if reach > GAUSSIAN_REACH else reach
            value = exp(-reach * reach)
            steep = x * value * -2.0
        put(work, a + k, value)
        put(work, slope + k, steep)
