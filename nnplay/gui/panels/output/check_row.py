"""Check boxes side by side: with short names where the panel is narrow, in two rows where even these don't fit."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QCheckBox, QGridLayout, QSizePolicy, QWidget

from nnplay.gui.guard import Guarded
from nnplay.gui.theme.scale import px
from nnplay.gui.theme.sizes import set_grid_spacing, set_margins
from nnplay.gui.widgets.plain_text import set_tip

GAP = 12


class CheckRow(Guarded, QWidget):
    """Holds check boxes; `add` makes one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._boxes: list[QCheckBox] = []
        self._names: list[tuple[str, str]] = []
        self._look = (0, False)
        self._grid = QGridLayout(self)
        set_margins(self._grid, 0, 0, 0, 0)
        set_grid_spacing(self._grid, GAP, 2)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def add(self, text: str, tooltip: str, *, short: str = "", checked: bool = False) -> QCheckBox:
        """Another check box at the right end; `short` is its name where there is little room."""
        box = QCheckBox(text)
        set_tip(box, tooltip)
        box.setAccessibleName(text)
        box.setAccessibleDescription(tooltip)
        box.setChecked(checked)
        self._boxes.append(box)
        self._names.append((text, short or text))
        self._look = (0, False)
        self._arrange()
        return box

    def look_as(self, other: "CheckRow") -> None:
        """Check the same boxes as in another row of this kind."""
        for mine, theirs in zip(self._boxes, other._boxes, strict=True):
            mine.setChecked(theirs.isChecked())

    def minimumSizeHint(self) -> QSize:
        """It can be as narrow as its widest box."""
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Called by Qt."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        count = len(self._boxes)
        full, short = (self._needed(short=short) <= self.width() for short in (False, True))
        columns = count if full or short else -(-count // 2)
        if (columns, short and not full) == self._look:
            return
        self._look = (columns, short and not full)
        self._name(short=short and not full)
        for index, box in enumerate(self._boxes):
            self._grid.addWidget(box, index // columns, index % columns)
        for column in range(count + 1):
            self._grid.setColumnStretch(column, int(column == count))
        self.updateGeometry()

    def _name(self, *, short: bool) -> None:
        for box, names in zip(self._boxes, self._names, strict=True):
            box.setText(names[short])

    def _needed(self, *, short: bool) -> int:
        """Pixels for all of them in one row."""
        widths = []
        for box, names in zip(self._boxes, self._names, strict=True):
            metrics = box.fontMetrics()
            change = metrics.horizontalAdvance(names[short]) - metrics.horizontalAdvance(box.text())
            widths.append(box.sizeHint().width() + change)
        return sum(widths) + px(GAP) * (len(widths) - 1)
