"""Buttons that show an icon in the theme's colours and tell their name to those who can't see it."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QToolButton, QWidget

from nnplay.gui.theme.icons import icon
from nnplay.gui.theme.sizes import set_icon_size
from nnplay.gui.theme.style import set_role
from nnplay.gui.theme.theme import Theme
from nnplay.gui.widgets.plain_text import set_tip

ICON_SIZES = {"round": 12, "quiet": 18, "primary": 20, "tool": 16, "": 18}


class IconButton(QToolButton):
    """A button with an icon.

    Parameters
    ----------
    theme
        Where its colours come from, and the news that they have changed.
    name
        The icon, a key of `nnplay.gui.theme.icons.ICONS`.
    text
        What it does, in one or two words: its accessible name.
    tooltip
        What it does to learning, in one sentence; the accessible description too.
    icon_size
        How wide the icon is, in pixels; as its role has it where None.
    role
        ``"primary"`` filled, ``"quiet"`` without a background, ``"round"`` for + and −, ``"tool"`` where it may be
        low, "" for the rest.
    """

    def __init__(
        self,
        theme: Theme,
        name: str,
        text: str,
        tooltip: str = "",
        *,
        icon_size: int | None = None,
        role: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._name = name
        self.setText(text)
        self.setAccessibleName(text)
        set_tip(self, tooltip or text)
        self.setAccessibleDescription(tooltip)
        side = ICON_SIZES[role] if icon_size is None else icon_size
        set_icon_size(self, side)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves Space to Train
        if role:
            set_role(self, role)
        self._draw()
        theme.changed.connect(self._draw)
        self.toggled.connect(self._on_toggled)

    def set_icon(self, name: str, text: str | None = None) -> None:
        """Another icon and, where given, another name: Train becomes Pause."""
        if text is not None and text != self.text():
            self.setText(text)
            self.setAccessibleName(text)
        if name != self._name:
            self._name = name
            self._draw()

    @Slot()
    def _draw(self) -> None:
        palette = self._theme.palette
        filled = self.isChecked() or self.property("role") == "primary"
        colour = palette.on_accent if filled else palette.text
        self.setIcon(icon(self._name, palette, self.iconSize().width(), colour=colour))

    @Slot(bool)
    def _on_toggled(self, _checked: bool) -> None:
        self._draw()
