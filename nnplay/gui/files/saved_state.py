"""What was saved, opened or begun with, to tell whether anything has been changed or trained since."""

from dataclasses import dataclass

import msgspec
import numpy as np

from nnplay.training.experiment import Experiment
from nnplay.training.moment import Moment
from nnplay.training.place import Place
from nnplay.training.trainer import Trainer


@dataclass(frozen=True, eq=False)
class SavedState:
    """An experiment and where its run stood."""

    experiment: Experiment
    moment: Moment

    def holds(self, experiment: Experiment, trainer: Trainer) -> bool:
        """Whether the run of a paused trainer is what was saved: the experiment, the place and the weights.

        What the person's own points are called is kept with these, and no part of it.
        """
        moment = self.moment
        place = Place(moment.epoch, moment.under_way.position, moment.optimizer.steps)
        return (
            place == trainer.place
            and moment.disabled_units == trainer.network.disabled_units
            and np.array_equal(moment.network.parameters, trainer.network.parameters)
            and _unnamed(self.experiment) == _unnamed(experiment)
        )


def _unnamed(experiment: Experiment) -> Experiment:
    data = msgspec.structs.replace(experiment.data, name="", key="")
    return msgspec.structs.replace(experiment, data=data)
