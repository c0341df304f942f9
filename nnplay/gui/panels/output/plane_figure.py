"""The plane as a figure for a worksheet: canvas, axes, colour bar, the key of the points, and through where it goes."""

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter

from nnplay.gui.paint.figure import Figure, paint_widget
from nnplay.gui.panels.output.legend import CanvasLegend
from nnplay.gui.panels.output.plane_view import PlaneView
from nnplay.gui.theme.fonts import label_font
from nnplay.gui.theme.palette import Palette
from nnplay.gui.theme.scale import scaled

SIZE = 12
GAP = 8
"""Pixels between one part and the next below it."""
LINES = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop) | int(Qt.TextFlag.TextWordWrap)


def plane_figure(view: PlaneView, legend: CanvasLegend, note: str, palette: Palette) -> Figure:
    """What the view shows, named by what it is called, with its legend; `note` stands below, in several lines."""
    bar, key, gap = legend.bar, legend.points, scaled(GAP)
    across = view.geometry().united(bar.geometry()).width()
    room = QRectF(0, 0, across, 10_000)
    metrics = QFontMetricsF(label_font(SIZE))
    below = metrics.boundingRect(room, LINES, note).height() + gap if note else 0.0
    key_top = view.height() + gap
    note_top = key_top + key.sizeHint().height() + gap

    def paint(painter: QPainter) -> None:
        with view.on_paper(painter.deviceTransform().m11()):
            paint_widget(painter, view)
        for place, part in ((QPointF(bar.x() - view.x(), 0), bar.paint), (QPointF(0, key_top), key.paint)):
            painter.save()
            painter.translate(place)
            part(painter, QSizeF(across - place.x(), key.sizeHint().height()))
            painter.restore()
        if note:
            painter.setFont(label_font(SIZE))
            painter.setPen(QColor(palette.quiet))
            painter.drawText(room.translated(0, note_top), LINES, note)

    return Figure(view.accessibleName(), QSizeF(across, note_top + below), paint)
