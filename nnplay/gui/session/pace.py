"""How fast a run goes: so many epochs a second, or phases of its steps."""

from dataclasses import dataclass


@dataclass(frozen=True)
class TrainingPace:
    """A speed that a person chooses.

    Attributes
    ----------
    rate
        The most epochs a second, or phases a second; None for as fast as it goes.
    by_phase
        Whether phases are counted: the run then walks through step after step by itself.
    """

    rate: float | None = None
    by_phase: bool = False


FASTEST = TrainingPace()
