"""The kernel: steps of training one after the other, each the one of `NeuralNetwork.train_step`."""

import math

from nnplay.nn.compiled import places as p
from nnplay.nn.compiled.activations import activate
from nnplay.nn.compiled.jit import at, glue, kernel, put
from nnplay.nn.compiled.layers import (
    dense_backward,
    dense_forward,
    dense_gradient,
    norm_backward,
    norm_forward,
    remember,
)
from nnplay.nn.compiled.losses import measure
from nnplay.nn.compiled.random import draw_mask, shuffle
from nnplay.nn.compiled.updates import add_penalty, clip, compute_update, squared_norm, subtract


@kernel
def train(net, memory, work, rows, sources, samples, run, numbers, rates, progress, totals, losses):
    """Train batch after batch, until so many steps or epochs are done, or something is to be looked at.

    Parameters
    ----------
    net
        The parameters, their gradient, the running statistics, and which units are on: 1 or 0, all layers' in a row.
    memory
        The optimiser's two memories and its update, (P,) each; (0,) where it has none.
    work, rows
        The work array and where what lies, see `places.Layout`.
    sources
        Where x and the weights lie in the work array, and the addresses of the random numbers.
    samples
        (N, I), (N, O), and (N,) how much each counts; and (N,) their order.
    run, numbers
        What to do, see `places`.
    rates
        (1,) the learning rate, or (E,) that of the epoch under way and of those that follow.
    progress, totals
        See `places`.
    losses
        (E,) gets the sum of the losses of each epoch that ends.
    """
    X, order = samples[0], samples[3]
    position, epoch, steps = progress[p.POSITION], 0, 0
    progress[p.END] = p.WHOLE
    while steps < run[p.MOST_STEPS] and epoch < run[p.MOST_EPOCHS]:
        if position == 0:
            totals[p.LOSS_SUM] = 0.0
            if run[p.IS_SHUFFLED]:
                shuffle(order, sources)
        is_last = position >= run[p.LAST_BATCH]
        stop = X.shape[0] if is_last else position + run[p.BATCH_SIZE]
        _gather(work, sources, rows, samples, run, position, stop)
        rate = rates[min(epoch, rates.size - 1)]
        end = _step(net, memory, work, rows, sources, run, numbers, rate, progress, totals, stop - position)
        if end != p.WHOLE:
            progress[p.END] = end
            break
        totals[p.LOSS_SUM] += totals[p.LAST_LOSS]
        steps += 1
        position = 0 if is_last else stop
        if is_last:
            losses[epoch] = totals[p.LOSS_SUM]
            epoch += 1
            if totals[p.LOSS_SUM] > numbers[p.MOST_LOSSES]:
                break
    progress[p.POSITION], progress[p.STEPS], progress[p.EPOCHS] = position, steps, epoch


@glue
def _gather(work, sources, rows, samples, run, start, stop):
    """Bring a batch to where the layers take it, units first."""
    X, Y, weights, order = samples
    n, x, counts, targets = stop - start, sources[0], sources[1], rows[-1, p.TARGETS]
    for k in range(n):
        sample = order[start + k] if run[p.IS_SHUFFLED] else start + k
        for i in range(X.shape[1]):
            put(work, x + i * n + k, X[sample, i])
        for j in range(Y.shape[1]):
            put(work, targets + j * n + k, Y[sample, j])
        if run[p.IS_WEIGHTED]:
            put(work, counts + k, weights[sample])


@glue
def _step(net, memory, work, rows, sources, run, numbers, rate, progress, totals, n):
    """One update on the batch that was gathered; why no other can follow."""
    values, gradient, statistics, enabled = net
    first, second, update = memory
    _forward(values, enabled, work, rows, sources, numbers[p.DROPOUT], n)
    loss = _measure(work, rows, sources, run, n)
    totals[p.LAST_LOSS] = float(values.dtype.type(loss))
    _backward(values, gradient, work, rows, sources, numbers[p.DROPOUT], n)
    if numbers[p.L1] or numbers[p.L2]:
        for row in range(rows.shape[0]):
            count = rows[row, p.INPUTS] * rows[row, p.UNITS]
            add_penalty(values, gradient, rows[row, p.WEIGHTS], count, numbers[p.L1], numbers[p.L2])
    if run[p.IS_CLIPPED]:
        totals[p.NORM] = clip(gradient, numbers[p.CLIP_NORM])
    if not math.isfinite(totals[p.LAST_LOSS]):
        return p.LOSS_DIVERGED
    progress[p.UPDATES] += 1
    own = numbers[p.HYPERPARAMETERS :]
    compute_update(run[p.OPTIMIZER], values, gradient, first, second, update, rate, own, progress[p.UPDATES])
    if not math.isfinite(squared_norm(update)):
        return p.UPDATE_DIVERGED
    subtract(values, update)
    if run[p.BATCH_NORM]:
        for row in range(rows.shape[0] - 1):
            mean, variance, moments = rows[row, p.MEAN], rows[row, p.VARIANCE], rows[row, p.MOMENTS]
            remember(statistics, mean, variance, work, moments, rows[row, p.UNITS], n)
    return p.WHOLE


@glue
def _measure(work, rows, sources, run, n):
    """The loss, and the delta of the last layer."""
    z, delta, units = rows[-1, p.Z], rows[-1, p.DELTA], rows[-1, p.UNITS]
    weights = sources[1] if run[p.IS_WEIGHTED] else -1
    return measure(run[p.LOSS], work, z, rows[-1, p.TARGETS], delta, rows[-1, p.SCRATCH], weights, units, n)


@glue
def _is_masked(rows, row, dropout):
    return dropout > 0.0 or rows[row, p.HAS_DISABLED]


@glue
def _inputs_of(rows, row, sources, dropout):
    """Where the layer's inputs are: x, or what the layer before gives out."""
    if row == 0:
        return sources[0]
    return rows[row - 1, p.MASKED] if _is_masked(rows, row - 1, dropout) else rows[row - 1, p.A]


@glue
def _forward(values, enabled, work, rows, sources, dropout, n):
    """From x to the logits."""
    for row in range(rows.shape[0]):
        x, units, z = _inputs_of(rows, row, sources, dropout), rows[row, p.UNITS], rows[row, p.Z]
        dense_forward(values, rows[row, p.WEIGHTS], work, x, z, rows[row, p.INPUTS], units, n)
        if row == rows.shape[0] - 1:
            break
        taken, a = rows[row, p.TAKEN], rows[row, p.A]
        if taken != z:
            norm_forward(
                values, rows[row, p.GAMMA], units, work, z, rows[row, p.NORMALIZED], taken, rows[row, p.MOMENTS], n
            )
        activate(rows[row, p.ACTIVATION], work, taken, a, rows[row, p.SLOPE], units * n)
        if _is_masked(rows, row, dropout):
            _mask(enabled, work, rows, row, sources, dropout, n)


@glue
def _mask(enabled, work, rows, row, sources, dropout, n):
    """Dropout, and the units that are switched off."""
    units, mask, first = rows[row, p.UNITS], rows[row, p.MASK], rows[row, p.ENABLED]
    if dropout > 0.0:
        draw_mask(work, mask, dropout, units, n, sources)
    for j in range(units):
        for k in range(n):
            place = j * n + k
            kept = at(enabled, first + j) * (at(work, mask + place) if dropout > 0.0 else 1.0)
            put(work, mask + place, kept)
            put(work, rows[row, p.MASKED] + place, at(work, rows[row, p.A] + place) * kept)


@glue
def _backward(values, gradient, work, rows, sources, dropout, n):
    """From the delta of the last layer to the gradient."""
    for row in range(rows.shape[0] - 1, -1, -1):
        x, inputs, units, delta = (
            _inputs_of(rows, row, sources, dropout),
            rows[row, p.INPUTS],
            rows[row, p.UNITS],
            rows[row, p.DELTA],
        )
        if row < rows.shape[0] - 1:
            _activation_backward(work, rows, row, dropout, units * n)
            if rows[row, p.TAKEN_DELTA] != delta:
                y_delta, moments = rows[row, p.TAKEN_DELTA], rows[row, p.MOMENTS]
                gamma, normalized = rows[row, p.GAMMA], rows[row, p.NORMALIZED]
                norm_backward(values, gradient, gamma, units, work, normalized, y_delta, moments, delta, n)
        dense_gradient(gradient, rows[row, p.WEIGHTS], work, x, delta, inputs, units, n)
        if row > 0:
            dense_backward(values, rows[row, p.WEIGHTS], work, delta, rows[row - 1, p.A_GRADIENT], inputs, units, n)


@glue
def _activation_backward(work, rows, row, dropout, count):
    """δ = ∂L/∂a f', where ∂L/∂a went through the mask."""
    a_gradient, slope, delta, mask = (
        rows[row, p.A_GRADIENT],
        rows[row, p.SLOPE],
        rows[row, p.TAKEN_DELTA],
        rows[row, p.MASK],
    )
    if _is_masked(rows, row, dropout):
        mask = rows[row, p.MASK]
        for k in range(count):
            put(work, a_gradient + k, at(work, a_gradient + k) * at(work, mask + k))
    for k in range(count):
        put(work, delta + k, at(work, a_gradient + k) * at(work, slope + k))
