"""A dot in a colour of data, before a name."""

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap

from nnplay.gui.theme.scale import px

SIDE = 14


def swatch(colour: str, ratio: float) -> QIcon:
    """The dot, for a display with `ratio` device pixels to one."""
    side = px(SIDE)
    pixels = QPixmap(round(side * ratio), round(side * ratio))
    pixels.setDevicePixelRatio(ratio)
    pixels.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixels)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colour))
    painter.drawEllipse(QPointF(side / 2, side / 2), side * 0.3, side * 0.3)
    painter.end()
    icon = QIcon(pixels)
    icon.addPixmap(pixels, QIcon.Mode.Selected)  # else Qt makes it darker in a row that is chosen
    return icon
