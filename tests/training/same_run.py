"""Two trainers that are the same run, to the last bit."""

import numpy as np

from nnplay.training.trainer import Trainer


def assert_same(one: Trainer, other: Trainer) -> None:
    np.testing.assert_array_equal(one.network.parameters, other.network.parameters)
    np.testing.assert_array_equal(one.history.rows(), other.history.rows())
    assert one.history.interval == other.history.interval
    assert one.network.disabled_units == other.network.disabled_units
    assert (one.epoch, one.batch, one.figures) == (other.epoch, other.batch, other.figures)
    mine, theirs = one.network.state(), other.network.state()
    assert mine.generator == theirs.generator
    for statistics in ("running_means", "running_variances"):
        for a, b in zip(getattr(mine, statistics), getattr(theirs, statistics), strict=True):
            np.testing.assert_array_equal(a, b)
    memories = one.optimizer.snapshot(), other.optimizer.snapshot()
    assert memories[0].steps == memories[1].steps
    assert memories[0].arrays.keys() == memories[1].arrays.keys()
    for name, array in memories[0].arrays.items():
        np.testing.assert_array_equal(array, memories[1].arrays[name])
    assert one.optimizer.learning_rate == other.optimizer.learning_rate


def looked_at(trainer: Trainer) -> Trainer:
    """The same, measured as whoever looks at a paused run does it."""
    trainer.finish()
    return trainer
