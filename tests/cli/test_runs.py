"""A run that is kept in a file and gone on with is the run that was never stopped."""

from pathlib import Path

import pytest

from nnplay import cli
from nnplay.experiments import Document, read_document, write_document
from nnplay.training.experiment import DataSpec, Experiment, HiddenLayer, ModelSpec, TrainingSpec

EXPERIMENT = Experiment(
    data=DataSpec(kind="moons", samples=60, noise=0.1, train_share=0.7),
    model=ModelSpec(hidden_layers=(HiddenLayer(units=5, activation="tanh"),), batch_norm=True, dropout=0.1),
    training=TrainingSpec(optimizer="adam", learning_rate=0.01, batch_size=8),
    seed=5,
)


def train(file: Path, epochs: int, out: Path) -> None:
    assert cli.main(["train", str(file), "--epochs", str(epochs), "--out", str(out)]) == 0


def test_two_hundred_epochs_are_a_hundred_and_a_hundred_more(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    start, half, whole, both = (tmp_path / name for name in ("start", "half", "whole", "both"))
    write_document(Document(experiment=EXPERIMENT), start)
    train(start, 200, whole)
    train(start, 100, half)
    train(half, 100, both)
    assert both.read_bytes() == whole.read_bytes()
    run = read_document(both).run
    assert run is not None
    assert run.epoch == 200
    assert run.history[-1][0] == 200


def test_another_seed_starts_anew(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    start, run, fresh = (tmp_path / name for name in ("start", "run", "fresh"))
    write_document(Document(experiment=EXPERIMENT), start)
    train(start, 3, run)
    assert cli.main(["train", str(run), "--epochs", "2", "--seed", "9", "--out", str(fresh)]) == 0
    document = read_document(fresh)
    assert document.run is not None
    assert document.run.epoch == 2
    assert document.experiment.seed == 9
