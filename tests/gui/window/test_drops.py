"""Files dropped onto the window: experiments and tables are taken, anything else is not even shown as possible."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QDialog, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from nnplay.experiments import Document, write_document
from nnplay.gui.window.main_window import MainWindow
from nnplay.training.experiment import DataSpec, Experiment
from tests.gui.files.import_hands import open_page

WindowMaker = Callable[[Experiment], MainWindow]
WhenOpen = Callable[..., list[QDialog]]
XOR = Experiment(seed=42)
MOONS = Experiment(data=DataSpec(kind="moons", samples=50))
LEFT, PLAIN = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
COPY, MOVE = Qt.DropAction.CopyAction, Qt.DropAction.MoveAction


def drag(window: MainWindow, over: QWidget, *paths: Path, offered: Qt.DropAction = COPY) -> bool:
    """Drag files over a widget and let go there, as Qt does it; False where the cursor says no."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    place = over.mapTo(window, over.rect().center())
    target = over
    while not target.acceptDrops() and target is not window:
        target = target.parentWidget()
    for event in (
        QDragEnterEvent(place, offered, data, LEFT, PLAIN),
        QDragMoveEvent(place, offered, data, LEFT, PLAIN),
        QDropEvent(QPointF(place), offered, data, LEFT, PLAIN),
    ):
        event.ignore()
        QApplication.sendEvent(target, event)
        if not event.isAccepted():
            return False
        assert event.dropAction() == COPY
    return True


def places(window: MainWindow) -> list[QWidget]:
    return [window.panel("network").canvas, window.panel("output").canvas, window.panel("data"), window.transport.rate]


def test_an_experiment_is_opened_wherever_it_is_dropped(qtbot: QtBot, make_window: WindowMaker, tmp_path: Path):
    window, path = make_window(XOR), tmp_path / "Moons.NNPLAY"
    write_document(Document(experiment=MOONS), path)
    for place in places(window):
        assert window.session.experiment == XOR
        assert drag(window, place, path)
        qtbot.waitUntil(lambda: window.session.experiment == MOONS)
        assert window.files.path == path.resolve()
        window.session.undo_stack.undo()


def test_a_table_opens_the_import(qtbot: QtBot, make_window: WindowMaker, tmp_path: Path):
    window = make_window(XOR)
    for name in ("points.csv", "Points.TSV", "points.txt", "points.data", "points.tab"):
        path = tmp_path / name
        path.write_text("x,y,kind\n1,2,a\n3,4,b\n2,5,a\n")
        assert drag(window, window.panel("output").canvas, path)
        open_page(qtbot).accept()
        qtbot.waitUntil(lambda: window.session.experiment.data.kind == "yours")
        window.session.undo_stack.undo()
        assert window.session.experiment == XOR


@pytest.mark.parametrize("offered", [COPY | MOVE, COPY])
def test_a_drop_is_a_copy_whatever_was_offered(
    qtbot: QtBot, make_window: WindowMaker, tmp_path: Path, offered: Qt.DropAction
):
    window, path = make_window(XOR), tmp_path / "moons.nnplay"
    write_document(Document(experiment=MOONS), path)
    assert not drag(window, window.panel("data"), path, offered=MOVE)
    assert drag(window, window.panel("data"), path, offered=offered)
    qtbot.waitUntil(lambda: window.session.experiment == MOONS)
    assert path.exists()


def test_a_broken_experiment_is_refused_in_a_dialog(
    qtbot: QtBot, make_window: WindowMaker, tmp_path: Path, when_open: WhenOpen
):
    window, path = make_window(XOR), tmp_path / "broken.nnplay"
    path.write_text("{")
    seen = when_open(QMessageBox, lambda box: box.accept())
    assert drag(window, window.panel("network").canvas, path)
    qtbot.waitUntil(lambda: bool(seen))
    assert "not JSON" in seen[0].text()
    assert window.session.experiment == XOR


def test_anything_else_has_no_drop_cursor(qtbot: QtBot, make_window: WindowMaker, tmp_path: Path):
    window = make_window(XOR)
    for names in (["notes.pdf"], ["a.nnplay", "b.nnplay"], ["folder.nnplay/"], ["gone.nnplay?"], []):
        for name in names:
            path = tmp_path / name.rstrip("/?")
            if name.endswith("/"):
                path.mkdir()
            elif not name.endswith("?"):
                path.write_text("{}")
        paths = [tmp_path / name.rstrip("/?") for name in names]
        assert not any(drag(window, place, *paths) for place in places(window)), names
        assert window.session.undo_stack.count() == 0


def test_nothing_is_dropped_behind_an_open_dialog(
    qtbot: QtBot, make_window: WindowMaker, tmp_path: Path, when_open: WhenOpen
):
    window, path = make_window(XOR), tmp_path / "moons.nnplay"
    write_document(Document(experiment=MOONS), path)
    answers: list[bool] = []

    def drop(box: QDialog) -> None:
        answers.append(drag(window, window.panel("network").canvas, path))
        box.accept()

    when_open(QMessageBox, drop)
    QMessageBox(QMessageBox.Icon.Information, "nnplay", "a question", parent=window).exec()
    assert answers == [False]


def test_text_dragged_over_a_field_is_no_file(qtbot: QtBot, make_window: WindowMaker):
    window, data = make_window(XOR), QMimeData()
    data.setText("moons.nnplay")
    event = QDragEnterEvent(QPoint(5, 5), COPY, data, LEFT, PLAIN)
    event.ignore()
    QApplication.sendEvent(window, event)
    assert not event.isAccepted()
    assert event.type() == QEvent.Type.DragEnter


def test_a_name_that_no_file_can_have_gets_no_drop_cursor(make_window: WindowMaker, tmp_path: Path):
    window = make_window(XOR)
    for name in ("x" * 300 + ".nnplay", "x." * 150 + "csv"):
        assert not drag(window, window.panel("output").canvas, tmp_path / name)
