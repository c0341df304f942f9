"""What follows a run from boundary to boundary, and says at each whether a condition has come true there."""

from abc import ABC, abstractmethod
from typing import ClassVar, Literal

from nnplay.training.trainer import Trainer


class Watcher(ABC):
    """A small state machine, fed with one run in its order.

    Attributes
    ----------
    each
        Whether it is to see the run after each step or after each epoch.
    whole
        Whether all that came before counts; else what was at the last boundary is all that it remembers.
    lasting
        Whether it is about how things are and not about what happens: then it is true for as long as they are so.
    """

    each: ClassVar[Literal["step", "epoch"]] = "epoch"
    whole: ClassVar[bool] = False
    lasting: ClassVar[bool] = False

    @abstractmethod
    def see(self, trainer: Trainer) -> bool:
        """Look at the run, first where the watch begins; True where the condition comes true."""

    def is_due(self, trainer: Trainer) -> bool:
        """Whether the place where the run stands is one for it to see."""
        return self.each == "step" or trainer.place.position == 0
