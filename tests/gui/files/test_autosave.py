"""The copy that is kept every half minute and at exit, and what it brings back after the power failed."""

import json
import os
import signal
import subprocess
import sys
import zlib
from collections.abc import Callable
from pathlib import Path

import msgspec
import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPointF, QSettings, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QMenu, QMessageBox
from pytestqt.qtbot import QtBot

from nnplay.data import Table, packing
from nnplay.experiments import RunRecord, read_document
from nnplay.gui.files.autosave import AUTOSAVE_MS
from nnplay.gui.widgets.error_dialog import ErrorNet
from nnplay.gui.window.main_window import MainWindow
from nnplay.gui.window.start import open_window, show_problem
from nnplay.training.experiment import YOURS, DataSpec, Experiment, HiddenLayer, ModelSpec, TrainingSpec
from tests.gui.window_hands import step

WindowMaker = Callable[[Experiment], MainWindow]
Press = Callable[[MainWindow, str], None]
Start = Callable[..., MainWindow]

PATIENCE = 20_000
AUTOSAVE_NAME = "autosave.nnplay"
MOONS = Experiment(
    data=DataSpec(kind="moons", samples=60, noise=0.1, train_share=0.7),
    model=ModelSpec(
        hidden_layers=(HiddenLayer(units=4, activation="tanh"), HiddenLayer(units=3)), batch_norm=True, dropout=0.2
    ),
    training=TrainingSpec(optimizer="adam", learning_rate=0.01, batch_size=10, l2=0.001),
    seed=7,
)


@pytest.fixture
def start(qtbot: QtBot, tmp_path: Path) -> Start:
    """Starts the program anew, as the next double click does."""

    def act(path: Path | None = None) -> MainWindow:
        settings = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
        window, problem = open_window(path, settings, tmp_path / "kept")
        qtbot.addWidget(window)
        window.show()
        window.activateWindow()
        window.problem = problem
        with qtbot.waitActive(window):
            pass
        return window

    return act


def keep(qtbot: QtBot, window: MainWindow) -> None:
    """The half minute is over."""
    window.autosave.timer.timeout.emit()
    qtbot.waitUntil(lambda: not window.autosave.writing, timeout=PATIENCE)


def draw(qtbot: QtBot, window: MainWindow, *places: tuple[float, float]) -> None:
    for place in places:
        pixels = window.panel("output").to_widget(QPointF(*place))
        qtbot.mouseClick(window.panel("output").canvas, Qt.MouseButton.LeftButton, pos=pixels)


def test_what_is_open_is_there_again_at_the_next_start(qtbot: QtBot, start: Start, press: Press):
    window = start()
    assert window.session.experiment.data.kind == "xor"
    draw(qtbot, window, (0.5, 0.2), (-0.3, 1.2))
    step(qtbot, window, press, 5)
    experiment, record = window.session.experiment, window.files.document().run
    assert len(window.session.prepared.table) == 6
    press(window, "Ctrl+Q")
    assert not window.isVisible()
    again = start()
    assert again.session.experiment == experiment
    assert again.files.document().run == record
    qtbot.waitUntil(lambda: again.transport.epoch.text() == "000,005")


def test_new_is_a_clean_one_also_after_a_restart(qtbot: QtBot, start: Start, press: Press):
    window = start()
    step(qtbot, window, press, 5)
    press(window, "Ctrl+N")
    press(window, "Ctrl+Q")
    again = start()
    assert again.session.trainer.epoch == 0
    assert again.session.experiment.data.kind == "xor"


def test_a_copy_is_kept_every_half_minute_also_while_it_trains(qtbot: QtBot, start: Start, press: Press):
    window = start()
    assert window.autosave.timer.isActive()
    assert window.autosave.timer.interval() == AUTOSAVE_MS == 30_000
    press(window, "Space")
    qtbot.waitUntil(lambda: window.session.trainer.epoch > 10, timeout=PATIENCE)
    keep(qtbot, window)
    assert window.session.running
    kept = read_document(window.autosave.path).run
    assert kept is not None
    assert kept.epoch > 10
    qtbot.waitUntil(lambda: window.session.trainer.epoch > kept.epoch, timeout=PATIENCE)
    keep(qtbot, window)
    newer = read_document(window.autosave.path).run
    assert newer is not None
    assert newer.epoch > kept.epoch


def test_many_points_are_packed_once_for_all_copies(
    qtbot: QtBot, start: Start, press: Press, monkeypatch: pytest.MonkeyPatch
):
    window = start()
    pixels = Table(np.random.default_rng(0).integers(0, 256, (40, 784)) / 255.0, np.arange(40.0) % 2)
    data = DataSpec(kind=YOURS, table=pixels, train_share=0.5)
    window.session.change("Points", msgspec.structs.replace(window.session.experiment, data=data))
    packed: list[int] = []
    compress = zlib.compress
    monkeypatch.setattr(packing.zlib, "compress", lambda content, level: packed.append(1) or compress(content, level))
    for epoch in range(3):
        step(qtbot, window, press, 1)
        keep(qtbot, window)
        kept = read_document(window.autosave.path)
        assert kept.run is not None
        assert kept.run.epoch == epoch + 1
    assert len(packed) == 1
    assert kept.experiment.data.table == pixels


def test_what_has_not_changed_is_not_written_again(qtbot: QtBot, start: Start, press: Press):
    window = start()
    keep(qtbot, window)
    first = window.autosave.path.stat()
    keep(qtbot, window)
    assert window.autosave.path.stat().st_ino == first.st_ino
    step(qtbot, window, press, 1)
    keep(qtbot, window)
    assert window.autosave.path.stat().st_ino != first.st_ino


def test_a_disk_that_cant_take_the_copy_stops_nobody(qtbot: QtBot, start: Start, press: Press, tmp_path: Path):
    (tmp_path / "kept").write_text("a file where the folder should be")
    window = start()
    keep(qtbot, window)
    assert window.statusBar().currentMessage().startswith("No copy could be kept")
    step(qtbot, window, press, 1)
    press(window, "Ctrl+Q")
    assert not window.isVisible()


@pytest.mark.parametrize(
    "data", [b"", b"{", b"\x00" * 64, b'{"schema_version": 1, "experiment": {"seed": "x"}}', b"[" * 100_000]
)
def test_a_copy_that_cant_be_read_is_set_aside_and_told(
    qtbot: QtBot, start: Start, press: Press, tmp_path: Path, data: bytes
):
    folder = tmp_path / "kept"
    folder.mkdir()
    (folder / AUTOSAVE_NAME).write_bytes(data)
    window = start()
    assert window.session.experiment.data.kind == "xor"
    aside = folder / "autosave.unreadable"
    assert aside.read_bytes() == data
    assert str(window.problem).startswith(f"A copy of what was open can't be read ({folder / AUTOSAVE_NAME}: ")
    assert str(window.problem).endswith(f"It is kept as {aside}.")
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


def recent(window: MainWindow) -> list[QAction]:
    """What File ▸ Open Recent offers, without the line between its sections."""
    (menu,) = (menu for menu in window.findChildren(QMenu) if menu.title() == "Open Recent")
    menu.aboutToShow.emit()
    return [action for action in menu.actions() if not action.isSeparator()]


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
    assert again.statusBar().currentMessage() == "1 copy of a closed window is in File ▸ Open Recent"
    (other,) = recent(again)
    time = other.text().split(", ")[1]
    assert other.text() == [f"Moons, {time}, 0 epochs", f"XOR, {time}, 2 epochs"][1 - last]
    other.trigger()
    assert again.session.experiment.data.kind == kinds[1 - last]
    assert again.files.path is None
    press(again, "Ctrl+Z")
    assert again.session.experiment.data.kind == kinds[last]


def test_the_copy_of_a_window_that_is_open_is_offered_to_no_other(qtbot: QtBot, start: Start, press: Press):
    first = start()
    first.session.change("Moons", MOONS)
    keep(qtbot, first)
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


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other permissions")
def test_nobody_else_can_read_a_copy(qtbot: QtBot, start: Start):
    window = start()
    keep(qtbot, window)
    assert window.autosave.path.stat().st_mode & 0o777 == 0o600
    assert window.autosave.folder.stat().st_mode & 0o777 == 0o700


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


ASKED_TO_END = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
application = QApplication(["nnplay"])
QTimer.singleShot(0, lambda: print("ready", flush=True))
from nnplay.app import main
sys.exit(main([]))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows ends programs in another way")
@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP", "SIGINT"])
def test_a_program_that_is_asked_to_end_keeps_a_copy(tmp_path: Path, name: str):
    with asked_to_end(tmp_path) as process:
        process.send_signal(getattr(signal, name))
        assert process.wait(60) == 0
    (kept,) = tmp_path.rglob(AUTOSAVE_NAME)
    assert read_document(kept).run is not None


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no nohup")
def test_a_program_that_was_started_to_outlive_its_terminal_does(tmp_path: Path):
    with asked_to_end(tmp_path, "nohup") as process:
        process.send_signal(signal.SIGHUP)
        process.send_signal(signal.SIGTERM)
        assert process.wait(60) == 0
    assert len(list(tmp_path.rglob(AUTOSAVE_NAME))) == 1


def asked_to_end(home: Path, *before: str) -> subprocess.Popen[str]:
    """The program, once its window is there."""
    homes = dict.fromkeys(("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"), str(home))
    command = [*before, sys.executable, "-c", ASKED_TO_END]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=os.environ | homes)
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def test_after_a_kill_the_drawn_points_and_the_run_are_there(qtbot: QtBot, start: Start, tmp_path: Path):
    """A real process is killed while it trains and a half-minute copy has been kept."""
    program = Path(__file__).with_name("killed_window.py")
    with subprocess.Popen([sys.executable, str(program), str(tmp_path)], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            told = json.loads(process.stdout.readline())
        finally:
            process.kill()
    assert process.wait() == -9
    assert told["points"] == 7
    assert told["epoch"] > 0
    window = start()
    assert window.problem is None
    assert len(window.session.prepared.table) == 7
    record = msgspec.json.encode(window.files.document().run)
    kept = read_document(window.autosave.path).run
    assert isinstance(kept, RunRecord)
    assert record == msgspec.json.encode(kept)
    assert window.session.trainer.epoch >= told["epoch"]


def test_each_of_two_killed_windows_is_there_again(qtbot: QtBot, start: Start, tmp_path: Path):
    program = Path(__file__).with_name("killed_window.py")
    processes = []
    for _ in range(2):
        process = subprocess.Popen([sys.executable, str(program), str(tmp_path)], stdout=subprocess.PIPE, text=True)
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
    assert other.text().startswith("Yours, ")
    other.trigger()
    assert len(again.session.prepared.table) == 7
