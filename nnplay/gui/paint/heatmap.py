"""A map of numbers or of class probabilities over the plane, as one picture under the points."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QGraphicsItem

from nnplay.gui.guard import Guarded
from nnplay.gui.paint.picture import Picture
from nnplay.gui.theme.class_colours import class_colour
from nnplay.gui.theme.colormaps import AREA, mix_classes, packed, packed_lut
from nnplay.gui.theme.palette import Palette, mix, rgb
from nnplay.gui.theme.theme import Theme

Array = NDArray[np.floating]
Bytes = NDArray[np.uint8]
Plane = tuple[float, float, float, float]

FINER = 3
"""Parts into which a cell is divided, a side, before numbers become colours: mixed colours would lose the middle one
on a steep slope here and there, and classes would be parted by stairs."""
FINER_MIXED = 2
"""The same where the colours of several classes are mixed, which takes longer."""
FEW_CLASSES = 12
"""The maps of more are not made finer: that would take longer than a frame has."""
LARGE = 1e30
"""Levels from here on are more than 32 bits can reckon with."""
BANDS = 10
"""Steps of equal width that a discrete map of numbers has."""


class Heatmap(Guarded, QGraphicsItem):
    """Paints a map whose row 0 is the smallest x₂ and whose column 0 is the smallest x₁.

    The plane is the unit square of the view: Qt can't reckon with planes of any size. The grid's points lie on its
    borders, and are the middles of the picture's cells: the picture reaches half a cell further, and the view cuts it
    off there. An item of our own, since pyqtgraph's makes its
    table of colours anew for each picture.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._shape = (2, 2)
        self._rect = _reach(self._shape)
        self._picture: Picture | None = None
        self._values: Array | None = None
        self._levels = (-1.0, 1.0)
        self._are_classes = False
        self._discrete = False

    def set_discrete(self, discrete: bool) -> None:
        """Show the likeliest class in place of probabilities, bands in place of a slope."""
        self._discrete = discrete
        self.paint_again()

    def show_numbers(self, values: Array, low: float, high: float) -> None:
        """Show (R, R) values, orange from `low` over the middle to blue at `high`."""
        self._values, self._levels, self._are_classes = values, (low, high), False
        self.paint_again()

    def show_probability(self, values: Array) -> None:
        """Show (R, R) probabilities of class 1, the other being class 0."""
        self._values, self._levels, self._are_classes = values, (0.0, 1.0), True
        self.paint_again()

    def show_probabilities(self, values: Array) -> None:
        """Show (K, R, R) probabilities of K classes, their colours mixed."""
        self._values, self._are_classes = values, True
        self.paint_again()

    def show_nothing(self) -> None:
        """Show the background only."""
        self._values = self._picture = None
        self.update()

    def boundingRect(self) -> QRectF:
        """Called by Qt."""
        return self._rect

    def paint(self, painter: QPainter, *_args: Any) -> None:
        """Called by Qt."""
        if self._picture is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(self._rect, self._picture.image)

    def paint_again(self) -> None:
        """Make the picture of the same map anew: the theme is another one."""
        if self._values is None:
            return
        values, palette = self._values, self._theme.palette
        if values.ndim == 2:
            self._put(packed_lut(palette).take(self._indexed(values), mode="clip"))
        elif self._discrete:
            self._put(packed(area_colours(palette, len(values))).take(likeliest(values), mode="clip"))
        else:
            fine = np.stack([finer(one, FINER_MIXED) for one in values]) if len(values) <= FEW_CLASSES else values
            self._put(packed(mix_classes(np.moveaxis(fine, 0, -1), palette)))

    def _put(self, pixels: NDArray[np.uint32]) -> None:
        self._picture = Picture(pixels)
        if pixels.shape != self._shape:
            self.prepareGeometryChange()
            self._shape, self._rect = pixels.shape, _reach(pixels.shape)
        self.update()

    def _indexed(self, values: Array) -> Bytes:
        low, high = self._levels
        scale = 255.0 / (high - low) if high > low else 0.0
        kind = np.float32 if max(abs(low), abs(high), scale) < LARGE else np.float64
        with np.errstate(over="ignore", invalid="ignore"):  # what overflows is an end of the colours
            place = (values - kind(low)) * kind(scale)
        if not np.isfinite(place).all():
            place = np.nan_to_num(place, nan=127.5, posinf=255.0, neginf=0.0)
        fine = finer(np.clip(place, 0.0, 255.0))
        if self._discrete and self._are_classes:
            fine = np.where(fine > 127.5, np.float32(255), np.float32(0))
        elif self._discrete:
            fine = banded(fine)
        fine += np.float32(0.5)
        return fine.astype(np.uint8)


def banded(places: NDArray[np.float32]) -> NDArray[np.float32]:
    """Places 0 … 255 in a table of colours, each brought to the middle of its band."""
    band = np.floor(places * np.float32(BANDS / 255.001))
    middles: NDArray[np.float32] = (band + np.float32(0.5)) * np.float32(255 / BANDS)
    return middles


def area_colours(palette: Palette, classes: int) -> Bytes:
    """The colours of areas that surely are class 0, 1, …: (256, 4) RGBA, the rest of it empty."""
    table = np.zeros((256, 4), dtype=np.uint8)
    for index in range(classes):
        table[index] = (*rgb(mix(palette.middle, class_colour(palette, index), AREA)), 255)
    return table


def likeliest(probabilities: Array) -> Bytes:
    """The likeliest class at each place of (K, R, R) maps, on a finer grid."""
    most = finer(probabilities[0])
    classes = np.zeros(most.shape, dtype=np.uint8)
    for index, one in enumerate(probabilities[1:], start=1):
        rival = finer(one)
        classes[rival > most] = index
        np.maximum(most, rival, out=most)
    return classes


def finer(values: Array, times: int = FINER) -> NDArray[np.float32]:
    """(R, R) values on a grid with `times` as many cells a side between the same corners, linear in between."""
    columns = _finer_rows(values.astype(np.float32, copy=False).T, times)
    return _finer_rows(columns.T, times)


def _finer_rows(values: NDArray[np.float32], times: int) -> NDArray[np.float32]:
    values = np.ascontiguousarray(values)  # along rows that lie together everything takes half of the time
    result = np.empty(((len(values) - 1) * times + 1, values.shape[1]), dtype=np.float32)
    slope = (values[1:] - values[:-1]) / np.float32(times)
    for k in range(times):
        result[k:-1:times] = values[:-1] + np.float32(k) * slope
    result[-1] = values[-1]
    return result


def sampled(values: Array, plane: Plane, points: Array) -> NDArray[np.float64]:
    """Maps (U, R, R) over `plane`, read at points (N, 2) by bilinear interpolation: (N, U).

    Points outside of the plane take the value at its border.
    """
    resolution = values.shape[-1]
    low, width = np.array(plane[::2]), np.array(plane[1::2]) - np.array(plane[::2])
    place = np.clip((np.asarray(points) - low) / width, 0.0, 1.0) * (resolution - 1)
    corner = np.minimum(place.astype(np.intp), resolution - 2)
    (right, up), (column, row) = (place - corner).T, corner.T
    below = values[:, row, column] * (1 - right) + values[:, row, column + 1] * right
    above = values[:, row + 1, column] * (1 - right) + values[:, row + 1, column + 1] * right
    result: NDArray[np.float64] = (below * (1 - up) + above * up).T
    return result


def _reach(shape: tuple[int, ...]) -> QRectF:
    half_y, half_x = (0.5 / max(cells - 1, 1) for cells in shape)
    return QRectF(-half_x, -half_y, 1 + 2 * half_x, 1 + 2 * half_y)
