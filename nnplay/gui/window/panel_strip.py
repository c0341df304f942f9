"""A panel that is a low strip below all docks, as wide as the window; it can be closed."""

from PySide6.QtGui import QAction, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from nnplay.gui.guard import Guarded
from nnplay.gui.theme.frames import paint_card
from nnplay.gui.theme.sizes import set_fixed_height, set_margins, set_spacing
from nnplay.gui.theme.theme import Theme
from nnplay.gui.widgets.buttons import IconButton
from nnplay.gui.widgets.card import SectionTitle
from nnplay.gui.widgets.plain_text import menu_text
from nnplay.texts import tr

HEIGHT, LOW_HEIGHT, GAP, LOW_GAP = 64, 36, 12, 8
LOW_WINDOW = 760
"""In a window of fewer pixels than this, at any scale, the strip is lower, too: the panels need the room more."""


class PanelStrip(Guarded, QWidget):
    """Holds one panel; a widget that it has as attribute ``header`` stands below the title.

    Attributes
    ----------
    panel
        The content.
    shown
        The action that shows or closes it.
    """

    def __init__(self, key: str, title: str, panel: QWidget, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(key)
        self.setAccessibleName(title)
        self.panel = panel
        self.shown = QAction(menu_text(title), self)
        self.shown.setCheckable(True)
        self.shown.setChecked(True)
        self.shown.toggled.connect(self._on_toggled)
        name, tip = tr("Close {panel}", panel=title), tr("Close {panel}; the View menu brings it back", panel=title)
        self.close_button = IconButton(theme, "close", name, tip, icon_size=12, role="quiet")
        self.close_button.clicked.connect(lambda: self.shown.setChecked(False))
        self._presented = False
        self._column = column = QVBoxLayout(self)
        set_margins(column, GAP, GAP, GAP, 0)
        self._body = _Body(title, panel, self.close_button)
        column.addWidget(self._body)

    def fit(self, window_height: int) -> None:
        """Be as high as a window of this height has room for."""
        low = window_height < LOW_WINDOW
        set_fixed_height(self._body, LOW_HEIGHT if low else HEIGHT)
        set_margins(self._column, GAP, LOW_GAP if low else GAP, GAP, 0)

    def toggleViewAction(self) -> QAction:
        """The action that shows or closes it, as docks have one."""
        return self.shown

    def set_presented(self, presented: bool) -> None:
        """Before a class it isn't there."""
        self._presented = presented
        self._on_toggled()

    def _on_toggled(self) -> None:
        self.setVisible(self.shown.isChecked() and not self._presented)


class _Body(Guarded, QWidget):
    """The card of a strip."""

    def __init__(self, title: str, panel: QWidget, close: QWidget) -> None:
        super().__init__()
        set_fixed_height(self, HEIGHT)
        row = QHBoxLayout(self)
        set_margins(row, 16, 3, 10, 3)
        set_spacing(row, 8)
        named = QVBoxLayout()
        set_spacing(named, 1)
        named.addStretch(1)
        named.addWidget(SectionTitle(title))
        header = getattr(panel, "header", None)
        if isinstance(header, QWidget):
            named.addWidget(header)
        named.addStretch(1)
        row.addLayout(named)
        row.addWidget(panel, 1)
        row.addWidget(close)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Called by Qt."""
        paint_card(self)
