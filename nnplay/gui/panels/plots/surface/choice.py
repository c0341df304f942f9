"""What the slice lies on: two random directions from a seed, or two weights, chosen here or clicked elsewhere."""

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QSizePolicy, QToolButton, QWidget

from nnplay.gui.panels.plots.surface.computing import Axes
from nnplay.gui.session.part_names import PartNames
from nnplay.gui.session.selection import UnitAddress, WeightAddress
from nnplay.gui.theme.fonts import label_font
from nnplay.gui.theme.scale import px
from nnplay.gui.theme.sizes import set_fixed_size, set_font
from nnplay.gui.theme.theme import Theme
from nnplay.gui.widgets.buttons import IconButton
from nnplay.gui.widgets.choice_box import FlatCombo
from nnplay.gui.widgets.plain_text import set_tip
from nnplay.nn.parameters import ParameterLayout
from nnplay.texts import mark, tr

MOST_LISTED = 400
"""Parameters that are listed; of a larger network those are that were clicked on its drawing."""
BUTTON = (26, 20)
BOX_HEIGHT, BESIDE_NAME = 20, 34
INSIDE = 3
"""Pixels between the boxes and the corners of the slice."""


class AxesChoice(QObject):
    """Two buttons beside a slice, and boxes in its corners that name its axes where these are weights.

    Signals
    -------
    chosen(axes)
        The `Axes` that a person wants.

    Attributes
    ----------
    another
        Draws other random directions.
    kind
        Opens the menu of the two kinds of slice.
    random, weights
        Its entries.
    boxes
        The two weights: across and upwards.
    """

    chosen = Signal(object)

    def __init__(self, theme: Theme, view: QWidget) -> None:
        super().__init__(view)
        self._axes = Axes()
        self._weights = (0, 1)
        self._layout: ParameterLayout | None = None
        self._names: PartNames | None = None
        self._of: object = None
        tip = tr("Draw two other random directions, from the next seed")
        self.another = IconButton(theme, "dice", tr("Other directions"), tip, role="tool", icon_size=14, parent=view)
        tip = tr("Choose what the slice lies on: random directions, or two weights")
        self.kind = IconButton(theme, "more", tr("Kind of slice"), tip, role="tool", icon_size=14, parent=view)
        self.kind.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._fill_menu(view)
        self.boxes = [FlatCombo(tr("Weight across"), parent=view), FlatCombo(tr("Weight upwards"), parent=view)]
        for button in (self.another, self.kind):
            set_fixed_size(button, *BUTTON)
        for box in self.boxes:
            box.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            set_font(box, lambda: label_font(11))
            box.activated.connect(self._on_weight)
        self.another.clicked.connect(self._on_another)
        self._show()

    @property
    def axes(self) -> Axes:
        """What is chosen."""
        return self._axes

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

    def look_as(self, other: "AxesChoice") -> None:
        """Choose the same."""
        self._weights = other._weights
        if self._layout is not None:
            self._list()
        self._choose(other.axes)

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
            return tr("{start} to {end}", start=start, end=unit)
        if parts.kind == "biases":
            return tr("bias of {unit}", unit=unit)
        return tr("γ of {unit}", unit=unit) if parts.kind == "gammas" else tr("β of {unit}", unit=unit)

    def place(self, left: int, top: int, right: int, bottom: int, end: int) -> None:
        """Stand in the corners of a slice between these pixels, and above its bar, which ends at `end`."""
        self.kind.move(end - self.kind.width(), top)
        self.another.move(end - self.kind.width() - px(4) - self.another.width(), top)
        most = right - left - 2 * px(INSIDE)
        for box, upwards in zip(self.boxes, (False, True), strict=True):
            wide = min(box.fontMetrics().horizontalAdvance(box.currentText()) + px(BESIDE_NAME), most)
            box.resize(wide, px(BOX_HEIGHT))
            if upwards:
                box.move(left + px(INSIDE), top + px(INSIDE))
            else:
                box.move(right - px(INSIDE) - wide, bottom - px(INSIDE) - px(BOX_HEIGHT))

    def _fill_menu(self, view: QWidget) -> None:
        menu, group = QMenu(view), QActionGroup(view)
        self.random = menu.addAction(tr("Random Directions"))
        self.weights = menu.addAction(tr("Two Weights"))
        tips = (
            tr("Two random directions among all weights, each unit’s part as long as its weights (filter-normalised)"),
            tr("Two weights or biases, chosen in the corners of the slice or clicked on the network’s drawing"),
        )
        menu.setToolTipsVisible(True)
        for action, tip in zip((self.random, self.weights), tips, strict=True):
            action.setCheckable(True)
            group.addAction(action)
            set_tip(action, tip)
            action.triggered.connect(self._on_kind)
        self.kind.setMenu(menu)

    def _list(self) -> None:
        assert self._layout is not None
        listed = range(self._layout.size) if self._layout.size <= MOST_LISTED else sorted(self._weights)
        texts = (mark("→ {name}"), mark("↑ {name}"))
        for box, place, text in zip(self.boxes, self._weights, texts, strict=True):
            box.set_choices([(each, tr(text, name=self.name(each))) for each in listed])
            box.set_value(place)

    def _choose(self, axes: Axes) -> None:
        if axes != self._axes:
            self._axes = axes
            self._show()
            self.chosen.emit(axes)

    def _show(self) -> None:
        random = self._axes.weights is None
        (self.random if random else self.weights).setChecked(True)
        self.another.setEnabled(random)
        for box in self.boxes:
            box.setVisible(not random)

    @Slot()
    def _on_kind(self) -> None:
        self._choose(Axes(self._axes.seed, None if self.random.isChecked() else self._weights))

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
