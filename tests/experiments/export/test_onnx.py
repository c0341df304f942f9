"""ONNX: checked by onnx, and computed by onnxruntime with equal outputs."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from nnplay.experiments.export import FORMATS
from nnplay.training.experiment import DataSpec
from tests.experiments.export import runs
from tests.heavy import needs

pytestmark = needs("onnx", "onnxruntime")


def session(run: runs.ExportedRun) -> Any:
    import onnx
    import onnxruntime

    data = FORMATS["onnx"].files(run)[".onnx"]
    onnx.checker.check_model(onnx.load_from_string(data), full_check=True)
    return onnxruntime.InferenceSession(data, providers=["CPUExecutionProvider"])


def outputs(run: runs.ExportedRun, inputs: np.ndarray) -> dict[str, np.ndarray]:
    found = session(run)
    names = [each.name for each in found.get_outputs()]
    given = {"inputs": inputs.astype(run.network.dtype)}
    return dict(zip(names, found.run(names, given), strict=True))


@pytest.mark.parametrize("name", [name for name in runs.CASES if name != "text columns"])
def test_outputs_are_equal(name: str) -> None:
    run = runs.trained(runs.CASES[name])
    inputs = run.table.inputs
    found, wanted = outputs(run, inputs), runs.answers(run, inputs)
    np.testing.assert_allclose(found["probabilities" if run.classes else "value"], wanted, rtol=1e-12, atol=1e-12)
    if run.classes:
        assert found["label"].tolist() == [run.classes[place] for place in wanted.argmax(axis=1)]


@pytest.mark.parametrize("name", ["everything", "three classes", "regression", "regression of a table"])
def test_in_32_bits(name: str) -> None:
    run = runs.trained(runs.in_32_bits(runs.CASES[name]))
    inputs = run.table.inputs
    found = outputs(run, inputs)["probabilities" if run.classes else "value"]
    assert found.dtype == np.float32
    np.testing.assert_allclose(found, runs.answers(run, inputs), rtol=1e-5, atol=1e-5)


def test_every_feature() -> None:
    from nnplay.data import FEATURES

    run = runs.trained(runs.experiment(DataSpec(kind="moons", samples=30, features=tuple(FEATURES), standardize=True)))
    inputs = run.table.inputs
    np.testing.assert_allclose(outputs(run, inputs)["probabilities"], runs.answers(run, inputs), atol=1e-12)


def test_units_that_are_off_are_off() -> None:
    run = runs.trained(runs.CASES["optimizer sgd"])
    run.network.set_unit_enabled(1, 2, enabled=False)
    inputs = run.table.inputs
    np.testing.assert_allclose(outputs(run, inputs)["probabilities"], runs.answers(run, inputs), atol=1e-12)


def test_texts_and_missing_cells_are_prepared_in_the_graph() -> None:
    run = runs.trained(runs.CASES["text columns"])
    found = session(run)
    rows: dict[str, np.ndarray] = {
        "Class": np.array([[1.0], [3.0], [2.0]]),
        "Sex": np.array([["female"], ["male"], [""]], dtype=object),
        "Age": np.array([[30.0], [np.nan], [20.0]]),
        "Fare": np.array([[80.5], [7.0], [9.0]]),
        "Port": np.array([["C"], ["S"], ["X"]], dtype=object),
    }
    assert {each.name for each in found.get_inputs()} == set(rows)
    probabilities, label = found.run(["probabilities", "label"], rows)
    age = next(column.fill for column in run.preparation.columns if column.name == "Age")
    inputs = np.array([[1, 0, 30.0, 80.5, 1, 0, 0], [3, 1, age, 7.0, 0, 0, 1]])
    wanted = runs.answers(run, inputs)
    np.testing.assert_allclose(probabilities[:2], wanted, atol=1e-12)
    assert label[:2].tolist() == [run.classes[place] for place in wanted.argmax(axis=1)]
    assert np.isnan(probabilities[2]).all()  # there is no port X


def test_a_missing_cell_that_nothing_stands_for_has_no_probability() -> None:
    run = runs.trained(runs.imported("regression_large_target.csv"))
    inputs = run.table.inputs[:2].copy()
    inputs[1, 0] = np.nan
    value = outputs(run, inputs)["value"]
    np.testing.assert_allclose(value[:1], runs.answers(run, inputs[:1]), rtol=1e-12)
    assert np.isnan(value[1])


def test_the_experiment_is_in_it(tmp_path: Path) -> None:
    run = runs.trained(runs.CASES["three classes"])
    about = session(run).get_modelmeta().custom_metadata_map
    assert json.loads(about["classes"]) == list(run.classes)
    assert json.loads(about["experiment"])["data"]["kind"] == "blobs"
    assert about["epoch"] == "4"
