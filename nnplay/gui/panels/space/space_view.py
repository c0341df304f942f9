"""The picture: the warped grid, the next layer's lines, the points, and rings around those that are looked at."""

from dataclasses import dataclass, field

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from pyqtgraph.functions import arrayToQPolygonF
from PySide6.QtCore import QEvent, QLineF, QPointF, QRectF, QSize, Qt, QVariantAnimation, Signal, Slot
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from nnplay.data.selection import nearest_index, nearest_segment
from nnplay.gui.guard import Guarded
from nnplay.gui.paint.figure import paint_widget
from nnplay.gui.paint.points import canvas_scale, marker_size
from nnplay.gui.panels.space.axes import inside, paint_axes, paint_ways, paint_zeros
from nnplay.gui.panels.space.merged import Merged, companions, merged
from nnplay.gui.panels.space.painting import PointPainter, paint_lit, paint_merged, paint_rings
from nnplay.gui.panels.space.picture import SpacePicture
from nnplay.gui.panels.space.view_frame import ViewFrame
from nnplay.gui.theme.fonts import label_font
from nnplay.gui.theme.palette import mix
from nnplay.gui.theme.scale import px_size, scaled
from nnplay.gui.theme.theme import Theme

Floats = NDArray[np.float64]

CORNER = 5.0
REACH, LINE_REACH = 9.0, 4.0
"""Pixels from a point and from a line within which the pointer is on it."""
SIDE_ALPHA = 46
"""Of 255, how strong the colours are on either side of a line."""
MARGIN = 14
"""Pixels beside the outermost points."""
WARP_MS = 320
"""How long a picture takes to become that of another layer."""


@dataclass
class _Drawn:
    """The same in pixels."""

    points: Floats = field(default_factory=lambda: np.empty((0, 2)))
    grid: Floats = field(default_factory=lambda: np.empty((0, 0, 2)))


class SpaceView(Guarded, QWidget):
    """Paints a picture; when it becomes one of another layer, points and grid go there in a moment.

    Signals
    -------
    pointed(object)
        The pointer is on the point of this index; None where it is on none.
    line_pointed(object)
        It is on the line of this index, and on no point; None where it is on none.
    clicked(object)
        A click on a point, or beside all.
    """

    pointed = Signal(object)
    line_pointed = Signal(object)
    clicked = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._frame = ViewFrame()
        self._picture: SpacePicture | None = None
        self._now, self._from = _Drawn(), _Drawn()
        self._share = 1.0
        self._pointed: int | None = None
        self._line: int | None = None
        self._points = PointPainter()
        self._merged: tuple[Merged, ...] | None = None
        self.caption = self.note = self.sentence = ""
        self._warp = QVariantAnimation(self, duration=WARP_MS, startValue=0.0, endValue=1.0)
        self._warp.valueChanged.connect(self._on_warped)
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)  # else the card below is painted at each frame
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        theme.changed.connect(self.update)

    @property
    def canvas(self) -> QRectF:
        """Where it is painted, beside its axes."""
        whole = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        return whole if self._picture is None else inside(whole, self._picture.axes)

    @property
    def room(self) -> QRectF:
        """Where the points are: a marker with its ring is not cut."""
        beside = scaled(MARGIN)
        return self.canvas.adjusted(beside, beside, -beside, -beside)

    @property
    def warping(self) -> bool:
        """Whether it is on its way to another layer."""
        return self._warp.state() == QVariantAnimation.State.Running

    def sizeHint(self) -> QSize:
        """Any."""
        return px_size(320, 220)

    def minimumSizeHint(self) -> QSize:
        """What can still be seen."""
        return px_size(120, 100)

    def show_words(self, caption: str, note: str) -> None:
        """What is seen, and what the lines are."""
        if (caption, note) != (self.caption, self.note):
            self.caption, self.note = caption, note
            self.setAccessibleDescription(" ".join(filter(None, (caption, note))))

    def show_sentence(self, sentence: str) -> None:
        """Say why there is no picture."""
        self.sentence, self._picture = sentence, None
        self._warp.stop()
        self._frame.forget()
        self.setAccessibleDescription(sentence)
        self.update()

    def show_picture(self, picture: SpacePicture, *, another: bool, resting: bool) -> None:
        """Draw this, of `another` layer than before or of the same one; while it is `resting` all of it is seen."""
        before = self._drawn()
        if another:
            self._frame.forget()
        self._frame.follow(picture.points, picture.grid.reshape(-1, 2), resting=resting)
        self._picture = picture
        self._place()
        alike = before.points.shape == self._now.points.shape and before.grid.shape == self._now.grid.shape
        if another:
            self._from = before
            self._warp.stop()
            self._share = 1.0
            if alike and len(before.points) and self.isVisible():
                self._share = 0.0
                self._warp.start()
        self.update()

    def pixel_of(self, index: int) -> QPointF:
        """Where a point is."""
        return QPointF(*self._now.points[index].tolist())

    def companions(self, index: int) -> int:
        """How many points lie where one of them does, itself included."""
        return companions(self._now.points, index)

    def paint_on_paper(self, painter: QPainter) -> None:
        """Paint it of shapes alone, for a figure."""
        self._points.on_paper = True
        try:
            paint_widget(painter, self)
        finally:
            self._points.on_paper = False

    def _place(self) -> None:
        if self._picture is not None and self._frame.middle is not None:
            room, self._merged = self.room, None
            self._now = _Drawn(
                self._frame.pixels(self._picture.points, room), self._frame.pixels(self._picture.grid, room)
            )

    def _drawn(self) -> _Drawn:
        if self._share >= 1.0:
            return self._now
        share = self._share * self._share * (3.0 - 2.0 * self._share)
        return _Drawn(
            self._from.points + share * (self._now.points - self._from.points),
            self._from.grid + share * (self._now.grid - self._from.grid),
        )

    @Slot(object)
    def _on_warped(self, share: float) -> None:
        same = self._from.points.shape == self._now.points.shape and self._from.grid.shape == self._now.grid.shape
        self._share = float(share) if same else 1.0
        self.update()

    # ---- how it is painted

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Called by Qt."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette, canvas = self._theme.palette, self.canvas
        on_paper = self._points.on_paper
        if not on_paper:
            painter.fillRect(self.rect(), QColor(palette.panel))
        shape = QPainterPath()
        shape.addRoundedRect(canvas, scaled(CORNER), scaled(CORNER))
        painter.fillPath(shape, QColor(palette.field))
        if self._picture is None:
            self._paint_sentence(painter, canvas)
            return
        picture, drawn = self._picture, self._drawn()
        seen = self._frame.seen(self.room, canvas)
        paint_axes(painter, canvas, picture.axes, seen, palette)
        if on_paper:
            painter.setClipPath(shape)
        else:  # a rectangle cuts the grid's many short lines off in a tenth of the time
            painter.setClipRect(canvas)
        if picture.sides is not None and self._share >= 1.0:
            self._paint_sides(painter, picture)
        paint_zeros(painter, canvas, picture.axes, seen, palette)
        self._paint_grid(painter, drawn.grid)
        if self._share >= 1.0:
            self._paint_lines(painter, picture)
        self._points.paint(painter, picture, drawn.points, self.marker, palette)
        if self._share >= 1.0:
            self._paint_marks(painter, picture)
        paint_ways(painter, canvas, picture.axes, palette)
        if not on_paper:
            shape.addRect(canvas)  # what is in one of the two alone: the corners
            painter.fillPath(shape, QColor(palette.panel))

    def _paint_sentence(self, painter: QPainter, canvas: QRectF) -> None:
        painter.setFont(label_font())
        painter.setPen(QColor(self._theme.palette.quiet))
        words = int(Qt.AlignmentFlag.AlignCenter) | int(Qt.TextFlag.TextWordWrap)
        painter.drawText(canvas.adjusted(24, 0, -24, 0), words, self.sentence)

    def _paint_marks(self, painter: QPainter, picture: SpacePicture) -> None:
        """What lies on each other, and what is looked at."""
        points, palette = self._now.points, self._theme.palette
        if self._merged is None:
            self._merged = merged(points, picture.groups)
        paint_merged(painter, self._merged, self.marker, palette, regression=picture.regression)
        paint_lit(painter, points[picture.lit], self.marker, palette)
        seen = picture.rings[np.isfinite(picture.rings).all(axis=1)]
        paint_rings(painter, self._frame.pixels(seen, self.room), self.marker, palette)

    def _paint_sides(self, painter: QPainter, picture: SpacePicture) -> None:
        """What the network answers on either side of the one line, as on the plane but fainter."""
        assert picture.sides is not None
        start, end = self._frame.pixels(picture.lines[0], self.room)
        along = end - start
        right = np.array([-along[1], along[0]])  # upwards is downwards in pixels
        painter.setPen(Qt.PenStyle.NoPen)
        for colour, side in zip(picture.sides, (right, -right), strict=True):
            tint = QColor(colour)
            tint.setAlpha(SIDE_ALPHA)
            painter.setBrush(tint)
            corners = np.array([start, end, end + side, start + side])
            painter.drawPolygon(arrayToQPolygonF(corners[:, 0], corners[:, 1]))

    def _paint_grid(self, painter: QPainter, grid: Floats) -> None:
        if not grid.size:
            return
        palette = self._theme.palette
        painter.setPen(QPen(QColor(mix(palette.quiet, palette.field, 0.55)), scaled(1.0)))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        joined = np.ones(grid.shape[:2], np.int32)
        joined[:, -1] = 0
        flat = grid.reshape(-1, 2)
        painter.drawPath(pg.arrayToQPath(flat[:, 0].copy(), flat[:, 1].copy(), connect=joined.ravel()))

    def _paint_lines(self, painter: QPainter, picture: SpacePicture) -> None:
        palette = self._theme.palette
        ends = self._frame.pixels(picture.lines, self.room).tolist()
        plain = palette.text if picture.strong else mix(palette.text, palette.field, 0.45)
        for line in np.argsort(picture.told, kind="stable").tolist():
            (x1, y1), (x2, y2) = ends[line]
            told = picture.told[line]
            hue = picture.hues[line] or plain
            width = 2.4 if told or picture.strong else 1.3
            painter.setPen(QPen(QColor(hue), scaled(width)))
            painter.drawLine(QLineF(x1, y1, x2, y2))

    @property
    def marker(self) -> float:
        """Pixels across a training point."""
        count = 0 if self._picture is None else len(self._picture.points)
        return canvas_scale(min(self.width(), 1.6 * self.height())) * marker_size(count)

    # ---- what a person does

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Called by Qt."""
        super().resizeEvent(event)
        self._warp.stop()
        self._share = 1.0
        self._place()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Called by Qt."""
        index = self._at(event.position())
        self._point(index, None if index is not None else self._line_at(event.position()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Called by Qt."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.clicked.emit(self._at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        """Called by Qt."""
        super().leaveEvent(event)
        self._point(None, None)

    def _at(self, pixel: QPointF) -> int | None:
        if self._picture is None:
            return None
        return nearest_index(self._now.points, (pixel.x(), pixel.y()), max(scaled(REACH), 0.5 * self.marker))

    def _line_at(self, pixel: QPointF) -> int | None:
        if self._picture is None or not self.canvas.contains(pixel):
            return None
        ends = self._frame.pixels(self._picture.lines, self.room)
        return nearest_segment(ends, (pixel.x(), pixel.y()), (1.0, 1.0), scaled(LINE_REACH))

    def _point(self, index: int | None, line: int | None) -> None:
        moved = []
        if index != self._pointed:
            self._pointed = index
            moved.append((self.pointed, index))
        if line != self._line:
            self._line = line
            moved.append((self.line_pointed, line))
        for signal, what in sorted(moved, key=lambda move: move[1] is not None):  # what is left goes first
            signal.emit(what)
