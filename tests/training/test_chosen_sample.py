"""The sample that is looked at is found in the table and in a batch by its inputs."""

import numpy as np
import pytest

from nnplay.data import Table
from nnplay.nn import StepTrace
from nnplay.training.chosen_sample import as_trained, inputs_of_row, row_in, sample_row, table_row
from nnplay.training.experiment import YOURS, DataSpec, Experiment, ModelSpec, TrainingSpec
from nnplay.training.prepared import PreparedData, prepare
from nnplay.training.trainer import Trainer

EXPERIMENTS = {
    "classes": Experiment(
        data=DataSpec(
            kind="circles", samples=40, features=("x1", "sin(x2)"), standardize=True, train_share=0.7, noise=0.1
        ),
        training=TrainingSpec(batch_size=7),
    ),
    "numbers": Experiment(
        data=DataSpec(kind="plane", samples=40, standardize_target=True, train_share=0.7),
        model=ModelSpec(loss="mean_squared_error", dtype="float32"),
        training=TrainingSpec(batch_size=7, learning_rate=0.01),
    ),
    "pictures": Experiment(
        data=DataSpec(kind="digits", samples=100, classes=10, train_share=0.7),
        model=ModelSpec(loss="categorical_cross_entropy"),
        training=TrainingSpec(batch_size=7),
    ),
}


def inputs_of(prepared: PreparedData, row: int) -> tuple[float, ...]:
    return tuple(prepared.table.inputs[row].tolist())


@pytest.mark.parametrize("name", EXPERIMENTS)
def test_every_sample_is_found_where_it_stands(name: str) -> None:
    prepared = prepare(EXPERIMENTS[name])
    train, test = (prepared.X_train, prepared.Y_train), (prepared.X_test, prepared.Y_test)
    sets = ((True, prepared.train, *train), (False, prepared.test, *test))
    for trains, rows, X, Y in sets:
        assert len(rows)
        for place, row in enumerate(rows):
            sample = inputs_of(prepared, row)
            assert table_row(sample, prepared.table) == row
            found = sample_row(sample, prepared)
            assert found == (row, place, trains)
            np.testing.assert_array_equal(as_trained(found, prepared)[0], X[[place]])
            np.testing.assert_array_equal(as_trained(found, prepared)[1], Y[[place]])


@pytest.mark.parametrize("name", EXPERIMENTS)
def test_each_training_sample_is_in_one_batch_of_an_epoch_and_no_test_sample_is(name: str) -> None:
    trainer = Trainer(EXPERIMENTS[name])
    prepared = trainer.prepared
    traces: list[StepTrace] = []
    while not traces or trainer.batch:
        traces.append(trainer.trace_step())
    every = 4 if name == "pictures" else 1  # which are large
    for row in prepared.train[::every]:
        sample = inputs_of(prepared, row)
        rows = [(trace, row_in(sample, trace, prepared)) for trace in traces]
        (trace, place), *others = [(trace, place) for trace, place in rows if place is not None]
        assert not others
        np.testing.assert_allclose(trace.inputs[place], prepared.as_seen(np.array([sample]))[0], rtol=1e-5, atol=1e-6)
        found = sample_row(sample, prepared)
        assert found is not None
        np.testing.assert_array_equal(trace.targets[[place]], as_trained(found, prepared)[1])
        assert inputs_of_row(place, trace, prepared) == sample
    for row in prepared.test[::every]:
        assert all(row_in(inputs_of(prepared, row), trace, prepared) is None for trace in traces)


def test_a_place_of_the_plane_is_no_sample() -> None:
    trainer = Trainer(EXPERIMENTS["classes"])
    prepared = trainer.prepared
    trace = trainer.coming_step()
    for place in ((0.123, 4.5), (0.1, 0.2, 0.3), ()):
        assert table_row(place, prepared.table) is None
        assert sample_row(place, prepared) is None
        assert row_in(place, trace, prepared) is None


def test_of_two_samples_at_one_place_the_first_is_meant() -> None:
    points = np.array([[0.0, 1.0], [2.0, 3.0], [2.0, 3.0]])
    table = Table(points, np.array([0.0, 1.0, 0.0]), "classification", ("x1", "x2"), ("a", "b"))
    trainer = Trainer(Experiment(data=DataSpec(kind=YOURS, table=table)))
    assert table_row((2.0, 3.0), table) == 1
    row = row_in((2.0, 3.0), trainer.coming_step(), trainer.prepared)
    assert row is not None
    assert trainer.coming_step().targets[row] == 1.0
