"""How a table is written, as it was recognised and as a person corrects it."""

import codecs
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSpinBox, QVBoxLayout, QWidget

from nnplay.data.tables.layout import NO_HEADER, SPACES, Layout
from nnplay.gui.theme.sizes import set_fixed_width, set_inset, set_margins, set_spacing
from nnplay.gui.widgets.card import SectionTitle
from nnplay.gui.widgets.choice_box import ChoiceBox
from nnplay.gui.widgets.plain_text import set_tip
from nnplay.texts import mark, one_line, tr

ENCODINGS = {
    "utf-8": mark("UTF-8"),
    "utf-16": mark("UTF-16"),
    "cp1252": mark("Western (Windows-1252)"),
    "iso8859-1": mark("Western (Latin-1)"),
    "iso8859-15": mark("Western (Latin-9)"),
    "mac-roman": mark("Western (Macintosh)"),
    "cp850": mark("Western (DOS)"),
    "cp1250": mark("Central European (Windows-1250)"),
    "iso8859-2": mark("Central European (Latin-2)"),
    "cp1251": mark("Cyrillic (Windows-1251)"),
    "koi8-r": mark("Cyrillic (KOI8-R)"),
    "cp1253": mark("Greek (Windows-1253)"),
    "cp1254": mark("Turkish (Windows-1254)"),
    "cp1255": mark("Hebrew (Windows-1255)"),
    "cp1256": mark("Arabic (Windows-1256)"),
    "shift_jis": mark("Japanese (Shift JIS)"),
    "euc_jp": mark("Japanese (EUC)"),
    "gb18030": mark("Chinese (GB 18030)"),
    "big5": mark("Chinese (Big5)"),
    "euc_kr": mark("Korean (EUC)"),
}
"""Python's names → what they are called; marked texts."""
SEPARATORS = {
    ",": mark("comma"),
    ";": mark("semicolon"),
    "\t": mark("tab"),
    "|": mark("pipe |"),
    ":": mark("colon"),
    SPACES: mark("spaces"),
}
DECIMALS = {".": mark("point 1.5"), ",": mark("comma 1,5")}
OTHER = ""
"""The separator's value while a person types one."""
MOST_SKIPPED = 10_000
MOST_HEADER = 1000


class LayoutRow(QWidget):
    """Encoding, separator, decimal mark, lines to skip, header and sheet; what doesn't apply isn't there.

    Signals
    -------
    changed(layout)
        The Layout that a person wants: None in each field that is left to be recognised.
    """

    changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wanted = Layout()
        self._row = QHBoxLayout(self)
        set_margins(self._row, 0, 0, 0, 0)
        set_spacing(self._row, 14)
        self._add_choices()
        self._numbers: dict[str, LineNumber] = {}
        self.skip = self._number(tr("Skip lines"), tr("Lines at the beginning that are no part of the table"), "skip")
        self.skip.setRange(0, MOST_SKIPPED)
        self.header = self._number(
            tr("Names in line"), tr("The line with the names of the columns, counted after the skipped ones"), "header"
        )
        self.header.setRange(NO_HEADER, MOST_HEADER)
        self.header.setSpecialValueText(tr("none"))
        self._row.addStretch(1)

    def wanted(self) -> Layout:
        """What a person asked for; None in each field that is left to be recognised."""
        return self._wanted

    def show_nothing_asked(self) -> None:
        """Another table comes: all is to be recognised again."""
        self._wanted = Layout()

    def show_layout(self, layout: Layout, sheets: tuple[str, ...]) -> None:
        """Show how a table was read.

        Parameters
        ----------
        sheets
            The names of a spreadsheet's sheets.
        """
        self.sheet.set_choices([(name, one_line(name)) for name in sheets])
        self._show(self.sheet, layout.sheet if len(sheets) > 1 else None)
        self._show(self.encoding, None if layout.encoding is None else _codec(layout.encoding))
        self._show(self.separator, layout.separator)
        if layout.separator is not None and layout.separator not in SEPARATORS:
            self.separator.set_value(OTHER)
            self.typed.setText(layout.separator)
        self.typed.setVisible(layout.separator is not None and self.separator.value() == OTHER)
        self._show(self.decimal, layout.decimal)
        self._numbers["skip"].show_number(layout.skip)
        self._numbers["header"].show_number(layout.header)

    def _add_choices(self) -> None:
        self.sheet = self._choice(tr("Sheet"), {}, tr("Which sheet of the spreadsheet is read"), "sheet")
        self.encoding = self._choice(
            tr("Encoding"), ENCODINGS, tr("How the bytes of the file stand for letters"), "encoding"
        )
        self.separator = self._choice(
            tr("Separator"),
            {**SEPARATORS, OTHER: mark("another:")},
            tr("What stands between the cells of a row"),
        )
        self.separator.chosen.connect(self._on_separator)
        self.typed = QLineEdit()
        self.typed.setMaxLength(1)
        set_fixed_width(self.typed, 34)
        self.typed.setAccessibleName(tr("Separator of one's own"))
        set_tip(self.typed, tr("The character that stands between the cells of a row"))
        self.typed.textEdited.connect(self._on_typed)
        self._row.addWidget(self.typed, 0, Qt.AlignmentFlag.AlignBottom)
        self.decimal = self._choice(
            tr("Decimals"), DECIMALS, tr("What stands before the decimals of a number"), "decimal"
        )

    def _choice(self, title: str, texts: dict[str, str], tip: str, field: str | None = None) -> ChoiceBox:
        box = ChoiceBox(title, [(value, tr(text)) for value, text in texts.items()], tip)
        if field is not None:
            box.chosen.connect(lambda value: self._want(**{field: value}))
        self._row.addWidget(box, 0, Qt.AlignmentFlag.AlignTop)
        return box

    def _number(self, title: str, tip: str, field: str) -> QSpinBox:
        number = LineNumber(title, tip)
        number.box.valueChanged.connect(lambda value: self._want(**{field: value}))
        self._row.addWidget(number, 0, Qt.AlignmentFlag.AlignTop)
        self._numbers[field] = number
        return number.box

    def _show(self, box: ChoiceBox, value: str | None) -> None:
        box.setVisible(value is not None)
        if value is not None and not (box is self.separator and value not in SEPARATORS):
            box.set_value(value)

    def _want(self, **fields: Any) -> None:
        self._wanted = replace(self._wanted, **fields)
        self.changed.emit(self._wanted)

    @Slot(object)
    def _on_separator(self, separator: str) -> None:
        self.typed.setVisible(separator == OTHER)
        if separator == OTHER:
            self.typed.clear()
            self.typed.setFocus()
        else:
            self._want(separator=separator)

    @Slot(str)
    def _on_typed(self, separator: str) -> None:
        if separator:
            self._want(separator=separator)


class LineNumber(QWidget):
    """A number of lines, its label small above it."""

    def __init__(self, title: str, tip: str) -> None:
        super().__init__()
        self.box = QSpinBox()
        set_inset(self.box)
        self.box.setKeyboardTracking(False)
        self.box.setAccessibleName(title)
        self.box.setAccessibleDescription(tip)
        set_tip(self.box, tip)
        label = SectionTitle(title)
        label.setBuddy(self.box)
        set_tip(label, tip)
        column = QVBoxLayout(self)
        set_margins(column, 0, 2, 0, 0)  # the title on the line of those beside it
        set_spacing(column, 0)
        column.addWidget(label)
        column.addWidget(self.box, 0, Qt.AlignmentFlag.AlignLeft)

    def show_number(self, number: int | None) -> None:
        """Show a number without a signal; nothing where there is none."""
        self.setVisible(number is not None)
        self.box.blockSignals(True)
        self.box.setValue(number or 0)
        self.box.blockSignals(False)


def _codec(encoding: str) -> str:
    """The name under which an encoding stands in `ENCODINGS`, or its own."""
    try:
        name = codecs.lookup(encoding).name
    except LookupError:
        return encoding
    names = {codecs.lookup(each).name: each for each in ENCODINGS}
    return names.get("utf-8" if name == "utf-8-sig" else "utf-16" if name.startswith("utf-16") else name, name)
