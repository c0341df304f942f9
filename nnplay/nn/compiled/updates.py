"""From the gradient to the step: penalties, clipping, the optimisers by their numbers, and what tells a divergence."""

import math

from nnplay.nn.compiled.jit import at, glue, part, put
from nnplay.nn.compiled.known import OPTIMIZERS
from nnplay.nn.compiled.places import HYPERPARAMETERS

SGD, MOMENTUM, NESTEROV, ADAGRAD, RMSPROP, ADAM, ADAMW = OPTIMIZERS.values()


@part
def add_penalty(values, gradient, first, count, l1, l2):
    """Add λ₂ w + λ₁ sign(w) for the weights of one layer."""
    for p in range(first, first + count):
        w = at(values, p)
        sign = 1.0 if w > 0.0 else -1.0 if w < 0.0 else 0.0
        put(gradient, p, at(gradient, p) + l2 * w + l1 * sign)


@glue
def clip(gradient, limit):
    """g ← g · limit / ‖g‖ where ‖g‖ is above the limit; the norm before."""
    square = squared_norm(gradient)
    norm = math.sqrt(square)
    factor = gradient.dtype.type(limit / (limit if norm < limit else norm))
    for p in range(gradient.size):
        put(gradient, p, at(gradient, p) * factor)
    return norm


@part
def squared_norm(vector):
    """‖v‖², which is infinite where it is beyond the numbers of this precision."""
    total = 0.0
    for p in range(vector.size):
        x = at(vector, p)
        total += x * x
    return float(vector.dtype.type(total))


@part
def compute_update(kind, values, gradient, first, second, update, rate, numbers, step):
    """Write what the optimiser subtracts in its update number `step`, from 1; `first`, `second` are its memory."""
    momentum, rho, epsilon = numbers[HYPERPARAMETERS], numbers[HYPERPARAMETERS + 1], numbers[HYPERPARAMETERS + 2]
    size = gradient.size
    if kind == SGD:
        for p in range(size):
            put(update, p, rate * at(gradient, p))
    elif kind in (MOMENTUM, NESTEROV):
        for p in range(size):
            g = at(gradient, p)
            v = momentum * at(first, p) + g
            put(first, p, v)
            put(update, p, rate * (momentum * v + g if kind == NESTEROV else v))
    elif kind in (ADAGRAD, RMSPROP):
        keep, take = (1.0, 1.0) if kind == ADAGRAD else (rho, 1.0 - rho)
        for p in range(size):
            g = at(gradient, p)
            put(first, p, keep * at(first, p) + take * (g * g))
            put(update, p, rate * g / (math.sqrt(at(first, p)) + epsilon))
    else:
        _adam(
            values,
            gradient,
            first,
            second,
            update,
            rate,
            numbers,
            step,
            numbers[HYPERPARAMETERS + 5] if kind == ADAMW else 0.0,
        )


@glue
def _adam(values, gradient, first, second, update, rate, numbers, step, decay):
    epsilon, beta_1 = numbers[HYPERPARAMETERS + 2], numbers[HYPERPARAMETERS + 3]
    beta_2 = numbers[HYPERPARAMETERS + 4]
    correction = math.sqrt(1.0 - beta_2**step)
    corrected_rate, corrected_epsilon = rate * (correction / (1.0 - beta_1**step)), correction * epsilon
    for p in range(gradient.size):
        g = at(gradient, p)
        m = beta_1 * at(first, p) + (1.0 - beta_1) * g
        v = beta_2 * at(second, p) + (1.0 - beta_2) * (g * g)
        put(first, p, m)
        put(second, p, v)
        put(update, p, m / (math.sqrt(v) + corrected_epsilon) * corrected_rate + rate * decay * at(values, p))


@part
def subtract(values, update):
    """w ← w − u."""
    for p in range(values.size):
        put(values, p, at(values, p) - at(update, p))
