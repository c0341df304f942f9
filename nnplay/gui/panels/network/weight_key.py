"""The key at the foot of the network drawing: how wide, and of what colour, edges of some weights are."""

from collections.abc import Sequence

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from nnplay.gui.panels.network.edges import EdgePainter
from nnplay.gui.theme.fonts import figure_font, label_font
from nnplay.gui.theme.palette import Palette
from nnplay.gui.theme.scale import scaled
from nnplay.gui.widgets.number_format import number_text
from nnplay.texts import mark, tr

HEIGHT = 38.0
"""Pixels at the factor 1 that the key takes, as all lengths here."""
SAMPLE, GAP, SIDE = 26.0, 14.0, 14.0
LINE_AT, TEXT_AT = 10.0, 19.0
Key = tuple[tuple[float, float], ...]
KEY_TIP = mark("The wider and the stronger in colour an edge is, the further its weight is from zero")
PHASE_KEY_TIP = mark(
    "The wider and the stronger in colour an edge is, the further its number is from zero: "
    "forward blue is above it and orange below, on the way back purple and green"
)
STEPS = 3
"""Numbers on each side of zero, where there is room."""


def key_values(full: float, steps: int = STEPS) -> tuple[float, ...]:
    """Round numbers up to the weight that has the widest edge, and the same below zero, rising: −2, −1, −0.5, …"""
    positive = [_round_down(full, (1, 2, 3, 4, 5, 6, 8))]
    while len(positive) < steps:
        positive.append(_round_down(positive[-1] / 2, (1, 2, 5)))
    return (*(-value for value in positive), *reversed(positive))


def _round_down(value: float, figures: Sequence[int]) -> float:
    """The largest of these figures times a power of ten that isn't larger."""
    digits, _, exponent = f"{value:.12e}".partition("e")
    return float(f"{max(figure for figure in figures if figure <= float(digits))}e{exponent}")


def key_of(edges: EdgePainter) -> Key:
    """What the key says now: the weights, and how wide their edges are."""
    return () if edges.full is None else tuple((value, edges.pen(value).widthF()) for value in key_values(edges.full))


def paint_weight_key(
    painter: QPainter,
    place: QRectF,
    edges: EdgePainter,
    palette: Palette,
    title: str = "",
    words: Sequence[str] = (),
) -> None:
    """Paint the key at the right of a place; nothing before weights are known, or where it has no room.

    Parameters
    ----------
    title
        What the edges show, where these aren't weights.
    words
        Lines at the left of the place, for which the key is shorter where there is little room.
    """
    full = edges.full
    if full is None:
        return
    title = title or tr("weight")
    figures, metrics = QFontMetricsF(figure_font(11)), QFontMetricsF(label_font(11))
    of_words = max((metrics.horizontalAdvance(line) + scaled(2 * GAP) for line in words), default=0.0)
    for steps, beside in ((STEPS, of_words), (STEPS - 1, of_words), (1, of_words), (1, 0.0)):
        values = key_values(full, steps)
        texts = [number_text(value) for value in values]
        each = max(scaled(SAMPLE), *(figures.horizontalAdvance(text) for text in texts)) + scaled(GAP)
        width = metrics.horizontalAdvance(title) + scaled(GAP) + len(values) * each
        if width <= place.width() - 2 * scaled(SIDE) - beside:
            break
    else:
        return
    left = place.right() - scaled(SIDE) - len(values) * each + scaled(GAP) / 2
    line, height = place.top() + scaled(LINE_AT), metrics.height()
    painter.setPen(QColor(palette.quiet))
    painter.setFont(label_font(11))
    of_title = QRectF(place.left(), line - height / 2, left - scaled(GAP) - place.left(), height)
    painter.drawText(of_title, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, title)
    room = of_title.width() - metrics.horizontalAdvance(title) - scaled(GAP + SIDE)
    _paint_words(painter, QRectF(place.left() + scaled(SIDE), place.top(), room, place.height()), words)
    _paint_steps(painter, QPointF(left, place.top()), each, values, edges)


def _paint_steps(painter: QPainter, start: QPointF, each: float, values: Sequence[float], edges: EdgePainter) -> None:
    """Beside each other, `each` pixels apart, edges of some numbers, and these below them."""
    painter.setFont(figure_font(11))
    height, line = QFontMetricsF(painter.font()).height(), start.y() + scaled(LINE_AT)
    middles = [start.x() + number * each + (each - scaled(GAP)) / 2 for number in range(len(values))]
    for middle, value in zip(middles, values, strict=True):
        place = QRectF(middle - each / 2, start.y() + scaled(TEXT_AT), each, height)
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, number_text(value))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for middle, value in zip(middles, values, strict=True):
        painter.setPen(QPen(edges.pen(value)))
        painter.drawLine(QLineF(middle - scaled(SAMPLE) / 2, line, middle + scaled(SAMPLE) / 2, line))


def _paint_words(painter: QPainter, room: QRectF, lines: Sequence[str]) -> None:
    metrics = QFontMetricsF(painter.font())
    top = room.center().y() - len(lines) * metrics.height() / 2
    for number, line in enumerate(lines):
        at = QRectF(room.left(), top + number * metrics.height(), room.width(), metrics.height())
        text = metrics.elidedText(line, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(at, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)
