"""The base of everything that is drawn by pyqtgraph: its axes and its background in the palette's colours."""

import pyqtgraph as pg
from pyqtgraph.graphicsItems.ViewBox.ViewBox import ChildGroup
from pyqtgraph.GraphicsScene import GraphicsScene
from PySide6.QtCore import QEvent, Slot
from PySide6.QtWidgets import QGraphicsView, QWidget

from nnplay.gui.guard import Guarded, guard
from nnplay.gui.paint.axes import QuietAxis
from nnplay.gui.theme.sizes import set_margins, set_spacing
from nnplay.gui.theme.theme import Theme

for _part in (pg.ViewBox, pg.GraphicsLayout, GraphicsScene, ChildGroup):  # what of pyqtgraph Qt calls as it is
    guard(_part)


class PlotView(Guarded, pg.GraphicsView):  # type: ignore[misc]
    """A view box with an axis below and one at the left; lighter than a PlotWidget, with no menu and no zoom.

    Parameters
    ----------
    theme
        Its colours.
    left, bottom
        Room for the figures of the axes, in pixels at the factor 1.
    top, right
        Margins, in pixels at the factor 1.
    grid
        Whether lines run from the left axis over the view.
    """

    def __init__(
        self,
        theme: Theme,
        left: int,
        bottom: int,
        *,
        top: int,
        right: int,
        grid: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent, background=theme.palette.panel)
        self._theme = theme
        self.view_box = pg.ViewBox(enableMouse=False, enableMenu=False, defaultPadding=0.0)
        self._below = QuietAxis("bottom", bottom, theme)
        self._left = QuietAxis("left", left, theme, grid=grid)
        for axis in (self._below, self._left):
            axis.linkToView(self.view_box)
        layout = pg.GraphicsLayout(border=None)
        set_margins(layout, 0, top, right, 0)
        set_spacing(layout, 0)
        layout.addItem(self._left, 0, 0)
        layout.addItem(self.view_box, 0, 1)
        layout.addItem(self._below, 1, 1)
        self.setCentralItem(layout)
        theme.changed.connect(self._on_theme_changed)

    @Slot()
    def _on_theme_changed(self) -> None:
        self.setBackground(self._theme.palette.panel)

    def set_ratio(self, ratio: float) -> None:
        """Paint for a display with so many device pixels to one; pens that don't scale count in these."""

    def event(self, event: QEvent) -> bool:
        """Called by Qt; a window may be moved to a finer display at any time."""
        if event.type() in (QEvent.Type.Show, QEvent.Type.DevicePixelRatioChange):
            self.set_ratio(self.devicePixelRatioF())
        return bool(super().event(event))

    def close(self) -> bool:
        """Close as any widget does: pyqtgraph takes the scene apart first, which crashes where widgets lie on it."""
        return bool(QGraphicsView.close(self))
