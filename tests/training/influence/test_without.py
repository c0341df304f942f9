"""A run without one of its samples is the same run, in which that sample has no part."""

from pathlib import Path

import numpy as np
import pytest

from nnplay.errors import InputError
from nnplay.training.edits import with_value
from nnplay.training.experiment import DataSpec, Experiment, HiddenLayer, ModelSpec, TrainingSpec
from nnplay.training.influence.difference import RESOLUTION, difference
from nnplay.training.influence.without import counting_again, leaving_out
from nnplay.training.left_out import counting, sample_of
from nnplay.training.prepared import prepare
from nnplay.training.record import ExperimentEdit, Recording, with_edit_added
from nnplay.training.trainer import Trainer
from tests.experiments.test_record_file import through_a_file

MODEL = ModelSpec(hidden_layers=(HiddenLayer(units=5, activation="tanh"),))
MOONS = Experiment(
    data=DataSpec(kind="moons", samples=30), model=MODEL, training=TrainingSpec(batch_size=5, learning_rate=0.1)
)


@pytest.mark.parametrize("class_weights", ["none", "balanced"])
def test_the_run_without_a_sample_is_the_run_with_a_weight_of_nothing_for_it(class_weights: str) -> None:
    experiment = with_value(MOONS, "training.class_weights", class_weights)
    record = Recording(Trainer(experiment))
    rate = ExperimentEdit(values={"training.learning_rate": 0.3})
    for step in range(40):
        if step == 17:
            record.edit(rate, "rate")
        record.trainer.step()
    data = record.trainer.prepared
    left_out = sample_of(data.table, int(data.train[3]))
    trainer = with_edit_added(record, 0, leaving_out(record, left_out), "without it", "without")
    assert trainer is not None
    assert record.step == 40
    assert len(record.branches) == 2

    by_hand = Trainer(experiment)
    weights = np.ones(len(data.train)) if by_hand.sample_weights is None else by_hand.sample_weights.copy()
    weights[3] = 0.0
    for step in range(40):
        if step == 17:
            by_hand.optimizer.learning_rate = 0.3
        if by_hand.batch == 0:
            order = by_hand.network.generator.permutation(len(data.train))
        places = order[5 * by_hand.batch : 5 * by_hand.batch + 5]
        by_hand.network.train_step(data.X_train[places], data.Y_train[places], by_hand.optimizer, weights[places])
        by_hand._batches.position = 5 * (by_hand.batch + 1) % len(data.train)
    np.testing.assert_array_equal(trainer.network.parameters, by_hand.network.parameters)


def test_a_second_one_is_left_out_beside_the_first() -> None:
    record = Recording(Trainer(MOONS))
    for _ in range(10):
        record.trainer.step()
    table, train = record.trainer.prepared.table, record.trainer.prepared.train
    for row in (train[2], train[5]):
        with_edit_added(record, 0, leaving_out(record, sample_of(table, int(row))), "without it")
    weights = record.trainer.sample_weights
    assert weights is not None
    assert np.flatnonzero(weights == 0.0).tolist() == [2, 5]


def test_of_samples_that_are_the_same_only_so_many_are_left_out() -> None:
    table = prepare(MOONS).table
    twice = table.select(np.array([0, 1, 0, 2, 0]))
    data = prepare(with_value(MOONS, "data", DataSpec(kind="yours", table=twice, train_share=1.0)))
    same = sample_of(twice, 0)
    for left_out, counts in (
        ((), None),
        (((9.0, 9.0, 0.0),), None),
        (((1.0,),), None),
        ((same,), [False, True, True, True, True]),
        ((same, same), [False, True, False, True, True]),
        ((same,) * 5, [False, True, False, True, False]),
    ):
        found = counting(data, left_out)
        assert (None if found is None else found.tolist()) == counts


def test_with_it_again_is_the_run_that_there_was_also_from_a_file(tmp_path: Path) -> None:
    record = Recording(Trainer(MOONS))
    for _ in range(20):
        record.trainer.step()
    before = record.trainer.network.parameters.copy()
    sample = sample_of(record.trainer.prepared.table, int(record.trainer.prepared.train[2]))
    with_edit_added(record, 0, leaving_out(record, sample), "without it", "without")
    opened = through_a_file(record, tmp_path / "run.nnplay")
    assert opened.trainer.experiment.training.left_out == (sample,)
    np.testing.assert_array_equal(opened.trainer.network.parameters, record.trainer.network.parameters)
    for each in (record, opened):
        again = with_edit_added(each, 0, counting_again(each, sample), "with it again", "again")
        np.testing.assert_array_equal(again.network.parameters, before)
        assert again.experiment.training.left_out == ()
        with pytest.raises(InputError):
            counting_again(each, sample)


@pytest.mark.parametrize("loss", ["binary_cross_entropy", "categorical_cross_entropy", "mean_squared_error"])
def test_two_runs_differ_by_their_answers(loss: str) -> None:
    before, made = (Trainer(with_value(MOONS, "model.loss", loss)) for _ in range(2))
    same = difference(before, made, 4)
    assert (same.before, same.plane) == (same.after, 0.0)
    for _ in range(30):
        made.step()
    found, data = difference(before, made, 4), before.prepared
    answers = [run.network.forward(data.as_seen(data.table.inputs[4:5]))[0] for run in (before, made)]
    assert [found.before, found.after] == [answer[np.argmax(answers[0])] for answer in answers]
    maps = [run.network.forward(data.grid(RESOLUTION)) for run in (before, made)]
    one, other = (each[:, 0] > 0.5 if each.shape[1] == 1 else each[:, 1] > each[:, 0] for each in maps)
    assert found.plane == (one != other).mean() > 0.0
