"""Check boxes side by side, in two rows where the panel is narrow."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QCheckBox, QGridLayout, QSizePolicy, QWidget

GAP = 12


class CheckRow(QWidget):
    """Holds check boxes; `add` makes one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._boxes: list[QCheckBox] = []
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(GAP)
        self._grid.setVerticalSpacing(2)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def add(self, text: str, tooltip: str, *, checked: bool = False) -> QCheckBox:
        """Another check box at the right end."""
        box = QCheckBox(text)
        box.setToolTip(tooltip)
        box.setAccessibleName(text)
        box.setAccessibleDescription(tooltip)
        box.setChecked(checked)
        self._boxes.append(box)
        self._columns = 0
        self._arrange()
        return box

    def minimumSizeHint(self) -> QSize:
        """It can be as narrow as its widest box."""
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Called by Qt."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        needed = sum(box.sizeHint().width() + GAP for box in self._boxes) - GAP
        columns = len(self._boxes) if needed <= self.width() else -(-len(self._boxes) // 2)
        if columns == self._columns:
            return
        self._columns = columns
        for index, box in enumerate(self._boxes):
            self._grid.addWidget(box, index // columns, index % columns)
        for column in range(len(self._boxes) + 1):
            self._grid.setColumnStretch(column, int(column == len(self._boxes)))
        self.updateGeometry()
