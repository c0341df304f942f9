"""Runs to export: small, of every kind that a format may stumble over."""

from pathlib import Path
from typing import Any

import msgspec
import numpy as np

from nnplay.data.tables.making import check_import, import_checked
from nnplay.data.tables.reading import read_file
from nnplay.data.tables.roles import with_missing
from nnplay.data.tables.suggestion import suggested_choice
from nnplay.experiments.export import ExportedRun
from nnplay.nn import ACTIVATIONS, OPTIMIZERS
from nnplay.training.edits import with_import, with_value
from nnplay.training.experiment import DataSpec, Experiment, HiddenLayer, ModelSpec, ScheduleSpec, TrainingSpec
from nnplay.training.left_out import sample_of
from nnplay.training.prepared import prepare
from nnplay.training.trainer import Trainer

TABLES = Path(__file__).parents[2] / "reference" / "inputs"

SPIRALS = DataSpec(kind="spirals", samples=61, noise=0.1, features=("x1", "x2", "sin(x1)", "x1*x2"), train_share=0.7)
THREE = DataSpec(kind="blobs", samples=60, noise=0.2, classes=3, standardize=True, train_share=0.8)
PLANE = DataSpec(kind="plane", samples=50, noise=0.1, standardize=True, standardize_target=True)


def experiment(
    data: DataSpec = SPIRALS, layers: tuple[str, ...] = ("tanh", "tanh"), seed: int = 3, **numbers: Any
) -> Experiment:
    """An experiment with these hidden layers; numbers are those of the model and of training."""
    model = {name: numbers.pop(name) for name in ("loss", "batch_norm", "dropout", "dtype") if name in numbers}
    hidden = tuple(HiddenLayer(units=5 + place, activation=name) for place, name in enumerate(layers))
    training = {"learning_rate": 0.02, "batch_size": 10} | numbers
    return Experiment(
        data=data, model=ModelSpec(hidden_layers=hidden, **model), training=TrainingSpec(**training), seed=seed
    )


def imported(name: str, missing: str | None = None) -> Experiment:
    """The experiment that a table of the reference becomes."""
    sheet = read_file(TABLES / name)
    choice = suggested_choice(sheet)
    if missing is not None:
        choice = with_missing(choice, missing)  # type: ignore[arg-type]
    return with_import(Experiment(), import_checked(sheet, choice, check_import(sheet, choice)))


def without(wanted: Experiment, *places: int) -> Experiment:
    """The same where these training samples count nothing."""
    prepared = prepare(wanted)
    left_out = tuple(sample_of(prepared.table, int(prepared.train[place])) for place in places)
    return with_value(wanted, "training.left_out", left_out)


def trained(wanted: Experiment, epochs: int = 4, steps: int = 0, name: str = "run") -> ExportedRun:
    """A run of so many epochs, and so many steps of the next one."""
    trainer = Trainer(wanted)
    for _ in range(epochs):
        trainer.run_epoch()
    for _ in range(steps):
        trainer.step()
    return ExportedRun(name, trainer)


def next_losses(run: ExportedRun, epochs: int = 10) -> list[float]:
    """The losses of the epochs that follow."""
    losses = []
    for _ in range(epochs):
        run.trainer.run_epoch()
        run.trainer.measure()
        losses.append(run.trainer.figures.train.loss)
    return losses


def answers(run: ExportedRun, inputs: np.ndarray) -> np.ndarray:
    """What nnplay says of inputs: the probabilities of the classes, or the value in its own unit."""
    prepared = run.prepared
    outputs = run.network.forward(prepared.as_seen(inputs))
    if run.classes:
        from nnplay.nn.metrics import class_shares

        return class_shares(outputs, len(run.classes))
    return prepared.to_target_units(outputs)


CASES: dict[str, Experiment] = {
    **{f"activation {name}": experiment(layers=(name, name)) for name in ACTIVATIONS},
    **{f"optimizer {name}": experiment(optimizer=name) for name in OPTIMIZERS},
    "no hidden layer": experiment(layers=()),
    "three classes": experiment(THREE, loss="categorical_cross_entropy"),
    "three classes, squared error": experiment(THREE, loss="mean_squared_error"),
    "one class each": experiment(THREE, loss="binary_cross_entropy"),
    "two classes, softmax": experiment(loss="categorical_cross_entropy"),
    "regression": experiment(PLANE, loss="mean_squared_error"),
    "full batch": experiment(batch_size=None),
    "batch norm": experiment(batch_norm=True, batch_size=14),
    "dropout": experiment(dropout=0.3),
    "batch norm and dropout": experiment(batch_norm=True, dropout=0.3, layers=("relu", "sine"), batch_size=14),
    "penalties": experiment(l1=0.001, l2=0.01),
    "clipping": experiment(clip_norm=0.1, learning_rate=0.5),
    "step schedule": experiment(schedule=ScheduleSpec(kind="step", every=3, factor=0.5)),
    "exponential schedule": experiment(schedule=ScheduleSpec(kind="exponential", factor=0.9, warm_up=6)),
    "cosine schedule": experiment(schedule=ScheduleSpec(kind="cosine", over=12)),
    "class weights": experiment(class_weights="balanced"),
    "points left out": without(experiment(PLANE, loss="mean_squared_error"), 0, 7),
    "class weights and a point left out": without(experiment(class_weights="balanced"), 5),
    "everything": experiment(
        batch_norm=True, dropout=0.2, layers=("gelu", "mish", "elu"), optimizer="adamw", l1=0.001, l2=0.01,
        clip_norm=0.5, class_weights="balanced", batch_size=14,
        schedule=ScheduleSpec(kind="cosine", over=30, warm_up=6),
    ),
    "text columns": imported("passengers.csv", "fill"),
    "regression of a table": imported("regression_large_target.csv"),
}  # fmt: skip


def in_32_bits(wanted: Experiment) -> Experiment:
    """The same in float32."""
    return msgspec.structs.replace(wanted, model=msgspec.structs.replace(wanted.model, dtype="float32"))
