"""What is drawn over the plane is what the network answers there."""

import numpy as np
import pytest

from nnplay.training.experiment import HiddenLayer, ModelSpec
from nnplay.training.observer import Observer
from nnplay.training.probes.maps import MapsProbe, PlaneMaps, grid_resolution
from nnplay.training.trainer import Trainer
from tests.training.probes.runs import MOONS, measured, preset, replace, trained


@pytest.fixture
def trainer() -> Trainer:
    return trained(MOONS)


def maps_of(observer: Observer, *, full_speed: bool = False) -> PlaneMaps:
    maps = observer.snapshot(frozenset({MapsProbe()}), full_speed=full_speed).answer(MapsProbe())
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


def test_a_run_whose_maps_are_drawn_is_the_same_run(trainer: Trainer):
    other = trained(MOONS)
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
    at_full_speed, paced = (maps_of(observer, full_speed=fast) for fast in (True, False))
    coarse, fine = (maps.layers[-1][0] for maps in (at_full_speed, paced))
    assert len(coarse) < len(fine)
    assert at_full_speed.inputs.shape[1:] == coarse.shape
    np.testing.assert_allclose(coarse[:: len(coarse) - 1, :: len(coarse) - 1], fine[::99, ::99], rtol=1e-4)
    assert coarse.mean() == pytest.approx(fine.mean(), abs=0.01)


def test_of_many_inputs_the_grid_is_coarse_enough_to_fit_the_frame_and_the_memory():
    assert grid_resolution((30, 8, 1)) == 100
    assert grid_resolution((98, 8, 1)) == 71
    assert grid_resolution((785, 8, 1)) ** 2 * 785 < 6e5
    assert grid_resolution((100_000, 8, 1)) == 16


def test_pictures_span_no_plane():
    few_digits = replace(preset("digits"), data=replace(preset("digits").data, samples=100))
    assert measured(Trainer(few_digits), MapsProbe()) is None
