"""What is said about files: one form for one thing and one for several, and all of it through `tr`."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from nnplay import texts
from nnplay.data.tables.reading import patterns
from nnplay.gui.files.labels_dialog import LabelsDialog
from nnplay.gui.window.main_window import MainWindow
from nnplay.training.experiment import Experiment
from tests.gui.files.import_hands import import_text

WindowMaker = Callable[[Experiment], MainWindow]
TABLE = "a;b;sort\n1,5;2;x\n3,5;;y\n2,5;7;x\n"


@pytest.fixture
def bracketed() -> Iterator[None]:
    texts.install(lambda text, note, number: f"[{texts.english(text, note, number)}]")
    yield
    texts.install(None)


def labels_of(dialog: QWidget) -> list[str]:
    return [label.text() for label in dialog.findChildren(QLabel) if label.text()]


@pytest.mark.parametrize(
    ("rows", "said"), [("x\ty\tclass\n1\t2\ta", "1 point"), ("x\ty\tclass\n1\t2\ta\n3\t4\tb", "2 points")]
)
def test_points_are_counted(make_window: WindowMaker, rows: str, said: str) -> None:
    window = make_window(Experiment())
    QGuiApplication.clipboard().setText(rows)
    window.tables.paste()
    assert window.session.undo_stack.undoText() == f"Paste {said}"
    window.points.copy()
    assert window.statusBar().currentMessage() == f"{said} copied"


def test_the_columns_of_a_table_are_asked_for(
    qtbot: QtBot, make_window: WindowMaker, bracketed: None, tmp_path: Path
) -> None:
    page = import_text(qtbot, make_window(Experiment()), tmp_path, TABLE)
    assert page.windowTitle() == "[Import passengers.csv]"
    assert page.summary.text() == "[[3 rows] of [3 columns]. Tick the inputs, mark the target.]"
    said = [line for text in labels_of(page) for line in text.splitlines()]
    assert len(said) > 8
    assert all(text.startswith("[") for text in said), said
    for control in (page.view, page.use_row.target.combo, page.layout_row.skip, page.layout_row.encoding.combo):
        assert control.accessibleName().startswith("[")
    menu = page.view.menu_of(0)
    assert all(action.text().startswith("[") for action in menu.actions())
    heads = [page.view.table.headerData(k, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole) for k in range(3)]
    assert all(str(text).startswith("[") for text in heads), heads


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
    window.tables.ask_import()
    window.digits.ask_import()
    assert asked == [
        ("Open an experiment", "Experiments (*.nnplay)"),
        ("Import a table", f"Tables ({patterns()});;All files (*)"),
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
    assert window.windowTitle() == "[run.nnplay[*] — nnplay]"
    window.files.new("circles")
    assert window.statusBar().currentMessage().startswith("[New: [Circles]. [")
