"""Kernels in a program that answers a person: its own thread neither compiles nor loads them, nor waits for them."""

import threading
import time
from typing import TYPE_CHECKING

from nnplay.nn.engines import KernelAwaitedError, bring_kernels, is_installed, missing

if TYPE_CHECKING:
    from nnplay.training.compiling import Kernel
    from nnplay.training.trainer import Trainer

LOOK_EVERY = 0.02
"""Seconds between two looks at whether a kernel is there."""

_answers = False
_kernels: "dict[str, Kernel]" = {}


def answer_people(*, answers: bool = True) -> None:
    """From now on the main thread answers a person, or no longer: kernels come without it, where they are wanted."""
    global _answers
    _answers = answers
    bring_kernels(_bring if answers else None)


def awaits_kernel(trainer: "Trainer") -> bool:
    """Whether a step would have to wait here for its kernel, which comes from now on."""
    if not (_answers and trainer.is_compiled and _is_main()):
        return False
    kernel = coming_kernel(trainer.network.dtype)
    return kernel is not None and kernel.is_coming


def coming_kernel(dtype: str) -> "Kernel | None":
    """That of this precision, which comes from now on where it isn't there; None where numba is missing.

    One that was given up comes again by a person's wish alone, and by no thread that goes on.
    """
    kernel = _kernels.get(dtype)
    if kernel is not None and not (kernel.is_given_up and _is_main()):
        return kernel
    if not is_installed():
        return None
    from nnplay.training.compiling import Kernel  # for those who choose it: it needs subprocess

    kernel = _kernels[dtype] = Kernel(dtype)
    return kernel


def give_up() -> None:
    """The window closes: let no kernel be waited for."""
    for kernel in _kernels.values():
        if kernel.is_coming:
            kernel.give_up()


def _bring(dtype: str) -> None:
    kernel = coming_kernel(dtype)
    if kernel is None:
        return  # whoever makes a step hears of it
    while kernel.is_coming and not kernel.is_given_up:
        if _is_main():
            raise KernelAwaitedError
        time.sleep(LOOK_EVERY)
    if kernel.is_given_up:
        raise KernelAwaitedError
    if kernel.problem:
        raise missing(kernel.problem)


def _is_main() -> bool:
    return threading.current_thread() is threading.main_thread()
