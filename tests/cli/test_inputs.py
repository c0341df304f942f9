"""Tables of every kind that people have, through `nnplay train --data`, give what is written down beside them."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from nnplay.cli import main

INPUTS = Path(__file__).parents[1] / "reference" / "inputs"
EXPECTED: dict[str, dict[str, Any]] = json.loads((INPUTS / "expected.json").read_text())
TABLES = [name for name in EXPECTED if not name.endswith(".nnplay")]

CHECKS: dict[str, Callable[[dict[str, Any], Any], bool]] = {
    "rows": lambda data, wanted: data["rows"] == wanted,
    "left_out": lambda data, wanted: data["left_out"] == wanted,
    "inputs": lambda data, wanted: data["inputs"] == wanted,
    "input_count": lambda data, wanted: len(data["inputs"]) == wanted,
    "target": lambda data, wanted: data["target"] == wanted,
    "task": lambda data, wanted: data["task"] == wanted,
    "classes": lambda data, wanted: sorted(data["classes"]) == sorted(wanted),
    "class_count": lambda data, wanted: len(data["classes"]) == wanted,
    "classes_contain": lambda data, wanted: wanted in data["classes"],
    "no_input": lambda data, wanted: wanted not in data["inputs"],
}
OTHERWISE = {"note", "args", "min_r2", "refusal_or"}
FORMATS = {"libsvm.txt": "LIBSVM", "weka.arff": "ARFF"}


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    code = main([str(argument) for argument in arguments])
    return code, *capsys.readouterr()


def test_every_file_is_expected_and_every_expectation_checked() -> None:
    files = {path.name for path in INPUTS.iterdir()} - {"README.md", "expected.json"}
    assert files == set(EXPECTED)
    assert {key for each in EXPECTED.values() for key in each} <= {*CHECKS, *OTHERWISE}


@pytest.mark.parametrize("name", TABLES)
def test_a_table(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    wanted = EXPECTED[name]
    epochs = 300 if "min_r2" in wanted else 3
    arguments = ["train", "--data", INPUTS / name, *wanted.get("args", []), "--epochs", epochs, "--json"]
    code, out, told = run(capsys, *arguments)
    if "refusal_or" in wanted and code:
        assert (code, out) == (2, "")
        assert FORMATS[name] in told
        assert told.count("\n") == 1
        return
    assert (code, told) == (0, "")
    figures = json.loads(out)
    data = figures["data"]
    for key, check in CHECKS.items():
        if key in wanted:
            assert check(data, wanted[key]), (key, wanted[key], data)
    if "refusal_or" in wanted:
        assert (data["rows"], len(data["inputs"]), len(data["classes"])) == (30, 2, 2)
    if "min_r2" in wanted:
        assert figures["train"]["r2"] >= wanted["min_r2"]


def test_a_count_and_names_in_the_first_line_are_no_sample_and_no_header(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, told = run(capsys, "train", "--data", INPUTS / "counts_first_line.csv", "--epochs", 0, "--json")
    if code:
        assert (code, out, told.count("\n")) == (2, "", 1)
        return
    data = json.loads(out)["data"]
    assert data["rows"] == 30
    assert not {"30", "blue", "red"} & {*data["inputs"], data["target"], *data["classes"]}


def test_missing_ages_are_left_out_or_filled_and_the_count_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["train", "--data", INPUTS / "passengers.csv", "--epochs", 1]
    code, _, told = run(capsys, *arguments)
    assert code == 0
    assert "29 rows left out: they have missing values in Age" in told
    assert "2 columns became inputs of 0 and 1: Sex, Port" in told
    assert "1 column left out: Id (counts the rows)" in told
    _, out, told = run(capsys, *arguments, "--missing", "fill", "--json")
    data = json.loads(out)["data"]
    assert (data["rows"], data["left_out"], data["filled"]) == (60, 0, 29)
    assert "29 missing values filled in, in Age" in data["notes"]
    assert data["inputs"] == ["Class", "Sex=male", "Age", "Fare", "Port=C", "Port=Q", "Port=S"]
    assert data["target"] == "Survived"
    assert told == ""


def test_batch_norm_with_batches_of_one_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, told = run(capsys, "train", INPUTS / "bn_batch_one.nnplay", "--epochs", 2)
    assert (code, out) == (2, "")
    assert re.search(r"experiment\.training\.batch_size is 1; allowed is .*batch norm", told)
