"""Places the canvas and the strip of tools beside it, as large as the room allows."""

from PySide6.QtCore import QSize, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from nnplay.gui.guard import Guarded
from nnplay.gui.panels.output.axis_name import HEIGHT
from nnplay.gui.panels.output.plane_view import BOTTOM, FIGURES, MARGIN, PlaneView
from nnplay.gui.panels.output.tools.tool_strip import WIDTH, ToolStrip
from nnplay.gui.theme.scale import px_size

SMALLEST_CANVAS = 140


class DrawingArea(Guarded, QWidget):
    """The canvas of a plane stays square; both stand in the middle of what is left over."""

    def __init__(self, view: PlaneView, strip: ToolStrip, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view, self._strip = view, strip
        view.setParent(self)
        strip.setParent(self)
        view.room_changed.connect(self._place)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def minimumSizeHint(self) -> QSize:
        """The smallest canvas with its axes, and the strip."""
        return QSize(SMALLEST_CANVAS + HEIGHT + FIGURES + MARGIN + WIDTH, SMALLEST_CANVAS + BOTTOM + MARGIN)

    def sizeHint(self) -> QSize:
        """What looks good."""
        return px_size(456, 430)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Called by Qt."""
        super().resizeEvent(event)
        self._place()

    @Slot()
    def _place(self) -> None:
        width, height = self._view.canvas_size(self.width() - WIDTH, self.height())
        left = max((self.width() - width - WIDTH) // 2, 0)
        self._view.setGeometry(left, 0, width, height)
        beside = max(height - BOTTOM - MARGIN, self._strip.least)
        self._strip.setGeometry(left + width, MARGIN, WIDTH, beside)
        self._strip.fit(beside)
