"""The kernel: steps of training one after the other, each the one of `NeuralNetwork.train_step`."""

import math

from numba import types

from nnplay.nn.compiled import places as p
from nnplay.nn.compiled.activations import activate
from nnplay.nn.compiled.jit import at, glue, kernel, part, put
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
def train(first, stop, net, memory, work, rows, sources, samples, run, numbers, rates, progress, totals, losses):
    """Train some networks of a stack of K, which is one where there is no stack, each for itself.

    Parameters
    ----------
    first, stop
        Which of the K networks.
    net
        The parameters (K, P), their gradient (K, P), the running statistics (K, S), and which units are on: 1 or 0, all
        layers' in a row.
    memory
        The optimiser's two memories and its update, (K, P) each; (K, 0) where it has none.
    work, rows
        The work array, and where what lies in it for each dense layer: the rows of `places.WorkLayout` in a row.
    sources
        Where x and the weights lie in the work array, and the addresses of the random numbers.
    samples
        (N, I), (N, O), and (N,) how much each counts; and (N,) their order.
    run, numbers
        What to do, see `places`.
    rates
        (K, 1) the learning rate, or (K, E) that of the epoch under way and of those that follow.
    progress, totals
        (K, …), see `places`; a network whose end isn't `places.WHOLE` stands still.
    losses
        (K, E) gets the sum of the losses of each epoch that ends.
    """
    values, gradients, statistics, enabled = net
    one, two, updates = memory
    for k in range(first, stop):
        if progress[k, p.END] == p.WHOLE:
            own_net = values[k], gradients[k], statistics[k], enabled
            own_memory = one[k], two[k], updates[k]
            _train(
                own_net, own_memory, work, rows, sources, samples, run, numbers, rates[k], progress[k], totals[k],
                losses[k],
            )  # fmt: skip


def signature(dtype):
    """What `train` takes in this precision; there is nothing else that it is compiled for."""
    flat, table = (types.Array(getattr(types, dtype), dimensions, "C") for dimensions in (1, 2))
    places, count = types.Array(types.int64, 1, "C"), types.int64
    return (
        count, count, types.Tuple((table, table, table, flat)), types.UniTuple(table, 3), flat, places, places,
        types.Tuple((table, table, flat, places)), places, types.Array(types.float64, 1, "C"),
        *(types.Array(kind, 2, "C") for kind in (types.float64, types.int64, types.float64, types.float64)),
    )  # fmt: skip


@glue
def _train(net, memory, work, rows, sources, samples, run, numbers, rates, progress, totals, losses):
    """Train one network batch after batch, until so many steps or epochs are done, or something is to be looked at."""
    X, order = samples[0], samples[3]
    most_steps, most_epochs = run[p.MOST_STEPS], run[p.MOST_EPOCHS]
    position, epoch, steps, end, sum_of_losses = progress[p.POSITION], 0, 0, p.WHOLE, totals[p.LOSS_SUM]
    while steps < most_steps and epoch < most_epochs:
        if position == 0:
            sum_of_losses = 0.0
            if run[p.DRAWS_ORDER]:
                shuffle(order, sources)
        is_last = position >= run[p.LAST_BATCH]
        stop = X.shape[0] if is_last else position + run[p.BATCH_SIZE]
        _gather(work, sources, rows, samples, run[p.IS_SHUFFLED], run[p.IS_WEIGHTED], position, stop)
        rate = rates[min(epoch, rates.size - 1)]
        end = _step(net, memory, work, rows, sources, run, numbers, rate, progress, totals, stop - position)
        if end != p.WHOLE:
            break
        sum_of_losses += totals[p.LAST_LOSS]
        steps += 1
        position = 0 if is_last else stop
        if is_last:
            losses[epoch] = sum_of_losses
            epoch += 1
            if sum_of_losses > numbers[p.MOST_LOSSES]:
                break
    totals[p.LOSS_SUM] = sum_of_losses
    progress[p.POSITION], progress[p.STEPS], progress[p.EPOCHS], progress[p.END] = position, steps, epoch, end


@glue
def _gather(work, sources, rows, samples, is_shuffled, is_weighted, start, stop):
    """Bring a batch to where the layers take it, units first."""
    X, Y, weights, order = samples
    n, x, counts, targets = stop - start, sources[0], sources[1], at(rows, rows.size - p.COLUMNS + p.TARGETS)
    inputs, outputs = X.shape[1], Y.shape[1]
    for k in range(n):
        sample = at(order, start + k) if is_shuffled else start + k
        for i in range(inputs):
            put(work, x + i * n + k, X[sample, i])
        for j in range(outputs):
            put(work, targets + j * n + k, Y[sample, j])
        if is_weighted:
            put(work, counts + k, weights[sample])


@glue
def _step(net, memory, work, rows, sources, run, numbers, rate, progress, totals, n):
    """One update on the batch that was gathered; why no other can follow."""
    values, gradient, statistics, enabled = net
    first, second, update = memory
    dropout, l1, l2 = numbers[p.DROPOUT], numbers[p.L1], numbers[p.L2]
    _forward(values, enabled, work, rows, sources, dropout, n)
    loss = float(values.dtype.type(_measure(work, rows, sources, run, n)))
    totals[p.LAST_LOSS] = loss
    _backward(values, gradient, work, rows, sources, dropout, n)
    if l1 or l2:
        for row in range(0, rows.size, p.COLUMNS):
            count = at(rows, row + p.INPUTS) * at(rows, row + p.UNITS)
            add_penalty(values, gradient, at(rows, row + p.WEIGHTS), count, l1, l2)
    if run[p.IS_CLIPPED]:
        totals[p.NORM] = clip(gradient, numbers[p.CLIP_NORM])
    if not math.isfinite(loss):
        return p.LOSS_DIVERGED
    progress[p.UPDATES] += 1
    compute_update(run[p.OPTIMIZER], values, gradient, first, second, update, rate, numbers, progress[p.UPDATES])
    if not math.isfinite(squared_norm(update)):
        return p.UPDATE_DIVERGED
    subtract(values, update)
    if run[p.BATCH_NORM]:
        for row in range(0, rows.size - p.COLUMNS, p.COLUMNS):
            mean, variance, moments = at(rows, row + p.MEAN), at(rows, row + p.VARIANCE), at(rows, row + p.MOMENTS)
            remember(statistics, mean, variance, work, moments, at(rows, row + p.UNITS), n)
    return p.WHOLE


@glue
def _measure(work, rows, sources, run, n):
    """The loss, and the delta of the last layer."""
    last = rows.size - p.COLUMNS
    z, delta, targets = at(rows, last + p.Z), at(rows, last + p.DELTA), at(rows, last + p.TARGETS)
    weights = sources[1] if run[p.IS_WEIGHTED] else -1
    return measure(
        run[p.LOSS], work, z, targets, delta, at(rows, last + p.SCRATCH), weights, at(rows, last + p.UNITS), n
    )


@glue
def _is_masked(rows, row, dropout):
    return dropout > 0.0 or at(rows, row + p.HAS_DISABLED)


@glue
def _inputs_of(rows, row, sources, dropout):
    """Where the layer's inputs are: x, or what the layer before gives out."""
    if row == 0:
        return sources[0]
    before = row - p.COLUMNS
    return at(rows, before + p.MASKED) if _is_masked(rows, before, dropout) else at(rows, before + p.A)


@part
def _forward(values, enabled, work, rows, sources, dropout, n):
    """From x to the logits."""
    for row in range(0, rows.size, p.COLUMNS):
        x, units, z = _inputs_of(rows, row, sources, dropout), at(rows, row + p.UNITS), at(rows, row + p.Z)
        dense_forward(values, at(rows, row + p.WEIGHTS), work, x, z, at(rows, row + p.INPUTS), units, n)
        if row == rows.size - p.COLUMNS:
            break
        taken, a, slope = at(rows, row + p.TAKEN), at(rows, row + p.A), at(rows, row + p.SLOPE)
        if taken != z:
            gamma, normalized = at(rows, row + p.GAMMA), at(rows, row + p.NORMALIZED)
            norm_forward(values, gamma, units, work, z, normalized, taken, at(rows, row + p.MOMENTS), n)
        activate(at(rows, row + p.ACTIVATION), work, taken, a, slope, units * n)
        if _is_masked(rows, row, dropout):
            _mask(enabled, work, rows, row, sources, dropout, n)


@glue
def _mask(enabled, work, rows, row, sources, dropout, n):
    """Dropout, and the units that are switched off."""
    units, mask, first = at(rows, row + p.UNITS), at(rows, row + p.MASK), at(rows, row + p.ENABLED)
    a, masked = at(rows, row + p.A), at(rows, row + p.MASKED)
    if dropout > 0.0:
        draw_mask(work, mask, dropout, units, n, sources)
    for j in range(units):
        for k in range(j * n, j * n + n):
            kept = at(enabled, first + j) * (at(work, mask + k) if dropout > 0.0 else 1.0)
            put(work, mask + k, kept)
            put(work, masked + k, at(work, a + k) * kept)


@part
def _backward(values, gradient, work, rows, sources, dropout, n):
    """From the delta of the last layer to the gradient."""
    for row in range(rows.size - p.COLUMNS, -1, -p.COLUMNS):
        x, inputs, units = _inputs_of(rows, row, sources, dropout), at(rows, row + p.INPUTS), at(rows, row + p.UNITS)
        weights, delta, taken_delta = at(rows, row + p.WEIGHTS), at(rows, row + p.DELTA), at(rows, row + p.TAKEN_DELTA)
        if row < rows.size - p.COLUMNS:
            _activation_backward(work, rows, row, dropout, units * n)
            if taken_delta != delta:
                gamma, normalized = at(rows, row + p.GAMMA), at(rows, row + p.NORMALIZED)
                moments = at(rows, row + p.MOMENTS)
                norm_backward(values, gradient, gamma, units, work, normalized, taken_delta, moments, delta, n)
        dense_gradient(gradient, weights, work, x, delta, inputs, units, n)
        if row > 0:
            before = at(rows, row - p.COLUMNS + p.A_GRADIENT)
            dense_backward(values, weights, work, delta, before, inputs, units, n)


@glue
def _activation_backward(work, rows, row, dropout, count):
    """δ = ∂L/∂a f', where ∂L/∂a went through the mask."""
    a_gradient, slope, delta = at(rows, row + p.A_GRADIENT), at(rows, row + p.SLOPE), at(rows, row + p.TAKEN_DELTA)
    if _is_masked(rows, row, dropout):
        mask = at(rows, row + p.MASK)
        for k in range(count):
            put(work, a_gradient + k, at(work, a_gradient + k) * at(work, mask + k))
    for k in range(count):
        put(work, delta + k, at(work, a_gradient + k) * at(work, slope + k))
