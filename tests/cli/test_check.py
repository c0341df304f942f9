"""`nnplay check`: the sentence and the worst gradients, and exit code 1 where one is wrong."""

import json
from pathlib import Path

import numpy as np
import pytest

from nnplay.cli import main
from nnplay.nn import NeuralNetwork

PRESETS = Path(__file__).parents[2] / "resources" / "presets"


def test_the_worst_are_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(PRESETS / "xor.nnplay")]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("Backpropagation is right: the largest relative error is ")
    assert lines[1] == "13 of 17 parameters, each moved by ±1e−5, on a batch of 4 samples"
    assert any("weights[1][2, 0]" in line for line in lines)


def test_a_trained_run_is_checked_where_it_stands(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run = tmp_path / "run.nnplay"
    assert main(["train", str(PRESETS / "circles.nnplay"), "--epochs", "3", "--out", str(run)]) == 0
    capsys.readouterr()
    assert main(["check", str(run), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["right"] is True
    assert told["checked"] + told["skipped"] == told["parameters"]
    assert told["worst_error"] < told["tolerance"]


def test_a_wrong_gradient_is_exit_code_1(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    fill = NeuralNetwork.training_loss

    def wrong(self: NeuralNetwork, X: np.ndarray, Y: np.ndarray, weights: np.ndarray | None = None) -> object:
        loss = fill(self, X, Y, weights)
        self.gradient[0] += 1e-3
        return loss

    monkeypatch.setattr(NeuralNetwork, "training_loss", wrong)
    assert main(["check", str(PRESETS / "xor.nnplay")]) == 1
    assert capsys.readouterr().out.startswith("1 gradient is further off than 1e−6")


def test_what_is_no_experiment_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(tmp_path / "none.nnplay")]) == 2
    assert capsys.readouterr().err.startswith("nnplay: ")
