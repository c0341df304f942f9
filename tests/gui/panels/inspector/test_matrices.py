"""The matrices of a layer as tables: coloured, tied to what is pointed at, and copied for a spreadsheet."""

import msgspec
import numpy as np
import pytest
from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from nnplay.gui.panels.inspector import matrix_view
from nnplay.gui.panels.inspector.cell_colours import colours
from nnplay.gui.panels.inspector.matrices import KINDS, kinds_of
from nnplay.gui.panels.inspector.matrix_model import cell_text
from nnplay.gui.session.selection import UnitAddress, WeightAddress
from nnplay.gui.theme.palette import DARK, LIGHT, Palette, contrast
from tests.gui.panels.inspector.conftest import CIRCLES, XOR, Open, Opened

replace = msgspec.structs.replace


def shown(opened: Open, experiment: object = XOR) -> Opened:
    it = opened(experiment)
    it.panel.header.tabs.setCurrentIndex(1)
    return it


def choose(it: Opened, sign: str, layer: int = 0) -> None:
    page = it.panel.matrices
    page.layers.setCurrentIndex(layer)
    page.tabs.setCurrentIndex([page.tabs.tabText(index) for index in range(page.tabs.count())].index(sign))


def test_every_matrix_has_the_numbers_of_the_step(opened: Open):
    it = shown(opened, replace(CIRCLES, model=replace(CIRCLES.model, batch_norm=True, dropout=0.3)))
    trace = it.session.trainer.coming_step()
    page = it.panel.matrices
    for layer in range(3):
        page.layers.setCurrentIndex(layer)
        signs = [page.tabs.tabText(index) for index in range(page.tabs.count())]
        assert signs == [kind.sign for kind in kinds_of(trace, layer)]
        for index, kind in enumerate(kinds_of(trace, layer)):
            page.tabs.setCurrentIndex(index)
            np.testing.assert_array_equal(page.view.model_.matrix.values, kind.values(trace.layers[layer]))
            rows, columns = page.view.model().rowCount(), page.view.model().columnCount()
            assert f"{rows} × {columns}" in page.words.text()
    assert {kind.sign for kind in KINDS} >= {"X", "W", "b", "Z", "A", "∂L/∂Z", "∂L/∂W", "∂L/∂b"}


def test_the_pointer_on_a_cell_points_at_its_weight_and_back(qtbot: QtBot, opened: Open):
    it = shown(opened)
    choose(it, "W")
    view = it.panel.matrices.view
    cell = view.visualRect(view.model().index(1, 2)).center()
    qtbot.mouseMove(view.viewport(), cell)
    assert it.session.selection.pointed == WeightAddress(0, 1, 2)
    it.session.selection.point_at(None)
    before = view.grab().toImage()
    it.session.selection.point_at(WeightAddress(0, 0, 3))
    assert view.grab().toImage() != before
    assert view.lights(0, 3)[0]
    assert not view.lights(1, 3)[0]
    it.session.selection.point_at(UnitAddress(-1, 1))
    view.grab()
    assert [view.lights(row, 2)[0] for row in range(2)] == [False, True], "the row of an input"
    it.session.selection.point_at(UnitAddress(0, 1))
    view.grab()
    assert [view.lights(0, column)[0] for column in range(4)] == [False, True, False, False], "the column of a unit"


def test_what_is_inspected_is_marked_and_brought_into_sight_with_its_layer(qtbot: QtBot, opened: Open):
    it = shown(opened)
    it.choose(3)
    it.session.selection.inspect(WeightAddress(1, 2, 0))
    page = it.panel.matrices
    assert page.layer == 1
    choose(it, "Z", 1)
    qtbot.waitUntil(lambda: page.view.sample == 3)
    page.view.grab()
    assert [page.view.is_sample(row) for row in range(4)] == [False, False, False, True]
    assert page.view.lights(0, 0)[1]


def test_enter_on_a_cell_inspects_it(qtbot: QtBot, opened: Open):
    it = shown(opened)
    choose(it, "W")
    view = it.panel.matrices.view
    view.setFocus(Qt.FocusReason.TabFocusReason)
    view.setCurrentIndex(view.model().index(0, 0))
    qtbot.keyClick(view, Qt.Key.Key_Right)
    qtbot.keyClick(view, Qt.Key.Key_Down)
    assert it.session.selection.pointed == WeightAddress(0, 1, 1)
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert it.session.selection.inspected == WeightAddress(0, 1, 1)


def pasted() -> np.ndarray:
    text = QGuiApplication.clipboard().text()
    return np.array([[float(cell) for cell in line.split("\t")] for line in text.split("\n")])


def test_selected_cells_and_the_whole_matrix_are_copied_with_all_digits(qtbot: QtBot, opened: Open):
    it = shown(opened)
    choose(it, "W")
    view, values = it.panel.matrices.view, it.session.trainer.network.weights[0]
    view.setFocus(Qt.FocusReason.TabFocusReason)
    model = view.model()
    selection = QItemSelection(model.index(0, 1), model.index(1, 2))
    view.selectionModel().select(selection, QItemSelectionModel.SelectionFlag.ClearAndSelect)
    qtbot.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    np.testing.assert_array_equal(pasted(), values[:, 1:3])
    with qtbot.waitSignal(it.session.message) as said:
        qtbot.mouseClick(it.panel.matrices.copy_button, Qt.MouseButton.LeftButton)
    np.testing.assert_array_equal(pasted(), values)
    assert said.args == ["Matrix W of Layer 1 copied"]


def test_more_cells_than_can_be_copied_are_refused(qtbot: QtBot, opened: Open, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(matrix_view, "MOST_COPIED", 7)
    it = shown(opened)
    choose(it, "W")
    QGuiApplication.clipboard().setText("mine")
    with qtbot.waitSignal(it.session.refused) as said:
        qtbot.mouseClick(it.panel.matrices.copy_button, Qt.MouseButton.LeftButton)
    assert said.args == ["8 cells are too many to be copied at once; allowed are up to 7"]
    assert QGuiApplication.clipboard().text() == "mine"


def test_the_numbers_follow_a_step_without_a_jump(qtbot: QtBot, opened: Open):
    it = shown(opened)
    choose(it, "W")
    view = it.panel.matrices.view
    width, before = view.horizontalHeader().defaultSectionSize(), view.model_.text(0, 0)
    it.session.step_epoch()
    qtbot.waitUntil(lambda: not it.session.running and view.model_.text(0, 0) != before)
    np.testing.assert_array_equal(view.model_.matrix.values, it.session.trainer.network.weights[0])
    assert view.horizontalHeader().defaultSectionSize() == width
    assert it.panel.matrices.tabs.tabText(it.panel.matrices.tabs.currentIndex()) == "W"


@pytest.mark.parametrize("back", [False, True])
@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_a_number_is_read_on_every_colour(qtbot: QtBot, palette: Palette, back: bool):
    pairs = colours(palette, back=back)
    assert all(contrast(ink.name(), background.name()) >= 4.5 for background, ink in pairs)


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [(0.0, 2, "0.00"), (-1.5, 3, "−1.500"), (1e-7, 4, "1e−7"), (float("nan"), 4, "–"), (-0.00004, 4, "−4e−5")],
)
def test_cells_have_so_many_decimals_and_what_is_not_zero_doesn_t_look_it(value: float, digits: int, text: str):
    assert cell_text(value, digits) == text


def test_a_cell_s_tooltip_has_its_place_and_all_digits(opened: Open):
    it = shown(opened)
    choose(it, "W")
    view = it.panel.matrices.view
    tip = view.model().data(view.model().index(1, 2), Qt.ItemDataRole.ToolTipRole)
    value = format(it.session.trainer.network.weights[0][1, 2], ".17g").replace("-", "−")
    assert tip == f"x₂, Unit 3 of layer 1: {value}"
