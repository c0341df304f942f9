"""What the units compute for one sample: a strip at the foot of each picture, a bar in those of the outputs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter

from nnplay.gui.panels.network.layout import Unit
from nnplay.gui.panels.network.placement import UnitRectangle
from nnplay.gui.theme.fonts import figure_font
from nnplay.gui.theme.palette import Palette

FONT, SMALLEST = 11, 9
"""Size of numbers, and of those that have no room otherwise."""
STRIP = 17.0
LEAST = 30.0
"""Height of a strip that has a number, and the width of the smallest unit that has one, in pixels at the factor 1."""
GAP, BELOW_LABEL, BAR, MARGIN = 9.0, 9.0, 5.0, 6.0
"""Beside the unit, from its middle to the bar, the bar's height, and what is left free at the border."""
BARE = 0.2
"""The part of a small unit's height that a strip without a number takes."""


@dataclass(frozen=True)
class UnitValue:
    """What one unit outputs.

    Attributes
    ----------
    text
        The number as it is read.
    colour
        Of the number on the scale of the unit's picture.
    share
        How much of the strip is filled, 0 to 1; all of it for a number that is no probability.
    of_class
        Whether it is the probability of a class, which has a bar beside the unit too.
    """

    text: str
    colour: str
    share: float = 1.0
    of_class: bool = False


def paint_values(
    painter: QPainter,
    units: Sequence[UnitRectangle],
    values: Mapping[Unit, UnitValue],
    pixel: float,
    beside: float,
    palette: Palette,
    *,
    on_top: bool = False,
) -> None:
    """Paint the strips of the units that have a value, and the classes' bars, in pixels of the device.

    Parameters
    ----------
    pixel
        Pixels of the device along one of those that lengths are written in.
    beside
        The room at the right of the outputs.
    on_top
        The strips are at the head of the units, and there are no bars.
    """
    fonts = _fonts(units, values, pixel)
    for placed in units:
        value = values.get(placed.unit)
        if value is not None:
            font = fonts[placed.unit.column]
            if font is not None:
                painter.setFont(font)
            _paint_strip(painter, placed, value, pixel, palette, with_text=font is not None, on_top=on_top)
            if value.of_class and not on_top:
                _paint_bar(painter, QRectF(placed.rectangle), value, pixel, beside, palette)


def _fonts(units: Sequence[UnitRectangle], values: Mapping[Unit, UnitValue], pixel: float) -> dict[int, QFont | None]:
    """Column → the largest of the fonts in which all of its numbers have room; None where none has it."""
    advance = QFontMetricsF(_font(FONT, pixel)).horizontalAdvance
    longest, width = dict[int, str](), dict[int, int]()
    for placed in units:
        value, column = values.get(placed.unit), placed.unit.column
        if value is not None:
            longest[column] = max(longest.get(column, ""), value.text, key=advance)
            width[column] = placed.rectangle.width()
    fonts = dict[int, QFont | None]()
    for column, text in longest.items():
        room = width[column] - 2 * pixel
        sizes = (size for size in range(FONT, SMALLEST - 1, -1) if _width(text, size, pixel) <= room)
        size = next(sizes, None) if width[column] >= LEAST * pixel else None
        fonts[column] = None if size is None else _font(size, pixel)
    return fonts


def _font(size: int, pixel: float) -> QFont:
    font = figure_font(size)
    font.setPixelSize(max(round(size * pixel), 1))
    return font


def _width(text: str, size: int, pixel: float) -> float:
    return QFontMetricsF(_font(size, pixel)).horizontalAdvance(text)


def _paint_strip(
    painter: QPainter,
    placed: UnitRectangle,
    value: UnitValue,
    pixel: float,
    palette: Palette,
    *,
    with_text: bool,
    on_top: bool,
) -> None:
    """Over the picture, with a line of the background between, and below the unit's frame."""
    unit, line = placed.rectangle, max(round(pixel), 1)
    height = round(STRIP * pixel) if with_text else max(round(BARE * unit.height()), 3)
    strip = QRect(unit.left(), unit.top() + (0 if on_top else unit.height() - height), unit.width(), height)
    painter.fillRect(strip.adjusted(0, 0, 0, line) if on_top else strip.adjusted(0, -line, 0, 0), QColor(palette.panel))
    painter.fillRect(strip.adjusted(0, 0, round(unit.width() * (value.share - 1.0)), 0), QColor(value.colour))
    painter.drawPixmap(unit.topLeft(), placed.frame)
    if with_text:
        painter.setPen(QColor(readable_on(value.colour if value.share > 0.5 else palette.panel)))
        painter.drawText(strip, Qt.AlignmentFlag.AlignCenter, value.text)


def _paint_bar(
    painter: QPainter, unit: QRectF, value: UnitValue, pixel: float, beside: float, palette: Palette
) -> None:
    """Under the label at the right of an output, as long as its class is likely."""
    left, top = unit.right() + GAP * pixel, unit.center().y() + BELOW_LABEL * pixel
    width, height = beside - (GAP + MARGIN) * pixel, max(round(BAR * pixel), 2)
    if width >= MARGIN * pixel:
        track = QRectF(round(left), round(top), width, height)
        painter.fillRect(track, QColor(palette.line))
        track.setWidth(width * value.share)
        painter.fillRect(track, QColor(value.colour))


def readable_on(background: str) -> str:
    """Black or white, whichever is told better from a colour."""
    return "#10141A" if QColor(background).lightnessF() > 0.46 else "#FFFFFF"
