"""Paints the labels of a network drawing: the inputs' at their left, the outputs' at their right, how many more."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter

from nnplay.gui.panels.network.layout import NetworkLayout, Unit
from nnplay.gui.theme.fonts import label_font
from nnplay.gui.theme.palette import Palette
from nnplay.gui.theme.scale import scaled
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
) -> None:
    """Paint the labels of the inputs and of the outputs; cut where there is no room."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setFont(label_font(13 if layout.side > scaled(DENSE) else 11))
    metrics = QFontMetricsF(painter.font())
    height, gap = metrics.height(), scaled(GAP)
    painter.setPen(QColor(palette.text))
    inputs, outputs = layout.columns[0], layout.columns[-1]
    for index, text in enumerate(left[: inputs.shown]):
        box = layout.box(Unit(0, index))
        room = box.x - gap
        place = QRectF(0, box.centre[1] - height / 2, room, height)
        flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(place, flags, metrics.elidedText(text, Qt.TextElideMode.ElideMiddle, room))
    for index, text in enumerate(right[: outputs.shown]):
        box = layout.box(Unit(len(layout.columns) - 1, index))
        start = box.x + box.width + gap
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
            place = QRectF(column.x - scaled(60), column.more_y - scaled(9), scaled(120), scaled(18))
            painter.drawText(
                place, Qt.AlignmentFlag.AlignCenter, tr("+{n} more|+{n} more", "units that are not drawn", column.more)
            )
