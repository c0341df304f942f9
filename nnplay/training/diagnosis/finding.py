"""What a rule says: a sentence, its evidence, whose fault it is, where that is seen, and the edit that helps."""

from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

from nnplay.training.experiment import Experiment


class Way(Enum):
    """How a fix is done."""

    AFRESH = "afresh"
    """Train what the fix makes of the experiment from its start, which may be the weights that there are."""
    AT_ONCE = "at_once"
    """Let it hold for the run as it is, and go on."""
    AT_BEST = "at_best"
    """Go back to the moment of the lowest test loss, and let it hold from there."""


class Gravity(Enum):
    """What a finding is."""

    CAUSE = "cause"
    """Why learning fails."""
    HINT = "hint"
    """What may be so, and may be no harm."""
    FACT = "fact"
    """What is so, and is the cause of nothing by itself."""


class Where(Enum):
    """What shows that a finding is right."""

    LOSS = "loss"
    GRADIENTS = "gradients"
    ACTIVATIONS = "activations"
    CONFUSION = "confusion"
    PLANE = "plane"
    SPACE = "space"
    NETWORK = "network"
    DATA = "data"


class UnitPlace(NamedTuple):
    """A unit: hidden layer from 0, −1 for the inputs."""

    layer: int
    unit: int


class WeightPlace(NamedTuple):
    """A weight of a dense layer from 0, from input `row` to `unit`; its bias where `row` is None."""

    layer: int
    row: int | None
    unit: int


@dataclass(frozen=True)
class Proof:
    """A number that was measured, beside the one from which on a rule speaks.

    Attributes
    ----------
    name
        What was measured, as a person reads it.
    value, threshold
        Both in the same unit.
    above
        Whether the rule speaks above the threshold, or below it.
    """

    name: str
    value: float
    threshold: float
    above: bool = True


@dataclass(frozen=True)
class Fix:
    """A way out, done by one click.

    Attributes
    ----------
    label, tip
        What its button says, and what it does in one sentence.
    experiment
        What holds after it.
    message
        What is said when it is done.
    way
        How it is done.
    """

    label: str
    tip: str
    experiment: Experiment
    message: str
    way: Way = Way.AFRESH


@dataclass(frozen=True)
class Finding:
    """What is wrong, in one sentence with the evidence in it, and what helps.

    Attributes
    ----------
    rule
        The name of the rule that found it, of `RULES`.
    sentence
        What is wrong.
    fix
        What helps, where one thing does.
    gravity
        Whether it is a cause, a hint or a fact.
    where
        What shows it.
    proofs
        The numbers that the rule judged by.
    units, weights
        The parts of the network that are meant.
    points
        Rows of the table that are meant, group by group.
    tied
        Whether those of a group are one to the network.
    """

    rule: str
    sentence: str
    fix: Fix | None = None
    gravity: Gravity = Gravity.CAUSE
    where: Where = Where.LOSS
    proofs: tuple[Proof, ...] = ()
    units: tuple[UnitPlace, ...] = ()
    weights: tuple[WeightPlace, ...] = ()
    points: tuple[tuple[int, ...], ...] = ()
    tied: bool = False
