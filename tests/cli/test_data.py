"""What the arguments say of a table: how it is read, what its columns are, what becomes of its gaps."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from nnplay.cli import main
from nnplay.experiments import read_document

RANDOM = np.random.default_rng(2)
N = 24
ROWS = [f"{u:.2f},{v:.2f},{k % 3 + 1},{'ab'[k % 2]}" for k, (u, v) in enumerate(RANDOM.normal(size=(N, 2)))]


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "table.csv"
    path.write_text("\n".join(["u,v,size,class", *ROWS]))
    return path


def told(capsys: pytest.CaptureFixture[str], *arguments: object) -> dict[str, Any]:
    assert main(["train", "--data", *map(str, arguments), "--epochs", "2", "--json"]) == 0
    out, errors = capsys.readouterr()
    assert errors == ""
    data: dict[str, Any] = json.loads(out)["data"]
    return data


def refusal(capsys: pytest.CaptureFixture[str], *arguments: object) -> str:
    try:
        code = main(["train", *map(str, arguments)])
    except SystemExit as exit_:
        code = exit_.code
    out, errors = capsys.readouterr()
    assert (code, out) == (2, "")
    assert errors.count("\n") == 1
    return errors


def test_without_options_it_is_as_suggested(table: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert told(capsys, table) == {
        "rows": N,
        "left_out": 0,
        "filled": 0,
        "inputs": ["u", "v", "size"],
        "target": "class",
        "task": "classification",
        "classes": ["a", "b"],
        "notes": [],
    }


@pytest.mark.parametrize("target", ["size", "3", "SIZE"])
def test_the_target_by_name_or_place(target: str, table: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = told(capsys, table, "--target", target)
    assert (data["target"], data["task"], data["classes"]) == ("size", "classification", ["1", "2", "3"])
    assert data["inputs"] == ["u", "v", "class=b"]


def test_a_name_comes_before_a_place(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "numbered.csv"
    path.write_text(
        "\n".join(["2,1,class", *(row.replace(",1,", ",").replace(",2,", ",").replace(",3,", ",") for row in ROWS)])
    )
    assert told(capsys, path, "--target", "1", "--header", "1")["target"] == "1"
    assert told(capsys, path, "--target", "3", "--header", "1")["target"] == "class"


def test_class_or_number(table: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = told(capsys, table, "--target", "size", "--task", "regression")
    assert (data["task"], data["classes"]) == ("regression", [])


def test_inputs_are_those_that_are_named(table: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = told(capsys, table, "--inputs", "size, u")
    assert (data["inputs"], data["target"]) == (["u", "size"], "class")
    assert data["notes"] == ["1 column left out: v (not used)"]
    assert told(capsys, table, "--inputs", "1,2", "--target", "size")["inputs"] == ["u", "v"]


def test_names_with_commas_are_quoted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "commas.csv"
    path.write_text("\n".join(['"u, in cm",v,size,class', *ROWS]))
    assert told(capsys, path, "--inputs", '"u, in cm",v')["inputs"] == ["u, in cm", "v"]


def test_how_it_is_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "odd.txt"
    lines = ["measured in May", "u_v_size_class", *(row.replace(",", "_").replace(".", ",") for row in ROWS), "ü_ü_ü_ü"]
    path.write_bytes("\n".join(lines[:-1]).encode("utf-16"))
    data = told(capsys, path, "--separator", "_", "--decimal", ",", "--skip", 1, "--header", 1, "--encoding", "UTF-16")
    assert (data["rows"], data["inputs"], data["target"]) == (N, ["u", "v", "size"], "class")
    path = tmp_path / "bare.tsv"
    path.write_text("\n".join(row.replace(",", "\t") for row in ROWS))
    for separator in ("tab", "\\t", "\t"):
        data = told(capsys, path, "--separator", separator, "--header", "none")
        assert (data["rows"], data["inputs"]) == (N, ["column 1", "column 2", "column 3"])


def test_the_run_is_kept_with_its_preparation_and_goes_on(table: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = table.with_suffix(".nnplay")
    told(capsys, table, "--set", "training.learning_rate=0.02", "--seed", 7, "--out", out)
    document = read_document(out)
    assert document.experiment.seed == 7
    assert document.experiment.training.learning_rate == 0.02
    assert document.run is not None
    assert document.run.epoch == 2
    preparation = document.experiment.data.preparation
    assert preparation is not None
    assert [column.name for column in preparation.columns] == ["u", "v", "size"]
    assert preparation.target == "class"
    assert main(["train", str(out), "--epochs", "3", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["epochs"] == 5


def test_figures_of_a_regression(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "line.csv"
    x = RANDOM.normal(size=60)
    path.write_text("\n".join(["x,price", *(f"{a:.3f},{100_000 + 20_000 * a:.0f}" for a in x)]))
    assert main(["train", "--data", str(path), "--epochs", "300", "--json"]) == 0
    figures = json.loads(capsys.readouterr().out)
    for name in ("train", "test"):
        assert figures[name]["r2"] > 0.9
        assert 0 < figures[name]["mae"] <= figures[name]["rmse"] < 10_000
        assert figures[name]["accuracy"] is None
    assert main(["train", "--data", str(path), "--epochs", "3"]) == 0
    assert "R² " in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--target", "w"], "table.csv: --target is 'w'; allowed is one of u, v, size, class"),
        (["--target", "5"], "table.csv: --target is '5'; allowed is one of u, v, size, class"),
        (["--target", "9" * 5000], "allowed is one of u, v, size, class"),
        (["--inputs", "u,w"], "table.csv: --inputs is 'w'; allowed is one of u, v, size, class"),
        (["--inputs", "u,u"], "table.csv: --inputs is 'u'; allowed is each column once"),
        (["--inputs", "u,class"], "table.csv: --inputs is 'class'; allowed is other columns than the target"),
        (["--inputs", ""], "table.csv: no column is an input, and at least one was expected: u (not used), v (not us"),
        (["--sheet", "one"], "table.csv: --sheet is 'one'; allowed is what a spreadsheet has, and a text has not"),
        (["--task", "regression"], "table.csv: class is text; allowed is numbers alone; line 2 has 'a'"),
        (["--task", "classification", "--target", "u"], "u is 24 different values; allowed is 2 to 64 classes"),
        (["--task", "guess"], "argument --task: invalid choice: 'guess'"),
        (["--missing", "guess"], "argument --missing: invalid choice: 'guess'"),
        (["--separator", "both"], "argument --separator: it is 'both'; allowed is one character, or one of comma, sem"),
        (["--header", "first"], "argument --header: it is 'first'; allowed is none, or a whole number from 1 to"),
        (["--skip", "-1"], "argument --skip: it is '-1'; allowed is a whole number from 0 to"),
        (["--encoding", "klingon"], "argument --encoding: it is 'klingon'; allowed is the name of an encoding, such"),
        (["--set", "training.learning_rate=5000"], "experiment.training.learning_rate is 5000; allowed is a number ab"),
        (["--set", "training.batch_size=1", "--set", "model.batch_norm=true"], "experiment.training.batch_size is 1;"),
        (["--out", "gone/run.nnplay"], "gone/run.nnplay: there is no such folder to write to"),
    ],
)
def test_what_can_not_be_is_one_sentence(
    arguments: list[str], sentence: str, table: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if arguments[:2] == ["--task", "classification"]:
        table.write_text("\n".join(["u,v,size,class", *(f"{k}.5,{k % 7},{k % 3},a" for k in range(70))]))
        sentence = sentence.replace("24", "70")
    assert sentence in refusal(capsys, "--data", table, *arguments)


def test_an_experiment_or_a_table(table: Path, capsys: pytest.CaptureFixture[str]) -> None:
    both = refusal(capsys, "a.nnplay", "--data", table)
    assert both.startswith("nnplay: an experiment and --data are given; allowed is one of them; nnplay train --help")
    assert refusal(capsys).startswith("nnplay: the following arguments are required: FILE or --data;")
    beside = refusal(capsys, "a.nnplay", "--target", "u", "--skip", "0")
    assert beside.startswith("nnplay: --target, --skip without --data; allowed is beside it;")
    assert f"{table} is a table and no experiment; --data before it trains on it" in refusal(capsys, table)
    experiment = refusal(capsys, "--data", "a.nnplay")
    assert "a.nnplay is an experiment and no table; it is trained without --data" in experiment
    assert refusal(capsys, "--data", "gone.csv").startswith("nnplay: gone.csv: ")


def test_a_table_without_a_target_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "alone.csv"
    path.write_text("u\n1.5\n2.5\n4.5\n")
    one = "nnplay: alone.csv: has one column only; at least one input and a target were expected\n"
    assert refusal(capsys, "--data", path) == one
    path.write_text("unit,u\ncm,1.5\ncm,1.5\ncm,1.5\n")
    none = "nnplay: alone.csv: no column looks like a target, and --target names none\n"
    assert refusal(capsys, "--data", path) == none


def test_a_table_without_enough_rows_says_what_helps(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "gaps.csv"
    path.write_text("u,v,class\n1.5,,a\n2.5,,b\n,3.5,a\n,2.5,b\n")
    sentence = refusal(capsys, "--data", path, "--inputs", "u,v")
    assert sentence == (
        "nnplay: gaps.csv: too few rows are left: 2 of 4 have no value in 'u'; "
        "fill in missing values or leave 'u' out\n"
    )
    assert told(capsys, path, "--inputs", "u,v", "--missing", "fill")["filled"] == 4
    data = told(capsys, path)  # suggested is what can be learnt
    assert (data["rows"], data["inputs"]) == (2, ["u"])
    assert "1 column left out: v (no value in 2 rows)" in data["notes"]
