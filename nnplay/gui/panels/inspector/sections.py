"""The lines of what is inspected, in sections: forward, the loss, backward, the gradient, the update."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from nnplay.gui.panels.inspector.inspected import Inspected
from nnplay.gui.session.selection import Address, WeightAddress
from nnplay.nn import StepTrace
from nnplay.texts import mark, tr
from nnplay.training.arithmetic.expression import Line
from nnplay.training.arithmetic.gradient import clips
from nnplay.training.arithmetic.lines import (
    backward_lines,
    forward_lines,
    gradient_lines,
    loss_lines,
    update_lines,
)
from nnplay.training.phases import Phase, PhaseKind

FORWARD, LOSS, BACKWARD, GRADIENT, UPDATE = (
    mark("Forward"),
    mark("Loss"),
    mark("Backward"),
    mark("Gradient"),
    mark("Update"),
)
_PHASES = {
    "z": PhaseKind.PRE_ACTIVATION,
    "mean": PhaseKind.BATCH_NORM,
    "variance": PhaseKind.BATCH_NORM,
    "normalized": PhaseKind.BATCH_NORM,
    "norm_output": PhaseKind.BATCH_NORM,
    "a": PhaseKind.ACTIVATION,
    "output": PhaseKind.DROPOUT,
}
"""In which phase of the way forward a quantity is computed."""


class Stage(Enum):
    """Where a line stands in a walk through the step."""

    NONE = "none"
    """There is no walk."""
    DONE = "done"
    AT_WORK = "at_work"
    TO_COME = "to_come"


@dataclass(frozen=True)
class Item:
    """A line of arithmetic, in its section.

    Attributes
    ----------
    section
        Its section, as `mark` leaves it.
    about
        Whose gradient or update it is, where there are several: γ, β; "" for the only one.
    line
        The line.
    stage
        Where it stands in a walk.
    """

    section: str
    about: str
    line: Line
    stage: Stage


def items_of(look: Inspected, address: Address) -> tuple[Item, ...]:
    """All lines about a unit, weight or bias, in the order in which a step computes them."""
    if address.layer < 0:
        return ()
    of = _Lines(look, address)
    items = [*of.forward(), *of.loss(), *of.backward()]
    if isinstance(address, WeightAddress):
        items += of.parameter("", "")
    elif look.step.batch.layers[address.layer].norm is not None:
        items += [*of.parameter("gamma", "γ"), *of.parameter("beta", "β")]
    return tuple(items)


@dataclass(frozen=True)
class _Lines:
    """Makes the lines about one thing."""

    look: Inspected
    address: Address

    def forward(self) -> Iterable[Item]:
        trace, row = self._sample
        alone = self.look.step.own is not None and self.look.step.row is None
        for line in forward_lines(trace, self.address.layer, self.address.unit, row):
            quantity = line.result.part.quantity if line.result.part else ""
            if alone and quantity in ("mean", "variance"):
                continue  # they are the running ones, of no batch that is there
            yield self._item(FORWARD, line, _PHASES.get(quantity, PhaseKind.PRE_ACTIVATION), self.address.layer)

    def loss(self) -> Iterable[Item]:
        if not self._is_output or not self._comes_back:
            return
        trace, row = self._sample
        lines = loss_lines(trace, row)
        for line in lines if trace is self._batch else lines[:1]:
            yield self._item(LOSS, line, PhaseKind.LOSS)

    def backward(self) -> Iterable[Item]:
        if self._comes_back:
            trace, row = self._sample
            for line in backward_lines(trace, self.address.layer, self.address.unit, row):
                yield self._item(BACKWARD, line, PhaseKind.DELTA, self.address.layer)

    def parameter(self, quantity: str, about: str) -> Iterable[Item]:
        """Gradient and update of the weight or bias, or of γ or β."""
        layer, unit = self.address.layer, self.address.unit
        row = self.address.row if isinstance(self.address, WeightAddress) else None
        trace, sample = self._sample
        own: tuple[Line, ...] = ()
        if trace is not self._batch:
            own = gradient_lines(trace, layer, row, unit, sample, quantity)[:1] if self._comes_back else ()
            sample = None
        lines = (*own, *gradient_lines(self._batch, layer, row, unit, sample, quantity))
        for line, (kind, where) in zip(lines, self._gradient_phases(len(lines), row), strict=True):
            yield self._item(GRADIENT, line, kind, where, about)
        for line in update_lines(self._batch, layer, row, unit, quantity):
            yield self._item(UPDATE, line, PhaseKind.UPDATE, None, about)

    def _gradient_phases(self, count: int, row: int | None) -> list[tuple[PhaseKind, int | None]]:
        """The phase of each of so many lines: the gradient itself, then the penalty, then clipping, where they are."""
        after: list[tuple[PhaseKind, int | None]] = []
        if row is not None and (self._batch.l1 or self._batch.l2):
            after.append((PhaseKind.PENALTY, None))
        if clips(self._batch):
            after.append((PhaseKind.CLIPPING, None))
        return [(PhaseKind.GRADIENT, self.address.layer)] * (count - len(after)) + after

    def _item(self, section: str, line: Line, kind: PhaseKind, layer: int | None = None, about: str = "") -> Item:
        return Item(section, about, line, self._stage(Phase(kind, layer)))

    def _stage(self, phase: Phase) -> Stage:
        walk = self.look.walk
        if walk is None:
            return Stage.NONE
        if phase not in walk.phases:
            return Stage.TO_COME if not walk.through else Stage.DONE
        place = walk.phases.index(phase)
        if place == walk.cursor:
            return Stage.AT_WORK
        return Stage.DONE if place < walk.cursor else Stage.TO_COME

    @property
    def _batch(self) -> StepTrace:
        return self.look.step.batch

    @property
    def _sample(self) -> tuple[StepTrace, int | None]:
        """The record that has the sample, and its row; without one the batch's means."""
        return self.look.step.sample or (self._batch, None)

    @property
    def _comes_back(self) -> bool:
        return self.look.step.sample is None or self.look.step.comes_back

    @property
    def _is_output(self) -> bool:
        return self.address.layer == len(self._batch.layers) - 1


def section_title(item: Item) -> str:
    """What stands above a section: Gradient, or where there are several, Gradient of γ."""
    title = tr(item.section)
    return tr("{section} of {parameter}", section=title, parameter=item.about) if item.about else title


def in_capitals(title: str) -> str:
    """A title as it is painted; Greek letters stay small, since the capital of β is a B."""
    return "".join(letter if "\u0370" <= letter <= "\u03ff" else letter.upper() for letter in title)
