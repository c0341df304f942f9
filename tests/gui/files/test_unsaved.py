"""What isn't saved is marked in the title, and what New and Open replace is kept in File ▸ Open Recent."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from nnplay.experiments import read_document
from nnplay.gui.files import copies
from nnplay.gui.files.copies import left_over
from nnplay.gui.files.experiment_files import PRESETS
from nnplay.gui.window.main_window import MainWindow
from tests.gui.window_hands import step

Start = Callable[..., MainWindow]
Press = Callable[[MainWindow, str], None]
PATIENCE = 20_000


def recent(window: MainWindow) -> list[QAction]:
    menu = next(
        menu
        for menu in window.menuBar().findChildren(QMenu) + window.findChildren(QMenu)
        if menu.title() == "Open Recent"
    )
    menu.aboutToShow.emit()
    return [action for action in menu.actions() if action.isEnabled() and not action.isSeparator()]


def at_rest(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: not window.autosave.writing, timeout=PATIENCE)


def test_the_mark_comes_with_training_and_goes_with_undo_and_save(
    qtbot: QtBot, start: Start, press: Press, tmp_path: Path, type_name
):
    window = start()
    assert window.windowTitle() == "XOR[*] — nnplay"
    assert not window.isWindowModified()
    step(qtbot, window, press, 1)
    assert window.isWindowModified()
    press(window, "R")
    assert not window.isWindowModified(), "the same weights at epoch 0"
    press(window, "Ctrl+Z")
    assert window.isWindowModified()
    proposed = type_name(str(tmp_path / "run"))
    press(window, "Ctrl+S")
    assert proposed == ["XOR.nnplay"]
    assert window.windowTitle() == "run.nnplay[*] — nnplay"
    assert not window.isWindowModified()
    window.session.network_edits.set_weight(0, 0, 0, 0.25)
    assert window.isWindowModified()
    press(window, "Ctrl+Z")
    assert not window.isWindowModified()
    press(window, "Space")
    assert window.isWindowModified()
    press(window, "Space")


def test_presets_are_fresh_and_say_what_to_watch(qtbot: QtBot, start: Start, press: Press):
    window = start()
    for number, (title, watch) in enumerate(PRESETS.values(), 1):
        press(window, f"Ctrl+Shift+N, {number}")
        assert window.statusBar().currentMessage() == f"New: {title}. {watch}"
        assert not window.isWindowModified()
    assert recent(window) == [], "nobody's work was replaced"
    menu = next(menu for menu in window.findChildren(QMenu) if menu.title() == "New")
    tips = [action.toolTip() for action in menu.actions()]
    assert menu.toolTipsVisible()
    assert [" ".join(tip.split()) for tip in tips] == [watch for _, watch in PRESETS.values()]


def test_new_keeps_what_it_replaces(qtbot: QtBot, start: Start, press: Press):
    window = start()
    step(qtbot, window, press, 3)
    run = window.files.document().run
    press(window, "Ctrl+Shift+N, 2")
    assert not window.isWindowModified()
    at_rest(qtbot, window)
    (entry,) = recent(window)
    assert entry.text().startswith("XOR, ")
    assert entry.text().endswith(", 3 epochs")
    entry.trigger()
    qtbot.waitUntil(lambda: window.session.trainer.epoch == 3, timeout=PATIENCE)
    assert window.files.document().run == run
    assert window.isWindowModified(), "it is saved nowhere"


def test_open_keeps_what_it_replaces_and_so_does_undo(
    qtbot: QtBot, start: Start, press: Press, tmp_path: Path, type_name
):
    window = start()
    type_name(str(tmp_path / "run"))
    press(window, "Ctrl+S")
    step(qtbot, window, press, 2)
    window.open_file(tmp_path / "run.nnplay")
    at_rest(qtbot, window)
    assert window.session.trainer.epoch == 0
    assert not window.isWindowModified()
    unsaved = [action.text() for action in recent(window) if "epochs" in action.text()]
    assert [text.rpartition(", ")[2] for text in unsaved] == ["2 epochs"]
    step(qtbot, window, press, 5)
    press(window, "Ctrl+Z")
    at_rest(qtbot, window)
    assert window.session.trainer.epoch == 2
    unsaved = [action.text() for action in recent(window) if "epochs" in action.text()]
    assert sorted(text.rpartition(", ")[2] for text in unsaved) == ["2 epochs", "5 epochs"]


def test_what_is_saved_or_fresh_is_not_kept_twice(qtbot: QtBot, start: Start, press: Press, tmp_path: Path, type_name):
    window = start()
    step(qtbot, window, press, 2)
    type_name(str(tmp_path / "run"))
    press(window, "Ctrl+S")
    press(window, "Ctrl+N")
    at_rest(qtbot, window)
    assert left_over(tmp_path / "kept") == []


def test_the_newest_are_kept(qtbot: QtBot, start: Start, press: Press, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    assert copies.MOST_KEPT == 10
    monkeypatch.setattr(copies, "MOST_KEPT", 3)
    window = start()
    for epochs in range(1, 7):
        step(qtbot, window, press, epochs)
        press(window, "Ctrl+N")
        at_rest(qtbot, window)
        qtbot.waitUntil(lambda: not window.autosave.writing, timeout=PATIENCE)
    kept = [read_document(path).run.epoch for path in left_over(tmp_path / "kept")]
    assert kept == [6, 5, 4]


def test_a_window_that_ends_right_after_new_goes_on_with_it(qtbot: QtBot, start: Start, press: Press):
    window = start()
    step(qtbot, window, press, 3)
    press(window, "Ctrl+Shift+N, 2")
    press(window, "Ctrl+Q")
    again = start()
    assert again.session.experiment.data.kind == "circles"
    assert [action.text().rpartition(", ")[2] for action in recent(again)] == ["3 epochs"]


@pytest.mark.parametrize("way", ["new", "open"])
def test_the_window_doesnt_wait_while_it_is_kept(
    qtbot: QtBot, start: Start, press: Press, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, way: str, type_name
):
    from nnplay.gui.files import autosave

    window = start()
    type_name(str(tmp_path / "run"))
    press(window, "Ctrl+S")
    step(qtbot, window, press, 3)
    write, done = autosave.write_document, []

    def slow(*arguments, **names):
        while not done:
            time.sleep(0.001)
        return write(*arguments, **names)

    monkeypatch.setattr(autosave, "write_document", slow)
    if way == "new":
        press(window, "Ctrl+Shift+N, 2")
    else:
        window.open_file(tmp_path / "run.nnplay")
    assert window.session.trainer.epoch == 0
    assert window.autosave.writing
    done.append(True)
    at_rest(qtbot, window)
    assert any(action.text().endswith("3 epochs") for action in recent(window))
