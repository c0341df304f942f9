"""Behind each layer points and grid are drawn where the network has them."""

from itertools import pairwise

import numpy as np
import pytest

from nnplay.data import Table
from nnplay.training.experiment import YOURS, DataSpec, Experiment, HiddenLayer, ModelSpec
from nnplay.training.observer import Observer
from nnplay.training.probes.hidden_space import MOST_PICTURES, HiddenSpace, HiddenSpaceProbe
from nnplay.training.trainer import Trainer
from tests.training.probes.runs import CIRCLES, MOONS, REGRESSION, measured, preset, replace, trained


def seen(trainer: Trainer, probe: HiddenSpaceProbe) -> HiddenSpace:
    found = measured(trainer, probe)
    assert found is not None
    return found


def folded() -> Trainer:
    """The textbook's XOR: h₁ = relu(x₁ + x₂), h₂ = relu(x₁ + x₂ − 1), z = h₁ − 2 h₂ − ½."""
    start = (1.0, 1.0, 1.0, 1.0, 0.0, -1.0, 1.0, -2.0, -0.5)
    model = ModelSpec(hidden_layers=(HiddenLayer(units=2),), start=start)
    return Trainer(replace(preset("xor"), model=model))


def test_the_textbooks_fold():
    trainer = folded()
    space = seen(trainer, HiddenSpaceProbe(1))
    inputs, classes = trainer.prepared.table.inputs[space.rows], trainer.prepared.table.targets[space.rows]
    sums = inputs.sum(axis=1)
    np.testing.assert_allclose(space.points, np.maximum(np.column_stack([sums, sums - 1.0]), 0.0))
    assert space.exact and space.axes == (0, 1) and space.share == pytest.approx(1.0)
    assert space.lines is not None
    start, end = space.lines.segments[0]
    np.testing.assert_allclose([start @ (1.0, -2.0), end @ (1.0, -2.0)], 0.5)
    sides = space.points @ (1.0, -2.0) > 0.5
    np.testing.assert_array_equal(sides, classes == 1.0)


@pytest.mark.parametrize("layer", range(4))
def test_each_layer_is_drawn_as_the_network_has_it(layer: int):
    trainer = trained(CIRCLES)
    X = trainer.prepared.as_seen(trainer.prepared.table.inputs)
    values = [X, *trainer.network.layer_outputs(X)][layer]
    axes = (1, 0) if values.shape[1] > 1 else None
    space = seen(trainer, HiddenSpaceProbe(layer, axes))
    assert space.units == values.shape[1]
    np.testing.assert_allclose(space.points[:, 0], values[space.rows, axes[0] if axes else 0])
    places = trainer.prepared.on_plane(np.array([trainer.prepared.plane[0::2]]))
    corner = [places, *trainer.network.layer_outputs(places)][layer][0]
    np.testing.assert_allclose(space.grid[0, 0, 0, 0], corner[axes[0] if axes else 0])
    np.testing.assert_allclose(space.grid[0, 0, 0], space.grid[1, 0, 0])
    np.testing.assert_allclose(space.grid[0, -1, -1], space.grid[1, -1, -1])


def test_while_it_trains_the_main_directions_turn_smoothly_and_a_fresh_start_always_looks_the_same():
    experiment = replace(
        CIRCLES, model=ModelSpec(hidden_layers=(HiddenLayer(units=8),) * 2), training=replace(CIRCLES.training, l2=0.0)
    )
    trainer, probe = Trainer(experiment), HiddenSpaceProbe(2)
    observer, pictures = Observer(trainer), []
    for _ in range(120):
        space = observer.snapshot(frozenset({probe})).answer(probe)
        assert space is not None
        pictures.append(space.points)
        trainer.step()
    steps = [np.abs(after - before).max() for before, after in pairwise(pictures)]
    assert max(steps) < 0.4 * np.ptp(pictures[-1])
    np.testing.assert_array_equal(seen(Trainer(experiment), probe).points, pictures[0])


def test_to_look_changes_nothing():
    trainer, other = trained(MOONS), trained(MOONS)
    observer = Observer(trainer)
    for _ in range(3):
        observer.snapshot(frozenset({HiddenSpaceProbe(2)}))
        trainer.step()
        other.step()
    np.testing.assert_array_equal(trainer.network.parameters, other.network.parameters)


def test_pictures_are_500_that_test_the_network():
    digits = preset("digits")
    trainer = Trainer(replace(digits, data=replace(digits.data, samples=1000, train_share=0.4)))
    space = seen(trainer, HiddenSpaceProbe(1))
    assert len(space.points) == MOST_PICTURES < len(trainer.prepared.test)
    assert set(space.rows) <= set(trainer.prepared.test)
    assert space.grid.shape == (0, 0, 0, 2) and 0.0 < space.share < 1.0 and not space.exact


def test_a_strip_is_one_line_of_the_grid():
    x = np.linspace(0.0, 6.0, 20)
    table = Table(x[:, None], np.sin(x), task="regression", class_names=())
    data = DataSpec(kind=YOURS, table=table, plane_inputs=(0, 0))
    trainer = Trainer(Experiment(data=data, model=ModelSpec(loss="mean_squared_error")))
    space = seen(trainer, HiddenSpaceProbe(1))
    assert space.grid.shape[:2] == (1, 1)
    assert not seen(trainer, HiddenSpaceProbe(0)).points[:, 1].any()


def test_numbers_have_no_border():
    trainer = Trainer(REGRESSION)
    assert seen(trainer, HiddenSpaceProbe(len(trainer.network.hidden_layers))).lines is None


def test_what_is_not_there_has_no_picture():
    trainer = trained(CIRCLES)
    assert measured(trainer, HiddenSpaceProbe(9)) is None
    assert measured(trainer, HiddenSpaceProbe(1, (0, 5))) is None
    trainer.network.parameters[...] = 1e200
    assert measured(trainer, HiddenSpaceProbe(2)) is None


def test_what_each_main_direction_holds_and_where_it_lies():
    trainer = trained(replace(CIRCLES, model=ModelSpec(hidden_layers=(HiddenLayer(units=5),))))
    space = seen(trainer, HiddenSpaceProbe(1))
    assert space.shares is not None and space.ways is not None
    assert space.shares[0] > space.shares[1] > 0.0 and sum(space.shares) == pytest.approx(space.share)
    along = (space.points - space.points.mean(axis=0)) @ space.ways.T
    spread = np.square(along).sum(axis=0)
    np.testing.assert_allclose(spread[1] / spread[0], space.shares[1] / space.shares[0])
    np.testing.assert_allclose(along[:, 0] @ along[:, 1], 0.0, atol=1e-9 * spread[0])
