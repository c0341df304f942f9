"""A typed number is taken once; what can't be taken is refused, and the old one stands there again."""

import math

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from nnplay.errors import InputError
from nnplay.gui.widgets.number_format import number_text
from nnplay.gui.widgets.typed_box import TypedBox

LADDER = (0.1, 0.3, 1.0)


def read(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not 0 < value <= 10:
        raise InputError("Rate", text, "a number above 0 and at most 10")
    return value


class DockArea(QWidget):
    """A box that holds 0.3, another control to go to, and what the box told."""

    def __init__(self, off: str = "") -> None:
        super().__init__()
        self.box, self.other = TypedBox("Rate", read, LADDER, off=off), QLineEdit(self)
        self.box.setParent(self)
        self.box.set_value(0.3)
        self.taken: list[float | None] = []
        self.refused: list[str] = []
        self.box.committed.connect(self.taken.append)
        self.box.refused.connect(self.refused.append)


@pytest.fixture
def desk(qtbot: QtBot) -> DockArea:
    return shown(qtbot, DockArea())


def shown(qtbot: QtBot, desk: DockArea) -> DockArea:
    qtbot.addWidget(desk)
    desk.show()
    desk.activateWindow()
    with qtbot.waitActive(desk):
        pass
    desk.box.setFocus()
    return desk


def type_in(qtbot: QtBot, box: TypedBox, text: str, key: Qt.Key = Qt.Key.Key_Return) -> None:
    box.selectAll()
    qtbot.keyClicks(box, text)
    qtbot.keyClick(box, key)


def test_enter_takes_what_was_typed_once(qtbot: QtBot, desk: DockArea):
    type_in(qtbot, desk.box, "0.07")
    desk.other.setFocus()
    assert desk.taken == [0.07]
    assert desk.box.value() == 0.07


def test_nothing_is_told_while_it_is_typed_or_where_it_is_the_same(qtbot: QtBot, desk: DockArea):
    desk.box.selectAll()
    qtbot.keyClicks(desk.box, "0.30")
    assert desk.taken == []
    qtbot.keyClick(desk.box, Qt.Key.Key_Return)
    assert desk.taken == []
    assert desk.box.text() == "0.3"


@pytest.mark.parametrize("text", ["ten", "11", "-1", "nan", ""])
def test_bad_input_is_refused_in_a_sentence_and_the_old_value_stays(qtbot: QtBot, desk: DockArea, text: str):
    desk.box.selectAll()
    qtbot.keyClick(desk.box, Qt.Key.Key_Delete)
    qtbot.keyClicks(desk.box, text)
    qtbot.keyClick(desk.box, Qt.Key.Key_Return)
    assert desk.taken == []
    assert desk.refused == [f"Rate is {text!r}; allowed is a number above 0 and at most 10"]
    assert desk.box.text() == "0.3"


def test_arrows_go_along_the_ladder_and_are_told_once_at_rest(qtbot: QtBot, desk: DockArea):
    desk.box.set_value(0.2)
    with qtbot.waitSignal(desk.box.committed):
        qtbot.keyClick(desk.box, Qt.Key.Key_Up)
        qtbot.keyClick(desk.box, Qt.Key.Key_Up)
        qtbot.keyClick(desk.box, Qt.Key.Key_Up)
    assert desk.taken == [1.0]
    qtbot.keyClick(desk.box, Qt.Key.Key_Down)
    desk.other.setFocus()
    assert desk.taken == [1.0, 0.3]


def test_escape_brings_the_old_value_back(qtbot: QtBot, desk: DockArea):
    type_in(qtbot, desk.box, "5", Qt.Key.Key_Escape)
    desk.other.setFocus()
    assert desk.taken == []
    assert desk.box.text() == "0.3"


def test_what_is_being_typed_survives_news_of_other_things(qtbot: QtBot, desk: DockArea):
    desk.box.selectAll()
    qtbot.keyClicks(desk.box, "0.0")
    desk.box.set_value(0.3)
    assert desk.box.text() == "0.0"
    desk.box.set_value(2.0)
    assert desk.box.text() == "2"


def test_absence_has_a_word(qtbot: QtBot):
    desk = shown(qtbot, DockArea(off="off"))
    desk.box.set_value(0.1)
    qtbot.keyClick(desk.box, Qt.Key.Key_Down)
    assert desk.box.text() == "off"
    desk.other.setFocus()
    desk.box.setFocus()
    type_in(qtbot, desk.box, "4")
    type_in(qtbot, desk.box, "off")
    assert desk.taken == [None, 4.0, None]


@pytest.mark.parametrize(
    ("value", "text"), [(0.003, "0.003"), (1e-8, "1e−8"), (1e6, "1000000"), (0.0, "0"), (100, "100"), (None, "")]
)
def test_numbers_are_written_in_few_figures(value: float | None, text: str):
    assert number_text(value) == text


def test_a_number_with_more_figures_than_are_shown_stays_what_it_is(qtbot: QtBot, desk: DockArea):
    desk.box.set_value(1 / 3)
    desk.box.selectAll()
    qtbot.keyClick(desk.box, Qt.Key.Key_Return)
    assert desk.taken == []
    assert desk.box.value() == 1 / 3
