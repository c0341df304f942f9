"""The slice through the loss against the network's own loss, place by place."""

import numpy as np
import pytest
from numpy.typing import NDArray

from nnplay.errors import InputError
from nnplay.training.edits import with_value
from nnplay.training.experiment import DataSpec, Experiment, HiddenLayer, ModelSpec, TrainingSpec
from nnplay.training.landscape import Directions, LossSlice, Objective, Path, directions_of_weights, random_directions
from nnplay.training.landscape.objective import MOST_SAMPLES
from nnplay.training.landscape.slice import GRIDS
from nnplay.training.record import ExperimentEdit, MomentReader, Recording
from nnplay.training.trainer import Trainer

MODEL = ModelSpec(hidden_layers=(HiddenLayer(units=5, activation="tanh"), HiddenLayer(units=3, activation="relu")))
MOONS = Experiment(data=DataSpec(kind="moons", samples=60), model=MODEL, training=TrainingSpec(batch_size=10))
CHOICES = {
    "plain": MOONS,
    "penalties and weights": with_value(
        with_value(with_value(MOONS, "training.l2", 0.01), "training.l1", 0.02), "training.class_weights", "balanced"
    ),
    "batch norm": with_value(MOONS, "model.batch_norm", True),
    "dropout": with_value(MOONS, "model.dropout", 0.3),
    "32 bits": with_value(MOONS, "model.dtype", "float32"),
    "softmax": with_value(MOONS, "model.loss", "categorical_cross_entropy"),
}


def trained(experiment: Experiment, epochs: int = 3) -> Trainer:
    trainer = Trainer(experiment)
    for _ in range(epochs):
        trainer.run_epoch()
    return trainer


@pytest.mark.parametrize("experiment", CHOICES.values(), ids=CHOICES.keys())
def test_each_height_is_the_loss_of_the_network_with_these_weights(experiment: Experiment) -> None:
    trainer = trained(experiment)
    network, data = trainer.network, trainer.prepared
    network.set_unit_enabled(0, 1, enabled=False)
    before = network.state()
    objective = Objective.of_run(trainer)
    found = LossSlice(objective, random_directions(network, 3), (1.0, 0.5))
    while not found.is_complete:
        found.go_on(0.02)
    single = network.copy()
    single.dropout = 0.0
    places = np.random.default_rng(0).integers(0, GRIDS[-1], (30, 2))
    for row, column in (*places, (32, 32)):
        place = np.array([[-1.0 + column / 32.0, (-1.0 + row / 32.0) * 0.5]])
        single.parameters[...] = found.directions.parameters_at(place)[0]
        if experiment.model.batch_norm:
            loss = single.objective(data.X_train, data.Y_train, trainer.sample_weights)
        else:
            loss = single.evaluate(data.X_train, data.Y_train, trainer.sample_weights)[0] + single.penalty()
        tolerance = 1e-5 if experiment.model.dtype == "float32" else 1e-12
        assert found.losses[row, column] == pytest.approx(loss, rel=tolerance)
    assert objective.here() == pytest.approx(found.losses[32, 32], rel=1e-5)
    np.testing.assert_array_equal(network.parameters, before.parameters)
    assert network.state().generator == before.generator
    assert network.dropout == experiment.model.dropout


def test_the_gradient_is_the_slope_of_the_slice() -> None:
    trainer = trained(CHOICES["penalties and weights"])
    objective, directions = Objective.of_run(trainer), random_directions(trainer.network, 0)
    for axis, direction in enumerate((directions.first, directions.second)):
        step = np.zeros((2, 2))
        step[:, axis] = -1e-5, 1e-5
        low, high = objective.at(directions.parameters_at(step))
        assert (high - low) / 2e-5 == pytest.approx(objective.gradient() @ direction, rel=1e-6)


def test_each_units_part_of_a_direction_is_as_long_as_its_weights() -> None:
    network = trained(CHOICES["batch norm"]).network
    directions = random_directions(network, 7)
    own = network.layout.views(network.parameters)
    for direction in (directions.first, directions.second):
        views = network.layout.views(direction)
        for weights, part in zip(own.weights, views.weights, strict=True):
            np.testing.assert_allclose(np.linalg.norm(part, axis=0), np.linalg.norm(weights, axis=0))
        assert not any(part.any() for part in (*views.biases, *views.gammas, *views.betas))
    again, other = random_directions(network, 7), random_directions(network, 8)
    np.testing.assert_array_equal(again.second, directions.second)
    assert not np.array_equal(other.first, directions.first)
    assert not np.array_equal(directions.first, directions.second)


def test_a_network_of_zeros_has_directions_too() -> None:
    network = Trainer(with_value(MOONS, "model.initializer", "zeros")).network
    for part in network.layout.views(random_directions(network, 0).first).weights:
        np.testing.assert_allclose(np.linalg.norm(part, axis=0), 1.0)


def test_a_slice_doesnt_depend_on_how_the_layers_share_their_size() -> None:
    """Twice a ReLU's weights and half of what comes behind it is the same network."""
    experiment = with_value(MOONS, "model.hidden_layers", (HiddenLayer(units=6, activation="relu"),))
    trainer = trained(experiment)
    slices = []
    for factor in (1.0, 4.0):
        network = trainer.network
        network.weights[0][...] *= factor
        network.biases[0][...] *= factor
        network.weights[1][...] /= factor
        found = LossSlice(Objective.of_run(trainer), random_directions(network, 0), (1.0, 1.0))
        while not found.is_complete:
            found.go_on()
        slices.append(found.losses)
    np.testing.assert_allclose(slices[0], slices[1], rtol=1e-9)


def test_two_weights_are_the_axes() -> None:
    trainer = trained(MOONS)
    network = trainer.network
    directions = directions_of_weights(network, 2, 9)
    moved = directions.parameters_at(np.array([[0.5, -2.0]]))[0] - network.parameters
    assert moved[2] == pytest.approx(0.5)
    assert moved[9] == pytest.approx(-2.0)
    assert np.count_nonzero(moved) == 2
    for first, second in ((0, 0), (-1, 3), (0, network.layout.size)):
        with pytest.raises(InputError):
            directions_of_weights(network, first, second)


def test_a_coarse_grid_comes_first_and_has_the_heights_of_the_fine_one() -> None:
    trainer = trained(MOONS)
    found = LossSlice(Objective.of_run(trainer), random_directions(trainer.network, 0), (1.0, 1.0))
    assert found.finished is None
    grids: list[NDArray[np.float64]] = []
    while not found.is_complete:
        if found.go_on(1e-9):
            assert found.finished is not None
            grids.append(found.finished.copy())
    assert [len(grid) for grid in grids] == list(GRIDS)
    for grid in grids:
        stride = (GRIDS[-1] - 1) // (len(grid) - 1)
        np.testing.assert_array_equal(grid, grids[-1][::stride, ::stride])
        assert np.isfinite(grid).all()


def test_the_path_is_where_the_moments_of_the_run_lie() -> None:
    record = Recording(Trainer(MOONS))
    seen = []
    for step in range(61):
        seen.append(record.trainer.network.parameters.copy())
        if step == 30:
            record.edit(ExperimentEdit(values={"training.learning_rate": 0.1}), "an edit")
        if step < 60:
            record.trainer.step()
    network = record.trainer.network
    path = Path(MomentReader(record), network.layout.size)
    directions = random_directions(network, 1)
    assert path.on(directions).shape == (0, 2)
    while not path.is_complete:
        path.go_on(1e-4)
    assert (path.steps[0], path.steps[-1]) == (0, 60)
    places = path.on(directions)
    np.testing.assert_allclose(places[-1], 0.0, atol=1e-12)
    for step, place in zip(path.steps, places, strict=True):
        away = seen[step] - directions.parameters_at(place[None])[0]
        np.testing.assert_allclose([away @ directions.first, away @ directions.second], 0.0, atol=1e-9)


def test_how_much_of_a_path_lies_in_the_plane_is_told() -> None:
    network = trained(MOONS).network
    directions = directions_of_weights(network, 2, 9)
    away = np.zeros((2, network.layout.size))
    away[0, 2], away[1, [9, 4]] = 3.0, (0.0, 4.0)
    assert directions.share_of(directions.centre + away) == pytest.approx(0.6)
    assert directions.share_of(directions.centre + away[:1]) == pytest.approx(1.0)
    assert directions.share_of(directions.centre[None]) is None
    skewed = Directions(directions.centre, directions.first, directions.first + 0.5 * directions.second)
    assert skewed.share_of(directions.centre + away) == pytest.approx(0.6)


def test_the_path_to_an_earlier_moment_ends_there() -> None:
    record = Recording(Trainer(MOONS))
    for _ in range(40):
        record.trainer.step()
    path = Path(MomentReader(record), record.trainer.network.layout.size, 25)
    path.go_on()
    assert (path.steps[0], path.steps[-1]) == (0, 25)
    assert path.seen.shape == (len(path.steps), record.trainer.network.layout.size)


def test_of_very_many_samples_some_are_looked_at() -> None:
    experiment = with_value(MOONS, "data.samples", 2 * MOST_SAMPLES)
    experiment = with_value(experiment, "data.train_share", 1.0)
    objective = Objective.of_run(Trainer(experiment))
    assert (objective.samples, objective.of) == (MOST_SAMPLES, 2 * MOST_SAMPLES)
    assert objective.at(objective.network.parameters[None])[0] == pytest.approx(objective.here())
