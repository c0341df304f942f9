"""Points from files and the clipboard, as a person brings them."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
from nnplay.gui.files.table_dialog import CsvImportDialog
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QLabel, QMessageBox
from pytestqt.qtbot import QtBot

from nnplay.data.delimited import text_to_sheet
from nnplay.gui.window.main_window import MainWindow
from nnplay.training.experiment import Experiment

WindowMaker = Callable[[Experiment], MainWindow]
XOR = Experiment(seed=42)
FLOWERS = "length,width,colour,kind\n1.5,2.0,3,red\n2.5,1.0,4,blue\n100,0.5,5,red\n3.5,4.5,6,blue\n"


def when_open(kind: type, act: Callable[[object], None]) -> list[object]:
    """Do `act` with the next dialog of this kind, as soon as it is open."""
    seen: list[object] = []

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, kind):
            timer.stop()
            seen.append(dialog)
            act(dialog)

    timer = QTimer(QApplication.instance(), interval=5)
    timer.timeout.connect(look)
    timer.start()
    return seen


def press_ok(dialog: CsvImportDialog) -> None:
    dialog.buttons.button(QDialogButtonBox.StandardButton.Ok).click()


def test_a_csv_file_is_imported_by_column(qtbot: QtBot, make_window: WindowMaker, tmp_path: Path):
    window, path = make_window(XOR), tmp_path / "flowers.csv"
    path.write_text(FLOWERS)

    def choose(dialog: CsvImportDialog) -> None:
        assert dialog.target.currentText() == "kind"
        dialog.inputs.item(2).setCheckState(Qt.CheckState.Unchecked)
        dialog.plane[0].setCurrentIndex(1)
        dialog.plane[1].setCurrentIndex(0)
        press_ok(dialog)

    seen = when_open(CsvImportDialog, choose)
    window.points.import_path(path)
    qtbot.waitUntil(lambda: window.session.experiment.data.kind == "yours")
    spec, table = window.session.experiment.data, window.session.prepared.table
    assert seen
    assert table.input_names == ("length", "width")
    assert table.class_names == ("blue", "red")
    assert spec.plane_inputs == (1, 0)
    assert spec.standardize
    window.actions_.undo.trigger()
    assert window.session.experiment == XOR


def test_a_choice_that_cannot_be_is_said_and_not_taken(qtbot: QtBot, make_window: WindowMaker, tmp_path: Path):
    window, path = make_window(XOR), tmp_path / "flowers.csv"
    path.write_text(FLOWERS)
    said: list[str] = []

    def choose(dialog: CsvImportDialog) -> None:
        dialog.inputs.item(3).setCheckState(Qt.CheckState.Checked)
        said.append(dialog.problem.text())
        assert not dialog.buttons.button(QDialogButtonBox.StandardButton.Ok).isEnabled()
        dialog.reject()

    when_open(CsvImportDialog, choose)
    window.points.import_path(path)
    qtbot.waitUntil(lambda: bool(said))
    assert "kind" in said[0]
    assert window.session.experiment == XOR


def test_a_broken_file_is_refused_and_what_is_open_stays(qtbot: QtBot, make_window: WindowMaker, tmp_path: Path):
    window, path = make_window(XOR), tmp_path / "broken.csv"
    path.write_bytes(b"a,b\n1,2\n3\n")
    seen = when_open(QMessageBox, lambda box: box.accept())
    window.points.import_path(path)
    qtbot.waitUntil(lambda: bool(seen))
    assert "broken.csv" in seen[0].text()
    assert "3" in seen[0].text()
    assert window.session.experiment == XOR


def test_points_go_to_a_spreadsheet_and_come_back(qtbot: QtBot, make_window: WindowMaker):
    window = make_window(XOR)
    control = Qt.KeyboardModifier.ControlModifier
    qtbot.keyClick(window, Qt.Key.Key_C, control)
    before = window.session.prepared.table
    rows = QGuiApplication.clipboard().text().splitlines()
    assert len(rows) == 5
    qtbot.keyClick(window, Qt.Key.Key_V, control)
    after = window.session.prepared.table
    assert window.session.experiment.data.kind == "yours"
    np.testing.assert_array_equal(after.inputs, before.inputs)
    np.testing.assert_array_equal(after.targets, before.targets)


def test_the_dialog_says_how_the_text_was_read_and_asks_for_no_plane_of_pixels(qtbot: QtBot):
    dialog = CsvImportDialog(text_to_sheet("a;b;sort\n1,5;2;x\n2,5;3;y\n"))
    qtbot.addWidget(dialog)
    said = [label.text() for label in dialog.findChildren(QLabel)]
    assert "2 rows of 3 columns, separated by semicolons, with decimal commas; the first of them:" in said
    assert all(combo.isEnabled() for combo in dialog.plane)
    row = ",".join("0" for _ in range(65))
    wide = CsvImportDialog(text_to_sheet(f"{row},a\n{row},b\n"))
    qtbot.addWidget(wide)
    assert not any(combo.isEnabled() for combo in wide.plane)
    wide.inputs.item(0).setCheckState(Qt.CheckState.Unchecked)
    assert all(combo.isEnabled() for combo in wide.plane)
