"""Where everything stands in the card of futures, at the factor in force."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize

from nnplay.gui.theme.scale import scaled

WIDTH, RIM = 720, 16
PLOT_LEFT, PLOT_TOP, PLOT_BOTTOM = 58, 46, 212
SIDE, MAP, FIGURES = 172, 132, 46
STRIP_TOP, THUMB, STRIP_HEIGHT, HEIGHT = 246, 36, 62, 320
"""Pixels at the factor 1."""


@dataclass(frozen=True)
class Places:
    """The parts of the card.

    Attributes
    ----------
    plot
        Where curves are drawn.
    side
        What the chosen future is, at the right; `map` is its boundary at the top of it.
    columns
        One a value, with its boundary and its number.
    """

    plot: QRectF
    side: QRectF
    map: QRectF
    columns: tuple[QRectF, ...]

    @classmethod
    def of(cls, size: QSize, count: int) -> "Places":
        """Those in a card of this size."""
        right = size.width() - scaled(RIM)
        side = QRectF(right - scaled(SIDE), scaled(PLOT_TOP), scaled(SIDE), scaled(PLOT_BOTTOM - PLOT_TOP + 22))
        left = scaled(PLOT_LEFT)
        plot = QRectF(left, scaled(PLOT_TOP), side.left() - scaled(20) - left, scaled(PLOT_BOTTOM - PLOT_TOP))
        wide = (right - scaled(RIM)) / count
        columns = (QRectF(scaled(RIM) + k * wide, scaled(STRIP_TOP), wide, scaled(STRIP_HEIGHT)) for k in range(count))
        square = QRectF(side.left() + (side.width() - scaled(MAP)) / 2, side.top(), scaled(MAP), scaled(MAP))
        return cls(plot, side, square, tuple(columns))

    def thumb(self, k: int) -> QRectF:
        """The boundary in a column."""
        column = self.columns[k]
        length = min(scaled(THUMB), column.width() - scaled(4))
        return QRectF(column.center().x() - length / 2, column.top() + scaled(3), length, length)

    def column_at(self, place: QPointF) -> int | None:
        """The value whose column a point lies in."""
        return next((k for k, column in enumerate(self.columns) if column.contains(place)), None)
