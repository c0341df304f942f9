"""What a person has begun to change when something else happens: it is committed first, or closed, never in the way."""

from collections.abc import Callable

import msgspec
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from nnplay.gui.panels.network.layout import Unit
from nnplay.gui.widgets.labelled_slider import LabelledSlider
from nnplay.gui.widgets.typed_box import TypedBox
from nnplay.gui.widgets.value_editor import ValueEditor
from nnplay.gui.window.main_window import MainWindow
from nnplay.training.experiment import DataSpec, Experiment, HiddenLayer, ModelSpec, TrainingSpec
from nnplay.training.trainer import Trainer
from tests.gui.panels.network.network_hands import edge_place, menu, place
from tests.gui.window_hands import Press

LEFT = Qt.MouseButton.LeftButton
WindowMaker = Callable[[Experiment], MainWindow]
replace = msgspec.structs.replace
CIRCLES = Experiment(
    data=DataSpec(kind="circles", samples=100, train_share=0.5),
    model=ModelSpec(hidden_layers=(HiddenLayer(units=3, activation="tanh"), HiddenLayer(units=4))),
    training=TrainingSpec(learning_rate=0.01, batch_size=10),
)
XOR = Experiment()


def drawn(qtbot: QtBot, window: MainWindow) -> None:
    panel = window.panel("network")
    qtbot.waitUntil(lambda: panel.snapshot is not None and panel.canvas.layout_ is not None)


def names(window: MainWindow) -> list[str]:
    stack = window.session.undo_stack
    return [stack.text(index) for index in range(stack.count())]


def change(qtbot: QtBot, control: QWidget) -> None:
    """Begin to change a control, and leave it there."""
    control.setFocus(Qt.FocusReason.TabFocusReason)
    if isinstance(control, TypedBox):
        up, text = control.above(control.value()) != control.value(), control.text()
        qtbot.keyClick(control, Qt.Key.Key_Up if up else Qt.Key.Key_Down)
        if len(text) > 1 and text.isdecimal():  # typed, of the same number of figures
            control.selectAll()
            qtbot.keyClicks(control, text[:-1] + ("1" if text[-1] != "1" else "2"))
    else:
        before = control.value()
        qtbot.keyClick(control.slider, Qt.Key.Key_Home)
        if control.value() == before:
            qtbot.keyClick(control.slider, Qt.Key.Key_End)


def controls(window: MainWindow) -> list[QWidget]:
    found = [*window.findChildren(LabelledSlider), *window.findChildren(TypedBox)]
    closed = window.findChildren(ValueEditor)[0]
    changing = [each for each in found if each is not window.transport.pace and not closed.isAncestorOf(each)]
    return [each for each in changing if each.isVisible() and each.isEnabled()]


def test_every_control_commits_what_is_begun_before_another_change(
    qtbot: QtBot, make_window: WindowMaker, press: Press
):
    window = make_window(CIRCLES)
    stack = window.session.undo_stack
    found = 0
    for key in ("data", "training"):
        window.session.requests.panel.emit(key)
        for control in controls(window):
            if window.panel(key).isAncestorOf(control) or (
                key == "data" and window.panel("network").isAncestorOf(control)
            ):
                found += 1
                before, count = window.session.experiment, stack.index()
                change(qtbot, control)
                assert window.session.experiment == before, control.accessibleName()
                window.actions_.new_start.trigger()
                assert names(window)[count + 1 :] == ["New start"], control.accessibleName()
                stack.undo()
                assert window.session.experiment != before, "the change is a step of its own"
                stack.undo()
                assert window.session.experiment == before
    assert found >= 12


def test_clear_at_once_after_a_slider_is_a_step_of_its_own(qtbot: QtBot, make_window: WindowMaker, press: Press):
    window = make_window(replace(CIRCLES, data=DataSpec(kind="circles", samples=500, train_share=0.5)))
    session, slider = window.session, window.panel("data").samples
    slider.setFocus()
    qtbot.keyClick(slider.slider, Qt.Key.Key_Home)
    fewest = slider.value()
    press(window, "Ctrl+Shift+Backspace")
    assert len(session.prepared.table) == 0
    press(window, "Ctrl+Z")
    assert len(session.prepared.table) == fewest
    press(window, "Ctrl+Z")
    assert len(session.prepared.table) == 500
    assert not session.undo_stack.canUndo()


def test_undo_at_once_after_a_slider_undoes_the_slider(qtbot: QtBot, make_window: WindowMaker, press: Press):
    window = make_window(CIRCLES)
    window.session.network_edits.set_bias(0, 0, 0.5)
    slider = window.panel("data").samples
    slider.setFocus()
    qtbot.keyClick(slider.slider, Qt.Key.Key_Home)
    press(window, "Ctrl+Z")
    assert window.session.experiment == CIRCLES
    assert window.session.trainer.network.biases[0][0] == 0.5
    assert slider.value() == 100
    assert window.session.undo_stack.redoText().startswith("Samples")


def test_a_drag_ends_where_it_is_when_something_else_happens(qtbot: QtBot, make_window: WindowMaker):
    window = make_window(CIRCLES)
    slider = window.panel("data").samples
    handle, middle = slider.slider, slider.slider.height() // 2
    qtbot.mousePress(handle, LEFT, pos=QPoint(handle.width() // 2, middle))
    qtbot.mouseMove(handle, QPoint(handle.width() * 3 // 4, middle))
    dragged = slider.value()
    window.files.new("circles")
    assert names(window)[0].startswith("Samples")
    qtbot.mouseRelease(handle, LEFT, pos=QPoint(handle.width() * 3 // 4, middle))
    assert len(names(window)) == 2
    assert slider.value() == window.session.experiment.data.samples
    window.session.undo_stack.undo()
    assert window.session.experiment.data.samples == slider.value() == dragged


def test_a_number_of_units_that_is_typed_when_its_layer_goes(qtbot: QtBot, make_window: WindowMaker, press: Press):
    window = make_window(XOR)
    window.panel("network").actions_.change_layers(1)
    box = window.panel("network").under.footers[1].controls.units
    qtbot.mouseClick(box.lineEdit(), LEFT, pos=QPoint(2, 8))
    qtbot.waitUntil(lambda: box.hasFocus() and box.lineEdit().selectedText() == box.text())
    qtbot.keyClicks(box, "7")
    press(window, "Ctrl+N")
    assert names(window) == ["Add a layer", "Layer 2: 7 units", "New: The tutorial's XOR"]
    assert len(window.session.experiment.model.hidden_layers) == 1
    window.session.undo_stack.undo()
    assert window.panel("network").under.footers[1].controls.units.value() == 7


def test_a_button_that_is_held_when_its_layer_goes(qtbot: QtBot, make_window: WindowMaker):
    window = make_window(CIRCLES)
    session, controls = window.session, window.panel("network").under.footers[1].controls
    qtbot.mousePress(controls.more, LEFT)
    session.replace_run("Open", Trainer(XOR))
    controls.more.clicked.emit()  # as a button does that is held, until it is deleted
    session.undo_stack.settling.emit()
    assert session.experiment == XOR
    assert names(window)[-1] == "Open"
    session.undo_stack.undo()
    assert session.experiment.model.hidden_layers[0] == CIRCLES.model.hidden_layers[0]


@pytest.mark.parametrize("way", ["new", "undo", "layer", "reset", "branch"])
def test_the_editor_of_a_weight_closes_when_its_network_goes(
    qtbot: QtBot, make_window: WindowMaker, press: Press, way: str
):
    window = make_window(XOR)
    window.panel("network").actions_.change_layers(1)
    panel, session = window.panel("network"), window.session
    drawn(qtbot, window)
    qtbot.mouseClick(panel.canvas, LEFT, pos=edge_place(panel, 1, 3, 3))
    editor = panel.actions_.editor
    assert editor.isVisible()
    qtbot.keyClicks(QApplication.focusWidget(), "7")
    ways = {
        "new": lambda: press(window, "Ctrl+N"),
        "undo": session.undo_stack.undo,
        "layer": lambda: panel.actions_.change_layers(-1),
        "reset": session.reset,
        "branch": lambda: session.replace_run("Open", Trainer(XOR)),
    }
    ways[way]()
    assert not editor.isVisible()
    assert not any(name.startswith("Weight") for name in names(window))
    qtbot.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Return)
    assert not any(name.startswith("Weight") for name in names(window))


def test_a_units_menu_closes_when_the_unit_goes(qtbot: QtBot, make_window: WindowMaker):
    window = make_window(CIRCLES)
    drawn(qtbot, window)
    panel = window.panel("network")
    qtbot.mouseMove(panel.canvas, place(panel, Unit(2, 3)))
    qtbot.waitUntil(lambda: panel.canvas.hovered == Unit(2, 3))
    opened = menu(panel, Unit(2, 3))
    assert opened.isVisible()
    window.session.replace_run("Import", Trainer(XOR))
    assert not opened.isVisible()


def test_a_stroke_under_way_is_finished_before_another_experiment_comes(
    qtbot: QtBot, make_window: WindowMaker, press: Press
):
    window = make_window(CIRCLES)
    output = window.panel("output")
    output.board.set_tool(output.board.tools[1])
    at = [output.to_widget(QPointF(x, 0)) for x in (-3, 0)]
    qtbot.mousePress(output.canvas, LEFT, pos=at[0])
    qtbot.mouseMove(output.canvas, at[1])
    press(window, "Ctrl+N")
    qtbot.mouseRelease(output.canvas, LEFT, pos=at[1])
    assert len(names(window)) == 2
    assert names(window)[0].startswith("Brush")
    press(window, "Ctrl+Z")
    assert len(window.session.prepared.table) > 100
    press(window, "Ctrl+Z")
    assert window.session.experiment == CIRCLES
