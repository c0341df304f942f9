"""The steps that Ctrl+Z undoes: changes of the experiment and of its network."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, Self, TypeVar

from nnplay.gui.session.edit_words import edit_words
from nnplay.gui.session.undo_stack import Arrays
from nnplay.training.experiment import Experiment
from nnplay.training.moment import Moment
from nnplay.training.place import Place
from nnplay.training.prepared import PreparedData
from nnplay.training.record import (
    Branch,
    ExperimentEdit,
    LogEntry,
    OptimizerEdit,
    ParameterEdit,
    Recording,
    RunEdit,
    UnitEdit,
)
from nnplay.training.record.branch import RecordStart
from nnplay.training.trainer import Trainer

Value = TypeVar("Value")
Apply = Callable[[Experiment, PreparedData | None, Callable[[Recording, PreparedData], object]], None]
Submit = Callable[[Callable[[Recording], object]], None]
LEFT_BYTES = 4_000_000
"""What is kept of the record of a run that was left: its log, its branches and some moments."""


@dataclass(frozen=True, eq=False)
class LeftRun:
    """A run that another one took the place of, as trained as it was then; its data are prepared again on demand.

    Attributes
    ----------
    start, branches, current
        Its record.
    """

    experiment: Experiment
    moment: Moment
    start: RecordStart
    branches: tuple[Branch, ...]
    current: Branch

    @classmethod
    def of(cls, record: Recording) -> Self:
        """The run as it is now, which is paused."""
        record.thin(LEFT_BYTES)
        trainer = record.trainer
        return cls(trainer.experiment, Moment.of(trainer), record.start, record.all_branches, record.current)

    def arrays(self) -> Arrays:
        """The arrays that it keeps."""
        yield from self.experiment.data.arrays()
        yield from self.moment.arrays()
        if self.start.moment is not None:
            yield from self.start.moment.arrays()
        for branch in self.branches:
            yield branch.history
            yield from branch.arrays()
            for kept in branch.moments:
                yield from kept.moment.arrays()


class ReplaceRun:
    """Another run in place of the one there is.

    Whichever of the two is not there is kept as it was left; one moment a step is all the memory it takes.

    Parameters
    ----------
    record
        The record of the run to go over to at first.
    replace
        Goes over to a run, and gives the one that was left.
    resume
        Goes over to a run that was left, and gives the one that is left now.
    """

    def __init__(
        self, record: Recording, replace: Callable[[Recording], LeftRun], resume: Callable[[LeftRun], LeftRun]
    ) -> None:
        self._first: Recording | None = record
        self._left: LeftRun | None = None
        self._replace, self._resume = replace, resume

    def redo(self) -> None:
        """Go over to the other run."""
        if self._first is None:
            self.undo()
        else:
            record, self._first = self._first, None
            self._left = self._replace(record)

    def undo(self) -> None:
        """Go back to the run that was left."""
        assert self._left is not None
        self._left = self._resume(self._left)

    def arrays(self) -> Arrays:
        """Those of the run that is not there."""
        return () if self._left is None else self._left.arrays()


class ApplyExperiment:
    """Another experiment for the network there is, which stays as trained as it is.

    Undone before another training step, the run is again what it was, to the bit, and so is its log. What was trained
    since stays; the log has one more edit then.

    Parameters
    ----------
    text
        What a person calls it.
    before, after
        The experiments.
    prepared
        The data of `after`, for the first time; later they are prepared again.
    apply
        Lets an experiment hold, on its data where they are there: calls a function with the trainer and the data
        between two steps.
    """

    def __init__(self, text: str, before: Experiment, after: Experiment, prepared: PreparedData, apply: Apply) -> None:
        self._text, self._before, self._after, self._apply = text, before, after, apply
        self._prepared: PreparedData | None = prepared
        self._left: Moment | None = None
        self._reached: Place | None = None
        self._logged_from: int | None = None

    def redo(self) -> None:
        """Let the later experiment hold."""
        prepared, self._prepared = self._prepared, None
        self._go_over(self._after, prepared)

    def undo(self) -> None:
        """Let the earlier experiment hold."""
        self._go_over(self._before, None)

    def arrays(self) -> Arrays:
        """The points of both, and the moment at which the one that doesn't hold was left."""
        moment = () if self._left is None else self._left.arrays()
        return [*self._before.data.arrays(), *self._after.data.arrays(), *moment]

    def _go_over(self, to: Experiment, prepared: PreparedData | None) -> None:
        def change(record: Recording, prepared: PreparedData) -> None:
            trainer = record.trainer
            back, stands_still = self._left, trainer.place == self._reached
            self._left = Moment.of(trainer)
            if back is not None and stands_still and self._logged_from is not None:
                trainer.apply(to, prepared)
                back.restore(trainer)
                record.went_back(self._logged_from)
                self._logged_from = None
            else:
                self._logged_from = record.edits
                self._log(record, to, prepared, back)
            self._reached = trainer.place

        self._apply(to, prepared, change)

    def _log(self, record: Recording, to: Experiment, prepared: PreparedData, back: Moment | None) -> None:
        edit = ExperimentEdit.between(record.trainer.experiment, to)
        record.edit(edit, edit_words(edit, record.trainer.experiment, self._text), prepared)
        if back is not None and self._before.training.optimizer != self._after.training.optimizer:
            record.edit(OptimizerEdit.of(back.optimizer), "")


class EditNetwork:
    """A change of the network itself, that the experiment doesn't name: a weight, a bias, a unit switched off.

    Parameters
    ----------
    text
        What a person calls it.
    edit
        What to do.
    opposite
        The edit that brings back what there is now: training may have changed it since.
    """

    def __init__(self, text: str, edit: RunEdit, opposite: Callable[[Trainer], RunEdit], submit: Submit) -> None:
        self._text, self._edit, self._opposite, self._submit = text, edit, opposite, submit
        self._logged_from: int | None = None
        self._reached: Place | None = None

    def redo(self) -> None:
        """Do it, and keep what was there before."""

        def change(record: Recording) -> None:
            trainer = record.trainer
            back, stands_still = self._opposite(trainer), trainer.place == self._reached
            if stands_still and self._logged_from is not None and record.edits == self._logged_from + 1:
                self._edit.apply(trainer)
                record.went_back(self._logged_from)
                self._logged_from = None
            else:
                self._logged_from = record.edits
                record.edit(self._edit, self._text)
            self._edit, self._reached = back, trainer.place

        self._submit(change)

    undo = redo

    def arrays(self) -> Arrays:
        """None."""
        return ()


class OnBranch:
    """The run goes on on another branch of its record; undone, on the one that it was on.

    Parameters
    ----------
    record
        The record of both.
    go
        Goes to the other branch at first, and gives it.
    go_to
        Goes to a branch that there is.
    """

    def __init__(self, record: Recording, go: Callable[[], Branch], go_to: Callable[[Branch], None]) -> None:
        self._record, self._go, self._go_to = record, go, go_to
        self._before = record.current
        self._there_before = record.all_branches
        self._after: Branch | None = None
        self._as_made: tuple[int, list[LogEntry]] = (0, [])

    def redo(self) -> None:
        """Go to the other branch."""
        if self._after is None:
            self._after = self._go()
            self._as_made = self._record.step, list(self._after.own)
        else:
            self._after.hidden = False
            self._go_to(self._after)

    def undo(self) -> None:
        """Go back; a branch that was made and not gone on with is gone, another one stays to be returned to."""
        after = self._after
        assert after is not None
        self._go_to(self._before)
        if after not in self._there_before and (after.end, after.own) == self._as_made:
            after.hidden = True

    def arrays(self) -> Arrays:
        """None: the record has them."""
        return ()


class ChangeBranch(Generic[Value]):
    """What a branch is called, or whether it is there.

    Parameters
    ----------
    put
        Puts a value there, and gives the one that was there.
    """

    def __init__(self, value: Value, put: Callable[[Value], Value]) -> None:
        self._value, self._put = value, put

    def redo(self) -> None:
        """Put the other value there."""
        self._value = self._put(self._value)

    undo = redo

    def arrays(self) -> Arrays:
        """None."""
        return ()


def set_parameter(text: str, layer: int, row: int | None, unit: int, new: float, submit: Submit) -> EditNetwork:
    """Another number as a weight, or as a bias where `row` is None."""

    def to(value: float) -> RunEdit:
        return ParameterEdit(layer=layer, row=row, unit=unit, value=value)

    def opposite(trainer: Trainer) -> RunEdit:
        network = trainer.network
        there = network.biases[layer][unit] if row is None else network.weights[layer][row, unit]
        return to(float(there))

    return EditNetwork(text, to(new), opposite, submit)


def switch_unit(text: str, layer: int, unit: int, enabled: bool, submit: Submit) -> EditNetwork:
    """A unit of a hidden layer switched on or off."""

    def to(on: bool) -> RunEdit:
        return UnitEdit(layer=layer, unit=unit, enabled=on)

    def opposite(trainer: Trainer) -> RunEdit:
        return to((layer, unit) not in trainer.network.disabled_units)

    return EditNetwork(text, to(enabled), opposite, submit)
