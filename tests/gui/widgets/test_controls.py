import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QLabel, QWidget

from nnplay.gui.theme.theme import Theme
from nnplay.gui.widgets.buttons import IconButton
from nnplay.gui.widgets.card import Card, SectionTitle
from nnplay.gui.widgets.choice_box import ChoiceBox, FlatCombo
from nnplay.gui.widgets.number_label import NumberLabel


@pytest.fixture
def theme(qapp):
    return Theme("light")


@pytest.fixture
def choice(theme, qtbot):
    box = ChoiceBox("Activation", [("relu", "ReLU"), ("tanh", "tanh"), ("identity", "none")], "Bends what a layer says")
    qtbot.addWidget(box)
    box.show()
    qtbot.waitExposed(box)
    return box


def test_a_person_chooses_by_key(choice, qtbot) -> None:
    with qtbot.waitSignal(choice.chosen) as blocker:
        qtbot.keyClick(choice.combo, Qt.Key.Key_Down)
    assert blocker.args == ["tanh"]
    assert choice.value() == "tanh"


def test_showing_a_value_is_no_choice(choice, qtbot) -> None:
    with qtbot.assertNotEmitted(choice.chosen):
        choice.set_value("identity")
    assert choice.combo.currentText() == "none"


def test_a_value_beside_the_choices_is_read_as_long_as_it_holds(choice, qtbot) -> None:
    choice.set_value("sine", "sin")
    assert choice.value() == "sine"
    assert choice.combo.currentText() == "sin"
    with qtbot.assertNotEmitted(choice.chosen):
        qtbot.keyClick(choice.combo, Qt.Key.Key_Up)
    with qtbot.waitSignal(choice.chosen) as blocker:
        qtbot.keyClick(choice.combo, Qt.Key.Key_Down)
    assert blocker.args == ["relu"]
    choice.set_value("relu")
    assert choice.combo.findText("sin") == -1


def test_a_list_longer_than_its_room_has_a_scroll_bar(theme, qtbot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    holder.setStyleSheet("QComboBox { combobox-popup: 1; }")  # as before the window is dressed
    combo = FlatCombo("Strength", "How much", parent=holder)
    combo.set_choices([(number, str(number)) for number in range(20)])
    holder.setStyleSheet("")
    combo.setMaxVisibleItems(6)  # as on a low screen
    holder.show()
    qtbot.waitExposed(holder)
    qtbot.mouseClick(combo, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(combo.view().verticalScrollBar().isVisible)
    qtbot.keyClick(combo.view(), Qt.Key.Key_Escape)


def test_other_choices_keep_the_value_where_they_have_it(choice) -> None:
    choice.set_value("tanh")
    choice.set_choices([("tanh", "tanh"), ("sine", "sin")])
    assert choice.value() == "tanh"


def test_the_label_stands_above_the_value_and_names_it(choice) -> None:
    assert choice.label.geometry().bottom() <= choice.combo.geometry().top()
    assert choice.combo.accessibleName() == "Activation"
    assert choice.label.buddy() is choice.combo
    assert choice.combo.toolTip() == "Bends what a layer says"


def test_a_figure_keeps_its_width(theme, qtbot) -> None:
    figure = NumberLabel("000,000", "Epoch", size=27)
    qtbot.addWidget(figure)
    width = figure.width()
    for text in ("000,001", "111,111", "999,999"):
        figure.show_text(text)
        assert figure.width() == width
        assert figure.fontMetrics().horizontalAdvance(text) <= width
    figure.show_text("1,000,000")
    assert figure.width() > width


def test_a_button_tells_its_name_and_follows_the_theme(theme, qtbot) -> None:
    button = IconButton(theme, "play", "Train", "Train until paused")
    qtbot.addWidget(button)
    assert QAccessible.queryAccessibleInterface(button).text(QAccessible.Text.Name) == "Train"
    assert button.toolTip() == "Train until paused"
    light = button.icon().cacheKey()
    theme.set_mode("dark")
    assert button.icon().cacheKey() != light
    button.set_icon("pause", "Pause")
    assert button.accessibleName() == "Pause"


def test_a_button_can_be_pressed_by_key(theme, qtbot) -> None:
    button = IconButton(theme, "plus", "Add a unit", role="round")
    qtbot.addWidget(button)
    button.show()
    with qtbot.waitSignal(button.clicked):
        qtbot.keyClick(button, Qt.Key.Key_Space)
    assert button.focusPolicy() & Qt.FocusPolicy.TabFocus


def test_a_card_has_its_title_above_its_body(theme, qtbot) -> None:
    body = QLabel("body")
    body.header = extra = QLabel("extra")
    card = Card("Data", body)
    qtbot.addWidget(card)
    card.resize(300, 200)
    card.show()
    qtbot.waitExposed(card)
    title = card.findChild(SectionTitle)
    assert title.text() == "Data"
    assert extra.x() > title.geometry().right() - 1
    assert body.y() >= title.geometry().bottom()
