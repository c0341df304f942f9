"""The network as it was at an earlier moment of the run, to be looked at."""

from nnplay.training.moment import Moment, trainer_at
from nnplay.training.record import Recording
from nnplay.training.trainer import Trainer


class MomentView:
    """A trainer that stands at one moment after another; it is made for the first one."""

    def __init__(self) -> None:
        self._trainer: Trainer | None = None

    def at(self, record: Recording, step: int, moment: Moment) -> Trainer:
        """The trainer, after so many steps of the branch that the run is on."""
        experiment, view = record.current.experiment_at(record.current.edits_at(step)), self._trainer
        if view is None:
            view = self._trainer = trainer_at(experiment, record.prepared_for(experiment), moment)
        else:
            if view.experiment is not experiment:
                view.apply(experiment, record.prepared_for(experiment))
            moment.restore(view)
        return view

    def forget(self) -> None:
        """Something else is shown: the next one is another trainer."""
        self._trainer = None
