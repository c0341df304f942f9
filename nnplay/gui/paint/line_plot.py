"""Two lines over the epochs, training solid and test dashed, with their figures in a line above.

What lies between the lowest and the highest value of an interval of epochs is filled, so that no spike is left out.
"""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRectF, QSizeF, Qt, Slot
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QWidget

from nnplay.gui.paint.axes import FIGURE_SIZE, text_width
from nnplay.gui.paint.curves import Curve
from nnplay.gui.paint.envelope import Envelope
from nnplay.gui.paint.figure import Figure, paint_widget
from nnplay.gui.paint.ghosts import Ghost, GhostLines
from nnplay.gui.paint.legend import HEIGHT, TEST, TRAINING, LegendRow, LineLegend
from nnplay.gui.paint.line_marks import LineMarks, spread
from nnplay.gui.paint.value_axis import ValueAxis
from nnplay.gui.paint.zoomable_view import ZoomableView
from nnplay.gui.theme.fonts import label_font
from nnplay.gui.theme.scale import px
from nnplay.gui.theme.theme import Theme
from nnplay.gui.widgets.number_format import figure_text, range_text
from nnplay.texts import one_line, tr
from nnplay.training.history import FIRST, HIGHEST, LOWEST

LEFT, BOTTOM = 54, 22
TOP_MARGIN, RIGHT_MARGIN = HEIGHT + 8, 24
LABEL_ROOM = 12
"""Pixels by which the label of the last epoch may stand out: it doesn't touch the edge of the panel."""
LEGEND_LEFT, SWITCHES_ROOM = 4, 94
"""Pixels left of the legend, and right of it for the switches of the axes."""
AXIS_TITLE = 20
TICK_WIDTH, TICK_HEIGHT = 70, 36
"""Pixels from one figure of an axis to the next, at least."""

Floats = NDArray[np.float64]
"""(rows,) numbers, or (rows, 3): the first, the lowest and the highest of each interval of epochs."""


@dataclass(frozen=True)
class Scale:
    """How values are drawn and written.

    Attributes
    ----------
    top
        The upper end of the axis where there is nothing yet, and always where it doesn't grow.
    grows
        Whether values can be larger than that.
    lowest
        How far below 0 the axis goes where there are negative values; a line to what is lower leaves it at the bottom,
        where a mark says so.
    text
        How a value is written.
    tick
        How a figure of the linear axis is; None where they are written together, with equally many decimals.
    """

    top: float = 1.0
    grows: bool = True
    lowest: float = 0.0
    text: Callable[[float], str] = figure_text
    tick: Callable[[float], str] | None = None


class LinePlot(ZoomableView):
    """Draws figures of a history over its epochs, and follows the pointer.

    The axes depend on what is shown, and on nothing that was before.
    """

    def __init__(self, theme: Theme, scale: Scale, parent: QWidget | None = None) -> None:
        super().__init__(theme, LEFT, BOTTOM, top=TOP_MARGIN, right=RIGHT_MARGIN, parent=parent)
        self._scale = scale
        self._ratio = 1.0
        self._axis = ValueAxis(scale.top, scale.lowest, grows=scale.grows)
        self._ghosts = GhostLines(self.epochs, self._axis)
        self._pointed_ghost: Ghost | None = None
        self._epochs: Floats = np.zeros(0)
        self._lines: tuple[Floats, ...] = (np.zeros((0, 3)), np.zeros((0, 3)))
        self._moment: int | None = None
        self._pointer: float | None = None
        self._fitted: tuple[object, ...] | None = None
        self._marks = LineMarks()
        self._ticks: list[tuple[float, str]] = []
        self.curves = (Curve(self.view_box), Curve(self.view_box, dashed=True))
        self.envelopes = (Envelope(self.view_box), Envelope(self.view_box))
        self.legend = LineLegend(theme, self)
        self._set_pens()
        self._place_legend()
        self._fit()

    def set_ratio(self, ratio: float) -> None:
        """Paint for a display with so many device pixels to one."""
        if ratio != self._ratio:
            self._ratio = ratio
            self._set_pens()
            self.show_epochs()

    def set_logarithmic(self, logarithmic: bool) -> None:
        """A linear axis of values, or one of decades."""
        self._axis.logarithmic = logarithmic
        self.show_epochs()

    def hold_axes(self) -> None:
        """Let both axes stay as they are, wherever the run stands."""
        self.epochs.held = self._axis.held = True

    def show_lines(self, epochs: Floats, training: Floats, test: Floats, moment: int | None = None) -> None:
        """Draw (rows, 3) values over the (rows,) epochs at which their intervals begin; NaN where there is none.

        A run that is behind what was drawn began anew, and is seen as a whole.

        Parameters
        ----------
        moment
            The row that is seen, of a run that goes on behind it; the last one where None.
        """
        self._epochs, self._lines, self._moment = epochs, (training, test), moment
        zoomed = self.epochs.zoomed
        self._reach()
        self.show_epochs()
        if zoomed and not self.epochs.zoomed:
            self.zoom_changed.emit()

    def show_ghosts(self, ghosts: Sequence[Ghost]) -> None:
        """Draw the lines of these other branches behind those of the run, which are shown next."""
        pointed = self._pointed_ghost
        if pointed is not None:  # of a curve that grows there is another ghost each time
            self._pointed_ghost = next((ghost for ghost in ghosts if ghost.key == pointed.key), None)
        self._ghosts.ghosts, self._fitted = ghosts, None
        self.show_epochs()

    def value_text(self, value: float) -> str:
        """How a value is written."""
        return self._scale.text(value)

    @Slot()
    def _on_theme_changed(self) -> None:
        super()._on_theme_changed()
        self._set_pens()
        if hasattr(self, "legend"):
            self._place_legend()
            self._fitted = None
            self.show_epochs()

    def _set_pens(self) -> None:
        for curve, envelope, colour in zip(self.curves, self.envelopes, self.colours, strict=True):
            curve.set_pen(colour, self._ratio)
            envelope.set_colour(colour, self._ratio)

    @property
    def colours(self) -> tuple[str, str]:
        """Of the training and of the test set."""
        return self._theme.palette.text, self._theme.palette.quiet

    def _place_legend(self) -> None:
        room = self.width() - px(LEGEND_LEFT) - px(SWITCHES_ROOM)
        self.legend.setGeometry(px(LEGEND_LEFT), 0, max(room, 1), px(HEIGHT))

    # ---- what is drawn

    def _reach(self) -> None:
        self._ghosts.epochs = self.epochs
        self.epochs.reach(max(float(self._epochs[-1]) if len(self._epochs) else 0.0, self._ghosts.last))

    def show_epochs(self) -> None:
        """Draw what is to be seen now."""
        self._fit()
        (left, right), (low, high) = self.view_box.viewRange()
        across = (right - left) / max(self.view_box.width(), 1.0)
        along = (high - low) / max(self.view_box.height(), 1.0)
        seen = self._seen_rows()
        edges = self.epochs.places(self._epochs[seen.start : seen.stop + 1])
        x = edges[: seen.stop - seen.start]
        edges = edges if len(edges) > len(x) else np.append(edges, edges[-1:])
        for curve, envelope, values in zip(self.curves, self.envelopes, self._lines, strict=True):
            first, lowest, highest = self._axis.places(values[seen]).T
            curve.show_values(*_clipped(x, first, left, right), across, along)
            below = np.where(np.isnan(lowest) & np.isfinite(highest), low, lowest)  # 0 has no logarithm
            envelope.show_values(edges, below, highest, (left, right), across)
        self._write()
        self._mark()

    def _seen_rows(self) -> slice:
        """The rows that reach into what is seen, and those beside them, to which the lines lead."""
        left, right = self.epochs.seen
        first = max(int(np.searchsorted(self._epochs, left, "right")) - 1, 0)
        return slice(first, min(int(np.searchsorted(self._epochs, right, "right")) + 1, len(self._epochs)))

    def _fit(self) -> None:
        left, right = self.epochs.seen
        first = max(int(np.searchsorted(self._epochs, left, "right")) - 1, 0)
        last = max(int(np.searchsorted(self._epochs, right, "right")), first + 1)
        values = np.concatenate([line[first:last] for line in self._lines])
        values = np.concatenate([values.ravel(), self._ghosts.values(values)])
        self._axis.fit(values, closely=self.epochs.zoomed)
        wanted = (self.epochs.ends, self.epochs.logarithmic, self._axis.key)
        if wanted == self._fitted:
            return
        self._fitted = wanted
        self.resetCachedContent()  # that is where the ghosts are
        self.viewport().update()
        self.view_box.setRange(xRange=self.epochs.ends, yRange=self._axis.ends, padding=0, disableAutoRange=True)
        self._ticks = self.epochs.ticks(max(self.width() // px(TICK_WIDTH), 2))
        self._below.end_labels_within(px(LABEL_ROOM))
        self._below.set_ticks(self._ticks)
        self._left.set_ticks(self._axis.ticks(max(self.height() // px(TICK_HEIGHT), 2), self._scale.tick))

    def _write(self) -> None:
        if self._pointed_ghost is not None and self._pointer is not None:
            self._write_ghost(self._pointed_ghost, self._pointer)
            return
        if not len(self._epochs):
            self.legend.show_rows("", [])
            return
        row = self.row_under_pointer()
        head = self.epoch_text(row) if self._pointer is not None else ""
        ranges = self.pointed and any((line[:, LOWEST] < line[:, HIGHEST]).any() for line in self._lines)
        rows = [LegendRow(tr(TRAINING), self._row_text(0, row), dashed=False, is_range=ranges)]
        if not np.isnan(self._lines[1]).all():
            rows.append(LegendRow(tr(TEST), self._row_text(1, row), dashed=True, is_range=ranges))
        self.legend.show_rows(head, rows)

    def _write_ghost(self, ghost: Ghost, epoch: float) -> None:
        """The name and the figures of another branch, in its hue."""
        epoch, *values = ghost.at(epoch)
        colour, head = ghost.colour(self._theme.palette), tr("epoch {number}", number=f"{max(int(epoch), 0):,}")
        training, test = map(self.value_text, values)
        rows = [LegendRow(one_line(ghost.name), training, dashed=False, colour=colour)]
        if not np.isnan(ghost.lines[1]).all():
            rows.append(LegendRow(tr(TEST), test, dashed=True, colour=colour))
        self.legend.show_rows(head, rows)

    def _row_text(self, line: int, row: int) -> str:
        first, low, high = self._lines[line][row].tolist()
        if self._pointer is None or not low < high:
            return self.value_text(first)
        return range_text(low, high, self.value_text)

    def figure(self, title: str) -> Figure:
        """All of it with what its axis is, and without the pointer."""
        size = QSizeF(self.width(), self.height() + px(AXIS_TITLE))

        def paint(painter: QPainter) -> None:
            pointer, ratio = self._pointer, self._ratio
            self._point_at(None)
            self.set_ratio(painter.device().devicePixelRatio())  # else its lines would be thinner than on the screen
            self.on_paper = True
            self.setCacheMode(LinePlot.CacheModeFlag.CacheNone)  # its pixels are those of the screen
            paint_widget(painter, self)
            self.setCacheMode(LinePlot.CacheModeFlag.CacheBackground)
            self.on_paper = False
            self.set_ratio(ratio)
            self._point_at(pointer)
            canvas = self.view_box.sceneBoundingRect()
            painter.setFont(label_font(FIGURE_SIZE))
            painter.setPen(QColor(self._theme.palette.quiet))
            place = QRectF(canvas.left(), self.height(), canvas.width(), px(AXIS_TITLE))
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, tr("epochs"))

        return Figure(title, size, paint)

    # ---- the pointer

    @property
    def pointed(self) -> bool:
        """Whether the pointer is on the plot."""
        return self._pointer is not None

    def row_under_pointer(self) -> int:
        """The interval of epochs that is pointed at; that of the moment that is seen where none is."""
        if self._pointer is None:
            return -1 if self._moment is None else self._moment
        return max(int(np.searchsorted(self._epochs, self._pointer + 0.5, "right")) - 1, 0)

    def epoch_text(self, row: int) -> str:
        """The whole epoch, or the epochs, of an interval."""
        row = row % len(self._epochs)
        first = math.floor(self._epochs[row])
        last = math.ceil(self._epochs[row + 1]) - 1 if row + 1 < len(self._epochs) else first
        if last <= first:
            return tr("epoch {number}", number=f"{first:,}")
        return tr("epochs {first} to {last}", first=f"{first:,}", last=f"{last:,}")

    def _mark(self) -> None:
        """Let the foreground have what is to lie over the lines now: no item of the scene tells of that."""
        marks = self._made_marks()
        if marks != self._marks or marks.dots:
            self._marks = marks
            self.viewport().update()

    def _made_marks(self) -> LineMarks:
        if not len(self._epochs):
            return LineMarks()
        row = self.row_under_pointer()
        pairs = list(zip(self._lines, self.colours, strict=True))
        return LineMarks(
            dots=tuple(dot for line, colour in pairs for dot in self._dots(line, row, colour)),
            arrows=tuple((x, colour) for line, colour in pairs for x in self._arrows(line)),
            moment=None if self._moment is None else self._to_pixels(self._epochs[self._moment], 0.0).x(),
            pointer=(self._to_pixels(self._epochs[row], 0.0).x(), self.epoch_text(row)) if self.pointed else None,
            selected=self.selected(),
            figures=tuple(self._figures_of_epochs()) if self.pointed else (),
        )

    def _figures_of_epochs(self) -> Iterator[tuple[float, float]]:
        """From where to where each figure of the axis stands, in pixels."""
        for place, text in self._ticks:
            middle = self.view_box.mapViewToScene(QPointF(place, 0.0)).x()
            half = text_width([text]) / 2 + px(1)
            yield middle - half, middle + half

    def _dots(self, line: Floats, row: int, colour: str) -> list[tuple[QPointF, str]]:
        """One where the pointer or an earlier moment is, or on what is no line yet; none on what can't be seen."""
        if not self.pointed and self._moment is None and len(self._epochs) > 1:
            return []
        value = line[row, FIRST]
        place = self._to_pixels(self._epochs[row], value)
        has_place = math.isfinite(float(self._axis.places(np.array([value]))[0]))
        inside = self.view_box.sceneBoundingRect().adjusted(-1, -1, 1, 1).contains(place)
        return [(place, colour)] if has_place and inside else []

    def _arrows(self, line: Floats) -> list[float]:
        """Where values lie below the axis, which only the logarithmic one never has: it has no place for them."""
        if self._axis.logarithmic or not self._axis.low < 0.0:
            return []
        left, right = self.epochs.seen
        below = (line[:, LOWEST] < self._axis.low) & (self._epochs >= left) & (self._epochs <= right)
        return spread(self._to_pixels(epoch, 0.0).x() for epoch in self._epochs[below].tolist())

    def drawBackground(self, painter: QPainter, rect: QRectF) -> None:
        """Called by Qt, which keeps it until it is told that it is another one."""
        super().drawBackground(painter, rect)
        self._ghosts.paint(painter, self.view_box.sceneBoundingRect(), self._theme.palette)

    def drawForeground(self, painter: QPainter, rect: QRectF) -> None:
        """Called by Qt: what lies over the lines."""
        canvas = self.view_box.sceneBoundingRect()
        if self._pointed_ghost is not None and not self.on_paper:
            self._ghosts.paint_pointed(painter, canvas, self._theme.palette, self._pointed_ghost)
        self._marks.paint(painter, canvas, canvas.right() + px(RIGHT_MARGIN), self._theme.palette)
        super().drawForeground(painter, rect)

    def _to_pixels(self, epoch: float, value: float) -> QPointF:
        x = float(self.epochs.places(np.array([epoch]))[0])
        y = float(self._axis.places(np.array([value]))[0])
        return QPointF(self.view_box.mapViewToScene(QPointF(x, y if math.isfinite(y) else self._axis.ends[0])))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Called by Qt."""
        super().mouseMoveEvent(event)
        canvas = self.view_box.sceneBoundingRect()
        inside = canvas.contains(event.position())
        ghost = self._ghosts.at(event.position(), canvas) if inside and not event.buttons() else None
        if ghost is not self._pointed_ghost:
            self._pointed_ghost = ghost
            self.viewport().update()
        self._point_at(self.epoch_at(event.position()) if inside else None)

    def leaveEvent(self, event: QEvent) -> None:
        """Called by Qt."""
        super().leaveEvent(event)
        self._pointed_ghost = None
        self._point_at(None)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Called by Qt."""
        super().resizeEvent(event)
        if hasattr(self, "legend"):  # Qt resizes before the constructor is through
            self._place_legend()
            self._fitted = None
            self.show_epochs()

    def _point_at(self, epoch: float | None) -> None:
        self._pointer = epoch
        self._write()
        self._mark()


def _clipped(x: Floats, y: Floats, left: float, right: float) -> tuple[Floats, Floats]:
    """The same line, ended where it leaves the view: a line that is zoomed into can be thousands of views long."""
    if len(x) < 2 or (x[0] >= left and x[-1] <= right):
        return x, y
    inside = (x > left) & (x < right)
    ends = np.clip([left, right], x[0], x[-1])
    at_ends = np.interp(ends, x, y)
    return np.concatenate([ends[:1], x[inside], ends[1:]]), np.concatenate([at_ends[:1], y[inside], at_ends[1:]])
