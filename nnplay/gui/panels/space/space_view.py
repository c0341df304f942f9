"""The picture: the warped grid, the next layer's lines, the points, and rings around those that are looked at."""

import math
from dataclasses import dataclass, field

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from pyqtgraph.functions import arrayToQPolygonF
from PySide6.QtCore import QEvent, QLineF, QPointF, QRectF, QSize, Qt, QVariantAnimation, Signal, Slot
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen, QPixmap, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from nnplay.data.selection import nearest_index
from nnplay.gui.guard import Guarded
from nnplay.gui.paint.points import TEST_SIZE, TEST_TINT, group_colour, marker_size
from nnplay.gui.panels.space.view_frame import ViewFrame
from nnplay.gui.theme.fonts import label_font
from nnplay.gui.theme.palette import mix
from nnplay.gui.theme.scale import px_size, scaled
from nnplay.gui.theme.theme import Theme

Floats = NDArray[np.float64]
Indices = NDArray[np.intp]
Flags = NDArray[np.bool_]

CORNER, EDGE = 5.0, 1.2
REACH = 9.0
"""Pixels from a point within which the pointer is on it."""
MOST_STAMPS = 256
"""Pictures of markers that are kept: of 64 classes, in two kinds, at two sizes."""
SIDE_ALPHA = 46
"""Of 255, how strong the colours are on either side of a line."""
RING = 5.0
"""Pixels from the edge of a marker to its ring."""
MARGIN = 14
"""Pixels beside the outermost points."""
WARP_MS = 320
"""How long a picture takes to become that of another layer."""


@dataclass(frozen=True, eq=False)
class SpacePicture:
    """What is drawn.

    Attributes
    ----------
    points
        (n, 2) places.
    groups, training
        (n,) the class of each, or the step of its value; and whether it trains.
    grid
        (lines, R, 2).
    lines
        (S, 2, 2) of the next layer.
    hues
        The colour of each line that is told apart; "" for the others.
    rings
        (m, 2) places that are looked at.
    regression
        Whether groups are steps of a value.
    strong
        Whether the lines are those that part the classes.
    sides
        The colours at the right and at the left of the one line there is; None where there is no such line.
    """

    points: Floats
    groups: Indices
    training: Flags
    grid: Floats
    lines: Floats
    hues: tuple[str, ...]
    rings: Floats
    regression: bool = False
    strong: bool = False
    sides: tuple[str, str] | None = None


@dataclass
class _Drawn:
    """The same in pixels."""

    points: Floats = field(default_factory=lambda: np.empty((0, 2)))
    grid: Floats = field(default_factory=lambda: np.empty((0, 0, 2)))


Looks = tuple[tuple[str, float], ...]


def paint_marker(painter: QPainter, place: QPointF, looks: Looks) -> None:
    """Paint discs one upon the other."""
    painter.setPen(Qt.PenStyle.NoPen)
    for colour, across in looks:
        painter.setBrush(QColor(colour))
        painter.drawEllipse(place, 0.5 * across, 0.5 * across)


def marker_picture(looks: Looks, ratio: float) -> QPixmap:
    """The same as a picture of device pixels."""
    side = math.ceil(looks[0][1] * ratio) + 2
    picture = QPixmap(side, side)
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint_marker(painter, QPointF(0.5 * side / ratio, 0.5 * side / ratio), looks)
    painter.end()
    return picture


class SpaceView(Guarded, QWidget):
    """Paints a picture; when it becomes one of another layer, points and grid go there in a moment.

    Attributes
    ----------
    on_paper
        Whether a figure is painted, of shapes.

    Signals
    -------
    pointed(object)
        The pointer is on the point of this index; None where it is on none.
    clicked(object)
        A click there.
    """

    pointed = Signal(object)
    clicked = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._frame = ViewFrame()
        self._picture: SpacePicture | None = None
        self._now, self._from = _Drawn(), _Drawn()
        self._share = 1.0
        self._pointed: int | None = None
        self._stamps: dict[tuple[Looks, float], QPixmap] = {}
        self.on_paper = False
        self.caption = self.note = self.sentence = ""
        self._warp = QVariantAnimation(self, duration=WARP_MS, startValue=0.0, endValue=1.0)
        self._warp.valueChanged.connect(self._on_warped)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        theme.changed.connect(self.update)

    @property
    def canvas(self) -> QRectF:
        """Where it is painted."""
        return QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)

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

    def _place(self) -> None:
        if self._picture is not None and self._frame.middle is not None:
            room = self.room
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
        shape = QPainterPath()
        shape.addRoundedRect(canvas, scaled(CORNER), scaled(CORNER))
        painter.fillPath(shape, QColor(palette.field))
        if self._picture is None:
            painter.setFont(label_font())
            painter.setPen(QColor(palette.quiet))
            words = int(Qt.AlignmentFlag.AlignCenter) | int(Qt.TextFlag.TextWordWrap)
            painter.drawText(canvas.adjusted(24, 0, -24, 0), words, self.sentence)
            return
        painter.setClipPath(shape)
        drawn = self._drawn()
        if self._picture.sides is not None and self._share >= 1.0:
            self._paint_sides(painter, self._picture)
        self._paint_grid(painter, drawn.grid)
        if self._share >= 1.0:
            self._paint_lines(painter, self._picture)
        self._paint_points(painter, self._picture, drawn.points)
        self._paint_rings(painter, self._picture)

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
        told = [line for line, hue in enumerate(picture.hues) if hue]
        for line in sorted(range(len(ends)), key=lambda line: line in told):
            (x1, y1), (x2, y2) = ends[line]
            hue = picture.hues[line] or (palette.text if picture.strong else mix(palette.text, palette.field, 0.45))
            width = 2.4 if picture.hues[line] or picture.strong else 1.3
            painter.setPen(QPen(QColor(hue), scaled(width)))
            painter.drawLine(QLineF(x1, y1, x2, y2))

    def _paint_points(self, painter: QPainter, picture: SpacePicture, points: Floats) -> None:
        """Test points first; each is a picture that is made once, on paper a shape."""
        for training in (False, True):
            kind = picture.training == training
            for group in np.unique(picture.groups[kind]).tolist():
                looks = self._looks(group, training, picture)
                chosen = points[kind & (picture.groups == group)].tolist()
                if self.on_paper:
                    for x, y in chosen:
                        paint_marker(painter, QPointF(x, y), looks)
                else:
                    self._stamp(painter, chosen, looks)

    def _stamp(self, painter: QPainter, places: list[list[float]], looks: Looks) -> None:
        ratio = self.devicePixelRatioF()
        key = (looks, ratio)
        if key not in self._stamps:
            if len(self._stamps) > MOST_STAMPS:
                self._stamps.clear()
            self._stamps[key] = marker_picture(looks, ratio)
        stamp = self._stamps[key]
        half = 0.5 * stamp.width() / ratio
        for x, y in places:
            painter.drawPixmap(QPointF(x - half, y - half), stamp)

    def _looks(self, group: int, training: bool, picture: SpacePicture) -> Looks:
        """The discs of a marker, the largest first: (colour, pixels across)."""
        palette, size = self._theme.palette, self.marker
        colour = group_colour(palette, group, regression=picture.regression)
        edge = mix(palette.field, palette.text, 0.5) if picture.regression else palette.field
        whole = size if training else TEST_SIZE * size
        discs = ((edge, whole + 2 * scaled(EDGE)), (colour, whole))
        return discs if training else (*discs, (mix(palette.panel, colour, TEST_TINT), whole - 2 * scaled(1.4)))

    def _paint_rings(self, painter: QPainter, picture: SpacePicture) -> None:
        palette, radius = self._theme.palette, 0.5 * self.marker + scaled(RING)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        seen = picture.rings[np.isfinite(picture.rings).all(axis=1)]
        for x, y in self._frame.pixels(seen, self.room).tolist():
            for colour, width in ((palette.field, 4.0), (palette.text, 2.0)):
                painter.setPen(QPen(QColor(colour), scaled(width)))
                painter.drawEllipse(QPointF(x, y), radius, radius)

    @property
    def marker(self) -> float:
        """Pixels across a training point."""
        return scaled(0.85 * marker_size(0 if self._picture is None else len(self._picture.points)))

    # ---- what a person does

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Called by Qt."""
        super().resizeEvent(event)
        self._warp.stop()
        self._share = 1.0
        self._place()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Called by Qt."""
        self._point(self._at(event.position()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Called by Qt."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.clicked.emit(self._at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        """Called by Qt."""
        super().leaveEvent(event)
        self._point(None)

    def _at(self, pixel: QPointF) -> int | None:
        if self._picture is None:
            return None
        return nearest_index(self._now.points, (pixel.x(), pixel.y()), max(scaled(REACH), 0.5 * self.marker))

    def _point(self, index: int | None) -> None:
        if index != self._pointed:
            self._pointed = index
            self.pointed.emit(index)
