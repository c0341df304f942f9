"""Runs at the edge of what there is: every format takes them, and programs predict as nnplay does."""

from pathlib import Path

import numpy as np
import pytest

from nnplay.data import Table
from nnplay.experiments.export import FORMATS, export_run
from nnplay.training.experiment import YOURS, DataSpec, Experiment
from nnplay.training.trainer import Trainer
from tests.experiments.export import runs
from tests.experiments.export.programs import program


def yours(inputs: np.ndarray, targets: np.ndarray, names: tuple[str, ...] = (), **choices: object) -> DataSpec:
    task = "classification" if names or not choices.get("standardize_target") else "regression"
    return DataSpec(kind=YOURS, table=Table(inputs, targets, task, class_names=names), **choices)  # type: ignore[arg-type]


NUMBERS = np.random.default_rng(0).normal(size=(128, 4))
NEARLY_CONSTANT = NUMBERS[:30, :3].copy()
NEARLY_CONSTANT[:, 1] = 0.3
NEARLY_CONSTANT[::2, 1] = 0.1 + 0.2  # which differs by rounding alone
NAMES = tuple(f"\"class\" <{place}> '''\\n" for place in range(64))
EDGES = {
    "no samples": Experiment(data=yours(np.empty((0, 2)), np.empty(0), ("a", "b"))),
    "one sample": Experiment(data=yours(np.zeros((1, 2)), np.zeros(1), ("a", "b"))),
    "one class": runs.experiment(yours(NUMBERS[:9], np.zeros(9), ("only",)), loss="categorical_cross_entropy"),
    "64 classes": runs.experiment(yours(NUMBERS, np.arange(128) % 64.0, NAMES), loss="categorical_cross_entropy"),
    "a constant column": Experiment(data=yours(NEARLY_CONSTANT, np.arange(30) % 2.0, standardize=True)),
    "one target": runs.experiment(
        yours(NUMBERS[:9], np.full(9, 3.0), standardize_target=True), loss="mean_squared_error"
    ),
}


@pytest.mark.parametrize("key", FORMATS)
@pytest.mark.parametrize("name", EDGES)
def test_every_format_takes_it(name: str, key: str, tmp_path: Path) -> None:
    trainer = Trainer(EDGES[name])
    if trainer.can_train:
        trainer.run_epoch()
    wanted = FORMATS[key]
    assert export_run(runs.ExportedRun("run", trainer), wanted, tmp_path / f"run{wanted.suffix}")


@pytest.mark.parametrize("name", [name for name in EDGES if name != "no samples"])
def test_programs_predict_the_same(name: str, tmp_path: Path) -> None:
    run = runs.trained(EDGES[name], epochs=2)
    inputs = run.table.inputs
    module = program(run, tmp_path)
    np.testing.assert_allclose(module.predict(inputs), runs.answers(run, inputs), atol=1e-12)
    assert not run.classes or list(run.classes) == module.CLASSES
