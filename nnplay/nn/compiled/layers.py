"""Dense layers and batch norm on one batch, forward and back: the formulas are those of `layers` and `batch_norm`.

Each array lies with its units first, (U, n): then the samples of a unit are neighbours, and a product goes through
them several at once, however few units a layer has.
"""

import math

import numpy as np

from nnplay.nn.batch_norm import EPSILON, RUNNING_MOMENTUM
from nnplay.nn.compiled.jit import at, glue, part, put

MANY = 32
"""Samples from which on a row is long."""


@part
def weigh_rows(values, first, step, start, work, x, out, rows, n):
    """out (n,) = start + Σ wᵢ xᵢ over rows xᵢ (n,), with wᵢ at `first` and every `step` behind it.

    Four samples at once, whose sums stay in the processor's registers.
    """
    k = 0
    while k + 4 <= n:
        a = b = c = d = start
        for i in range(rows):
            w, place = at(values, first + i * step), x + i * n + k
            a += w * at(work, place)
            b += w * at(work, place + 1)
            c += w * at(work, place + 2)
            d += w * at(work, place + 3)
        put(work, out + k, a)
        put(work, out + k + 1, b)
        put(work, out + k + 2, c)
        put(work, out + k + 3, d)
        k += 4
    while k < n:
        a = start
        for i in range(rows):
            a += at(values, first + i * step) * at(work, x + i * n + k)
        put(work, out + k, a)
        k += 1


@part
def weigh_long_rows(values, first, step, start, work, x, out, rows, n):
    """The same for rows of many samples, row after row, four of which go together."""
    for k in range(n):
        put(work, out + k, start)
    i = 0
    while i + 4 <= rows:
        place, row = first + i * step, x + i * n
        a, b, c, d = (
            at(values, place),
            at(values, place + step),
            at(values, place + 2 * step),
            at(values, place + 3 * step),
        )
        for k in range(row, row + n):
            four = a * at(work, k) + b * at(work, k + n)
            four += c * at(work, k + 2 * n) + d * at(work, k + 3 * n)
            put(work, out + k - row, at(work, out + k - row) + four)
        i += 4
    while i < rows:
        a, row = at(values, first + i * step), x + i * n
        for k in range(n):
            put(work, out + k, at(work, out + k) + a * at(work, row + k))
        i += 1


@part
def dense_forward(values, weights, work, x, z, inputs, outputs, n):
    """Z = Wᵀ X + b."""
    for j in range(outputs):
        bias = at(values, weights + inputs * outputs + j)
        if n < MANY:
            weigh_rows(values, weights + j, outputs, bias, work, x, z + j * n, inputs, n)
        else:
            weigh_long_rows(values, weights + j, outputs, bias, work, x, z + j * n, inputs, n)


@part
def dense_backward(values, weights, work, delta, out, inputs, outputs, n):
    """∂L/∂X = W δ."""
    zero, one = values.dtype.type(0.0), np.int64(1)  # a 1 as it is written would be a type of its own
    for i in range(inputs):
        if n < MANY:
            weigh_rows(values, weights + i * outputs, one, zero, work, delta, out + i * n, outputs, n)
        else:
            weigh_long_rows(values, weights + i * outputs, one, zero, work, delta, out + i * n, outputs, n)


@glue
def dense_gradient(gradient, weights, work, x, delta, inputs, outputs, n):
    """∂L/∂W = X δᵀ, and ∂L/∂b = Σ δ behind it."""
    for j in range(outputs):
        row, total = delta + j * n, at(work, delta + j * n)
        for k in range(1, n):
            total += at(work, row + k)
        put(gradient, weights + inputs * outputs + j, total)
        for i in range(inputs):
            other = x + i * n
            total = at(work, other) * at(work, row)
            for k in range(1, n):
                total += at(work, other + k) * at(work, row + k)
            put(gradient, weights + i * outputs + j, total)


@glue
def norm_forward(values, gamma, units, work, z, normalized, y, moments, n):
    """y = γ x̂ + β with x̂ = (z − mean) / √(variance + ε); mean, variance and 1 / √… (U,) each go to `moments`."""
    for j in range(units):
        row = j * n
        mean = 0.0
        for k in range(n):
            mean += at(work, z + row + k)
        mean /= n
        variance = 0.0
        for k in range(n):
            distance = at(work, z + row + k) - mean
            variance += distance * distance
        variance /= n
        inverse = 1.0 / math.sqrt(variance + EPSILON)
        put(work, moments + j, mean)
        put(work, moments + units + j, variance)
        put(work, moments + 2 * units + j, inverse)
        scale, shift = at(values, gamma + j), at(values, gamma + units + j)
        for k in range(n):
            x = (at(work, z + row + k) - mean) * inverse
            put(work, normalized + row + k, x)
            put(work, y + row + k, x * scale + shift)


@glue
def norm_backward(values, gradient, gamma, units, work, normalized, y_delta, moments, delta, n):
    """∂L/∂γ = Σ x̂ ∂L/∂y, ∂L/∂β = Σ ∂L/∂y and ∂L/∂z = γ / √… · (∂L/∂y − 1/n ∂L/∂β − x̂ 1/n ∂L/∂γ)."""
    for j in range(units):
        row = j * n
        of_gamma = of_beta = 0.0
        for k in range(n):
            d = at(work, y_delta + row + k)
            of_gamma += d * at(work, normalized + row + k)
            of_beta += d
        put(gradient, gamma + j, of_gamma)
        put(gradient, gamma + units + j, of_beta)
        scale = at(values, gamma + j) * at(work, moments + 2 * units + j)
        for k in range(n):
            common = (at(work, normalized + row + k) * of_gamma + of_beta) / n
            put(work, delta + row + k, (at(work, y_delta + row + k) - common) * scale)


@part
def remember(statistics, mean, variance, work, moments, units, n):
    """Running ← 0.9 running + 0.1 batch's, of the means and the unbiased variances, where that is finite."""
    unbiased = n / max(n - 1, 1)
    for j in range(units):
        step = RUNNING_MOMENTUM * (at(work, moments + j) - at(statistics, mean + j))
        if math.isfinite(step):
            put(statistics, mean + j, at(statistics, mean + j) + step)
        step = RUNNING_MOMENTUM * (unbiased * at(work, moments + units + j) - at(statistics, variance + j))
        if math.isfinite(step):
            put(statistics, variance + j, at(statistics, variance + j) + step)
