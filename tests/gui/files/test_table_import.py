"""The ways a table comes into the window, and what it does to what is open there."""

import threading
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from nnplay.gui.files import table_import, work
from nnplay.gui.files.tables import look, source, work_bar
from nnplay.gui.files.tables.page import ImportPage
from nnplay.gui.files.work import Work
from nnplay.gui.window.main_window import MainWindow
from nnplay.training.experiment import Experiment
from tests.gui.conftest import Press, Start
from tests.gui.files.gate import Gate
from tests.gui.files.import_hands import PASSENGERS, choose, column_of, import_text, open_page, ring, roles, tick
from tests.gui.window_hands import step

WindowMaker = Callable[[Experiment], MainWindow]
XOR = Experiment(seed=42)
FOUR = "x\ty\tkind\n0\t0\ta\n0\t1\tb\n1\t0\tb\n1\t1\ta\n"


def paste(qtbot: QtBot, window: MainWindow, text: str) -> None:
    QGuiApplication.clipboard().setText(text)
    window.actions_.paste_points.trigger()
    qtbot.waitUntil(lambda: not window.findChildren(Work))


def press_import(qtbot: QtBot, opened: ImportPage) -> None:
    qtbot.mouseClick(opened.okay, Qt.MouseButton.LeftButton)


def test_a_table_of_the_same_size_is_a_fresh_start_too(
    qtbot: QtBot, make_window: WindowMaker, press: Press, tmp_path: Path
):
    window = make_window(XOR)
    paste(qtbot, window, FOUR)
    step(qtbot, window, press, 3)
    assert window.session.trainer.epoch == 3
    trained = [weights.copy() for weights in window.session.trainer.network.weights]
    opened = import_text(qtbot, window, tmp_path, FOUR.replace("\t", ",").replace("1,1,a", "1,1,b"))
    press_import(qtbot, opened)
    assert window.session.trainer.epoch == 0
    assert len(window.session.prepared.table) == 4
    press(window, "Ctrl+Z")
    assert window.session.trainer.epoch == 3
    for now, before in zip(window.session.trainer.network.weights, trained, strict=True):
        np.testing.assert_array_equal(now, before)


def test_training_goes_on_where_it_was_going_on(qtbot: QtBot, make_window: WindowMaker, tmp_path: Path):
    window = make_window(XOR)
    window.session.toggle_training()
    opened = import_text(qtbot, window, tmp_path, PASSENGERS)
    assert window.session.running
    press_import(qtbot, opened)
    qtbot.waitUntil(lambda: window.session.prepared.table.input_names[0] == "Class")
    assert window.session.running
    window.session.pause()
    qtbot.waitUntil(lambda: not window.session.running)


def test_what_was_pasted_is_said_with_what_it_was_taken_for(qtbot: QtBot, make_window: WindowMaker):
    window = make_window(XOR)
    paste(qtbot, window, PASSENGERS.replace(",", "\t"))
    assert QApplication.activeModalWidget() is None
    message = window.statusBar().currentMessage()
    assert message.startswith("Pasted 6 points: inputs Class, Sex, Age, Fare, Port, target Survived; 2 rows left out")
    assert "Id (counts the rows)" in message
    assert window.session.undo_stack.undoText() == "Paste 6 points"
    window.actions_.undo.trigger()
    assert window.session.experiment == XOR


def test_pasted_points_of_one_class_are_enough_but_an_imported_table_needs_two(
    qtbot: QtBot, make_window: WindowMaker, tmp_path: Path
):
    window = make_window(XOR)
    text = "x\ty\tclass\n1\t2\ta\n2\t3\ta\n"
    paste(qtbot, window, text)
    assert window.session.prepared.table.class_names == ("a",)
    opened = import_text(qtbot, window, tmp_path, text)
    choose(opened.use_row.target, column_of(opened, "class"))
    assert "2 to 64 classes" in opened.outlook.label.text()
    assert opened.use_row.target.value() != column_of(opened, "class")  # what holds is shown again


def test_a_broken_file_is_refused_and_what_is_open_stays(
    qtbot: QtBot, make_window: WindowMaker, tmp_path: Path, read_refusal: Callable[[], list[str]]
):
    window, path, said = make_window(XOR), tmp_path / "broken.csv", read_refusal()
    path.write_bytes(b"")
    window.tables.import_path(path)
    qtbot.waitUntil(lambda: bool(said))
    assert "broken.csv" in said[0]
    assert QApplication.activeModalWidget() is None
    assert window.session.experiment == XOR


def test_a_format_that_is_not_read_is_named(
    qtbot: QtBot, make_window: WindowMaker, tmp_path: Path, read_refusal: Callable[[], list[str]]
):
    window, path, said = make_window(XOR), tmp_path / "table.parquet", read_refusal()
    path.write_bytes(b"PAR1" + bytes(40))
    window.tables.import_path(path)
    qtbot.waitUntil(lambda: bool(said))
    assert "Parquet" in said[0]


def test_a_text_that_is_no_table_is_not_pasted(
    qtbot: QtBot, make_window: WindowMaker, read_refusal: Callable[[], list[str]]
):
    window, said = make_window(XOR), read_refusal()
    paste(qtbot, window, "")
    assert len(said) == 1
    assert window.session.experiment == XOR


def test_nnplay_is_started_on_a_table(qtbot: QtBot, start: Start, tmp_path: Path):
    path = tmp_path / "Passengers.CSV"
    path.write_text(PASSENGERS)
    window = start(path)
    opened = open_page(qtbot)
    assert opened.windowTitle() == "Import Passengers.CSV"
    press_import(qtbot, opened)
    assert window.session.prepared.table.input_names[0] == "Class"
    assert window.files.path is None
    window.close()


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every table is taken for one that is looked at in a thread."""
    monkeypatch.setattr(look, "FEW_CELLS", 0)


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Gate:
    """Work of threads is held, once a page is open."""
    gate = Gate()
    monkeypatch.setattr(work, "AT_ONCE_MS", 0)
    monkeypatch.setattr(work_bar, "PATIENCE_MS", 1)
    read = source.read_file
    monkeypatch.setattr(
        source,
        "read_file",
        lambda path, layout, *, progress: read(path, layout, progress=gate.hold(progress) if gate.shut else progress),
    )
    return gate


def test_a_pasted_text_is_read_in_a_thread(qtbot: QtBot, make_window: WindowMaker, monkeypatch: pytest.MonkeyPatch):
    window, threads, read = make_window(XOR), [], source.read_text

    def noted(*args: object, **names: object) -> object:
        threads.append(threading.current_thread())
        return read(*args, **names)

    monkeypatch.setattr(source, "read_text", noted)
    paste(qtbot, window, FOUR)
    assert len(window.session.prepared.table) == 4
    assert threading.main_thread() not in threads  # the first table that is read brings pandas, which takes a while


def test_a_large_table_is_corrected_and_imported_in_threads(
    qtbot: QtBot, make_window: WindowMaker, tmp_path: Path, large: None, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(work, "AT_ONCE_MS", 0)
    window = make_window(XOR)
    opened = import_text(qtbot, window, tmp_path, PASSENGERS)
    tick(qtbot, opened, "Fare")
    ring(qtbot, opened, "Port")
    qtbot.waitUntil(lambda: roles(opened)["Port"] == "target class")
    assert roles(opened)["Fare"] == "left_out"  # the one before is not lost
    qtbot.waitUntil(opened.okay.isEnabled)
    press_import(qtbot, opened)
    qtbot.waitUntil(lambda: window.session.prepared.table.class_names == ("C", "Q", "S"))


def test_what_was_asked_for_last_is_what_comes(qtbot: QtBot, make_window: WindowMaker, tmp_path: Path, gate: Gate):
    window = make_window(XOR)
    opened = import_text(qtbot, window, tmp_path, PASSENGERS)
    gate.shut = True
    opened.layout_row.skip.setValue(2)
    assert gate.reached.wait(5)
    assert not opened.okay.isEnabled()
    qtbot.waitUntil(opened.bar.isVisible)
    tick(qtbot, opened, "Fare")
    opened.layout_row.skip.setValue(0)
    gate.open.set()
    qtbot.waitUntil(opened.okay.isEnabled)
    assert opened.look.sheet.rows == 8
    assert roles(opened)["Fare"] == "left_out"
    assert not opened.bar.isVisible()
    qtbot.waitUntil(lambda: not window.findChildren(Work))


@pytest.mark.parametrize("end", ["cancel", "close"])
def test_a_page_or_a_window_that_is_closed_ends_what_is_under_way(
    qtbot: QtBot, make_window: WindowMaker, tmp_path: Path, gate: Gate, end: str
):
    window = make_window(XOR)
    opened = import_text(qtbot, window, tmp_path, PASSENGERS)
    gate.shut = True
    opened.layout_row.skip.setValue(2)
    assert gate.reached.wait(5)
    if end == "cancel":
        qtbot.keyClick(opened, Qt.Key.Key_Escape)
    else:
        QApplication.closeAllWindows()
        assert not window.isVisible()
    qtbot.waitUntil(lambda: not window.findChildren(Work))
    assert QApplication.activeModalWidget() is None
    assert window.session.experiment == XOR


def test_what_a_person_does_meanwhile_holds(
    qtbot: QtBot, make_window: WindowMaker, tmp_path: Path, large: None, monkeypatch: pytest.MonkeyPatch
):
    gate = Gate()
    monkeypatch.setattr(work, "AT_ONCE_MS", 0)
    window = make_window(XOR)
    opened = import_text(qtbot, window, tmp_path, PASSENGERS)
    make = table_import.make_import
    monkeypatch.setattr(table_import, "make_import", lambda *given, **names: (gate.wait(), make(*given, **names))[1])
    press_import(qtbot, opened)
    assert gate.reached.wait(5)
    window.session.new_start()
    seed = window.session.experiment.seed
    gate.open.set()
    qtbot.waitUntil(lambda: window.session.experiment.data.kind == "yours")
    assert window.session.experiment.seed == seed


def test_nnplay_is_started_on_a_table_of_a_format_that_is_not_read(
    qtbot: QtBot, start: Start, tmp_path: Path, read_refusal: Callable[[], list[str]]
):
    path, said = tmp_path / "table.parquet", read_refusal()
    path.write_bytes(b"PAR1" + bytes(40))
    window = start(path)
    qtbot.waitUntil(lambda: bool(said))
    assert "Parquet" in said[0]
    window.close()
