"""Edits of an example: other sizes, another loss or optimiser; what still fits stays as it was typed."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

from nnplay.experiments.worked.example import Matrix, Row, WorkedExample, usual_numbers
from nnplay.nn import OWN

NEW = 0.1
"""A weight, bias or input that comes with a larger size."""
FIRST_ACTIVATION = "sigmoid"


def with_sizes(example: WorkedExample, sizes: Sequence[int], samples: int) -> WorkedExample:
    """The example with other units in its layers, inputs first, and so many samples."""
    if tuple(sizes) == example.sizes and samples == len(example.inputs):
        return example
    inputs, hidden, outputs = sizes[0], len(sizes) - 2, sizes[-1]
    known = (*example.activations, *[(example.activations or (FIRST_ACTIVATION,))[-1]] * hidden)
    shapes = list(pairwise(sizes))
    old = example.weights if len(example.weights) == len(shapes) else _moved_last(example.weights, len(shapes))
    old_biases = example.biases if len(example.biases) == len(shapes) else _moved_last(example.biases, len(shapes))
    norms = bool(example.gammas)
    resized = replace(
        example.without_memory(),
        activations=known[:hidden],
        inputs=_fitted(example.inputs, samples, inputs),
        targets=_fitted(example.targets, samples, outputs, 0.0),
        weights=tuple(_fitted(matrix, *shape) for matrix, shape in zip(old, shapes, strict=True)),
        biases=tuple(_fitted_row(row, shape[1]) for row, shape in zip(old_biases, shapes, strict=True)),
        gammas=tuple((1.0,) * units for units in sizes[1:-1]) if norms else (),
        betas=tuple((0.0,) * units for units in sizes[1:-1]) if norms else (),
        disabled=frozenset(),
        sample_weights=None,
    )
    return with_loss(resized, resized.loss)


def with_loss(example: WorkedExample, loss: str) -> WorkedExample:
    """The example with another loss, and targets that the loss can take."""
    targets = example.targets
    if loss == "categorical_cross_entropy":
        if example.sizes[-1] < 2:
            example = replace(example, loss="mean_squared_error")
            return with_loss(with_sizes(example, (*example.sizes[:-1], 2), len(example.inputs)), loss)
        largest = (row.index(max(row)) for row in targets)
        targets = tuple(
            tuple(float(k == place) for k in range(len(row))) for place, row in zip(largest, targets, strict=True)
        )
    elif loss == "binary_cross_entropy":
        targets = tuple(tuple(min(max(value, 0.0), 1.0) for value in row) for row in targets)
    return replace(example, loss=loss, output=OWN, targets=targets)


def with_optimizer(example: WorkedExample, optimizer: str) -> WorkedExample:
    """The example with another optimiser, which has its usual numbers and made no update yet."""
    if optimizer == example.optimizer:
        return example
    return replace(example.without_memory(), optimizer=optimizer, numbers=usual_numbers(optimizer))


def with_target(example: WorkedExample, sample: int, output: int, value: float) -> WorkedExample:
    """The example with another target; those of classes still add up to 1, the others taking what is left."""
    targets = with_cell(example.targets, sample, output, value)
    if example.loss == "categorical_cross_entropy" and 0.0 <= value <= 1.0:
        row = targets[sample]
        others = sum(row) - value
        left = 1.0 - value
        first = 1 if output == 0 else 0
        shared = (each * left / others if others else left * (k == first) for k, each in enumerate(row))
        row = tuple(value if k == output else each for k, each in enumerate(shared))
        targets = (*targets[:sample], row, *targets[sample + 1 :])
    return replace(example, targets=targets)


def with_cell(matrix: Matrix, row: int, column: int, value: float) -> Matrix:
    """The rows with one number changed."""
    changed = (*matrix[row][:column], value, *matrix[row][column + 1 :])
    return (*matrix[:row], changed, *matrix[row + 1 :])


def _moved_last(layers: tuple[tuple[Any, ...], ...], count: int) -> tuple[tuple[Any, ...], ...]:
    """So many layers: the first ones, and the last one at the end."""
    between = layers[:-1][: count - 1]
    return (*between, *[layers[-1][:0]] * (count - 1 - len(between)), layers[-1])


def _fitted(matrix: Matrix, rows: int, columns: int, new: float = NEW) -> Matrix:
    kept = (*matrix[:rows], *[()] * (rows - len(matrix)))
    return tuple(_fitted_row(row, columns, new) for row in kept)


def _fitted_row(row: Row, columns: int, new: float = NEW) -> Row:
    return (*row[:columns], *[new] * (columns - len(row)))
