"""The worked example of a run as it is now: its network, its optimiser with its memory, and one sample or a few."""

import numpy as np
from numpy.typing import NDArray

from nnplay.errors import InputError
from nnplay.experiments.worked.example import MOST_SAMPLES, WorkedExample, check_sizes
from nnplay.nn import Optimizer
from nnplay.texts import tr
from nnplay.training.chosen_sample import as_trained, sample_row
from nnplay.training.parts import schedule_of
from nnplay.training.slices import Point
from nnplay.training.trainer import Trainer

Array = NDArray[np.floating]


def example_of(trainer: Trainer, sample: Point | None = None) -> WorkedExample:
    """The coming step of a run on a sample, or on its whole batch where that is small.

    Parameters
    ----------
    trainer
        The run, which nobody trains meanwhile.
    sample
        The inputs of the sample that is chosen, in the table's units; where there is none, or no sample has these
        inputs, it is the whole batch, or the first training sample where the batch is too large.

    Raises
    ------
    InputError
        The network is too large to be worked by hand, or has no sample.
    """
    network, optimizer, experiment = trainer.network, trainer.optimizer, trainer.experiment
    check_sizes(network.layer_sizes)
    X, Y, weights = _samples(trainer, sample)
    check_sizes(network.layer_sizes, len(X))
    return WorkedExample(
        activations=network.activations,
        loss=network.loss_name,
        output=network.output,
        inputs=_matrix(X),
        targets=_matrix(Y),
        weights=tuple(map(_matrix, network.weights)),
        biases=_rows(network.biases),
        optimizer=optimizer.name,
        learning_rate=experiment.training.learning_rate * schedule_of(experiment.training)(trainer.epoch),
        numbers=tuple((name, getattr(optimizer, name)) for name in optimizer.hyperparameters),
        l1=network.l1,
        l2=network.l2,
        clip_norm=network.clip_norm,
        gammas=_rows(network.gammas),
        betas=_rows(network.betas),
        dropout=network.dropout,
        seed=experiment.seed,
        disabled=network.disabled_units,
        sample_weights=None if weights is None else tuple(weights.tolist()),
        steps=optimizer.steps,
        memory=_memory(optimizer),
        dtype=network.dtype,
    )


def _samples(trainer: Trainer, sample: Point | None) -> tuple[Array, Array, Array | None]:
    """Inputs and targets as the network sees them, and how much they count."""
    prepared, weights = trainer.prepared, trainer.sample_weights
    found = None if sample is None else sample_row(sample, prepared)
    chosen = None if found is None else as_trained(found, prepared)
    least = trainer.network.least_batch
    if chosen is not None and least == 1:
        return (*chosen, None)
    X, Y = prepared.X_train, prepared.Y_train
    batch = min(trainer.experiment.training.batch_size or len(X), len(X))
    if len(X) < least:
        raise InputError("data", tr("{n} training sample|{n} training samples", "", len(X)),
                         tr("at least one sample, and two with batch norm"))  # fmt: skip
    rows = slice(0, batch if least <= batch <= MOST_SAMPLES else least)
    if chosen is None:
        return X[rows], Y[rows], None if weights is None else weights[rows]
    others = ~(chosen[0] == X).all(axis=1)  # batch norm compares it with others
    X, Y = (np.concatenate([own, more[others][: least - 1]]) for own, more in zip(chosen, (X, Y), strict=True))
    return X, Y, None


def _memory(optimizer: Optimizer) -> tuple[tuple[str, tuple[float, ...]], ...]:
    if not optimizer.steps:
        return ()
    return tuple((name, tuple(array.tolist())) for name, array in optimizer.snapshot().arrays.items())


def _matrix(array: Array) -> tuple[tuple[float, ...], ...]:
    return tuple(tuple(row) for row in array.tolist())


def _rows(arrays: list[Array]) -> tuple[tuple[float, ...], ...]:
    return tuple(tuple(array.tolist()) for array in arrays)
