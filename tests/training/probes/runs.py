"""Runs that probes are tried on."""

from typing import TypeVar

import msgspec

from nnplay.experiments import read_document
from nnplay.resources import resource_path
from nnplay.training.experiment import DataSpec, Experiment, HiddenLayer, ModelSpec, TrainingSpec
from nnplay.training.observer import Observer
from nnplay.training.probes.probe import Probe
from nnplay.training.trainer import Trainer

Answer = TypeVar("Answer")
replace = msgspec.structs.replace
CIRCLES = Experiment(
    data=DataSpec(kind="circles", samples=120, train_share=0.5),
    model=ModelSpec(hidden_layers=(HiddenLayer(units=5, activation="tanh"), HiddenLayer(units=4, activation="relu"))),
    training=TrainingSpec(l1=0.002, l2=0.03, learning_rate=0.1, batch_size=15),
    seed=4,
)
WILD = replace(
    CIRCLES,
    model=replace(CIRCLES.model, batch_norm=True, dropout=0.4),
    training=replace(CIRCLES.training, optimizer="adam", learning_rate=0.01, clip_norm=0.5, batch_size=14),
)
MOONS = Experiment(
    data=DataSpec(kind="moons", samples=60, noise=0.1, train_share=0.7),
    model=ModelSpec(
        hidden_layers=(HiddenLayer(units=5, activation="tanh"), HiddenLayer(units=3, activation="relu")),
        batch_norm=True,
        dropout=0.2,
    ),
    training=TrainingSpec(optimizer="adam", learning_rate=0.01, batch_size=10),
)
REGRESSION = Experiment(data=DataSpec(kind="plane", samples=60), model=ModelSpec(loss="mean_squared_error"))


def preset(name: str) -> Experiment:
    return read_document(resource_path(f"presets/{name}.nnplay")).experiment


def trained(experiment: Experiment, epochs: int = 5) -> Trainer:
    trainer = Trainer(experiment)
    for _ in range(epochs):
        trainer.run_epoch()
    return trainer


def measured(trainer: Trainer, probe: Probe[Answer]) -> Answer | None:
    """The answer of a look at the run as it is."""
    return Observer(trainer).snapshot(frozenset({probe})).answer(probe)
