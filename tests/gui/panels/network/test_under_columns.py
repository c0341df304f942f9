"""What belongs to a column stands under it, at every scale, and features that aren't used push nothing aside."""

from itertools import combinations

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from nnplay.data import FEATURES
from nnplay.gui.panels.network.layout import Unit
from nnplay.gui.panels.network.panel import NetworkPanel
from nnplay.training.experiment import DataSpec, Experiment, HiddenLayer, ModelSpec
from tests.gui.panels.network.network_hands import CIRCLES, DIGITS, LEFT, PanelMaker, hidden

XOR = Experiment()
ALL = Experiment(
    data=DataSpec(kind="circles", samples=60, features=tuple(FEATURES)),
    model=ModelSpec(hidden_layers=(HiddenLayer(units=6), HiddenLayer(units=4))),
)
WIDE = Experiment(data=DataSpec(kind="circles", samples=60), model=ModelSpec(hidden_layers=(HiddenLayer(units=8),) * 3))
DEEP = Experiment(
    data=DataSpec(kind="circles", samples=60),
    model=ModelSpec(hidden_layers=(HiddenLayer(units=8, activation="sigmoid"),) * 10),
)
KINDS = {"xor": XOR, "two": CIRCLES, "all": ALL, "8x8x8": WIDE, "ten": DEEP, "digits": DIGITS}


def geometry(panel: NetworkPanel, widget: QWidget) -> QRect:
    return QRect(widget.mapTo(panel.canvas, QPoint()), widget.size())


def under(panel: NetworkPanel) -> list[QWidget]:
    return [*panel.under.footers, *panel.under.ends, *([panel.under.chips] if panel._shape.unused else [])]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("factor", [0.8, 1.0, 1.5, 2.0])
def test_all_stands_under_its_own_column(make_panel: PanelMaker, qtbot: QtBot, kind: str, factor: float) -> None:
    """In a window of 1440 x 900, and of 1100 x 700."""
    panel = make_panel(KINDS[kind])
    panel.session.theme.set_scale(factor)
    for size in ((630, 692), (434, 545)):
        panel.resize(*(round(side * factor) for side in size))
        QApplication.processEvents()
        assert_all_under(panel, factor)


def assert_all_under(panel: NetworkPanel, factor: float) -> None:
    canvas, layout = panel.canvas, panel.canvas.layout_
    drawing = QRect(0, 0, canvas.width(), canvas.height() - canvas.foot)
    columns = [*zip(panel.under.footers, layout.columns[1:-1], strict=True)]
    columns += [(panel.under.ends[0], layout.columns[0]), (panel.under.ends[1], layout.columns[-1])]
    for widget, column in columns:
        place = geometry(panel, widget)
        assert widget.isVisible()
        assert 0 <= place.top() - column.bottom <= 16 * factor, "right under its last unit"
        assert place.left() - 1 <= column.x <= place.right() + 1
    for widget in under(panel):
        assert drawing.contains(geometry(panel, widget))
    for one, other in combinations(under(panel), 2):
        assert not geometry(panel, one).intersects(geometry(panel, other))
    for unit in layout.units():
        x, y, width, height = map(round, layout.box(unit))
        assert not [1 for widget in under(panel) if geometry(panel, widget).intersects(QRect(x, y, width, height))]


def test_the_live_units_stand_where_they_would_without_chips(make_panel: PanelMaker, qtbot: QtBot) -> None:
    panel = make_panel()
    columns = panel.canvas.layout_.columns
    assert columns[0].shown == 2
    middle = (columns[1].centres[0] + columns[1].centres[-1]) / 2
    assert sum(columns[0].centres) / 2 == pytest.approx(middle)
    assert len([chip for chip in panel.under.chips.chips.values() if chip.isVisible()]) == 7
    assert panel.under.chips.geometry().top() > columns[0].bottom


def test_where_rows_have_no_room_one_button_has_the_list(make_panel: PanelMaker, qtbot: QtBot) -> None:
    panel = make_panel(DEEP, 434, 420)
    chips = panel.under.chips
    assert chips.list_button.isVisible()
    assert not [chip for chip in chips.chips.values() if chip.isVisible()]
    qtbot.mouseClick(chips.list_button, LEFT)
    menu = QApplication.activePopupWidget()
    assert [action.text() for action in menu.actions()][:2] == ["x₁²", "x₂²"]
    qtbot.keyClick(menu, Qt.Key.Key_Down)
    qtbot.keyClick(menu, Qt.Key.Key_Return)
    assert panel.session.experiment.data.features == ("x1", "x2", "x1^2")


def test_units_grow_with_the_panel(make_panel: PanelMaker, qtbot: QtBot) -> None:
    panel = make_panel(XOR, 434, 420)
    small = panel.canvas.layout_.side
    panel.resize(900, 900)
    qtbot.waitUntil(lambda: panel.canvas.width() == 900)
    assert 32 <= small < panel.canvas.layout_.side <= 96
    assert panel.canvas.unit_pixels == round(panel.canvas.layout_.box(Unit(1, 0)).width)


def test_buttons_under_the_column_change_it(make_panel: PanelMaker, qtbot: QtBot) -> None:
    panel = make_panel(XOR)
    controls = panel.under.footers[0].controls
    assert controls.fewer.geometry().top() == pytest.approx(controls.more.geometry().top())
    before = geometry(panel, controls.more)
    qtbot.mouseClick(controls.more, LEFT)
    assert hidden(panel)[0][0] == 5
    assert abs(geometry(panel, controls.more).left() - before.left()) <= 2, "a second click finds it there"
