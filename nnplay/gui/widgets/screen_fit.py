"""Windows and dialogs that are never larger than the room that the screen has for them."""

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from nnplay.gui.theme.scale import px_size

FRAME = (16, 40)
"""Pixels for the frame that the system has yet to put around a window; they are its own and don't scale."""


def available_room(widget: QWidget) -> QRect:
    """Where the screen that a window is on has room for it, beside the system's bars."""
    screen = widget.screen() or QGuiApplication.primaryScreen()
    return screen.availableGeometry()


def largest_size(widget: QWidget) -> QSize:
    """The largest size of a window with its frame within the screen's room."""
    window = widget.window()
    frame = window.frameGeometry().size() - window.size()
    return available_room(window).size() - (frame if window.isVisible() else QSize(*FRAME))


def resize_within(window: QWidget, width: float, height: float) -> None:
    """Give a window a size in pixels at the factor 1, as far as the screen has room for it."""
    window.resize(px_size(width, height).boundedTo(largest_size(window)))


def limit_minimum(window: QWidget, width: float, height: float) -> None:
    """Give a window a least size in pixels at the factor 1, as far as the screen has room for it."""
    window.setMinimumSize(px_size(width, height).boundedTo(largest_size(window)))


def size_dialog(dialog: QWidget, size: tuple[float, float], least: tuple[float, float] = (0, 0)) -> None:
    """Give a dialog its first and its least size in pixels at the factor 1, as far as screen and window have room."""
    limit_minimum(dialog, *least)
    parent = dialog.parentWidget()
    resize_within(dialog, *size)
    if parent is not None:
        dialog.resize(dialog.size().boundedTo(parent.window().size()))


def move_within(window: QWidget) -> None:
    """Make a window, such as one that was on another screen, no larger than the room, and bring all of it there."""
    if window.isMaximized() or window.isFullScreen():
        return
    window.resize(window.size().boundedTo(largest_size(window)))
    room, frame = available_room(window), window.frameGeometry()
    inside = QRect(frame)
    inside.moveRight(min(inside.right(), room.right()))
    inside.moveBottom(min(inside.bottom(), room.bottom()))
    inside.moveLeft(max(inside.left(), room.left()))
    inside.moveTop(max(inside.top(), room.top()))
    if inside != frame:
        window.move(inside.topLeft())
