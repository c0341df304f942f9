"""How a control of a number says that one can see ahead there: by holding its label or handle, or by a key."""

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QWidget

from nnplay.gui.session.requests import Requests
from nnplay.gui.widgets.hold import Hold
from nnplay.gui.widgets.labelled_slider import LabelledSlider
from nnplay.gui.widgets.plain_text import set_tip
from nnplay.texts import tr
from nnplay.training.options import Option

_PATH = "number_ahead"


def sees_ahead(requests: Requests, option: Option, control: QWidget, label: QWidget) -> None:
    """Let a person see ahead from the label of a number, or from the handle of its slider."""
    control.setProperty(_PATH, option.path)
    label.setCursor(Qt.CursorShape.PointingHandCursor)
    tip = tr("{help}\nHold this to see ahead what other values would do (Ctrl+F)", help=option.help)
    set_tip(label, tip)
    holds = [Hold(label, control)]
    if isinstance(control, LabelledSlider):
        holds.append(Hold(control.slider, control, control.slider.is_on_handle))
        set_tip(control.slider, tip)
    for hold in holds:
        hold.held.connect(lambda hold=hold: requests.ahead.emit(option.path, hold))


def number_at(widget: QObject | None) -> tuple[str, QWidget] | None:
    """The path of the number that a widget, or what it lies in, is the control of, and that control."""
    while isinstance(widget, QWidget):
        path = widget.property(_PATH)
        if isinstance(path, str):
            return path, widget
        widget = widget.parentWidget()
    return None
