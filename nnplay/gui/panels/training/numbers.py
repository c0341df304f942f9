"""The numbers of a training that are typed: where each stands in the experiment, and what it does to learning.

Their ranges are those of the experiment's records; nothing is said twice.
"""

import dataclasses
from dataclasses import dataclass
from typing import Any, Literal, get_type_hints

import msgspec
from msgspec import inspect

from nnplay.errors import InputError
from nnplay.experiments.explain import allowed_by
from nnplay.gui.session.choices import RATES, STRENGTHS
from nnplay.gui.widgets.number_format import number_in, whole_in
from nnplay.nn import OPTIMIZERS, SCHEDULES
from nnplay.training.experiment import Experiment, ModelSpec, ScheduleSpec, TrainingSpec

replace = msgspec.structs.replace
Part = Literal["model", "training", "schedule"]
OFF = "off"
KEPT = (0.0, 0.5, 0.8, 0.9, 0.95, 0.99, 0.999, 0.9999)
TINY = (1e-10, 1e-9, 1e-8, 1e-7, 1e-6, 1e-5, 1e-4, 1e-3)
EPOCHS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000)
PARTS = (0.0, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
FACTORS = (0.1, 0.2, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 0.999, 1.0)
PRICES = (0.0, *STRENGTHS)
SIZES = (0.001, 0.01, 0.03, 0.1, 0.3, 0.5, 1.0, 2.0, 3.0, 5.0, 10.0, 30.0, 100.0)
_RECORDS: dict[Part, type[msgspec.Struct]] = {"model": ModelSpec, "training": TrainingSpec, "schedule": ScheduleSpec}


@dataclass(frozen=True)
class Number:
    """One number.

    Attributes
    ----------
    part, field
        Where it stands in the experiment.
    label, tip
        What it is called, and what it does to learning in one sentence.
    ladder
        The values that are usual, in rising order.
    """

    part: Part
    field: str
    label: str
    tip: str
    ladder: tuple[float, ...]

    @property
    def off(self) -> str:
        """How its absence is written; "" where it can't be absent."""
        return OFF if any(isinstance(kind, inspect.NoneType) for kind in self._kinds()) else ""

    def read(self, text: str) -> float:
        """The number that a text says.

        Raises
        ------
        InputError
            It says none, or one out of range.
        """
        hint = get_type_hints(_RECORDS[self.part], include_extras=True)[self.field]
        whole = any(isinstance(kind, inspect.IntType) for kind in self._kinds())
        try:
            value: float = msgspec.convert(whole_in(text) if whole else number_in(text), hint)
        except ValueError:  # msgspec's own error is one too
            raise InputError(self.label, text, self._allowed()) from None
        return value

    def of(self, experiment: Experiment) -> float | None:
        """What it is in `experiment`."""
        value: float | None = getattr(_part(experiment, self.part), self.field)
        return value

    def put(self, experiment: Experiment, value: float | None) -> Experiment:
        """`experiment` with it."""
        return with_values(experiment, self.part, **{self.field: value})

    def _kinds(self) -> tuple[inspect.Type, ...]:
        record = inspect.type_info(_RECORDS[self.part])
        assert isinstance(record, inspect.StructType)
        kind = next(field.type for field in record.fields if field.name == self.field)
        return tuple(kind.types) if isinstance(kind, inspect.UnionType) else (kind,)

    def _allowed(self) -> str:
        kinds = [allowed_by(kind) for kind in self._kinds() if not isinstance(kind, inspect.NoneType)]
        return " or ".join([*kinds, *([f"the word {self.off}"] if self.off else [])])


RATE = Number(
    "training",
    "learning_rate",
    "Learning rate",
    "How far an update goes against the gradient; too far diverges",
    RATES,
)
SCHEDULE = (
    Number("schedule", "every", "Every (epochs)", "After each so many epochs the rate falls by the factor", EPOCHS),
    Number("schedule", "factor", "Factor", "What the learning rate is multiplied by each time it falls", FACTORS),
    Number("schedule", "over", "Over (epochs)", "The epochs in which the learning rate falls to zero", EPOCHS),
    Number(
        "schedule",
        "warm_up",
        "Warm-up (epochs)",
        "Epochs in which the learning rate rises from near zero, so that the first steps on raw weights are small",
        (0, *EPOCHS),
    ),
)
OPTIMIZER = (
    Number(
        "training",
        "momentum",
        "Momentum",
        "How much of the last update's speed is kept: carries over flat stretches, swings past the goal when too high",
        KEPT,
    ),
    Number(
        "training", "beta_1", "Mean, β₁", "How long the mean of the gradients remembers: high is smooth but slow", KEPT
    ),
    Number(
        "training",
        "beta_2",
        "Square, β₂",
        "How long the mean of the squared gradients remembers, by which each weight gets a step size of its own",
        KEPT,
    ),
    Number(
        "training",
        "rho",
        "Memory, ρ",
        "How long the mean of the squared gradients remembers, by which each weight gets a step size of its own",
        KEPT,
    ),
    Number("training", "epsilon", "Floor, ε", "Added to the divisor, so that a tiny gradient makes no huge step", TINY),
    Number(
        "training",
        "weight_decay",
        "Weight decay",
        "Pulls every weight towards zero at each update, apart from the gradient",
        PRICES,
    ),
)
CLIP = Number(
    "training",
    "clip_norm",
    "Clip gradient at",
    "A gradient longer than this is shortened to it: one bad batch can't throw the weights far",
    SIZES,
)
PENALTIES = (
    Number("training", "l1", "L1", "A price on the size of each weight: drives those that help little to zero", PRICES),
    Number("training", "l2", "L2", "A price on the square of each weight: keeps all of them small", PRICES),
    Number(
        "model",
        "dropout",
        "Dropout",
        "The part of the hidden units that each step leaves out at random, so that none relies on another",
        PARTS,
    ),
)
SCALE = Number(
    "model",
    "initializer_scale",
    "Deviation",
    "How widely the starting weights spread: too small and signals fade, too large and units saturate",
    SIZES,
)


def names_in_use(experiment: Experiment) -> frozenset[str]:
    """The fields of `SCHEDULE`, `OPTIMIZER` and `SCALE` that this experiment's training reads."""
    training, model = experiment.training, experiment.model
    schedule = (field.name for field in dataclasses.fields(SCHEDULES[training.schedule.kind]))
    scale = ("initializer_scale",) if model.initializer == "normal" else ()
    return frozenset((*schedule, *OPTIMIZERS[training.optimizer].hyperparameters, *scale))


def with_schedule(experiment: Experiment, kind: str) -> Experiment:
    """The same with another schedule, and the factor that is usual for it: one a step, another an epoch."""
    usual = {field.name: field.default for field in dataclasses.fields(SCHEDULES[kind])}
    factor = usual.get("factor", experiment.training.schedule.factor)
    return with_values(experiment, "schedule", kind=kind, factor=factor)


def with_values(experiment: Experiment, part: Part, **values: object) -> Experiment:
    """The same with other values in one of its parts."""
    changed = replace(_part(experiment, part), **values)
    if part == "schedule":
        return replace(experiment, training=replace(experiment.training, schedule=changed))
    return replace(experiment, **{part: changed})


def _part(experiment: Experiment, part: Part) -> Any:
    return experiment.training.schedule if part == "schedule" else getattr(experiment, part)
