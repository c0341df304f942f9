"""The lines of arithmetic: each number can be pointed at, chosen, unfolded and read with all digits."""

import re
from collections.abc import Callable

import msgspec
import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QHelpEvent
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from nnplay.gui.paint.formula.boxes import Glyphs
from nnplay.gui.panels.inspector.formula_view import FormulaView
from nnplay.gui.panels.inspector.sections import in_capitals
from nnplay.gui.session.selection import UnitAddress, WeightAddress
from nnplay.training.arithmetic.expression import Number, Rest
from nnplay.training.arithmetic.text import line_text
from tests.gui.panels.inspector.conftest import CIRCLES, XOR, Open, Opened

replace = msgspec.structs.replace


def shown(qtbot: QtBot, opened: Open, *, sample: int = 1) -> tuple[Opened, FormulaView]:
    """XOR with a unit of the hidden layer and a sample."""
    it = opened(XOR)
    it.session.selection.pin(0, 1)
    it.choose(sample)
    qtbot.waitUntil(lambda: it.panel.look is not None and it.panel.look.step.row == sample)
    return it, it.panel.numbers.view


def of(quantity: str, **wanted: object) -> Callable[[object], bool]:
    """Whether it is a number of this quantity."""

    def is_it(found: object) -> bool:
        part = found.part if isinstance(found, Number) else None
        return part is not None and part.quantity == quantity and all(getattr(part, k) == v for k, v in wanted.items())

    return is_it


def spot(view: FormulaView, row: int, which: Callable[[object], bool]) -> QPoint:
    """Where it is in the viewport, which is scrolled to it."""
    place = view.spot(row, which)
    if not view.viewport().rect().contains(place.toPoint()):
        view.verticalScrollBar().setValue(round(view.verticalScrollBar().value() + place.y() - 40))
        place = view.spot(row, which)
    return place.toPoint()


def test_a_term_that_is_pointed_at_points_at_its_weight_everywhere(qtbot: QtBot, opened: Open):
    it, view = shown(qtbot, opened)
    qtbot.mouseMove(view.viewport(), spot(view, 0, of("weight", row=1)))
    assert it.session.selection.pointed == WeightAddress(0, 1, 1)
    qtbot.mouseMove(view.viewport(), spot(view, 0, of("input", unit=0)))
    assert it.session.selection.pointed == UnitAddress(-1, 0)
    qtbot.mouseMove(view.viewport(), spot(view, 0, of("bias")))
    assert it.session.selection.pointed == WeightAddress(0, None, 1)
    QApplication.sendEvent(view.viewport(), QEvent(QEvent.Type.Leave))
    assert it.session.selection.pointed is None


def test_what_is_pointed_at_elsewhere_is_marked_here(qtbot: QtBot, opened: Open):
    it, view = shown(qtbot, opened)
    before = view.grab().toImage()
    it.session.selection.point_at(WeightAddress(0, 1, 1))
    marked = view.grab().toImage()
    assert marked != before
    first, ratio = view.list.rows[0], view.devicePixelRatioF()
    changed = [
        y
        for y in range(before.height())
        if any(marked.pixel(x, y) != before.pixel(x, y) for x in range(0, before.width(), 2))
    ]
    assert (first.top - 2) * ratio <= min(changed) <= max(changed) <= (first.top + first.height) * ratio, (
        "its line alone"
    )
    it.session.selection.point_at(None)
    assert view.grab().toImage() == before


def test_a_click_on_a_term_inspects_its_weight_or_unit(qtbot: QtBot, opened: Open):
    it, view = shown(qtbot, opened)
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=spot(view, 0, of("weight", row=0)))
    assert it.session.selection.inspected == WeightAddress(0, 0, 1)
    assert it.panel.header.subject.title == "Weight from x₁ to unit 2 of layer 1"
    delta_row = next(i for i, row in enumerate(view.list.rows) if of("delta", layer=0)(row.item.line.result))
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=spot(view, delta_row, of("delta", layer=1)))
    assert it.session.selection.inspected == UnitAddress(1, 0)


def test_keys_go_from_number_to_number_and_enter_chooses(qtbot: QtBot, opened: Open):
    it, view = shown(qtbot, opened)
    view.setFocus(Qt.FocusReason.TabFocusReason)
    seen = [it.session.selection.pointed]
    for _ in range(8):
        qtbot.keyClick(view, Qt.Key.Key_Right)
        seen.append(it.session.selection.pointed)
    assert WeightAddress(0, 0, 1) in seen
    assert WeightAddress(0, 1, 1) in seen
    assert WeightAddress(0, None, 1) in seen
    while it.session.selection.pointed != WeightAddress(0, 1, 1):
        qtbot.keyClick(view, Qt.Key.Key_Left)
    assert "Weight from x₂ to unit 2 of layer 1" in view.accessibleDescription()
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert it.session.selection.inspected == WeightAddress(0, 1, 1)


def test_the_arrows_reach_the_last_line_and_bring_it_into_sight(qtbot: QtBot, opened: Open):
    it, view = shown(qtbot, opened)
    it.session.selection.inspect(WeightAddress(0, 1, 1))
    view.setFocus(Qt.FocusReason.TabFocusReason)
    for _ in view.list.rows:
        qtbot.keyClick(view, Qt.Key.Key_Down)
    assert view.verticalScrollBar().value() > 0
    last = view.list.rows[-1]
    seen = view.verticalScrollBar().value(), view.verticalScrollBar().value() + view.viewport().height()
    assert seen[0] <= last.top + last.height / 2 <= seen[1]


def test_a_tooltip_has_all_17_digits_and_what_it_is(qtbot: QtBot, opened: Open, monkeypatch: pytest.MonkeyPatch):
    it, view = shown(qtbot, opened)
    told: list[str] = []
    monkeypatch.setattr(QToolTip, "showText", lambda _place, text, *_: told.append(text))
    place = spot(view, 0, of("weight", row=1))
    QApplication.sendEvent(view.viewport(), QHelpEvent(QEvent.Type.ToolTip, place, view.mapToGlobal(place)))
    weight = it.session.trainer.network.weights[0][1, 1]
    assert format(weight, ".17g").replace("-", "−") in told[0]
    assert "Weight from x₂ to unit 2 of layer 1" in told[0]


def test_one_switch_sets_the_digits_of_all_and_is_remembered(qtbot: QtBot, opened: Open):
    it, view = shown(qtbot, opened)
    combo = it.panel.header.digits
    combo.setFocus(Qt.FocusReason.TabFocusReason)
    for _ in range(3):
        qtbot.keyClick(combo, Qt.Key.Key_Down)
    assert it.session.digits.count == 7
    written = [piece.text for piece in view.list.rows[0].laid.pieces if isinstance(piece, Glyphs)]
    assert any(re.fullmatch(r"−?\d\.\d{7}", text) for text in written)
    assert it.panel.matrices.view.model_.digits == 7
    it.session.digits.set_count(2)
    assert combo.currentText() == "2"


def wide() -> Opened:
    data = replace(CIRCLES.data, samples=200)
    return replace(CIRCLES, data=data, training=replace(CIRCLES.training, batch_size=40))


def test_a_long_sum_is_folded_unfolds_by_a_click_and_folds_again(qtbot: QtBot, opened: Open):
    it = opened(wide())
    it.session.selection.inspect(WeightAddress(0, 0, 1))
    view = it.panel.numbers.view
    row = next(i for i, row in enumerate(view.list.rows) if any(isinstance(p.of, Rest) for p in row.laid.places))
    line = view.list.rows[row]
    rest = next(place.of for place in line.laid.places if isinstance(place.of, Rest))
    folded = line.height
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=spot(view, row, lambda each: each is rest))
    assert line.unfolded
    assert line.height > folded
    assert not any(isinstance(place.of, Rest) for place in line.laid.places)
    assert view.verticalScrollBar().maximum() > 0
    view.verticalScrollBar().setValue(round(line.top))
    again = view.list.fold_rect(line).center() - QPointF(0, view.verticalScrollBar().value())
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=again.toPoint())
    assert not line.unfolded
    assert line.height == folded


def test_a_folded_sum_comes_to_the_same_value_and_keeps_its_terms(qtbot: QtBot, opened: Open):
    it = opened(wide())
    it.session.selection.inspect(WeightAddress(0, 0, 1))
    for row in it.panel.numbers.view.list.rows:
        assert row.line.expression.value == pytest.approx(row.item.line.expression.value, rel=1e-12)
    kept = [list(row.choices) for row in it.panel.numbers.view.list.rows]
    first = it.panel.look
    it.session.step_batch()
    qtbot.waitUntil(lambda: not it.session.running and it.panel.look is not first)
    assert [list(row.choices) for row in it.panel.numbers.view.list.rows] == kept


def test_a_term_of_another_sample_points_at_it_and_a_click_chooses_it(qtbot: QtBot, opened: Open):
    it, view = shown(qtbot, opened)
    it.session.selection.inspect(WeightAddress(0, 1, 1))
    row = next(i for i, row in enumerate(view.list.rows) if row.item.line.words == "The mean over the batch")
    step = it.panel.look.step
    place = spot(view, row, of("delta", sample=2))
    qtbot.mouseMove(view.viewport(), place)
    third = tuple(map(float, it.session.prepared.table.inputs[it.session.prepared.train[2]]))
    assert it.session.selection.sample == third
    QApplication.processEvents()
    assert it.panel.look.step is step, "what is read doesn't change under the pointer"
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert it.session.selection.chosen_sample == third
    qtbot.waitUntil(lambda: it.panel.look.step.row == 2)


def test_ctrl_c_copies_the_line_with_its_formula(qtbot: QtBot, opened: Open):
    it, view = shown(qtbot, opened)
    view.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == line_text(view.list.rows[0].item.line, it.session.digits.count)


def test_the_curve_has_the_point_its_slope_and_round_axes(qtbot: QtBot, opened: Open):
    it, _ = shown(qtbot, opened)
    plot = it.panel.numbers.plot
    trace = it.session.trainer.coming_step()
    z = trace.layers[0].z[1, 1]
    assert plot.point.z == z
    assert plot.point.a == pytest.approx(np.tanh(z))
    assert plot.point.slope == pytest.approx(1 - np.tanh(z) ** 2)
    assert plot.area.contains(plot.at(plot.point.z, plot.point.a))
    empty = plot.grab().toImage()
    it.choose(2)
    qtbot.waitUntil(lambda: it.panel.look.step.row == 2)
    assert plot.grab().toImage() != empty
    plot.resize(plot.width(), 55)
    image = plot.grab().toImage()
    ground = {image.pixel(x, y) for x in range(image.width()) for y in range(image.height())}
    assert len(ground) == 1, "too low for an axis that can be read"


def test_its_picture_has_all_lines(qtbot: QtBot, opened: Open):
    it, view = shown(qtbot, opened)
    it.session.selection.inspect(WeightAddress(0, 1, 1))
    figure = it.panel.figure()
    assert figure.title == "Weight from x₂ to unit 2 of layer 1"
    assert figure.size.height() >= view.list.height > view.viewport().height()
    it.panel.header.tabs.setCurrentIndex(1)
    assert it.panel.figure().size.width() > 0


def test_a_greek_letter_is_no_other_symbol_in_capitals() -> None:
    assert in_capitals("Update of β") == "UPDATE OF β"
