"""Something is still typed in a control when an act of another kind takes the control away."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from nnplay.gui.widgets.typed_box import TypedBox
from nnplay.gui.window.focus import go_to
from nnplay.gui.window.main_window import MainWindow
from nnplay.training.edits import with_value
from nnplay.training.experiment import Experiment

Press = Callable[[MainWindow, str], None]
WindowMaker = Callable[[Experiment], MainWindow]
SGD = Experiment()
MOMENTUM = with_value(SGD, "training.optimizer", "momentum")


def typed(qtbot: QtBot, window: MainWindow) -> TypedBox:
    """The box of the momentum, which only that optimiser has, with a number in it that isn't taken yet."""
    go_to(window.place("training"))
    box = next(box for box in window.findChildren(TypedBox) if box.accessibleName() == "Momentum")
    qtbot.waitUntil(box.isVisible)
    box.setFocus(Qt.FocusReason.TabFocusReason)
    box.selectAll()
    qtbot.keyClicks(box, "0.5")
    return box


def test_redo_takes_the_control_away(qtbot: QtBot, make_window: WindowMaker, press: Press):
    window = make_window(MOMENTUM)
    window.session.change("Gradient descent", SGD)
    press(window, "Ctrl+Z")
    box = typed(qtbot, window)
    press(window, window.actions_.redo.shortcut().toString())  # a change within this one ended the process
    taken_first = with_value(MOMENTUM, "training.momentum", 0.5)
    assert window.session.experiment in (SGD, taken_first)
    window.session.undo_stack.setIndex(0)
    assert window.session.experiment == MOMENTUM
    assert box.value() == 0.9
    assert box.text() == "0.9"


def test_new_takes_the_control_away(qtbot: QtBot, make_window: WindowMaker, press: Press):
    window = make_window(MOMENTUM)
    box = typed(qtbot, window)
    press(window, "Ctrl+N")
    assert not box.isVisible()
    assert window.session.experiment.training.momentum == 0.9
    press(window, "Ctrl+Z")
    assert window.session.experiment.training.optimizer == "momentum"
    assert box.text() in ("0.5", "0.9")  # taken before as a change of its own, or left
    assert box.value() == window.session.experiment.training.momentum
