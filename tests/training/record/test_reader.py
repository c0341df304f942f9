"""Moments that another thread reads are those that the record has, and frames are spread over the run as asked for."""

import numpy as np
import pytest

from nnplay.training.edits import with_value
from nnplay.training.experiment import Experiment
from nnplay.training.moment import Moment
from nnplay.training.record import ExperimentEdit, MomentReader, Recording
from nnplay.training.trainer import Trainer


def bits(moment: Moment) -> bytes:
    arrays = b"".join(array.tobytes() for array in moment.arrays())
    return arrays + repr((moment.epoch, moment.under_way.position, moment.network.generator)).encode()


@pytest.fixture(scope="module")
def record() -> Recording:
    """A branch behind thirty epochs, with an edit on it."""
    record = Recording(Trainer(with_value(Experiment(), "training.learning_rate", 2.0)))
    for _ in range(30):
        record.trainer.run_epoch()
    record.branch_from(20)
    slower = with_value(record.trainer.experiment, "training.learning_rate", 0.1)
    record.edit(ExperimentEdit.between(record.trainer.experiment, slower), "slower")
    for _ in range(40):
        record.trainer.run_epoch()
    return record


def test_a_reader_has_the_bytes_of_the_record(record: Recording) -> None:
    reader = MomentReader(record)
    assert reader.end == record.step == 60
    for step in (0, 47, 60, 13, 20, 21):
        assert bits(reader.moment_at(step)) == bits(record.moment_at(step))


def test_even_frames_are_as_many_epochs_apart(record: Recording) -> None:
    reader = MomentReader(record)
    assert reader.steps_between(0, 60, 7) == [0, 10, 20, 30, 40, 50, 60]
    assert reader.steps_between(5, 8, 100) == [5, 6, 7, 8]  # there are no more
    assert reader.steps_between(3, 50, 2) == [3, 50]


def test_frames_are_denser_where_the_loss_changes(record: Recording) -> None:
    reader = MomentReader(record)
    steps = reader.steps_between(0, 60, 12, by_loss=True)
    assert (steps[0], steps[-1]) == (0, 60)
    losses = [record.moment_at(step).history[-1, 0, 1] for step in range(61)]
    changes = np.abs(np.diff(losses))
    fast = np.argsort(-changes)[:20]  # the third of the steps in which most happens
    near = [
        sum(min(abs(step - at) for at in steps) for step in fast) for steps in (steps, reader.steps_between(0, 60, 12))
    ]
    assert near[0] < near[1]
