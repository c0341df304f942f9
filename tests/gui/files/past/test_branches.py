"""A person looks at the branches in their page: returns to one, names, deletes and compares them."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from nnplay.gui.files.past.figures import FIGURES
from nnplay.gui.files.past.page import BranchPage
from nnplay.gui.files.past.table import CHANGES, NAME
from nnplay.gui.panels.plots.curves import CurvesTab
from nnplay.gui.panels.plots.panel import PlotsPanel
from nnplay.gui.panels.timeline.panel import TimelinePanel
from nnplay.gui.session.branches import MOST_DRAWN
from nnplay.gui.window.main_window import MainWindow
from nnplay.training.edits import with_value
from nnplay.training.experiment import Experiment
from nnplay.training.moment import Moment
from tests.training.record.same_moment import assert_same_moment

LEFT = Qt.MouseButton.LeftButton
NO_KEY, CTRL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier
RATE = "training.learning_rate"


@pytest.fixture
def window(qtbot: QtBot, make_window: Callable[[Experiment], MainWindow]) -> MainWindow:
    """A window with three branches: the first run, one with another rate from epoch 10, one with nothing changed."""
    window = make_window(Experiment())
    session = window.session
    train(qtbot, window, 20)
    session.timeline.look_at_epoch(10)
    session.change("Rate", with_value(session.experiment, RATE, 0.1))
    train(qtbot, window, 20)
    session.timeline.return_to(session.timeline.record.branches[0])
    session.timeline.look_at_epoch(5)
    branch(qtbot, window)
    return window


def train(qtbot: QtBot, window: MainWindow, epochs: int) -> None:
    """So many epochs more."""
    trainer = window.session.timeline.trainer
    for _ in range(epochs * trainer.batches - 1):  # in a thread each of them would take a hundred times longer
        trainer.step()
    window.session.step_batch()
    qtbot.waitUntil(lambda: not window.session.running)


def branch(qtbot: QtBot, window: MainWindow) -> None:
    """Go on from the moment that is looked at."""
    window.session.timeline.take_up()
    train(qtbot, window, 3)


def open_page(window: MainWindow) -> BranchPage:
    """The page, as its action opens it."""
    window.session.requests.action.emit("branches")
    page = window.past.page
    assert page is not None
    return page


def names(page: BranchPage) -> list[str]:
    """What stands in the list."""
    return [page.table.cell(row, NAME) for row in range(page.table.rowCount())]


def click_row(page: BranchPage, row: int, modifiers: Qt.KeyboardModifier = NO_KEY) -> None:
    """Click the name in a row."""
    place = page.view.visualRect(page.table.index(row, NAME)).center()
    QTest.mouseClick(page.view.viewport(), LEFT, modifiers, place)


def test_the_list_names_them_and_one_returns(qtbot: QtBot, window: MainWindow) -> None:
    page, timeline = open_page(window), window.session.timeline
    assert names(page) == ["From epoch 5", "Learning rate 0.1 from epoch 10", "First run"]
    assert page.table.cell(1, CHANGES) == "Learning rate 0.5 → 0.1"
    assert [page.table.cell(1, column) for column in (1, 2)] == ["10", "30"]
    click_row(page, 1)
    QTest.keyClick(page.view, Qt.Key.Key_Return)
    assert timeline.name_of(timeline.record.current) == "Learning rate 0.1 from epoch 10"
    assert window.session.trainer.epoch == 30
    window.session.undo_stack.undo()
    assert window.session.trainer.epoch == 8
    click_row(page, 2)
    qtbot.mouseClick(page.best, LEFT)
    rows, _ = timeline.record.history_at(timeline.record.step)
    assert window.session.trainer.epoch == int(rows[:, 0, 0][rows[:, 1, 1].argmin()])


def test_they_are_named_and_deleted_by_keys(qtbot: QtBot, window: MainWindow) -> None:
    page, timeline = open_page(window), window.session.timeline
    first = timeline.record.branches[0]
    before = Moment.of(timeline.trainer)
    click_row(page, 2)
    qtbot.waitUntil(page.isActiveWindow)
    page.view.setFocus()
    QTest.keyClick(page.view, Qt.Key.Key_F2)
    editor = page.view.findChild(QLineEdit)
    editor.setText("  the <b>one</b> ")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: names(page)[2] == "the <b>one</b>")
    window.session.undo_stack.undo()
    assert names(page)[2] == "First run"
    click_row(page, 1, CTRL)
    QTest.keyClick(page.view, Qt.Key.Key_Delete)
    assert names(page) == ["From epoch 5"]
    assert timeline.record.branches == (timeline.record.current,)
    window.session.undo_stack.undo()
    assert names(page) == ["From epoch 5", "Learning rate 0.1 from epoch 10", "First run"]
    timeline.return_to(first)
    assert window.session.trainer.epoch == 20
    click_row(page, 2)
    assert not page.delete.isEnabled()
    QTest.keyClick(page.view, Qt.Key.Key_Delete)
    assert "go to another one" in page.hint.text()
    window.session.undo_stack.undo()
    assert_same_moment(Moment.of(timeline.trainer), before)


def test_they_are_compared(qtbot: QtBot, window: MainWindow) -> None:
    page = open_page(window)
    click_row(page, 1)
    click_row(page, 2, CTRL)
    table, comparison = page.comparison.table, page.comparison
    assert page.hint.text() == "2 of 3 branches side by side"
    rows = {table.cell(row, 0): [table.cell(row, 1), table.cell(row, 2)] for row in range(table.rowCount())}
    assert rows["To epoch"] == ["30", "20"]
    assert rows["Learning rate"] == ["0.1", "0.5"]
    assert "Batch size" not in rows
    drawn = comparison.plots["loss"]._ghosts.ghosts
    assert [(ghost.name, ghost.epochs[-1]) for ghost in drawn] == [(names(page)[1], 30), ("First run", 20)]
    comparison.figure.setCurrentIndex(1)
    comparison.figure.activated.emit(1)
    assert comparison.plots["accuracy"].isVisible()
    best = FIGURES.index("Best epoch")
    comparison.view.activated.emit(table.index(best, 2))
    assert window.session.timeline.record.current is window.session.timeline.record.branches[0]
    assert window.session.trainer.epoch == int(rows["Best epoch"][1])
    page.reject()
    assert page.table.rowCount() == 0
    window.session.theme.toggle()  # a page that was closed is there still
    assert open_page(window) is page
    assert len(names(page)) == 3


def test_their_curves_stand_in_the_plots_and_in_the_strip_in_one_hue(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    session, plots = window.session, window.panel("plots")
    strip = window.panel("timeline")
    assert isinstance(plots, PlotsPanel)
    assert isinstance(strip, TimelinePanel)
    assert isinstance(plots.tab, CurvesTab)
    plot = plots.tab.plot
    qtbot.waitUntil(lambda: len(plot._ghosts.ghosts) == 2)
    assert [ghost.name for ghost in plot._ghosts.ghosts] == ["First run", "Learning rate 0.1 from epoch 10"]
    assert [ghost.epochs[0] for ghost in plot._ghosts.ghosts] == [5, 5]
    assert [ghost.key for ghost in plot._ghosts.ghosts] == [0, 1]
    qtbot.waitUntil(lambda: [ghost.branch.key for ghost in strip.strip._ghosts if ghost.branch] == [0, 1])
    qtbot.waitUntil(lambda: plot.epochs.seen[1] >= 30)  # all of each is to be seen

    ghost, canvas = plot._ghosts.ghosts[1], plot.view_box.sceneBoundingRect()
    x, y = (axis[-5] for axis in (plot._ghosts._x(ghost, canvas), plot._ghosts._y(ghost.lines[0], canvas)))
    qtbot.mouseMove(plot.viewport(), QPoint(round(x), round(y)))
    QApplication.processEvents()
    assert "Learning rate 0.1 from epoch 10" in plot.legend.text()
    hue = session.theme.palette.branch(1)
    image = plot.grab().toImage()
    assert hue.lower() in {image.pixelColor(round(x), round(y) + dy).name() for dy in range(-2, 3)}

    before, painted = plot._ghosts.ghosts, []
    monkeypatch.setattr(plot._ghosts, "paint", lambda *_: painted.append(1))
    for _ in range(3):  # nothing of them is made or painted anew while the run goes on
        train(qtbot, window, 1)
        plot.grab()
    assert plot._ghosts.ghosts is before
    assert not painted
    monkeypatch.undo()
    session.timeline.delete(session.timeline.record.branches[0])
    assert [ghost.key for ghost in plot._ghosts.ghosts] == [1]
    assert session.theme.palette.branch(1) == hue


def test_of_many_the_newest_are_drawn(qtbot: QtBot, window: MainWindow) -> None:
    timeline, plots = window.session.timeline, window.panel("plots")
    first = timeline.record.branches[0]
    for _ in range(12):
        timeline.return_to(first)
        timeline.look_at_epoch(5)
        branch(qtbot, window)
    assert len(timeline.record.branches) == 15
    assert isinstance(plots, PlotsPanel)
    assert plots.tab.plot is not None
    assert [ghost.key for ghost in plots.tab.plot._ghosts.ghosts] == list(range(14 - MOST_DRAWN, 14))
    panel = window.panel("timeline")
    assert isinstance(panel, TimelinePanel)
    panel._menu.aboutToShow.emit()
    texts = [action.text() for action in panel._menu.actions()]
    assert "All Branches (7 more)…" in texts
    assert texts[0] == "From epoch 5 (13)"
    assert len(names(open_page(window))) == 15
