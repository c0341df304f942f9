"""A line of arithmetic laid out within a width: ``z = w · x + b = 0.51 · 1.00 + 0.13 = 0.64``, and painted."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from nnplay.gui.paint.formula.boxes import (
    FormulaBox,
    FormulaPiece,
    FormulaStroke,
    Glyphs,
    NumberPlace,
    Pen,
    column,
    padded,
    points_of,
    row,
)
from nnplay.gui.paint.formula.writer import BlankWidth, Writer
from nnplay.gui.theme.palette import Palette
from nnplay.training.arithmetic.expression import Line, Number
from nnplay.training.arithmetic.text import Side, line_sides

BETWEEN = 0.35
"""Room between the rows of a line, as a part of the size."""
INDENT = 1.2
"""How far a row begins further right that goes on with the sum above it."""
ROUND = 3
"""Radius of what is marked."""

Marked = Callable[[object], bool]


@dataclass(frozen=True)
class LaidLine:
    """A line with all its pieces; (0, 0) is its upper left corner.

    Attributes
    ----------
    width, height
        What it takes.
    pieces
        To paint.
    baseline
        Of its first row, from the top.
    equals
        Where the relation of the first row begins, from the left.
    """

    width: float
    height: float
    pieces: tuple[FormulaPiece, ...]
    baseline: float
    equals: float

    @property
    def places(self) -> list[NumberPlace]:
        """Where something can be pointed at: each `Number`, each `Rest`, each blank."""
        return [piece for piece in self.pieces if isinstance(piece, NumberPlace)]

    def at(self, point: QPointF) -> object:
        """The innermost `Number` or `Rest` at a point; None where there is none."""
        found = [place for place in self.places if place.rect.contains(point)]
        return min(found, key=lambda place: place.rect.width() * place.rect.height()).of if found else None

    def paint(self, painter: QPainter, palette: Palette, marked: Marked | None = None) -> None:
        """Paint it at (0, 0), with a ground behind what is `marked`."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if marked is not None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(palette.pressed))
            for place in self.places:
                if marked(place.of):
                    painter.drawRoundedRect(place.rect.adjusted(-2, -1, 2, 1), ROUND, ROUND)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        ink = QColor(palette.text)
        for piece in self.pieces:
            if isinstance(piece, Glyphs):
                painter.setPen(ink)
                painter.setFont(piece.font)
                painter.drawText(QPointF(piece.x, piece.y), piece.text)
            elif isinstance(piece, FormulaStroke):
                painter.setPen(QPen(ink, piece.width))
                painter.drawPolyline(points_of(piece))
        painter.restore()


def laid_line(
    line: Line,
    digits: int,
    size: float,
    width: float,
    *,
    left: float = 0.0,
    stacked: bool = False,
    slots: list[float] | None = None,
    blank: BlankWidth | None = None,
) -> LaidLine:
    """Lay a line out.

    Parameters
    ----------
    digits
        Decimals of numbers.
    size
        Of letters, in pixels, with the window's scale in it.
    width
        Within which sums are wrapped at their signs. What holds together may still be wider.
    left
        Room for the result's symbol, so that the relations of several lines stand below each other.
    stacked
        Whether formula, numbers and value each have a row of their own, also where one row has room for all.
    slots
        See `Writer`: a list that is kept between two layouts of the same line.
    blank
        See `Writer`.
    """

    def is_blank(number: Number) -> bool:
        return blank is not None and blank(number) is not None

    pen = Pen(size)
    writer = Writer(pen, digits, slots=slots, blank=blank)
    name = padded(writer.symbol(line.result), left)
    first = pen.text(" ← " if line.assignment else " = ")
    equals = padded(pen.text(" = "), first.width)
    write = {
        Side.SYMBOLS: lambda: writer.symbols(line.expression),
        Side.NUMBERS: lambda: writer.numbers(line.expression),
        Side.VALUE: lambda: [writer.number(line.result)],
    }
    sides = [write[side]() for side in line_sides(line, digits, None if blank is None else is_blank)]
    relations = [first, *[equals] * (len(sides) - 1)]
    in_a_row = row([name, *(box for relation, side in zip(relations, sides, strict=True) for box in (relation, *side))])
    if stacked or in_a_row.width > width:
        rows = _rows(relations, sides, width - name.width, pen, stacked=stacked)
        whole = row([name, column(rows, size * BETWEEN)])
    else:
        whole = in_a_row
    pieces = whole.moved(0, whole.ascent)
    return LaidLine(whole.width, whole.height, pieces, whole.ascent, name.width)


def result_width(line: Line, size: float) -> float:
    """The width of the symbol of what a line computes."""
    return Writer(Pen(size), 2).symbol(line.result).width


def _rows(
    relations: list[FormulaBox], sides: list[list[FormulaBox]], width: float, pen: Pen, *, stacked: bool
) -> list[FormulaBox]:
    """Each side in a row of its own, or beside the one before it where it needn't be and there is room."""
    rows: list[FormulaBox] = []
    whole, wrapped, wrapping = False, list[list[FormulaBox]](), relations[0]
    for relation, side in zip(relations, sides, strict=True):
        beside = row([relation, *side])
        if whole and not stacked and rows[-1].width + beside.width <= width:
            rows[-1] = row([rows[-1], beside])
            continue
        if wrapped and not stacked and wrapping.width + row(wrapped[-1]).width + beside.width <= width:
            wrapped[-1].append(beside)  # behind the end of a sum
            rows[-1] = row([wrapping, _under_each_other(wrapped, pen)])
            continue
        whole = beside.width <= width
        wrapped, wrapping = [] if whole else _wrapped(side, width - relation.width, pen), relation
        rows.append(beside if whole else row([relation, _under_each_other(wrapped, pen)]))
    return rows


def _wrapped(pieces: list[FormulaBox], width: float, pen: Pen) -> list[list[FormulaBox]]:
    """Pieces of a sum in rows of at most this width; rows after the first are indented."""
    rows: list[list[FormulaBox]] = [[]]
    used = 0.0
    for piece in pieces:
        if rows[-1] and used + piece.width > width:
            rows.append([pen.space(INDENT)])
            used = pen.size * INDENT
        rows[-1].append(piece)
        used += piece.width
    return rows


def _under_each_other(rows: list[list[FormulaBox]], pen: Pen) -> FormulaBox:
    return column([row(each) for each in rows], pen.size * BETWEEN)
