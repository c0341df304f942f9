"""What is drawn of a run is what its network answers, and looking changes nothing of it."""

import numpy as np
import pytest
from msgspec.structs import replace

from nnplay.training.experiment import DataSpec, Experiment, HiddenLayer, ModelSpec, TrainingSpec
from nnplay.training.observer import Observer, grid_resolution
from nnplay.training.snapshot import PlaneMaps, SnapshotRequest
from nnplay.training.trainer import Trainer

MOONS = Experiment(
    data=DataSpec(kind="moons", samples=60, noise=0.1, train_share=0.7),
    model=ModelSpec(
        hidden_layers=(HiddenLayer(units=5, activation="tanh"), HiddenLayer(units=3, activation="relu")),
        batch_norm=True,
        dropout=0.2,
    ),
    training=TrainingSpec(optimizer="adam", learning_rate=0.01, batch_size=10),
)


@pytest.fixture
def trainer() -> Trainer:
    trainer = Trainer(MOONS)
    for _ in range(5):
        trainer.run_epoch()
    return trainer


def maps_of(observer: Observer) -> PlaneMaps:
    maps = observer.snapshot(SnapshotRequest()).maps
    assert maps is not None
    return maps


def test_maps_are_what_the_network_answers_now(trainer: Trainer):
    observer = Observer(trainer)
    maps_of(observer)
    trainer.run_epoch()
    trainer.network.set_unit_enabled(0, 2, False)
    resolution = grid_resolution(trainer.network.layer_sizes)
    answers = trainer.network.layer_outputs(trainer.prepared.grid(resolution))
    for shown, answer in zip(maps_of(observer).layers, answers, strict=True):
        expected = answer.T.reshape(-1, resolution, resolution)
        np.testing.assert_allclose(shown, expected, rtol=1e-4, atol=1e-5)


def test_a_run_that_is_looked_at_is_the_same_run(trainer: Trainer):
    other = Trainer(MOONS)
    for _ in range(5):
        other.run_epoch()
    observer = Observer(trainer)
    for _ in range(3):
        maps_of(observer)
        trainer.step()
        other.step()
    np.testing.assert_array_equal(trainer.network.parameters, other.network.parameters)


def test_numbers_beyond_32_bits_are_drawn_all_the_same(trainer: Trainer):
    trainer.network.weights[0][...] = 1e200
    assert all(np.isfinite(layer).all() for layer in maps_of(Observer(trainer)).layers)


def test_a_run_at_full_speed_is_looked_at_on_a_coarser_grid_and_shows_the_same():
    wide = replace(MOONS, model=ModelSpec(hidden_layers=(HiddenLayer(units=48, activation="tanh"),)))
    observer = Observer(Trainer(wide))
    hurried, leisurely = (observer.snapshot(SnapshotRequest(), hurried=hurry).maps for hurry in (True, False))
    assert hurried is not None
    assert leisurely is not None
    coarse, fine = (maps.layers[-1][0] for maps in (hurried, leisurely))
    assert len(coarse) < len(fine)
    assert hurried.inputs.shape[1:] == coarse.shape
    np.testing.assert_allclose(coarse[:: len(coarse) - 1, :: len(coarse) - 1], fine[::99, ::99], rtol=1e-4)
    assert coarse.mean() == pytest.approx(fine.mean(), abs=0.01)
