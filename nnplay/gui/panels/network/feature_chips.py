"""The features that the network doesn't see, as small buttons under its inputs: a click lets it see one."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from nnplay.gui.panels.network.on_drawing import OnDrawing
from nnplay.gui.theme.fonts import label_font
from nnplay.gui.theme.scale import px
from nnplay.gui.theme.sizes import set_font
from nnplay.gui.theme.style import set_role
from nnplay.gui.theme.theme import Theme
from nnplay.gui.widgets.plain_text import menu_text, set_tip
from nnplay.texts import tr

HEIGHT, GAP = 24, 4
"""Pixels at the factor 1, as all lengths here."""
MOST_WIDE = 96
BESIDE_TEXT = 12
FONT = 12

Features = Sequence[tuple[str, str]]


class FeatureChips(OnDrawing):
    """The buttons, in rows; one that opens a list of all where rows have no room.

    Signals
    -------
    chosen(name)
        This feature is to be seen.
    """

    chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._features: Features = ()
        self.chips: dict[str, QToolButton] = {}
        self.list_button = self._button(
            "+",
            tr("Let the network see another feature"),
            tr("Simple functions of the inputs that the network doesn't see yet"),
        )
        self.list_button.clicked.connect(self._open_list)

    def show_features(self, features: Features) -> None:
        """Other features are unused: (name, label) each; a button stays for as long as the window does."""
        self._features = features
        for name, label in features:
            if name not in self.chips:
                chip = self._button(label, tr("Let the network see {feature}", feature=label))
                chip.clicked.connect(lambda _=False, name=name: self.chosen.emit(name))
                self.chips[name] = chip
            self.chips[name].setText(label)

    def rows(self, width: float) -> int:
        """In how many rows they fit this width; 0 where there are none."""
        if not self._features:
            return 0
        across = max(int((width + px(GAP)) / (self._chip_width() + px(GAP))), 1)
        return -(-len(self._features) // across)

    @staticmethod
    def height_of(rows: int) -> int:
        """Pixels that so many rows take."""
        return rows * px(HEIGHT + GAP)

    def place(self, middle: float, top: float, least: float, most: float, *, rows: int) -> None:
        """Stand in so many rows around a place, from `least` to `most` at the sides; as one button where rows are 0."""
        across = -(-len(self._features) // rows) if rows else 1
        wide = self._chip_width() if rows else px(HEIGHT)
        width = across * (wide + px(GAP)) - px(GAP)
        left = max(min(middle - width / 2, most - width), least)
        self.setGeometry(round(left), round(top), width, self.height_of(max(rows, 1)))
        self.list_button.setGeometry(0, 0, wide, px(HEIGHT))
        self.list_button.setVisible(not rows)
        shown = [name for name, _ in self._features] if rows else []
        for number, name in enumerate(shown):
            row, column = divmod(number, across)
            self.chips[name].setGeometry(column * (wide + px(GAP)), row * px(HEIGHT + GAP), wide, px(HEIGHT))
            self.chips[name].show()
        for name in self.chips.keys() - set(shown):
            self.chips[name].hide()
        self.setVisible(bool(self._features))

    def _chip_width(self) -> int:
        metrics = QFontMetrics(label_font(FONT))
        widest = max((metrics.horizontalAdvance(label) for _, label in self._features), default=0)
        return min(widest + px(BESIDE_TEXT), px(MOST_WIDE))

    def _button(self, text: str, name: str, tip: str = "") -> QToolButton:
        button = QToolButton(self)
        set_role(button, "chip")
        set_font(button, lambda: label_font(FONT))
        button.setText(text)
        button.setAccessibleName(name)
        set_tip(button, tip or tr("{what}: the network can bend its boundary by it", what=name))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def _open_list(self) -> None:
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        for name, label in self._features:
            menu.addAction(menu_text(label), partial(self.chosen.emit, name))
        menu.popup(self.list_button.mapToGlobal(QPoint(0, self.list_button.height())))
