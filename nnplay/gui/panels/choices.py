"""What can be chosen in the window, as (value, text) pairs, and the experiments that the choices lead to."""

import msgspec

from nnplay.data import DATA_SETS
from nnplay.gui.widgets.choice_box import Choice
from nnplay.training.experiment import YOURS, DataSpec, Experiment, TrainingSpec
from nnplay.training.prepared import default_loss

replace = msgspec.structs.replace

RATES = (1e-5, 1e-4, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 0.5, 1.0, 3.0, 10.0)
RATE_CHOICES: list[Choice] = [(rate, f"{rate:g}".replace("1e-05", "0.00001")) for rate in RATES]
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
STRENGTHS = (0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0)
PENALTY_CHOICES: list[Choice] = [
    (("none", 0.0), "none"),
    *((("l1", s), f"L1  {s:g}") for s in STRENGTHS),
    *((("l2", s), f"L2  {s:g}") for s in STRENGTHS),
]
PROBLEM_CHOICES: list[Choice] = [("classification", "classification"), ("regression", "regression")]
PACE_CHOICES: list[Choice] = [
    (None, "max"),
    *((float(n), f"{n} / s") for n in (1, 2, 5, 10, 30, 60, 100, 300, 1000)),
]
FIRST_OF = {"classification": "circles", "regression": "plane"}
"""The data set that a change of the problem brings."""


def penalty_of(training: TrainingSpec) -> tuple[str, float]:
    """The kind and the strength of the penalty; of two, the L2."""
    if training.l2:
        return ("l2", training.l2)
    return ("l1", training.l1) if training.l1 else ("none", 0.0)


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
    share = 1.0 if data_set.samples.default < 10 else (old.train_share if old.train_share < 1.0 else 0.5)
    data = DataSpec(
        kind=key,
        samples=int(data_set.samples.default),
        noise=float(data_set.noise.default),
        classes=int(data_set.classes.default),
        seed=old.seed,
        formula=data_set.formula or "",
        features=old.features,
        standardize=old.standardize,
        train_share=share,
    )
    return with_fitting_loss(replace(experiment, data=data), data_set.task, int(data_set.classes.default))


def with_problem(experiment: Experiment, task: str) -> Experiment:
    """The same on the first data set of that problem; unchanged where it is that problem already."""
    spec = experiment.data
    now = spec.table.task if spec.kind == YOURS and spec.table is not None else DATA_SETS[spec.kind].task
    return experiment if now == task else with_data_set(experiment, FIRST_OF[task])


def with_fitting_loss(experiment: Experiment, task: str, classes: int) -> Experiment:
    """The same with the loss that fits the task."""
    return replace(experiment, model=replace(experiment.model, loss=default_loss(task, classes)))
