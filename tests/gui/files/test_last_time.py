"""What was open last time: copies that can't be read, or break the window, and a file that is opened over them."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from nnplay.experiments import read_document
from nnplay.gui.widgets.error_dialog import ErrorNet
from nnplay.gui.window.main_window import MainWindow
from nnplay.gui.window.start import show_problem
from nnplay.training.experiment import DataSpec, Experiment
from tests.gui.window_hands import step

Press = Callable[[MainWindow, str], None]
Start = Callable[..., MainWindow]
AUTOSAVE_NAME = "autosave.nnplay"
MOONS = Experiment(data=DataSpec(kind="moons", samples=60))


def test_a_copy_that_cant_be_read_is_set_aside_and_told(qtbot: QtBot, start: Start, press: Press, tmp_path: Path):
    folder = tmp_path / "kept"
    folder.mkdir()
    aside = folder / "autosave.unreadable"
    for data in (b"", b"{", b"\x00" * 64, b'{"schema_version": 1, "experiment": {"seed": "x"}}', b"[" * 100_000):
        (folder / AUTOSAVE_NAME).write_bytes(data)
        window = start()
        assert window.session.experiment.data.kind == "xor"
        assert aside.read_bytes() == data
        assert str(window.problem).startswith(f"A copy of what was open can't be read ({folder / AUTOSAVE_NAME}: ")
        assert str(window.problem).endswith(f"It is kept as {aside}.")
        if data != b"[" * 100_000:
            window.close()
            aside.unlink()
    step(qtbot, window, press, 1)
    press(window, "Ctrl+Q")
    assert start().session.trainer.epoch == 1


def test_no_copy_that_cant_be_read_takes_the_place_of_another(start: Start, press: Press, tmp_path: Path):
    folder = tmp_path / "kept"
    folder.mkdir()
    for content in (b"first", b"second"):
        (folder / AUTOSAVE_NAME).write_bytes(content)
        window = start()
        press(window, "Ctrl+Q")
        (folder / AUTOSAVE_NAME).unlink()
    (folder / AUTOSAVE_NAME).write_bytes(b"third")
    (folder / "autosave-2.nnplay").write_bytes(b"fourth")
    window = start()
    assert len(str(window.problem).splitlines()) == 3  # two sentences, and a line between them
    assert {path.read_bytes() for path in folder.glob("*.unreadable")} == {b"first", b"second", b"third", b"fourth"}


def fail_on_moons(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no window be built on those points."""

    def fail(panel: object, experiment: Experiment) -> None:
        if experiment == MOONS:
            raise ZeroDivisionError("on purpose")

    monkeypatch.setattr("nnplay.gui.panels.data.panel.DataPanel.show_experiment", fail)


def test_a_copy_that_breaks_the_window_is_set_aside_too(
    qtbot: QtBot, start: Start, press: Press, monkeypatch: pytest.MonkeyPatch
):
    window = start()
    window.session.change("Moons", MOONS)
    press(window, "Ctrl+Q")
    fail_on_moons(monkeypatch)
    again = start()
    aside = again.autosave.path.with_name("autosave.unreadable")
    assert isinstance(again.problem.__cause__, ZeroDivisionError)
    assert str(again.problem) == f"What was open last time can't be shown. It is kept as {aside}."
    assert again.session.experiment.data.kind == "xor"
    assert read_document(aside).experiment == MOONS


def test_half_a_window_keeps_nothing(
    qtbot: QtBot, start: Start, press: Press, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    window = start()
    window.session.change("Moons", MOONS)
    press(window, "Ctrl+Q")
    fail_on_moons(monkeypatch)
    before = set(QApplication.topLevelWidgets())
    again = start()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    built = {widget for widget in QApplication.topLevelWidgets() if isinstance(widget, MainWindow)} - before
    assert built == {again}
    step(qtbot, again, press, 1)
    press(again, "Ctrl+Q")
    found = {path.name: read_document(path).experiment.data.kind for path in (tmp_path / "kept").iterdir()}
    assert found == {"autosave.unreadable": "moons", AUTOSAVE_NAME: "xor"}


def test_what_went_wrong_with_the_copy_is_shown_as_it_is(start: Start, press: Press, when_open, monkeypatch):
    window = start()
    window.session.change("Moons", MOONS)
    press(window, "Ctrl+Q")
    fail_on_moons(monkeypatch)
    again = start()
    seen = when_open(QMessageBox, lambda box: box.accept())
    show_problem(again, ErrorNet(again), again.problem)
    assert seen[0].informativeText() == str(again.problem)
    assert "ZeroDivisionError: on purpose" in seen[0].detailedText()


def test_a_file_on_the_command_line_is_open_and_undo_brings_last_time_back(
    qtbot: QtBot, start: Start, press: Press, tmp_path: Path
):
    window = start()
    window.files.save(tmp_path / "xor")
    window.session.change("Moons", MOONS)
    step(qtbot, window, press, 2)
    last = window.files.document().run
    press(window, "Ctrl+Q")
    again = start(tmp_path / "xor.nnplay")
    assert again.session.experiment.data.kind == "xor"
    assert again.files.path == (tmp_path / "xor.nnplay").resolve()
    press(again, "Ctrl+Z")
    assert again.files.document().run == last
    press(again, again.actions_.redo.shortcut().toString())
    press(again, "Ctrl+Q")
    assert read_document(window.autosave.path).run == last  # what was open last time is lost to nobody
    assert read_document(again.autosave.path).experiment.data.kind == "xor"


def test_files_that_are_only_looked_at_leave_one_copy(start: Start, press: Press, tmp_path: Path):
    window = start()
    for name in ("one", "two"):
        window.session.new_start()
        window.files.save(tmp_path / name)
    press(window, "Ctrl+Q")
    for name in ("one", "two", "one", "two"):
        window = start(tmp_path / f"{name}.nnplay")
        press(window, "Ctrl+Q")
    kept = start().autosave
    assert kept.path.read_bytes() == (tmp_path / "two.nnplay").read_bytes()
    assert len(list(kept.folder.glob("*.nnplay"))) == 1


@pytest.mark.parametrize("content", ["{", None])
def test_a_file_on_the_command_line_that_cant_be_taken_is_refused_over_the_window(
    qtbot: QtBot, start: Start, read_refusal: Callable[[], list[str]], tmp_path: Path, content: str | None
):
    path = tmp_path / "broken.nnplay"
    if content is not None:
        path.write_text(content)
    said = read_refusal()
    window = start(path)
    qtbot.waitUntil(lambda: bool(said))
    assert said[0].startswith(f"{path}: ")
    assert window.files.path is None
    assert window.session.experiment.data.kind == "xor"
