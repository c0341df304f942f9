"""Balanced classes: each counts the same, however few samples it has."""

import msgspec
import numpy as np
import pytest

from nnplay.data import Table
from nnplay.training.class_weights import balanced_weights
from nnplay.training.edits import with_value
from nnplay.training.effects import Effect, effect_of
from nnplay.training.experiment import YOURS, DataSpec, Experiment, ModelSpec, TrainingSpec
from nnplay.training.prepared import prepare
from nnplay.training.trainer import Trainer
from tests.training.same_run import assert_same

replace = msgspec.structs.replace


def uneven(counts: tuple[int, ...] = (30, 10), share: float = 1.0, **training: object) -> Experiment:
    """Classes of so many samples that lie over each other."""
    targets = np.repeat(np.arange(len(counts)), counts).astype(float)
    inputs = np.random.default_rng(0).normal(size=(len(targets), 2)) + 0.5 * targets[:, None]
    names = tuple(map(str, range(len(counts))))
    return Experiment(
        data=DataSpec(kind=YOURS, table=Table(inputs, targets, "classification", ("a", "b"), names), train_share=share),
        model=ModelSpec(loss="binary_cross_entropy" if len(counts) <= 2 else "categorical_cross_entropy"),
        training=TrainingSpec(class_weights="balanced", **training),  # type: ignore[arg-type]
    )


def test_a_sample_counts_n_over_c_times_those_of_its_class() -> None:
    weights = balanced_weights(prepare(uneven((30, 10))))
    assert weights is not None
    assert weights[0].tolist() == [40 / (2 * 30)] * 30 + [40 / (2 * 10)] * 10
    assert len(weights[1]) == 0


def test_a_class_without_samples_is_none() -> None:
    weights = balanced_weights(prepare(uneven((30, 0, 10))))
    assert weights is not None
    assert weights[0].sum() == pytest.approx(40)
    assert weights[0][0] == 40 / (2 * 30)


def test_test_samples_count_as_those_of_their_class_that_train() -> None:
    prepared = prepare(uneven((40, 10), share=0.5))
    weights = balanced_weights(prepared)
    assert weights is not None
    labels = prepared.table.labels[prepared.test]
    assert weights[1].mean() == pytest.approx(1.0)
    assert weights[1][labels == 1][0] / weights[1][labels == 0][0] == pytest.approx(4.0)


def test_the_loss_that_is_shown_is_the_mean_over_the_classes_and_accuracy_is_not() -> None:
    trainer = Trainer(uneven((30, 10)))
    prepared, network = trainer.prepared, trainer.network
    of_class = [network.evaluate(prepared.X_train[part], prepared.Y_train[part]) for part in (slice(30), slice(30, 40))]
    assert trainer.figures.train.loss == pytest.approx((of_class[0][0] + of_class[1][0]) / 2)
    right = (of_class[0][1] <= 0.5).sum() + (of_class[1][1] > 0.5).sum()
    assert trainer.figures.train.accuracy == right / 40


def test_the_rare_class_is_no_longer_passed_over() -> None:
    found = {}
    for name in ("none", "balanced"):
        experiment = uneven((190, 10), batch_size=20, learning_rate=0.1)
        trainer = Trainer(with_value(experiment, "training.class_weights", name))
        for _ in range(100):
            trainer.run_epoch()
        rare = trainer.network.forward(trainer.prepared.X_train[190:])
        found[name] = int((rare > 0.5).sum())
    assert found["none"] < found["balanced"]


def test_it_is_applied_at_once_and_the_epoch_goes_on() -> None:
    plain = with_value(uneven((30, 10), batch_size=8), "training.class_weights", "none")
    balanced = with_value(plain, "training.class_weights", "balanced")
    trainer = Trainer(plain)
    prepared = trainer.prepared
    assert effect_of(plain, balanced, prepared, prepared) is Effect.AT_ONCE
    trainer.step()
    before = trainer.epoch_under_way()
    trainer.apply(balanced, prepared)
    after = trainer.epoch_under_way()
    assert (after.position, after.order.tolist()) == (before.position, before.order.tolist())
    network, optimizer = trainer.network.copy(), trainer.optimizer
    order = after.order[8:16]
    weights = balanced_weights(prepared)[0][order]
    X, Y = prepared.X_train[order], prepared.Y_train[order]
    network.train_step(X, Y, type(optimizer)(optimizer.learning_rate), weights)
    trainer.step()
    np.testing.assert_array_equal(trainer.network.parameters, network.parameters)


def test_a_regression_does_without() -> None:
    experiment = Experiment(data=DataSpec(kind="plane", samples=40), model=ModelSpec(loss="mean_squared_error"))
    balanced = with_value(experiment, "training.class_weights", "balanced")
    assert balanced_weights(prepare(balanced)) is None
    one, other = Trainer(experiment), Trainer(balanced)
    for trainer in (one, other):
        trainer.run_epoch()
    assert_same(one, other)


@pytest.mark.parametrize("dtype", ["float64", "float32"])
@pytest.mark.parametrize("classes", [2, 3, 64])
def test_any_number_of_classes_in_either_precision(classes: int, dtype: str) -> None:
    experiment = with_value(uneven(tuple(range(2, 2 + classes)), share=0.8, batch_size=16), "model.dtype", dtype)
    trainer = Trainer(experiment)
    trainer.run_epoch()
    assert np.isfinite(trainer.figures.train.loss)
    assert trainer.figures.test is not None
