"""An exception in an overridden method of Qt is told, Qt gets an answer, and no class has forgotten its guard."""

import importlib
import pkgutil
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, QtMsgType
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QUndoCommand, QUndoStack
from PySide6.QtWidgets import QApplication, QGraphicsItem, QGraphicsView, QWidget
from pytestqt.qtbot import QtBot

import nnplay.gui
from nnplay.gui.guard import Guarded, unguarded
from nnplay.training.experiment import Experiment
from tests.gui.all_panels import with_all_panels
from tests.gui.conftest import WindowMaker

ROOT = Path(__file__).parents[2]
SHIBOKEN = type(QObject)


def classes_below_gui() -> set[type]:
    names = [module.name for module in pkgutil.walk_packages(nnplay.gui.__path__, "nnplay.gui.")]
    modules = [importlib.import_module(name) for name in names]
    return {kind for module in modules for kind in vars(module).values() if isinstance(kind, SHIBOKEN)}


def test_no_class_of_the_window_has_forgotten_its_guard(qapp: QApplication):
    ours = {kind for kind in classes_below_gui() if kind.__module__.startswith("nnplay.gui")}
    assert len(ours) > 60
    assert {kind.__name__: list(unguarded(kind)) for kind in ours if list(unguarded(kind))} == {}


def test_what_others_brought_into_the_window_is_guarded_too(qtbot: QtBot, make_window: WindowMaker):
    window = with_all_panels(make_window(Experiment(seed=1)))
    there: list[object] = [window, *window.findChildren(QObject)]
    for view in window.findChildren(QGraphicsView):
        there += [view.scene(), *view.scene().items()]
    kinds = {type(one) for one in there} | {type(one) for one in there if isinstance(one, QGraphicsItem)}
    assert len(kinds) > 60
    assert {kind.__name__: list(unguarded(kind)) for kind in kinds if list(unguarded(kind))} == {}


class Faulty(Guarded, QWidget):
    """Fails in what Qt calls."""

    def sizeHint(self) -> QSize:  # noqa: N802
        return [][0]

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.User:
            return [][0]
        return super().event(event)


class Painted(Guarded, QWidget):
    """Fails with its painter open."""

    fails = True

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        painter = QPainter(self)
        painter.fillRect(self.rect(), Qt.GlobalColor.red)
        if self.fails:
            [][0]


def test_qt_gets_an_answer_that_it_can_live_with(qtbot: QtBot):
    widget = Faulty()
    qtbot.addWidget(widget)
    with qtbot.capture_exceptions() as caught:
        assert widget.sizeHint() == QSize()
        assert QApplication.sendEvent(widget, QEvent(QEvent.Type.User)) is False
    assert [kind for kind, _, _ in caught] == [IndexError, IndexError]
    assert caught[0][2].tb_next.tb_frame.f_code.co_name == "sizeHint"  # the place is still known


def test_what_qt_never_calls_raises_to_its_caller(qtbot: QtBot):
    class Closed(Guarded, QWidget):
        def close(self) -> bool:
            raise ValueError("a caller's own fault")

    with pytest.raises(ValueError, match="own fault"):
        Closed().close()


def test_a_painter_that_was_left_open_is_ended(qtbot: QtBot, qtlog):
    widget = Painted()
    qtbot.addWidget(widget)
    with qtbot.capture_exceptions() as caught:
        widget.show()
        qtbot.waitUntil(lambda: len(caught) > 0)
        widget.repaint()
    assert len(caught) >= 2
    assert not [record for record in qtlog.records if record.type != QtMsgType.QtDebugMsg and "paint" in record.message]
    Painted.fails = False
    shown = QImage(widget.size(), QImage.Format.Format_RGB32)
    widget.render(shown)
    assert shown.pixelColor(5, 5) == Qt.GlobalColor.red


def test_a_change_that_fails_is_no_step_of_the_undo_stack(qtbot: QtBot):
    class Change(Guarded, QUndoCommand):
        def redo(self) -> None:
            [][0]

    stack = QUndoStack()
    with qtbot.capture_exceptions() as caught:
        stack.push(Change("fails"))
    assert len(caught) == 1
    assert stack.count() == 0


def test_ctrl_c_does_not_get_into_qt_either(qtbot: QtBot):
    class Item(Guarded, QGraphicsItem):
        def boundingRect(self) -> QRectF:  # noqa: N802
            raise KeyboardInterrupt

    with qtbot.capture_exceptions() as caught:
        assert Item().boundingRect() == QRectF()
    assert caught[0][0] is KeyboardInterrupt


def test_each_kind_of_override_may_fail_and_the_window_lives_on(tmp_path: Path):
    """In a process of its own, which on Python 3.11 an unguarded one ends with signal 11."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.gui.faulty_window", str(tmp_path)],
        capture_output=True,
        text=True,
        cwd=ROOT,
        timeout=120,
    )
    told = f"{done.stdout[-2000:]}\n{done.stderr[-4000:]}"
    assert done.returncode == 0, told
    assert done.stdout.splitlines()[-1].startswith("all "), told
    assert "active painter" not in done.stderr
    assert "Error calling Python override" not in done.stderr
