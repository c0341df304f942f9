"""`nnplay worked`: a step of an experiment as a sheet."""

from pathlib import Path

import pytest

from nnplay.app import COMMANDS
from nnplay.cli import COMMANDS as KNOWN
from nnplay.cli import main

PRESETS = Path(__file__).parents[2] / "resources" / "presets"


@pytest.mark.parametrize("suffix", [".html", ".md", ".tex"])
def test_a_sheet_is_written_and_told(suffix: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / f"sheet{suffix}"
    asked = ["--blanks", "results", "--answers", "--digits", "3"]
    assert main(["worked", str(PRESETS / "xor.nnplay"), "--out", str(out), *asked]) == 0
    assert [Path(line).suffix for line in capsys.readouterr().out.splitlines()] == [
        suffix,
        *([".svg"] * (suffix == ".md")),
    ]
    assert "Answers" in out.read_text(encoding="utf-8")


def test_a_trained_run_is_worked_as_it_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run, before, after = tmp_path / "run.nnplay", tmp_path / "before.tex", tmp_path / "after.tex"
    xor = str(PRESETS / "xor.nnplay")
    assert main(["train", xor, "--epochs", "5", "--out", str(run)]) == 0
    assert main(["worked", xor, "--out", str(before)]) == 0
    assert main(["worked", str(run), "--out", str(after)]) == 0
    assert before.read_text() != after.read_text()


def test_one_sample_can_be_chosen(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "sheet.tex"
    assert main(["worked", str(PRESETS / "circles.nnplay"), "--sample", "7", "--out", str(out)]) == 0
    assert "sample 2" not in out.read_text()
    assert main(["worked", str(PRESETS / "xor.nnplay"), "--sample", "9", "--out", str(tmp_path / "b.tex")]) == 2
    assert "--sample is 9; allowed is a whole number from 1 to 4" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("preset", "name", "said"),
    [
        ("digits", "sheet.html", "the number of inputs is 784; allowed is a whole number from 1 to 4"),
        ("xor", "sheet.pdf", "ends with one of .html, .md, .tex"),
        ("xor", "there.html", "such a file already; --force replaces it"),
    ],
)
def test_what_cannot_be_done_is_said(
    preset: str, name: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "there.html").write_text("mine")
    assert main(["worked", str(PRESETS / f"{preset}.nnplay"), "--out", str(tmp_path / name)]) == 2
    assert said in capsys.readouterr().err
    assert (tmp_path / "there.html").read_text() == "mine"


def test_the_program_knows_every_command() -> None:
    assert set(COMMANDS) == set(KNOWN)
