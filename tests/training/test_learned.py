"""When a run has learnt its training samples: once, at the epoch after which its figures say so first."""

import msgspec
import pytest

from nnplay.training.experiment import DataSpec, Experiment, HiddenLayer, ModelSpec, TrainingSpec
from nnplay.training.history import Metrics
from nnplay.training.learned import LEARNED_R2, has_learned, learned_by
from nnplay.training.moment import Moment, trainer_at
from nnplay.training.trainer import Trainer

REGRESSION = Experiment(
    data=DataSpec(kind="plane", samples=40, noise=0.0, train_share=0.5),
    model=ModelSpec(loss="mean_squared_error", hidden_layers=(HiddenLayer(units=3, activation="identity"),)),
    training=TrainingSpec(learning_rate=0.01, batch_size=5),
)


@pytest.mark.parametrize(
    ("metrics", "learned"),
    [
        (Metrics(0.1, 1.0), True),
        (Metrics(0.1, 0.999), False),
        (Metrics(0.1, None, LEARNED_R2), True),
        (Metrics(0.1, None, 0.9899), False),
        (Metrics(0.1, None, None), False),
    ],
)
def test_all_are_right_or_nearly_all_of_the_spread_is_told(metrics: Metrics, learned: bool) -> None:
    assert has_learned(metrics) == learned


@pytest.mark.parametrize("experiment", [Experiment(), REGRESSION])
def test_the_epoch_is_the_first_one_whose_figures_say_so(experiment: Experiment) -> None:
    trainer, told = Trainer(experiment), []
    for _ in range(300):
        trainer.run_epoch()
        told.append(has_learned(trainer.figures.train))
    assert any(told)
    assert trainer.learned == told.index(True) + 1 > 1


def test_thinning_of_the_history_hides_nothing() -> None:
    trainer, first = Trainer(Experiment()), None
    while trainer.history.interval < 4:
        trainer.run_epoch()
        if first is None and has_learned(trainer.figures.train):
            first = trainer.epoch
    assert trainer.learned == first
    by_rows = learned_by(trainer.history.rows(), trainer.figures)
    assert by_rows is not None
    assert 0 <= trainer.learned - by_rows < trainer.history.interval


def test_a_run_that_is_taken_up_later_has_learnt_already() -> None:
    trainer = Trainer(Experiment())
    while trainer.learned is None:
        trainer.run_epoch()
    moment = Moment.of(trainer)
    again = trainer_at(trainer.experiment, trainer.prepared, moment)
    assert again.learned == trainer.learned


def test_an_edit_that_makes_all_right_is_no_learning() -> None:
    learnt = Trainer(Experiment())
    while learnt.learned is None:
        learnt.run_epoch()
    edited = Trainer(msgspec.structs.replace(Experiment(), seed=7))
    edited.run_epoch()
    assert edited.learned is None
    edited.network.parameters[...] = learnt.network.parameters
    edited.measure()
    assert has_learned(edited.figures.train)
    assert edited.learned is None
