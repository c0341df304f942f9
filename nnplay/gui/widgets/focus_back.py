"""Gives the keyboard back to what had it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid


def give_back(widget: QWidget | None, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> bool:
    """Let a widget have the keyboard again, where it is still there and can be seen; whether it is."""
    there = widget is not None and isValid(widget) and widget.isVisible()
    if widget is not None and there:
        widget.setFocus(reason)
    return there
