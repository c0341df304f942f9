"""Safetensors: read back bit for bit, by safetensors and by nnplay; and refused in a sentence where they don't fit."""

import json
from pathlib import Path

import numpy as np
import pytest

from nnplay.data.file_error import FileError
from nnplay.experiments.export import FORMATS, export_run
from nnplay.experiments.export.exported import named_arrays
from nnplay.experiments.export.safetensors import packed, read_arrays, read_weights
from nnplay.experiments.from_weights import trainer_from
from nnplay.nn import NeuralNetwork
from nnplay.training.history import FIRST, TRAIN_LOSS
from tests.experiments.export import runs
from tests.heavy import GIGABYTES, needs


def exported(run: runs.ExportedRun, folder: Path) -> Path:
    path = folder / "run.safetensors"
    export_run(run, FORMATS["safetensors"], path)
    return path


@pytest.mark.parametrize("wanted", [runs.CASES["everything"], runs.in_32_bits(runs.CASES["optimizer adam"])])
def test_what_was_written_is_read_back_bit_for_bit(wanted, tmp_path: Path) -> None:
    run = runs.trained(wanted)
    found = read_arrays(exported(run, tmp_path))
    own = named_arrays(run.network)
    assert list(found) == list(own)
    for name, array in own.items():
        assert found[name].dtype == array.dtype
        np.testing.assert_array_equal(found[name], array)


@needs("safetensors")
@pytest.mark.parametrize("name", ["everything", "no hidden layer"])
def test_safetensors_reads_the_same(name: str, tmp_path: Path) -> None:
    from safetensors import safe_open
    from safetensors.numpy import load_file

    run = runs.trained(runs.CASES[name])
    path = exported(run, tmp_path)
    for key, array in load_file(path).items():
        np.testing.assert_array_equal(array, named_arrays(run.network)[key])
    with safe_open(path, "np") as file:
        about = file.metadata()
    assert json.loads(about["experiment"])["training"]["optimizer"] == run.experiment.training.optimizer
    assert about["epoch"] == "4"


@needs("torch", "safetensors", by=GIGABYTES)
def test_what_was_trained_in_pytorch_comes_back(tmp_path: Path) -> None:
    from safetensors.torch import save_file

    from tests.experiments.export.programs import program

    run = runs.trained(runs.CASES["batch norm"])
    module = program(run, tmp_path, "torch")
    module.train(2)
    state = {name: array.contiguous() for name, array in module.network.state_dict().items()}
    save_file(state, tmp_path / "torch.safetensors")
    read_weights(tmp_path / "torch.safetensors", run.network)
    inputs = run.table.inputs
    np.testing.assert_allclose(runs.answers(run, inputs), module.predict(inputs), atol=1e-12)


def test_a_run_starts_from_them(tmp_path: Path) -> None:
    run = runs.trained(runs.CASES["optimizer sgd"])
    trainer = trainer_from(run.experiment, exported(run, tmp_path))
    np.testing.assert_array_equal(trainer.network.parameters, run.network.parameters)
    assert trainer.epoch == 0
    assert trainer.history.rows()[0, FIRST, TRAIN_LOSS] == run.trainer.figures.train.loss
    trainer.run_epoch()


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (lambda arrays: arrays.pop("biases.1"), "it lacks biases.1, which the network has; expected are weights.0, "),
        (lambda arrays: arrays.update(more=np.ones(2)), "it has more, which the network has not; expected are "),
        (
            lambda arrays: arrays.update({"biases.0": np.ones(9)}),
            r"biases.0 is of shape \(9,\); the network's is \(4,\)",
        ),
        (lambda arrays: arrays["weights.0"].fill(np.nan), "weights.0 has numbers that are not finite"),
        (lambda arrays: arrays["running_variances.0"].fill(-1), "running_variances.0 has negative numbers"),
    ],
)
def test_what_does_not_fit_is_refused_and_nothing_changes(change, problem: str, tmp_path: Path) -> None:
    network = NeuralNetwork([2, 4, 1], batch_norm=True, seed=0)
    before = network.parameters.copy()
    arrays = {name: array.copy() + 1 for name, array in named_arrays(network).items()}
    change(arrays)
    path = tmp_path / "x.safetensors"
    path.write_bytes(packed(arrays, {}))
    with pytest.raises(FileError, match=problem):
        read_weights(path, network)
    np.testing.assert_array_equal(network.parameters, before)


def header(text: bytes, body: bytes = b"") -> bytes:
    return len(text).to_bytes(8, "little") + text + body


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"not one",
        header(b"{}")[:9],
        header(b"[1, 2]"),
        header(b'{"a": {"dtype": "F64", "shape": [2], "data_offsets": [0, 8]}}', bytes(8)),
        header(b'{"a": {"dtype": "F64", "shape": [1], "data_offsets": [8, 16]}}', bytes(8)),
        header(b'{"a": {"dtype": "F64", "shape": [-1], "data_offsets": [0, 8]}}', bytes(8)),
        header(b'{"a": {"dtype": "F64", "shape": "x", "data_offsets": [0, 8]}}', bytes(8)),
        header(b'{"a": {"dtype": ["F64"], "shape": [1], "data_offsets": [0, 8]}}', bytes(8)),
        header(b'{"a": ' * 5000),
        b"\xff" * 20,
    ],
)
def test_what_is_no_such_file_is_told(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "broken.safetensors"
    path.write_bytes(data)
    with pytest.raises(FileError, match="this is no safetensors file"):
        read_arrays(path)


def test_numbers_of_another_type_are_told(tmp_path: Path) -> None:
    path = tmp_path / "whole.safetensors"
    path.write_bytes(header(b'{"a": {"dtype": "BF16", "shape": [1], "data_offsets": [0, 2]}}', bytes(2)))
    with pytest.raises(FileError, match="a has numbers of type BF16; allowed are F64, F32, F16, I64"):
        read_arrays(path)


def test_a_file_that_isnt_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="there is no such file"):
        read_arrays(tmp_path / "none.safetensors")
