"""Run ▸ Check Gradients…: a person looks at the verdict and the table, clicks a weight, copies, checks again."""

import numpy as np
import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from nnplay.gui.files import work
from nnplay.gui.files.gradients.page import GradientPage
from nnplay.gui.files.gradients.table import DIFFERENCE, ERROR, GRADIENT, PARAMETER
from nnplay.gui.session.selection import UnitAddress, WeightAddress
from nnplay.gui.window.main_window import MainWindow
from nnplay.nn import NeuralNetwork
from nnplay.training.edits import with_units
from nnplay.training.experiment import DataSpec, Experiment, HiddenLayer, ModelSpec, TrainingSpec
from tests.gui.conftest import Press, WindowMaker
from tests.gui.window_hands import PATIENCE

LEFT = Qt.MouseButton.LeftButton
XOR = Experiment(seed=42)
NORMED = Experiment(
    data=DataSpec(kind="blobs", samples=60, classes=3),
    model=ModelSpec(
        hidden_layers=(HiddenLayer(units=3, activation="tanh"),), loss="categorical_cross_entropy", batch_norm=True
    ),
    training=TrainingSpec(batch_size=16),
)
DIGITS = Experiment(
    data=DataSpec(kind="digits", samples=100, classes=10),
    model=ModelSpec(hidden_layers=(HiddenLayer(units=32),), loss="categorical_cross_entropy"),
    training=TrainingSpec(batch_size=16, learning_rate=0.01),
)


def open_page(qtbot: QtBot, window: MainWindow, press: Press) -> GradientPage:
    press(window, "Ctrl+G")
    page = window.gradients.page
    assert page is not None
    qtbot.waitUntil(lambda: page.isVisible() and page.again.isEnabled(), timeout=PATIENCE)
    return page


def text(page: GradientPage, row: int, column: int) -> str:
    return str(page.table.index(row, column).data())


def column(page: GradientPage, which: int) -> list[str]:
    return [text(page, row, which) for row in range(page.table.rowCount())]


def click_cell(qtbot: QtBot, page: GradientPage, row: int, *, twice: bool = False) -> None:
    index = page.table.index(row, PARAMETER)
    page.view.scrollTo(index)
    place = page.view.visualRect(index).center()
    qtbot.mouseClick(page.view.viewport(), LEFT, pos=place)
    if twice:
        qtbot.mouseDClick(page.view.viewport(), LEFT, pos=place)


def click_header(qtbot: QtBot, page: GradientPage, which: int) -> None:
    header = page.view.horizontalHeader()
    x = header.sectionViewportPosition(which) + header.sectionSize(which) // 2
    qtbot.mouseClick(header.viewport(), LEFT, pos=QPoint(x, header.height() // 2))


def row_of(page: GradientPage, name: str) -> int:
    return column(page, PARAMETER).index(name)


def test_the_verdict_and_the_worst_gradient_stand_first(qtbot: QtBot, make_window: WindowMaker, press: Press):
    window = make_window(XOR)
    before = window.session.trainer.network.parameters.copy()
    page = open_page(qtbot, window, press)
    assert page.verdict.text().startswith("Backpropagation is right: the largest relative error is ")
    assert page.scope.text().splitlines()[0].startswith("13 of 17 parameters")
    names, skipped = column(page, PARAMETER), column(page, ERROR)
    assert len(names) == 17
    assert "Weight from x₁ to unit 2 of layer 1" in names
    assert "Bias of output" in names
    assert skipped[-4:] == ["skipped: kink of ReLU in layer 1"] * 4
    network = window.session.trainer.network
    network.gradients(window.session.prepared.X_train, window.session.prepared.Y_train)
    shown = float(text(page, row_of(page, "Bias of output"), GRADIENT).replace("−", "-"))
    assert shown == pytest.approx(float(network.gradient_views.biases[1][0]), rel=1e-5)
    np.testing.assert_array_equal(network.parameters, before)
    assert not window.session.undo_stack.canUndo()


def test_a_click_on_a_row_is_what_is_inspected_and_two_open_it(qtbot: QtBot, make_window: WindowMaker, press: Press):
    window = make_window(XOR)
    session = window.session
    page = open_page(qtbot, window, press)
    click_cell(qtbot, page, row_of(page, "Weight from x₂ to unit 3 of layer 1"))
    assert session.selection.inspected == WeightAddress(0, 1, 2)
    click_cell(qtbot, page, row_of(page, "Bias of unit 4 of layer 1"))
    assert session.selection.inspected == WeightAddress(0, None, 3)
    qtbot.keyClick(page.view, Qt.Key.Key_Up)
    assert session.selection.inspected == page.table.parameter(page.view.currentIndex().row()).address
    session.requests.panel.disconnect()  # it is the window's matter which panels there are
    with qtbot.waitSignal(session.requests.panel) as wanted:
        qtbot.keyClick(page.view, Qt.Key.Key_Return)
    assert wanted.args == ["inspector"]
    with qtbot.waitSignal(session.requests.panel) as wanted:
        click_cell(qtbot, page, 0, twice=True)
    assert wanted.args == ["inspector"]


def test_batch_norms_own_numbers_lead_to_their_unit(qtbot: QtBot, make_window: WindowMaker, press: Press):
    window = make_window(NORMED)
    page = open_page(qtbot, window, press)
    names = column(page, PARAMETER)
    assert "Weight from unit 1 of layer 1 to output “class 2”" in names
    click_cell(qtbot, page, names.index("γ of unit 2 of layer 1"))
    assert window.session.selection.inspected == UnitAddress(0, 1)


def test_a_column_is_sorted_by_a_click_and_what_was_skipped_stays_last(
    qtbot: QtBot, make_window: WindowMaker, press: Press
):
    page = open_page(qtbot, make_window(XOR), press)
    worst_first = column(page, PARAMETER)
    click_header(qtbot, page, GRADIENT)
    rising = [page.table.figures(row)[0] for row in range(13)]
    assert rising == sorted(rising)
    click_header(qtbot, page, GRADIENT)
    falling = [page.table.figures(row)[0] for row in range(13)]
    assert falling == sorted(rising, reverse=True)
    assert all(cell.startswith("skipped") for cell in column(page, ERROR)[13:])
    click_header(qtbot, page, GRADIENT)
    assert column(page, PARAMETER) == worst_first


def test_a_wrong_gradient_is_marked_and_said(
    qtbot: QtBot, make_window: WindowMaker, press: Press, monkeypatch: pytest.MonkeyPatch
):
    window = make_window(XOR)
    fill = NeuralNetwork.training_loss

    def wrong(self: NeuralNetwork, X: np.ndarray, Y: np.ndarray, weights: np.ndarray | None = None) -> object:
        loss = fill(self, X, Y, weights)
        self.gradient_views.weights[0][1, 0] += 1e-3
        return loss

    monkeypatch.setattr(NeuralNetwork, "training_loss", wrong)
    page = open_page(qtbot, window, press)
    assert page.verdict.text().startswith("1 gradient is further off than 1e−6")
    assert text(page, 0, PARAMETER) == "Weight from x₂ to unit 1 of layer 1"
    alarm = QColor(window.session.theme.palette.alarm)
    marks = [page.table.index(row, ERROR).data(Qt.ItemDataRole.DecorationRole) for row in range(17)]
    assert marks == [alarm, *[None] * 16]


def test_all_figures_are_copied(qtbot: QtBot, make_window: WindowMaker, press: Press):
    window = make_window(XOR)
    page = open_page(qtbot, window, press)
    qtbot.mouseClick(page.copy, LEFT)
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0].split("\t") == ["Parameter", "Backpropagation", "Difference", "Relative error"]
    cells = [line.split("\t") for line in lines[1:]]
    assert len(cells) == 17
    assert [row[0] for row in cells] == column(page, PARAMETER)
    network = window.session.trainer.network
    network.gradients(window.session.prepared.X_train, window.session.prepared.Y_train)
    (bias,) = [row for row in cells if row[0] == "Bias of output"]
    assert float(bias[1]) == float(network.gradient_views.biases[1][0])


def test_it_stays_open_and_checks_the_network_of_now_again(qtbot: QtBot, make_window: WindowMaker, press: Press):
    window = make_window(XOR)
    session = window.session
    page = open_page(qtbot, window, press)
    assert QApplication.activeModalWidget() is None
    first = page.table.as_text()
    window.activateWindow()
    session.step_epoch()
    qtbot.waitUntil(lambda: not session.running, timeout=PATIENCE)
    qtbot.mouseClick(page.again, LEFT)
    qtbot.waitUntil(lambda: page.again.isEnabled(), timeout=PATIENCE)
    assert page.table.as_text() != first
    assert "The step is the one that comes after 1 epoch" in page.scope.text()
    page.close()
    qtbot.waitUntil(lambda: window.gradients.page is None)
    assert open_page(qtbot, window, press).isVisible()


def test_while_it_trains_a_moment_of_it_is_checked(qtbot: QtBot, make_window: WindowMaker, press: Press):
    window = make_window(NORMED)
    session = window.session
    session.toggle_training()
    qtbot.waitUntil(lambda: session.trainer.epoch > 2, timeout=PATIENCE)
    page = open_page(qtbot, window, press)
    assert page.verdict.text().startswith("Backpropagation is right")
    assert session.running
    session.pause()


def test_in_a_walk_its_step_is_checked_and_the_walk_goes_on(qtbot: QtBot, make_window: WindowMaker, press: Press):
    window = make_window(NORMED)
    walk = window.session.walk
    press(window, "Ctrl+Right")
    press(window, "Ctrl+Right")
    assert walk.walk is not None
    cursor = walk.walk.cursor
    page = open_page(qtbot, window, press)
    assert "The step is the one that is walked through" in page.scope.text()
    assert walk.walk is not None
    assert walk.walk.cursor == cursor


def test_a_large_network_is_checked_in_part_and_may_be_cancelled(
    qtbot: QtBot, make_window: WindowMaker, press: Press, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(work, "AT_ONCE_MS", 0)
    window = make_window(DIGITS)
    press(window, "Ctrl+G")
    page = window.gradients.page
    assert page is not None
    qtbot.waitUntil(page.stop.isVisible, timeout=PATIENCE)
    qtbot.mouseClick(page.stop, LEFT)
    assert page.verdict.text() == "Not checked"
    assert page.table.rowCount() == 0
    qtbot.mouseClick(page.again, LEFT)
    qtbot.waitUntil(lambda: page.table.rowCount() > 0, timeout=PATIENCE)
    assert "These are the largest gradients of each layer and others spread over it" in page.scope.text()
    assert any(name.startswith("Weight from pixel ") for name in column(page, PARAMETER))


def test_of_a_network_that_is_gone_nothing_is_inspected(qtbot: QtBot, make_window: WindowMaker, press: Press):
    window = make_window(XOR)
    page = open_page(qtbot, window, press)
    fewer = with_units(window.session.experiment, 0, 2)
    assert fewer is not None
    window.session.change("two units", fewer)
    with qtbot.waitSignal(window.session.refused) as told:
        click_cell(qtbot, page, row_of(page, "Bias of unit 4 of layer 1"))
    assert told.args == ["The network has another shape now: check its gradients again"]
    assert window.session.selection.inspected is None


def test_without_points_it_is_said(qtbot: QtBot, make_window: WindowMaker, press: Press):
    window = make_window(XOR)
    window.panel("output").board.clear()
    page = open_page(qtbot, window, press)
    assert "no training samples" in page.verdict.text()
    assert not page.view.isEnabled()


def test_figures_have_all_their_digits_in_a_tooltip(qtbot: QtBot, make_window: WindowMaker, press: Press):
    page = open_page(qtbot, make_window(XOR), press)
    index: QModelIndex = page.table.index(0, DIFFERENCE)
    whole = str(index.data(Qt.ItemDataRole.ToolTipRole))
    assert repr(page.table.figures(0)[1]) in whole
