"""The numerical check of backpropagation on the network of a run and the batch that comes next."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnplay.errors import InputError, memory_checked
from nnplay.nn import ACTIVATIONS, GradientComparison, NeuralNetwork, StepTrace, compare_gradients
from nnplay.nn.gradient_check import AT_ZERO, COMPARED, H
from nnplay.texts import mark, number, tr
from nnplay.training.trainer import Trainer

Array = NDArray[np.floating]
Indices = NDArray[np.intp]

TOLERANCE = 1e-6
"""The largest relative error of a gradient that is right: rounding alone makes errors of about 1e-9."""
MOST, LEAST = 2000, 200
"""Of so many parameters all are compared; of more a part, fewer the more samples there are."""
WORK = 4e10
"""Products of a weight and an input that a check takes, about: some seconds."""


@dataclass(frozen=True, eq=False)
class StepToCheck:
    """A network as it is before a step, and the step's batch; all of it its own.

    Attributes
    ----------
    network
        In float64.
    X, Y
        (N, I) inputs and (N, O) targets.
    sample_weights
        (N,), or None where all samples count the same.
    epoch
        Whole epochs that were done.
    walked
        Whether it is a step that is walked through, and else the one that comes next.
    """

    network: NeuralNetwork
    X: Array
    Y: Array
    sample_weights: Array | None
    epoch: int
    walked: bool


@dataclass(frozen=True, eq=False)
class GradientsChecked:
    """What came of a check.

    Attributes
    ----------
    step
        What was checked.
    comparison
        Both gradients of each parameter, the worst first, and at the end those that were skipped.
    """

    step: StepToCheck
    comparison: GradientComparison

    @property
    def beyond(self) -> int:
        """How many gradients are further off than `TOLERANCE`, or no numbers."""
        errors = self.comparison.errors[self.comparison.compared]
        return int(np.count_nonzero(~(errors <= TOLERANCE)))

    @property
    def verdict(self) -> str:
        """Whether backpropagation is right, in a sentence."""
        comparison, beyond = self.comparison, self.beyond
        if not comparison.compared.any():
            return tr("No gradient could be compared: a kink lies too near to each of them")
        worst = number(float(comparison.errors[0]), 2)
        if not beyond:
            return tr("Backpropagation is right: the largest relative error is {worst}", worst=worst)
        return tr(
            "{n} gradient is further off than {tolerance}: the largest relative error is {worst}|"
            "{n} gradients are further off than {tolerance}: the largest relative error is {worst}",
            "",
            beyond,
            tolerance=number(TOLERANCE),
            worst=worst,
        )

    @property
    def scope(self) -> list[str]:
        """What was compared and what was not, in sentences."""
        network, comparison, samples = self.step.network, self.comparison, len(self.step.X)
        compared, total = int(comparison.compared.sum()), network.parameters.size
        skipped = len(comparison.places) - compared
        said = [
            tr(
                "{compared} of {total} parameters, each moved by ±{h}, on a batch of {n} sample|"
                "{compared} of {total} parameters, each moved by ±{h}, on a batch of {n} samples",
                "",
                samples,
                compared=f"{compared:,}",
                total=f"{total:,}",
                h=number(H),
            )
        ]
        if len(comparison.places) < total:
            said.append(tr("These are the largest gradients of each layer and others spread over it"))
        if skipped:
            kinks = mark("{n} is skipped, since a kink lies in between|{n} are skipped, since a kink lies in between")
            said.append(tr(kinks, "", skipped))
        if self.dropped:
            said.append(tr("Dropout is left out, which would be another draw each time"))
        if self.step.walked:
            said.append(tr("The step is the one that is walked through"))
        else:
            said.append(
                tr(
                    "The step is the one that comes after {n} epoch|The step is the one that comes after {n} epochs",
                    "",
                    self.step.epoch,
                )
            )
        return said

    @property
    def dropped(self) -> bool:
        """Whether the run trains with dropout, which a check does without."""
        return self.step.network.dropout > 0.0 and bool(self.step.network.hidden_layers)

    def reason(self, row: int) -> str:
        """Why the parameter in a row of the comparison was skipped; "" where it wasn't."""
        layer = int(self.comparison.kinks[row])
        return "" if layer == COMPARED else kink_text(layer, self.step.network.activations[max(layer, 0)])


def kink_text(layer: int, activation: str) -> str:
    """Which kink lies in between: that of a hidden layer's activation, or with `AT_ZERO` that of the penalty."""
    if layer == AT_ZERO:
        return tr("kink of |w| at 0, from L1")
    return tr("kink of {activation} in layer {layer}", activation=tr(ACTIVATIONS[activation].label), layer=layer + 1)


def step_to_check(trainer: Trainer, walked: StepTrace | None = None) -> StepToCheck:
    """The step that comes next, which is not made; or the one that is walked through.

    Raises
    ------
    DivergedError, InputError
        There is no step that could be made.
    """
    trace = trainer.coming_step() if walked is None else walked
    network = trainer.network.copy("float64")
    if trace.parameters_before.size != network.parameters.size:
        raise InputError("network", tr("another shape"), tr("that of the step"))
    network.parameters[...] = trace.parameters_before
    return StepToCheck(network, trace.inputs, trace.targets, trace.sample_weights, trainer.epoch, walked is not None)


@memory_checked()
def check_step(step: StepToCheck, progress: Callable[[int, int], None] | None = None) -> GradientsChecked:
    """Compare the gradients of a step with differences: all of them, or those of `places_to_check`.

    Parameters
    ----------
    progress
        Called with (done, in all) after each parameter.
    """
    places = places_to_check(step)
    X, Y = np.asarray(step.X, np.float64), np.asarray(step.Y, np.float64)
    found = compare_gradients(step.network, X, Y, H, places.tolist(), step.sample_weights, progress)
    worst = np.lexsort((-np.abs(found.gradients), -np.nan_to_num(found.errors, nan=np.inf), ~found.compared))
    return GradientsChecked(step, found.taken(worst))


def places_to_check(step: StepToCheck) -> Indices:
    """Which parameters are compared where there are many: of each array the largest gradients and others between."""
    network, size = step.network, step.network.parameters.size
    most = int(np.clip(WORK / (4.0 * max(len(step.X), 1) * size), LEAST, MOST))
    if size <= most:
        return np.arange(size)
    copy = network.copy()
    copy.dropout = 0.0
    copy.gradients(step.X, step.Y, step.sample_weights)
    views = network.layout.views(np.arange(float(size)))
    kinds = (views.weights, views.biases, views.gammas, views.betas)
    arrays = [each.ravel().astype(np.intp) for kind in kinds for each in kind]
    share, chosen = max(most // (2 * len(arrays)), 1), list[Indices]()
    for places in arrays:
        largest = places[np.argsort(-np.abs(copy.gradient[places]), kind="stable")[:share]]
        spread = places[np.linspace(0, len(places) - 1, min(share, len(places))).astype(np.intp)]
        chosen += [largest, spread]
    return np.unique(np.concatenate(chosen))
