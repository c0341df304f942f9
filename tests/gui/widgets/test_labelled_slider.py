import pytest
from PySide6.QtCore import QPoint, Qt

from nnplay.gui.theme.theme import Theme
from nnplay.gui.widgets.labelled_slider import LabelledSlider, steps


class Heard:
    def __init__(self, slider: LabelledSlider) -> None:
        self.live: list[float] = []
        self.committed: list[float] = []
        slider.value_changed.connect(self.live.append)
        slider.committed.connect(self.committed.append)


@pytest.fixture
def slider(qtbot):
    Theme("light")
    widget = LabelledSlider("Noise", steps(0, 50, 5), "{:g} %".format, "Moves the points away from their shape")
    widget.resize(240, 44)
    qtbot.addWidget(widget)
    widget.show()
    qtbot.waitExposed(widget)
    return widget


def at(slider: LabelledSlider, share: float) -> QPoint:
    handle = slider.slider
    return QPoint(round(8 + share * (handle.width() - 16)), handle.height() // 2)


def test_a_drag_previews_at_each_value_and_commits_once(slider, qtbot) -> None:
    heard = Heard(slider)
    qtbot.mousePress(slider.slider, Qt.MouseButton.LeftButton, pos=at(slider, 0.0))
    for share in (0.2, 0.4, 0.6):
        qtbot.mouseMove(slider.slider, at(slider, share))
    assert slider.being_changed
    assert heard.committed == []
    assert heard.live == [10, 20, 30]
    qtbot.mouseRelease(slider.slider, Qt.MouseButton.LeftButton, pos=at(slider, 0.6))
    assert heard.committed == [30]
    assert slider.figure.text() == "30 %"


def test_a_click_brings_the_handle_to_the_pointer(slider, qtbot) -> None:
    heard = Heard(slider)
    qtbot.mousePress(slider.slider, Qt.MouseButton.LeftButton, pos=at(slider, 0.8))
    assert heard.committed == []
    qtbot.mouseRelease(slider.slider, Qt.MouseButton.LeftButton, pos=at(slider, 0.8))
    assert slider.value() == 40
    assert heard.committed == [40]
    assert not slider.being_changed


def test_a_drag_back_to_where_it_was_commits_nothing(slider, qtbot) -> None:
    heard = Heard(slider)
    qtbot.mousePress(slider.slider, Qt.MouseButton.LeftButton, pos=at(slider, 0.0))
    qtbot.mouseMove(slider.slider, at(slider, 0.6))
    qtbot.mouseMove(slider.slider, at(slider, 0.0))
    qtbot.mouseRelease(slider.slider, Qt.MouseButton.LeftButton, pos=at(slider, 0.0))
    assert heard.committed == []


def test_keys_commit_once_they_rest(slider, qtbot) -> None:
    heard = Heard(slider)
    with qtbot.waitSignal(slider.committed):
        for _ in range(3):
            qtbot.keyClick(slider.slider, Qt.Key.Key_Right)
        assert heard.committed == []
    assert heard.committed == [15]


def test_enter_commits_keys_at_once(slider, qtbot) -> None:
    heard = Heard(slider)
    qtbot.keyClick(slider.slider, Qt.Key.Key_Right)
    qtbot.keyClick(slider.slider, Qt.Key.Key_Return)
    assert heard.committed == [5]


def test_setting_a_value_says_nothing_writes_it_and_stands_at_the_nearest(slider) -> None:
    heard = Heard(slider)
    slider.set_value(23)
    assert slider.value() == 25
    assert slider.figure.text() == "23 %"
    assert heard.live == heard.committed == []


def test_nothing_is_set_under_the_hand(slider, qtbot) -> None:
    qtbot.mousePress(slider.slider, Qt.MouseButton.LeftButton, pos=at(slider, 0.6))
    slider.set_value(5)
    assert slider.value() == 30
    qtbot.mouseRelease(slider.slider, Qt.MouseButton.LeftButton, pos=at(slider, 0.6))


def test_other_values_keep_the_nearest(slider) -> None:
    slider.set_value(30)
    slider.set_values((0, 28, 100))
    assert slider.value() == 28


def test_the_wheel_is_left_to_what_scrolls_until_it_is_chosen(slider, qtbot) -> None:
    from PySide6.QtCore import QPointF
    from PySide6.QtGui import QWheelEvent
    from PySide6.QtWidgets import QApplication

    def turn() -> bool:
        place = QPointF(at(slider, 0.5))
        event = QWheelEvent(
            place,
            slider.slider.mapToGlobal(place),
            QPoint(),
            QPoint(0, 120),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(slider.slider, event)
        return event.isAccepted()

    slider.slider.clearFocus()
    turn()
    assert slider.value() == 0
    slider.activateWindow()
    slider.slider.setFocus()
    qtbot.waitUntil(slider.slider.hasFocus)
    turn()
    assert slider.value() > 0


def test_it_has_a_name_and_a_sentence(slider) -> None:
    assert slider.slider.accessibleName() == "Noise"
    assert slider.slider.toolTip() == "Moves the points away from their shape"
    assert slider.slider.focusPolicy() & Qt.FocusPolicy.TabFocus


def test_steps_are_even() -> None:
    assert steps(0, 1, 0.25) == (0, 0.25, 0.5, 0.75, 1)
    assert steps(0.1, 0.3, 0.1) == (0.1, 0.2, 0.3)
