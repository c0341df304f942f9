"""What the arrays of `nnplay.nn` are, and the product that a layer is made of.

Shapes in docstrings: N samples, I inputs, O outputs, U units, K networks of a stack, P parameters.
A leading ``…`` is nothing for one network and K for a stack.
"""

from collections.abc import Callable
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Array: TypeAlias = NDArray[np.floating[Any]]
Loss: TypeAlias = Any
"""A float for one network, an array (K,) for a stack."""
Product: TypeAlias = Callable[[Array, Array, Array], Any]


def matrix_product(stack: int | None) -> Product:
    """The matrix product with the result's array as third argument: `np.dot` takes half of `np.matmul`'s time on
    small matrices, but only `np.matmul` multiplies stacks of them.
    """
    return np.dot if stack is None else np.matmul


def constant(value: float, dtype: Any) -> Array:
    """A number as an array of no dimension, which a NumPy call takes in half the time of a Python number."""
    return np.array(value, dtype)
