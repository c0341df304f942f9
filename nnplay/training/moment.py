"""A moment of a run: all that its experiment doesn't say, taken between two steps and put back bit for bit.

Undo and the copy that is kept in a file live on it.
"""

from dataclasses import dataclass, replace
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from nnplay.nn import NetworkState, OptimizerState
from nnplay.training.experiment import Experiment
from nnplay.training.history import NO_ROWS, Figures, History, Rows
from nnplay.training.place import EpochUnderWay
from nnplay.training.prepared import PreparedData
from nnplay.training.trainer import Trainer


@dataclass(frozen=True, eq=False)
class Moment:
    """A run between two steps, in arrays of its own.

    Attributes
    ----------
    epoch
        Whole epochs done.
    under_way
        The place in the epoch under way.
    network
        Parameters, running statistics and random generator.
    optimizer
        Updates made, and the memory.
    disabled_units
        The (hidden layer, unit) pairs that are switched off.
    history_interval, history
        Epochs of a row, and the rows.
    figures
        What was measured last; None where it isn't known, and is measured again when the moment is put back.
    """

    epoch: int
    under_way: EpochUnderWay
    network: NetworkState
    optimizer: OptimizerState
    disabled_units: frozenset[tuple[int, int]]
    history_interval: int
    history: Rows
    figures: Figures | None = None

    @classmethod
    def of(cls, trainer: Trainer, *, with_history: bool = True) -> Self:
        """Take the moment of a run that is paused, or between two steps; of many of one run the history is one."""
        return cls(
            epoch=trainer.epoch,
            under_way=_compact(trainer.epoch_under_way()),
            network=trainer.network.state(),
            optimizer=trainer.optimizer.snapshot(),
            disabled_units=trainer.network.disabled_units,
            history_interval=trainer.history.interval if with_history else 1,
            history=trainer.history.rows() if with_history else NO_ROWS,
            figures=trainer.measured,
        )

    def arrays(self) -> list[NDArray[Any]]:
        """Every array that it keeps."""
        network, order = self.network, self.under_way.order
        kept = [network.parameters, *network.running_means, *network.running_variances]
        return [*kept, *self.optimizer.arrays.values(), self.history, *(() if order is None else (order,))]

    def restore(self, trainer: Trainer) -> None:
        """Put it back: the run goes on from here as it did then; its experiment stays as it is.

        Raises
        ------
        InputError
            Where the run has another structure, another kind of optimiser, or other samples.
        """
        network = trainer.network
        network.restore(self.network)
        for layer, unit in network.disabled_units ^ self.disabled_units:
            network.set_unit_enabled(layer, unit, (layer, unit) not in self.disabled_units)
        trainer.optimizer.restore(self.optimizer)
        trainer.history.restore(self.history, self.history_interval)
        trainer.resume_at(self.epoch, self.under_way, self.figures)


def _compact(under_way: EpochUnderWay) -> EpochUnderWay:
    """The same in a half to an eighth of the memory: indices are small numbers."""
    order = under_way.order
    if order is None:
        return under_way
    return replace(under_way, order=order.astype(np.min_scalar_type(len(order))))


def trainer_at(experiment: Experiment, prepared: PreparedData, moment: Moment) -> Trainer:
    """A trainer of its own that goes on from `moment`, which was taken of a run of this experiment on these data."""
    trainer = Trainer(experiment, prepared, History())
    moment.restore(trainer)
    return trainer
