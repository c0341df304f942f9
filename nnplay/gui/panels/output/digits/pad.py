"""A pad to draw a picture on with a soft pen."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from nnplay.gui.guard import Guarded
from nnplay.gui.paint.pixels import on_device_pixels
from nnplay.gui.panels.output.digits.picture import fitted_into
from nnplay.gui.theme.scale import px_size, scaled
from nnplay.gui.theme.sizes import set_minimum_size
from nnplay.gui.theme.theme import Theme
from nnplay.gui.widgets.plain_text import set_tip
from nnplay.texts import tr

SIDE = 280
"""Pixels along the longer side of the drawing."""
PEN = 22.0
"""Pixels of the drawing that a stroke is wide; of a coarse picture one of its own pixels, if that is more."""


class DrawingPad(Guarded, QWidget):
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
        self._shape = (28, 28)
        self._ink = _paper(self._shape)
        self._last: QPointF | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setAccessibleName(tr("Pad to draw a picture"))
        set_tip(self, tr("Draw a picture with the mouse; Delete clears the pad"))
        set_minimum_size(self, 120, 120)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def set_shape(self, shape: tuple[int, int]) -> None:
        """The rows and columns of the network's pictures; other ones bring an empty pad of their proportions."""
        if shape != self._shape:
            self._shape, self._last = shape, None
            self._ink = _paper(shape)
            self.update()

    def ink(self) -> NDArray[np.float64]:
        """The drawing, (H, W) from 0 for paper to 1."""
        alpha = self._ink.convertToFormat(QImage.Format.Format_Alpha8)
        rows = np.frombuffer(alpha.constBits(), np.uint8).reshape(alpha.height(), alpha.bytesPerLine())
        return rows[:, : alpha.width()] / 255.0

    def draw_as(self, other: "DrawingPad") -> None:
        """Have the drawing of another pad."""
        self._shape, self._ink = other._shape, other._ink.copy()
        self.update()
        self.changed.emit()

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
        """In the picture's proportions."""
        return px_size(self._ink.width(), self._ink.height())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Called by Qt."""
        frame = self._theme.palette.focus if self.hasFocus() else self._theme.palette.line
        self.paint(QPainter(self), frame)

    def paint(self, painter: QPainter, frame: str) -> None:
        """Paint paper, frame and ink, the pad's corner at the painter's origin."""
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        area = on_device_pixels(painter, self.area())
        wide = scaled(2)
        painter.setPen(QPen(QColor(frame), wide))
        painter.setBrush(QColor(self._theme.palette.field))
        inner = area.adjusted(wide / 2, wide / 2, -wide / 2, -wide / 2)
        painter.drawRoundedRect(inner, scaled(8), scaled(8))
        painter.drawImage(area, self._ink)

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

    def area(self) -> QRectF:
        """Where the paper is: at the left, in the middle of the height."""
        area = fitted_into(QRectF(self.rect()), self._shape)
        area.moveLeft(0)
        return area

    def _place(self, pixel: QPointF) -> QPointF:
        area = self.area()
        return (pixel - area.topLeft()) * (self._ink.width() / area.width())

    def _stroke(self, to: QPointF) -> None:
        painter = QPainter(self._ink)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = max(PEN, SIDE / max(self._shape))
        pen = QPen(QColor(self._theme.palette.text), width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.drawLine(self._last or to, to + QPointF(0.01, 0.0))
        painter.end()
        self._last = to
        self.update()
        self.changed.emit()


def _paper(shape: tuple[int, int]) -> QImage:
    """An empty drawing in the proportions of (rows, columns)."""
    rows, columns = (max(round(SIDE * side / max(shape)), 1) for side in shape)
    image = QImage(columns, rows, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    return image
