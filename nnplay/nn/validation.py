"""What `nnplay.nn` takes from outside, checked before anything changes.

Every refusal names the field, the value received and what is allowed.
"""

import math
from collections.abc import Iterable, Sequence
from numbers import Integral, Real
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from nnplay.errors import InputError, a_number, a_whole_number, one_of
from nnplay.nn.arrays import Array
from nnplay.texts import tr

DTYPES: dict[str, type[np.floating[Any]]] = {"float64": np.float64, "float32": np.float32}


def checked_name(field: str, name: object, known: Iterable[str]) -> str:
    """The name, if it is a known one."""
    names = list(known)
    if not isinstance(name, str) or name not in names:
        raise InputError(field, name, one_of(names))
    return name


def checked_number(
    field: str,
    value: object,
    *,
    open_least: bool = False,
    below: float | None = None,
    most: float | None = None,
) -> float:
    """A finite number from 0 (above it where `open_least`), below `below` and at most `most` where they are given."""
    if isinstance(value, Real) and not isinstance(value, bool) and math.isfinite(value):
        number = float(value)
        above = number > 0.0 if open_least else number >= 0.0
        if above and (below is None or number < below) and (most is None or number <= most):
            return number
    high = most if below is None else None
    allowed = a_number(above=0, high=high, below=below) if open_least else a_number(0, high, below=below)
    raise InputError(field, value, allowed)


def checked_count(field: str, value: object, least: int = 1) -> int:
    """A whole number from `least`."""
    if not isinstance(value, Integral) or isinstance(value, bool) or value < least:
        raise InputError(field, value, a_whole_number(least))
    return int(value)


def checked_layer_sizes(layer_sizes: object) -> tuple[int, ...]:
    """At least inputs and outputs, each a whole number from 1."""
    is_list = isinstance(layer_sizes, Sequence | np.ndarray) and not isinstance(layer_sizes, str)
    sizes: list[object] = list(layer_sizes) if is_list else []  # type: ignore[call-overload]
    if len(sizes) < 2:
        allowed = tr("a list of at least two layers: inputs, hidden ones, outputs")
        raise InputError("layer_sizes", layer_sizes, allowed)
    return tuple(checked_count(f"layer_sizes[{i}]", size) for i, size in enumerate(sizes))


def checked_activations(activation: object, hidden_layers: int, known: Iterable[str]) -> tuple[str, ...]:
    """One name for every hidden layer, or a list with one name each."""
    names = list(known)
    if isinstance(activation, str) or not isinstance(activation, Sequence):
        return (checked_name("activation", activation, names),) * hidden_layers
    if len(activation) != hidden_layers:
        allowed = tr("one name, or {count}, one per hidden layer", count=hidden_layers)
        raise InputError("activation", list(activation), allowed)
    return tuple(checked_name(f"activation[{i}]", name, names) for i, name in enumerate(activation))


def checked_learning_rate(value: object) -> Any:
    """A number from 0, or an array (K,) of them."""
    if isinstance(value, Real):
        return checked_number("learning_rate", value)
    rates = _as_floats("learning_rate", value)
    if rates.ndim == 0:
        return checked_number("learning_rate", float(rates))
    if rates.ndim != 1 or not np.isfinite(rates).all() or (rates < 0.0).any():
        allowed = tr("a number from 0, or for a stack one of them per network")
        raise InputError("learning_rate", value, allowed)
    return rates


def check_learning_rate_of_stack(rate: object, stack: int | None) -> None:
    """An array of learning rates has one of them for each network of a stack."""
    if isinstance(rate, np.ndarray) and len(rate) != stack:
        alone = stack is None
        allowed = tr("one number for one network") if alone else tr("one number, or {k}, one per network", k=stack)
        raise InputError("learning_rate", rate, allowed)


def checked_generator(seed: object) -> np.random.Generator:
    """A generator from a seed, itself, or an unforeseeable one from None."""
    if isinstance(seed, np.random.Generator):
        return seed
    if seed is None:
        return np.random.default_rng()
    return np.random.default_rng(checked_count("seed", seed, least=0))


def checked_inputs(X: ArrayLike, inputs: int) -> Array:
    """(N, I) finite numbers, N at least 1."""
    return _checked_matrix("X", X, inputs)


def checked_samples(X: ArrayLike, Y: ArrayLike, inputs: int, outputs: int) -> tuple[Array, Array]:
    """(N, I) inputs and (N, O) targets, finite and of the same length."""
    inputs_array, targets = _checked_matrix("X", X, inputs), _checked_matrix("Y", Y, outputs)
    if len(inputs_array) != len(targets):
        allowed = tr("{n} row, as many as X has|{n} rows, as many as X has", "", len(inputs_array))
        raise InputError("Y", tr("{n} row|{n} rows", "", len(targets)), allowed)
    return inputs_array, targets


def check_batch(field: str, samples: int, least: int) -> None:
    """Refuse a batch of one sample, or a size of one, where there is batch norm, which needs two."""
    if samples < least:
        raise InputError(field, tr("{n} sample|{n} samples", "", samples), two_with_batch_norm())


def two_with_batch_norm() -> str:
    """What is allowed where a batch has one sample only."""
    return tr("2 samples and more with batch norm, which compares the samples of a batch")


def checked_weights(weights: ArrayLike | None, samples: int) -> Array | None:
    """(N,) finite numbers from 0, how much each sample counts; None where all count the same."""
    if weights is None:
        return None
    array = _as_floats("sample_weights", weights)
    if array.shape != (samples,):
        allowed = tr("of shape {shape}, one weight a sample", shape=(samples,))
        raise InputError("sample_weights", tr("of shape {shape}", shape=array.shape), allowed)
    wrong = ~(np.isfinite(array) & (array >= 0.0))
    if wrong.any():
        sample = int(np.argmax(wrong))
        raise InputError(f"sample_weights[{sample}]", float(array[sample]), tr("a finite number from 0"))
    return array


def _checked_matrix(field: str, values: ArrayLike, columns: int) -> Array:
    array = _as_floats(field, values)
    if array.ndim != 2 or array.shape[1] != columns or len(array) == 0:
        allowed = tr("a table of shape (N, {columns}) with N from 1", columns=columns)
        raise InputError(field, tr("of shape {shape}", shape=array.shape), allowed)
    finite = np.isfinite(array)
    if not finite.all():
        row, column = (int(i) for i in np.argwhere(~finite)[0])
        raise InputError(f"{field}[{row}, {column}]", float(array[row, column]), tr("a finite number"))
    return array


def _as_floats(field: str, values: Any) -> Array:
    try:
        array = np.asarray(values)
        if array.dtype.kind not in "fiub":
            array = array.astype(np.float64)
    except (TypeError, ValueError):
        raise InputError(field, values, tr("numbers, in rows of the same length")) from None
    return array if array.dtype.kind == "f" else array.astype(np.float64)
