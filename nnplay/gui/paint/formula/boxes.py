"""Pieces of a formula and how they stand beside, above and over each other; no formula is known here.

A box has its origin at its left end on its baseline; y goes down.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFont, QFontMetricsF

from nnplay.gui.theme.fonts import figure_font

SCRIPT = 0.72
"""Size of an index beside that of its letter."""
AXIS = 0.29
"""Height of the minus, the fraction's bar and the middle of brackets above the baseline, as a part of the size."""
PADDING = 0.18
"""Room between a fraction's bar and what is above and below it."""


@dataclass(frozen=True)
class Glyphs:
    """A text at a place of its baseline."""

    x: float
    y: float
    text: str
    font: QFont

    def moved(self, dx: float, dy: float) -> "Glyphs":
        """The same elsewhere."""
        return Glyphs(self.x + dx, self.y + dy, self.text, self.font)


@dataclass(frozen=True)
class FormulaStroke:
    """A line through some points."""

    points: tuple[tuple[float, float], ...]
    width: float

    def moved(self, dx: float, dy: float) -> "FormulaStroke":
        """The same elsewhere."""
        return FormulaStroke(tuple((x + dx, y + dy) for x, y in self.points), self.width)


@dataclass(frozen=True)
class NumberPlace:
    """Where something can be pointed at: a number, what unfolds a sum; or, with `blank`, a number is to be typed."""

    rect: QRectF
    of: object
    blank: bool = False

    def moved(self, dx: float, dy: float) -> "NumberPlace":
        """The same elsewhere."""
        return NumberPlace(self.rect.translated(dx, dy), self.of, self.blank)


FormulaPiece = Glyphs | FormulaStroke | NumberPlace


@dataclass(frozen=True)
class FormulaBox:
    """Some pieces and the room that they take."""

    width: float = 0.0
    ascent: float = 0.0
    descent: float = 0.0
    pieces: tuple[FormulaPiece, ...] = ()

    @property
    def height(self) -> float:
        """From top to bottom."""
        return self.ascent + self.descent

    def moved(self, dx: float, dy: float) -> tuple[FormulaPiece, ...]:
        """The pieces elsewhere."""
        if not dx and not dy:
            return self.pieces
        return tuple([piece.moved(dx, dy) for piece in self.pieces])  # a list is faster than a generator


@dataclass(frozen=True)
class Pen:
    """What boxes are made with: a size of letters in pixels."""

    size: float

    @property
    def script(self) -> "Pen":
        """The pen of indices."""
        return Pen(self.size * SCRIPT)

    @property
    def axis(self) -> float:
        """How far above the baseline a fraction's bar is."""
        return self.size * AXIS

    @property
    def line(self) -> float:
        """How thick bars are."""
        return max(1.0, self.size * 0.07)

    def text(self, text: str, *, italic: bool = False) -> FormulaBox:
        """Letters and figures; figures are all equally wide."""
        return _text(text, self.size, italic)

    def space(self, width: float) -> FormulaBox:
        """Room beside: a part of the size."""
        return FormulaBox(self.size * width)

    def fraction(self, top: FormulaBox, bottom: FormulaBox) -> FormulaBox:
        """One box above another, with a bar between them."""
        side, gap = self.size * 0.12, self.size * PADDING
        width = max(top.width, bottom.width) + 2 * side
        above, below = -self.axis - gap - top.descent, -self.axis + gap + bottom.ascent
        bar = FormulaStroke(((side / 2, -self.axis), (width - side / 2, -self.axis)), self.line)
        pieces = (
            *top.moved((width - top.width) / 2, above),
            bar,
            *bottom.moved((width - bottom.width) / 2, below),
        )
        return FormulaBox(width, top.ascent - above, bottom.descent + below, pieces)

    def root(self, inner: FormulaBox) -> FormulaBox:
        """A square root."""
        hook, gap = self.size * 0.6, self.size * 0.14
        top, bottom, middle = -inner.ascent - gap, inner.descent, -inner.ascent * 0.3 + inner.descent * 0.7
        right = hook + inner.width + gap
        points = ((0.0, middle), (hook * 0.25, middle - gap / 2), (hook * 0.5, bottom), (hook * 0.9, top), (right, top))
        return FormulaBox(right + gap / 2, gap * 1.5 + inner.ascent, inner.descent,
                   (FormulaStroke(points, self.line), *inner.moved(hook + gap / 2, 0)))  # fmt: skip

    def scripts(self, base: FormulaBox, sub: FormulaBox | None, sup: FormulaBox | None) -> FormulaBox:
        """Indices below and above, one over the other."""
        width = base.width + max(box.width if box else 0.0 for box in (sub, sup)) + self.size * 0.05
        pieces, ascent, descent = list(base.pieces), base.ascent, base.descent
        if sub is not None:
            down = max(self.size * 0.22, base.descent - self.size * 0.22)
            pieces += sub.moved(base.width, down)
            descent = max(descent, down + sub.descent)
        if sup is not None:
            up = max(self.size * 0.38, base.ascent - self.size * 0.5)
            pieces += sup.moved(base.width, -up)
            ascent = max(ascent, up + sup.ascent)
        return FormulaBox(width, ascent, descent, tuple(pieces))

    def over(self, base: FormulaBox, marks: str) -> FormulaBox:
        """A hat, a bar or a tilde above a letter; several, from below up, with spaces between them."""
        left, right = base.width * 0.14, base.width * 0.98
        middle, third = (left + right) / 2, (right - left) / 3
        strokes = []
        for place, mark in enumerate(marks.split()):
            low = -self.size * (0.63 + 0.2 * place)
            high = low - self.size * 0.13
            points = {
                "hat": ((left, low), (middle, high), (right, low)),
                "bar": ((left, (low + high) / 2), (right, (low + high) / 2)),
                "tilde": ((left, low), (left + third * 0.7, high), (right - third * 0.7, low), (right, high)),
            }[mark]
            strokes.append(FormulaStroke(points, self.line))
        ascent = max(base.ascent, self.size * (0.65 + 0.2 * len(strokes)))
        return replace(base, ascent=ascent, pieces=(*base.pieces, *strokes))

    def bracketed(self, inner: FormulaBox) -> FormulaBox:
        """Round brackets, as high as what is between them."""
        usual = self.text("(")
        if inner.height <= usual.height * 1.15:
            return row([usual, inner, self.text(")")])
        top, bottom = -inner.ascent, inner.descent
        middle, bend = (top + bottom) / 2, min(self.size * 0.22, inner.height * 0.1)
        arc = tuple((bend * (1 - t) * (1 + t), middle + (bottom - top) / 2 * t) for t in _ARC)
        left = tuple((bend * 1.7 - x, y) for x, y in arc)
        right = tuple((bend * 0.7 + x, y) for x, y in arc)
        side = FormulaBox(bend * 2.4, inner.ascent, inner.descent, (FormulaStroke(left, self.line * 1.2),))
        other = FormulaBox(bend * 2.4, inner.ascent, inner.descent, (FormulaStroke(right, self.line * 1.2),))
        return row([side, inner, other])

    def blank(self, width: float, of: object) -> FormulaBox:
        """Room for a field."""
        half = self.size * 0.85
        rect = QRectF(0, -self.axis - half, width, 2 * half)
        return FormulaBox(width, self.axis + half, half - self.axis, (NumberPlace(rect, of, blank=True),))


_ARC = (-1.0, -0.75, -0.5, -0.25, 0.0, 0.25, 0.5, 0.75, 1.0)


def row(boxes: Iterable[FormulaBox]) -> FormulaBox:
    """Side by side on one baseline."""
    x, ascent, descent = 0.0, 0.0, 0.0
    pieces: list[FormulaPiece] = []
    for box in boxes:
        pieces += box.moved(x, 0) if x else box.pieces
        x += box.width
        ascent, descent = max(ascent, box.ascent), max(descent, box.descent)
    return FormulaBox(x, ascent, descent, tuple(pieces))


def column(boxes: Sequence[FormulaBox], gap: float) -> FormulaBox:
    """Below each other, left ends in line; the baseline is that of the first."""
    y, width, descent = 0.0, 0.0, 0.0
    pieces: list[FormulaPiece] = []
    for index, box in enumerate(boxes):
        y = y if index == 0 else y + descent + gap + box.ascent
        pieces += box.moved(0, y)
        descent, width = box.descent, max(width, box.width)
    return FormulaBox(width, boxes[0].ascent, y + descent, tuple(pieces))


def padded(box: FormulaBox, width: float) -> FormulaBox:
    """As wide as this at least; what there is stands at the right, as numbers do."""
    return box if box.width >= width else FormulaBox(width, box.ascent, box.descent, box.moved(width - box.width, 0))


def pointed(box: FormulaBox, of: object) -> FormulaBox:
    """A box that can be pointed at."""
    return replace(box, pieces=(NumberPlace(QRectF(0, -box.ascent, box.width, box.height), of), *box.pieces))


def points_of(stroke: FormulaStroke) -> list[QPointF]:
    """As Qt takes them."""
    return [QPointF(x, y) for x, y in stroke.points]


@lru_cache(maxsize=64)
def _font(size: float, italic: bool) -> tuple[QFont, QFontMetricsF]:
    font = figure_font()
    font.setPixelSize(max(1, round(size)))
    font.setItalic(italic)
    return font, QFontMetricsF(font)


@lru_cache(maxsize=8192)
def _text(text: str, size: float, italic: bool) -> FormulaBox:
    font, metrics = _font(size, italic)
    width = metrics.horizontalAdvance(text)
    return FormulaBox(width, size * 0.8, size * 0.24, (Glyphs(0.0, 0.0, text, font),))
