"""What stands beside the picture: a slider through the layers, and from where a layer is seen."""

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from nnplay.gui.theme.sizes import set_fixed_width, set_margins, set_spacing
from nnplay.gui.widgets.choice_box import ChoiceBox
from nnplay.gui.widgets.labelled_slider import LabelledSlider
from nnplay.texts import tr

WIDTH = 156
MOST_UNITS = 64
"""Of more, two can't be chosen from a list that anybody reads."""
MAIN = -1
"""Stands for the two main directions."""


class LayerChoice(QWidget):
    """The controls.

    Attributes
    ----------
    slider
        The layers, from the inputs to the outputs.
    across, up
        What is seen to the right and upwards.

    Signals
    -------
    changed
        Another layer is to be seen, or from elsewhere.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hidden = 0
        tip = tr("Go through the layers, from the inputs to the outputs, and see what each does to the plane")
        self.slider = LabelledSlider(tr("After"), (0, 1), self._layer_text, tip)
        tip = tr("What is drawn to the right: what a unit outputs, or the direction along which all of them vary most")
        self.across = ChoiceBox(tr("Across"), (), tip)
        self.up = ChoiceBox(tr("Upwards"), (), tr("What is drawn upwards: what this unit outputs"))
        set_fixed_width(self, WIDTH)
        column = QVBoxLayout(self)
        set_margins(column, 0, 0, 0, 0)
        set_spacing(column, 10)
        for widget in (self.slider, self.across, self.up):
            column.addWidget(widget)
        column.addStretch(1)
        self.slider.value_changed.connect(self._on_slid)
        self.across.chosen.connect(self._on_chosen)
        self.up.chosen.connect(self._on_chosen)

    @property
    def layer(self) -> int:
        """0 for the inputs, then the hidden layers, then the outputs."""
        return int(self.slider.value())

    @property
    def axes(self) -> tuple[int, int] | None:
        """The two units that are chosen; None for what a layer is seen from without a choice."""
        across, up = self.across.value(), self.up.value()
        return None if across in (None, MAIN) or up is None else (int(across), int(up))

    def show_layers(self, hidden: int) -> None:
        """There are so many hidden layers; what is seen stays where it can."""
        at_end = self.layer > self._hidden
        self._hidden = hidden
        self.slider.set_values(tuple(range(hidden + 2)))
        self.slider.set_value(hidden + 1 if at_end else self.layer)

    def show_units(self, count: int, names: Sequence[str]) -> None:
        """The layer that is seen has so many units; `names` of them where two can be chosen."""
        units = list(enumerate(names)) if count > 2 else []
        before = (self.across.value(), self.up.value())
        self.across.set_choices([(MAIN, tr("main directions")), *units])
        self.across.setVisible(count > 2)
        self.up.set_choices(units)
        self._choose(*before)

    def see(self, layer: int, axes: tuple[int, int] | None) -> None:
        """See this layer, from there."""
        self.slider.set_value(layer)
        self.changed.emit()
        self._choose(*(axes or (MAIN, None)))
        self.changed.emit()

    def _choose(self, across: int | None, up: int | None) -> None:
        """These where there are such units; else the main directions."""
        units = len(self.up.combo.choices())
        across = across if across is not None and across < units else MAIN
        if across == MAIN:
            up = None
        elif up is None or up >= units:
            up = 1 if across == 0 else 0
        self.across.set_value(across)
        if up is None:
            self.up.combo.setCurrentIndex(-1)
        else:
            self.up.set_value(up)
        self.up.setVisible(across != MAIN)

    def _layer_text(self, layer: float) -> str:
        if layer == 0:
            return tr("inputs")
        return tr("outputs") if layer > self._hidden else tr("layer {number}", number=int(layer))

    @Slot(object)
    def _on_slid(self, _layer: float) -> None:
        self.changed.emit()

    @Slot(object)
    def _on_chosen(self, _value: object) -> None:
        self._choose(self.across.value(), self.up.value())
        self.changed.emit()
