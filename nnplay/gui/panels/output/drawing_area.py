"""Places the canvas, its colour bar and the strip of tools beside it, as large as the room allows."""

from PySide6.QtCore import QSize, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from nnplay.gui.guard import Guarded
from nnplay.gui.panels.output.axis_name import HEIGHT
from nnplay.gui.panels.output.colour_bar import ColourBar
from nnplay.gui.panels.output.plane_view import BOTTOM, FIGURES, MARGIN, PlaneView
from nnplay.gui.panels.output.tools.tool_strip import WIDTH, ToolStrip
from nnplay.gui.theme.scale import px, px_size

SMALLEST_CANVAS = 104


class DrawingArea(Guarded, QWidget):
    """The canvas of a plane stays square, with its colour bar and tools beside it, in the middle of what is left over.

    Where nothing can be drawn the tools give their room to the canvas.
    """

    def __init__(self, view: PlaneView, bar: ColourBar, strip: ToolStrip, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view, self._bar, self._strip = view, bar, strip
        self._draws = True
        for part in (view, bar, strip):
            part.setParent(self)
        view.room_changed.connect(self._place)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def minimumSizeHint(self) -> QSize:
        """The smallest canvas with its axes, and what stands beside it."""
        beside = self._bar.needed(px(SMALLEST_CANVAS)) + (
            self._strip.width_in(px(SMALLEST_CANVAS)) if self._draws else 0
        )
        across, along = HEIGHT + FIGURES + SMALLEST_CANVAS + MARGIN, SMALLEST_CANVAS + BOTTOM + MARGIN
        return QSize(px(across) + beside, px(along))

    def sizeHint(self) -> QSize:
        """What looks good."""
        return px_size(456, 430)

    def show_tools(self, *, draws: bool) -> None:
        """Have the tools beside the canvas, or not; the colour bar may need another room too."""
        self._draws = draws
        self._strip.setVisible(draws)
        self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Called by Qt."""
        super().resizeEvent(event)
        self._place()

    @Slot()
    def _place(self) -> None:
        margin, tools = px(MARGIN), self._strip.width_in(self.height() - px(BOTTOM + MARGIN)) if self._draws else 0
        beside = self._bar.needed(self.width() - tools)
        width, height = self._view.canvas_size(self.width() - tools - beside, self.height())
        left = max((self.width() - width - beside - tools) // 2, 0)
        self._view.setGeometry(left, 0, width, height)
        right = left + width
        self._bar.setGeometry(right, 0, beside, height)
        self._bar.set_span(margin, height - px(BOTTOM))
        length = max(height - px(BOTTOM) - margin, self._strip.least)
        self._strip.setGeometry(right + beside, margin, max(tools, px(WIDTH)), length)
        self._strip.fit(length)
