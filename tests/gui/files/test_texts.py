"""What is said about files: one form for one thing and one for several, and all of it through `tr`."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from nnplay.gui.files.table_dialog import CsvImportDialog
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from nnplay import texts
from nnplay.data.delimited import text_to_sheet
from nnplay.gui.files.labels_dialog import LabelsDialog
from nnplay.gui.window.main_window import MainWindow
from nnplay.training.experiment import Experiment

WindowMaker = Callable[[Experiment], MainWindow]
SHEET = "a;b;sort\n1,5;2;x\n"


@pytest.fixture
def bracketed() -> Iterator[None]:
    texts.install(lambda text, note, number: f"[{texts.english(text, note, number)}]")
    yield
    texts.install(None)


def labels_of(dialog: QWidget) -> list[str]:
    return [label.text() for label in dialog.findChildren(QLabel) if label.text()]


@pytest.mark.parametrize(("rows", "said"), [("1\t2\ta", "1 point"), ("1\t2\ta\n3\t4\tb", "2 points")])
def test_points_are_counted(make_window: WindowMaker, rows: str, said: str) -> None:
    window = make_window(Experiment())
    QGuiApplication.clipboard().setText(rows)
    window.points.paste()
    assert window.session.undo_stack.undoText() == f"Paste {said}"
    window.points.copy()
    assert window.statusBar().currentMessage() == f"{said} copied"


def test_the_columns_of_a_table_are_asked_for(qtbot: QtBot, bracketed: None) -> None:
    dialog = CsvImportDialog(text_to_sheet(SHEET, name="table.csv"))
    qtbot.addWidget(dialog)
    assert dialog.windowTitle() == "[Import table.csv]"
    read = "[[1 row] of [3 columns], [separated by semicolons, with decimal commas]; the first of them:]"
    dialog.problem.clear()
    said = labels_of(dialog)
    assert read in said
    assert all(text.startswith("[") for text in said), said
    assert [dialog.task.itemText(row) for row in range(2)] == ["[a class]", "[a number]"]
    for control in (dialog.inputs, dialog.target, dialog.task, *dialog.plane):
        assert control.accessibleName().startswith("[")
        assert control.toolTip().startswith("[")


def test_the_labels_of_images_are_asked_for(qtbot: QtBot, bracketed: None, tmp_path: Path) -> None:
    dialog = LabelsDialog(tmp_path / "images", (1, 8, 6), None)
    qtbot.addWidget(dialog)
    said = labels_of(dialog)
    assert said[0] == "[images holds 1 image of 8 × 6 pixels.]"
    assert len(said) == 3
    assert all(text.startswith("[") for text in said), said
    assert (dialog.windowTitle(), dialog.choose.text()) == ("[Import digits]", "[Choose…]")


def test_the_kinds_of_files_that_can_be_opened(make_window: WindowMaker, monkeypatch: pytest.MonkeyPatch) -> None:
    window, asked = make_window(Experiment()), []
    monkeypatch.setattr(
        QFileDialog, "getOpenFileName", lambda *given: (asked.append((given[1], given[3])), ("", ""))[1]
    )
    window.file_dialogs.open()
    window.points.ask_import()
    window.digits.ask_import()
    assert asked == [
        ("Open an experiment", "Experiments (*.nnplay)"),
        ("Import points", "Tables (*.csv *.tsv *.txt);;All files (*)"),
        (
            "Import digits: choose the file of images",
            "IDX images (*images*ubyte *images*ubyte.gz *idx3*);;All files (*)",
        ),
    ]


def test_pictures_and_saving(make_window: WindowMaker, bracketed: None, tmp_path: Path) -> None:
    window = make_window(Experiment())
    window.pictures.copy("plots")
    assert window.statusBar().currentMessage() == "[Picture of [Plots] copied]"
    window.pictures.copy("")
    assert window.statusBar().currentMessage() == "[Picture of the whole window copied]"
    window.files.save(tmp_path / "run")
    assert window.statusBar().currentMessage() == "[Saved run.nnplay]"
    assert window.windowTitle() == "[run.nnplay — nnplay]"
    window.files.new("circles")
    assert window.statusBar().currentMessage() == "[New: [Circles]]"
