"""Every option of an experiment, once: what it is called, what it does to learning, and which values are usual.

Its range is that of the experiment's record; labels and numbers of activations, optimisers and the like are those of
their classes. The window, the command line and the files' messages all read them here.
"""

import dataclasses
from collections.abc import Callable, Iterator, Mapping
from typing import Any, get_type_hints

import msgspec

from nnplay.data import DATA_SETS, FEATURES
from nnplay.nn import ACTIVATIONS, ENGINES, INITIALIZERS, LOSSES, OPTIMIZERS, SCHEDULES
from nnplay.texts import mark
from nnplay.training import ladders
from nnplay.training.experiment import CLASS_WEIGHTS, YOURS, Experiment, optimizer_numbers
from nnplay.training.option import EACH_LAYER, OFF, Option, record_in

__all__ = [
    "EACH_LAYER", "NO_OPTIONS", "OFF", "OPTIMIZER_NUMBERS", "OPTIONS", "SOMETIMES", "Option", "in_use", "record_paths",
]  # fmt: skip

NO_OPTIONS = frozenset({"data.preparation", "data.name", "data.key"})
"""Fields that nobody chooses: they come with the points."""


def record_paths(record: type[msgspec.Struct] = Experiment, before: str = "") -> Iterator[str]:
    """The path of every field of an experiment that a person chooses, and that is no record itself."""
    for name, hint in get_type_hints(record, include_extras=True).items():
        kind, path = record_in(hint), f"{before}{name}"
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


def _labels(registry: Mapping[str, Any]) -> Callable[[], dict[str, str]]:
    """Read when it is asked for: a registry may have got an entry since."""
    return lambda: {name: entry.label for name, entry in registry.items()}


def _helps(registry: Mapping[str, Any]) -> Callable[[], dict[str, str]]:
    return lambda: {name: entry.help for name, entry in registry.items()}


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
        helps=_helps(ACTIVATIONS),
    ),
    Option(
        "model.loss",
        mark("Loss"),
        mark("What training makes as small as it can"),
        names=_labels(LOSSES),
        helps=_helps(LOSSES),
    ),
    Option(
        "model.output",
        mark("Errors of"),
        mark(
            "What squared errors are taken of where there are classes: through an output that is sure hardly any slope "
            "comes back"
        ),
        names=lambda: {
            "own": mark("the sums"),
            "sigmoid": mark("sigmoid"),
            "softmax": mark("softmax"),
        },
        helps=lambda: {
            "own": mark("The squared errors of the outputs’ sums, which may be any number"),
            "sigmoid": mark("Half the squared errors of probabilities, each by itself between 0 and 1"),
            "softmax": mark("Half the squared errors of probabilities that add up to 1 over the classes"),
        },
    ),
    Option(
        "model.initializer",
        mark("Start"),
        mark("How the starting weights are drawn: so that signals neither fade nor explode from layer to layer"),
        names=_labels(INITIALIZERS),
        helps=_helps(INITIALIZERS),
    ),
    Option(
        "model.initializer_scale",
        mark("Standard deviation"),
        mark("How widely the starting weights spread: too small and signals fade, too large and units saturate"),
        ladder=ladders.SIZES,
    ),
    Option(
        "model.start",
        mark("Starting weights"),
        mark(
            "Weights and biases to start from in place of drawn ones, layer by layer, each layer's weights before its "
            "biases; off draws them"
        ),
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
        helps=lambda: {
            "float64": mark("Exact to about 15 figures"),
            "float32": mark("Exact to about 7 figures, and quicker on wide layers"),
        },
    ),
    Option(
        "training.optimizer",
        mark("Optimiser"),
        mark("How a gradient becomes an update"),
        names=_labels(OPTIMIZERS),
        helps=_helps(OPTIMIZERS),
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
        helps=_helps(SCHEDULES),
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
        helps=lambda: {
            "none": mark("Every sample counts the same"),
            "balanced": mark("Every class counts the same, however few samples it has"),
        },
    ),
    Option(
        "training.left_out",
        mark("Left out"),
        mark(
            "Training points that count nothing, each by its inputs and its target: the run is the same one but for "
            "what they did to it. The loss has no part of theirs, and is still divided by the number of all points; "
            "accuracy counts them"
        ),
    ),
    Option(
        "training.engine",
        mark("Engine"),
        mark("Who computes the steps: the same steps to the last digits, and many times as many of them a second"),
        names=lambda: ENGINES,
        helps=lambda: {
            "numpy": mark("NumPy, layer by layer, as it can be read"),
            "compiled": mark("Compiled to the processor's own code by numba; wide layers go by NumPy's products"),
        },
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
NO_FUTURE = frozenset({"training.epochs", "data.classes", "model.initializer_scale"})
"""Numbers that say nothing of the coming steps, or come with a fresh start."""
