"""Which values of a number are looked at: those around the one that holds."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from nnplay.errors import InputError, TooLargeError
from nnplay.training.effects import Effect, effect_of
from nnplay.training.experiment import Experiment
from nnplay.training.options import NO_FUTURE, OPTIONS, SOMETIMES, Option, in_use
from nnplay.training.parts import check_batches
from nnplay.training.prepared import PreparedData, prepared_after
from nnplay.training.trainer import Trainer

RATE = "training.learning_rate"
ROUND = (1.0, 1.5, 2.0, 3.0, 5.0, 7.0)
"""Figures of a decade that are nearly as far from each other, on a logarithmic scale."""


@dataclass(frozen=True)
class Alternatives:
    """Values of one number, in rising order.

    Attributes
    ----------
    option
        The number.
    values
        K values, the one that holds among them; None stands first, where there can be none.
    present
        The place of the one that holds.
    experiments, prepared
        What the run would be with each of them.
    """

    option: Option
    values: tuple[float | None, ...]
    present: int
    experiments: tuple[Experiment, ...]
    prepared: tuple[PreparedData, ...]

    def __len__(self) -> int:
        return len(self.values)


def has_futures(path: str, experiment: Experiment) -> bool:
    """Whether a run can go on with another value of the option at this path, which it reads."""
    option = OPTIONS.get(path)
    if option is None or path in NO_FUTURE or not option.ladder:
        return False
    return path in in_use(experiment) or path not in SOMETIMES


def alternatives(trainer: Trainer, path: str, most: int) -> Alternatives:
    """At most so many values around the one that a run has; those that it can't go on with are left out."""
    option, old = OPTIONS[path], trainer.experiment
    now = option.of(old)
    found: list[tuple[float | None, Experiment, PreparedData]] = [(now, old, trainer.prepared)]
    for value in _by_nearness(now, _usual(option, now)):
        if len(found) == most:
            break
        experiment = _possible(option, trainer, value)
        if experiment is not None:
            found.append((value, *experiment))
    found.sort(key=lambda one: _rank(one[0]))
    values = tuple(value for value, _, _ in found)
    return Alternatives(
        option,
        values,
        values.index(now),
        tuple(experiment for _, experiment, _ in found),
        tuple(prepared for _, _, prepared in found),
    )


def _usual(option: Option, now: float | None) -> list[float | None]:
    """The other values that there are: rates on a logarithmic scale, all else along the option's ladder."""
    if option.path == RATE:
        assert now is not None
        decade = math.floor(math.log10(now))
        values: Sequence[float] = [
            float(f"{figure}e{power}") for power in range(decade - 3, decade + 4) for figure in ROUND
        ]
    else:
        whole = isinstance(option.default, int) or isinstance(now, int) or option.field == "batch_size"
        values = [int(value) if whole else float(value) for value in option.ladder]
    off: list[float | None] = [None] if option.off else []
    return [value for value in [*off, *values] if value != now]


def _by_nearness(now: float | None, values: list[float | None]) -> list[float | None]:
    """The nearest first, from both sides in turn."""
    below = [value for value in values if _rank(value) < _rank(now)][::-1]
    above = [value for value in values if _rank(value) > _rank(now)]
    turns: list[float | None] = []
    for place in range(max(len(below), len(above))):
        turns += below[place : place + 1] + above[place : place + 1]
    return turns


def _rank(value: float | None) -> float:
    return -math.inf if value is None else value


def _possible(option: Option, trainer: Trainer, value: float | None) -> tuple[Experiment, PreparedData] | None:
    """The run with this value and its data; None where it can't go on with it."""
    old = trainer.experiment
    try:
        new = option.put(old, value)
        check_batches(new)
        prepared = prepared_after(trainer.prepared, old, new)
    except (InputError, TooLargeError):
        return None
    goes_on = effect_of(old, new, trainer.prepared, prepared) is Effect.AT_ONCE
    return (new, prepared) if goes_on and len(prepared.X_train) >= trainer.network.least_batch else None
