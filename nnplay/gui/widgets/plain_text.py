"""Texts as they are: what a file, the clipboard or a person gives is never markup, a mnemonic or a placeholder.

Qt takes what looks like HTML for it, in labels, message boxes and tooltips, and loads the pictures that it names. So
labels are made as `PlainLabel`, messages as `message_box`, and tooltips are set by `set_tip`; a test finds what isn't.
Names are put on one line by `nnplay.texts`: by `tr` in a sentence, by `one_line` where they stand alone.
"""

from html import escape
from textwrap import fill
from typing import Protocol

from PySide6.QtGui import Qt
from PySide6.QtWidgets import QLabel, QMessageBox, QWidget

WIDEST_TIP = 120
"""Characters in a line of a tooltip: a longer one could leave the screen."""


class PlainLabel(QLabel):
    """A label that shows its text as it is."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(text)


class HasTip(Protocol):
    """A widget, an action, an item of a list."""

    def setToolTip(self, tip: str, /) -> None: ...  # noqa: D102


def set_tip(target: HasTip, text: str) -> None:
    """Let `text` be the tooltip."""
    target.setToolTip(tip_text(text))


def tip_text(text: str) -> str:
    """A text for a tooltip, which has no plain format, and breaks lines by itself in rich text only."""
    if not Qt.mightBeRichText(text):
        return "\n".join(line if len(line) <= WIDEST_TIP else fill(line, WIDEST_TIP) for line in text.split("\n"))
    lines = escape(text).replace("  ", " \u00a0").split("\n")
    return f"<p>{'<br>'.join(lines)}</p>"


def cut_inside(name: str, longest: int) -> str:
    """A name of at most so many characters, without its middle: what tells columns apart often stands at the end."""
    if len(name) <= longest:
        return name
    end = longest // 2
    return f"{name[: longest - 1 - end]}…{name[len(name) - end :]}"


def menu_text(text: str) -> str:
    """A text for an entry of a menu or a button, where ``&`` says which letter is its key."""
    return text.replace("&", "&&")


def title_text(text: str) -> str:
    """A text for the title of a window, where ``[*]`` is a mark for unsaved changes."""
    return text.replace("[*]", "[*][*]")


def message_box(
    icon: QMessageBox.Icon,
    text: str,
    buttons: QMessageBox.StandardButton = QMessageBox.StandardButton.Ok,
    parent: QWidget | None = None,
) -> QMessageBox:
    """A message that says `text`."""
    box = QMessageBox(icon, "nnplay", "", buttons, parent)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(text)
    return box
