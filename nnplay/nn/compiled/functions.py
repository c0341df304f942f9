"""exp and what is made of it, as a compiler can compute for several numbers at once, to the last digits of a float."""

import math

from nnplay.nn.compiled.jit import bits_of, exact, float_of

LOG2_E = 1.4426950408889634
LN2 = math.log(2.0)
LN2_HIGH, LN2_LOW = 0.6931471803691238, 1.9082149292705877e-10
"""ln 2 = their sum; the high part times a power of two that a float has is exact."""
ROUNDER = 1.5 * 2.0**52
"""Added to a small number and subtracted again it leaves a whole number, which is in the last bits of the sum."""
LEAST, MOST = -708.0, 709.0
"""Beyond them exp is no longer a usual float."""
C2, C3, C4, C5, C6, C7, C8, C9, C10, C11, C12, C13 = (1.0 / math.factorial(n) for n in range(2, 14))
ODD_1, ODD_2, ODD_3, ODD_4, ODD_5, ODD_6, ODD_7, ODD_8, ODD_9, ODD_10 = (1.0 / (2 * n + 1) for n in range(1, 11))


@exact
def exp_parts(x):
    """2ᵏ and exp(r) − 1 with x = k ln 2 + r, |r| ≤ ½ ln 2: exp x = 2ᵏ + 2ᵏ (exp(r) − 1). NaN stays NaN."""
    x = MOST if x > MOST else x
    x = LEAST if x < LEAST else x
    shifted = x * LOG2_E + ROUNDER
    k = shifted - ROUNDER
    r = (x - k * LN2_HIGH) - k * LN2_LOW
    power = float_of((bits_of(shifted) << 52) + (1023 << 52))
    tail = C8 + r * (C9 + r * (C10 + r * (C11 + r * (C12 + r * C13))))
    tail = C2 + r * (C3 + r * (C4 + r * (C5 + r * (C6 + r * (C7 + r * tail)))))
    return power, r + r * r * tail


@exact
def exp(x):
    """Exp x, of x from −708 to 709."""
    power, rest = exp_parts(x)
    return power + power * rest


@exact
def expm1(x):
    """Exp x − 1, with its digits near 0."""
    power, rest = exp_parts(x)
    return power * rest + (power - 1.0)


@exact
def sigmoid(z):
    """1 / (1 + exp(−z))."""
    return 1.0 / (1.0 + exp(-z))


@exact
def tanh(z):
    """−m / (2 + m) with m = exp(−2|z|) − 1, and the sign of z."""
    m = expm1(-2.0 * abs(z))
    t = -m / (2.0 + m)
    return -t if z < 0.0 else t


@exact
def log1p(x):
    """log(1 + x) of x from 0 to 1: 2 artanh s with s = x / (2 + x), from √2 on of (1 + x) / 2, which is nearer to 1."""
    is_far = x > 0.4142135623730951
    s = (x - 1.0 if is_far else x) / (3.0 + x if is_far else 2.0 + x)
    q = s * s
    tail = ODD_5 + q * (ODD_6 + q * (ODD_7 + q * (ODD_8 + q * (ODD_9 + q * ODD_10))))
    tail = 1.0 + q * (ODD_1 + q * (ODD_2 + q * (ODD_3 + q * (ODD_4 + q * tail))))
    return 2.0 * s * tail + (LN2 if is_far else 0.0)


@exact
def softplus(z):
    """log(1 + exp z) as max(z, 0) + log(1 + exp(−|z|))."""
    return (0.0 if z < 0.0 else z) + log1p(exp(-abs(z)))
