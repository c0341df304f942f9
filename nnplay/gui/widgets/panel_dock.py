"""A dock that looks like a card: its title is the card's own, with a button that closes it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDockWidget, QFrame, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from nnplay.gui.theme.icons import icon
from nnplay.gui.theme.style import set_role
from nnplay.gui.theme.theme import Theme
from nnplay.gui.theme.fonts import title_font
from nnplay.gui.theme.palette import Palette


class PanelDock(QDockWidget):
    """Holds one panel.

    Parameters
    ----------
    key
        What the remembered layout calls it.
    title
        What the person calls it.
    panel
        The content; a widget that it has as attribute ``header`` stands beside the title.
    """

    def __init__(self, key: str, title: str, panel: QWidget, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(title, parent)
        self.setObjectName(key)
        self.setAccessibleName(title)
        self.panel = panel
        self._close = QToolButton()
        self._close.setToolTip(f"Close {title}; the View menu brings it back")
        self._close.setAccessibleName(f"Close {title}")
        self._close.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        set_role(self._close, "small")
        self._close.clicked.connect(self.close)
        self.setTitleBarWidget(self._title_bar(title))
        self.setWidget(self._body())
        theme.changed.connect(self._show_palette)
        self._show_palette(theme.palette)

    def _title_bar(self, title: str) -> QWidget:
        bar = QFrame()
        set_role(bar, "dock_title")
        label = QLabel(title)
        label.setFont(title_font())
        set_role(label, "title")
        row = QHBoxLayout(bar)
        row.setContentsMargins(16, 10, 8, 4)
        row.addWidget(label)
        row.addStretch(1)
        header = getattr(self.panel, "header", None)
        if isinstance(header, QWidget):
            row.addWidget(header)
        row.addWidget(self._close)
        return bar

    def _body(self) -> QWidget:
        body = QFrame()
        set_role(body, "dock_body")
        column = QVBoxLayout(body)
        column.setContentsMargins(1, 0, 1, 8)
        column.addWidget(self.panel)
        return body

    def _show_palette(self, palette: Palette) -> None:
        self._close.setIcon(icon("close", palette, colour=palette.quiet))
