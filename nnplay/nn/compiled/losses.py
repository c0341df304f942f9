"""The losses on a batch, by their numbers: the formulas are those of `nnplay.nn.losses`."""

import math

from nnplay.nn.compiled.functions import exp, log1p, sigmoid
from nnplay.nn.compiled.jit import at, glue, part, put
from nnplay.nn.compiled.known import LOSSES

BINARY, CATEGORICAL, SQUARED, SIGMOID_SQUARED, SOFTMAX_SQUARED = LOSSES.values()


@part
def measure(kind, work, z, targets, delta, row, weights, outputs, n):
    """The loss on a batch of n samples, and ∂L/∂z at place `delta`.

    Parameters
    ----------
    work
        Has the logits, targets and deltas at the places `z`, `targets` and `delta`, (O, n) each.
    row
        The place of scratch (2 n,) in it.
    weights
        The place of the samples' weights (n,) in `work`, or −1 where all count the same.
    """
    share = 1.0 / n if kind == CATEGORICAL else 1.0 / (n * outputs)
    if kind in (CATEGORICAL, SOFTMAX_SQUARED):
        _softmax(work, z, delta, row, outputs, n)
    loss = 0.0
    if kind == BINARY:
        loss = _binary(work, z, targets, delta, weights, share, outputs, n)
    elif kind == CATEGORICAL:
        loss = _categorical(work, z, targets, delta, row, weights, share, outputs, n)
    elif kind == SOFTMAX_SQUARED:
        loss = _softmax_squared(work, targets, delta, weights, share, outputs, n)
    else:
        loss = _squared(kind == SIGMOID_SQUARED, work, z, targets, delta, weights, share, outputs, n)
    return loss


@part
def _weight(work, weights, k, share):
    """What a term of sample k counts in the mean."""
    return share * at(work, weights + k) if weights >= 0 else share


@glue
def _binary(work, z, targets, delta, weights, share, outputs, n):
    loss = 0.0
    for j in range(outputs):
        for k in range(n):
            logit, target = float(at(work, z + j * n + k)), float(at(work, targets + j * n + k))
            sign = 1.0 - 2.0 * target
            sure = sign * sign == 1.0
            t = sign * logit if sure else logit
            e = exp(-abs(t))
            term = (0.0 if t < 0.0 else t) + log1p(e)
            p = (e if t < 0.0 else 1.0) / (1.0 + e)
            counts = _weight(work, weights, k, share)
            loss += counts * (term if sure else term - target * logit)
            put(work, delta + j * n + k, counts * (sign * p if sure else p - target))
    return loss


@glue
def _squared(squashed, work, z, targets, delta, weights, share, outputs, n):
    loss = 0.0
    for j in range(outputs):
        for k in range(n):
            logit, target = at(work, z + j * n + k), at(work, targets + j * n + k)
            counts = _weight(work, weights, k, share)
            if squashed:
                p = sigmoid(logit)
                error = p - target
                loss += counts * (0.5 * error * error)
                put(work, delta + j * n + k, counts * (error * p * sigmoid(-logit)))
            else:
                error = logit - target
                loss += counts * (error * error)
                put(work, delta + j * n + k, counts * (error + error))
    return loss


@glue
def _softmax(work, z, out, row, outputs, n):
    """Write softmax(z) at `out`, and at `row` each sample's largest z, then its log Σ exp(z − max z)."""
    for k in range(n):
        put(work, row + k, at(work, z + k))
    for j in range(1, outputs):
        for k in range(n):
            highest, logit = at(work, row + k), at(work, z + j * n + k)
            put(work, row + k, logit if logit > highest else highest)
    for j in range(outputs):
        for k in range(n):
            put(work, out + j * n + k, exp(at(work, z + j * n + k) - at(work, row + k)))
    for k in range(n):
        total = 0.0
        for j in range(outputs):
            total += at(work, out + j * n + k)
        for j in range(outputs):
            put(work, out + j * n + k, at(work, out + j * n + k) / total)
        put(work, row + n + k, math.log(total))


@glue
def _categorical(work, z, targets, delta, row, weights, share, outputs, n):
    loss = 0.0
    for j in range(outputs):
        for k in range(n):
            target, counts = at(work, targets + j * n + k), _weight(work, weights, k, share)
            below = at(work, z + j * n + k) - at(work, row + k)
            loss += counts * (target * (at(work, row + n + k) - below))
            put(work, delta + j * n + k, counts * (at(work, delta + j * n + k) - target))
    return loss


@glue
def _softmax_squared(work, targets, delta, weights, share, outputs, n):
    loss = 0.0
    for k in range(n):
        counts = _weight(work, weights, k, share)
        mean = 0.0
        for j in range(outputs):
            p = at(work, delta + j * n + k)
            mean += p * (p - at(work, targets + j * n + k))
        for j in range(outputs):
            p = at(work, delta + j * n + k)
            error = p - at(work, targets + j * n + k)
            loss += counts * (0.5 * error * error)
            put(work, delta + j * n + k, counts * (p * (error - mean)))
    return loss
