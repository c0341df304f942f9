"""The entries of a list to choose from: the present one ticked, beside a name a small curve, or a line below it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QIcon, QPainter, QPalette, QPen, QPolygonF
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from nnplay.gui.guard import Guarded
from nnplay.gui.theme.fonts import label_font
from nnplay.gui.theme.scale import px, scaled
from nnplay.nn import ACTIVATIONS
from nnplay.training.option import Option

DETAIL = Qt.ItemDataRole.UserRole + 1
"""The `Detail` of an entry; its value is Qt's `UserRole`."""
ROW, TALL_ROW = 27, 44
"""Pixels of an entry in one line, and of one in two."""
TICK, CURVE = (12, 9), (36, 22)
"""Widths and heights of what stands before a name."""
BESIDE, LINE_SIZE = 8, 11
INPUTS, OUTPUTS = (-4.0, 4.0), (-1.2, 1.6)
"""The sums z that a small curve shows, and the outputs: the same for all, so that they can be compared."""
POINTS = 73
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class Detail:
    """What an entry tells beside its name.

    Attributes
    ----------
    sentence
        What it does, for its tooltip.
    line
        Whether the sentence stands below the name, too.
    curve
        The activation whose function is drawn before the name; "" for none.
    """

    sentence: str
    line: bool = False
    curve: str = ""


Details = Mapping[Any, Detail]


def details_of(option: Option, make: Callable[[str, str], Detail] | None = None) -> Details:
    """The details of all that can be chosen of an option, made from (name, sentence)."""
    return {name: make(name, help_) if make else Detail(help_) for name, help_ in option.choice_helps.items()}


def activation_detail(name: str, sentence: str) -> Detail:
    """An activation with its function."""
    return Detail(sentence, curve=name)


def lined_detail(_name: str, sentence: str) -> Detail:
    """Something that a line tells more of than a picture could."""
    return Detail(sentence, line=True)


class ListDelegate(Guarded, QStyledItemDelegate):
    """Draws the entries of one list."""

    def __init__(self, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Room for the tick, and for all that is drawn."""
        self.initStyleOption(option, index)
        detail = index.data(DETAIL)
        width = option.fontMetrics.horizontalAdvance(option.text)
        if _in_two_lines(detail):
            width = max(width, _line_metrics_width(detail.sentence))
        return QSize(_text_left(detail) + width + px(BESIDE), px(TALL_ROW if _in_two_lines(detail) else ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """The style's background, and on it tick, curve, name and line."""
        self.initStyleOption(option, index)
        text, detail = option.text, index.data(DETAIL)
        option.text, option.icon = "", QIcon()
        option.state &= ~QStyle.StateFlag.State_HasFocus  # what the keys are at is grey already
        self._view.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, self._view)
        enabled = bool(option.state & QStyle.StateFlag.State_Enabled)
        group = QPalette.ColorGroup.Active if enabled else QPalette.ColorGroup.Disabled
        ink = self._view.palette().color(group, QPalette.ColorRole.Text)
        quiet = self._view.palette().color(group, QPalette.ColorRole.Dark)
        rect = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(option.font)
        painter.setPen(ink)
        if self.is_present(index):
            _draw_tick(painter, _box(rect, px(BESIDE), TICK))
        if detail is not None and detail.curve:
            _draw_curve(painter, _box(rect, _curve_left(), CURVE), detail.curve)
        place = rect.adjusted(_text_left(detail), 0, 0, 0)
        if _in_two_lines(detail):
            half = rect.height() / 2 + scaled(1)
            align = Qt.AlignmentFlag.AlignLeft
            painter.drawText(place.adjusted(0, 0, 0, -half), align | Qt.AlignmentFlag.AlignBottom, text)
            painter.setFont(label_font(LINE_SIZE))
            painter.setPen(quiet)
            room = int(place.width()) - px(BESIDE)
            line = painter.fontMetrics().elidedText(detail.sentence, Qt.TextElideMode.ElideRight, room)
            painter.drawText(place.adjusted(0, half, 0, 0), align | Qt.AlignmentFlag.AlignTop, line)
        else:
            painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)
        painter.restore()

    def is_present(self, _index: Index) -> bool:
        """Whether an entry is the one in force, which has a tick."""
        return False


class ChoiceDelegate(ListDelegate):
    """Draws the entries of one combo box."""

    def __init__(self, combo: QComboBox) -> None:
        super().__init__(combo.view())
        self._combo = combo

    def is_present(self, index: Index) -> bool:
        """The one that is chosen."""
        return index.row() == self._combo.currentIndex()


def _in_two_lines(detail: Detail | None) -> bool:
    return detail is not None and detail.line


def _line_metrics_width(sentence: str) -> int:
    return QFontMetrics(label_font(LINE_SIZE)).horizontalAdvance(sentence)


def _curve_left() -> int:
    return px(BESIDE) + px(TICK[0]) + px(BESIDE)


def _text_left(detail: Detail | None) -> int:
    return _curve_left() + (px(CURVE[0]) + px(BESIDE) if detail is not None and detail.curve else 0)


def _box(row: QRectF, left: float, size: tuple[int, int]) -> QRectF:
    """A box of this size, `left` pixels from the left of its row and in the middle of its height."""
    width, height = scaled(size[0]), scaled(size[1])
    return QRectF(row.left() + left, row.center().y() - height / 2, width, height)


def _draw_tick(painter: QPainter, box: QRectF) -> None:
    painter.setPen(_pen(painter, 1.8))
    points = ((0.05, 0.55), (0.36, 0.92), (0.95, 0.08))
    painter.drawPolyline([QPointF(box.left() + x * box.width(), box.top() + y * box.height()) for x, y in points])


def _draw_curve(painter: QPainter, box: QRectF, activation: str) -> None:
    """The function over `INPUTS`, with the axes through 0."""
    painter.save()
    painter.setClipRect(box)
    axes = painter.pen().color()
    axes.setAlphaF(0.25)
    (left, right), (low, high) = INPUTS, OUTPUTS

    def place(z: float, a: float) -> QPointF:
        x, y = (z - left) / (right - left), (high - a) / (high - low)
        return QPointF(box.left() + x * box.width(), box.top() + y * box.height())

    ink = _pen(painter, 1.6)
    painter.setPen(QPen(axes, max(1.0, scaled(1))))
    painter.drawLine(place(left, 0.0), place(right, 0.0))
    painter.drawLine(place(0.0, low), place(0.0, high))
    painter.setPen(ink)
    painter.drawPolyline(QPolygonF([place(z, a) for z, a in curve_of(activation)]))
    painter.restore()


@lru_cache(maxsize=64)
def curve_of(activation: str) -> tuple[tuple[float, float], ...]:
    """Points (z, f(z)) of an activation, from its own code; two for a jump, which stands upright."""
    kind = ACTIVATIONS[activation]
    z = np.linspace(*INPUTS, POINTS)
    if kind.kink is not None:  # just beside the corner or the jump, too
        z = np.sort(np.append(z, [kind.kink - 1e-9, kind.kink + 1e-9]))
    a = np.empty_like(z)
    kind().apply(z, a)
    return tuple(zip(z.tolist(), a.tolist(), strict=True))


def _pen(painter: QPainter, width: float) -> QPen:
    pen = QPen(painter.pen().color(), scaled(width))
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    return pen
