"""Runs that one rule is to find something in, and one in which none is."""

import msgspec
import numpy as np

from nnplay.data import Table
from nnplay.data.table import Task
from nnplay.errors import DivergedError
from nnplay.training.diagnosis import Evidence
from nnplay.training.diagnosis.probe import evidence_of
from nnplay.training.edits import with_activation, with_value
from nnplay.training.experiment import YOURS, DataSpec, Experiment, HiddenLayer, ModelSpec, TrainingSpec
from nnplay.training.run_control import RunState
from nnplay.training.shadow import ProbedRun
from nnplay.training.trainer import Trainer

replace = msgspec.structs.replace

HEALTHY = Experiment(
    data=DataSpec(kind="circles", samples=160, train_share=0.5),
    model=ModelSpec(hidden_layers=(HiddenLayer(units=8, activation="tanh"),) * 2, initializer="xavier_normal"),
    training=TrainingSpec(optimizer="adam", learning_rate=0.01, batch_size=10),
    seed=1,
)
SGD = replace(HEALTHY, training=TrainingSpec(learning_rate=0.1, batch_size=10))


def on(
    inputs: object, targets: object, experiment: Experiment = SGD, share: float = 1.0, task: Task = "classification"
) -> Experiment:
    """The same on points of one's own."""
    table = Table(np.array(inputs, np.float64), np.array(targets, np.float64), task)
    return replace(experiment, data=DataSpec(kind=YOURS, table=table, train_share=share))


def changed(experiment: Experiment = SGD, /, **values: object) -> Experiment:
    """The same with other values; ``model__dropout`` is the path ``model.dropout``."""
    for path, value in values.items():
        experiment = with_value(experiment, path.replace("__", "."), value)
    return experiment


def _points(samples: int = 80) -> tuple[np.ndarray, np.ndarray]:
    inputs = np.random.default_rng(2).uniform(-3.0, 3.0, (samples, 2))
    return inputs, (inputs[:, 0] * inputs[:, 1] > 0.0).astype(float)


def _dead() -> Experiment:
    layers = (HiddenLayer(units=4, activation="relu"),)
    weights = np.array([[1.0, -1.0, 0.5, 2.0], [1.0, 1.0, 0.3, -1.0]])
    start = (*weights.ravel(), -50.0, -50.0, -50.0, 0.0, 1.0, 1.0, 1.0, 1.0, 0.0)
    return changed(model__hidden_layers=layers, model__start=start)


def _by_heart() -> Experiment:
    inputs, _ = _points()
    labels = np.random.default_rng(3).integers(0, 2, len(inputs))
    wide = changed(HEALTHY, model__hidden_layers=(HiddenLayer(units=32, activation="tanh"),) * 2)
    return on(inputs, labels, wide, share=0.5)


def _contradictory() -> Experiment:
    inputs, labels = _points(20)
    return on(np.concatenate([inputs, inputs]), np.concatenate([labels, 1.0 - labels]))


def _unscaled() -> Experiment:
    inputs, labels = _points()
    return on(inputs * [1.0, 1000.0], labels)


def _imbalanced() -> Experiment:
    inputs = np.random.default_rng(2).normal(size=(80, 2))
    return on(inputs, np.arange(80) < 8)


def drawn(kind: str, experiment: Experiment, **data: object) -> Experiment:
    """The same on other data that are drawn."""
    return replace(experiment, data=DataSpec(kind=kind, samples=160, train_share=0.5, **data))


def _sure_and_wrong() -> Experiment:
    inputs = np.random.default_rng(2).normal(size=(40, 2))
    own = changed(on(inputs, inputs[:, 0] > 0.0), model__hidden_layers=(), model__start=(-20.0, 0.0, 0.0))
    return changed(own, model__loss="mean_squared_error", model__output="sigmoid", training__learning_rate=0.1)


DEEP = changed(model__hidden_layers=(HiddenLayer(units=8, activation="sigmoid"),) * 10)
TWO_UNITS = (HiddenLayer(units=2, activation="tanh"),)
LARGE = changed(model__initializer="normal", model__initializer_scale=20.0)

FAULTY: dict[str, tuple[Experiment, int]] = {
    "rate_too_large": (
        replace(SGD, data=DataSpec(kind="plane", samples=80), training=TrainingSpec(learning_rate=30.0),
                model=ModelSpec(loss="mean_squared_error")), 50,
    ),
    "worse_than_guessing": (changed(training__learning_rate=10.0), 30),
    "rate_too_low": (changed(training__learning_rate=1e-6), 20),
    "oscillates": (changed(training__learning_rate=3.0), 80),
    "steps_overshoot": (drawn("spirals", changed(training__learning_rate=2.0, training__batch_size=None)), 22),
    "noisy_gradient": (drawn("circles", changed(training__batch_size=1), noise=0.2), 20),
    "too_small": (drawn("spirals", changed(HEALTHY, model__hidden_layers=TWO_UNITS)), 80),
    "hidden_layers_at_fault": (Experiment(seed=5), 1000),
    "no_hidden_layer": (changed(model__hidden_layers=()), 40),
    "only_linear": (with_activation(SGD, "identity"), 40),
    "units_alike": (changed(model__initializer="zeros"), 20),
    "dead_units": (_dead(), 30),
    "saturated_units": (LARGE, 20),
    "bad_start": (LARGE, 20),
    "vanishing_gradient": (DEEP, 30),
    "one_answer_for_all": (on(*_points(), DEEP), 30),
    "dropout_too_strong": (changed(model__dropout=0.75), 150),
    "output_layer_at_fault": (changed(with_activation(SGD, "sigmoid"), training__learning_rate=0.01), 70),
    "squared_error_flat": (_sure_and_wrong(), 30),
    "learnt_by_heart": (_by_heart(), 150),
    "penalty_too_strong": (changed(training__l2=1.0), 40),
    "contradictory_points": (_contradictory(), 100),
    "inputs_of_different_scales": (_unscaled(), 10),
    "one_class_larger": (_imbalanced(), 10),
}  # fmt: skip
"""Rule → an experiment in which it is to find something after so many epochs."""


def evidence_after(experiment: Experiment, epochs: int) -> Evidence:
    """The evidence of a run so many epochs old, or where it diverged."""
    trainer, state = Trainer(experiment), RunState.PAUSED
    try:
        for _ in range(epochs):
            trainer.run_epoch()
    except DivergedError:
        state = RunState.DIVERGED
    return evidence_of(ProbedRun(trainer), state)
