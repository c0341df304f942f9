"""The small dialogs for an edit of the past: another value of it, or another epoch for it."""

from collections.abc import Callable, Sequence
from typing import cast

from numpy.typing import DTypeLike
from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from nnplay.errors import InputError, a_whole_number
from nnplay.gui.guard import Guarded
from nnplay.gui.session.past import PastEdit
from nnplay.gui.theme.sizes import set_margins, set_minimum_height, set_minimum_width, set_spacing
from nnplay.gui.theme.style import set_role
from nnplay.gui.widgets.choice_box import FlatCombo
from nnplay.gui.widgets.number_format import parameter_in
from nnplay.gui.widgets.plain_text import PlainLabel
from nnplay.gui.widgets.typed_box import TypedBox
from nnplay.texts import tr
from nnplay.training.reading import whole_in

WIDTH, HINT_HEIGHT = 340, 34
"""Pixels; the hint has room for two lines from the start."""


class EditDialog(Guarded, QDialog):
    """What is edited, a box, and what it takes; what can't be taken is said there, and the dialog stays.

    Signals
    -------
    chosen(object)
        The value that was accepted, where it is another one than before.
    """

    chosen = Signal(object)

    def __init__(self, title: str, words: str, editor: TypedBox | FlatCombo, hint: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("edit_dialog")
        self.setWindowTitle(title)
        set_minimum_width(self, WIDTH)
        self.editor, self._hint, self._was_refused = editor, hint, False
        self._before = editor.value()
        self.words, self.hint = PlainLabel(words), PlainLabel(hint)
        self.words.setBuddy(editor)
        for label in (self.words, self.hint):
            label.setWordWrap(True)
        set_minimum_height(self.hint, HINT_HEIGHT)
        set_role(self.hint, "quiet")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        set_margins(column, 20, 18, 20, 16)
        set_spacing(column, 10)
        for widget in (self.words, editor, self.hint, buttons):
            column.addWidget(widget)
        if isinstance(editor, TypedBox):
            editor.refused.connect(self._on_refused)
            editor.selectAll()
        editor.setFocus()

    def accept(self) -> None:
        """Called by Qt, for Enter and the button."""
        editor = self.editor
        if isinstance(editor, TypedBox):
            editor.commit()
            if self._was_refused:  # by the box itself, which saw Enter or lost the keyboard first, or now
                self._was_refused = False
                editor.setFocus()
                editor.selectAll()
                return
        value = editor.value()
        super().accept()
        if value != self._before:
            self.chosen.emit(value)

    @Slot(str)
    def _on_refused(self, why: str) -> None:
        self._was_refused = True
        self.hint.setText(why)
        set_role(self.hint, "alarm")


def open_value_dialog(edit: PastEdit, dtype: DTypeLike, parent: QWidget, then: Callable[[object], None]) -> EditDialog:
    """Let a person choose another value of an edit."""
    option = edit.option
    if option is None:
        name = tr("Value")

        def read(text: str) -> float:
            return parameter_in(text, name, dtype)

        editor: TypedBox | FlatCombo = TypedBox(name, read, (), when_settled=False)
        hint = tr("Any number")
    elif option.choices:
        editor = FlatCombo(option.label, option.help)
        editor.set_choices(option.choices)
        editor.set_value(edit.value)
        hint = option.help
    else:
        editor = TypedBox(option.label, option.read, option.ladder, option.help, off=option.off, when_settled=False)
        hint = tr("Allowed is {allowed}", allowed=option.allowed)
    if isinstance(editor, TypedBox):
        editor.set_value(cast("float | None", edit.value))
    return _opened(EditDialog(tr("Change"), edit.words, editor, hint, parent), then)


def open_epoch_dialog(
    edits: Sequence[PastEdit], last: int, parent: QWidget, then: Callable[[object], None]
) -> EditDialog:
    """Let a person choose another epoch for edits of one place."""

    def read(text: str) -> float:
        try:
            epoch = whole_in(text)
        except ValueError:
            epoch = -1
        if not 0 <= epoch <= last:
            raise InputError(tr("Epoch"), text, a_whole_number(0, last))
        return epoch

    epoch = int(edits[0].epochs)
    editor = TypedBox(tr("Epoch"), read, range(last + 1), when_settled=False)
    editor.set_value(epoch)
    words = "\n".join(edit.words for edit in edits)
    hint = tr("Allowed is {allowed}", allowed=a_whole_number(0, last))
    return _opened(EditDialog(tr("Move to Epoch"), words, editor, hint, parent), then)


def _opened(dialog: EditDialog, then: Callable[[object], None]) -> EditDialog:
    dialog.chosen.connect(then)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    return dialog
