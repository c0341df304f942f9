"""What can be chosen of the brush and the eraser: a small popup beside their button."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from nnplay.gui.panels.output.tools.drawing_board import DrawingBoard
from nnplay.gui.panels.output.tools.strokes import Brush, Stroke
from nnplay.gui.theme.sizes import set_fixed_width, set_margins
from nnplay.gui.theme.style import set_role
from nnplay.gui.widgets.labelled_slider import LabelledSlider, steps
from nnplay.gui.widgets.number_format import percent_text
from nnplay.texts import tr

SIZES = steps(0.25, 3.0, 0.05)
DENSITIES = steps(1, 12, 1)
WIDTH = 208


class StrokeOptions(QFrame):
    """Size of the circle and, for the brush, points a dab; takes effect while the slider moves."""

    def __init__(self, board: DrawingBoard, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        set_role(self, "popup")
        self._board = board
        self._tool: Stroke | None = None
        self.setAccessibleName(tr("Options of the tool"))
        self.size_slider = LabelledSlider(
            tr("Size"), SIZES, lambda size: percent_text(size / 12, 0), tr("How wide the circle is, of the canvas")
        )
        self.density = LabelledSlider(
            tr("Density"), DENSITIES, lambda count: f"{count:.0f}", tr("How many points the brush scatters at a time")
        )
        column = QVBoxLayout(self)
        set_margins(column, 14, 12, 14, 10)
        column.addWidget(self.size_slider)
        column.addWidget(self.density)
        set_fixed_width(self, WIDTH)
        self.size_slider.value_changed.connect(self._on_size)
        self.density.value_changed.connect(self._on_density)

    def open_for(self, tool: Stroke, right_top: QPoint) -> None:
        """Open with its right upper corner at a place of the screen."""
        self._tool = tool
        self.size_slider.set_value(tool.radius)
        self.density.setVisible(isinstance(tool, Brush))
        if isinstance(tool, Brush):
            self.density.set_value(tool.density)
        self.adjustSize()
        self.move(right_top - QPoint(self.width(), 0))
        self.show()
        self.size_slider.setFocus()

    def _on_size(self, size: float) -> None:
        if self._tool is not None:
            self._tool.radius = float(size)
            self._board.tool_changed.emit(self._tool)

    def _on_density(self, density: float) -> None:
        if isinstance(self._tool, Brush):
            self._tool.density = int(density)
