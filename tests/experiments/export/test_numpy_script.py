"""The plain NumPy program: it says what nnplay says, and goes on training as nnplay does."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from nnplay.experiments.export import FORMATS, export_run
from tests.experiments.export import runs
from tests.experiments.export.programs import program


@pytest.mark.parametrize("name", runs.CASES)
def test_it_says_the_same_and_goes_on_with_the_same_losses(name: str, tmp_path: Path) -> None:
    run = runs.trained(runs.CASES[name])
    module = program(run, tmp_path)
    rows = run.table.inputs
    predicted = module.outputs_of(module.forward(module.prepare(rows))[0])
    np.testing.assert_allclose(predicted, run.network.forward(run.prepared.as_seen(rows)), rtol=0, atol=1e-12)
    losses = module.train(10)
    np.testing.assert_allclose(losses, runs.next_losses(run), rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("name", ["dropout", "optimizer sgd", "everything"])
def test_a_run_that_stopped_within_an_epoch_goes_on_there(name: str, tmp_path: Path) -> None:
    run = runs.trained(runs.CASES[name], steps=2)
    np.testing.assert_allclose(program(run, tmp_path).train(10), runs.next_losses(run), rtol=1e-12, atol=1e-12)


def test_units_that_are_off_stay_off(tmp_path: Path) -> None:
    for name in ("dropout", "optimizer adam"):
        run = runs.trained(runs.CASES[name], name=name.replace(" ", "_"))
        run.network.set_unit_enabled(0, 2, enabled=False)
        run.network.set_unit_enabled(1, 0, enabled=False)
        module = program(run, tmp_path)
        np.testing.assert_allclose(module.predict(run.table.inputs), runs.answers(run, run.table.inputs), atol=1e-12)
        np.testing.assert_allclose(module.train(10), runs.next_losses(run), rtol=1e-12, atol=1e-12)


def test_in_32_bits(tmp_path: Path) -> None:
    run = runs.trained(runs.in_32_bits(runs.CASES["class weights"]))
    module = program(run, tmp_path)
    assert module.W[0].dtype == module.gradients(module.X_train, module.Y_train, module.SAMPLE_WEIGHTS)[0].dtype
    assert module.W[0].dtype == np.float32
    np.testing.assert_allclose(module.train(10), runs.next_losses(run), rtol=1e-4)


def test_rows_of_a_table_go_the_same_way(tmp_path: Path) -> None:
    run = runs.trained(runs.CASES["text columns"])
    module = program(run, tmp_path)
    rows = [
        {"Port": "C", "Age": "30", "Sex": "female", "Fare": 80.5, "Class": "1"},
        {"Port": "S", "Age": "", "Sex": "male", "Fare": "7", "Class": 3},
    ]
    assert module.predict(rows).shape == (2, 2)
    mean = next(column.fill for column in run.preparation.columns if column.name == "Age")
    assert module.inputs_of(rows)[1, 2] == mean
    with pytest.raises(ValueError, match="row 1: unknown category 'X' in Port"):
        module.predict([rows[0] | {"Port": "X"}])


def test_it_runs_by_itself(tmp_path: Path) -> None:
    run = runs.trained(runs.CASES["regression"])
    export_run(run, FORMATS["numpy"], tmp_path / "run.py")
    done = subprocess.run([sys.executable, "-W", "error", "run.py"], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    losses = [f"training loss {loss:.6g}" for loss in runs.next_losses(run)]
    assert done.stdout.splitlines()[1:] == losses


@pytest.mark.parametrize("key", [key for key, each in FORMATS.items() if each.suffix == ".py"])
def test_it_is_written_as_a_person_would(key: str, tmp_path: Path) -> None:
    for place, name in enumerate(runs.CASES):
        export_run(runs.trained(runs.CASES[name], epochs=0), FORMATS[key], tmp_path / f"run_{place}.py")
    (tmp_path / "ruff.toml").write_text("line-length = 120\n")
    ruff = [sys.executable, "-m", "ruff"]
    for command in (["check", "--select", "E,F,W,I,PIE,SIM,C4"], ["format", "--check", "--diff"]):
        done = subprocess.run([*ruff, *command, "."], cwd=tmp_path, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr
