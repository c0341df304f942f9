"""How the learning rate changes while training: schedules, each a factor of the rate for every epoch.

A schedule is a small frozen record that is called with the epoch (or step) from 0 and returns the factor.
"""

import math
from abc import ABC, abstractmethod
from dataclasses import dataclass, fields
from typing import ClassVar

from nnplay.errors import InputError
from nnplay.nn.validation import checked_count, checked_name, checked_number
from nnplay.texts import mark, tr


@dataclass(frozen=True, kw_only=True)
class Schedule(ABC):
    """Epoch → factor of the learning rate.

    Parameters
    ----------
    warm_up
        Epochs w of linear rise before the schedule proper begins: the factors are 1/(w + 1), 2/(w + 1), …
        Goyal et al., 2017.
    """

    name: ClassVar[str]
    label: ClassVar[str]
    """What a person reads, as `mark` leaves it."""
    help: ClassVar[str]
    """What it does to the rate, in one sentence."""
    warm_up: int = 0

    def __post_init__(self) -> None:
        checked_count("warm_up", self.warm_up, least=0)

    def __call__(self, epoch: int) -> float:
        """The factor for an epoch from 0."""
        if epoch < self.warm_up:
            return (epoch + 1) / (self.warm_up + 1)
        return self.after_warm_up(epoch - self.warm_up)

    @abstractmethod
    def after_warm_up(self, t: int) -> float:
        """The factor, t epochs after the warm-up."""


@dataclass(frozen=True, kw_only=True)
class Constant(Schedule):
    """Always 1."""

    name = "constant"
    label = mark("constant")
    help = mark("The same rate in every epoch")

    def after_warm_up(self, t: int) -> float:  # noqa: ARG002
        """1."""
        return 1.0


@dataclass(frozen=True, kw_only=True)
class StepDecay(Schedule):
    """Multiplied by `factor` every `every` epochs."""

    name = "step"
    label = mark("step")
    help = mark("The rate falls by a factor after each so many epochs")
    every: int = 100
    factor: float = 0.5

    def __post_init__(self) -> None:
        super().__post_init__()
        checked_count("every", self.every)
        checked_number("factor", self.factor, open_least=True)

    def after_warm_up(self, t: int) -> float:
        """factor^⌊t / every⌋."""
        return float(self.factor ** (t // self.every))


@dataclass(frozen=True, kw_only=True)
class Exponential(Schedule):
    """Multiplied by `factor` after each epoch."""

    name = "exponential"
    label = mark("exponential")
    help = mark("The rate falls by a factor in every epoch")
    factor: float = 0.99

    def __post_init__(self) -> None:
        super().__post_init__()
        checked_number("factor", self.factor, open_least=True)

    def after_warm_up(self, t: int) -> float:
        """factorᵗ."""
        return float(self.factor**t)


@dataclass(frozen=True, kw_only=True)
class Cosine(Schedule):
    """Half a cosine wave from 1 down to 0 over `over` epochs, and 0 from then on. Loshchilov & Hutter, 2017."""

    name = "cosine"
    label = mark("cosine")
    help = mark("The rate falls along half a cosine wave to 0")
    over: int = 1000

    def __post_init__(self) -> None:
        super().__post_init__()
        checked_count("over", self.over)

    def after_warm_up(self, t: int) -> float:
        """½ (1 + cos(π t / over))."""
        return 0.5 * (1.0 + math.cos(math.pi * min(t / self.over, 1.0)))


SCHEDULES: dict[str, type[Schedule]] = {kind.name: kind for kind in (Constant, StepDecay, Exponential, Cosine)}
"""Every schedule by its name."""


def make_schedule(name: str = "constant", **numbers: float) -> Schedule:
    """The schedule of that name, with the numbers it knows.

    Raises
    ------
    InputError
        For an unknown schedule, a number that it does not have, or one out of its range.
    """
    kind = SCHEDULES[checked_name("schedule", name, SCHEDULES)]
    known = [field.name for field in fields(kind)]
    for key, value in numbers.items():
        if key not in known:
            allowed = tr("for the schedule {name} one of {numbers}", name=name, numbers=", ".join(known))
            raise InputError(key, value, allowed)
    return kind(**numbers)  # type: ignore[arg-type]
