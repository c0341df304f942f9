"""What can be chosen in the window, as (value, text) pairs, and the experiments that the choices lead to."""

import math

import msgspec

from nnplay.data import DATA_SETS, Table
from nnplay.data.plane import PLANE_EDGE
from nnplay.gui.widgets.choice_box import Choice
from nnplay.nn import SCHEDULES
from nnplay.training.experiment import YOURS, DataSpec, Experiment, HiddenLayer, TrainingSpec
from nnplay.training.prepared import MOST_PLANE_INPUTS, default_loss, task_of

replace = msgspec.structs.replace

RATES = (1e-5, 1e-4, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 0.5, 1.0, 3.0, 10.0)
ACTIVATION_NAMES = {
    "relu": "ReLU",
    "tanh": "tanh",
    "sigmoid": "sigmoid",
    "identity": "linear",
    "leaky_relu": "leaky ReLU",
    "elu": "ELU",
    "gelu": "GELU",
    "silu": "SiLU",
    "softplus": "softplus",
    "sine": "sine",
}
ACTIVATION_CHOICES: list[Choice] = list(ACTIVATION_NAMES.items())
OPTIMIZER_CHOICES: list[Choice] = [
    ("sgd", "SGD"),
    ("momentum", "momentum"),
    ("nesterov", "Nesterov"),
    ("adagrad", "AdaGrad"),
    ("rmsprop", "RMSProp"),
    ("adam", "Adam"),
    ("adamw", "AdamW"),
]
SCHEDULE_CHOICES: list[Choice] = [(name, name) for name in SCHEDULES]
INITIALIZER_CHOICES: list[Choice] = [
    ("he_normal", "He normal"),
    ("he_uniform", "He uniform"),
    ("xavier_normal", "Xavier normal"),
    ("xavier_uniform", "Xavier uniform"),
    ("lecun_normal", "LeCun normal"),
    ("orthogonal", "orthogonal"),
    ("zeros", "zeros"),
    ("normal", "normal"),
]
PRECISION_CHOICES: list[Choice] = [("float64", "64 bits"), ("float32", "32 bits")]
STRENGTHS = (0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0)
PROBLEM_CHOICES: list[Choice] = [("classification", "classification"), ("regression", "regression")]
FASTEST = math.inf
PACES = (1.0, 2.0, 5.0, 10.0, 30.0, 60.0, 100.0, 300.0, 1000.0, FASTEST)
"""Epochs a second, from slow motion to as fast as it goes."""
Penalty = tuple[str, float]
NO_PENALTY: Penalty = ("none", 0.0)
BOTH_PENALTIES: Penalty = ("L1 + L2", 0.0)
"""Stands for two penalties with a strength each, which only the training panel can set."""
OTHER_RATE = -1.0
"""Stands for a learning rate that is typed."""
FEW_SAMPLES = 10
"""With fewer than this there is nothing to spare for a test."""
POINTS_SHARE, PICTURES_SHARE = 0.5, 0.8
MANY_VALUES = 10_000_000
"""A table of more numbers than this trains in 32 bits: half the memory, and twice as fast."""
FIRST_OF = {"classification": "circles", "regression": "plane"}
"""The data set that a change of the problem brings."""


def rate_choices(rate: float) -> list[Choice]:
    """The usual learning rates with `rate` among them, and the way to type another."""
    rates = sorted({*RATES, rate})
    return [*((each, rate_text(each)) for each in rates), (OTHER_RATE, "another…")]


def rate_text(rate: float) -> str:
    """A learning rate as the bar writes it."""
    return f"{rate:g}".replace("1e-05", "0.00001")


def penalty_of(training: TrainingSpec) -> Penalty:
    """The kind and the strength of the penalty; of two, neither is *the* penalty."""
    if training.l1 and training.l2:
        return BOTH_PENALTIES
    if training.l2:
        return ("l2", training.l2)
    return ("l1", training.l1) if training.l1 else NO_PENALTY


def penalty_choices(penalty: Penalty) -> list[Choice]:
    """No penalty, and the usual strengths of either kind, with those of `penalty` among them."""
    kinds = [(kind, sorted({*STRENGTHS, penalty[1]} if penalty[0] == kind else STRENGTHS)) for kind in ("l1", "l2")]
    strengths = [(kind, strength) for kind, usual in kinds for strength in usual]
    return [(each, penalty_text(each)) for each in (NO_PENALTY, *strengths)]


def penalty_text(penalty: Penalty) -> str:
    """A penalty as the bar writes it."""
    kind, strength = penalty
    return f"{kind.upper()}  {strength:g}" if strength else kind


def with_penalty(experiment: Experiment, kind: str, strength: float) -> Experiment:
    """The same with one penalty, or none."""
    l1, l2 = (strength if kind == name else 0.0 for name in ("l1", "l2"))
    return replace(experiment, training=replace(experiment.training, l1=l1, l2=l2))


def with_activation(experiment: Experiment, name: str) -> Experiment:
    """The same with one activation in every hidden layer."""
    layers = tuple(replace(layer, activation=name) for layer in experiment.model.hidden_layers)
    return replace(experiment, model=replace(experiment.model, hidden_layers=layers))


def with_data_set(experiment: Experiment, key: str) -> Experiment:
    """The same on another generated data set: its own defaults, and the loss that fits it.

    The share for training stays where the points allow a test set, and so do the features.
    """
    data_set, old = DATA_SETS[key], experiment.data
    usual = PICTURES_SHARE if data_set.plane is None else POINTS_SHARE
    another_kind = has_pictures(old) != (data_set.plane is None)
    share = usual if another_kind or old.train_share == 1.0 else old.train_share
    data = DataSpec(
        kind=key,
        samples=int(data_set.samples.default),
        noise=float(data_set.noise.default),
        classes=int(data_set.classes.default),
        seed=old.seed,
        formula=data_set.formula or "",
        features=old.features,
        standardize=old.standardize and not another_kind,
        train_share=1.0 if data_set.samples.default < FEW_SAMPLES else share,
    )
    return _on(data, int(data_set.classes.default), experiment)


def with_points(experiment: Experiment, data: DataSpec) -> Experiment:
    """The same on drawn or imported points, with the loss that fits them."""
    assert data.table is not None
    return _on(data, data.table.classes, experiment)


def with_table(experiment: Experiment, table: Table, plane_inputs: tuple[int, int]) -> Experiment:
    """The same on a table from outside: standardised where its numbers are large, with a test set where it has one."""
    old = experiment.data
    data = DataSpec(
        kind=YOURS,
        table=table,
        plane_inputs=plane_inputs,
        features=old.features,
        standardize=len(table) > 0 and bool(max(table.inputs.max(), -table.inputs.min()) > PLANE_EDGE),
        train_share=PICTURES_SHARE if len(table) >= FEW_SAMPLES else 1.0,
        seed=old.seed,
    )
    changed = with_points(experiment, data)
    if table.inputs.size > MANY_VALUES:
        return replace(changed, model=replace(changed.model, dtype="float32"))
    return changed


def _on(data: DataSpec, classes: int, experiment: Experiment) -> Experiment:
    """`experiment` on `data`; from points to pictures and back it starts with another network and another training.

    784 pixels want more than four units, and Adam's small steps on small batches; two coordinates don't.
    """
    pictures = has_pictures(data)
    if pictures != has_pictures(experiment.data):
        if pictures:
            experiment = _started_anew(experiment, 32, "relu", optimizer="adam", learning_rate=0.001, batch_size=32)
        else:
            experiment = _started_anew(experiment, 4, "tanh", optimizer="sgd", learning_rate=0.1, batch_size=10)
    return with_fitting_loss(replace(experiment, data=data), task_of(data), classes)


def _started_anew(experiment: Experiment, units: int, activation: str, **training: object) -> Experiment:
    layers = (HiddenLayer(units=units, activation=activation),)
    return replace(
        experiment,
        model=replace(experiment.model, hidden_layers=layers, dtype="float64"),
        training=replace(experiment.training, **training),
    )


def has_pictures(data: DataSpec) -> bool:
    """Whether the inputs are so many that no two of them span a plane worth seeing: the pixels of pictures."""
    if data.table is not None:
        return bool(data.table.inputs.shape[1] > MOST_PLANE_INPUTS)
    return DATA_SETS[data.kind].plane is None


def with_problem(experiment: Experiment, task: str) -> Experiment:
    """The same on the first data set of that problem; unchanged where it is that problem already."""
    return experiment if task_of(experiment.data) == task else with_data_set(experiment, FIRST_OF[task])


def with_fitting_loss(experiment: Experiment, task: str, classes: int) -> Experiment:
    """The same with the loss that fits the task."""
    return replace(experiment, model=replace(experiment.model, loss=default_loss(task, classes)))
