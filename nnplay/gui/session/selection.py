"""What a person looks at: the unit that is pointed at or pinned, a weight, a sample, and the slice through the inputs.

Panels read it and set it; none tells another.
"""

from typing import NamedTuple

from PySide6.QtCore import QObject, Signal, Slot

from nnplay.data import Table
from nnplay.training.slices import Point


class UnitAddress(NamedTuple):
    """A unit of the network: `layer` 0 is the first hidden layer, −1 the inputs."""

    layer: int
    unit: int


class WeightAddress(NamedTuple):
    """A weight of dense layer `layer`, from 0: from input `row` of the layer to its `unit`; without a row its bias."""

    layer: int
    row: int | None
    unit: int


Address = UnitAddress | WeightAddress


class Selection(QObject):
    """The selection of one session.

    Signals
    -------
    changed
        Another unit, or none, is looked at.
    slice_changed
        The plane goes through another point.
    sample_changed
        Another sample, or none, is looked at.
    inspected_changed
        Another unit or weight, or none, is chosen to be inspected.
    pointed_changed
        Another unit or weight, or none, is pointed at: on the drawing, in a formula, in a table.
    """

    changed = Signal()
    slice_changed = Signal()
    sample_changed = Signal()
    inspected_changed = Signal()
    pointed_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._hovered: UnitAddress | None = None
        self._pinned: UnitAddress | None = None
        self._slice: Point | None = None
        self._pointed_sample: Point | None = None
        self._chosen_sample: Point | None = None
        self._weight: WeightAddress | None = None
        self._pointed: Address | None = None
        self._table: Table | None = None

    @property
    def slice(self) -> Point | None:
        """The point of all inputs that the plane goes through; None for the usual one.

        The values of the two inputs that span the plane wait until others do.
        """
        return self._slice

    def set_slice(self, point: Point | None) -> None:
        """Let the plane go through another point."""
        if point != self._slice:
            self._slice = point
            self.slice_changed.emit()

    @property
    def sample(self) -> Point | None:
        """The inputs of the sample that is looked at, I values in the table's units; None where there is none.

        It is the one that is pointed at, else the chosen one.
        """
        return self._pointed_sample or self._chosen_sample

    @property
    def samples(self) -> tuple[Point, ...]:
        """The samples that are looked at, the first one first: the pointed one, and the chosen one behind it."""
        return tuple(sample for sample in (self._pointed_sample, self._chosen_sample) if sample is not None)

    @property
    def chosen_sample(self) -> Point | None:
        """The sample that stays when the pointer leaves: a point, row or picture that was clicked, or a drawing."""
        return self._chosen_sample

    @property
    def pointed_sample(self) -> Point | None:
        """The sample under the pointer, in whichever view; None where there is none."""
        return self._pointed_sample

    def point_at_sample(self, inputs: Point | None) -> None:
        """Look at the sample under the pointer, which may be any place of the plane; None when it leaves."""
        self._set_samples(inputs, self._chosen_sample)

    def choose_sample(self, inputs: Point | None) -> None:
        """Choose a sample, or none."""
        self._set_samples(self._pointed_sample, inputs)

    def _set_samples(self, pointed: Point | None, chosen: Point | None) -> None:
        if (pointed, chosen) != (self._pointed_sample, self._chosen_sample):
            self._pointed_sample, self._chosen_sample = pointed, chosen
            self.sample_changed.emit()

    @property
    def inspected(self) -> Address | None:
        """The weight or bias that is chosen, else the pinned unit: what the inspector is about."""
        return self._weight or self._pinned

    def inspect(self, weight: WeightAddress | None) -> None:
        """Choose a weight or bias to be inspected; with None it is the pinned unit again."""
        if weight != self._weight:
            self._weight = weight
            self.inspected_changed.emit()

    def let_go(self) -> None:
        """Let go of one thing that is selected: the weight or unit that is inspected, then the chosen sample."""
        if self.inspected is not None:
            self.pin(-1, -1)
        else:
            self.choose_sample(None)

    @property
    def pointed(self) -> Address | None:
        """The unit or weight under the pointer, wherever it is shown: every view marks it."""
        return self._pointed

    def point_at(self, address: Address | None) -> None:
        """Point at a unit or weight, or at none."""
        if address != self._pointed:
            self._pointed = address
            self.pointed_changed.emit()

    def keep_slice_of(self, table: Table) -> None:
        """These are the samples now: of others than before there is no point to go through yet, and none to look at.

        The slice changes without a signal, since whoever shows the slice shows other data anyway.
        """
        before, self._table = self._table, table
        if before != table:
            self._slice = None
            self._set_samples(None, None)

    @property
    def unit(self) -> UnitAddress | None:
        """The unit that is looked at: the one under the pointer, else the pinned one; None for the whole network."""
        return self._hovered or self._pinned

    @property
    def pinned(self) -> UnitAddress | None:
        """The unit that stays in view when the pointer leaves it."""
        return self._pinned

    @Slot(int, int)
    def hover(self, layer: int, unit: int) -> None:
        """Point at a unit; unit −1 for none."""
        self._set(_address(layer, unit), self._pinned)

    @Slot(int, int)
    def pin(self, layer: int, unit: int) -> None:
        """Pin a unit, which ends the pointing at it and is inspected; unit −1 for none."""
        before = self.inspected
        self._weight = None
        self._set(None, _address(layer, unit))
        if self.inspected != before:
            self.inspected_changed.emit()

    def _set(self, hovered: UnitAddress | None, pinned: UnitAddress | None) -> None:
        if (hovered, pinned) != (self._hovered, self._pinned):
            self._hovered, self._pinned = hovered, pinned
            self.changed.emit()


def _address(layer: int, unit: int) -> UnitAddress | None:
    return UnitAddress(layer, unit) if unit >= 0 else None
