"""A press that is held in one place is told; a click and a drag are what they were."""

from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from nnplay.gui.widgets.hold import Hold
from nnplay.gui.widgets.labelled_slider import LabelledSlider
from nnplay.gui.widgets.plain_text import PlainLabel

LEFT = Qt.MouseButton.LeftButton


def test_a_label_is_held_moved_and_let_go(qtbot: QtBot):
    label = PlainLabel("Momentum")
    qtbot.addWidget(label)
    label.show()
    hold, told = Hold(label), []
    hold.moved.connect(lambda place: told.append(("moved", label.mapFromGlobal(place))))
    hold.let_go.connect(lambda place: told.append(("let go", label.mapFromGlobal(place))))
    with qtbot.waitSignal(hold.held):
        qtbot.mousePress(label, LEFT, pos=QPoint(3, 3))
    qtbot.mouseMove(label, QPoint(90, 60))
    qtbot.mouseRelease(label, LEFT, pos=QPoint(80, 50))
    assert told == [("moved", QPoint(90, 60)), ("let go", QPoint(80, 50))]
    qtbot.mouseClick(label, LEFT, pos=QPoint(3, 3))
    with qtbot.assertNotEmitted(hold.held, wait=450):
        qtbot.mousePress(label, LEFT, pos=QPoint(3, 3))
        qtbot.mouseMove(label, QPoint(40, 3))
    qtbot.mouseRelease(label, LEFT, pos=QPoint(40, 3))
    assert len(told) == 2


def test_a_slider_is_held_by_its_handle_and_stays_where_it_was(qtbot: QtBot):
    slider = LabelledSlider("Noise", range(101))
    slider.set_value(50)
    slider.resize(300, 60)
    qtbot.addWidget(slider)
    slider.show()
    hold, committed = Hold(slider.slider, slider, slider.slider.is_on_handle), []
    slider.committed.connect(committed.append)
    middle = slider.slider.rect().center()
    assert slider.slider.is_on_handle(middle)
    with qtbot.waitSignal(hold.held):
        qtbot.mousePress(slider.slider, LEFT, pos=middle)
    assert not slider.being_changed
    qtbot.mouseMove(slider.slider, middle + QPoint(60, 0))
    qtbot.mouseRelease(slider.slider, LEFT, pos=middle + QPoint(60, 0))
    assert (slider.value(), committed) == (50, [])
    qtbot.mousePress(slider.slider, LEFT, pos=middle)
    qtbot.mouseMove(slider.slider, middle + QPoint(60, 0))
    qtbot.mouseRelease(slider.slider, LEFT, pos=middle + QPoint(60, 0))
    assert committed == [slider.value()]
    assert slider.value() > 60
