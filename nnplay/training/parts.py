"""The parts of a run, made as its experiment asks for them."""

import dataclasses

import numpy as np
from numpy.typing import NDArray

from nnplay.errors import InputError
from nnplay.nn import OPTIMIZERS, SCHEDULES, NeuralNetwork, Optimizer, Schedule, make_optimizer, make_schedule
from nnplay.nn.schedules import Constant
from nnplay.nn.structure import least_batch
from nnplay.nn.validation import two_with_batch_norm
from nnplay.texts import tr
from nnplay.training.experiment import Experiment, TrainingSpec
from nnplay.training.prepared import PreparedData


def network_of(experiment: Experiment, prepared: PreparedData) -> NeuralNetwork:
    """The network of an experiment at its start.

    Raises
    ------
    InputError
        The experiment brings starting weights, and not as many as its network has.
    """
    model = experiment.model
    network = NeuralNetwork(
        [prepared.inputs, *(layer.units for layer in model.hidden_layers), prepared.outputs],
        activation=[layer.activation for layer in model.hidden_layers],
        loss=model.loss,
        output=model.output,
        initializer=model.initializer,
        initializer_scale=model.initializer_scale,
        batch_norm=model.batch_norm,
        dropout=model.dropout,
        dtype=model.dtype,
        seed=experiment.seed,
    )
    if model.start is not None:
        found, needed = len(model.start), network.parameters.size
        if found != needed:
            allowed = tr("as many numbers as the network has weights and biases, which is {n}", n=needed)
            raise InputError("model.start", tr("{n} number|{n} numbers", "", found), allowed)
        network.parameters[...] = model.start
    return network


def optimizer_of(training: TrainingSpec) -> Optimizer:
    """The optimiser that a training asks for, with an empty memory."""
    names = OPTIMIZERS[training.optimizer].hyperparameters
    numbers = {name: getattr(training, name) for name in names}
    return make_optimizer(training.optimizer, learning_rate=training.learning_rate, **numbers)


def set_numbers(optimizer: Optimizer, training: TrainingSpec) -> None:
    """Let the numbers of an optimiser be those of a training."""
    for name in optimizer.hyperparameters:
        setattr(optimizer, name, getattr(training, name))


def schedule_of(training: TrainingSpec) -> Schedule:
    """How the learning rate changes."""
    spec = training.schedule
    known = {field.name for field in dataclasses.fields(SCHEDULES[spec.kind])}
    numbers = {name: getattr(spec, name) for name in ("every", "factor", "over", "warm_up") if name in known}
    return make_schedule(spec.kind, **numbers)


def factors_of(schedule: Schedule, epoch: int, epochs: int) -> NDArray[np.float64]:
    """(E,) the factors of so many epochs from this one on; (1,) where all that follow have the same."""
    count = 1 if isinstance(schedule, Constant) and epoch >= schedule.warm_up else epochs
    return np.array([schedule(each) for each in range(epoch, epoch + count)])


def check_batches(experiment: Experiment) -> None:
    """Refuse batches of one sample for a network with batch norm, which could learn nothing of them.

    Raises
    ------
    InputError
        Naming the batch size.
    """
    model, size = experiment.model, experiment.training.batch_size
    if size is not None and size < least_batch(model.batch_norm, len(model.hidden_layers)):
        raise InputError("training.batch_size", size, two_with_batch_norm())
