"""The boundary as it was before the run was computed again without a point, dashed over the new one."""

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QPointF, Qt, Slot
from PySide6.QtGui import QColor, QPainterPath, QPen, QTransform
from PySide6.QtWidgets import QGraphicsPathItem

from nnplay.gui.panels.output.legend import CanvasLegend
from nnplay.gui.panels.output.plane_view import PlaneView
from nnplay.gui.session.past import PastChange
from nnplay.gui.session.session import Session
from nnplay.gui.theme.scale import scaled

Floats = NDArray[np.float64]

WIDTH, HALO = 1.6, 3.6
HEIGHT = 6.5
"""In the stack of what is drawn: above folds, below the points."""


class BoundaryBefore(QObject):
    """Shown where the new run stands, until it goes on or another moment, branch or plane is seen."""

    def __init__(self, session: Session, view: PlaneView, legend: CanvasLegend, parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._legend = session, legend
        self._change: PastChange | None = None
        self._of: tuple[object, ...] = ()
        self._items = [QGraphicsPathItem(), QGraphicsPathItem()]
        for item in self._items:
            item.setZValue(HEIGHT)
            item.setVisible(False)
            view.view_box.addItem(item, ignoreBounds=True)
        session.requests.past.connect(self._on_past)
        for signal in (session.timeline.changed, session.state_changed, session.data_changed):
            signal.connect(self.refresh)
        session.selection.slice_changed.connect(self.refresh)
        session.theme.changed.connect(self._colour)
        self._colour()

    @property
    def path(self) -> QPainterPath:
        """What is drawn, on the unit square; empty where nothing is."""
        return self._items[1].path() if self._items[1].isVisible() else QPainterPath()

    @Slot()
    def refresh(self) -> None:
        """The run may stand elsewhere."""
        timeline, change = self._session.timeline, self._change
        branch = timeline.record.current
        shown = (
            change is not None
            and self._of == self._now()
            and (branch.name, branch is change.branch) == (change.text, False)
            and not (self._session.running or timeline.looked_at is not None)
        )
        for item in self._items:
            item.setVisible(shown)
        self._legend.show_before(shown=shown)

    @Slot(object)
    def _on_past(self, change: PastChange) -> None:
        """The run is computed again, or was so already."""
        if change.classified is not None:
            self._change, self._of = change, self._now()
            path = boundary_path(change.classified)
            for item in self._items:
                item.setPath(path)
            self.refresh()

    def _now(self) -> tuple[object, ...]:
        session = self._session
        return session.timeline.record, session.timeline.record.step, session.prepared.plane, session.selection.slice

    @Slot()
    def _colour(self) -> None:
        palette = self._session.theme.palette
        for item, colour, width in zip(self._items, (palette.panel, palette.text), (HALO, WIDTH), strict=True):
            pen = QPen(QColor(colour), scaled(width))
            pen.setCosmetic(True)
            if colour == palette.text:
                pen.setStyle(Qt.PenStyle.DashLine)
            item.setPen(pen)


def boundary_path(outputs: Floats) -> QPainterPath:
    """Where the likeliest class changes, on the unit square: of (R, R, 1) probabilities of class 1, or of (R, R, K)."""
    if outputs.shape[2] == 1:
        margins = [outputs[:, :, 0] - 0.5]
    else:
        ranked = np.sort(outputs, axis=2)
        margins = [
            outputs[:, :, k] - np.where(outputs[:, :, k] < ranked[:, :, -1], ranked[:, :, -1], ranked[:, :, -2])
            for k in range(outputs.shape[2])
        ]
    path, side = QPainterPath(), 1.0 / (len(outputs) - 1)
    for margin in margins:
        if margin.min() < 0.0 < margin.max():
            path.addPath(pg.isocurve(margin.T, 0.0, path=True))
    half = QPointF(0.5, 0.5)  # that is where isocurve has the first of the points
    return QTransform.fromScale(side, side).translate(-half.x(), -half.y()).map(path)
