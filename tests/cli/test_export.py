"""`nnplay export`, and `nnplay train --weights`."""

from pathlib import Path

import pytest

from nnplay.cli import main
from nnplay.experiments import read_document
from nnplay.experiments.export import FORMATS

PRESETS = Path(__file__).parents[2] / "resources" / "presets"


@pytest.fixture
def xor(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    run = tmp_path / "xor.nnplay"
    assert main(["train", str(PRESETS / "xor.nnplay"), "--epochs", "20", "--out", str(run)]) == 0
    capsys.readouterr()
    return run


@pytest.mark.parametrize("key", FORMATS)
def test_every_format_is_written_and_told(
    key: str, xor: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / f"net{FORMATS[key].suffix}"
    assert main(["export", str(xor), "--to", key, "--out", str(out)]) == 0
    told = [Path(line) for line in capsys.readouterr().out.splitlines()]
    assert told[0] == out
    assert all(path.stat().st_size > 0 for path in told)


def test_help_tells_each_format(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["export", "--help"])
    assert left.value.code == 0
    told = capsys.readouterr().out
    assert all(f"  {key} " in told and each.help in told for key, each in FORMATS.items())


def test_another_format_is_refused(xor: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["export", str(xor), "--to", "matlab", "--out", "x.m"])
    assert left.value.code == 2
    assert "'matlab'" in capsys.readouterr().err


def test_what_is_there_is_replaced_only_by_force(xor: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "net.csv"
    out.write_text("mine")
    command = ["export", str(xor), "--to", "csv", "--out", str(out)]
    assert main(command) == 2
    assert capsys.readouterr().err == f"nnplay: {out}: there is such a file already; --force replaces it\n"
    assert out.read_text() == "mine"
    assert main([*command, "--force"]) == 0
    assert out.read_text() != "mine"


def test_an_experiment_without_a_run_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", str(PRESETS / "xor.nnplay"), "--to", "csv", "--out", str(tmp_path / "net.csv")]) == 2
    assert "there is no trained run in it; nnplay train with --out keeps one" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_weights_come_back(xor: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    weights, out = tmp_path / "net.safetensors", tmp_path / "again.nnplay"
    assert main(["export", str(xor), "--to", "safetensors", "--out", str(weights)]) == 0
    command = ["train", str(PRESETS / "xor.nnplay"), "--epochs", "0", "--weights", str(weights), "--out", str(out)]
    assert main(command) == 0
    found, wanted = read_document(out).run, read_document(xor).run
    assert found.parameters == wanted.parameters
    assert found.epoch == 0
    assert found.history[0][1] == wanted.history[-1][1]


def test_weights_of_another_network_are_refused(xor: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    weights = tmp_path / "net.safetensors"
    assert main(["export", str(xor), "--to", "safetensors", "--out", str(weights)]) == 0
    capsys.readouterr()
    assert main(["train", str(PRESETS / "spirals.nnplay"), "--weights", str(weights), "--epochs", "1"]) == 2
    assert "it lacks weights.2, biases.2, which the network has" in capsys.readouterr().err
