"""Who computes a step of training: NumPy, or the kernel that numba compiles, where it is there and is faster."""

from importlib.util import find_spec
from itertools import pairwise
from typing import TYPE_CHECKING

from nnplay.errors import InputError
from nnplay.nn.compiled.known import ACTIVATIONS, LOSSES, OPTIMIZERS
from nnplay.nn.optimizers import Optimizer
from nnplay.nn.structure import NetworkStructure
from nnplay.texts import mark, tr

if TYPE_CHECKING:
    from numpy.random import Generator

    from nnplay.nn.compiled.engine import CompiledStep

NUMPY, COMPILED = "numpy", "compiled"
ENGINES = {NUMPY: mark("NumPy"), COMPILED: mark("compiled")}
"""What may be chosen, with what it is called."""
EXTRA = "nnplay[compiled]"
"""What numba comes with."""
MOST_WEIGHTS = 600
"""Of a layer in the mean: above it the library that NumPy's products come from is faster than the kernel.

Measured: with two hidden layers of 32 units the kernel takes from a half to all of NumPy's time, with two of 64 up to
half as much again; a batch of many samples shifts this little.
"""


def is_installed() -> bool:
    """Whether numba is there; it isn't imported."""
    return find_spec("numba") is not None


def missing(problem: str) -> InputError:
    """The refusal of a compiled step that can't be had, with why."""
    allowed = tr(
        "'numpy' as long as numba can't be used ({problem}); pip install {extra} brings it",
        problem=problem,
        extra=EXTRA,
    )
    return InputError("training.engine", COMPILED, allowed)


def is_compiled_faster(layer_sizes: tuple[int, ...]) -> bool:
    """Whether the kernel trains a network of such layers faster than NumPy's products."""
    weights = sum(inputs * units for inputs, units in pairwise(layer_sizes))
    return weights <= MOST_WEIGHTS * (len(layer_sizes) - 1)


def can_compile(structure: NetworkStructure) -> bool:
    """Whether the kernel knows all that the network is made of."""
    loss = structure.loss_function
    return (loss.name, loss.output_activation) in LOSSES and all(name in ACTIVATIONS for name in structure.activations)


def is_known(optimizer: Optimizer) -> bool:
    """Whether the kernel knows the optimiser."""
    return optimizer.name in OPTIMIZERS


def compiled_step(structure: NetworkStructure, generator: "Generator") -> "CompiledStep":
    """The compiled step of a network or a stack; the first one imports numba, and compiles where nothing is kept.

    Raises
    ------
    InputError
        numba isn't there, or doesn't get on with what is.
    """
    try:
        from nnplay.nn.compiled.engine import CompiledStep  # half a second, for those who choose it
        from nnplay.nn.compiled.stack import CompiledStack
    except ImportError as error:
        raise missing(str(error)) from error
    return CompiledStep(structure, generator) if structure.stack is None else CompiledStack(structure, generator)
