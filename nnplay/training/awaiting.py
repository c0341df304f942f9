"""Whether a step of a run can be made at once: nobody who answers a person waits until steps are compiled."""

from nnplay.nn.engines import is_installed
from nnplay.training.trainer import Trainer


def awaits_kernel(trainer: Trainer) -> bool:
    """Whether a step would wait for its kernel, which another process compiles from now on."""
    if not trainer.is_compiled or not is_installed():
        return False
    from nnplay.training.compiling import is_awaited  # for those who choose it: it needs subprocess

    return is_awaited(trainer.network.dtype)
