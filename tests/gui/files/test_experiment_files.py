"""Experiment files used as a person does: keys, dialogs, menus."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog, QFileDialog, QLineEdit, QMenu, QMessageBox
from pytestqt.qtbot import QtBot

from nnplay.experiments import document_of, read_document, write_document
from nnplay.gui.files.experiment_files import PRESETS
from nnplay.gui.window.main_window import MainWindow
from nnplay.resources import resource_path
from nnplay.training.experiment import DataSpec, Experiment, HiddenLayer, ModelSpec, TrainingSpec
from nnplay.training.record import Recording
from nnplay.training.trainer import Trainer
from tests.gui.window_hands import rests, step

WindowMaker = Callable[[Experiment], MainWindow]
Press = Callable[[MainWindow, str], None]
TypeName = Callable[..., list[str]]
WhenOpen = Callable[..., list[QDialog]]
ReadRefusal = Callable[[], list[str]]

PATIENCE = 20_000
XOR = Experiment(seed=42)
MOONS = Experiment(
    data=DataSpec(kind="moons", samples=60, noise=0.1, train_share=0.7),
    model=ModelSpec(
        hidden_layers=(HiddenLayer(units=4, activation="tanh"), HiddenLayer(units=3)), batch_norm=True, dropout=0.2
    ),
    training=TrainingSpec(optimizer="adam", learning_rate=0.01, batch_size=10, l2=0.001),
    seed=7,
)


def menu(window: MainWindow, title: str) -> QMenu:
    return next(menu for menu in window.findChildren(QMenu) if menu.title().replace("&", "") == title)


def choose_file(when_open: WhenOpen, path: Path) -> None:
    def act(dialog: QFileDialog) -> None:
        field = dialog.findChild(QLineEdit)
        assert isinstance(field, QLineEdit)
        field.setText(str(path))
        dialog.accept()

    when_open(QFileDialog, act)


def test_40_epochs_are_20_saved_opened_and_20_more(
    qtbot: QtBot, make_window: WindowMaker, tmp_path: Path, press: Press, type_name: TypeName, when_open: WhenOpen
):
    whole = make_window(MOONS)
    step(qtbot, whole, press, 40)
    halves = make_window(MOONS)
    step(qtbot, halves, press, 20)
    proposed = type_name(str(tmp_path / "half"))
    press(halves, "Ctrl+Shift+S")
    assert proposed == ["Moons.nnplay"]
    press(halves, "Ctrl+N")
    assert halves.session.experiment != MOONS
    choose_file(when_open, tmp_path / "half.nnplay")
    press(halves, "Ctrl+O")
    assert halves.session.experiment == MOONS
    step(qtbot, halves, press, 20)
    assert halves.session.trainer.epoch == 40
    assert halves.files.document().run == whole.files.document().run


def test_a_run_opens_without_its_timeline_where_that_is_broken(
    qtbot: QtBot, make_window: WindowMaker, tmp_path: Path, press: Press
):
    window, path = make_window(MOONS), tmp_path / "run.nnplay"
    step(qtbot, window, press, 3)
    window.files.save(path)
    tree = json.loads(path.read_text(encoding="utf-8"))
    tree["record"]["branches"][0]["end"] = -3
    path.write_text(json.dumps(tree), encoding="utf-8")
    step(qtbot, window, press, 1)
    with qtbot.waitSignal(window.session.refused) as told:
        window.files.open(path)
    assert told.args == [
        "The run is open, but its timeline can't be read and begins anew "
        "(run.nnplay: record.branches[0].end is -3; allowed is a whole number from 0 to 1000000000000000)"
    ]
    record = window.session.timeline.record
    assert (record.trainer.epoch, record.step) == (3, 0)
    step(qtbot, window, press, 2)
    window.files.save(path)
    window.files.open(path)
    assert window.session.timeline.record.step == 2 * record.trainer.batches


def test_a_file_saved_in_the_middle_of_an_epoch_goes_on_there(
    qtbot: QtBot, make_window: WindowMaker, tmp_path: Path, press: Press, type_name: TypeName
):
    window = make_window(MOONS)
    step(qtbot, window, press, 3)
    step(qtbot, window, press, 2, "Shift+Right")
    type_name(str(tmp_path / "middle"))
    press(window, "Ctrl+S")
    step(qtbot, window, press, 7, "Shift+Right")
    other = make_window(XOR)
    other.file_dialogs.open_path(tmp_path / "middle.nnplay")
    assert other.session.trainer.batch == 2
    step(qtbot, other, press, 7, "Shift+Right")
    assert other.files.document().run == window.files.document().run


def test_save_goes_to_the_same_file_without_asking(
    qtbot: QtBot, make_window: WindowMaker, tmp_path: Path, press: Press, type_name: TypeName
):
    window, path = make_window(XOR), tmp_path / "run 1.5.nnplay"
    type_name(str(tmp_path / "run 1.5"))
    press(window, "Ctrl+S")
    assert window.windowTitle().startswith("run 1.5.nnplay")
    step(qtbot, window, press, 2)
    press(window, "Ctrl+S")
    run = read_document(path).run
    assert run is not None
    assert run.epoch == 2
    assert [kept.name for kept in tmp_path.glob("run*")] == ["run 1.5.nnplay"]


def test_saving_while_it_trains_keeps_a_moment_of_the_run(
    qtbot: QtBot, make_window: WindowMaker, tmp_path: Path, press: Press
):
    window = make_window(MOONS)
    press(window, "Space")
    qtbot.waitUntil(lambda: window.session.trainer.epoch > 3, timeout=PATIENCE)
    window.files.save(tmp_path / "moment")
    assert window.session.running
    run = read_document(tmp_path / "moment.nnplay").run
    assert run is not None
    assert run.epoch >= 3
    assert [row[0] for row in run.history] == list(range(run.epoch + 1))


def test_open_recent_has_the_newest_first(qtbot: QtBot, make_window: WindowMaker, tmp_path: Path, press: Press):
    window = make_window(XOR)
    window.files.save(tmp_path / "first")
    window.files.save(tmp_path / "second")
    recent = menu(window, "Open Recent")
    assert [action.text() for action in recent.actions()] == ["second.nnplay", "first.nnplay"]
    press(window, "Ctrl+N")
    recent.actions()[1].trigger()
    assert window.files.path == (tmp_path / "first.nnplay").resolve()
    assert [action.text() for action in recent.actions()] == ["first.nnplay", "second.nnplay"]
    (tmp_path / "second.nnplay").unlink()
    again = make_window(XOR)
    assert [action.text() for action in menu(again, "Open Recent").actions()] == ["first.nnplay"]


def test_every_preset_opens_by_its_entry_and_its_keys_and_can_be_taken_back(
    qtbot: QtBot, make_window: WindowMaker, press: Press
):
    window = make_window(MOONS)
    step(qtbot, window, press, 2)
    before = window.files.document().run
    actions = menu(window, "New").actions()
    assert len(actions) == len(PRESETS) == 7
    for number, (action, preset) in enumerate(zip(actions, PRESETS, strict=True), 1):
        for open_it in (action.trigger, lambda keys=f"Ctrl+Shift+N, {number}": press(window, keys)):
            window.statusBar().clearMessage()
            open_it()
            assert window.session.experiment == read_document(resource_path(f"presets/{preset}.nnplay")).experiment
            assert window.session.trainer.epoch == 0
            title, watch = PRESETS[preset]
            assert window.statusBar().currentMessage() == f"New: {title}. {watch}"
            assert window.files.path is None
            press(window, "Ctrl+Z")
            assert window.files.document().run == before


def test_a_recent_file_is_opened_by_its_keys(
    qtbot: QtBot, make_window: WindowMaker, tmp_path: Path, press: Press, type_name: TypeName
):
    window = make_window(MOONS)
    step(qtbot, window, press, 2)
    saved = window.files.document().run
    type_name(str(tmp_path / "first"))
    press(window, "Ctrl+S")
    press(window, "Ctrl+N")
    type_name(str(tmp_path / "second"))
    press(window, "Ctrl+S")
    press(window, "Ctrl+Shift+O, 2")
    assert window.windowTitle().startswith("first.nnplay")
    assert window.files.document().run == saved
    press(window, "Ctrl+Shift+O, 2")  # the one that was open before is the second now
    assert window.windowTitle().startswith("second.nnplay")
    assert window.session.experiment.data.kind == "xor"


def test_an_opened_run_has_its_timeline(
    qtbot: QtBot, tmp_path: Path, press: Press, make_window: Callable[[Experiment], MainWindow]
):
    window = make_window(MOONS)
    step(qtbot, window, press, 4)
    timeline = window.session.timeline
    timeline.look_at_epoch(2)
    seen = window.session.trainer.network.parameters.copy()
    window.session.network_edits.set_weight(0, 0, 0, 1.5)
    step(qtbot, window, press, 1)
    timeline.look_at_epoch(1)
    window.files.save(tmp_path / "mine.nnplay")
    assert timeline.looked_at is not None  # to save changes nothing
    window.session.reset()
    window.files.open(tmp_path / "mine.nnplay")
    assert window.session.trainer.epoch == 3
    first, second = timeline.record.branches
    assert [entry.words for entry in second.log] == ["Weight from 1 to 1 of layer 1: 1.5"]
    timeline.return_to(first)
    assert window.session.trainer.epoch == 4
    timeline.look_at_epoch(2)
    assert window.session.trainer.network.parameters.tobytes() == seen.tobytes()


@pytest.mark.skipif(sys.platform != "linux", reason="settings are elsewhere, and programs end in another way")
def test_the_program_opens_the_file_that_it_is_started_with(qtbot: QtBot, tmp_path: Path):
    trainer = Trainer(MOONS)
    trainer.run_epoch()
    path = tmp_path / "mine.nnplay"
    write_document(document_of(Recording(trainer)), path)
    home = dict.fromkeys(("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"), str(tmp_path)) | {"QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-m", "nnplay", str(path)]
    with subprocess.Popen(command, env=os.environ | home) as process:
        try:
            qtbot.waitUntil(lambda: is_remembered("mine.nnplay", tmp_path), timeout=60_000)
            process.terminate()
            assert process.wait(60) == 0
        finally:
            process.kill()
    (kept,) = tmp_path.rglob("autosave.nnplay")
    assert read_document(kept) == read_document(path)


def is_remembered(name: str, home: Path) -> bool:
    """Whether the file is among the recent ones: they are written down when the window is open and its events go."""
    return any(name in settings.read_text() for settings in home.rglob("*.conf"))


BROKEN = (
    "",
    "{",
    "[]",
    '{"schema_version": 1, "experiment": {"seed": -4}}',
    '{"schema_version": 99, "experiment": {}}',
    '{"schema_version": 1, "experiment": {}, "run": {"epoch": 1, "parameters": [1.0], "generator": {}}}',
    "\x00\x01 not text \udcff",
)


def test_a_broken_file_is_refused_and_what_was_open_stays(
    qtbot: QtBot, make_window: WindowMaker, tmp_path: Path, press: Press, read_refusal: ReadRefusal
):
    window, path = make_window(MOONS), tmp_path / "broken.nnplay"
    step(qtbot, window, press, 1)
    for text in BROKEN:
        path.write_bytes(text.encode("utf-8", "surrogateescape"))
        before = window.files.document().run
        press(window, "Space")
        said = read_refusal()
        window.file_dialogs.open_path(path)
        assert len(said) == 1, text
        assert "broken.nnplay" in said[0] or "run." in said[0], text
        assert window.session.running
        press(window, "Space")
        qtbot.waitUntil(lambda: rests(window), timeout=PATIENCE)
        assert window.session.undo_stack.count() == 0
        assert window.files.document().run.history[: len(before.history)] == before.history
        assert window.files.path is None
        assert window.files.recent == []


def test_undo_of_open_brings_back_what_was_open_as_trained_and_its_file(
    qtbot: QtBot, make_window: WindowMaker, tmp_path: Path, press: Press
):
    window = make_window(XOR)
    window.files.save(tmp_path / "other")
    window.session.change("Moons", MOONS)
    window.files.save(tmp_path / "moons")
    step(qtbot, window, press, 3)
    before = window.files.document().run
    window.file_dialogs.open_path(tmp_path / "other.nnplay")
    step(qtbot, window, press, 2)
    opened = window.files.document().run
    press(window, "Ctrl+Z")
    assert window.files.document().run == before
    assert window.files.path == (tmp_path / "moons.nnplay").resolve()
    assert window.windowTitle().startswith("moons.nnplay")
    press(window, window.actions_.redo.shortcut().toString())
    assert window.files.document().run == opened
    assert window.files.path == (tmp_path / "other.nnplay").resolve()


def test_a_file_that_cant_be_written_is_said(
    qtbot: QtBot, make_window: WindowMaker, tmp_path: Path, press: Press, read_refusal: ReadRefusal
):
    window = make_window(XOR)
    window.files.save(tmp_path / "run")
    (tmp_path / "run.nnplay").unlink()
    (tmp_path / "run.nnplay").mkdir()
    said = read_refusal()
    press(window, "Ctrl+S")
    assert "run.nnplay: the file can't be written" in said[0]


def test_a_question_before_an_old_file_is_replaced(
    qtbot: QtBot, make_window: WindowMaker, tmp_path: Path, type_name: TypeName, when_open: WhenOpen, press: Press
):
    window, old = make_window(XOR), tmp_path / "rate 0.5.nnplay"
    old.write_text("mine")
    type_name(str(tmp_path / "rate 0.5"))
    when_open(QMessageBox, lambda box: box.button(QMessageBox.StandardButton.No).click())
    press(window, "Ctrl+S")
    assert old.read_text() == "mine"
    assert window.files.path is None
