"""The battery: 84 runs of which nothing is to be said, and 84 with one of 14 faults each, all of seeds of their own.

Data are circles, quadrants (XOR as areas), blobs and spirals, 250 points to train on in batches of 10; the recipe is
that by which the rules' thresholds were found, so that the same runs, or others of other seeds and sizes, judge them.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import msgspec
import numpy as np

from nnplay.data import Table
from nnplay.data.registry import make_table
from nnplay.training.edits import with_value
from nnplay.training.experiment import YOURS, DataSpec, Experiment, HiddenLayer, ModelSpec, TrainingSpec
from nnplay.training.parts import network_of
from nnplay.training.prepared import prepare

replace = msgspec.structs.replace

DATA = ("circles", "quadrants", "blobs", "spirals")
ACTIVATIONS = ("tanh", "relu", "sigmoid")
TRAININGS = (("sgd", 0.03), ("sgd", 0.1), ("adam", 0.01))
SEEDS_OF = {"sgd": 2, "adam": 3}
"""How many healthy runs there are of each data set, activation and training."""
SEEDS_OF_FAULT = 6
EPOCHS = 300


@dataclass(frozen=True)
class Case:
    """One run.

    Attributes
    ----------
    fault
        A name of `FAULTS`; "" for a healthy run.
    experiment
        What is trained.
    epochs
        For how long.
    """

    fault: str
    experiment: Experiment
    epochs: int


def battery(seed: int, samples: int = 500, data: tuple[str, ...] = DATA, units: tuple[int, ...] = (8, 8)) -> list[Case]:
    """All runs of a seed: of so many points, half of which train, on these data sets."""
    generator = np.random.default_rng(seed)
    return [*_healthy(generator, samples, data, units), *_faulty(generator, samples, data, units)]


def _seed(generator: np.random.Generator) -> int:
    return int(generator.integers(1_000_000))


def base(
    kind: str, activation: str, training: tuple[str, float], seed: int, samples: int, units: tuple[int, ...]
) -> Experiment:
    """A healthy experiment."""
    optimizer, rate = training
    return Experiment(
        data=DataSpec(kind=kind, samples=samples, train_share=0.5, seed=seed),
        model=ModelSpec(
            hidden_layers=tuple(HiddenLayer(units=each, activation=activation) for each in units),
            initializer="he_normal" if activation == "relu" else "xavier_normal",
        ),
        training=TrainingSpec(optimizer=optimizer, learning_rate=rate, batch_size=10),
        seed=seed,
    )


def _healthy(
    generator: np.random.Generator, samples: int, data: tuple[str, ...], units: tuple[int, ...]
) -> Iterator[Case]:
    for kind in data:
        for activation in ACTIVATIONS:
            for training in TRAININGS:
                for _ in range(SEEDS_OF[training[0]]):
                    yield Case("", base(kind, activation, training, _seed(generator), samples, units), EPOCHS)


def _faulty(
    generator: np.random.Generator, samples: int, data: tuple[str, ...], units: tuple[int, ...]
) -> Iterator[Case]:
    for fault, (make, epochs) in FAULTS.items():
        for k in range(SEEDS_OF_FAULT):
            seed = _seed(generator)
            healthy = base(data[k % len(data)], ACTIVATIONS[k % 2], TRAININGS[1], seed, samples, units)
            yield Case(fault, make(healthy, k, np.random.default_rng(seed)), epochs)


def others(seed: int, samples: int = 500) -> list[Case]:
    """Runs with faults of other kinds, which the 168 don't have."""
    generator = np.random.default_rng(seed)
    cases = []
    for fault, make in OTHERS.items():
        for k in range(SEEDS_OF_FAULT):
            own = _seed(generator)
            healthy = base(DATA[k % len(DATA)], ACTIVATIONS[k % 2], TRAININGS[1], own, samples, (8, 8))
            cases.append(Case(fault, make(healthy, k, np.random.default_rng(own)), EPOCHS))
    return cases


Make = Callable[[Experiment, int, np.random.Generator], Experiment]


def rate_too_high(healthy: Experiment, k: int, _: np.random.Generator) -> Experiment:
    """It bounces, and is worse than a constant answer."""
    return with_value(healthy, "training.learning_rate", (3.0, 10.0, 30.0)[k % 3])


def rate_too_low(healthy: Experiment, k: int, _: np.random.Generator) -> Experiment:
    """Nothing moves."""
    return with_value(healthy, "training.learning_rate", (1e-5, 3e-6, 1e-6)[k % 3])


def dropout_too_strong(healthy: Experiment, k: int, _: np.random.Generator) -> Experiment:
    """Most units are silent in every step."""
    return with_value(healthy, "model.dropout", (0.6, 0.7, 0.8)[k % 3])


def no_hidden_layer(healthy: Experiment, k: int, _: np.random.Generator) -> Experiment:
    """On data that no line parts."""
    curved = replace(healthy.data, kind=("circles", "quadrants", "spirals")[k % 3])
    return replace(healthy, data=curved, model=replace(healthy.model, hidden_layers=()))


def zeros(healthy: Experiment, k: int, _: np.random.Generator) -> Experiment:
    """All units start alike, and stay so."""
    changed = with_value(_hard(healthy, k), "model.initializer", "zeros")
    return _with_activation(changed, ("tanh", "relu", "sigmoid")[k % 3])


def collapsed(healthy: Experiment, k: int, _: np.random.Generator) -> Experiment:
    """The penalty leaves no weight."""
    return with_value(healthy, "training.l2", (0.5, 1.0, 2.0)[k % 3])


def dead(healthy: Experiment, k: int, generator: np.random.Generator) -> Experiment:
    """Biases from which no ReLU of the first layer comes up again, but for some."""
    changed = _with_activation(_hard(healthy, k), "relu")
    network = network_of(changed, prepare(changed))
    alive = generator.integers(0, 3)
    network.biases[0][alive:] = -60.0
    return with_value(changed, "model.start", tuple(network.parameters.tolist()))


def saturated(healthy: Experiment, k: int, _: np.random.Generator) -> Experiment:
    """Weights so large at the start that sigmoid and tanh are flat."""
    changed = _with_activation(healthy, ("tanh", "sigmoid")[k % 2])
    return with_value(with_value(changed, "model.initializer", "normal"), "model.initializer_scale", 20.0)


def deep_sigmoid(healthy: Experiment, k: int, _: np.random.Generator) -> Experiment:
    """Ten layers, through which no gradient comes back."""
    changed = _hard(healthy, k)
    return with_value(changed, "model.hidden_layers", 10 * (HiddenLayer(units=8, activation="sigmoid"),))


def diverging(healthy: Experiment, k: int, _: np.random.Generator) -> Experiment:
    """Squared errors that grow with each step."""
    data = replace(healthy.data, kind=("plane", "gaussian_bumps", "sine_ridge")[k % 3])
    model = replace(_with_activation(healthy, "relu").model, loss="mean_squared_error")
    return replace(healthy, data=data, model=model, training=replace(healthy.training, learning_rate=10.0))


def by_heart(healthy: Experiment, k: int, generator: np.random.Generator) -> Experiment:
    """Few points, of which two fifths are labelled at random, and a network that can keep them all, and soon does."""
    table = make_table(healthy.data.kind, samples=120, seed=healthy.data.seed)
    labels = np.where(generator.random(len(table)) < 0.4, generator.integers(0, 2, len(table)), table.targets)
    wide = (HiddenLayer(units=32, activation=ACTIVATIONS[k % 2]),) * 2
    changed = _on(healthy, table.inputs, labels)
    training = replace(healthy.training, optimizer="adam", learning_rate=0.03)
    return replace(changed, model=replace(healthy.model, hidden_layers=wide), training=training)


def unscaled(healthy: Experiment, k: int, _: np.random.Generator) -> Experiment:
    """One input a thousand times as large as the other."""
    table = make_table(healthy.data.kind, samples=healthy.data.samples, seed=healthy.data.seed)
    return _on(healthy, table.inputs * np.array([1.0, (100.0, 1000.0, 0.01)[k % 3]]), table.targets)


def imbalanced(healthy: Experiment, k: int, _: np.random.Generator) -> Experiment:
    """One class has many more points."""
    table = make_table(healthy.data.kind, samples=2 * healthy.data.samples, seed=healthy.data.seed)
    ratio = (6, 9, 19)[k % 3]
    few = np.flatnonzero(table.targets == 1.0)[: healthy.data.samples // (ratio + 1)]
    many = np.flatnonzero(table.targets == 0.0)[: healthy.data.samples - len(few)]
    rows = np.concatenate([few, many])
    return _on(healthy, table.inputs[rows], table.targets[rows])


def linear(healthy: Experiment, k: int, _: np.random.Generator) -> Experiment:
    """Layers without a bend."""
    curved = replace(healthy.data, kind=("circles", "quadrants", "spirals")[k % 3])
    return _with_activation(replace(healthy, data=curved), "identity")


def too_small(healthy: Experiment, k: int, _: np.random.Generator) -> Experiment:
    """Two units, or two layers of them, on data that take more."""
    hard = with_value(healthy, "data.kind", ("spirals", "checkerboard")[k % 2])
    units = ((2,), (2, 2), (3,))[k % 3]
    layers = tuple(HiddenLayer(units=each, activation=ACTIVATIONS[k % 2]) for each in units)
    return replace(hard, model=replace(hard.model, hidden_layers=layers))


def noisy_steps(healthy: Experiment, k: int, _: np.random.Generator) -> Experiment:
    """Batches of one sample, at a rate that suits full ones, and points that overlap."""
    noisy = replace(healthy.data, kind=("circles", "moons", "quadrants")[k % 3], noise=0.2)
    training = replace(healthy.training, batch_size=1, learning_rate=(0.1, 0.2)[k % 2])
    return replace(_with_activation(healthy, "tanh"), data=noisy, training=training)


OTHERS: dict[str, Make] = {"too small": too_small, "noisy steps": noisy_steps}
FAULTS: dict[str, tuple[Make, int]] = {
    "rate too high": (rate_too_high, EPOCHS),
    "rate too low": (rate_too_low, EPOCHS),
    "dropout too strong": (dropout_too_strong, EPOCHS),
    "no hidden layer": (no_hidden_layer, EPOCHS),
    "zeros": (zeros, EPOCHS),
    "collapsed": (collapsed, EPOCHS),
    "dead": (dead, EPOCHS),
    "saturated": (saturated, EPOCHS),
    "deep sigmoid": (deep_sigmoid, EPOCHS),
    "diverging": (diverging, EPOCHS),
    "by heart": (by_heart, 2 * EPOCHS),
    "unscaled": (unscaled, EPOCHS),
    "imbalanced": (imbalanced, EPOCHS),
    "linear": (linear, EPOCHS),
}


def _on(healthy: Experiment, inputs: np.ndarray, targets: np.ndarray) -> Experiment:
    """The same on points of one's own."""
    table = Table(np.array(inputs, np.float64), np.array(targets, np.float64), "classification")
    data = DataSpec(kind=YOURS, table=table, train_share=0.5, seed=healthy.data.seed)
    return replace(healthy, data=data)


def _hard(healthy: Experiment, k: int) -> Experiment:
    """The same on data for which a single unit doesn't do."""
    return with_value(healthy, "data.kind", ("circles", "quadrants", "spirals")[k % 3])


def _with_activation(experiment: Experiment, name: str) -> Experiment:
    layers = tuple(replace(layer, activation=name) for layer in experiment.model.hidden_layers)
    return replace(experiment, model=replace(experiment.model, hidden_layers=layers))
