"""Words on the strip, which stay readable over a line or a curve."""

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from nnplay.gui.panels.timeline.geometry import WORDS_SIZE
from nnplay.gui.theme.fonts import label_font
from nnplay.gui.theme.palette import Palette
from nnplay.gui.theme.scale import scaled


def paint_words(painter: QPainter, palette: Palette, place: QPointF, words: str, colour: QColor) -> None:
    """Write from a place on the base line, with a rim of the panel's background."""
    path = QPainterPath()
    path.addText(place, label_font(WORDS_SIZE), words)
    rim = QPen(QColor(palette.panel), scaled(3))
    rim.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.strokePath(path, rim)
    painter.fillPath(path, colour)
