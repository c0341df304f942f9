"""Is backpropagation right? Every gradient, measured a second time by moving its parameter a little both ways.

∂L/∂w ≈ (L(w + h) − L(w − h)) / 2h
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from nnplay.errors import InputError
from nnplay.nn.arrays import Array
from nnplay.nn.network import NeuralNetwork
from nnplay.nn.validation import checked_number
from nnplay.texts import tr

H = 1e-5
REFINE_ABOVE = 1e-7
SMALL_GRADIENT = 1e-3
COMPARED, AT_ZERO = -2, -1
"""In place of a hidden layer: nothing lay between w − h and w + h, or the kink of the L1 penalty at 0."""

Floats = NDArray[np.float64]
Indices = NDArray[np.intp]


@dataclass(frozen=True)
class GradientComparison:
    """Both gradients of n parameters.

    Attributes
    ----------
    places
        (n,) where they are in the flat vector.
    gradients, differences, errors
        (n,) g by backpropagation, n by differences, and |g − n| / max(|g|, |n|, 1e-3 · max(1, L)). The floor is there
        because rounding of the loss L alone moves n by about 1e-11 L. The last two are NaN where a kink or a jump of
        an activation lay between w − h and w + h: differences have no meaning there.
    kinks
        (n,) the hidden layer of that activation, from 0; `AT_ZERO` for the penalty's kink, `COMPARED` for none.
    """

    places: Indices
    gradients: Floats
    differences: Floats
    errors: Floats
    kinks: Indices

    @property
    def compared(self) -> NDArray[np.bool_]:
        """(n,) which of them could be compared."""
        compared: NDArray[np.bool_] = self.kinks == COMPARED
        return compared

    def taken(self, rows: Indices) -> "GradientComparison":
        """The same of these rows, in this order."""
        return GradientComparison(
            self.places[rows], self.gradients[rows], self.differences[rows], self.errors[rows], self.kinks[rows]
        )


@dataclass(frozen=True)
class GradientCheck:
    """What a gradient check found.

    Attributes
    ----------
    worst_error
        The largest relative error, as `GradientComparison` has it.
    parameter
        Where that is, like ``weights[0][1, 3]``; None if every parameter was skipped.
    index
        The same place in the flat vector.
    gradient, difference
        g and n there.
    checked, skipped
        How many parameters were compared, and how many could not be.
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
    """The worst of `compare_gradients`, which says what the parameters are."""
    found = compare_gradients(network, X, Y, h, parameters, sample_weights)
    checked = np.flatnonzero(found.compared)
    skipped = len(found.places) - len(checked)
    if not len(checked):
        return GradientCheck(0.0, None, None, 0.0, 0.0, 0, skipped)
    worst = checked[np.argmax(np.nan_to_num(found.errors[checked], nan=np.inf))]
    index = int(found.places[worst])
    g, n, error = (float(values[worst]) for values in (found.gradients, found.differences, found.errors))
    return GradientCheck(error, network.layout.name(index), index, g, n, len(checked), skipped)


def compare_gradients(
    network: NeuralNetwork,
    X: ArrayLike,
    Y: ArrayLike,
    h: float = H,
    parameters: Iterable[int] | None = None,
    sample_weights: ArrayLike | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> GradientComparison:
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
    progress
        Called with (done, in all) after each parameter.

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
    places = np.fromiter(range(len(gradient)) if parameters is None else parameters, np.intp)
    differences, kinks = np.full(len(places), np.nan), np.full(len(places), COMPARED, np.intp)
    for i, place in enumerate(places):
        n, kinks[i] = measure(place)
        if _relative_error(float(gradient[place]), n, floor) > REFINE_ABOVE:
            n, kinks[i] = measure.refined(place)
        differences[i] = n
        if progress is not None:
            progress(i + 1, len(places))
    gradients = gradient[places]
    with np.errstate(invalid="ignore"):
        scale = np.maximum(np.maximum(np.abs(gradients), np.abs(differences)), floor)
        errors = np.abs(gradients - differences) / scale
    return GradientComparison(places, gradients, differences, errors, kinks)


def _relative_error(g: float, n: float, floor: float) -> float:
    return abs(g - n) / max(abs(g), abs(n), floor)


class _Differences:
    """Central differences of a network's objective, each with the layer whose kink is in between: NaN then."""

    def __init__(self, network: NeuralNetwork, X: Array, Y: Array, weights: Array | None, h: float) -> None:
        self._network, self._samples = network, (X, Y, weights)
        self._h = checked_number("h", h, open_least=True)
        self._is_weight = network.layout.weight_mask(np.float64)
        self._kinked = [i for i, layer in enumerate(network.hidden_layers) if layer.activation.kink is not None]

    def __call__(self, index: int) -> tuple[float, int]:
        """(L(w + h) − L(w − h)) / 2h."""
        return self._over(index, self._h)

    def refined(self, index: int) -> tuple[float, int]:
        """(4 D(h/2) − D(h)) / 3 of two differences D: free of their error h² L‴ / 6 where the loss bends strongly.

        A batch norm over nearly equal values bends it so much that this error is seen. A wrong gradient stays as
        wrong as it is: only the measure becomes finer.
        """
        (whole, kink), (half, nearer) = self._over(index, self._h), self._over(index, 0.5 * self._h)
        return (4.0 * half - whole) / 3.0, nearer if kink == COMPARED else kink

    def _over(self, index: int, h: float) -> tuple[float, int]:
        w = float(self._network.parameters[index])
        if self._network.l1 and self._is_weight[index] and abs(w) <= h:
            return np.nan, AT_ZERO
        above, sides_above = self._objective(index, w + h)
        below, sides_below = self._objective(index, w - h)
        self._network.parameters[index] = w
        if sides_above == sides_below:
            return (above - below) / (2.0 * h), COMPARED
        pairs = zip(self._kinked, sides_above, sides_below, strict=True)
        return np.nan, next(layer for layer, one, other in pairs if one != other)

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
