"""`nnplay predict`: rows without a target, through the preparation that is kept with the run."""

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from nnplay.cli import main
from nnplay.experiments import Document, write_document
from nnplay.training.experiment import DataSpec, Experiment

INPUTS = Path(__file__).parents[1] / "reference" / "inputs"


def trained(tmp_path: Path, data: Path, *arguments: str) -> Path:
    run = tmp_path / "run.nnplay"
    assert main(["train", "--data", str(data), "--epochs", "200", "--out", str(run), *arguments]) == 0
    return run


@pytest.fixture
def passengers(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    run = trained(tmp_path, INPUTS / "passengers.csv", "--missing", "drop")
    capsys.readouterr()
    return run


def write(tmp_path: Path, *lines: str) -> Path:
    path = tmp_path / "new.csv"
    path.write_text("\n".join(lines) + "\n")
    return path


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


NEW = (
    "Port,Name,Age,Sex,Fare,Class",
    "C,Ann,30,female,80.5,1",
    "S,Bob,,male,7,3",
    "X,Eve,20,female,7,3",
    "S,Tom,40,male,8,3",
)


def test_rows_come_with_their_own_columns_the_class_and_its_probabilities(
    passengers: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "predictions.csv"
    assert main(["predict", str(passengers), "--data", str(write(tmp_path, *NEW)), "--out", str(out)]) == 0
    printed, told = capsys.readouterr()
    assert printed == ""
    assert "nnplay: 1 row without a prediction: no value in Age\n" in told
    assert "nnplay: 1 row without a prediction: unknown category 'X' in Port\n" in told
    rows = rows_of(out.read_text(encoding="utf-8"))
    assert [row["Name"] for row in rows] == ["Ann", "Bob", "Eve", "Tom"]
    assert rows[0]["Age"] == "30"
    for row, predicted in zip(rows, (True, False, False, True), strict=True):
        assert (row["predicted Survived"] in ("0", "1")) is predicted
        shares = [row["probability of 0"], row["probability of 1"]]
        if predicted:
            assert sum(map(float, shares)) == pytest.approx(1)
            assert row["predicted Survived"] == str(int(float(shares[1]) > float(shares[0])))
        else:
            assert shares == ["", ""]
    assert (rows[1]["problem"], rows[2]["problem"]) == ("no value in Age", "unknown category 'X' in Port")


def test_without_out_they_are_printed(passengers: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = write(tmp_path, *NEW)
    printed = []
    for more in ([], ["--out", "-"]):
        assert main(["predict", str(passengers), "--data", str(data), *more]) == 0
        printed.append(capsys.readouterr().out)
    assert printed[0] == printed[1]
    assert len(rows_of(printed[0])) == 4


@pytest.mark.skipif(sys.platform == "win32", reason="pipes end otherwise there")
def test_who_reads_only_the_beginning_is_told_nothing(passengers: Path, tmp_path: Path) -> None:
    data = write(tmp_path, *NEW[:2], *[NEW[1]] * 3000)
    command = [sys.executable, "-m", "nnplay", "predict", str(passengers), "--data", str(data)]
    with subprocess.Popen(
        command, cwd=INPUTS.parents[2], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline().startswith("Port,Name,Age")
        process.stdout.close()
        assert process.stderr.read() == ""
        assert process.wait(timeout=60) == 0


def test_as_json(passengers: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = write(tmp_path, *NEW)
    assert main(["predict", str(passengers), "--data", str(data), "--json"]) == 0
    printed, told = capsys.readouterr()
    assert told == ""
    record = json.loads(printed)
    assert (record["rows"], record["left_out"], record["target"], record["classes"]) == (4, 2, "Survived", ["0", "1"])
    assert [row["row"] for row in record["predictions"]] == [1, 2, 3, 4]
    assert record["predictions"][1]["problem"] == "no value in Age"
    assert sum(record["predictions"][0]["probabilities"].values()) == pytest.approx(1)
    out = tmp_path / "predictions.csv"
    assert main(["predict", str(passengers), "--data", str(data), "--json", "--out", str(out)]) == 0
    assert json.loads(capsys.readouterr().out)["out"] == str(out)
    assert len(rows_of(out.read_text())) == 4


def test_the_rows_it_was_trained_on_are_predicted_as_in_training(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = INPUTS / "tsv_named.tsv"
    run = trained(tmp_path, data, "--json", "--set", "data.train_share=1.0")
    accuracy = json.loads(capsys.readouterr().out)["train"]["accuracy"]
    assert main(["predict", str(run), "--data", str(data)]) == 0
    rows = rows_of(capsys.readouterr().out)
    assert np.mean([row["class"] == row["predicted class"] for row in rows]) == pytest.approx(accuracy)
    assert accuracy > 0.8


def test_a_regression_is_predicted_in_the_targets_own_unit(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    x = np.random.default_rng(1).normal(size=60)
    lines = ["size;price", *(f"{a:.3f};{100_000 + 20_000 * a:.0f}".replace(".", ",") for a in x)]
    data = tmp_path / "prices.csv"
    data.write_text("\n".join(lines))
    run = trained(tmp_path, data)
    capsys.readouterr()
    new = write(tmp_path, "size", "0.0", "1.0")
    assert main(["predict", str(run), "--data", str(new)]) == 0
    values = [float(row["predicted price"]) for row in rows_of(capsys.readouterr().out)]
    assert values == pytest.approx([100_000, 120_000], abs=6000)
    bare = write(tmp_path, "0.0", "1.0")
    assert main(["predict", str(run), "--data", str(bare), "--header", "none", "--json"]) == 0
    again = [row["value"] for row in json.loads(capsys.readouterr().out)["predictions"]]
    assert again == pytest.approx(values)


def test_missing_cells_are_filled_as_in_training(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run = trained(tmp_path, INPUTS / "passengers.csv", "--missing", "fill")
    capsys.readouterr()
    assert main(["predict", str(run), "--data", str(write(tmp_path, *NEW[:3]))]) == 0
    printed, told = capsys.readouterr()
    assert told == "nnplay: 1 missing value filled in, in Age\n"
    assert all(row["predicted Survived"] for row in rows_of(printed))


def test_generated_points_are_predicted_by_the_names_of_their_inputs(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    start, run = tmp_path / "start.nnplay", tmp_path / "run.nnplay"
    write_document(Document(experiment=Experiment(data=DataSpec(kind="circles", samples=100))), start)
    assert main(["train", str(start), "--epochs", "300", "--out", str(run)]) == 0
    capsys.readouterr()
    assert main(["predict", str(run), "--data", str(write(tmp_path, "x2,x1", "0,0", "0.0,4.5"))]) == 0
    rows = rows_of(capsys.readouterr().out)
    assert rows[0]["predicted class"] != rows[1]["predicted class"]


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        (("Port,Age,Sex,Fare", "C,30,male,8"), "nnplay: new.csv: lacks the column Class\n"),
        (("Port,Fare,Class", "C,8,1"), "nnplay: new.csv: lacks 2 columns: Sex, Age\n"),
        (
            ("Port,Age,Sex,Fare,Class", "C,30,male,8,1", "C,30,male,8,first"),
            "nnplay: new.csv, row 3, column 'Class': 'first' is no finite number; a number was expected\n",
        ),
        (
            ("Port,Age,Sex,Fare,Class", "X,30,male,8,1"),
            "nnplay: new.csv: no row can be predicted: 1 row without a prediction: unknown category 'X' in Port\n",
        ),
    ],
)
def test_what_does_not_fit_is_named(
    lines: tuple[str, ...], sentence: str, passengers: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out.csv"
    assert main(["predict", str(passengers), "--data", str(write(tmp_path, *lines)), "--out", str(out)]) == 2
    assert capsys.readouterr() == ("", sentence)
    assert not out.exists()


def test_files_that_can_not_be_are_named(passengers: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = write(tmp_path, *NEW)
    start = tmp_path / "start.nnplay"
    write_document(Document(experiment=Experiment()), start)
    for arguments, sentence in (
        (
            [start, "--data", data],
            f"nnplay: {start}: there is no trained run in it; nnplay train with --out keeps one\n",
        ),
        (["gone.nnplay", "--data", data], "nnplay: gone.nnplay: there is no such file\n"),
        (
            [passengers, "--data", data, "--out", "gone/a.csv"],
            "nnplay: gone/a.csv: there is no such folder to write to\n",
        ),
        (
            [passengers, "--data", data, "--out", tmp_path],
            f"nnplay: {tmp_path}: the file can't be written (Is a directory)\n",
        ),
    ):
        assert main(["predict", *map(str, arguments)]) == 2
        out, told = capsys.readouterr()
        assert out == ""
        assert told.endswith(sentence)
