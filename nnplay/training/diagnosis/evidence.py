"""What the rules judge by: the state of a run, and what was measured of it."""

from dataclasses import dataclass

from nnplay.training.experiment import Experiment
from nnplay.training.run_control import RunState


@dataclass(frozen=True)
class Evidence:
    """One moment of a run, as rules see it.

    Attributes
    ----------
    experiment
        What is trained.
    state
        Where the run stands.
    epoch
        Whole epochs done.
    """

    experiment: Experiment
    state: RunState
    epoch: int
