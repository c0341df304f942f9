"""Measures a run for the rules, on a copy of its network: a run that is watched takes the same steps."""

import numpy as np
from numpy.typing import NDArray

from nnplay.nn import NeuralNetwork
from nnplay.nn.metrics import class_indices
from nnplay.training.diagnosis.evidence import DataFacts, HiddenFacts, Measures, MostGiven
from nnplay.training.diagnosis.facts import course_of, data_facts, layer_facts, rows_of, start_size, units_facts
from nnplay.training.diagnosis.few_samples import fits_few
from nnplay.training.diagnosis.floor import least_loss
from nnplay.training.diagnosis.gate import NEAR_FLOOR, has_much_left, long_at_rest, rests
from nnplay.training.diagnosis.gradient_error import gradient_error
from nnplay.training.diagnosis.lengths import length, penalty_gradient
from nnplay.training.diagnosis.merged import merged_groups
from nnplay.training.diagnosis.steps import step_effect
from nnplay.training.experiment import Experiment
from nnplay.training.prepared import PreparedData
from nnplay.training.probes.samples import most_samples, spread_places
from nnplay.training.shadow import ProbedRun
from nnplay.training.trainer import Trainer

Array = NDArray[np.floating]

KEPT, ENOUGH = 101, 5
"""Lengths of the gradient whose median is the usual one, and from how many on there is one."""


class _Known:
    """What a run's looks share: the facts of its data, and how long its gradients were."""

    def __init__(self) -> None:
        self._of: tuple[object, ...] = ()
        self._facts: DataFacts | None = None
        self._lengths: list[float] = []
        self._experiment: Experiment | None = None
        self._since = 0.0
        self._start_size: float | None = None
        self._checked = False
        self._error: float | None = None
        self._fitted: tuple[PreparedData, bool | None] | None = None

    def facts(self, trainer: Trainer) -> DataFacts:
        """Those of the data, as samples are weighted now."""
        of = (trainer.prepared, trainer.sample_weights)
        if self._facts is None or any(one is not other for one, other in zip(of, self._of, strict=True)):
            self._of, self._facts = of, data_facts(trainer)
        return self._facts

    def since(self, trainer: Trainer) -> float:
        """The epoch at which the experiment was seen to become another one than at the looks before."""
        if self._experiment is not None and trainer.experiment is not self._experiment:
            self._since = float(trainer.epoch)
        elif trainer.epoch < self._since:  # an earlier moment is looked at
            self._since = 0.0
        self._experiment = trainer.experiment
        return self._since

    def start_size(self, trainer: Trainer) -> float:
        """That of the starting weights, which stay the same."""
        if self._start_size is None:
            self._start_size = start_size(trainer)
        return self._start_size

    def gradient_error(self, network: NeuralNetwork, X: Array, Y: Array, weights: Array | None) -> float | None:
        """That of the first look: the code that it judges stays the same."""
        if not self._checked:
            self._checked, self._error = True, gradient_error(network, X, Y, weights)
        return self._error

    def fits_few(self, trainer: Trainer) -> bool | None:
        """Whether networks of this shape fit some few samples: asked once for each data, as it may take 0.1 s."""
        if self._fitted is None or self._fitted[0] is not trainer.prepared:
            self._fitted = trainer.prepared, fits_few(trainer)
        return self._fitted[1]

    def usual(self, gradient: float) -> float | None:
        """The median of the lengths before this one."""
        usual = float(np.median(self._lengths)) if len(self._lengths) >= ENOUGH else None
        self._lengths = [*self._lengths[1 - KEPT :], gradient]
        return usual


@np.errstate(all="ignore")  # a run about to diverge has numbers of any size
def measure(run: ProbedRun) -> Measures | None:
    """What the rules judge by; None where there are too few training samples."""
    trainer, network, data = run.trainer, run.network, run.trainer.prepared
    if not trainer.can_train:
        return None
    places = spread_places(len(data.X_train), most_samples(network.parameters.size))
    X, Y, weights = data.X_train[places], data.Y_train[places], trainer.sample_weights
    weights = None if weights is None else weights[places]
    known = run.memory(_Known)
    facts, course = known.facts(trainer), course_of(trainer, known.since(trainer))
    loss, outputs = network.evaluate(X, Y, weights)
    units = units_facts(network, len(X))
    stuck = rests(course) and has_much_left(course, facts)
    hidden = hidden_facts(run, places) if stuck else None
    error = known.gradient_error(network, X, Y, weights)
    network.training_loss(X, Y, weights)
    penalty = penalty_gradient(network)
    of_data = length(network.gradient - penalty)
    layers, own_loss = layer_facts(trainer, network, len(X)), loss * data.target_scale**2
    at_floor = hidden is not None and hidden.floor > NEAR_FLOOR * own_loss
    asked = at_floor and long_at_rest(course, of_data, own_loss)
    return Measures(
        data=facts,
        course=course,
        layers=layers,
        units=units,
        loss=own_loss,
        gradient=of_data,
        usual_gradient=known.usual(of_data),
        penalty_gradient=length(penalty),
        accuracies=_accuracies(trainer),
        output_slope=_output_slope(network, outputs, Y),
        answers=_answers(outputs, Y, data),
        hidden=hidden,
        steps=step_effect(trainer, network, X, Y, weights, penalty),
        start_size=known.start_size(trainer),
        gradient_error=error,
        fits_few=known.fits_few(trainer) if asked else None,
    )


def hidden_facts(run: ProbedRun, places: slice | NDArray[np.intp]) -> HiddenFacts | None:
    """What the last hidden layer leaves to the output layer; None for a loss that has no floor.

    Parameters
    ----------
    places
        Which training samples are looked at.
    """
    data, network, weights = run.trainer.prepared, run.network, run.trainer.sample_weights
    X, Y, rows = data.X_train[places], data.Y_train[places], data.train[places]
    hidden = (X, *network.layer_outputs(X)[:-1])[-1]
    if network.loss_name == "mean_squared_error" and network.loss_function.output_activation != "identity":
        return None  # of squashed outputs squared errors are not convex in the last layer
    best = least_loss(hidden, Y, network.loss_name, None if weights is None else weights[places])
    if best is None:
        return None
    groups = merged_groups(hidden, Y)
    wrong = np.empty(0, np.intp)
    if data.table.task == "classification":
        wrong = np.flatnonzero(class_indices(best.outputs) != class_indices(Y))
    return HiddenFacts(
        floor=best.loss * data.target_scale**2,
        merged=tuple(rows_of(rows, group) for group in groups),
        unsolved=rows_of(rows, wrong),
    )


def _output_slope(network: NeuralNetwork, outputs: Array, Y: Array) -> float | None:
    """Mean of p (1 − p) over the outputs that are on the wrong side; None where no squared errors pass through it."""
    if network.loss_name != "mean_squared_error" or network.loss_function.output_activation == "identity":
        return None
    wrong = np.abs(outputs - Y) > 0.5
    return float(np.mean((outputs * (1.0 - outputs))[wrong])) if wrong.any() else None


def _accuracies(trainer: Trainer) -> tuple[float, float] | None:
    """Of the training and of the test set; None where one of them has none."""
    train, test = (
        trainer.figures.train.accuracy,
        None if trainer.figures.test is None else trainer.figures.test.accuracy,
    )
    return None if train is None or test is None else (train, test)


def _answers(outputs: Array, Y: Array, data: PreparedData) -> MostGiven | None:
    """The class that most samples get; None for a regression."""
    if data.table.task != "classification":
        return None
    given, own = class_indices(outputs), class_indices(Y)
    most = int(np.bincount(given).argmax())
    return MostGiven(most, float(np.mean(given == most)), float(np.mean(own == most)))
