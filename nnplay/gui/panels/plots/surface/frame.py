"""What stands around a slice: figures of its axes, their names, and the bar that says how high which ink is."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF

from nnplay.gui.paint.kept import Kept
from nnplay.gui.paint.picture import Picture
from nnplay.gui.paint.round_ticks import round_ticks
from nnplay.gui.panels.plots.surface.picture import Heights, bar_of
from nnplay.gui.panels.plots.surface.shown import ShownSlice
from nnplay.gui.theme.fonts import figure_font, label_font
from nnplay.gui.theme.palette import Palette
from nnplay.gui.theme.scale import scaled
from nnplay.gui.widgets.number_format import number_text
from nnplay.texts import mark, tr

LEFT, BOTTOM, TOP, RIGHT = 40, 18, 6, 64
"""Room for figures and the bar beside the slice."""
FIGURES, NAMES = 11, 11
TICK_ROOM = 56
"""Pixels from one tick to the next, about."""
BAR, BESIDE_BAR = 8, 10
"""How wide it is, and how far from the slice."""
FIGURE_ROOM, MOST_FIGURES = 20, 8
"""Pixels from one figure of the bar to the next, at least, and parts into which they divide it, at most."""
MOST_DIGITS = 4
INSIDE = 6
BUTTONS, BOX = 26, 34
"""Room above the bar for buttons, and beside a name for what makes it a box."""
HALO = 3.0
CENTRE = Qt.AlignmentFlag.AlignCenter
BEFORE = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
BEHIND = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


def paint_axes(painter: QPainter, palette: Palette, area: QRectF, shown: ShownSlice) -> None:
    """The figures left of the slice and below it."""
    painter.setPen(QColor(palette.quiet))
    painter.setFont(figure_font(FIGURES))
    line = scaled(FIGURES + 4)
    for axis, (reach, origin) in enumerate(zip(shown.reach, shown.origin, strict=True)):
        length = area.height() if axis else area.width()
        ticks = round_ticks(origin - reach, origin + reach, max(int(length // scaled(TICK_ROOM)), 2))
        room = scaled(FIGURES + 5 if axis else 36)
        every = max(round(0.5 + len(ticks.places) * room / length), 1) if len(ticks.places) * room > length else 1
        texts = [number_text(place, 3) for place in ticks.places] if ticks.power else ticks.texts
        for place, text in list(zip(ticks.places, texts, strict=True))[::every]:
            share = (place - origin + reach) / (2 * reach)
            if axis == 0:
                half = painter.fontMetrics().horizontalAdvance(text) / 2
                x = min(area.left() + share * area.width(), area.right() - half)  # the bar's unit stands behind it
                painter.drawText(QRectF(x - scaled(40), area.bottom() + 2, scaled(80), line), CENTRE, text)
            else:
                y = min(max(area.bottom() - share * area.height(), line / 2), area.bottom() - line / 2 + scaled(6))
                painter.drawText(QRectF(0, y - line / 2, area.left() - scaled(5), line), BEFORE, text)


def paint_names(painter: QPainter, palette: Palette, area: QRectF, shown: ShownSlice, *, boxed: bool) -> None:
    """Inside of it, in its corners: a low slice has no room for them beside it. Boxes may have the names already."""
    painter.setFont(label_font(NAMES))
    metrics, inside = painter.fontMetrics(), scaled(INSIDE)
    width = int(area.width() - 2 * inside)
    across, up = (
        metrics.elidedText(tr(text, name=name), Qt.TextElideMode.ElideMiddle, width)
        for text, name in zip((mark("{name} →"), mark("↑ {name}")), shown.names, strict=True)
    )
    base, right = area.top() + inside + metrics.ascent() - scaled(2), area.right() - inside
    if not boxed:
        end = QPointF(right - metrics.horizontalAdvance(across), area.bottom() - inside)
        halo_text(painter, palette, QPointF(area.left() + inside, base), up)
        halo_text(painter, palette, end, across)
    beside = metrics.horizontalAdvance(across) + scaled(BOX) if boxed else metrics.horizontalAdvance(up)
    room = area.width() - beside - 3 * inside
    share = next((text for text in shown.shares if metrics.horizontalAdvance(text) <= room), "")
    if boxed:
        place = QPointF(area.left() + inside, area.bottom() - inside)
    else:
        place = QPointF(right - metrics.horizontalAdvance(share), base)
    halo_text(painter, palette, place, share)


def halo_text(painter: QPainter, palette: Palette, start: QPointF, text: str) -> None:
    """A text on its base line that is read on any height."""
    path = QPainterPath()
    path.addText(start, painter.font(), text)
    pen = QPen(QColor(palette.panel), scaled(HALO))
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.strokePath(path, pen)
    painter.setPen(QColor(palette.text))
    painter.drawText(start, text)


def bar_texts(losses: list[float]) -> list[str]:
    """Losses in two figures, or in so many more that each is another one, as far as there is room."""
    for figures in range(2, MOST_DIGITS):
        texts = [number_text(loss, figures) for loss in losses]
        if len(set(texts)) == len(texts):
            return texts
    return [number_text(loss, MOST_DIGITS) for loss in losses]


class HeightBar:
    """The bar right of a slice."""

    def __init__(self) -> None:
        self._picture: Kept[Picture] = Kept()

    def paint(self, painter: QPainter, palette: Palette, area: QRectF, shown: ShownSlice) -> None:
        """With losses beside it, and a mark where the present weights are."""
        top = area.top() + scaled(BUTTONS)
        bar = QRectF(area.right() + scaled(BESIDE_BAR), top, scaled(BAR), max(area.bottom() - top, 1.0))
        pixels = bar.height() * painter.deviceTransform().m11()
        picture = self._picture.of((palette, pixels), lambda: bar_of(palette, pixels))
        painter.drawImage(bar, picture.image)
        heights = Heights(shown.losses)
        figures = min(max(int(bar.height() // scaled(FIGURE_ROOM)), 1), MOST_FIGURES)
        painter.setFont(figure_font(FIGURES))
        painter.setPen(QColor(palette.quiet))
        line, ascent = scaled(FIGURES + 4), scaled(FIGURES + 4) / 2
        painter.drawText(QRectF(bar.left(), area.bottom() + 2, scaled(60), line), BEHIND, shown.unit)
        shares = [place / figures for place in range(figures + 1)]
        for share, text in zip(shares, bar_texts([heights.loss_at(share) for share in shares]), strict=True):
            y = min(max(bar.bottom() - share * bar.height(), bar.top() + ascent - scaled(3)), bar.bottom() - ascent + 2)
            painter.drawText(QRectF(bar.right() + scaled(6), y - line / 2, scaled(60), line), BEHIND, text)
        here = float(heights.shares_of(shown.losses)[len(shown.losses) // 2, len(shown.losses) // 2])
        y, size = bar.bottom() - here * bar.height(), scaled(5)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(palette.text))
        tip = QPointF(bar.left(), y)
        painter.drawPolygon(QPolygonF([tip, tip + QPointF(-size, size * 0.7), tip + QPointF(-size, -size * 0.7)]))
