"""What a person looks at: the unit that is pointed at or pinned, a sample, and the slice through the inputs.

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
    """

    changed = Signal()
    slice_changed = Signal()
    sample_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._hovered: UnitAddress | None = None
        self._pinned: UnitAddress | None = None
        self._slice: Point | None = None
        self._sample: Point | None = None
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

        It is the point under the pointer on the plane, what is drawn on the pad, or a test digit that was clicked: a
        sample of the data or not.
        """
        return self._sample

    def set_sample(self, inputs: Point | None) -> None:
        """Look at another sample, or at none."""
        if inputs != self._sample:
            self._sample = inputs
            self.sample_changed.emit()

    def keep_slice_of(self, table: Table) -> None:
        """These are the samples now: of others than before there is no point to go through yet, and none to look at.

        The slice changes without a signal, since whoever shows the slice shows other data anyway.
        """
        before, self._table = self._table, table
        if before != table:
            self._slice = None
            self.set_sample(None)

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
        """Pin a unit, which ends the pointing at it; unit −1 for none."""
        self._set(None, _address(layer, unit))

    def _set(self, hovered: UnitAddress | None, pinned: UnitAddress | None) -> None:
        if (hovered, pinned) != (self._hovered, self._pinned):
            self._hovered, self._pinned = hovered, pinned
            self.changed.emit()


def _address(layer: int, unit: int) -> UnitAddress | None:
    return UnitAddress(layer, unit) if unit >= 0 else None
