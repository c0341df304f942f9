"""What the slice lies on: two random directions from a seed, or two weights, chosen here or clicked elsewhere."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from nnplay.gui.panels.plots.surface.computing import Axes
from nnplay.gui.session.part_names import PartNames
from nnplay.gui.session.selection import WeightAddress
from nnplay.gui.theme.fonts import label_font
from nnplay.gui.theme.sizes import set_font, set_margins, set_spacing
from nnplay.gui.theme.style import set_role
from nnplay.gui.widgets.choice_box import FlatCombo
from nnplay.gui.widgets.plain_text import PlainLabel, set_tip
from nnplay.nn.parameters import ParameterLayout
from nnplay.texts import tr

MOST_LISTED = 400
"""Parameters that are listed; of a larger network those are that were clicked on its drawing."""


class AxesChoice(QWidget):
    """Two buttons, and below them what belongs to the one that is chosen.

    Signals
    -------
    chosen(axes)
        The `Axes` that a person wants.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._axes = Axes()
        self._weights = (0, 1)
        self._layout: ParameterLayout | None = None
        self._names: PartNames | None = None
        self._of: object = None
        self.random = _chip(
            tr("random"),
            tr("Random directions"),
            tr("Two random directions, each unit’s part of which is as long as its weights (filter-normalised)"),
        )
        self.weights = _chip(
            tr("two weights"),
            tr("Two weights"),
            tr("Two weights or biases, chosen here or clicked on the network’s drawing"),
        )
        self.random.setChecked(True)
        tip = tr("Draw two other random directions, from the next seed")
        self.another = _chip(tr("another"), tr("Other directions"), tip, checkable=False)
        self.seed = PlainLabel()
        self.boxes = [FlatCombo(tr("Weight across")), FlatCombo(tr("Weight upwards"))]
        self._lay_out()
        self.random.clicked.connect(self._on_kind)
        self.weights.clicked.connect(self._on_kind)
        self.another.clicked.connect(self._on_another)
        for box in self.boxes:
            box.activated.connect(self._on_weight)
        self._show()

    @property
    def is_random(self) -> bool:
        """Whether it lies on random directions."""
        return self._axes.weights is None

    def show_network(self, layout: ParameterLayout, names: PartNames) -> None:
        """The parameters that there are to choose from."""
        if (layout.size, names) == self._of:
            return
        self._of = layout.size, names
        self._layout, self._names = layout, names
        if max(self._weights) >= layout.size:
            self._weights = (0, 1)
        self.weights.setEnabled(layout.size >= 2)
        self._list()
        if self._axes.weights is not None:
            self._choose(Axes(self._axes.seed, self._weights if layout.size >= 2 else None))

    def click(self, address: WeightAddress) -> None:
        """A weight was chosen on the drawing: it lies across from now on, and what did so lies upwards."""
        place = None if self._layout is None else self._layout.index_of(address.layer, address.row, address.unit)
        if place is not None and place != self._weights[0] and self._axes.weights is not None:
            self._weights = (place, self._weights[0])
            self._list()
            self._choose(Axes(self._axes.seed, self._weights))

    def name(self, place: int) -> str:
        """What a parameter is called."""
        if self._layout is None or self._names is None:
            return ""
        parts = self._layout.parts(place)
        if parts.kind in ("gammas", "betas"):
            unit = tr("unit {number} of layer {layer}", number=parts.unit + 1, layer=parts.layer + 1)
            return tr("γ of {unit}", unit=unit) if parts.kind == "gammas" else tr("β of {unit}", unit=unit)
        return self._names.of(WeightAddress(parts.layer, parts.row if parts.kind == "weights" else None, parts.unit))

    def _lay_out(self) -> None:
        kinds, seed = QHBoxLayout(), QHBoxLayout()
        for row, parts in ((kinds, (self.random, self.weights)), (seed, (self.seed, self.another))):
            set_spacing(row, 4)
            for part in parts:
                row.addWidget(part)
            row.addStretch(1)
        column = QVBoxLayout(self)
        set_margins(column, 0, 0, 0, 0)
        set_spacing(column, 4)
        column.addLayout(kinds)
        column.addLayout(seed)
        for box in self.boxes:
            box.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)  # long names are cut
            column.addWidget(box)
        set_font(self.seed, lambda: label_font(12))

    def _list(self) -> None:
        assert self._layout is not None
        listed = range(self._layout.size) if self._layout.size <= MOST_LISTED else sorted(self._weights)
        for box, place in zip(self.boxes, self._weights, strict=True):
            box.set_choices([(each, self.name(each)) for each in listed])
            box.set_value(place)

    def _choose(self, axes: Axes) -> None:
        if axes != self._axes:
            self._axes = axes
            self._show()
            self.chosen.emit(axes)

    def _show(self) -> None:
        random = self._axes.weights is None
        self.random.setChecked(random)
        self.weights.setChecked(not random)
        self.seed.setText(tr("seed {seed}", seed=self._axes.seed))
        for part in (self.seed, self.another):
            part.setVisible(random)
        for box in self.boxes:
            box.setVisible(not random)

    @Slot()
    def _on_kind(self) -> None:
        wanted = None if self.sender() is self.random else self._weights
        if (wanted is None) == (self._axes.weights is None):
            self._show()  # a click on what is chosen leaves it so
        self._choose(Axes(self._axes.seed, wanted))

    @Slot()
    def _on_another(self) -> None:
        self._choose(Axes(self._axes.seed + 1))

    @Slot()
    def _on_weight(self) -> None:
        first, second = (box.value() for box in self.boxes)
        if first == second:  # the other one makes room
            changed = 0 if first != self._weights[0] else 1
            first, second = (first, self._weights[0]) if changed == 0 else (self._weights[1], second)
        self._weights = (first, second)
        self._list()
        self._choose(Axes(self._axes.seed, self._weights))


def _chip(text: str, name: str, tip: str, *, checkable: bool = True) -> QToolButton:
    button = QToolButton()
    button.setText(text)
    button.setCheckable(checkable)
    button.setAccessibleName(name)
    button.setAccessibleDescription(tip)
    set_tip(button, tip)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    set_role(button, "chip")
    return button
