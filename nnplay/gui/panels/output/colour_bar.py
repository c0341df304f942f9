"""The thin bar beside the canvas that says which colour is which value, or which class."""

from PySide6.QtCore import QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from nnplay.gui.guard import Guarded
from nnplay.gui.paint.axes import text_width
from nnplay.gui.paint.kept import Kept
from nnplay.gui.paint.picture import Picture
from nnplay.gui.paint.pixels import on_device_pixels
from nnplay.gui.panels.output.colour_key import ClassColours, ColourKey, Slope
from nnplay.gui.theme.class_colours import class_colour
from nnplay.gui.theme.colormaps import packed_lut
from nnplay.gui.theme.fonts import figure_font
from nnplay.gui.theme.scale import px, scaled
from nnplay.gui.theme.theme import Theme
from nnplay.gui.widgets.plain_text import set_tip
from nnplay.texts import tr

BAR = 8
BESIDE = 4
"""Between the bar and its figures."""
BEHIND = 6
"""Behind the figures, before the tools."""
SIZE = 11
FIGURES = 24
"""Room for figures, where those of the data need no more."""
WIDEST_NAME = 76
SHARE = 0.2
"""Of the room for canvas and bar, which names of classes take at most."""
ROW = 16
CORNER = 3.0


class ColourBar(Guarded, QWidget):
    """Paints a key of colours between two heights, those of the canvas.

    Its width depends on the data alone, so that the canvas stays where it is when a unit is shown. It begins at once:
    the canvas has a margin, and what overlapped it would be painted with each of its frames.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._key: ColourKey | None = None
        self._of_data: ColourKey | None = None
        self._span = (0.0, 0.0)
        self._picture: Kept[Picture] = Kept()
        theme.changed.connect(self.update)
        self.setAccessibleName(tr("Meaning of the colours"))

    @property
    def key(self) -> ColourKey | None:
        """What it says now."""
        return self._key

    def reserve(self, key: ColourKey) -> None:
        """Take the room that the key of these data needs."""
        self._of_data = key

    def show_key(self, key: ColourKey) -> None:
        """Say this from now on."""
        if key != self._key:
            self._key = key
            text = spoken(key)
            self.setAccessibleDescription(text)
            set_tip(self, text)
            self.update()

    def needed(self, width: int) -> int:
        """Its width, where canvas and bar have so much together."""
        texts, key = px(FIGURES), self._of_data
        if isinstance(key, ClassColours):
            longest = min(text_width(list(key.names)), scaled(WIDEST_NAME), SHARE * width)
            texts = max(texts, round(longest + 0.5))
        elif key is not None:
            texts = max(texts, round(text_width([text for _, text in key.ticks]) + 0.5))
        return px(BAR) + px(BESIDE) + texts + px(BEHIND)

    def set_span(self, top: float, bottom: float) -> None:
        """Stand between these heights."""
        if (top, bottom) != self._span:
            self._span = (top, bottom)
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Called by Qt."""
        self.paint(QPainter(self), QSizeF(self.size()))

    def paint(self, painter: QPainter, size: QSizeF) -> None:
        """Paint it as wide as `size`, its upper left corner where the painter's origin is."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(figure_font(SIZE))
        if isinstance(self._key, ClassColours):
            self._paint_classes(painter, self._key, size.width())
        elif self._key is not None:
            self._paint_slope(painter, self._key, size.width())

    def _paint_slope(self, painter: QPainter, key: Slope, width: float) -> None:
        top, bottom = self._span
        bar = on_device_pixels(painter, QRectF(0.0, top, px(BAR), max(bottom - top, 1.0)))
        palette = self._theme.palette
        picture = self._picture.of(
            (key.start, key.rooted, key.in_bands, palette),
            lambda: Picture(packed_lut(palette)[key.indices()[::-1]][:, None], smooth=not key.in_bands),
        )
        painter.drawImage(bar, picture.image)
        painter.setPen(QColor(palette.quiet))
        left, height = bar.right() + px(BESIDE), QFontMetricsF(painter.font()).height()
        for place, text in key.ticks:
            y = bar.bottom() - place * bar.height()
            painter.drawText(QRectF(left, y - height / 2, width - left, height), _LINE, text)

    def _paint_classes(self, painter: QPainter, key: ClassColours, width: float) -> None:
        top, bottom = self._span
        rows = max(int((bottom - top) / scaled(ROW)), 1)
        shown = key.names if len(key.names) <= rows else key.names[: max(rows - 1, 1)]
        metrics, palette = QFontMetricsF(painter.font()), self._theme.palette
        left = px(BAR) + px(BESIDE)
        for index, name in enumerate(shown):
            row = QRectF(left, top + index * scaled(ROW), width - px(BEHIND) - left, scaled(ROW))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(class_colour(palette, index)))
            painter.drawRoundedRect(
                QRectF(0.0, row.center().y() - px(BAR) / 2, px(BAR), px(BAR)), scaled(CORNER), scaled(CORNER)
            )
            painter.setPen(QColor(palette.quiet))
            painter.drawText(row, _LINE, metrics.elidedText(name, Qt.TextElideMode.ElideMiddle, row.width()))
        if len(shown) < len(key.names):
            row = QRectF(0.0, top + len(shown) * scaled(ROW), width, scaled(ROW))
            more = len(key.names) - len(shown)
            painter.drawText(row, _LINE, tr("{n} more|{n} more", "classes", more))


def spoken(key: ColourKey) -> str:
    """The key in a sentence."""
    if isinstance(key, ClassColours):
        return tr("Each colour is a class: {names}", names=", ".join(key.names))
    return tr(
        "The colour is {title}, from {low} to {high}", title=key.title, low=key.ticks[0][1], high=key.ticks[-1][1]
    )


_LINE = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
