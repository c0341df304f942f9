"""What the slice lies on: two random directions from a seed, or two weights, chosen here or clicked elsewhere."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QToolButton, QWidget

from nnplay.gui.panels.plots.surface.computing import Axes
from nnplay.gui.session.part_names import PartNames
from nnplay.gui.session.selection import UnitAddress, WeightAddress
from nnplay.gui.theme.sizes import set_fixed_height, set_margins, set_spacing
from nnplay.gui.theme.style import set_role
from nnplay.gui.widgets.choice_box import FlatCombo
from nnplay.gui.widgets.plain_text import set_tip
from nnplay.nn.parameters import ParameterLayout
from nnplay.texts import tr

MOST_LISTED = 400
"""Parameters that are listed; of a larger network those are that were clicked on its drawing."""
HEIGHT = 24


class AxesChoice(QWidget):
    """A choice of two kinds of slice, and beside it what belongs to the one that is chosen.

    Signals
    -------
    chosen(axes)
        The `Axes` that a person wants.

    Attributes
    ----------
    kind
        Random directions or two weights.
    another
        Draws other random directions.
    boxes
        The two weights.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._axes = Axes()
        self._weights = (0, 1)
        self._layout: ParameterLayout | None = None
        self._names: PartNames | None = None
        self._of: object = None
        tip = tr(
            "Two random directions among all weights, each unit’s part as long as its weights (filter-normalised), or "
            "two weights, chosen here or clicked on the network’s drawing"
        )
        self.kind = FlatCombo(tr("What the slice lies on"), tip, snug=True)
        self.kind.set_choices([("random", tr("random directions")), ("weights", tr("two weights"))])
        self.another = QToolButton()
        tip = tr("Draw two other random directions, from the next seed")
        self.another.setAccessibleName(tr("Other directions"))
        self.another.setAccessibleDescription(tip)
        set_tip(self.another, tip)
        self.another.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        set_role(self.another, "chip")
        self.boxes = [FlatCombo(tr("Weight across")), FlatCombo(tr("Weight upwards"))]
        row = QHBoxLayout(self)
        set_margins(row, 0, 0, 0, 0)
        set_spacing(row, 4)
        for part in (self.kind, self.another, *self.boxes):
            set_fixed_height(part, HEIGHT)
            row.addWidget(part)
        row.setAlignment(self.another, Qt.AlignmentFlag.AlignLeft)
        for box in self.boxes:
            box.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)  # the axes have the whole names
            row.setStretchFactor(box, 1)
            box.activated.connect(self._on_weight)
        self.kind.activated.connect(self._on_kind)
        self.another.clicked.connect(self._on_another)
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
        self.kind.setEnabled(layout.size >= 2)
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
        """What a parameter is called, in few words."""
        if self._layout is None or self._names is None:
            return ""
        parts = self._layout.parts(place)
        unit = self._names.unit(UnitAddress(parts.layer, parts.unit), inside=True)
        if parts.kind == "weights":
            start = self._names.unit(UnitAddress(parts.layer - 1, parts.row), inside=True)
            return tr("{start} → {end}", start=start, end=unit)
        if parts.kind == "biases":
            return tr("bias of {unit}", unit=unit)
        return tr("γ of {unit}", unit=unit) if parts.kind == "gammas" else tr("β of {unit}", unit=unit)

    def _list(self) -> None:
        assert self._layout is not None
        listed = range(self._layout.size) if self._layout.size <= MOST_LISTED else sorted(self._weights)
        for box, place in zip(self.boxes, self._weights, strict=True):
            box.set_choices([(each, self.name(each)) for each in listed])
            box.set_value(place)
            set_tip(box, self.name(place))

    def _choose(self, axes: Axes) -> None:
        if axes != self._axes:
            self._axes = axes
            self._show()
            self.chosen.emit(axes)

    def _show(self) -> None:
        random = self._axes.weights is None
        self.kind.set_value("random" if random else "weights")
        self.another.setText(tr("seed {seed} ↻", seed=self._axes.seed))
        self.another.setVisible(random)
        for box in self.boxes:
            box.setVisible(not random)

    @Slot()
    def _on_kind(self) -> None:
        self._choose(Axes(self._axes.seed, None if self.kind.value() == "random" else self._weights))

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
