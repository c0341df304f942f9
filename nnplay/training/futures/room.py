"""How long it would take to look ahead, and of how many values there is time for that."""

from nnplay.errors import NnplayError
from nnplay.nn.workspace import values_per_sample
from nnplay.texts import tr
from nnplay.training.trainer import Trainer

COUNTS = (16, 8, 4)
"""Of how many values the futures are looked at, where there is time for so many."""
LONGEST = 5.0
"""Seconds that it may take."""
PRODUCTS_PER_SECOND, SECONDS_PER_LAYER = 1.0e9, 40e-6
"""Multiplications, and what a step takes for each layer however small it is; as measured, on the slow side."""
MOST_VALUES = 1 << 24
"""Numbers that the arrays of one step have, at most."""


class TooMuchAheadError(NnplayError):
    """The network is too large for its futures to be seen."""


def values_in_time(trainer: Trainer, epochs: int) -> int:
    """Of how many values so many epochs can be looked at.

    Raises
    ------
    TooMuchAheadError
        Of too few.
    """
    for count in COUNTS:
        if seconds_ahead(trainer, epochs, count) <= LONGEST and _largest_step(trainer, count) <= MOST_VALUES:
            return count
    seconds = seconds_ahead(trainer, epochs, COUNTS[-1])
    raise TooMuchAheadError(
        tr(
            "This network is too large to see ahead: {epochs} epochs for {count} values of a number would take about "
            "{seconds} s",
            epochs=epochs,
            count=COUNTS[-1],
            seconds=f"{seconds:,.0f}",
        )
    )


def seconds_ahead(trainer: Trainer, epochs: int, count: int) -> float:
    """About how long so many epochs of `count` values take."""
    samples, tests = len(trainer.prepared.X_train), len(trainer.prepared.X_test)
    parameters, layers = trainer.network.layout.size, len(trainer.network.layer_sizes) - 1
    # a step goes forward once and back twice; a measurement goes forward
    products = epochs * count * parameters * (4 * samples + tests)
    return products / PRODUCTS_PER_SECOND + epochs * trainer.batches * layers * SECONDS_PER_LAYER


def _largest_step(trainer: Trainer, count: int) -> int:
    network, size = trainer.network, trainer.experiment.training.batch_size
    samples = len(trainer.prepared.X_train)
    each = values_per_sample(network.layer_sizes, network.batch_norm)
    return count * each * min(size or samples, samples)
