"""One line under the canvas: where the pointer is and what the network outputs there, or a hint."""

from dataclasses import dataclass, replace

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from nnplay.gui.guard import Guarded
from nnplay.gui.theme.class_colours import class_colour
from nnplay.gui.theme.fonts import figure_font
from nnplay.gui.theme.scale import px_size, scaled
from nnplay.gui.theme.sizes import set_font
from nnplay.gui.theme.theme import Theme
from nnplay.gui.widgets.plain_text import cut_inside
from nnplay.texts import tr

HEIGHT = 20
GAP = 14.0
DOT = 4.0
SHORTEST = 3
"""Characters that are left of a name at least."""
COLOUR_MARK = "●"
"""Stands in a hint where a dot is painted."""


@dataclass(frozen=True)
class ReadoutPart:
    """A name and a number.

    Attributes
    ----------
    name, value
        ``"x₁"``, ``"1.42"``.
    group
        The class whose colour stands before it, or None.
    spare
        Whether it is left out first where there is too little room.
    """

    name: str
    value: str
    group: int | None = None
    spare: bool = False

    @property
    def text(self) -> str:
        """Both."""
        return f"{self.name} {self.value}" if self.name else self.value


class Readout(Guarded, QWidget):
    """Paints the parts from left to right; those that don't fit are left out, least important last."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        theme.changed.connect(self.update)
        self._parts: tuple[ReadoutPart, ...] = ()
        self._hint = ""
        self._hint_colours: tuple[str, ...] = ()
        set_font(self, lambda: figure_font(13))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("Values under the pointer"))

    def show_parts(self, parts: tuple[ReadoutPart, ...]) -> None:
        """Show these in place of the hint; no parts show the hint again."""
        if parts != self._parts:
            self._parts = parts
            self._tell()

    def show_hint(self, hint: str, colours: tuple[str, ...] = ()) -> None:
        """What is said while the pointer is elsewhere; each `COLOUR_MARK` in it is a dot of the next colour."""
        if (hint, colours) != (self._hint, self._hint_colours):
            self._hint, self._hint_colours = hint, colours
            self._tell()

    @property
    def hint(self) -> str:
        """What it says while the pointer is elsewhere, in words alone."""
        return self._hint.replace(COLOUR_MARK, "")

    def text(self) -> str:
        """What it says."""
        return "  ".join(part.text for part in self._parts) or self.hint

    def sizeHint(self) -> QSize:
        """One line."""
        return px_size(200, HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """It can be as narrow as it must."""
        return px_size(0, HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Called by Qt."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        metrics = QFontMetricsF(self.font())
        if not self._parts:
            self._paint_hint(painter, metrics)
            return
        x = 0.0
        for part in fitting(self._parts, self.font(), self.width()):
            x = self._paint_part(painter, part, x, metrics) + scaled(GAP)

    def _paint_hint(self, painter: QPainter, metrics: QFontMetricsF) -> None:
        """With its dots, or cut and without them where there is too little room."""
        quiet = QColor(self._theme.palette.quiet)
        first, *others = self._hint.split(COLOUR_MARK)
        painter.setPen(quiet)
        if metrics.horizontalAdvance(self.hint) + len(others) * _dot_width() > self.width():
            hint = metrics.elidedText(self.hint, Qt.TextElideMode.ElideRight, self.width())
            painter.drawText(QRectF(self.rect()), _LINE, hint)
            return
        painter.drawText(QRectF(self.rect()), _LINE, first)
        x = metrics.horizontalAdvance(first)
        for text, colour in zip(others, self._hint_colours, strict=True):
            x = self._paint_dot(painter, colour, x)
            painter.setPen(quiet)
            painter.drawText(QRectF(x, 0, self.width() - x, self.height()), _LINE, text)
            x += metrics.horizontalAdvance(text)

    def _paint_dot(self, painter: QPainter, colour: str, x: float) -> float:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colour))
        dot = scaled(DOT)
        painter.drawEllipse(QPointF(x + dot, self.height() / 2 + 0.5), dot, dot)
        return x + _dot_width()

    def _paint_part(self, painter: QPainter, part: ReadoutPart, x: float, metrics: QFontMetricsF) -> float:
        if part.group is not None:
            x = self._paint_dot(painter, class_colour(self._theme.palette, part.group), x)
        for text, colour in ((part.name, self._theme.palette.quiet), (part.value, self._theme.palette.text)):
            if text:
                painter.setPen(QColor(colour))
                painter.drawText(QRectF(x, 0, self.width(), self.height()), _LINE, text)
                x += metrics.horizontalAdvance(text) + (scaled(4) if text is part.name else 0)
        return x

    def _tell(self) -> None:
        self.setAccessibleDescription(self.text())
        self.update()


def fitting(parts: tuple[ReadoutPart, ...], font: QFont, width: float) -> list[ReadoutPart]:
    """The parts that fit side by side: spare ones go, then of classes with a colour the least likely; names are cut."""
    metrics = QFontMetricsF(font)

    def needed(chosen: list[ReadoutPart]) -> float:
        return sum(
            metrics.horizontalAdvance(part.text) + scaled(GAP) + (_dot_width() if part.group is not None else 0)
            for part in chosen
        )

    chosen = list(parts)
    if needed(chosen) - scaled(GAP) > width:
        chosen = [part for part in chosen if not part.spare]
    while needed(chosen) - scaled(GAP) > width and any(part.group is not None for part in chosen):
        chosen.remove(min((part for part in chosen if part.group is not None), key=lambda part: part.value))
    while needed(chosen) - scaled(GAP) > width:
        longest = max(range(len(chosen)), key=lambda index: len(chosen[index].name))
        part = chosen[longest]
        if len(part.name) <= SHORTEST:
            break
        chosen[longest] = replace(part, name=cut_inside(part.name, len(part.name) - 1))
    return chosen


def _dot_width() -> float:
    """Pixels of a dot with the gap behind it."""
    return scaled(2 * DOT + 4)


_LINE = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
