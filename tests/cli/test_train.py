"""`nnplay train`: its output, its errors and its exit codes."""

import contextlib
import io
import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from nnplay.app import main
from nnplay.data import Table
from nnplay.experiments import Document, read_document, write_document
from nnplay.training.conditions import CONDITIONS
from nnplay.training.experiment import DataSpec, Experiment, HiddenLayer, ModelSpec, TrainingSpec
from nnplay.training.options import OPTIONS
from nnplay.training.trainer import Trainer
from tests.training.conditions.expected import EXPECTED
from tests.training.conditions.full_record import MOONS, full_record

ROOT = Path(__file__).parents[2]
XOR = ROOT / "resources" / "presets" / "xor.nnplay"
SECONDS = r'"seconds": [\d.e-]+|in [\d.,]+ s'


@pytest.fixture(autouse=True)
def from_the_checkout(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


def nnplay(*arguments: object) -> subprocess.CompletedProcess[str]:
    """Run the command in this process; it takes a second to start one."""
    command = list(map(str, arguments))
    with contextlib.redirect_stdout(io.StringIO()) as output, contextlib.redirect_stderr(io.StringIO()) as errors:
        try:
            code = main(command)
        except SystemExit as end:  # as argparse ends
            assert end.code is None or isinstance(end.code, int)
            code = end.code or 0
    return subprocess.CompletedProcess(command, code, output.getvalue(), errors.getvalue())


@pytest.mark.parametrize(
    "arguments", [["--json", "--epochs", "3"], ["--seed", "x"], ["--stop-when", "epoch 3"]], ids=["0", "2", "10"]
)
def test_a_shell_gets_the_same(arguments: list[str]) -> None:
    command = [sys.executable, "-m", "nnplay", "train", str(XOR), *arguments]
    shell, here = subprocess.run(command, capture_output=True, text=True, timeout=120), nnplay("train", XOR, *arguments)
    assert (shell.returncode, shell.stderr) == (here.returncode, here.stderr)
    assert re.sub(SECONDS, "", shell.stdout) == re.sub(SECONDS, "", here.stdout)


def write(path: Path, experiment: Experiment) -> Path:
    write_document(Document(experiment=experiment), path)
    return path


def test_the_tutorials_experiment_learns() -> None:
    done = nnplay("train", XOR, "--json")
    assert done.returncode == 0, done.stderr
    figures = json.loads(done.stdout)
    assert sorted(figures) == ["epochs", "findings", "seconds", "test", "train"]
    assert figures["train"]["loss"] < 0.05
    assert figures["train"]["accuracy"] == 1.0
    assert figures["test"] is None
    assert figures["seconds"] > 0
    assert done.stderr == ""  # a bar is for terminals only


def test_epochs_and_seed_can_be_given() -> None:
    first, again, other = (json.loads(nnplay("train", XOR, "--json", "--epochs", 7, "--seed", s).stdout) for s in "334")
    assert first["epochs"] == 7
    assert first["train"] == again["train"] != other["train"]


def test_no_epochs_measures_the_start() -> None:
    assert json.loads(nnplay("train", XOR, "--json", "--epochs", 0).stdout)["epochs"] == 0


def test_a_test_set_is_measured(tmp_path: Path) -> None:
    data = DataSpec(kind="circles", samples=60, train_share=0.5)
    path = write(tmp_path / "my circles.nnplay", Experiment(data=data))
    figures = json.loads(nnplay("train", path, "--json", "--epochs", 3).stdout)
    assert 0 <= figures["test"]["accuracy"] <= 1
    assert nnplay("train", path, "--epochs", 3).stdout.splitlines()[2].startswith("test      loss ")


def test_a_run_kept_in_a_file_goes_on_as_if_it_had_never_stopped(tmp_path: Path) -> None:
    assert nnplay("train", XOR, "--epochs", 40, "--out", tmp_path / "run.nnplay").returncode == 0
    rest = json.loads(nnplay("train", tmp_path / "run.nnplay", "--epochs", 60, "--json").stdout)
    whole = json.loads(nnplay("train", XOR, "--epochs", 100, "--json").stdout)
    assert (rest["epochs"], rest["train"]) == (100, whole["train"])


def test_weights_that_do_not_fit_the_network_are_bad_input(tmp_path: Path) -> None:
    path = tmp_path / "other.nnplay"
    path.write_text(XOR.read_text().replace('"units": 4', '"units": 5'))
    done = nnplay("train", path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"nnplay: {path}: experiment.model.start is '17 numbers'; allowed is as many numbers")


def test_a_run_that_does_not_fit_its_experiment_is_bad_input(tmp_path: Path) -> None:
    path = tmp_path / "run.nnplay"
    nnplay("train", XOR, "--seed", 1, "--epochs", 1, "--out", path)
    path.write_text(path.read_text().replace('"units": 4', '"units": 5'))
    done = nnplay("train", path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"nnplay: {path}: run.parameters is ")


def test_without_json_it_is_a_short_text() -> None:
    lines = nnplay("train", XOR, "--epochs", 1000).stdout.splitlines()
    assert lines[0].startswith("1,000 epochs in ")
    assert lines[1].startswith("training  loss ")
    assert len(lines) == 2


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["gone.nnplay"], "nnplay: gone.nnplay: there is no such file"),
        (["tests"], "nnplay: tests: this is a folder, and not a file"),
        (["LICENSE"], "nnplay: LICENSE: this is not JSON"),
        ([XOR, "--out", "gone/a.nnplay"], "nnplay: gone/a.nnplay: there is no such folder to write to"),
        (
            [XOR, "--epochs", "-1"],
            "nnplay: argument --epochs: it is '-1'; allowed is a whole number from 0 to 10000000",
        ),
        ([XOR, "--seed", "x"], "nnplay: argument --seed: it is 'x'; allowed is a whole number from 0 to 4294967295"),
        ([], "nnplay: the following arguments are required: FILE"),
    ],
)
def test_bad_input_is_one_sentence_and_exit_code_2(arguments: list[object], sentence: str) -> None:
    done = nnplay("train", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(sentence)
    assert done.stderr.count("\n") == 1


def test_an_experiment_that_does_not_fit_together_is_bad_input(tmp_path: Path) -> None:
    nothing = Table(np.zeros((0, 2)), np.zeros(0))  # drawn points, before the first one
    formula = DataSpec(kind="formula", samples=10, formula="1/")
    for name, data in {"formula": formula, "empty": DataSpec(kind="yours", table=nothing)}.items():
        done = nnplay("train", write(tmp_path / f"{name}.nnplay", Experiment(data=data)))
        assert (done.returncode, done.stdout) == (2, "")
        assert f"{name}.nnplay: experiment.data" in done.stderr
        assert done.stderr.count("\n") == 1


def test_a_training_that_diverges_is_one_sentence_and_exit_code_1(tmp_path: Path) -> None:
    layers = (HiddenLayer(units=8, activation="identity"),) * 3
    model = ModelSpec(hidden_layers=layers, loss="mean_squared_error")
    data = DataSpec(kind="circles", samples=50)
    path = write(
        tmp_path / "wild.nnplay", Experiment(data=data, model=model, training=TrainingSpec(learning_rate=1000))
    )
    done = nnplay("train", path, "--json")
    assert done.returncode == 1
    assert done.stderr.startswith(f"nnplay: {path}: ")
    assert done.stderr.count("\n") == 1
    told = json.loads(done.stdout)
    assert told["diverged"]
    assert told["findings"][0]["rule"] == "rate_too_large"
    assert told["findings"][0]["fix"]["set"] == {"training.learning_rate": 100.0}


@pytest.mark.skipif(sys.platform == "win32", reason="sends SIGINT")
def test_ctrl_c_ends_it_quietly(tmp_path: Path) -> None:
    code = """
import signal, sys, nnplay.cli as cli, nnplay.cli.train as command
signal.signal(signal.SIGINT, signal.default_int_handler)  # ignored in what a shell started in the background
class Telling(command.Trainer):
    def run_epoch(self):
        super().run_epoch()
        if self.epoch == 5:
            print("under way", flush=True)
command.Trainer = Telling
sys.exit(cli.main(["train", sys.argv[1], "--epochs", "10000000"]))
"""
    command = [sys.executable, "-c", code, str(XOR)]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "under way\n"
        os.kill(process.pid, signal.SIGINT)
        try:
            rest, errors = process.communicate(timeout=60)
        finally:
            process.kill()
    assert (process.returncode, rest, errors) == (130, "", "nnplay: stopped\n")


def test_options_are_set_over_the_file(tmp_path: Path) -> None:
    out = tmp_path / "run.nnplay"
    settings = ["--set", "training.learning_rate=0.1", "--set", "model.hidden_layers.0.units=8"]
    done = nnplay("train", XOR, *settings, "--epochs", 20, "--out", out)
    assert done.returncode == 0, done.stderr
    kept = read_document(out).experiment
    assert kept.training.learning_rate == 0.1
    assert kept.model.hidden_layers[0].units == 8


def test_what_needs_no_fresh_network_goes_on_with_the_run(tmp_path: Path) -> None:
    first, on, anew = (tmp_path / f"{name}.nnplay" for name in ("first", "on", "anew"))
    nnplay("train", XOR, "--epochs", 30, "--out", first)
    nnplay("train", first, "--set", "training.learning_rate=0.2", "--epochs", 5, "--out", on)
    assert read_document(on).run.epoch == 35
    nnplay("train", first, "--set", "model.hidden_layers.0.activation=tanh", "--epochs", 5, "--out", anew)
    assert read_document(anew).run.epoch == 5


def test_an_option_that_can_not_be_is_refused_as_in_a_file() -> None:
    done = nnplay("train", XOR, "--set", "training.learning_rate=5000")
    assert (done.returncode, done.stdout) == (2, "")
    allowed = "a number above 0 and at most 1000"
    assert done.stderr == f"nnplay: {XOR}: experiment.training.learning_rate is 5000; allowed is {allowed}\n"


def test_options_are_listed() -> None:
    lines = nnplay("options").stdout.splitlines()
    assert "training.learning_rate = 0.5" in lines
    assert "    allowed is a number above 0 and at most 1000" in lines
    listed = {each["path"]: each for each in json.loads(nnplay("options", "--json").stdout)}
    assert set(listed) == set(OPTIONS)
    assert listed["training.schedule.every"]["unit"] == "epochs"
    assert all(each["help"] and each["range"] for each in listed.values())


def test_a_condition_ends_the_training_with_an_exit_code_of_its_own(tmp_path: Path) -> None:
    out = tmp_path / "run.nnplay"
    conditions = ["--stop-when", "epoch 4000", "--stop-when", "loss < 0.05"]
    done = nnplay("train", XOR, "--json", "--out", out, *conditions)
    assert done.returncode == 11, done.stderr
    figures = json.loads(done.stdout)
    epochs = figures["epochs"]
    stopped = {"condition": "loss < 0.05", "number": 2, "epoch": epochs, "batch": 0, "steps": epochs}
    assert figures["stopped_by"] == stopped
    assert figures["train"]["loss"] < 0.05
    before = json.loads(nnplay("train", XOR, "--json", "--epochs", epochs - 1).stdout)
    assert before["train"]["loss"] >= 0.05
    assert read_document(out).run.epoch == epochs
    again = nnplay("train", out, "--stop-when", "loss < 0.05")  # holds already
    assert again.returncode == 10
    assert again.stdout.splitlines()[-1] == f"stopped at epoch {epochs} by: loss < 0.05"


def test_a_condition_within_an_epoch_ends_it_there(tmp_path: Path) -> None:
    path, words = write(tmp_path / "moons.nnplay", MOONS), "weight from 2 to 5 of layer 2 changes sign"
    (_, position, steps), *_ = EXPECTED[words](full_record(Trainer(MOONS), 5))
    assert position > 0
    done = nnplay("train", path, "--json", "--stop-when", words)
    assert done.returncode == 10, done.stderr
    stopped = json.loads(done.stdout)["stopped_by"]
    assert (stopped["steps"], stopped["batch"]) == (steps, steps - 4 * stopped["epoch"])
    last = nnplay("train", path, "--stop-when", words).stdout.splitlines()[-1]
    assert last == f"stopped at epoch {stopped['epoch']}, batch {stopped['batch']} by: {words}"


def test_a_condition_that_never_comes_true_ends_nothing() -> None:
    done = nnplay("train", XOR, "--json", "--epochs", 5, "--stop-when", "loss < 0.00001")
    assert done.returncode == 0
    assert json.loads(done.stdout)["stopped_by"] is None


@pytest.mark.parametrize(
    ("condition", "sentence"),
    [
        ("loss = 1", "nnplay: argument --stop-when: it is 'loss = 1'; allowed is one of [test.]loss < NUMBER, "),
        ("test.loss best", "nnplay: argument --stop-when: it is 'test.loss best'; allowed is what is known when it"),
        ("test.loss < 1", f"nnplay: {XOR}: --stop-when is 'test.loss < 1'; allowed is one without the test set"),
    ],
)
def test_a_condition_that_can_not_be_is_refused(condition: str, sentence: str) -> None:
    done = nnplay("train", XOR, "--stop-when", condition)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(sentence)
    assert done.stderr.count("\n") == 1


def test_there_are_not_more_conditions_than_exit_codes() -> None:
    done = nnplay("train", XOR, *(["--stop-when", "epoch 1"] * 101))
    assert (done.returncode, done.stderr.split(";")[0]) == (2, "nnplay: 101 times --stop-when")


def test_conditions_are_listed() -> None:
    lines = nnplay("conditions").stdout.splitlines()
    assert "[test.]loss rises for NUMBER" in lines
    assert "    NUMBER is a whole number from 1 to 10000000, in epochs" in lines
    listed = {each["key"]: each for each in json.loads(nnplay("conditions", "--json").stdout)}
    assert set(listed) == {kind.key for kind in CONDITIONS.values() if kind.stops}
    assert listed["plateau"]["number"]["default"] == 100
    assert all(each["help"] and each["words"] and each["label"] for each in listed.values())


def test_help_and_version() -> None:
    assert nnplay("--version").stdout.startswith("nnplay ")
    assert "nnplay train FILE" in nnplay("--help").stdout
    assert "--epochs" in nnplay("train", "--help").stdout


def test_a_start_that_fails_is_told_with_the_points_that_are_merged(tmp_path: Path) -> None:
    path = write(tmp_path / "xor.nnplay", Experiment(seed=5))
    done = nnplay("train", path, "--epochs", 1000, "--json")
    assert done.returncode == 0, done.stderr
    first = json.loads(done.stdout)["findings"][0]
    assert (first["rule"], first["gravity"], first["where"]) == ("hidden_layers_at_fault", "cause", "space")
    assert (first["points"], first["tied"]) == ([[0, 2, 3]], True)
    assert [each["inputs"] for each in first["values"][0]] == [[0.0, 0.0], [1.0, 0.0], [1.0, 1.0]]
    assert [each["target"] for each in first["values"][0]] == ["0", "1", "0"]
    assert first["proofs"][0]["value"] > first["proofs"][0]["threshold"] == 0.95
    assert first["fix"]["way"] == "afresh"
    assert first["fix"]["set"]["model.hidden_layers"] == [{"units": 4, "activation": "elu"}]
    assert len(first["fix"]["set"]["model.start"]) == 17
    text = nnplay("train", path, "--epochs", 1000).stdout
    assert f"found: {first['sentence']}; what helps: Use ELU, keep the weights" in text
