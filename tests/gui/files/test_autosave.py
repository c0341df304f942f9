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
from PySide6.QtCore import QPointF, Qt
from pytestqt.qtbot import QtBot

from nnplay.data import Table, packing
from nnplay.experiments import RunRecord, read_document
from nnplay.gui.files.autosave import AUTOSAVE_MS
from nnplay.gui.window.main_window import MainWindow
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
    assert window.banner.sentence.text().startswith("No copy could be kept")
    step(qtbot, window, press, 1)
    press(window, "Ctrl+Q")
    assert not window.isVisible()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other permissions")
def test_nobody_else_can_read_a_copy(qtbot: QtBot, start: Start):
    window = start()
    keep(qtbot, window)
    assert window.autosave.path.stat().st_mode & 0o777 == 0o600
    assert window.autosave.folder.stat().st_mode & 0o777 == 0o700


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
