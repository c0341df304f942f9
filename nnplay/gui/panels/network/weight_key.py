"""The key at the foot of the network drawing: how wide, and of what colour, edges of some weights are."""

from collections.abc import Sequence

from PySide6.QtCore import QLineF, QRectF, Qt
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


def paint_weight_key(painter: QPainter, place: QRectF, edges: EdgePainter, palette: Palette, title: str = "") -> float:
    """Paint the key at the right of a place; nothing before weights are known, or where it has no room.

    Its `title` says what the edges show, where these aren't weights. Returns where it begins.
    """
    full = edges.full
    if full is None:
        return place.right()
    title = title or tr("weight")
    painter.setFont(figure_font(11))
    figures, words = QFontMetricsF(painter.font()), QFontMetricsF(label_font(11))
    for steps in (STEPS, STEPS - 1, 1):
        values = key_values(full, steps)
        texts = [number_text(value) for value in values]
        each = max(scaled(SAMPLE), *(figures.horizontalAdvance(text) for text in texts)) + scaled(GAP)
        width = words.horizontalAdvance(title) + scaled(GAP) + len(values) * each
        if width <= place.width() - 2 * scaled(SIDE):
            break
    else:
        return place.right()
    left = place.right() - scaled(SIDE) - len(values) * each + scaled(GAP) / 2
    line, top, height = place.top() + scaled(LINE_AT), place.top() + scaled(TEXT_AT), figures.height()
    painter.setPen(QColor(palette.quiet))
    for number, text in enumerate(texts):
        middle = left + number * each + (each - scaled(GAP)) / 2
        painter.drawText(QRectF(middle - each / 2, top, each, height), Qt.AlignmentFlag.AlignCenter, text)
    painter.setFont(label_font(11))
    of_title = QRectF(place.left(), line - height / 2, left - scaled(GAP) - place.left(), height)
    painter.drawText(of_title, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, title)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for number, value in enumerate(values):
        middle = left + number * each + (each - scaled(GAP)) / 2
        painter.setPen(QPen(edges.pen(value)))
        painter.drawLine(QLineF(middle - scaled(SAMPLE) / 2, line, middle + scaled(SAMPLE) / 2, line))
    return left - scaled(GAP) - words.horizontalAdvance(title)


def paint_words(painter: QPainter, place: QRectF, lines: Sequence[str], palette: Palette) -> None:
    """Paint a few words at the left of a place: what the numbers on the units are."""
    painter.setFont(label_font(11))
    painter.setPen(QColor(palette.quiet))
    metrics, room = QFontMetricsF(painter.font()), place.adjusted(scaled(SIDE), 0, -scaled(GAP), 0)
    top = room.center().y() - len(lines) * metrics.height() / 2
    for number, line in enumerate(lines):
        at = QRectF(room.left(), top + number * metrics.height(), room.width(), metrics.height())
        text = metrics.elidedText(line, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(at, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)
