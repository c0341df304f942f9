"""The steps that Ctrl+Z undoes: changes of the experiment and of its network."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, Self, TypeVar

import numpy as np
from numpy.typing import NDArray

from nnplay.gui.session.undo_stack import Arrays
from nnplay.training.experiment import Experiment
from nnplay.training.moment import Moment
from nnplay.training.place import Place
from nnplay.training.prepared import PreparedData
from nnplay.training.trainer import Trainer

Apply = Callable[[Experiment, PreparedData | None, Callable[[Trainer, PreparedData], None]], None]
Value = TypeVar("Value")
Submit = Callable[[Callable[[Trainer], None]], None]


@dataclass(frozen=True, eq=False)
class LeftRun:
    """A run that another one took the place of, as trained as it was then; its data are prepared again on demand."""

    experiment: Experiment
    moment: Moment

    @classmethod
    def of(cls, trainer: Trainer) -> Self:
        """The run as it is now, which is paused."""
        return cls(trainer.experiment, Moment.of(trainer))

    def arrays(self) -> Arrays:
        """The arrays that it keeps."""
        return [*self.experiment.data.arrays(), *self.moment.arrays()]


class ReplaceRun:
    """Another run in place of the one there is.

    Whichever of the two is not there is kept as it was left; one moment a step is all the memory it takes.

    Parameters
    ----------
    trainer
        The run to go over to at first.
    replace
        Goes over to a run, and gives the one that was left.
    resume
        Goes over to a run that was left, and gives the one that is left now.
    """

    def __init__(
        self, trainer: Trainer, replace: Callable[[Trainer], LeftRun], resume: Callable[[LeftRun], LeftRun]
    ) -> None:
        self._first: Trainer | None = trainer
        self._left: LeftRun | None = None
        self._replace, self._resume = replace, resume

    def redo(self) -> None:
        """Go over to the other run."""
        if self._first is None:
            self.undo()
        else:
            trainer, self._first = self._first, None
            self._left = self._replace(trainer)

    def undo(self) -> None:
        """Go back to the run that was left."""
        assert self._left is not None
        self._left = self._resume(self._left)

    def arrays(self) -> Arrays:
        """Those of the run that is not there."""
        return () if self._left is None else self._left.arrays()


class ApplyExperiment:
    """Another experiment for the network there is, which stays as trained as it is.

    Undone before another training step, the run is again what it was, to the bit. What was trained since stays.

    Parameters
    ----------
    before, after
        The experiments.
    prepared
        The data of `after`, for the first time; later they are prepared again.
    apply
        Lets an experiment hold, on its data where they are there: calls a function with the trainer and the data
        between two steps.
    """

    def __init__(self, before: Experiment, after: Experiment, prepared: PreparedData, apply: Apply) -> None:
        self._before, self._after, self._apply = before, after, apply
        self._prepared: PreparedData | None = prepared
        self._left: Moment | None = None
        self._reached: Place | None = None

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
        def change(trainer: Trainer, prepared: PreparedData) -> None:
            back, stands_still = self._left, trainer.place == self._reached
            self._left = Moment.of(trainer)
            trainer.apply(to, prepared)
            if back is not None and stands_still:
                back.restore(trainer)
            elif back is not None and self._before.training.optimizer != self._after.training.optimizer:
                trainer.optimizer.restore(back.optimizer)
            self._reached = trainer.place

        self._apply(to, prepared, change)


class EditNetwork(Generic[Value]):
    """A change of the network itself, that the experiment doesn't name: a weight, a bias, a unit switched off.

    Parameters
    ----------
    value
        What to put there.
    exchange
        Puts a value there and gives the one that was there; called between two steps.
    """

    def __init__(self, value: Value, exchange: Callable[[Trainer, Value], Value], submit: Submit) -> None:
        self._value, self._exchange, self._submit = value, exchange, submit

    def redo(self) -> None:
        """Put the other value there, and keep the one that was: training may have changed it since."""

        def change(trainer: Trainer) -> None:
            self._value = self._exchange(trainer, self._value)
            trainer.measure()

        self._submit(change)

    undo = redo

    def arrays(self) -> Arrays:
        """None."""
        return ()


def set_value(
    values: Callable[[Trainer], NDArray[np.floating]], place: tuple[int, ...], new: float, submit: Submit
) -> EditNetwork[float]:
    """Another number at one place of the arrays that `values` gives of a trainer."""

    def exchange(trainer: Trainer, value: float) -> float:
        before = float(values(trainer)[place])
        values(trainer)[place] = value
        return before

    return EditNetwork(new, exchange, submit)


def switch_unit(layer: int, unit: int, enabled: bool, submit: Submit) -> EditNetwork[bool]:
    """A unit of a hidden layer switched on or off."""

    def exchange(trainer: Trainer, on: bool) -> bool:
        before = (layer, unit) not in trainer.network.disabled_units
        trainer.network.set_unit_enabled(layer, unit, on)
        return before

    return EditNetwork(enabled, exchange, submit)
