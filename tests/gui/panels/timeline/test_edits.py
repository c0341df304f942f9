"""A person drags, changes and removes what was done in the past, and the run is computed again."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from nnplay.gui.panels.timeline.edit_dialogs import EditDialog
from nnplay.gui.panels.timeline.marks import moved_words
from nnplay.gui.panels.timeline.panel import TimelinePanel
from nnplay.gui.session.past import edits_of
from nnplay.gui.widgets.typed_box import TypedBox
from nnplay.gui.window.main_window import MainWindow
from nnplay.training.edits import with_value
from nnplay.training.experiment import Experiment
from nnplay.training.moment import Moment
from tests.training.record.same_moment import assert_same_moment

LEFT = Qt.MouseButton.LeftButton
RATE = "training.learning_rate"


@pytest.fixture
def window(qtbot: QtBot, make_window: Callable[[Experiment], MainWindow]) -> MainWindow:
    """A window on 60 epochs, of which 20 had another rate, and 10 a unit off."""
    window = make_window(Experiment())
    session = window.session
    train(qtbot, window, 40)
    session.change("Rate", with_value(session.experiment, RATE, 0.1))
    train(qtbot, window, 10)
    session.network_edits.set_unit_enabled(0, 1, False)
    train(qtbot, window, 10)
    qtbot.waitUntil(lambda: len(panel_of(window).strip.hand.marks) == 2)
    return window


def train(qtbot: QtBot, window: MainWindow, epochs: int) -> None:
    """So many epochs more."""
    trainer = window.session.timeline.trainer
    for _ in range(epochs * trainer.batches - 1):  # in a thread each of them would take a hundred times longer
        trainer.step()
    window.session.step_batch()
    qtbot.waitUntil(lambda: not window.session.running)


def panel_of(window: MainWindow) -> TimelinePanel:
    """The panel Timeline."""
    panel = window.panel("timeline")
    assert isinstance(panel, TimelinePanel)
    return panel


def grip(window: MainWindow, epoch: float) -> QPoint:
    """Where the grip of a mark is."""
    where = panel_of(window).strip.where
    return QPoint(round(where.x_of(epoch)), round(where.top) + 3)


def log_of(window: MainWindow) -> list[tuple[float, str]]:
    """(epoch, words) of the edits of the run."""
    return [(edit.epochs, edit.words) for edit in edits_of(window.session.timeline.record.current)]


def choose(qtbot: QtBot, menu: QMenu, *texts: str) -> None:
    """Choose an entry of a menu, or of one in it."""
    for text in texts:
        (action,) = [each for each in menu.actions() if text in each.text()]
        if action.menu() is None:
            action.trigger()
        else:
            menu = action.menu()
    menu.close()


def open_menu(qtbot: QtBot) -> QMenu:
    """The menu that is open."""
    qtbot.waitUntil(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


def test_a_mark_is_dragged_and_the_run_computed_again(qtbot: QtBot, window: MainWindow) -> None:
    session, strip = window.session, panel_of(window).strip
    before, first = Moment.of(session.trainer), session.timeline.record.current
    qtbot.mouseMove(strip, grip(window, 40))
    assert strip.hand.look.pointed is strip.hand.marks[0]
    assert strip.cursor().shape() is Qt.CursorShape.PointingHandCursor
    qtbot.mousePress(strip, LEFT, pos=grip(window, 40))
    qtbot.mouseMove(strip, grip(window, 30))
    qtbot.mouseMove(strip, grip(window, 20))
    assert strip.hand.look.dragged_to == 20
    assert moved_words(strip.hand.marks[0], 20) == "Learning rate 0.5 → 0.1 at epoch 20"
    assert session.timeline.looked_at is None
    qtbot.mouseRelease(strip, LEFT, pos=grip(window, 20))
    qtbot.waitUntil(lambda: len(session.timeline.record.branches) == 2)
    assert log_of(window) == [(20, "Learning rate 0.5 → 0.1"), (50, "Unit 2 of layer 1 off")]
    assert session.trainer.epoch == 60
    assert session.timeline.name_of(session.timeline.record.current) == "Learning rate 0.1 from epoch 20"
    session.undo_stack.undo()
    assert session.timeline.record.current is first
    assert session.timeline.record.branches == (first,)
    assert_same_moment(Moment.of(session.trainer), before)
    session.undo_stack.redo()
    assert log_of(window)[0] == (20, "Learning rate 0.5 → 0.1")


def test_a_drag_can_be_left(qtbot: QtBot, window: MainWindow) -> None:
    session, strip = window.session, panel_of(window).strip
    qtbot.mousePress(strip, LEFT, pos=grip(window, 40))
    qtbot.mouseMove(strip, grip(window, 20))
    QTest.keyClick(strip, Qt.Key.Key_Escape)
    qtbot.mouseRelease(strip, LEFT, pos=grip(window, 20))
    qtbot.mousePress(strip, LEFT, pos=grip(window, 40))
    qtbot.mouseMove(strip, grip(window, 20))
    qtbot.mouseMove(strip, QPoint(grip(window, 20).x(), -200))
    qtbot.mouseRelease(strip, LEFT, pos=QPoint(grip(window, 20).x(), -200))
    assert len(session.timeline.record.branches) == 1
    assert QApplication.activePopupWidget() is None


def test_its_menu_changes_and_removes(qtbot: QtBot, window: MainWindow) -> None:
    session, strip = window.session, panel_of(window).strip
    qtbot.mouseClick(strip, LEFT, pos=grip(window, 40))
    choose(qtbot, open_menu(qtbot), "Change…")
    dialog = window.findChild(EditDialog)
    box = dialog.editor
    assert isinstance(box, TypedBox)
    box.lineEdit().setText("17 apples")
    QTest.keyClick(box, Qt.Key.Key_Return)
    assert dialog.isVisible()
    assert "17 apples" in dialog.hint.text()
    box.lineEdit().setText("0.02")
    QTest.keyClick(box, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(session.timeline.record.branches) == 2)
    assert log_of(window)[0] == (40, "Learning rate 0.5 → 0.02")
    assert session.experiment.training.learning_rate == 0.02
    qtbot.waitUntil(lambda: strip.hand.marks[0].words == "Learning rate 0.5 → 0.02")

    qtbot.mouseClick(strip, LEFT, pos=grip(window, 50))
    choose(qtbot, open_menu(qtbot), "Switch On")
    qtbot.waitUntil(lambda: len(session.timeline.record.branches) == 3)
    assert log_of(window)[1] == (50, "Unit 2 of layer 1 on")

    menu = panel_of(window)._menu
    menu.aboutToShow.emit()  # reached by keys: the menu of the branches lists all edits
    choose(qtbot, menu, "Edits", "40: Learning", "Remove")
    qtbot.waitUntil(lambda: len(session.timeline.record.branches) == 4)
    assert log_of(window) == [(50, "Unit 2 of layer 1 on")]
    assert session.timeline.name_of(session.timeline.record.current) == "Without Learning rate 0.02"


def test_it_is_moved_by_keys(qtbot: QtBot, window: MainWindow) -> None:
    session, menu = window.session, panel_of(window)._menu
    menu.aboutToShow.emit()
    choose(qtbot, menu, "Edits", "50: Unit", "Move to Epoch…")
    dialog = window.findChild(EditDialog)
    box = dialog.editor
    assert isinstance(box, TypedBox)
    box.lineEdit().setText("61")
    QTest.keyClick(box, Qt.Key.Key_Return)
    assert "0 to 60" in dialog.hint.text()
    box.lineEdit().setText("10")
    QTest.keyClick(box, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(session.timeline.record.branches) == 2)
    assert log_of(window) == [(10, "Unit 2 of layer 1 off"), (40, "Learning rate 0.5 → 0.1")]
    as_if = session.timeline.record.moment_at(session.timeline.record.step_of(20)).disabled_units
    assert as_if == {(0, 1)}
