"""Is backpropagation right? Every gradient, measured a second time by moving its parameter a little both ways.

∂L/∂w ≈ (L(w + h) − L(w − h)) / 2h
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike

from nnplay.errors import InputError
from nnplay.nn.arrays import Array
from nnplay.nn.network import NeuralNetwork
from nnplay.nn.validation import checked_number
from nnplay.texts import tr

H = 1e-5
REFINE_ABOVE = 1e-7
SMALL_GRADIENT = 1e-3


@dataclass(frozen=True)
class GradientCheck:
    """What a gradient check found.

    Attributes
    ----------
    worst_error
        The largest relative error |g − n| / max(|g|, |n|, 1e-3 · max(1, L)); g by backpropagation, n by differences.
        The floor is there because rounding of the loss L alone moves n by about 1e-11 L.
    parameter
        Where that is, like ``weights[0][1, 3]``; None if every parameter was skipped.
    index
        The same place in the flat vector.
    gradient, difference
        g and n there.
    checked, skipped
        How many parameters were compared, and how many could not be, as a kink or a jump of an activation lay between
        w − h and w + h: differences have no meaning there.
    """

    worst_error: float
    parameter: str | None
    index: int | None
    gradient: float
    difference: float
    checked: int
    skipped: int


def check_gradients(
    network: NeuralNetwork,
    X: ArrayLike,
    Y: ArrayLike,
    h: float = H,
    parameters: Iterable[int] | None = None,
    sample_weights: ArrayLike | None = None,
) -> GradientCheck:
    """Compare the gradients of data loss plus penalty with central differences.

    It works on a float64 copy without dropout; the network itself is left alone. Before a layer of steps both are 0,
    but for the penalty: the gradient is right there, although nothing can be learned from it.

    Parameters
    ----------
    network
        One network, no stack.
    X, Y
        (N, I) inputs and (N, O) targets; batch norm takes its statistics from them.
    h
        How far each parameter is moved, above 0.
    parameters
        Places in the flat vector, to check fewer than all.
    sample_weights
        (N,) how much each sample counts.

    Raises
    ------
    InputError
        Where X and Y don't fit, or for a stack.
    """
    if network.stack is not None:
        stack = tr("a stack of {count}", count=network.stack)
        raise InputError("network", stack, tr("one network, such as stack.member(0)"))
    copy = network.copy("float64")
    copy.dropout = 0.0
    copy.gradients(X, Y, sample_weights)
    gradient = copy.gradient.copy()
    weights = None if sample_weights is None else np.asarray(sample_weights, np.float64)
    samples, targets = np.asarray(X, np.float64), np.asarray(Y, np.float64)
    measure = _Differences(copy, samples, targets, weights, h)
    floor = SMALL_GRADIENT * max(1.0, float(copy.objective(samples, targets, weights)))
    found = GradientCheck(0.0, None, None, 0.0, 0.0, 0, 0)
    for index in range(len(gradient)) if parameters is None else parameters:
        g, n = float(gradient[index]), measure(index)
        if n is not None and _relative_error(g, n, floor) > REFINE_ABOVE:
            n = measure.refined(index)
        if n is None:
            found = replace(found, skipped=found.skipped + 1)
            continue
        found = replace(found, checked=found.checked + 1)
        error = _relative_error(g, n, floor)
        if found.index is None or error > found.worst_error:
            name = copy.layout.name(index)
            found = replace(found, worst_error=error, parameter=name, index=index, gradient=g, difference=n)
    return found


def _relative_error(g: float, n: float, floor: float) -> float:
    return abs(g - n) / max(abs(g), abs(n), floor)


class _Differences:
    """Central differences of a network's objective."""

    def __init__(self, network: NeuralNetwork, X: Array, Y: Array, weights: Array | None, h: float) -> None:
        self._network, self._samples = network, (X, Y, weights)
        self._h = checked_number("h", h, open_least=True)
        self._is_weight = network.layout.weight_mask(np.float64)

    def __call__(self, index: int) -> float | None:
        """(L(w + h) − L(w − h)) / 2h, or None where a kink is in between."""
        return self._over(index, self._h)

    def refined(self, index: int) -> float | None:
        """(4 D(h/2) − D(h)) / 3 of two differences D: free of their error h² L‴ / 6 where the loss bends strongly.

        A batch norm over nearly equal values bends it so much that this error is seen. A wrong gradient stays as
        wrong as it is: only the measure becomes finer.
        """
        whole, half = self._over(index, self._h), self._over(index, 0.5 * self._h)
        return None if whole is None or half is None else (4.0 * half - whole) / 3.0

    def _over(self, index: int, h: float) -> float | None:
        w = float(self._network.parameters[index])
        if self._network.l1 and self._is_weight[index] and abs(w) <= h:
            return None
        above, sides_above = self._objective(index, w + h)
        below, sides_below = self._objective(index, w - h)
        self._network.parameters[index] = w
        return None if sides_above != sides_below else (above - below) / (2.0 * h)

    def _objective(self, index: int, value: float) -> tuple[float, list[bytes]]:
        """The objective with one parameter changed, and on which side of its kink each pre-activation is."""
        self._network.parameters[index] = value
        objective = float(self._network.objective(*self._samples))
        layers = self._network.workspace(len(self._samples[0])).hidden
        sides = [
            np.sign(layer.activation_inputs - layer.activation.kink).tobytes()
            for layer in layers
            if layer.activation.kink is not None
        ]
        return objective, sides
