"""One line below the canvas: what filled, hollow and ringed points are, and what is shown by colour."""

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from nnplay.gui.guard import Guarded
from nnplay.gui.theme.class_colours import class_colour
from nnplay.gui.theme.fonts import label_font
from nnplay.gui.theme.scale import px_size, scaled
from nnplay.gui.theme.theme import Theme
from nnplay.gui.widgets.plain_text import set_tip
from nnplay.texts import tr

HEIGHT = 16
SIZE = 12
MARK, RING = 4.0, 6.5
"""Radii."""
BEHIND_MARK, BETWEEN = 5, 14
"""Pixels from a mark to its text, and from one entry to the next."""

Look = Literal["filled", "hollow", "ringed", "crossed", "dashed", "up", "down"]
TRIANGLES = {"up": -1.0, "down": 1.0}


@dataclass(frozen=True)
class Entry:
    """A mark and what it means; `group` is the class whose colour it has, None for graphite."""

    look: Look
    text: str
    group: int | None = None


class PointKey(Guarded, QWidget):
    """Paints the entries from the left and the meaning of colour from the right; what has no room is left out.

    The classes go first where they are named elsewhere too, while nothing else says what hollow points are.

    Parameters
    ----------
    names_classes
        Whether nothing else names the classes: then what is at the right end goes first.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None, *, names_classes: bool = False) -> None:
        super().__init__(parent)
        self._theme, self._names_classes = theme, names_classes
        self._entries: tuple[Entry, ...] = ()
        self._colour = ""
        theme.changed.connect(self.update)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("Meaning of the points"))
        set_tip(self, tr("Filled points train the network, hollow ones only test it"))

    @property
    def text(self) -> str:
        """All that it says."""
        return ", ".join([*(entry.text for entry in self._entries), *([self._colour] if self._colour else [])])

    def show_entries(self, entries: tuple[Entry, ...], colour: str) -> None:
        """Say what these marks mean, and what `colour` is."""
        if (entries, colour) != (self._entries, self._colour):
            self._entries, self._colour = entries, colour
            self.setAccessibleDescription(self.text)
            self.update()

    def sizeHint(self) -> QSize:
        """One line."""
        return px_size(200, HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """It can be as narrow as it must."""
        return px_size(0, HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Called by Qt."""
        self.paint(QPainter(self), QSizeF(self.size()))

    def paint(self, painter: QPainter, size: QSizeF) -> None:
        """Paint it so large, its upper left corner where the painter's origin is."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(label_font(SIZE))
        metrics = QFontMetricsF(painter.font())
        entries, colour = self._fitting(metrics, size.width())
        x = 0.0
        for entry in entries:
            x = self._paint_entry(painter, entry, QPointF(x, size.height() / 2), metrics) + scaled(BETWEEN)
        painter.setPen(QColor(self._theme.palette.quiet))
        rest = QRectF(x, 0, max(size.width() - x, 0.0), size.height())
        painter.drawText(rest, _RIGHT, metrics.elidedText(colour, Qt.TextElideMode.ElideRight, rest.width()))

    def _fitting(self, metrics: QFontMetricsF, width: float) -> tuple[tuple[Entry, ...], str]:
        """The entries and the words for which there is room."""
        entries, colour = self._entries, self._colour
        words = metrics.horizontalAdvance(colour)

        def needed(of: tuple[Entry, ...]) -> float:
            return sum(_width(entry, metrics) + scaled(BETWEEN) for entry in of)

        if needed(entries) + words > width and not (self._names_classes and needed(entries) <= width):
            entries = tuple(entry for entry in entries if entry.group is None or entry.look in TRIANGLES)
        while entries and needed(entries) - scaled(BETWEEN) > width:
            entries = entries[:-1]
        return entries, colour if needed(entries) + words / 2 <= width else ""

    def _paint_entry(self, painter: QPainter, entry: Entry, start: QPointF, metrics: QFontMetricsF) -> float:
        palette = self._theme.palette
        colour = QColor(palette.text if entry.group is None else class_colour(palette, entry.group))
        middle, hollow = QPointF(start.x() + _radius(entry), start.y() + 0.5), entry.look == "hollow"
        painter.setPen(QPen(colour, scaled(1.4)) if hollow else Qt.PenStyle.NoPen)
        painter.setBrush(QColor(palette.panel) if hollow else colour)
        radius = scaled(MARK if entry.look == "filled" else MARK - 0.8)
        if entry.look in TRIANGLES:
            painter.drawPolygon(_triangle(middle, scaled(MARK + 0.8), TRIANGLES[entry.look]))
        elif entry.look == "dashed":
            painter.setPen(QPen(colour, scaled(1.6)))
            for left in (-1.0, 0.3):
                start_of = middle + QPointF(left * radius, 0.0)
                painter.drawLine(start_of, start_of + QPointF(0.7 * radius, 0.0))
        elif entry.look == "crossed":
            painter.setPen(QPen(colour, scaled(1.6)))
            for turn in (1.0, -1.0):
                arm = QPointF(radius, turn * radius)
                painter.drawLine(middle - arm, middle + arm)
        else:
            painter.drawEllipse(middle, radius, radius)
        if entry.look == "ringed":
            painter.setPen(QPen(QColor(palette.text), scaled(1.4)))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(middle, scaled(RING), scaled(RING))
        x = start.x() + 2 * _radius(entry) + scaled(BEHIND_MARK)
        width = metrics.horizontalAdvance(entry.text)
        painter.setPen(QColor(palette.quiet))
        painter.drawText(QRectF(x, 0, width + 1, 2 * start.y()), _LEFT, entry.text)
        return x + width


def _triangle(middle: QPointF, size: float, way: float) -> QPolygonF:
    """With its tip up where `way` is −1."""
    return QPolygonF([middle + QPointF(x * size, way * y * size) for x, y in ((0.0, 0.9), (-1.0, -0.9), (1.0, -0.9))])


def _radius(entry: Entry) -> float:
    return scaled(RING + 0.7 if entry.look == "ringed" else MARK)


def _width(entry: Entry, metrics: QFontMetricsF) -> float:
    return 2 * _radius(entry) + scaled(BEHIND_MARK) + metrics.horizontalAdvance(entry.text)


_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
