"""One frozen record of every choice: data, model, training and seed.

Two runs of one experiment give the same numbers to the last bit, and the whole program can be rebuilt from it.
"""

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING, Annotated, Any, TypeAlias

import msgspec
import numpy as np
from msgspec import Meta
from numpy.typing import NDArray

from nnplay.data import DATA_SETS, FEATURES, Table
from nnplay.data.digits import PIXELS
from nnplay.data.packing import pack
from nnplay.data.tables.preparation import Preparation
from nnplay.errors import InputError, one_of
from nnplay.limits import MOST_INPUTS, MOST_NUMBER
from nnplay.nn import (
    ACTIVATIONS,
    ENGINES,
    INITIALIZERS,
    LOSSES,
    NUMPY,
    OPTIMIZERS,
    OUTPUTS,
    OWN,
    SCHEDULES,
    Hyperparameter,
)
from nnplay.pictures.network import network_picture
from nnplay.texts import mark, number, tr
from nnplay.training.record_html import record_html

MAX_HIDDEN_LAYERS = 10
MAX_UNITS = 512
MAX_SEED = 2**32 - 1
NUMBERS_IN_FILES = ("momentum", "beta_1", "beta_2", "rho", "epsilon", "weight_decay")
"""The order of the optimisers' numbers in files since their first version; later ones come behind these."""
MOST_SAMPLES = int(max(data_set.samples.highest for data_set in DATA_SETS.values()))
MOST_NOISE = max(data_set.noise.highest for data_set in DATA_SETS.values())
"""The most that any data set takes; each may take less."""
CLASS_WEIGHTS = {"none": mark("none"), "balanced": mark("balanced")}
"""How samples count, with what that is called: each the same, or each class the same. A sample of a class then counts
N / (C · n) of N training samples in C classes, n of them in its own.
"""
YOURS = "yours"
"""The data set that is drawn or imported: the experiment carries its points itself."""

MOST_NAME = 80
"""Characters that the name of a data set of one's own may have."""
MOST_START = 20_000
"""Weights and biases that an experiment may bring: so many a person can read, and a file can list."""
MOST_LEFT_OUT = 100
"""Training samples that may count nothing, each by its own numbers."""
MOST_KEY, KEY = 32, "^[0-9a-z]*$"
"""Characters that its key may have, and of what kind they are."""

Seed = Annotated[int, Meta(ge=0, le=MAX_SEED)]
Share = Annotated[float, Meta(ge=0.1, le=1.0)]
Fraction = Annotated[float, Meta(ge=0.0, lt=1.0)]
Penalty = Annotated[float, Meta(ge=0.0, le=10.0)]
Positive = Annotated[float, Meta(gt=0.0, le=1000.0)]
Weight = Annotated[float, Meta(ge=-1e30, le=1e30)]
SampleNumber = Annotated[float, Meta(ge=-MOST_NUMBER, le=MOST_NUMBER)]
SampleNumbers = Annotated[tuple[SampleNumber, ...], Meta(min_length=2, max_length=MOST_INPUTS + 1)]


if TYPE_CHECKING:
    MaybeTable: TypeAlias = Table | None
else:
    MaybeTable = Any  # msgspec would take the dataclass apart itself, and overlook unknown keys


def _check_name(field: str, name: str, known: Collection[str]) -> None:
    if name not in known:
        raise InputError(field, name, one_of(known))


class _Record(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What all parts of an experiment share: frozen, named fields only, no unknown keys."""


class DataSpec(_Record, frozen=True):
    """Which points there are, which features the network sees of them, and how they are split.

    Attributes
    ----------
    kind
        A key of `nnplay.data.DATA_SETS`, or ``"yours"`` for the points of `table`.
    samples, noise, classes, seed, formula
        Passed to the generator of `kind`; same values, same points.
    table
        The drawn or imported points; None for every other kind.
    plane
        The part of the plane shown, as (x₁ from, x₁ to, x₂ from, x₂ to); None for the kind's own.
    plane_inputs
        Which two inputs of a wider table span the plane, from 0; one input alone spans it with itself, (0, 0).
    features
        What the network sees of a point of the plane; ignored where there are more than two inputs.
    standardize
        Bring each feature to mean 0 and standard deviation 1, fitted on the training samples only.
    train_share
        The part of each class that trains, 0.1 to 0.9; 1.0 for all of it and no test set.
    standardize_target
        Train a regression on targets of mean 0 and standard deviation 1, as measured on the training samples; all
        figures and outputs that are shown are in the target's own unit. Classes have no unit: there it is ignored.
    preparation
        How the columns of the file became the inputs of `table`; None where it was drawn or generated.
    name
        What the person calls `table`; "" for the points of every other kind, which have a title.
    key
        Which of the person's own data sets `table` is: the name of its file among them; "" where it is none of them.
    """

    kind: str = "xor"
    samples: Annotated[int, Meta(ge=1, le=MOST_SAMPLES)] = 4
    noise: Annotated[float, Meta(ge=0.0, le=MOST_NOISE)] = 0.0
    classes: Annotated[int, Meta(ge=1, le=10)] = 2
    seed: Seed = 0
    formula: Annotated[str, Meta(max_length=200)] = ""
    table: MaybeTable = None
    plane: tuple[float, float, float, float] | None = None
    plane_inputs: tuple[int, int] = (0, 1)
    features: Annotated[tuple[str, ...], Meta(min_length=1)] = ("x1", "x2")
    standardize: bool = False
    train_share: Share = 1.0
    standardize_target: bool = False
    preparation: Preparation | None = None
    name: Annotated[str, Meta(max_length=MOST_NAME)] = ""
    key: Annotated[str, Meta(max_length=MOST_KEY, pattern=KEY)] = ""

    def __post_init__(self) -> None:
        if self.kind != YOURS:
            _check_name("kind", self.kind, [*DATA_SETS, YOURS])
            DATA_SETS[self.kind].check(self.samples, self.noise, self.classes)
        if (self.table is None) == (self.kind == YOURS):
            allowed = tr("the points where kind is 'yours', and null for every other kind")
            raise InputError("table", self.table, allowed)
        if self.table is not None and not isinstance(self.table, Table):  # as it stands in a file
            msgspec.structs.force_setattr(self, "table", Table.from_dict(self.table))
        self._check_preparation()
        self._check_plane()
        for name in self.features:
            _check_name("features", name, FEATURES)
        if len(set(self.features)) != len(self.features):
            raise InputError("features", self.features, tr("each feature once"))

    def _check_preparation(self) -> None:
        if self.preparation is None:
            return
        if self.table is None:
            raise InputError("preparation", self.preparation, tr("null where the points are not one's own"))
        wanted, found = self.table.inputs.shape[1], self.preparation.inputs
        if wanted != found:
            allowed = tr("columns that become {n} input|columns that become {n} inputs", "", wanted)
            raise InputError("preparation.columns", tr("{n} input|{n} inputs", "", found), allowed)

    def _check_plane(self) -> None:
        if self.plane is not None:
            left, right, low, high = self.plane
            if not (-MOST_NUMBER <= left < right <= MOST_NUMBER and -MOST_NUMBER <= low < high <= MOST_NUMBER):
                most = number(MOST_NUMBER)
                allowed = tr("four numbers of at most {most} in magnitude, each 'from' below its 'to'", most=most)
                raise InputError("plane", self.plane, allowed)
        if self.table is None and DATA_SETS[self.kind].plane is None:
            return  # pictures, which span no plane
        inputs = 2 if self.table is None else self.table.inputs.shape[1]
        if inputs == 1:
            msgspec.structs.force_setattr(self, "plane_inputs", (0, 0))
        elif not 0 <= min(self.plane_inputs) <= max(self.plane_inputs) < inputs:
            allowed = tr("two of the {n} input|two of the {n} inputs", "", inputs)
            raise InputError("plane_inputs", self.plane_inputs, allowed)

    @property
    def seen(self) -> int:
        """How many features the network sees."""
        if self.table is None and DATA_SETS[self.kind].plane is None:
            return PIXELS
        inputs = 2 if self.table is None else int(self.table.inputs.shape[1])
        return len(self.features) if inputs == 2 else inputs

    def arrays(self) -> tuple[NDArray[np.float64], ...]:
        """The arrays of points of one's own; a generated set has none."""
        return () if self.table is None else (self.table.inputs, self.table.targets)


class HiddenLayer(_Record, frozen=True):
    """The width and the activation of one hidden layer."""

    units: Annotated[int, Meta(ge=1, le=MAX_UNITS)] = 4
    activation: str = "relu"

    def __post_init__(self) -> None:
        _check_name("activation", self.activation, ACTIVATIONS)


class ModelSpec(_Record, frozen=True):
    """The network: its hidden layers, its loss and how it starts.

    Attributes
    ----------
    output
        What squared errors are taken of where there are classes: the outputs of ``"sigmoid"`` or ``"softmax"``, or
        ``"own"`` for the logits. The other losses have their own, whatever stands here.
    start
        Weights and biases to start from, where they are not to be drawn: layer by layer, weights row by row and then
        biases, as `NeuralNetwork.parameters` has them; as many as the network has.
    """

    hidden_layers: Annotated[tuple[HiddenLayer, ...], Meta(max_length=MAX_HIDDEN_LAYERS)] = (HiddenLayer(),)
    loss: str = "binary_cross_entropy"
    output: str = OWN
    initializer: str = "he_normal"
    initializer_scale: Positive = 1.0
    batch_norm: bool = False
    dropout: Fraction = 0.0
    dtype: str = "float64"
    start: Annotated[tuple[Weight, ...], Meta(max_length=MOST_START)] | None = None

    @property
    def gives_sums(self) -> bool:
        """Whether the outputs are the sums themselves, which may be any number."""
        return self.loss == "mean_squared_error" and self.output == OWN

    @property
    def one_hot(self) -> bool:
        """Whether each class has an output of its own, also where there are two."""
        softmax = self.loss == "mean_squared_error" and self.output == "softmax"
        return softmax or self.loss == "categorical_cross_entropy"

    def __post_init__(self) -> None:
        _check_name("loss", self.loss, LOSSES)
        _check_name("output", self.output, (OWN, *OUTPUTS))
        _check_name("initializer", self.initializer, INITIALIZERS)
        _check_name("dtype", self.dtype, ("float64", "float32"))


class ScheduleSpec(_Record, frozen=True):
    """How the learning rate changes over the epochs.

    Attributes
    ----------
    kind
        A name of `nnplay.nn.SCHEDULES`.
    every, factor
        Step: the rate is multiplied by `factor` every `every` epochs; exponential: by `factor` each epoch.
    over
        Cosine: the epochs until the rate is zero.
    warm_up
        Epochs of linear rise from zero before the rest.
    """

    kind: str = "constant"
    every: Annotated[int, Meta(ge=1, le=1_000_000)] = 100
    factor: Annotated[float, Meta(gt=0.0, le=1.0)] = 0.5
    over: Annotated[int, Meta(ge=1, le=10_000_000)] = 1000
    warm_up: Annotated[int, Meta(ge=0, le=1_000_000)] = 0

    def __post_init__(self) -> None:
        _check_name("kind", self.kind, SCHEDULES)


def optimizer_numbers() -> dict[str, Hyperparameter]:
    """The numbers of all optimisers by name; those that several have are the same."""
    numbers = {name: fact for kind in OPTIMIZERS.values() for name, fact in kind.numbers().items()}
    return {name: numbers[name] for name in dict.fromkeys((*NUMBERS_IN_FILES, *numbers)) if name in numbers}


def _number_field(name: str, number: Hyperparameter) -> tuple[str, object, float]:
    ends: dict[str, Any] = {"gt" if number.positive else "ge": 0.0, "lt": number.below, "le": number.most}
    return name, Annotated[float, Meta(**ends)], number.default


if TYPE_CHECKING:

    class _OptimizerSpec(_Record, frozen=True):
        optimizer: str = "sgd"
        learning_rate: Positive = 0.5

else:
    _OptimizerSpec = msgspec.defstruct(
        "_OptimizerSpec",
        [
            ("optimizer", str, "sgd"),
            ("learning_rate", Positive, 0.5),
            *(_number_field(name, number) for name, number in optimizer_numbers().items()),
        ],
        bases=(_Record,),
        module=__name__,
        frozen=True,
    )


class TrainingSpec(_OptimizerSpec, frozen=True):
    """How the network is trained; everything here can change while training goes on.

    `optimizer` is a name of `nnplay.nn.OPTIMIZERS`. Beside the learning rate the record has each number of each
    optimiser, with the default and the range that its class gives it; an optimiser reads the numbers it knows.
    `batch_size` None is the full batch; `clip_norm` None clips nothing; `epochs` is how long ``nnplay train`` goes on
    when it is not told otherwise; `class_weights` is a name of `CLASS_WEIGHTS`, which a regression does without.
    `left_out` has training samples that count nothing, each by its inputs and its target, as the points have them:
    those that equal one, in the order of the samples, as many as there are of it. `engine` is a name of
    `nnplay.nn.ENGINES`: who computes the steps.
    """

    l1: Penalty = 0.0
    l2: Penalty = 0.0
    batch_size: Annotated[int, Meta(ge=1, le=1_000_000)] | None = None
    clip_norm: Positive | None = None
    schedule: ScheduleSpec = ScheduleSpec()
    epochs: Annotated[int, Meta(ge=1, le=10_000_000)] = 1000
    class_weights: str = "none"
    left_out: Annotated[tuple[SampleNumbers, ...], Meta(max_length=MOST_LEFT_OUT)] = ()
    engine: str = NUMPY

    def __post_init__(self) -> None:
        _check_name("optimizer", self.optimizer, OPTIMIZERS)
        _check_name("class_weights", self.class_weights, CLASS_WEIGHTS)
        _check_name("engine", self.engine, ENGINES)


class Experiment(_Record, frozen=True):
    """Every choice of one run. The defaults are the tutorial's experiment."""

    data: DataSpec = DataSpec()
    model: ModelSpec = ModelSpec()
    training: TrainingSpec = TrainingSpec()
    seed: Seed = 0

    def _repr_html_(self) -> str:
        hidden = self.model.hidden_layers
        labels = [tr(ACTIVATIONS[layer.activation].label) for layer in hidden]
        return record_html(self, Experiment(), network_picture(self.layer_sizes, activations=labels))

    @property
    def layer_sizes(self) -> tuple[int, ...]:
        """How many features the network takes, how many units each layer has, and how many outputs it gives."""
        return (self.data.seen, *(layer.units for layer in self.model.hidden_layers), self._outputs())

    def _outputs(self) -> int:
        table, data = self.data.table, self.data
        classes = (
            table.classes
            if table is not None
            else DATA_SETS[data.kind].check(data.samples, data.noise, data.classes)[2]
        )
        return max(classes, 1) if classes > 2 or self.model.one_hot else 1


def to_builtins(record: msgspec.Struct) -> object:
    """The record as dicts, lists, strings and numbers, as JSON has them."""
    return msgspec.to_builtins(record, enc_hook=encode_extra)


def encode_extra(value: object, pack: Callable[[NDArray[np.float64]], object] = pack) -> object:
    """msgspec's hook for what it doesn't know: the arrays of a Table become lists, large ones packed by `pack`."""
    if isinstance(value, np.ndarray):
        return pack(value)
    raise NotImplementedError(f"{type(value).__name__} has no place in an experiment")
