"""A pad to draw a digit on with a soft pen."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from nnplay.gui.guard import Guarded
from nnplay.gui.theme.theme import Theme
from nnplay.gui.widgets.plain_text import set_tip
from nnplay.texts import tr

SIDE = 280
"""Pixels of the drawing, ten for each of the network's."""
PEN = 22.0


class DigitPad(Guarded, QWidget):
    """Draws strokes of the mouse.

    Signals
    -------
    changed
        The drawing is another one.
    """

    changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        theme.changed.connect(self._on_theme_changed)
        self._ink = QImage(SIDE, SIDE, QImage.Format.Format_ARGB32_Premultiplied)
        self._ink.fill(Qt.GlobalColor.transparent)
        self._last: QPointF | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setAccessibleName(tr("Pad to draw a digit"))
        set_tip(self, tr("Draw a digit with the mouse; Delete clears the pad"))
        self.setMinimumSize(120, 120)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def ink(self) -> NDArray[np.float64]:
        """The drawing, (SIDE, SIDE) from 0 for paper to 1."""
        alpha = self._ink.convertToFormat(QImage.Format.Format_Alpha8)
        rows = np.frombuffer(alpha.constBits(), np.uint8).reshape(SIDE, alpha.bytesPerLine())
        return rows[:, :SIDE] / 255.0

    def clear(self) -> None:
        """An empty pad."""
        self._ink.fill(Qt.GlobalColor.transparent)
        self.update()
        self.changed.emit()

    @Slot()
    def _on_theme_changed(self) -> None:
        """The drawing stays, in another ink."""
        painter = QPainter(self._ink)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceIn)
        painter.fillRect(self._ink.rect(), QColor(self._theme.palette.text))
        painter.end()
        self.update()

    def sizeHint(self) -> QSize:
        """Square."""
        return QSize(SIDE, SIDE)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Paper, frame and ink."""
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        area = self._area()
        painter.setPen(QPen(QColor(self._theme.palette.focus if self.hasFocus() else self._theme.palette.line), 2))
        painter.setBrush(QColor(self._theme.palette.field))
        painter.drawRoundedRect(area.adjusted(1, 1, -1, -1), 8, 8)
        painter.drawImage(area, self._ink)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Put the pen down."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._last = self._place(event.position())
            self._stroke(self._last)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Draw on."""
        if self._last is not None:
            self._stroke(self._place(event.position()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: ARG002
        """Lift the pen."""
        self._last = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete clears."""
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.clear()
        else:
            super().keyPressEvent(event)

    def _area(self) -> QRectF:
        side = min(self.width(), self.height())
        return QRectF(0, (self.height() - side) / 2, side, side)

    def _place(self, pixel: QPointF) -> QPointF:
        area = self._area()
        return (pixel - area.topLeft()) * (SIDE / area.width())

    def _stroke(self, to: QPointF) -> None:
        painter = QPainter(self._ink)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(QColor(self._theme.palette.text), PEN, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.drawLine(self._last or to, to + QPointF(0.01, 0.0))
        painter.end()
        self._last = to
        self.update()
        self.changed.emit()
