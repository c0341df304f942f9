"""A moment put back is the run as it was: it trains on bit for bit as if nothing had been in between."""

import gc
import weakref

import msgspec
import pytest

from nnplay.errors import InputError
from nnplay.training.experiment import DataSpec, Experiment, HiddenLayer, ModelSpec, ScheduleSpec, TrainingSpec
from nnplay.training.moment import Moment, trainer_at
from nnplay.training.trainer import Trainer
from tests.training.same_run import assert_same

replace = msgspec.structs.replace
CIRCLES = Experiment(
    data=DataSpec(kind="circles", samples=100, train_share=0.5),
    model=ModelSpec(
        hidden_layers=(HiddenLayer(units=4, activation="tanh"), HiddenLayer(units=3, activation="gelu")),
        batch_norm=True,
        dropout=0.2,
    ),
    training=TrainingSpec(optimizer="adam", learning_rate=0.01, batch_size=15, l2=0.001),
)
EXPERIMENTS = {
    "adam, batch norm, dropout": CIRCLES,
    "float32": replace(CIRCLES, model=replace(CIRCLES.model, dtype="float32")),
    "full batch": replace(CIRCLES, model=replace(CIRCLES.model, batch_norm=False), training=TrainingSpec()),
    "schedule": replace(
        CIRCLES,
        training=replace(CIRCLES.training, optimizer="momentum", schedule=ScheduleSpec(kind="step", every=3)),
    ),
}


def begun(experiment: Experiment, extra_steps: int) -> Trainer:
    """A run of ten epochs, and of some steps more, with a unit switched off on the way."""
    trainer = Trainer(experiment)
    for _ in range(6):
        trainer.run_epoch()
    trainer.network.set_unit_enabled(0, 1, False)
    trainer.measure()
    for _ in range(4):
        trainer.run_epoch()
    for _ in range(extra_steps):
        trainer.step()
    trainer.finish()
    return trainer


@pytest.mark.parametrize("extra_steps", [0, 2])
@pytest.mark.parametrize("experiment", EXPERIMENTS.values(), ids=EXPERIMENTS.keys())
def test_a_trainer_of_its_own_goes_on_from_a_moment(experiment: Experiment, extra_steps: int):
    whole = begun(experiment, extra_steps)
    other = trainer_at(experiment, whole.prepared, Moment.of(whole))
    assert_same(whole, other)
    for _ in range(5):
        whole.run_epoch()
        other.run_epoch()
    assert_same(whole, other)


@pytest.mark.parametrize("extra_steps", [0, 2])
@pytest.mark.parametrize("experiment", EXPERIMENTS.values(), ids=EXPERIMENTS.keys())
def test_a_moment_is_put_back_into_the_run_it_was_taken_of(experiment: Experiment, extra_steps: int):
    run, whole = begun(experiment, extra_steps), begun(experiment, extra_steps)
    moment = Moment.of(run)
    run.network.set_unit_enabled(0, 1, True)
    run.network.set_unit_enabled(1, 0, False)
    for _ in range(3):
        run.run_epoch()
    run.step()
    moment.restore(run)
    assert_same(whole, run)
    for _ in range(5):
        whole.run_epoch()
        run.run_epoch()
    assert_same(whole, run)
    moment.restore(run)
    assert_same(begun(experiment, extra_steps), run)


def test_what_was_measured_is_not_measured_again(monkeypatch: pytest.MonkeyPatch):
    run = begun(CIRCLES, 2)
    moment, figures = Moment.of(run), run.figures
    monkeypatch.setattr(Trainer, "_measured", lambda _: pytest.fail("all samples were measured"))
    assert trainer_at(CIRCLES, run.prepared, moment).figures is figures


def test_a_moment_keeps_no_trainer_alive():
    run = begun(CIRCLES, 2)
    prepared, gone = run.prepared, weakref.ref(run.network)
    moment = Moment.of(run)
    del run
    gc.collect()
    assert gone() is None
    assert trainer_at(CIRCLES, prepared, moment).epoch == 10


@pytest.mark.parametrize(
    "other",
    [
        replace(CIRCLES, model=replace(CIRCLES.model, hidden_layers=(HiddenLayer(units=4),))),
        replace(CIRCLES, training=replace(CIRCLES.training, optimizer="momentum")),
        replace(CIRCLES, data=replace(CIRCLES.data, samples=40)),
    ],
    ids=["structure", "optimiser", "samples"],
)
def test_a_moment_of_another_run_is_refused(other: Experiment):
    with pytest.raises(InputError):
        Moment.of(begun(CIRCLES, 2)).restore(Trainer(other))
