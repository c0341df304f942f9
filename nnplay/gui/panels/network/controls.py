"""The buttons that stand in the network drawing: layers in its header, units and activation under each layer."""

from functools import partial

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from nnplay.gui.panels.network.on_drawing import OnDrawing
from nnplay.gui.panels.network.units_box import UnitsBox
from nnplay.gui.theme.fonts import figure_font, label_font
from nnplay.gui.theme.scale import px
from nnplay.gui.theme.sizes import add_spacing, set_font, set_grid_spacing, set_margins, set_spacing
from nnplay.gui.theme.style import set_role
from nnplay.gui.theme.theme import Theme
from nnplay.gui.widgets.buttons import IconButton
from nnplay.gui.widgets.choice_box import FlatCombo
from nnplay.gui.widgets.choice_list import activation_detail, details_of
from nnplay.gui.widgets.number_format import count_text
from nnplay.gui.widgets.plain_text import PlainLabel, set_tip
from nnplay.texts import tr
from nnplay.training.experiment import MAX_HIDDEN_LAYERS, MAX_UNITS
from nnplay.training.options import OPTIONS

ACTIVATION = OPTIONS["model.hidden_layers.N.activation"]
WIDE, TALL, LOW = 54, 84, 44
"""Pixels at the factor 1 that the controls under a column take: beside each other, below each other, and behind a
button in narrow columns."""
HELD_INTERVAL = 40
"""Milliseconds between two steps of a button that is held."""
ROOMY, ROOMIER = 66, 108
"""Columns this far apart have their controls in full, and these have − and + beside the number."""
CHIP = 24
"""Height of the button in narrow columns."""


class LayersHeader(QWidget):
    """``☐ Weights   2 hidden layers − +``.

    Attributes
    ----------
    weights
        Whether the edges carry their weights, where these are few.

    Signals
    -------
    asked(change)
        1 for one more, −1 for one fewer.
    """

    asked = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.label = PlainLabel()
        set_font(self.label, figure_font)
        self.fewer = IconButton(
            theme,
            "minus",
            tr("Remove the last hidden layer"),
            tr("A shallower network bends its boundary less"),
            role="round",
        )
        self.more = IconButton(
            theme,
            "plus",
            tr("Add a hidden layer"),
            tr("A deeper network can build on what its layers found"),
            role="round",
        )
        self.weights = QCheckBox(tr("Weights"))
        self.weights.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        set_font(self.weights, lambda: label_font(12))
        row = QHBoxLayout(self)
        set_margins(row, 0, 0, 0, 0)
        set_spacing(row, 6)
        row.addWidget(self.weights)
        add_spacing(row, 8)
        for widget in (self.label, self.fewer, self.more):
            row.addWidget(widget)
        self.fewer.clicked.connect(self._on_fewer)
        self.more.clicked.connect(self._on_more)

    def show_count(self, count: int) -> None:
        """The number of hidden layers now."""
        self.label.setText(tr("{n} hidden layer|{n} hidden layers", "", count))
        self.fewer.setEnabled(count > 0)
        self.more.setEnabled(count < MAX_HIDDEN_LAYERS)

    def show_weights(self, count: int, most: int) -> None:
        """How many weights the network has, of which edges can carry `most`."""
        self.weights.setEnabled(count <= most)
        if count <= most:
            set_tip(self.weights, tr("Write each weight on its edge, and watch the numbers that training changes"))
        else:
            set_tip(
                self.weights, tr("For networks of at most {most} weights; this one has {count}", most=most, count=count)
            )

    @Slot()
    def _on_fewer(self) -> None:
        self.asked.emit(-1)

    @Slot()
    def _on_more(self) -> None:
        self.asked.emit(1)


class LayerControls(QWidget):
    """Under one hidden layer: its units to type, between − and + or above them, and its activation.

    Signals
    -------
    units_asked(layer, units), activation_asked(layer, name)
    refused(str)
        Why a number of units can't be.
    """

    units_asked = Signal(int, int)
    activation_asked = Signal(int, str)
    refused = Signal(str)

    def __init__(self, theme: Theme, layer: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.layer = layer
        number = layer + 1
        self.units = UnitsBox(layer)
        self.fewer = IconButton(
            theme,
            "minus",
            tr("One unit fewer in hidden layer {layer}", layer=number),
            tr("A narrower layer tells fewer things apart"),
            role="round",
        )
        self.more = IconButton(
            theme,
            "plus",
            tr("One unit more in hidden layer {layer}", layer=number),
            tr("A wider layer tells more things apart"),
            role="round",
        )
        for button in (self.fewer, self.more):
            button.setAutoRepeat(True)
            button.setAutoRepeatInterval(HELD_INTERVAL)
        self.activation = FlatCombo(
            tr("Activation of hidden layer {layer}", layer=number),
            tr("How the layer's units bend what comes into them"),
            snug=True,
            details=details_of(ACTIVATION, activation_detail),
        )
        set_font(self.activation, lambda: label_font(12))
        self.activation.set_choices(ACTIVATION.choices)
        self._lay_out()
        self.units.committed.connect(self._on_units)
        self.units.refused.connect(self.refused)
        self.fewer.clicked.connect(self._on_fewer)
        self.more.clicked.connect(self._on_more)
        self.activation.activated.connect(self._on_activation)

    def show_layer(self, units: int, activation: str) -> None:
        """What the layer is now."""
        self.units.set_value(units)
        self.fewer.setEnabled(units > 1)
        self.more.setEnabled(units < MAX_UNITS)
        self.activation.set_value(activation)

    def _lay_out(self) -> None:
        self._grid = QGridLayout(self)
        set_margins(self._grid, 0, 0, 0, 0)
        set_grid_spacing(self._grid, 4, 2)
        self._is_wide: bool | None = None
        self.set_wide(True)

    def set_wide(self, wide: bool) -> None:
        """Whether − and + stand beside the number, or below it."""
        if wide == self._is_wide:
            return
        self._is_wide, grid, centre = wide, self._grid, Qt.AlignmentFlag.AlignCenter
        widgets: tuple[QWidget, ...] = (self.fewer, self.units, self.more, self.activation)
        for widget in widgets:
            grid.removeWidget(widget)
        if wide:
            for column, widget in enumerate(widgets[:3]):
                grid.addWidget(widget, 0, column, centre)
            grid.addWidget(self.activation, 1, 0, 1, 3, centre)
        else:
            grid.addWidget(self.units, 0, 0, 1, 2, centre)
            grid.addWidget(self.fewer, 1, 0, Qt.AlignmentFlag.AlignRight)
            grid.addWidget(self.more, 1, 1, Qt.AlignmentFlag.AlignLeft)
            grid.addWidget(self.activation, 2, 0, 1, 2, centre)

    def _step(self, button: IconButton, steps: int) -> None:
        """A click changes the layer at once; while the button is held only the number runs, and is set at the end."""
        held = button.isDown()
        if held or not self.units.stepping:
            self.units.stepBy(steps)
        if not held:
            self.units.commit()

    @Slot()
    def _on_fewer(self) -> None:
        self._step(self.fewer, -1)

    @Slot()
    def _on_more(self) -> None:
        self._step(self.more, 1)

    @Slot(object)
    def _on_units(self, units: int) -> None:
        self.units_asked.emit(self.layer, units)

    @Slot(int)
    def _on_activation(self, index: int) -> None:
        self.activation_asked.emit(self.layer, self.activation.itemData(index))


class EndLabel(OnDrawing):
    """Under the inputs or the outputs: how many there are, in one line or in two where columns are narrow."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._count, self._word = PlainLabel(parent=self), PlainLabel(parent=self)
        for label, size in ((self._count, 12), (self._word, 11)):
            set_font(label, partial(figure_font, size))
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            set_role(label, "quiet")

    def text(self) -> str:
        """What it says."""
        return " ".join(filter(None, (self._count.text(), self._word.text())))

    def place(self, count: int, word: str, x: float, y: float, room: float, *, narrow: bool) -> None:
        """Stand centred at `x`, but inside 0 … `room`."""
        text = count_text(count)
        self._count.setText(text if narrow else tr("{count} {things}", count=text, things=word))
        self._word.setText(word if narrow else "")
        width = max(self._count.sizeHint().width(), self._word.sizeHint().width() if narrow else 0) + px(2)
        left = min(max(x - width / 2, 0.0), room - width) if 0 <= x <= room else x - width / 2
        self.setGeometry(round(left), round(y), width, px(LOW if narrow else 20))
        middle = round(x - left)
        half = min(middle, width - middle) if narrow else width // 2  # a word may be wider than its count
        self._count.setGeometry((middle if narrow else half) - half, 0, 2 * half, px(CHIP if narrow else 18))
        self._word.setGeometry(0, px(CHIP), width, px(16))
        self._word.setVisible(narrow)


class LayerFooter(OnDrawing):
    """The controls of one hidden layer: in full, or behind a button with the number of units.

    Attributes
    ----------
    controls
        The controls themselves.
    button
        Opens them where columns are narrow.
    """

    def __init__(self, theme: Theme, layer: int, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.controls = LayerControls(theme, layer, self)
        self.button = QToolButton(self)
        set_font(self.button, lambda: figure_font(11))
        self.button.setAccessibleName(tr("Hidden layer {layer}: units and activation", layer=layer + 1))
        set_tip(self.button, tr("Change this layer's units and activation"))
        set_role(self.button, "chip")
        self._popup = QFrame(self, Qt.WindowType.Popup)
        set_role(self._popup, "sheet")
        inner = QVBoxLayout(self._popup)
        set_margins(inner, 14, 12, 14, 12)
        self._is_compact: bool | None = None
        self.button.clicked.connect(self._on_button)
        self.set_spacing(ROOMIER)

    def set_spacing(self, spacing: float) -> None:
        """Show the button only, or all controls, by how far apart columns are in pixels at the factor 1."""
        self.controls.set_wide(spacing >= ROOMIER or spacing < ROOMY)
        compact = spacing < ROOMY
        if compact == self._is_compact:
            return
        self._is_compact = compact
        layout = self._popup.layout()
        assert layout is not None
        if compact:
            layout.addWidget(self.controls)
        else:
            self._popup.hide()
            layout.removeWidget(self.controls)
            self.controls.setParent(self)
        self.controls.show()
        self.button.setVisible(compact)

    def show_layer(self, units: int, activation: str) -> None:
        """What the layer is now."""
        self.controls.show_layer(units, activation)
        self.button.setText(str(units))

    def place(self, x: float, y: float, width: float) -> None:
        """Stand centred under a column, at most so wide."""
        if self._is_compact:
            wide = min(max(self.button.sizeHint().width(), px(24)), round(width))
            self.setGeometry(round(x - wide / 2), round(y), wide, px(CHIP))
            self.button.setGeometry(0, 0, wide, px(CHIP))
        else:
            size = self.controls.sizeHint().boundedTo(QSize(round(width), px(TALL)))
            self.setGeometry(QRect(QPoint(round(x - size.width() / 2), round(y)), size))
            self.controls.setGeometry(QRect(QPoint(), size))

    @Slot()
    def _on_button(self) -> None:
        size = self._popup.sizeHint()
        at = self.button.mapToGlobal(QPoint(self.button.width() // 2 - size.width() // 2, -size.height() - px(4)))
        screen = QApplication.screenAt(at) or self.screen()
        room = screen.availableGeometry()
        x = min(max(at.x(), room.left()), room.right() - size.width())
        self._popup.move(x, max(at.y(), room.top()))
        self._popup.show()
        self.controls.units.setFocus(Qt.FocusReason.PopupFocusReason)
        self.controls.units.selectAll()
