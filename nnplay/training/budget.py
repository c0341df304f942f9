"""What an experiment needs in memory, worked out from its shapes before any of it is there.

Counted are the points, the samples that are made of them, the network with its optimiser and the copies that probes
look at, and the arrays of a training step and of an evaluation. The limit is `nnplay.limits.MOST_BYTES`.
"""

from dataclasses import dataclass
from itertools import pairwise

from nnplay.data import DATA_SETS
from nnplay.data.digits import PIXELS
from nnplay.errors import TooLargeError
from nnplay.limits import MOST_BYTES
from nnplay.nn import OPTIMIZERS
from nnplay.nn.workspace import evaluated_at_once, values_per_sample
from nnplay.training.experiment import DataSpec, Experiment

NETWORK_VECTORS = 3 + 2 + 5
"""Vectors of all parameters beside the optimiser's memory: values, gradient and mask; the update and its scratch; two
copies for the probes, one of them in 32 bits.
"""
EVALUATIONS = 3
"""Sizes of evaluation whose arrays are kept: a full part, and the rests of the training and of the test set."""


@dataclass(frozen=True)
class DataShape:
    """How many samples, inputs and outputs there are."""

    samples: int
    inputs: int
    outputs: int


def check_memory(experiment: Experiment, shape: DataShape | None = None) -> None:
    """Refuse an experiment that needs too much memory.

    Parameters
    ----------
    shape
        Of points that aren't read yet; None for those of the experiment.

    Raises
    ------
    TooLargeError
        With how much it needs and how much is allowed.
    """
    needed = bytes_needed(experiment, shape or shape_of(experiment.data))
    if needed > MOST_BYTES:
        raise TooLargeError.of_experiment(needed)


def shape_of(data: DataSpec) -> DataShape:
    """The shape of the points that an experiment has or generates."""
    if data.table is not None:
        samples, inputs = data.table.inputs.shape
        return DataShape(samples, inputs, max(data.table.classes, 1))
    data_set = DATA_SETS[data.kind]
    samples, _, classes = data_set.check(data.samples, data.noise, data.classes)
    return DataShape(samples, 2 if data_set.plane is not None else PIXELS, classes)


def bytes_needed(experiment: Experiment, shape: DataShape) -> int:
    """How many bytes an experiment on points of this shape needs while it is prepared or trained."""
    data, model = experiment.data, experiment.model
    value = 4 if model.dtype == "float32" else 8
    features = len(data.features) if shape.inputs == 2 else shape.inputs
    sizes = (features, *(layer.units for layer in model.hidden_layers), shape.outputs)
    points = 8 * shape.samples * (shape.inputs + 1)
    prepared = value * shape.samples * (features + shape.outputs)
    # features, what they are less their mean, and the samples before they are split
    preparing = 8 * shape.samples * features * ((shape.inputs == 2) + 2 * data.standardize) + prepared
    trained = max(round(shape.samples * data.train_share), 1)
    training = _training_bytes(experiment, sizes, trained, value)
    return points + prepared + max(preparing, training) + _network_bytes(experiment, sizes, value)


def _training_bytes(experiment: Experiment, sizes: tuple[int, ...], samples: int, value: int) -> int:
    """The shuffled samples of an epoch, the arrays of a step and those of the evaluations."""
    batch = min(experiment.training.batch_size or samples, samples)
    shuffled = samples * (value * (sizes[0] + sizes[-1] + 1) + 8) if batch < samples else 0
    a_sample = value * values_per_sample(sizes, experiment.model.batch_norm)
    evaluated = min(evaluated_at_once(sizes, experiment.model.batch_norm), samples)
    # the last batch of an epoch may be another one, and with batch norm one sample more than the others
    rest = samples % batch
    steps = batch + (batch + 1 if rest == 1 and experiment.model.batch_norm else rest)
    return shuffled + a_sample * (steps + EVALUATIONS * evaluated)


def _network_bytes(experiment: Experiment, sizes: tuple[int, ...], value: int) -> int:
    norms = 2 * sum(sizes[1:-1]) if experiment.model.batch_norm else 0
    parameters = sum((inputs + 1) * outputs for inputs, outputs in pairwise(sizes)) + norms
    vectors = NETWORK_VECTORS + len(OPTIMIZERS[experiment.training.optimizer].memory)
    return value * parameters * vectors
