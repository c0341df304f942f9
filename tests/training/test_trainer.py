import json
from pathlib import Path

import msgspec
import numpy as np
import pytest

from nnplay.data import Table
from nnplay.errors import DivergedError, InputError
from nnplay.training.experiment import YOURS, DataSpec, Experiment, HiddenLayer, ModelSpec, ScheduleSpec, TrainingSpec
from nnplay.training.history import EPOCH, FIRST, HIGHEST, TRAIN_LOSS
from nnplay.training.prepared import prepare
from nnplay.training.trainer import Trainer

replace = msgspec.structs.replace
REFERENCE = Path(__file__).parents[1] / "reference" / "article_xor.json"
CIRCLES = Experiment(
    data=DataSpec(kind="circles", samples=100, train_share=0.5),
    training=TrainingSpec(learning_rate=0.1, batch_size=10),
)


def test_the_tutorials_run_from_its_own_weights():
    article = json.loads(REFERENCE.read_text())
    trainer = Trainer(Experiment())
    for weights, initial in zip(trainer.network.weights, article["initial_weights"], strict=True):
        weights[...] = initial
    trainer.measure()
    losses, predictions = [], None
    for _ in range(article["epochs"]):
        losses.append(trainer.figures.train.loss)
        predictions = trainer.network.forward(trainer.prepared.X_train)
        trainer.run_epoch()
    for epoch, loss in article["loss_at_epoch"].items():
        assert losses[int(epoch)] == pytest.approx(loss, abs=1e-6)
    np.testing.assert_allclose(np.ravel(predictions), article["final_predictions"], atol=1e-6)


def test_two_runs_of_one_experiment_are_the_same_to_the_last_bit():
    one, other = Trainer(CIRCLES), Trainer(CIRCLES)
    for _ in range(20):
        one.run_epoch()
        other.run_epoch()
    np.testing.assert_array_equal(one.network.parameters, other.network.parameters)
    np.testing.assert_array_equal(one.history.rows(), other.history.rows())


def test_an_epoch_sees_every_training_sample_once_and_a_last_smaller_batch():
    trainer = Trainer(replace(CIRCLES, training=replace(CIRCLES.training, batch_size=15)))
    assert len(trainer.prepared.X_train) == 50
    assert [trainer.step() for _ in range(4)] == [False, False, False, True]
    assert trainer.epoch == 1
    assert trainer.batch == 0


def test_samples_are_reshuffled_each_epoch():
    trainer = Trainer(CIRCLES)
    trainer.step()
    first = trainer.samples_of_epoch().copy()
    trainer.run_epoch()
    trainer.step()
    second = trainer.samples_of_epoch()
    assert not np.array_equal(first, second)
    assert sorted(map(tuple, first)) == sorted(map(tuple, second))


def test_figures_belong_to_the_weights_after_the_epoch():
    trainer = Trainer(CIRCLES)
    trainer.run_epoch()
    figures = trainer.figures
    loss, outputs = trainer.network.evaluate(trainer.prepared.X_test, trainer.prepared.Y_test)
    assert figures.test is not None
    assert figures.test.loss == loss
    assert figures.test.accuracy == np.mean((outputs > 0.5) == trainer.prepared.Y_test)


def test_what_the_history_does_not_keep_is_measured_only_for_those_who_look(monkeypatch: pytest.MonkeyPatch):
    trainer = Trainer(CIRCLES)
    trainer.history.restore(trainer.history.rows(), 10)
    measured: list[int] = []
    evaluate = trainer.network.evaluate

    def spy(X: np.ndarray, Y: np.ndarray, weights: None) -> object:
        measured.append(trainer.epoch)
        return evaluate(X, Y, weights)

    monkeypatch.setattr(trainer.network, "evaluate", spy)
    for _ in range(12):
        trainer.run_epoch()
    assert measured == [10, 10]  # the training set and the test set
    assert trainer.figures.epoch == 12
    assert trainer.figures.train.loss == evaluate(trainer.prepared.X_train, trainer.prepared.Y_train)[0]
    assert measured == [10, 10, 12, 12]


def long_run(experiment: Experiment) -> Trainer:
    """One whose history has intervals of 64 epochs by now."""
    trainer = Trainer(experiment)
    trainer.history.restore(trainer.history.rows(), 64)
    return trainer


def test_a_full_batch_tells_the_training_loss_of_every_epoch():
    trainer = long_run(Experiment(training=TrainingSpec(learning_rate=0.5)))
    losses = []
    for epoch in range(64):
        losses.append(trainer.network.evaluate(trainer.prepared.X_train, trainer.prepared.Y_train)[0])
        if epoch == 30:  # a spike of one epoch: the weights are as before in the next one
            kept = trainer.network.parameters.copy()
            trainer.network.parameters[...] *= -3.0
            losses[-1] = trainer.network.evaluate(trainer.prepared.X_train, trainer.prepared.Y_train)[0]
            trainer.step()
            trainer.network.parameters[...] = kept
        else:
            trainer.run_epoch()
    row = trainer.history.rows()[0, :, TRAIN_LOSS]
    np.testing.assert_allclose(row, [losses[0], min(losses), max(losses)], rtol=1e-12)
    assert max(losses) == losses[30]


def test_a_spike_of_the_steps_is_measured_and_else_every_few_epochs(monkeypatch: pytest.MonkeyPatch):
    trainer, measured = long_run(CIRCLES), []
    measure = trainer._measured
    monkeypatch.setattr(trainer, "_measured", lambda: measured.append(trainer.epoch) or measure())
    for epoch in range(40):
        if epoch == 20:
            trainer.network.parameters[...] *= -5.0
        trainer.run_epoch()
    assert {16, 21, 32} <= set(measured)
    assert len(measured) < 12
    rows = trainer.history.rows()
    assert rows[0, HIGHEST, TRAIN_LOSS] > 1.2 * rows[0, FIRST, TRAIN_LOSS]


def test_with_dropout_the_steps_tell_nothing_of_the_figures():
    trainer = long_run(replace(CIRCLES, model=replace(CIRCLES.model, dropout=0.4)))
    for _ in range(10):
        trainer.run_epoch()
    assert trainer.history.rows()[0, HIGHEST, EPOCH] == 0


def test_numbers_are_taken_over_without_touching_the_weights():
    trainer = Trainer(replace(CIRCLES, training=TrainingSpec(optimizer="adam", batch_size=10)))
    trainer.run_epoch()
    weights, moments = trainer.network.parameters.copy(), trainer.optimizer.snapshot()
    after = replace(trainer.experiment, training=replace(trainer.experiment.training, learning_rate=0.007, l2=0.1))
    trainer.apply(after, trainer.prepared)
    np.testing.assert_array_equal(trainer.network.parameters, weights)
    assert trainer.optimizer.learning_rate == 0.007
    assert trainer.network.l2 == 0.1
    assert trainer.figures.penalty == pytest.approx(0.05 * sum(np.sum(w * w) for w in trainer.network.weights))
    for name, values in moments.arrays.items():
        np.testing.assert_array_equal(trainer.optimizer.state[name], values)


def test_new_points_join_from_the_next_epoch():
    trainer = Trainer(CIRCLES)
    trainer.step()
    more = replace(CIRCLES, data=replace(CIRCLES.data, samples=200))
    trainer.apply(more, prepare(more))
    assert trainer.batch == 0
    trainer.run_epoch()
    assert len(trainer.samples_of_epoch()) == 100


def test_a_schedule_changes_the_learning_rate_epoch_by_epoch():
    spec = TrainingSpec(learning_rate=1.0, schedule=ScheduleSpec(kind="step", every=2, factor=0.5))
    trainer = Trainer(replace(CIRCLES, training=spec))
    rates = []
    for _ in range(5):
        trainer.step()
        rates.append(trainer.optimizer.learning_rate)
    assert rates == [1.0, 1.0, 0.5, 0.5, 0.25]


TRACED = Experiment(
    data=DataSpec(kind="circles", samples=50, train_share=0.7),
    model=ModelSpec(hidden_layers=(HiddenLayer(units=5, activation="tanh"),), batch_norm=True, dropout=0.2),
    training=TrainingSpec(optimizer="adam", learning_rate=0.01, batch_size=8, l2=0.01, clip_norm=0.5),
)


def test_a_traced_step_is_the_same_step_to_the_last_bit():
    traced, plain = Trainer(TRACED), Trainer(TRACED)
    for trainer in (traced, plain):
        trainer.network.set_unit_enabled(0, 2, False)
    for step in range(12):  # five batches an epoch: two epochs end in between
        before = traced.network.parameters.copy()
        trace = traced.trace_step()
        plain.step()
        np.testing.assert_array_equal(trace.parameters_before, before)
        np.testing.assert_array_equal(trace.parameters_after, traced.network.parameters)
        assert trace.step == traced.optimizer.steps == step + 1
    assert (traced.epoch, traced.batch) == (plain.epoch, plain.batch) == (2, 2)
    np.testing.assert_array_equal(traced.network.parameters, plain.network.parameters)
    np.testing.assert_array_equal(traced.network.running_variances, plain.network.running_variances)
    assert traced.network.generator.bit_generator.state == plain.network.generator.bit_generator.state
    for name, moment in plain.optimizer.state.items():
        np.testing.assert_array_equal(traced.optimizer.state[name], moment)
    np.testing.assert_array_equal(traced.history.rows(), plain.history.rows())
    np.testing.assert_array_equal(traced.epoch_under_way().order, plain.epoch_under_way().order)


def test_a_trace_holds_the_batch_that_was_trained_on():
    trainer = Trainer(TRACED)
    first, second = trainer.trace_step(), trainer.trace_step()
    samples = trainer.samples_of_epoch()
    np.testing.assert_array_equal(first.inputs, samples[:8])
    np.testing.assert_array_equal(second.inputs, samples[8:16])


def test_no_points_no_training():
    empty = DataSpec(kind=YOURS, table=Table(np.empty((0, 2)), np.empty(0), "classification", (), ("0", "1")))
    trainer = Trainer(Experiment(data=empty))
    assert not trainer.can_train
    for step in (trainer.step, trainer.trace_step):
        with pytest.raises(InputError, match="at least one point"):
            step()


def test_a_diverged_network_keeps_its_last_finite_weights():
    layers = (HiddenLayer(units=8, activation="identity"),) * 3
    trainer = Trainer(
        Experiment(
            data=DataSpec(kind="plane", samples=50, train_share=1.0),
            model=ModelSpec(hidden_layers=layers, loss="mean_squared_error"),
            training=TrainingSpec(learning_rate=10.0),
        )
    )
    with pytest.raises(DivergedError):
        for _ in range(1000):
            trainer.run_epoch()
    assert np.isfinite(trainer.network.parameters).all()


@pytest.mark.parametrize(
    ("data", "loss"),
    [
        (DataSpec(kind="plane", samples=50), "binary_cross_entropy"),
        (DataSpec(kind="plane", samples=50), "categorical_cross_entropy"),
    ],
)
def test_a_loss_that_does_not_fit_the_target_is_refused(data: DataSpec, loss: str):
    with pytest.raises(InputError, match="mean_squared_error"):
        Trainer(Experiment(data=data, model=ModelSpec(loss=loss)))
