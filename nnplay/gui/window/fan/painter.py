"""Paints the card of futures."""

import math
from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from nnplay.gui.paint.picture import Picture
from nnplay.gui.paint.round_ticks import round_ticks
from nnplay.gui.theme.fonts import figure_font, label_font, title_font
from nnplay.gui.theme.palette import mix
from nnplay.gui.theme.scale import scaled
from nnplay.gui.theme.theme import Theme
from nnplay.gui.widgets.number_format import NONE, glance_text
from nnplay.gui.window.fan.curves import Curves
from nnplay.gui.window.fan.places import PLOT_LEFT, RIM, Places
from nnplay.texts import tr
from nnplay.training.futures import Futures

FAINTEST = 0.3
"""How far the colour of the smallest value is from the background towards that of the largest."""
GHOST, STRONG = 1.2, 2.4
"""Pixels, of the futures and of the one that is pointed at."""
TICKS = 4
LEFT, RIGHT, CENTER = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight, Qt.AlignmentFlag.AlignHCenter
MIDDLE = Qt.AlignmentFlag.AlignVCenter


class FanPainter:
    """Paints the futures of one number; the larger the value, the stronger its colour."""

    def __init__(self, theme: Theme, futures: Futures, curves: Curves, names: Sequence[str], *, held: bool) -> None:
        self._theme, self._futures, self._curves, self._names = theme, futures, curves, names
        take = tr("Let go on one to take it") if held else tr("Arrows or pointer choose, Enter or a click takes")
        self._hint = tr("{take} · Escape takes none", take=take)
        self._title = tr("{number}: the coming {n} epochs", number=futures.alternatives.option.label, n=futures.epochs)

    def paint(
        self, painter: QPainter, places: Places, pictures: Sequence[Picture], large: Picture | None, chosen: int
    ) -> None:
        """All of it."""
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        self._paint_heading(painter, places)
        self._paint_axes(painter, places.plot)
        self._paint_curves(painter, places.plot, chosen)
        self._paint_columns(painter, places, pictures, chosen)
        self._paint_side(painter, places, large, chosen)

    def _paint_heading(self, painter: QPainter, places: Places) -> None:
        room = QRectF(scaled(RIM), scaled(12), places.side.right() - scaled(RIM), scaled(20))
        title = QFontMetricsF(title_font()).horizontalAdvance(self._title)
        self._write(painter, room, self._title, title_font(), self._theme.palette.quiet, LEFT)
        rest = room.adjusted(title + scaled(24), 0, 0, 0)
        self._write(painter, rest, self._hint, label_font(11), self._theme.palette.quiet, RIGHT)

    def _paint_axes(self, painter: QPainter, plot: QRectF) -> None:
        palette, curves = self._theme.palette, self._curves
        small = figure_font(11)
        painter.setPen(QPen(QColor(palette.line), scaled(1)))
        ticks = round_ticks(curves.low, curves.top, TICKS)
        heights = [curves.y(value, plot) for value in ticks.places]
        for height in heights:
            painter.drawLine(QPointF(plot.left(), height), QPointF(plot.right(), height))
        for text, height in zip(ticks.texts, heights, strict=True):
            room = QRectF(0, height - scaled(8), scaled(PLOT_LEFT - 8), scaled(16))
            self._write(painter, room, text, small, palette.quiet, RIGHT)
        if ticks.unit:
            room = QRectF(plot.left(), plot.top() - scaled(16), plot.width(), scaled(14))
            self._write(painter, room, ticks.unit, small, palette.quiet, LEFT)
        now = curves.x(curves.now, plot)
        painter.setPen(QPen(QColor(palette.quiet), scaled(1), Qt.PenStyle.DotLine))
        painter.drawLine(QPointF(now, plot.top()), QPointF(now, plot.bottom()))
        first, step = self._futures.first_epoch, self._futures.epochs // 4
        for epoch in range(first, first + self._futures.epochs + 1, step):
            room = QRectF(curves.x(epoch, plot) - scaled(40), plot.bottom() + scaled(4), scaled(80), scaled(16))
            self._write(painter, room, f"{epoch:,}", small, palette.quiet, CENTER)

    def _paint_curves(self, painter: QPainter, plot: QRectF, chosen: int) -> None:
        palette, curves, futures = self._theme.palette, self._curves, self._futures
        epochs = curves.epochs()
        painter.save()
        painter.setClipRect(plot.adjusted(0, -scaled(2), scaled(2), scaled(2)))
        for k, losses in enumerate(futures.train_losses):
            painter.setPen(QPen(self._colour(k), scaled(GHOST)))
            painter.drawPolyline(curves.line(epochs, losses, plot))
        run = QPen(QColor(palette.text), scaled(1.6))
        painter.setPen(run)
        painter.drawPolyline(curves.line(curves.past_epochs, curves.past_train, plot))
        strong = QPen(QColor(palette.text), scaled(STRONG))
        painter.setPen(strong)
        painter.drawPolyline(curves.line(epochs, futures.train_losses[chosen], plot))
        dashed = QPen(QColor(palette.quiet), scaled(1.4), Qt.PenStyle.DashLine)
        painter.setPen(dashed)
        painter.drawPolyline(curves.line(curves.past_epochs, curves.past_test, plot))
        painter.drawPolyline(curves.line(epochs, futures.test_losses[chosen], plot))
        painter.restore()

    def _paint_columns(self, painter: QPainter, places: Places, pictures: Sequence[Picture], chosen: int) -> None:
        palette, present = self._theme.palette, self._futures.alternatives.present
        for k, column in enumerate(places.columns):
            thumb = places.thumb(k)
            if k == chosen:
                painter.setPen(QPen(QColor(palette.text), scaled(1.6)))
                painter.setBrush(QColor(palette.field))
                painter.drawRoundedRect(column.adjusted(scaled(1), 0, -scaled(1), 0), scaled(5), scaled(5))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._colour(k))
            if pictures:
                painter.drawImage(thumb, pictures[k].image)
                below = QRectF(thumb.left(), thumb.bottom() + scaled(2), thumb.width(), scaled(3))
                painter.drawRect(below)
            else:
                painter.drawEllipse(thumb.center(), scaled(7), scaled(7))
            if self._futures.diverged[k]:
                self._cross(painter, thumb)
            room = QRectF(column.left() - scaled(4), thumb.bottom() + scaled(6), column.width() + scaled(8), scaled(15))
            ink = palette.text if k in (chosen, present) else palette.quiet
            self._write(painter, room, self._names[k], figure_font(10, bold=k == present), ink, CENTER)

    def _paint_side(self, painter: QPainter, places: Places, large: Picture | None, chosen: int) -> None:
        palette, futures, side = self._theme.palette, self._futures, places.side
        top = side.top()
        if large is not None:
            painter.drawImage(places.map, large.image)
            top = places.map.bottom() + scaled(4)
        line = QRectF(side.left(), top, side.width(), scaled(22))
        holds = chosen == futures.alternatives.present
        name = tr("{value}, as it is", value=self._names[chosen]) if holds else self._names[chosen]
        self._write(painter, line, name, figure_font(15, bold=True), palette.text, CENTER)
        line = QRectF(side.left(), line.bottom(), side.width(), scaled(16))
        if futures.diverged[chosen]:
            self._write(painter, line, tr("diverges"), label_font(12), palette.alarm, CENTER)
            return
        train, test = futures.train_losses[chosen, futures.done], futures.test_losses[chosen, futures.done]
        self._write(painter, line, tr("training {loss}", loss=_loss_text(train)), figure_font(12), palette.text, CENTER)
        if not math.isnan(test):
            line.translate(0, line.height())
            self._write(painter, line, tr("test {loss}", loss=_loss_text(test)), figure_font(12), palette.quiet, CENTER)

    def _cross(self, painter: QPainter, thumb: QRectF) -> None:
        """Over a future that leaves the finite numbers."""
        painter.setPen(QPen(QColor(self._theme.palette.alarm), scaled(1.6)))
        inner = thumb.adjusted(*(scaled(length) for length in (9, 9, -9, -9)))
        painter.drawLine(inner.topLeft(), inner.bottomRight())
        painter.drawLine(inner.topRight(), inner.bottomLeft())

    def _colour(self, k: int) -> QColor:
        palette, most = self._theme.palette, max(len(self._names) - 1, 1)
        return QColor(mix(palette.panel, palette.back_positive, FAINTEST + (1.0 - FAINTEST) * k / most))

    def _write(
        self, painter: QPainter, room: QRectF, text: str, font: QFont, colour: str, side: Qt.AlignmentFlag
    ) -> None:
        painter.setFont(font)
        painter.setPen(QColor(colour))
        shown = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, int(side | MIDDLE), shown)


def _loss_text(loss: float) -> str:
    return glance_text(loss) if math.isfinite(loss) else NONE
