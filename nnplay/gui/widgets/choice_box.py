"""A choice of one among several, its label small above it and its value as flat text."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, QSize, Qt, Signal, Slot
from PySide6.QtGui import QCursor, QStandardItemModel, QWheelEvent
from PySide6.QtWidgets import QApplication, QComboBox, QWidget

from nnplay.gui.guard import Guarded
from nnplay.gui.theme.fonts import label_font
from nnplay.gui.theme.scale import px
from nnplay.gui.theme.sizes import set_font
from nnplay.gui.theme.style import set_role
from nnplay.gui.widgets.card import SectionTitle
from nnplay.gui.widgets.choice_list import DETAIL, ChoiceDelegate, Details
from nnplay.gui.widgets.plain_text import set_tip, tip_text
from nnplay.gui.widgets.titled import FORM, Lines, Titled

Choice = tuple[Any, str]
_BESIDE_TEXT = 30
_LEAST_WIDTH = 48
_BESIDE_ENTRIES = 24
"""Pixels beside the text of a snug box, of the least one, and of a list's frame and scroll bar."""
_INDENT = 6
"""Pixels of a flat box's background before its text, as the style sheet has it; the label stands above the text."""
MOST_ROWS = 30
"""Entries that a list shows at once, where the screen is high enough; else it has a scroll bar."""


class FlatCombo(Guarded, QComboBox):
    """A combo box without a frame; the wheel scrolls it only while it has the focus.

    Parameters
    ----------
    name, tooltip
        Accessible name, and what the choice does in one sentence.
    snug
        As wide as the text it shows; else as its longest one.
    details
        Value → what its entry tells beside its name; the others have the tooltip of the box.
    """

    def __init__(
        self,
        name: str,
        tooltip: str = "",
        *,
        snug: bool = False,
        details: Details | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._snug = snug
        self._details = details or {}
        set_role(self, "snug" if snug else "flat")
        set_font(self, label_font)
        self.setItemDelegate(ChoiceDelegate(self))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keys where they were
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.setMaxVisibleItems(MOST_ROWS)
        self.setAccessibleName(name)
        self.setAccessibleDescription(tooltip)
        set_tip(self, tooltip or name)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to what scrolls, unless this box was chosen."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def sizeHint(self) -> QSize:
        """As wide as the longest text, or as the one shown."""
        hint = super().sizeHint()
        if self._snug:
            hint.setWidth(self.fontMetrics().horizontalAdvance(self.currentText()) + px(_BESIDE_TEXT))
        return hint

    def minimumSizeHint(self) -> QSize:
        """Narrow columns cut the text."""
        hint = self.sizeHint()
        if self._snug:
            hint.setWidth(min(hint.width(), px(_LEAST_WIDTH)))
        return hint

    def showPopup(self) -> None:
        """Open a list wide enough for its longest entry."""
        view = self.view()
        # Qt has switched it off before the sheet said what kind of list this is
        view.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        view.setMinimumWidth(max(self.width(), view.sizeHintForColumn(0) + px(_BESIDE_ENTRIES)))
        super().showPopup()

    def hidePopup(self) -> None:
        """Close the list. Qt doesn't notice that the pointer has left the box meanwhile, which would stay grey."""
        super().hidePopup()
        if self.underMouse() and not self.rect().contains(self.mapFromGlobal(QCursor.pos())):
            QApplication.sendEvent(self, QEvent(QEvent.Type.Leave))
            self.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, False)
            self.update()

    def set_snug(self, snug: bool) -> None:
        """As wide as the text it shows, or as its longest one; its look stays."""
        if snug != self._snug:
            self._snug = snug
            self.updateGeometry()

    def set_choices(self, choices: Sequence[Choice]) -> None:
        """Other entries, as (value, text); the value chosen stays chosen where it is still there."""
        choices = list(choices)
        if choices == self.choices():
            return  # its list may be open
        kept = self.currentData()
        self.blockSignals(True)
        self.clear()
        for value, text in choices:
            self.addItem(text, value)
            detail = self._details.get(value)
            tip = detail.sentence if detail is not None else self.accessibleDescription()
            self.setItemData(self.count() - 1, detail, DETAIL)
            self.setItemData(self.count() - 1, tip_text(tip), Qt.ItemDataRole.ToolTipRole)
            self.setItemData(self.count() - 1, tip, Qt.ItemDataRole.AccessibleDescriptionRole)
        self.blockSignals(False)
        self.set_value(kept)

    def choices(self) -> list[Choice]:
        """Its entries, as (value, text)."""
        return [(self.itemData(row), self.itemText(row)) for row in range(self.count())]

    def set_selectable(self, row: int, selectable: bool) -> None:
        """Whether an entry can be chosen, or only be read."""
        model = self.model()
        assert isinstance(model, QStandardItemModel)
        model.item(row).setEnabled(selectable)

    def value(self) -> Any:
        """The value chosen; None where nothing is."""
        return self.currentData()

    def set_value(self, value: object) -> bool:
        """Show a value without a signal; False, and no change, where it is none of the choices."""
        index = next((row for row in range(self.count()) if self.itemData(row) == value), -1)
        if index < 0:
            return False
        self.blockSignals(True)
        self.setCurrentIndex(index)
        self.blockSignals(False)
        if self._snug:
            self.updateGeometry()
        self.update()
        return True


class ChoiceBox(Titled):
    """A labelled choice.

    Parameters
    ----------
    label
        What is chosen; shown above in small capitals, and the accessible name.
    choices
        (value, text) pairs.
    tooltip
        What the choice does to learning, in one sentence.
    lines
        Where label and value stand.
    details
        What entries tell beside their names.

    Signals
    -------
    chosen(object)
        The person chose this value; `set_value` doesn't tell.
    """

    chosen = Signal(object)

    def __init__(
        self,
        label: str,
        choices: Sequence[Choice] = (),
        tooltip: str = "",
        lines: Lines = FORM,
        *,
        details: Details | None = None,
        parent: QWidget | None = None,
    ) -> None:
        self.combo = FlatCombo(label, tooltip, details=details)
        super().__init__(SectionTitle(label), self.combo, lines, indent=_INDENT, parent=parent)
        self.label.setBuddy(self.combo)
        set_tip(self.label, tooltip)
        self.setFocusProxy(self.combo)
        self._choices = list(choices)
        self.combo.set_choices(self._choices)
        self.combo.activated.connect(self._on_activated)

    def set_choices(self, choices: Sequence[Choice]) -> None:
        """Other entries, as (value, text)."""
        self._choices = list(choices)
        self.combo.set_choices(self._choices)

    def value(self) -> Any:
        """The value that is shown."""
        return self.combo.value()

    def set_value(self, value: object, text: str | None = None) -> None:
        """Show a value without a signal.

        One that is none of the choices is read as `text`: it stands above them for as long as it holds, and
        can't be chosen.
        """
        among = any(value == each for each, _ in self._choices)
        beside = [] if among else [(value, str(value) if text is None else text)]
        self.combo.set_choices([*beside, *self._choices])
        if beside:
            self.combo.set_selectable(0, False)
        self.combo.set_value(value)

    @Slot(int)
    def _on_activated(self, index: int) -> None:
        self.chosen.emit(self.combo.itemData(index))
