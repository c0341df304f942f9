"""Runs that are kept whole: all that conditions are about, after each step, so that the right place is known."""

from dataclasses import dataclass

import numpy as np

from nnplay.nn.metrics import class_indices
from nnplay.training.experiment import DataSpec, Experiment, HiddenLayer, ModelSpec, TrainingSpec
from nnplay.training.place import Place
from nnplay.training.trainer import Trainer

MOONS = Experiment(
    data=DataSpec(kind="moons", samples=80, train_share=0.6, noise=0.2),
    model=ModelSpec(hidden_layers=(HiddenLayer(units=8, activation="relu"), HiddenLayer(units=6, activation="relu"))),
    training=TrainingSpec(optimizer="adam", learning_rate=0.2, batch_size=12),
)
"""Nearly solved and lost again, with units that die and a test loss that rises: the rate is too large."""


@dataclass(frozen=True)
class Kept:
    """The run after a step; the figures of ends of epochs alone, else NaN."""

    place: Place
    losses: dict[str, float]
    accuracies: dict[str, float]
    weights: list[np.ndarray]
    biases: list[np.ndarray]
    dead: np.ndarray
    right: np.ndarray


def kept(trainer: Trainer) -> Kept:
    prepared, network = trainer.prepared, trainer.network
    test, train = trainer.figures.test, trainer.figures.train
    losses = {"train": train.loss, "test": np.nan if test is None else test.loss}
    accuracies = {"train": train.accuracy, "test": np.nan if test is None else test.accuracy}
    hidden = network.layer_outputs(prepared.X_train)[:-1]
    right = np.zeros(len(prepared.table), bool)
    for places, X, Y in (
        (prepared.train, prepared.X_train, prepared.Y_train),
        (prepared.test, prepared.X_test, prepared.Y_test),
    ):
        if len(X):
            right[places] = class_indices(network.forward(X)) == class_indices(Y)
    return Kept(
        trainer.place,
        losses,
        accuracies,
        [each.copy() for each in network.weights],
        [each.copy() for each in network.biases],
        np.concatenate([(np.abs(outputs) < 1e-6).all(axis=0) for outputs in hidden]),
        right,
    )


def full_record(trainer: Trainer, epochs: int) -> list[Kept]:
    """The run from where it stands, step by step."""
    record = [kept(trainer)]
    for _ in range(epochs * trainer.batches):
        trainer.step()
        record.append(kept(trainer))
    return record


def ends_of_epochs(record: list[Kept]) -> list[Kept]:
    return [each for each in record if each.place.position == 0]
