"""Tabs that move together where there is little room for them, so that no text is cut."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QTabBar, QWidget

from nnplay.gui.guard import Guarded
from nnplay.gui.theme.fonts import label_font
from nnplay.gui.theme.scale import px
from nnplay.gui.theme.sizes import set_font
from nnplay.gui.theme.style import set_role

SIZE, NARROW_SIZE = 12, 11
MARGIN, NARROW_MARGIN = 13, 5
"""Pixels of the font, and those beside a text that the style sheet gives a tab, in the one role and in the other."""


class RoomyTabs(Guarded, QTabBar):
    """A bar of tabs with two looks.

    Parameters
    ----------
    role, narrow_role
        What the style sheet calls the look with much room between the tabs, and the one with little.
    """

    def __init__(self, role: str, narrow_role: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._roles = (role, narrow_role)
        self._size = SIZE
        set_font(self, lambda: label_font(self._size))
        self.setExpanding(False)
        self.setDrawBase(False)
        self.setUsesScrollButtons(False)
        self.setElideMode(Qt.TextElideMode.ElideNone)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        set_role(self, role)

    def sizeHint(self) -> QSize:
        """With much room."""
        return QSize(self._needed(SIZE, MARGIN), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """With little room."""
        return QSize(self._needed(NARROW_SIZE, NARROW_MARGIN), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Called by Qt."""
        super().resizeEvent(event)
        self._choose_look()

    def tabLayoutChange(self) -> None:
        """Called by Qt."""
        super().tabLayoutChange()
        self._choose_look()

    def _choose_look(self) -> None:
        narrow = self.width() < self._needed(SIZE, MARGIN)
        role = self._roles[narrow]
        if self.property("role") != role:
            self._size = NARROW_SIZE if narrow else SIZE
            set_font(self, lambda: label_font(self._size))
            set_role(self, role)
            self.setElideMode(self.elideMode())  # lays the tabs out anew

    def _needed(self, size: int, margin: int) -> int:
        seen = [self.tabText(index) for index in range(self.count()) if self.isTabVisible(index)]
        metrics = QFontMetrics(label_font(size))
        return sum(metrics.horizontalAdvance(text) + px(margin) for text in seen)
