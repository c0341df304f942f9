"""Tabs that move together where there is little room for them, so that no text is cut."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QTabBar, QWidget

from nnplay.gui.guard import Guarded
from nnplay.gui.theme.fonts import label_font
from nnplay.gui.theme.scale import px
from nnplay.gui.theme.sizes import set_font
from nnplay.gui.theme.style import set_role

SIZE = 12
MARGIN, NARROW_MARGIN = 13, 7
"""Pixels beside a text that the style sheet gives a tab in the one role and in the other."""


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
        set_font(self, lambda: label_font(SIZE))
        self.setExpanding(False)
        self.setDrawBase(False)
        self.setUsesScrollButtons(False)
        self.setElideMode(Qt.TextElideMode.ElideNone)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        set_role(self, role)

    def sizeHint(self) -> QSize:
        """With much room."""
        return QSize(self._needed(MARGIN), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """With little room."""
        return QSize(self._needed(NARROW_MARGIN), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Called by Qt."""
        super().resizeEvent(event)
        self._choose_look()

    def tabLayoutChange(self) -> None:
        """Called by Qt."""
        super().tabLayoutChange()
        self._choose_look()

    def _choose_look(self) -> None:
        role = self._roles[self.width() < self._needed(MARGIN)]
        if self.property("role") != role:
            set_role(self, role)
            self.setElideMode(self.elideMode())  # lays the tabs out anew

    def _needed(self, margin: int) -> int:
        seen = [self.tabText(index) for index in range(self.count()) if self.isTabVisible(index)]
        return sum(self.fontMetrics().horizontalAdvance(text) + px(margin) for text in seen)
