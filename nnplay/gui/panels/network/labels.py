"""Paints the labels of a network drawing: the inputs' at their left, the outputs' at their right, how many more."""

from collections.abc import Collection, Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter

from nnplay.gui.panels.network.layout import NetworkLayout, Unit
from nnplay.gui.theme.fonts import label_font
from nnplay.gui.theme.palette import Palette
from nnplay.texts import tr

GAP = 9.0
"""Pixels between a unit and its label."""
DENSE = 22
"""Units of at most so many pixels have smaller labels."""


def paint_labels(
    painter: QPainter,
    layout: NetworkLayout,
    palette: Palette,
    left: Sequence[str],
    right: Sequence[str],
    off: Collection[Unit],
) -> None:
    """Paint the labels of the inputs, grey where they are `off`, and of the outputs; cut where there is no room."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setFont(label_font(13 if layout.side > DENSE else 11))
    metrics = QFontMetricsF(painter.font())
    height = metrics.height()
    inputs, outputs = layout.columns[0], layout.columns[-1]
    for index, text in enumerate(left[: inputs.shown]):
        unit = Unit(0, index)
        box = layout.box(unit)
        room = box.x - GAP
        painter.setPen(QColor(palette.disabled if unit in off else palette.text))
        place = QRectF(box.x - GAP - room, box.centre[1] - height / 2, room, height)
        flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(place, flags, metrics.elidedText(text, Qt.TextElideMode.ElideMiddle, room))
    painter.setPen(QColor(palette.text))
    for index, text in enumerate(right[: outputs.shown]):
        box = layout.box(Unit(len(layout.columns) - 1, index))
        start = box.x + box.width + GAP
        room = layout.room.width - start
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        elided = metrics.elidedText(text, Qt.TextElideMode.ElideMiddle, room)
        painter.drawText(QRectF(start, box.centre[1] - height / 2, room, height), flags, elided)
    _paint_mores(painter, layout, palette)


def _paint_mores(painter: QPainter, layout: NetworkLayout, palette: Palette) -> None:
    painter.setFont(label_font(11))
    painter.setPen(QColor(palette.quiet))
    for column in layout.columns:
        if column.more_y is not None:
            place = QRectF(column.x - 60, column.more_y - 9, 120, 18)
            painter.drawText(
                place, Qt.AlignmentFlag.AlignCenter, tr("+{n} more|+{n} more", "units that are not drawn", column.more)
            )
