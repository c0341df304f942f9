"""Who computes a step of training: NumPy, or the kernel that numba compiles, where it is there and is faster."""

from collections.abc import Callable
from importlib.util import find_spec
from itertools import pairwise
from typing import TYPE_CHECKING

from nnplay.errors import InputError, NnplayError
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

Measured, as the part of NumPy's time that the kernel takes: of two hidden layers of 32 units (373 weights) 0.4 with
batches of 10 and 1.1 with batches of 1,000, of two of 48 (816) 0.8 and 1.1, of two of 64 (1,429) 0.9 and 1.4, of 784
inputs and 16 units 1.1 to 1.8; in 32 bits a little more. Above it NumPy's own step is made, whole.
"""


_bring: Callable[[str], None] | None = None


class NoKernelError(InputError):
    """A compiled step can't be had: numba isn't there, or doesn't get on with what is."""


class KernelAwaitedError(NnplayError):
    """A step was asked for by whoever can't wait until it is compiled."""

    def __init__(self) -> None:
        super().__init__(tr("The steps are being compiled, once: that takes some seconds; try again then"))


def is_installed() -> bool:
    """Whether numba is there; it isn't imported."""
    return find_spec("numba") is not None


def bring_kernels(by: Callable[[str], None] | None) -> None:
    """Let this have the kernel of a precision come before a step needs it; by None it is compiled where it does."""
    global _bring
    _bring = by


def missing(problem: str) -> NoKernelError:
    """The refusal of a compiled step that can't be had, with why."""
    allowed = tr(
        "'numpy' as long as numba can't be used ({problem}); pip install {extra} brings it",
        problem=problem,
        extra=EXTRA,
    )
    return NoKernelError("training.engine", COMPILED, allowed)


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


def have_kernel(dtype: str) -> None:
    """Import numba, and load the kernel of this precision, or compile it where it isn't kept.

    Raises
    ------
    NoKernelError
        That can't be done.
    """
    try:
        from nnplay.nn.compiled.engine import have_kernel as have
    except ImportError as error:
        raise missing(str(error)) from error
    have(dtype)


def compiled_step(structure: NetworkStructure, generator: "Generator") -> "CompiledStep":
    """The compiled step of a network or a stack; the first one imports numba, and compiles where nothing is kept.

    Raises
    ------
    NoKernelError
        It can't be had.
    KernelAwaitedError
        It can't be waited for here.
    """
    if _bring is not None:
        _bring(structure.dtype)
    try:
        from nnplay.nn.compiled.engine import CompiledStep  # half a second, for those who choose it
        from nnplay.nn.compiled.stack import CompiledStack
    except ImportError as error:
        raise missing(str(error)) from error
    return CompiledStep(structure, generator) if structure.stack is None else CompiledStack(structure, generator)
