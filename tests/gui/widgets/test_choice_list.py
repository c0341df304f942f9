"""The entries of a choice's list: the present one is ticked, an activation is drawn, and each says what it does."""

import itertools
import math
from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QCursor, QEnterEvent, QImage
from PySide6.QtWidgets import QApplication, QStyle, QStyleOptionComboBox, QWidget
from pytestqt.qtbot import QtBot

from nnplay.gui.theme.scale import set_factor
from nnplay.gui.theme.theme import Theme
from nnplay.gui.widgets.choice_box import FlatCombo
from nnplay.gui.widgets.choice_list import INPUTS, activation_detail, curve_of, details_of, lined_detail
from nnplay.gui.window.main_window import MainWindow
from nnplay.nn import ACTIVATIONS
from nnplay.training.experiment import Experiment
from nnplay.training.options import OPTIONS
from tests.gui.choice_hands import open_list

ACTIVATION, OPTIMIZER = OPTIONS["model.hidden_layers.N.activation"], OPTIONS["training.optimizer"]
TIP = Qt.ItemDataRole.ToolTipRole


@pytest.fixture
def combo(qtbot: QtBot, theme: Theme) -> FlatCombo:
    theme.apply_style_sheet()
    combo = FlatCombo(ACTIVATION.label, ACTIVATION.help, details=details_of(ACTIVATION, activation_detail))
    combo.set_choices(ACTIVATION.choices)
    qtbot.addWidget(combo)
    combo.show()
    qtbot.waitExposed(combo)
    return combo


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_a_curve_is_the_function_itself(name: str) -> None:
    points = curve_of(name)
    assert (points[0][0], points[-1][0]) == INPUTS
    exact = {
        "identity": lambda z: z, "tanh": math.tanh, "sine": math.sin, "relu": lambda z: max(z, 0.0),
        "sigmoid": lambda z: 1 / (1 + math.exp(-z)), "step": lambda z: float(z > 0),
    }.get(name)  # fmt: skip
    if exact is not None:
        assert [a for _, a in points] == pytest.approx([exact(z) for z, _ in points])
    rises = [abs(b[1] - a[1]) for a, b in itertools.pairwise(points)]
    assert name == "step" or max(rises) < 0.2, "no corner is cut off"


def test_a_jump_stands_upright() -> None:
    before, after = [z for z, a in curve_of("step") if a == 0.0][-1], next(z for z, a in curve_of("step") if a == 1.0)
    assert after - before < 1e-8


def grabbed(combo: FlatCombo, row: int) -> QImage:
    view = combo.view()
    return view.viewport().grab(view.visualRect(combo.model().index(row, 0))).toImage()


def curve_picture(image: QImage, left: int, right: int) -> bytes:
    """The pixels of what stands before a name, all of its height."""
    return image.copy(left, 0, right - left, image.height()).constBits().tobytes()


def darks(image: QImage, left: int, right: int) -> int:
    """How many pixels between two columns are ink."""
    columns = range(left, min(right, image.width()))
    return sum(image.pixelColor(x, y).lightness() < 120 for x in columns for y in range(image.height()))


@pytest.mark.parametrize("factor", [1.0, 2.0])
def test_the_present_one_is_ticked_and_every_one_is_drawn(qtbot: QtBot, combo: FlatCombo, factor: float) -> None:
    set_factor(factor)
    try:
        combo.set_value("tanh")
        open_list(qtbot, combo)
        tick, curve = round(26 * factor), round(66 * factor)
        for row in range(combo.count()):
            image = grabbed(combo, row)
            assert (darks(image, 0, tick) > 5) == (combo.itemData(row) == "tanh"), combo.itemText(row)
            assert darks(image, tick, curve) > 15, combo.itemText(row)
        pictures = {curve_picture(grabbed(combo, row), tick, curve) for row in range(combo.count())}
        assert len(pictures) > 10, "the functions are told apart"
        qtbot.keyClick(combo.view(), Qt.Key.Key_Escape)
    finally:
        set_factor(1.0)


def test_an_entry_has_its_sentence_as_tooltip_and_description(combo: FlatCombo) -> None:
    for row in range(combo.count()):
        sentence = ACTIVATION.choice_helps[combo.itemData(row)]
        assert combo.itemData(row, TIP).replace("\n", " ") == sentence
        assert combo.itemData(row, Qt.ItemDataRole.AccessibleDescriptionRole) == sentence


def test_a_line_is_seen_whole_and_makes_its_row_taller(qtbot: QtBot, theme: Theme) -> None:
    theme.apply_style_sheet()
    plain = FlatCombo("Optimiser", OPTIMIZER.help)
    lined = FlatCombo("Optimiser", OPTIMIZER.help, details=details_of(OPTIMIZER, lined_detail))
    for combo in (plain, lined):
        qtbot.addWidget(combo)
        combo.set_choices(OPTIMIZER.choices)
        combo.show()
        open_list(qtbot, combo)
    rows = [combo.view().visualRect(combo.model().index(0, 0)) for combo in (plain, lined)]
    assert rows[1].height() > rows[0].height()
    assert lined.view().width() >= lined.view().sizeHintForColumn(0)
    for combo in (plain, lined):
        qtbot.keyClick(combo.view(), Qt.Key.Key_Escape)
    assert plain.itemData(0, TIP) == OPTIMIZER.help, "without a sentence of its own it has that of the choice"


def is_grey(combo: FlatCombo) -> bool:
    """Whether the style is told that the pointer is over it, or that it is pressed."""
    option = QStyleOptionComboBox()
    combo.initStyleOption(option)
    return bool(option.state & (QStyle.StateFlag.State_MouseOver | QStyle.StateFlag.State_Sunken))


def test_after_a_choice_it_is_not_grey_where_the_pointer_has_gone(qtbot: QtBot, combo: FlatCombo) -> None:
    centre = QPointF(combo.rect().center())
    QCursor.setPos(combo.mapToGlobal(combo.rect().center()))
    QApplication.sendEvent(combo, QEnterEvent(centre, centre, QPointF(combo.mapToGlobal(centre.toPoint()))))
    combo.setAttribute(Qt.WidgetAttribute.WA_UnderMouse)
    assert is_grey(combo)
    open_list(qtbot, combo)
    QCursor.setPos(combo.mapToGlobal(QPoint(10, combo.height() + 120)))
    combo.hidePopup()
    assert not combo.view().isVisible()
    assert not is_grey(combo)


def test_every_list_of_the_window_explains_its_entries(make_window: Callable[[Experiment], MainWindow]) -> None:
    window = make_window(Experiment())
    places: list[QWidget] = [window.transport, window.panel("training"), window.panel("network")]
    found = [combo for place in places for combo in place.findChildren(FlatCombo)]
    assert len(found) >= 8
    for combo in found:
        for row in range(combo.count()):
            assert combo.itemData(row, TIP), (combo.accessibleName(), combo.itemText(row))
