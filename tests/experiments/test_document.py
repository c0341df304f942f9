"""Experiment files: what is written is read again, and what can't be taken is one sentence."""

import json
import os
import stat
import sys
from pathlib import Path

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnplay.data import DATA_SETS, FEATURES, Table
from nnplay.errors import InputError
from nnplay.experiments import (
    Document,
    DocumentError,
    document,
    format_document,
    parse_document,
    read_document,
    write_document,
)
from nnplay.nn import ACTIVATIONS, INITIALIZERS, LOSSES, OPTIMIZERS, SCHEDULES
from nnplay.training.experiment import (
    CLASS_WEIGHTS,
    DataSpec,
    Experiment,
    HiddenLayer,
    ModelSpec,
    ScheduleSpec,
    TrainingSpec,
)

REFERENCE = Path(__file__).parents[1] / "reference"
PRESETS = Path(__file__).parents[2] / "resources" / "presets"


def numbers(low: float, high: float) -> st.SearchStrategy[float]:
    return st.floats(low, high, allow_nan=False, allow_infinity=False)


coordinates = numbers(-1e100, 1e100)
tables = st.lists(st.tuples(coordinates, coordinates, st.integers(0, 2)), max_size=5).map(
    lambda rows: Table(
        np.array([row[:2] for row in rows]).reshape(-1, 2), np.array([row[2] for row in rows], dtype=float)
    )
)
data_specs = st.one_of(
    st.builds(DataSpec, kind=st.just("yours"), table=tables, standardize_target=st.booleans()),
    st.builds(
        DataSpec,
        kind=st.sampled_from(list(DATA_SETS)),
        samples=st.integers(100, 1000),
        noise=numbers(0, 0.5),
        seed=st.integers(0, 2**32 - 1),
        formula=st.text(max_size=20),
        plane=st.none() | st.just((-1.0, 1.0, -2.5, 6.25)),
        features=st.lists(st.sampled_from(list(FEATURES)), min_size=1, unique=True).map(tuple),
        train_share=numbers(0.1, 1.0),
    ),
)
hidden_layers = st.builds(HiddenLayer, units=st.integers(1, 512), activation=st.sampled_from(list(ACTIVATIONS)))
model_specs = st.builds(
    ModelSpec,
    hidden_layers=st.lists(hidden_layers, max_size=4).map(tuple),
    loss=st.sampled_from(list(LOSSES)),
    initializer=st.sampled_from(list(INITIALIZERS)),
    batch_norm=st.booleans(),
    dropout=numbers(0, 0.99),
)
training_specs = st.builds(
    TrainingSpec,
    optimizer=st.sampled_from(list(OPTIMIZERS)),
    learning_rate=numbers(1e-300, 1000),
    batch_size=st.none() | st.integers(1, 1000),
    schedule=st.builds(ScheduleSpec, kind=st.sampled_from(list(SCHEDULES))),
    class_weights=st.sampled_from(list(CLASS_WEIGHTS)),
)
experiments = st.builds(
    Experiment, data=data_specs, model=model_specs, training=training_specs, seed=st.integers(0, 2**32 - 1)
)


def broken(path: str, value: object) -> bytes:
    """The tutorial's file with another value at a path like "model.hidden_layers.0.units"."""
    tree = json.loads(format_document(Document(experiment=Experiment())))
    node = tree["experiment"]
    *steps, last = path.split(".")
    for step in steps:
        node = node[int(step)] if step.isdigit() else node[step]
    node[int(last) if last.isdigit() else last] = value
    return json.dumps(tree).encode()


def refusal(data: bytes) -> str:
    with pytest.raises(DocumentError) as caught:
        parse_document(data, "my.nnplay")
    sentence = str(caught.value)
    assert "\n" not in sentence
    assert sentence.startswith("my.nnplay: ")
    return sentence.removeprefix("my.nnplay: ")


@given(experiments)
@settings(deadline=None, max_examples=60)
def test_what_is_written_is_read_again_to_the_last_bit(experiment: Experiment) -> None:
    data = format_document(Document(experiment=experiment))
    again = parse_document(data, "x")
    assert again.experiment == experiment
    assert format_document(again) == data


@given(st.binary(max_size=200))
def test_any_bytes_are_refused_in_one_sentence(data: bytes) -> None:
    refusal(data)


@given(
    st.sampled_from(["seed", "data", "data.samples", "data.table", "data.plane", "model.hidden_layers", "training"]),
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
        max_leaves=5,
    ),
)
@settings(deadline=None)
def test_any_value_is_taken_or_refused_in_one_sentence(path: str, value: object) -> None:
    try:
        parse_document(broken(path, value), "x")
    except DocumentError as error:
        assert "\n" not in str(error)


@pytest.mark.parametrize(
    ("path", "value", "sentence"),
    [
        ("seed", -1, "experiment.seed is -1; allowed is a whole number from 0 to 4294967295"),
        ("seed", "7", 'experiment.seed is "7"; allowed is a whole number from 0 to 4294967295'),
        ("seed", None, "experiment.seed is null; allowed is a whole number from 0 to 4294967295"),
        ("data.noise", 3, "experiment.data.noise is 3; allowed is a number from 0 to 0.5"),
        ("data.standardize", 1, "experiment.data.standardize is 1; allowed is true or false"),
        ("data.plane", [1, 2], "experiment.data.plane is [1, 2]; allowed is a list of 4 values, each a number or null"),
        ("data.features.1", 5, "experiment.data.features[1] is 5; allowed is a text"),
        (
            "model.hidden_layers.0.units",
            1000,
            "experiment.model.hidden_layers[0].units is 1000; allowed is a whole number from 1 to 512",
        ),
        ("model.dropout", 1.0, "experiment.model.dropout is 1.0; allowed is a number from 0 to below 1"),
        (
            "training.learning_rate",
            0,
            "experiment.training.learning_rate is 0; allowed is a number above 0 and at most 1000",
        ),
        (
            "training.batch_size",
            0,
            "experiment.training.batch_size is 0; allowed is a whole number from 1 to 1000000 or null",
        ),
        ("training.learnig_rate", 1, "experiment.training.learnig_rate is 1; allowed is one of the keys optimizer, "),
        ("model.loss", "hinge", 'experiment.model.loss is "hinge"; allowed is one of '),
        (
            "model.hidden_layers.0.activation",
            "staircase",
            'experiment.model.hidden_layers[0].activation is "staircase"; allowed is one of ',
        ),
        ("data.plane", [1, 0, 0, 1], "experiment.data.plane is [1.0, 0.0, 0.0, 1.0]; allowed is four numbers of at "),
        ("data.plane", [0, 1, 0, 1e101], "experiment.data.plane is [0.0, 1.0, 0.0, 1e+101]; allowed is four numbers "),
        ("data.plane_inputs", [0, 2], "experiment.data.plane_inputs is [0, 2]; allowed is two of the 2 inputs"),
        ("data.kind", "yours", "experiment.data.table is null; allowed is the points where kind is 'yours'"),
        ("data.table", 5, "experiment.data.table is 5; allowed is the points where kind is 'yours'"),
        ("data", {"kind": "yours", "table": 5}, "experiment.data.table is 5; allowed is a record of"),
        (
            "data",
            {"kind": "yours", "table": {"inputs": [[1, 2]]}},
            "experiment.data.table.targets is null; allowed is a list of numbers",
        ),
        ("model.start", [1.0, "a"], 'experiment.model.start[1] is "a"; allowed is a number from '),
        ("model.start", [1e31], "experiment.model.start[0] is 1e+31; allowed is a number from "),
        ("model.start", 5, "experiment.model.start is 5; allowed is "),
        ("training.left_out", [[]], "experiment.training.left_out[0] is []; allowed is a list of 2 to 100001 values"),
        ("training.left_out", [[0] * 100_002], "experiment.training.left_out[0] is [0, 0, 0, 0, "),
        ("training.left_out", [[0, 0]] * 101, "experiment.training.left_out is [[0, 0], [0, 0], "),
        ("training.left_out", [[0, 1e101]], "experiment.training.left_out[0][1] is 1e+101; allowed is a number from "),
        ("model.output", "tanh", 'experiment.model.output is "tanh"; allowed is one of own, sigmoid, softmax'),
        ("data", [], "experiment.data is []; allowed is an object with the keys kind, "),
    ],
)
def test_a_wrong_field_is_named_with_its_value_and_what_is_allowed(path: str, value: object, sentence: str) -> None:
    assert refusal(broken(path, value)).startswith(sentence)


def test_the_error_carries_its_parts() -> None:
    with pytest.raises(InputError) as caught:
        parse_document(broken("data.noise", 3), "my.nnplay")
    assert (caught.value.field, caught.value.value) == ("experiment.data.noise", 3)
    assert caught.value.allowed == "a number from 0 to 0.5"


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "this is not JSON (Input data was truncated)"),
        (b"\x89PNG\r\n", "this is not a text file in UTF-8 (byte 0)"),
        (b"learning_rate = 0.5", "this is not JSON (JSON is malformed: invalid character (byte 0))"),
        (b'{"schema_version": 1, "experiment": NaN}', "this is not JSON ("),
        (b'{"a": 1e999}', "this is not JSON (Number out of range"),
        (b"[" * 100_000, "this is not an experiment: it is nested too deeply"),
        (b"[1, 2]", "this is not an nnplay experiment, which is an object with schema_version and experiment"),
        (b'{"cells": []}', "this is not an nnplay experiment"),
        (b'{"schema_version": 1}', "this is not an nnplay experiment"),
        (b'{"schema_version": "1", "experiment": {}}', 'schema_version is "1"; allowed is a whole number from 1 to 1'),
        (b'{"schema_version": 0, "experiment": {}}', "schema_version is 0; allowed is a whole number from 1 to 1"),
        (b'{"schema_version": true, "experiment": {}}', "schema_version is true; allowed is"),
        (
            b'{"schema_version": 2, "experiment": {}, "new": 1}',
            "this file was written by a newer nnplay: schema_version is 2; allowed is up to 1 in this one",
        ),
        (b'{"schema_version": 1, "experiment": {}, "x": 5}', "x is 5; allowed is one of the keys schema_version, "),
    ],
)
def test_a_broken_or_foreign_file_is_one_sentence(data: bytes, sentence: str) -> None:
    assert refusal(data).startswith(sentence)


@pytest.mark.parametrize(
    ("run", "sentence"),
    [
        ({"epoch": -1}, "run.epoch is -1; allowed is a whole number from 0"),
        ({"epoch": 0}, "run.parameters is missing"),
        ({"epoch": 0, "parameters": [1, "x"]}, 'run.parameters[1] is "x"; allowed is a number'),
        (
            {"epoch": 0, "parameters": [], "generator": {}, "optimizer_memory": {"m": 5}},
            'run.optimizer_memory[…] is {"m": 5}; allowed is a list of values, each a number',
        ),
        ([], "run is []; allowed is an object with the keys epoch, "),
    ],
)
def test_a_broken_run_is_one_sentence(run: object, sentence: str) -> None:
    data = json.dumps({"schema_version": 1, "experiment": {}, "run": run}).encode()
    assert refusal(data).startswith(sentence)


def test_a_number_beyond_all_bounds_is_one_sentence() -> None:
    huge = b'{"schema_version": 1, "experiment": {"seed": 1' + b"0" * 6000 + b"}}"
    assert refusal(huge)


def test_a_byte_order_mark_does_no_harm() -> None:
    expected = Document(experiment=Experiment())
    assert parse_document(b"\xef\xbb\xbf" + format_document(expected), "x") == expected


def test_what_is_left_out_has_its_default() -> None:
    assert parse_document(b'{"schema_version": 1, "experiment": {}}', "x").experiment == Experiment()


def test_files_that_are_not_there_are_named(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match=r"gone\.nnplay: there is no such file$"):
        read_document(tmp_path / "gone.nnplay")
    with pytest.raises(DocumentError, match=r": this is a folder"):
        read_document(tmp_path)


def test_a_file_too_large_is_neither_read_nor_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.nnplay"
    write_document(Document(experiment=Experiment()), path)
    before = path.read_bytes()
    monkeypatch.setattr(document, "MAX_BYTES", 100)
    with pytest.raises(DocumentError, match="files up to 0 MB can be read"):
        read_document(path)
    with pytest.raises(DocumentError, match="too large"):
        write_document(Document(experiment=Experiment(seed=3)), path)
    assert path.read_bytes() == before


def test_writing_replaces_the_file_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "ein Versuch.nnplay"
    write_document(Document(experiment=Experiment(seed=1)), path)
    write_document(Document(experiment=Experiment(seed=2)), path)
    assert read_document(path).experiment.seed == 2
    assert [each.name for each in tmp_path.iterdir()] == ["ein Versuch.nnplay"]


def test_a_failing_write_keeps_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.nnplay"
    write_document(Document(experiment=Experiment(seed=1)), path)

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(DocumentError, match=r"can't be written \(No space left on device\)"):
        write_document(Document(experiment=Experiment(seed=2)), path)
    assert read_document(path).experiment.seed == 1
    assert [each.name for each in tmp_path.iterdir()] == ["a.nnplay"]


def test_a_folder_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match=r"can't be written \(No such file or directory\)$"):
        write_document(Document(experiment=Experiment()), tmp_path / "no" / "a.nnplay")


@pytest.mark.skipif(sys.platform == "win32", reason="modes and links are those of POSIX")
def test_writing_keeps_the_mode_and_follows_a_link(tmp_path: Path) -> None:
    path, link = tmp_path / "a.nnplay", tmp_path / "link.nnplay"
    write_document(Document(experiment=Experiment(seed=1)), path)
    path.chmod(0o640)
    link.symlink_to(path)
    write_document(Document(experiment=Experiment(seed=2)), link)
    assert link.is_symlink()
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert read_document(path).experiment.seed == 2


def test_an_older_version_is_brought_up_to_date(monkeypatch: pytest.MonkeyPatch) -> None:
    def rename(tree: document.Tree) -> document.Tree:
        assert tree["schema_version"] == 1
        return {"experiment": tree["trial"]} if "trial" in tree else tree

    monkeypatch.setattr(document, "SCHEMA_VERSION", 2)
    monkeypatch.setattr(document, "MIGRATIONS", {1: rename})
    old = b'{"schema_version": 1, "experiment": 0, "trial": {"seed": 5}}'
    assert parse_document(old, "x").experiment == Experiment(seed=5)


def test_every_older_version_has_its_migration() -> None:
    assert sorted(document.MIGRATIONS) == list(range(1, document.SCHEMA_VERSION))


def test_the_golden_file_of_version_1_is_read_as_ever() -> None:
    experiment = read_document(REFERENCE / "format_1.nnplay").experiment
    points = Table(np.array([[-1.5, 2.0], [0.25, -3.0], [4.0, 1e-3]]), np.array([0.0, 1.0, 1.0]))
    assert experiment.data == DataSpec(
        kind="yours", table=points, plane=(-4.0, 4.0, -3.5, 3.5), features=("x1", "x1*x2"), train_share=0.75, seed=11
    )
    assert experiment.model == ModelSpec(
        hidden_layers=(HiddenLayer(units=6, activation="tanh"), HiddenLayer(units=3, activation="sigmoid")),
        initializer="zeros",
        dropout=0.25,
    )
    assert experiment.training == TrainingSpec(
        learning_rate=0.03, l2=0.001, batch_size=10, epochs=500, schedule=ScheduleSpec(kind="constant", warm_up=5)
    )
    assert experiment.seed == 4294967295


@pytest.mark.parametrize("path", sorted(PRESETS.glob("*.nnplay")), ids=lambda path: path.stem)
def test_the_presets_are_as_they_would_be_written(path: Path) -> None:
    assert format_document(read_document(path)) == path.read_bytes().replace(b"\r\n", b"\n")


def test_a_long_table_is_not_laid_out_line_by_line() -> None:
    points = Table(np.random.default_rng(0).normal(size=(5000, 2)), np.zeros(5000))
    long = Document(experiment=Experiment(data=DataSpec(kind="yours", table=points)))
    data = format_document(long)
    assert data.count(b"\n") == 1
    assert parse_document(data, "x") == long
    assert msgspec.json.decode(data)["schema_version"] == 1


def test_many_points_are_packed_in_the_file_and_come_back(tmp_path: Path):
    pixels = np.random.default_rng(0).integers(0, 256, (500, 784)) / 255.0
    table = Table(pixels, np.arange(500.0) % 10)
    experiment = Experiment(data=DataSpec(kind="yours", table=table), model=ModelSpec(loss="categorical_cross_entropy"))
    path = tmp_path / "digits.nnplay"
    write_document(Document(experiment=experiment), path)
    assert path.stat().st_size < 1.4 * pixels.size + 20_000  # as base64
    assert read_document(path).experiment == experiment


@pytest.mark.parametrize("name", ["x." * 150 + "nnplay", "a\0b.nnplay"])
def test_a_name_that_no_file_can_have_is_one_sentence(tmp_path: Path, name: str) -> None:
    with pytest.raises(DocumentError, match=r"the file can't be written \("):
        write_document(Document(experiment=Experiment()), tmp_path / name)
