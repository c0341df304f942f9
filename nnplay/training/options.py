"""Every option of an experiment, once: what it is called, what it does to learning, and which values are usual.

Its range is that of the experiment's record; labels and numbers of activations, optimisers and the like are those of
their classes. The window, the command line and the files' messages all read them here.
"""

import dataclasses
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, Any, get_args, get_origin, get_type_hints

import msgspec
from msgspec import inspect

from nnplay.data import DATA_SETS, FEATURES
from nnplay.errors import InputError, one_of
from nnplay.nn import ACTIVATIONS, INITIALIZERS, LOSSES, OPTIMIZERS, SCHEDULES
from nnplay.texts import mark, tr
from nnplay.training import ladders
from nnplay.training.allowed import allowed_by, either
from nnplay.training.edits import with_value
from nnplay.training.experiment import CLASS_WEIGHTS, YOURS, Experiment, optimizer_numbers
from nnplay.training.reading import number_in, whole_in

OFF = mark("off")
"""How a person writes that there is none, where there can be none."""
EACH_LAYER = "N"
"""Stands in a path for the number of a hidden layer, from 0."""
NO_OPTIONS = frozenset({"data.preparation", "data.name", "data.key"})
"""Fields that nobody chooses: they come with the points."""


@dataclass(frozen=True)
class Option:
    """One choice of an experiment.

    Attributes
    ----------
    path
        Where it stands in the record, such as ``training.learning_rate``.
    marked_label, marked_help, marked_unit
        Those of `label`, `help` and `unit`, as `mark` leaves them.
    ladder
        Numbers that are usual, in rising order.
    names
        For one of several: what each name is called, as `mark` leaves it; None for everything else.
    """

    path: str
    marked_label: str
    marked_help: str
    marked_unit: str = ""
    ladder: Sequence[float] = ()
    names: Callable[[], Mapping[str, str]] | None = None

    @property
    def label(self) -> str:
        """What it is called."""
        return tr(self.marked_label)

    @property
    def help(self) -> str:
        """What it does to learning, in one sentence."""
        return tr(self.marked_help)

    @property
    def unit(self) -> str:
        """What it is counted in; "" for a plain number, a name or a switch."""
        return self.marked_unit and tr(self.marked_unit)

    @property
    def field(self) -> str:
        """The last step of its path."""
        return self.path.rpartition(".")[2]

    @property
    def choices(self) -> list[tuple[str, str]]:
        """(name, label) of all that can be chosen."""
        return [(name, tr(label)) for name, label in self.names().items()] if self.names is not None else []

    @property
    def off(self) -> str:
        """How its absence is written; "" where it can't be absent."""
        return tr(OFF) if any(isinstance(kind, inspect.NoneType) for kind in self._kinds) else ""

    @property
    def allowed(self) -> str:
        """What it takes, as the end of a sentence: ``"a whole number from 1 to 512"``."""
        if self.names is not None:
            several = any(isinstance(kind, inspect.VarTupleType) for kind in self._kinds)
            names = one_of(self.names())
            return tr("a list of values, each {item}", item=names) if several else names
        kinds = [allowed_by(kind) for kind in self._kinds if not isinstance(kind, inspect.NoneType)]
        return either([*kinds, tr("the word {word}", word=self.off)] if self.off else kinds)

    @property
    def default(self) -> object:
        """What it is until a person changes it."""
        return _value(Experiment(), self.path.replace(EACH_LAYER, "0"))

    def of(self, experiment: Experiment) -> Any:
        """What it is in `experiment`."""
        return _value(experiment, self.path)

    def put(self, experiment: Experiment, value: object) -> Experiment:
        """`experiment` with another value of it."""
        return with_value(experiment, self.path, value)

    def read(self, text: str, name: str = "") -> float:
        """The number that a person's text says.

        Parameters
        ----------
        name
            What a refusal calls it; the option's label if left out.

        Raises
        ------
        InputError
            It says none, or one out of range.
        """
        whole = any(isinstance(kind, inspect.IntType) for kind in self._kinds)
        try:
            value: float = msgspec.convert(whole_in(text) if whole else number_in(text), self._hint)
        except ValueError:  # msgspec's own error is one too
            raise InputError(name or self.label, text, self.allowed) from None
        return value

    @cached_property
    def _hint(self) -> Any:
        return _hint_at(self.path.split("."))

    @cached_property
    def _kinds(self) -> tuple[inspect.Type, ...]:
        kind = inspect.type_info(self._hint)
        return tuple(kind.types) if isinstance(kind, inspect.UnionType) else (kind,)


def record_paths(record: type[msgspec.Struct] = Experiment, before: str = "") -> Iterator[str]:
    """The path of every field of an experiment that a person chooses, and that is no record itself."""
    for name, hint in get_type_hints(record, include_extras=True).items():
        kind, path = _record_in(hint), f"{before}{name}"
        if path in NO_OPTIONS:
            continue
        if kind is None:
            yield path
        else:
            each = "" if kind is hint else f".{EACH_LAYER}"
            yield from record_paths(kind, f"{path}{each}.")


def in_use(experiment: Experiment) -> frozenset[str]:
    """The paths of the numbers that this experiment reads, of those that only some kinds do: see `SOMETIMES`."""
    training, model = experiment.training, experiment.model
    schedule = (f"training.schedule.{f.name}" for f in dataclasses.fields(SCHEDULES[training.schedule.kind]))
    optimizer = (f"training.{name}" for name in OPTIMIZERS[training.optimizer].hyperparameters)
    scale = ("model.initializer_scale",) if INITIALIZERS[model.initializer].scaled else ()
    return frozenset((*schedule, *optimizer, *scale))


def _value(experiment: Experiment, path: str) -> Any:
    value: Any = experiment
    for step in path.split("."):
        value = value[int(step)] if step.isdigit() else getattr(value, step)
    return value


def _hint_at(steps: Sequence[str]) -> Any:
    hint: Any = Experiment
    for step in steps:
        if step != EACH_LAYER:
            record = _record_in(hint)
            assert record is not None
            hint = get_type_hints(record, include_extras=True)[step]
    return hint


def _record_in(hint: Any) -> type[msgspec.Struct] | None:
    """The record that a field holds, alone or in a list; None where it holds none."""
    if get_origin(hint) is Annotated:
        hint = get_args(hint)[0]
    inner = get_args(hint)[0] if get_origin(hint) is tuple else hint
    return inner if isinstance(inner, type) and issubclass(inner, msgspec.Struct) else None


def _labels(registry: Mapping[str, Any]) -> Callable[[], dict[str, str]]:
    """Read when it is asked for: a registry may have got an entry since."""
    return lambda: {name: entry.label for name, entry in registry.items()}


def _data_sets() -> dict[str, str]:
    return {**{key: data_set.title for key, data_set in DATA_SETS.items()}, YOURS: mark("Yours")}


def _optimizer_options() -> Iterator[Option]:
    """The numbers of all optimisers; one that several have is one option."""
    for name, number in optimizer_numbers().items():
        yield Option(f"training.{name}", number.label, number.help, ladder=number.ladder)


_ALL = (
    Option("data.kind", mark("Data set"), mark("Which points there are to learn from"), names=_data_sets),
    Option(
        "data.samples",
        mark("Samples"),
        mark("How many points are drawn from the pattern"),
        mark("points"),
        ladder=ladders.SAMPLE_COUNTS,
    ),
    Option("data.noise", mark("Noise"), mark("How far points stray from the pure pattern"), ladder=ladders.NOISES),
    Option("data.classes", mark("Classes"), mark("How many classes there are to tell apart"), mark("classes")),
    Option("data.seed", mark("Seed of the data"), mark("The same seed draws the same points and the same split")),
    Option(
        "data.formula", mark("Formula"), mark("The border or the surface of the data sets that are made from a formula")
    ),
    Option(
        "data.table", mark("Points"), mark("Points of your own: drawn, pasted or imported; they are the data set yours")
    ),
    Option("data.plane", mark("Plane"), mark("The part of the plane that is shown: x₁ from and to, x₂ from and to")),
    Option(
        "data.plane_inputs",
        mark("Inputs of the plane"),
        mark("Which two inputs of a wider table span the plane, from 0"),
    ),
    Option(
        "data.features",
        mark("Features"),
        mark("What the network sees of a point of the plane"),
        names=lambda: {feature.name: feature.label for feature in FEATURES.values()},
    ),
    Option(
        "data.standardize",
        mark("Standardise inputs"),
        mark(
            "Bring every input to mean 0 and standard deviation 1, measured on the training points: "
            "inputs of different size then count alike"
        ),
    ),
    Option(
        "data.train_share",
        mark("For training"),
        mark("The part of each class that trains; the rest tests what was learnt on points never seen"),
        ladder=ladders.SHARES,
    ),
    Option(
        "data.standardize_target",
        mark("Standardise target"),
        mark(
            "Bring the target of a regression to mean 0 and standard deviation 1 inside: targets of any size then "
            "learn alike, and all figures stay in their own unit; classes have none, and nothing changes"
        ),
    ),
    Option(
        "model.hidden_layers.N.units",
        mark("Units"),
        mark("How many units the layer has: more tell more things apart, and take longer"),
        mark("units"),
    ),
    Option(
        "model.hidden_layers.N.activation",
        mark("Activation"),
        mark("What every hidden unit does to its sum; without a bend in it the network stays a straight line"),
        names=_labels(ACTIVATIONS),
    ),
    Option("model.loss", mark("Loss"), mark("What training makes as small as it can"), names=_labels(LOSSES)),
    Option(
        "model.initializer",
        mark("Start"),
        mark("How the starting weights are drawn: so that signals neither fade nor explode from layer to layer"),
        names=_labels(INITIALIZERS),
    ),
    Option(
        "model.initializer_scale",
        mark("Standard deviation"),
        mark("How widely the starting weights spread: too small and signals fade, too large and units saturate"),
        ladder=ladders.SIZES,
    ),
    Option(
        "model.batch_norm",
        mark("Batch norm"),
        mark("Brings the sums of each hidden layer to mean 0 and standard deviation 1: deep networks learn sooner"),
    ),
    Option(
        "model.dropout",
        mark("Dropout"),
        mark("The part of the hidden units that each step leaves out at random, so that none relies on another"),
        ladder=ladders.PARTS,
    ),
    Option(
        "model.dtype",
        mark("Precision"),
        mark("How many figures each number keeps: 32 bits are quicker on wide layers, 64 bits are exact to 15 figures"),
        names=lambda: {"float64": mark("64 bits"), "float32": mark("32 bits")},
    ),
    Option(
        "training.optimizer", mark("Optimiser"), mark("How a gradient becomes an update"), names=_labels(OPTIMIZERS)
    ),
    Option(
        "training.learning_rate",
        mark("Learning rate"),
        mark("How far an update goes against the gradient; too far diverges"),
        ladder=ladders.RATES,
    ),
    *_optimizer_options(),
    Option(
        "training.l1",
        mark("L1"),
        mark("A price on the size of each weight: drives those that help little to zero"),
        ladder=ladders.PRICES,
    ),
    Option(
        "training.l2",
        mark("L2"),
        mark("A price on the square of each weight: keeps all of them small"),
        ladder=ladders.PRICES,
    ),
    Option(
        "training.batch_size",
        mark("Batch size"),
        mark("How many samples one update averages over: small batches are quick and rough"),
        mark("samples"),
        ladder=ladders.BATCH_SIZES,
    ),
    Option(
        "training.clip_norm",
        mark("Clip gradient at"),
        mark("A gradient longer than this is shortened to it: one bad batch can't throw the weights far"),
        ladder=ladders.SIZES,
    ),
    Option(
        "training.schedule.kind",
        mark("Schedule"),
        mark("How the learning rate changes over the epochs: large steps first, fine ones at the end"),
        names=_labels(SCHEDULES),
    ),
    Option(
        "training.schedule.every",
        mark("Every (epochs)"),
        mark("After each so many epochs the rate falls by the factor"),
        mark("epochs"),
        ladder=ladders.EPOCHS,
    ),
    Option(
        "training.schedule.factor",
        mark("Factor"),
        mark("What the learning rate is multiplied by each time it falls"),
        ladder=ladders.FACTORS,
    ),
    Option(
        "training.schedule.over",
        mark("Over (epochs)"),
        mark("The epochs in which the learning rate falls to zero"),
        mark("epochs"),
        ladder=ladders.EPOCHS,
    ),
    Option(
        "training.schedule.warm_up",
        mark("Warm-up (epochs)"),
        mark(
            "Epochs in which the learning rate rises from near zero, so that the first steps on raw weights are small"
        ),
        mark("epochs"),
        ladder=(0, *ladders.EPOCHS),
    ),
    Option(
        "training.epochs",
        mark("Epochs"),
        mark("How long nnplay train goes on when it is not told otherwise"),
        mark("epochs"),
        ladder=ladders.EPOCHS,
    ),
    Option(
        "training.class_weights",
        mark("Class weights"),
        mark(
            "Balanced lets every class count the same however few samples it has: the loss that is shown and made "
            "smaller is the weighted one, accuracy counts every sample alike, and a regression does without"
        ),
        names=lambda: CLASS_WEIGHTS,
    ),
    Option("seed", mark("Seed of the start"), mark("The same seed draws the same starting weights")),
)

OPTIONS: dict[str, Option] = {option.path: option for option in _ALL}
"""Every option by its path."""

OPTIMIZER_NUMBERS = tuple(option.path for option in _optimizer_options())
"""The paths of the numbers that are the optimisers' own."""

_SCHEDULE_NUMBERS = (path for path in OPTIONS if path.startswith("training.schedule.") and OPTIONS[path].ladder)
SOMETIMES = frozenset((*_SCHEDULE_NUMBERS, *OPTIMIZER_NUMBERS, "model.initializer_scale"))
"""Numbers that only some schedules, optimisers and initialisers read: see `in_use`."""
