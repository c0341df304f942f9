"""The hands of the player: does what a record of an act says, as a person does, through the window system's events."""

import contextlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QEventLoop, QMimeData, QPoint, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QWheelEvent,
    QWindow,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from nnplay.gui.window.main_window import MainWindow
from tests.soak.targets import actions, front, widgets
from tests.soak.texts import TEXTS

Act = dict[str, Any]
BUTTONS = {
    "left": Qt.MouseButton.LeftButton,
    "right": Qt.MouseButton.RightButton,
    "middle": Qt.MouseButton.MiddleButton,
}
MODIFIERS = {
    "": Qt.KeyboardModifier.NoModifier,
    "shift": Qt.KeyboardModifier.ShiftModifier,
    "ctrl": Qt.KeyboardModifier.ControlModifier,
    "alt": Qt.KeyboardModifier.AltModifier,
}
AREAS = {
    "left": Qt.DockWidgetArea.LeftDockWidgetArea,
    "right": Qt.DockWidgetArea.RightDockWidgetArea,
    "top": Qt.DockWidgetArea.TopDockWidgetArea,
    "bottom": Qt.DockWidgetArea.BottomDockWidgetArea,
}
_pressed: list[QWindow] = []
PLAIN, COPY = Qt.KeyboardModifier.NoModifier, Qt.DropAction.CopyAction


class Hands:
    """Does acts in a window.

    Parameters
    ----------
    files
        The folder of the files that acts name.
    """

    def __init__(self, window: MainWindow, files: Path) -> None:
        self._window = window
        self._files = files
        self._ways: dict[str, Callable[[Act], None]] = {
            "action": self._action,
            "click": self._click,
            "drag": self._drag,
            "wheel": self._wheel,
            "keys": lambda act: press(self._handle(), act["keys"]),
            "type": self._type,
            "walk": self._walk,
            "paste": self._paste,
            "file": self._file,
            "resize": lambda act: self._window.resize(act["width"], act["height"]),
            "dock": self._dock,
            "wait": lambda act: wait(act["ms"]),
        }

    def do(self, act: Act) -> None:
        """Do one act; what isn't there is left out."""
        try:
            self._ways[act["do"]](act)
        except RuntimeError as error:
            if "(PySide6.QtGui.QWindow) already deleted" not in str(error):  # the list or dialog has closed meanwhile
                raise

    def _handle(self) -> QWindow:
        widget = front(self._window)
        handle = widget.window().windowHandle()
        return handle or self._window.windowHandle()

    def _place(self, act: Act, x: float, y: float) -> tuple[QWindow, QPoint] | None:
        widget = widgets(front(self._window)).get(act["on"])
        handle = None if widget is None else widget.window().windowHandle()
        if widget is None or handle is None:
            return None
        at = QPoint(round(x * (widget.width() - 1)), round(y * (widget.height() - 1)))
        return handle, widget.mapTo(widget.window(), at)

    def _action(self, act: Act) -> None:
        action = actions(self._window).get(act["at"])
        if action is not None and action.isEnabled() and QApplication.activeModalWidget() is None:
            action.trigger()

    def _click(self, act: Act) -> None:
        place = self._place(act, *act["xy"])
        if place is not None:
            QTest.mouseMove(*place)
            for _ in range(act.get("times", 1)):
                button = BUTTONS[act.get("button", "left")]
                QTest.mouseClick(place[0], button, MODIFIERS[act.get("with", "")], place[1])

    def _drag(self, act: Act) -> None:
        button, held = BUTTONS[act.get("button", "left")], MODIFIERS[act.get("with", "")]
        path = [self._place(act, x, y) for x, y in act["path"]]
        places = [place for place in path if place is not None]
        if not places:
            return
        handle = places[0][0]
        with _pressing(handle):
            QTest.mouseMove(handle, places[0][1])
            QTest.mousePress(handle, button, held, places[0][1])
            for _, at in places[1:]:
                QTest.mouseMove(handle, at)
                if act.get("slow"):
                    wait(5)
            if act.get("then"):
                press(handle, act["then"])  # a key while the button is down
            QTest.mouseRelease(handle, button, held, places[-1][1])

    def _wheel(self, act: Act) -> None:
        place = self._place(act, *act["xy"])
        if place is not None:
            handle, at = place
            turned = QPoint(0, 120 * act["steps"])
            where = QPointF(at)
            widget = widgets(front(self._window))[act["on"]]
            local = QPointF(widget.mapFrom(widget.window(), at))
            none, phase = Qt.MouseButton.NoButton, Qt.ScrollPhase.NoScrollPhase
            globally = QPointF(handle.mapToGlobal(where))
            event = QWheelEvent(local, globally, QPoint(), turned, none, MODIFIERS[act.get("with", "")], phase, False)
            QApplication.sendEvent(widget, event)

    def _type(self, act: Act) -> None:
        widget = widgets(front(self._window)).get(act["on"])
        if widget is not None:
            widget.setFocus(Qt.FocusReason.MouseFocusReason)
            if act.get("all"):
                press(self._handle(), "Ctrl+A")
        type_text(act["text"])
        if act.get("then"):
            press(self._handle(), act["then"])

    def _walk(self, act: Act) -> None:
        widget = widgets(front(self._window)).get(act["on"])
        if widget is not None:
            widget.setFocus(Qt.FocusReason.TabFocusReason)
            for keys in filter(None, act["keys"]):
                press(self._handle(), keys)

    def _paste(self, act: Act) -> None:
        QGuiApplication.clipboard().setText(TEXTS[act["text"]])
        if QApplication.activeModalWidget() is None:
            self._window.actions_.paste_points.trigger()
        else:
            press(self._handle(), "Ctrl+V")

    def _file(self, act: Act) -> None:
        if QApplication.activeModalWidget() is not None:
            return
        window, path = self._window, self._files / act["path"]
        if act["how"] == "drop":
            drop(window, path)
        else:
            getattr(window.actions_, act["how"]).trigger()

    def _dock(self, act: Act) -> None:
        docks = self._window.docks
        dock, how = docks[act["which"] % len(docks)], act["how"]
        if how == "float":
            dock.setFloating(not dock.isFloating())
        elif how == "close":
            dock.setVisible(not dock.isVisible())
        elif how == "raise":
            dock.raise_()
        else:
            dock.setFloating(False)
            self._window._dock_area.addDockWidget(AREAS[how], dock)


def press(handle: QWindow, keys: str) -> None:
    """Press a combination, such as "Ctrl+Z", in a window of the window system."""
    combination = QKeySequence(keys)
    with _pressing(handle):
        for index in range(combination.count()):
            if handle.isVisible():
                QTest.keyClick(handle, combination[index].key(), combination[index].keyboardModifiers())


@contextlib.contextmanager
def _pressing(handle: QWindow) -> Iterator[None]:
    _pressed.append(handle)
    try:
        yield
    finally:
        _pressed.pop()


def is_pressed(widget: QWidget) -> bool:
    """Whether a key or a button is down in its window: QTest needs it to the end, else it crashes."""
    return widget.window().windowHandle() in _pressed


def type_text(text: str) -> None:
    """Type a text into whatever has the keyboard."""
    for character in text:
        widget = QApplication.focusWidget()
        if widget is None:
            return
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(widget, QKeyEvent(kind, 0, PLAIN, character))


def wait(ms: int) -> None:
    """Let the window live for so many milliseconds."""
    loop = QEventLoop()
    QTimer.singleShot(ms, loop.quit)
    loop.exec()


def drop(window: QWidget, *paths: Path, texts: Sequence[str] = ()) -> None:
    """Drag files over the window and let go there, as Qt does it."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    place, left = window.rect().center(), Qt.MouseButton.LeftButton
    for event in (
        QDragEnterEvent(place, COPY, data, left, PLAIN),
        QDragMoveEvent(place, COPY, data, left, PLAIN),
        QDropEvent(QPointF(place), COPY, data, left, PLAIN),
    ):
        event.ignore()
        QApplication.sendEvent(window, event)
        if not event.isAccepted():
            return
