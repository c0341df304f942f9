"""Whether an experiment can be: with what it needs of memory, and batches that its network can learn from."""

from collections.abc import Callable

from nnplay.errors import InputError
from nnplay.training.budget import check_memory
from nnplay.training.experiment import Experiment
from nnplay.training.options import OPTIONS
from nnplay.training.parts import check_batches
from nnplay.training.prepared import PreparedData


def prepared_if_possible(experiment: Experiment, prepare: Callable[[Experiment], PreparedData]) -> PreparedData:
    """Its data.

    Raises
    ------
    TooLargeError
        It needs too much memory.
    InputError
        Batches are too small; the option is called as in the window.
    """
    check_memory(experiment)  # also where the data stay: a batch may be too large
    prepared = prepare(experiment)
    try:
        check_batches(experiment)
    except InputError as error:
        raise InputError(OPTIONS[error.field].label, error.value, error.allowed) from None
    return prepared
