"""`nnplay --smoke` from source, in a process of its own: what a bundle is tried with."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from nnplay import __version__
from nnplay.errors import NnplayError
from nnplay.experiments import read_document
from nnplay.gui.window.main_window import MainWindow
from nnplay.gui.window.smoke import EPOCHS, Smoke
from nnplay.training.experiment import Experiment

ROOT = Path(__file__).parents[3]


def test_it_opens_trains_saves_and_ends_with_0_and_leaves_nothing(tmp_path: Path) -> None:
    env = os.environ | {"HOME": str(tmp_path), "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-m", "nnplay", "--smoke"], env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    told = "the window opened, XOR was learned, saved and read again"
    assert done.stdout == f"nnplay {__version__}: {told}\n"
    assert not [path for path in tmp_path.rglob("*") if "nnplay" in path.name and path.is_file()]


def test_what_was_learned_is_in_the_file(qtbot: QtBot, start, tmp_path: Path) -> None:
    window = start()
    smoke = Smoke(window, tmp_path / "xor.nnplay")
    smoke.begin()
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=60_000)
    assert smoke.problem == ""
    run = read_document(tmp_path / "xor.nnplay").run
    assert run is not None
    assert run.epoch >= EPOCHS


def test_a_file_that_cannot_be_written_is_the_problem(qtbot: QtBot, start, tmp_path: Path) -> None:
    window = start()
    smoke = Smoke(window, tmp_path / "no folder" / "xor.nnplay")
    smoke.begin()
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=60_000)
    assert "can't be written" in smoke.problem


@pytest.mark.parametrize("error", [NnplayError("the disk is gone"), ZeroDivisionError()])
def test_an_error_ends_it_with_its_words(qtbot: QtBot, start, tmp_path: Path, error: Exception) -> None:
    window: MainWindow = start()
    smoke = Smoke(window, tmp_path / "xor.nnplay")
    window.session.failed.emit(error)
    assert smoke.problem == (str(error) or repr(error))
    assert not window.isVisible()


def test_a_run_that_learned_nothing_is_the_problem(qtbot: QtBot, make_window, tmp_path: Path) -> None:
    window = make_window(Experiment(seed=0))
    smoke = Smoke(window, tmp_path / "xor.nnplay")
    window.session.step_epoch()
    qtbot.waitUntil(lambda: window.session.trainer.epoch == 1 and not window.session.running)
    smoke._save()
    assert smoke.problem.startswith("the file has 1 epochs")
