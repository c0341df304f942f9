"""The network drawing as a figure for a sheet of paper: units and activations stand in words under their layers."""

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter

from nnplay.gui.paint.figure import Figure
from nnplay.gui.panels.network.canvas import NetworkCanvas
from nnplay.gui.panels.network.layout import LayerColumn, NetworkLayout
from nnplay.gui.panels.network.shape import NetworkShape
from nnplay.gui.panels.network.units_box import units_text
from nnplay.gui.theme.fonts import label_font
from nnplay.gui.theme.palette import Palette
from nnplay.gui.theme.scale import scaled
from nnplay.nn import ACTIVATIONS
from nnplay.texts import tr

GAP = 7.0
"""Between a column and its words, in pixels at the factor 1."""


def network_figure(canvas: NetworkCanvas, shape: NetworkShape | None, palette: Palette) -> Figure:
    """The whole network, as large as it is on the screen, with the key of its weights."""

    def paint(painter: QPainter) -> None:
        canvas.paint_still(painter)
        if shape is not None and canvas.layout_ is not None:
            _paint_words(painter, canvas.layout_, shape, palette)
        canvas.paint_key(painter)

    return Figure(tr("Network"), QSizeF(canvas.size()), paint)


def layer_words(shape: NetworkShape, column: int) -> list[str]:
    """What stands under a column, a line each: ``4 units`` and ``tanh``."""
    ends = {0: shape.inputs_text, len(shape.sizes) - 1: shape.outputs_text}
    if column in ends:
        count, things = ends[column]
        return [tr("{count} {things}", count=count, things=things)]
    return [units_text(shape.sizes[column]), tr(ACTIVATIONS[shape.kinds.activations[column - 1]].label)]


def _paint_words(painter: QPainter, layout: NetworkLayout, shape: NetworkShape, palette: Palette) -> None:
    painter.setFont(label_font(12))
    painter.setPen(QColor(palette.text))
    metrics = QFontMetricsF(painter.font())
    for number, column in enumerate(layout.columns):
        words = layer_words(shape, number)
        narrow = max(map(metrics.horizontalAdvance, words)) > layout.spacing
        if narrow and 0 < number < len(layout.columns) - 1:
            words = [str(shape.sizes[number])]
        for line, text in enumerate(words):
            painter.drawText(_line(layout, column, line, metrics), Qt.AlignmentFlag.AlignCenter, text)


def _line(layout: NetworkLayout, column: LayerColumn, line: int, metrics: QFontMetricsF) -> QRectF:
    """The place of a line, centred under its column and inside the drawing."""
    half = min(layout.spacing, column.x, layout.room.width - column.x)
    top = column.bottom + scaled(GAP) + line * metrics.lineSpacing()
    return QRectF(QPointF(column.x - half, top), QSizeF(2 * half, metrics.height()))
