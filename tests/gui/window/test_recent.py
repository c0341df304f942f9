"""File ▸ Open Recent: the copies of windows that were closed or killed."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from nnplay.experiments import read_document
from nnplay.gui.window.main_window import MainWindow
from nnplay.training.experiment import DataSpec, Experiment
from tests.gui.files import killed_window
from tests.gui.window_hands import step

Press = Callable[[MainWindow, str], None]
Start = Callable[..., MainWindow]
AUTOSAVE_NAME = "autosave.nnplay"
MOONS = Experiment(data=DataSpec(kind="moons", samples=60))


def recent(window: MainWindow) -> list[QAction]:
    """What File ▸ Open Recent offers, without what parts its sections."""
    (menu,) = (menu for menu in window.findChildren(QMenu) if menu.title() == "Open Recent")
    menu.aboutToShow.emit()
    return [action for action in menu.actions() if action.isEnabled() and not action.isSeparator()]


@pytest.mark.parametrize("last", [0, 1])
def test_two_windows_keep_a_copy_each(qtbot: QtBot, start: Start, press: Press, last: int):
    windows = start(), start()
    assert windows[0].autosave.path != windows[1].autosave.path
    windows[0].session.change("Moons", MOONS)
    step(qtbot, windows[1], press, 2)
    for window in (windows[1 - last], windows[last]):
        press(window, "Ctrl+Q")
    for place, window in enumerate(windows):
        os.utime(window.autosave.path, (1_000_000 + (place == last),) * 2)
    kinds = ["moons", "xor"]
    again = start()
    assert again.session.experiment.data.kind == kinds[last]
    assert again.statusBar().currentMessage() == "1 experiment that was not saved is in File ▸ Open Recent"
    (other,) = recent(again)
    time = other.text().split(", ")[1]
    assert other.text() == [f"Moons, {time}, 0 epochs", f"XOR, {time}, 2 epochs"][1 - last]
    other.trigger()
    assert again.session.experiment.data.kind == kinds[1 - last]
    assert again.files.path is None
    press(again, "Ctrl+Z")
    assert again.session.experiment.data.kind == kinds[last]


def test_what_gives_way_to_a_copy_is_kept(qtbot: QtBot, start: Start, press: Press):
    first, second = start(), start()
    first.session.change("Moons", MOONS)
    step(qtbot, first, press, 2)
    press(first, "Ctrl+Q")
    step(qtbot, second, press, 3)
    before = second.autosave.path
    recent(second)[0].trigger()
    assert second.session.experiment == MOONS
    press(second, "Ctrl+Q")
    assert read_document(first.autosave.path).experiment == MOONS
    kept = read_document(before)
    assert (kept.experiment.data.kind, kept.run.epoch) == ("xor", 3)
    third = start()  # on the copy that was opened; it is there once
    assert third.session.experiment == MOONS
    assert [action.text().split(", ")[0] for action in recent(third)] == ["XOR"]


def test_the_copy_of_a_window_that_is_open_is_offered_to_no_other(qtbot: QtBot, start: Start, press: Press):
    first = start()
    first.session.change("Moons", MOONS)
    first.autosave.timer.timeout.emit()  # the half minute is over
    qtbot.waitUntil(lambda: not first.autosave.writing)
    second = start()
    assert second.session.experiment.data.kind == "xor"
    assert recent(second) == []
    press(first, "Ctrl+Q")
    assert [action.text().split(",")[0] for action in recent(second)] == ["Moons"]


def test_a_copy_that_went_meanwhile_is_refused(start: Start, press: Press, read_refusal, tmp_path: Path):
    first, second = start(), start()
    press(first, "Ctrl+Q")
    (other,) = recent(second)
    first.autosave.path.unlink()
    said = read_refusal()
    other.trigger()
    assert said == [f"{first.autosave.path}: there is no such file"]


def test_each_of_two_killed_windows_is_there_again(qtbot: QtBot, start: Start, tmp_path: Path):
    program = Path(killed_window.__file__)
    processes = []
    for _ in range(2):
        command = [sys.executable, str(program), str(tmp_path), "paused"]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert process.stdout is not None
        assert json.loads(process.stdout.readline())["points"] == 7
        processes.append(process)
    with processes[1], processes[0]:
        processes[0].kill()
        processes[0].wait()
        window = start()
        assert len(window.session.prepared.table) == 7
        assert window.autosave.path.name == AUTOSAVE_NAME
        assert recent(window) == []  # the other one is still running
        window.close()
        processes[1].kill()
    again = start()
    assert again.problem is None
    assert len(again.session.prepared.table) == 7
    (other,) = recent(again)
    assert other.text().startswith("XOR ")
    other.trigger()
    assert len(again.session.prepared.table) == 7
