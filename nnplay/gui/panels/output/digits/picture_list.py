"""The list of small pictures: a click or Enter looks at one, another click, one beside all or Escape at none."""

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QListView, QListWidget, QListWidgetItem, QWidget

from nnplay.gui.guard import Guarded
from nnplay.gui.theme.scale import px
from nnplay.gui.theme.sizes import set_icon_size

PICTURE = 54
BETWEEN, BELOW = 18, 28
"""Pixels from one picture to the next, and from one row to the next, with the texts."""
SAMPLE = Qt.ItemDataRole.UserRole
"""Which sample of the table an item shows."""


class PictureList(Guarded, QListWidget):
    """Items that have an icon, a text and the index of a sample.

    Signals
    -------
    chosen(object)
        The index of the sample that a person looks at from now on; None for none.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sample: int | None = None
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        set_icon_size(self, PICTURE)
        self.fit(PICTURE)
        self.itemClicked.connect(self._on_clicked)
        self.itemActivated.connect(self._on_item)

    @property
    def sample(self) -> int | None:
        """The index of the sample that is looked at."""
        return self._sample

    def choose(self, sample: int | None) -> None:
        """Look at this sample, or at none."""
        if sample != self._sample:
            self._sample = sample
            self.chosen.emit(sample)

    def fit(self, text_width: int) -> None:
        """Give the texts below the pictures so much room."""
        size = QSize(px(text_width + BETWEEN), px(PICTURE + BELOW))
        if self.gridSize() != size:
            self.setGridSize(size)

    def show_count(self, count: int) -> None:
        """So many items; those that stay keep the keyboard and the place that is looked at."""
        while self.count() > count:
            self.takeItem(self.count() - 1)
        while self.count() < count:
            self.addItem(QListWidgetItem())

    def event(self, event: QEvent) -> bool:
        """Called by Qt; Escape is the list's as long as there is something to leave."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._leaves(event):
            event.accept()
            return True
        return bool(super().event(event))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Called by Qt."""
        if self._leaves(event):
            self.choose(None)
        else:
            super().keyPressEvent(event)

    def _leaves(self, event: QKeyEvent) -> bool:
        return event.key() == Qt.Key.Key_Escape and self._sample is not None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Called by Qt; a press beside all pictures leaves the one that is looked at."""
        if self.itemAt(event.position().toPoint()) is None:
            self.choose(None)
        super().mousePressEvent(event)

    def _on_clicked(self, item: QListWidgetItem) -> None:
        sample = item.data(SAMPLE)
        self.choose(None if sample == self._sample else sample)

    def _on_item(self, item: QListWidgetItem) -> None:
        self.choose(item.data(SAMPLE))
