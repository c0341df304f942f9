"""Edits: each makes one experiment out of another, and takes along what has to follow."""

import numpy as np
import pytest

from nnplay.data import DATA_SETS, Table
from nnplay.errors import InputError
from nnplay.training.edits import (
    with_activation,
    with_classes,
    with_data_set,
    with_feature_toggled,
    with_fitting_start,
    with_layer_activation,
    with_layers,
    with_new_start,
    with_own,
    with_plane_inputs,
    with_problem,
    with_schedule,
    with_table,
    with_units,
    with_value,
)
from nnplay.training.effects import Effect, effect_of
from nnplay.training.experiment import YOURS, DataSpec, Experiment, HiddenLayer, ModelSpec, TrainingSpec
from nnplay.training.prepared import prepare, prepared_after
from nnplay.training.trainer import Trainer


def experiment(kind: str = "circles", samples: int = 60, units: tuple[int, ...] = (4, 3)) -> Experiment:
    layers = tuple(HiddenLayer(units=count, activation="tanh") for count in units)
    return Experiment(data=DataSpec(kind=kind, samples=samples), model=ModelSpec(hidden_layers=layers))


def table(rows: int = 40, inputs: int = 3, scale: float = 1.0) -> Table:
    generator = np.random.default_rng(0)
    return Table(scale * generator.standard_normal((rows, inputs)), np.arange(float(rows)) % 3)


def given(kind: str = "xor") -> Experiment:
    """An experiment that brings its own starting weights."""
    plain = Experiment(data=DataSpec(kind=kind), seed=7)
    network = Trainer(Experiment(data=DataSpec(kind=kind), seed=8)).network
    return with_value(plain, "model.start", tuple(network.parameters.tolist()))


def units(changed: Experiment | None) -> list[int]:
    assert changed is not None
    return [layer.units for layer in changed.model.hidden_layers]


def test_layers_come_and_go_at_the_end() -> None:
    assert units(with_layers(experiment(), 1)) == [4, 3, 3]
    assert units(with_layers(experiment(), -1)) == [4]
    assert units(with_layers(experiment(units=()), 1)) == [4]
    assert with_layers(experiment(units=()), -1) is None
    assert with_layers(experiment(units=(2,) * 10), 1) is None


@pytest.mark.parametrize(("wanted", "result"), [(1, [1, 3]), (512, [512, 3]), (0, None), (513, None)])
def test_units_stay_within_bounds(wanted: int, result: list[int] | None) -> None:
    changed = with_units(experiment(), 0, wanted)
    assert (None if changed is None else units(changed)) == result


def test_an_activation_is_changed_in_one_layer() -> None:
    layers = with_layer_activation(experiment(), 1, "relu").model.hidden_layers
    assert [layer.activation for layer in layers] == ["tanh", "relu"]


def test_features_keep_their_order_and_the_last_one_stays() -> None:
    made = with_feature_toggled(experiment(), "sin(x1)")
    made = with_feature_toggled(made, "x1^2")
    assert made.data.features == ("x1", "x2", "x1^2", "sin(x1)")
    for name in ("x1", "x2", "x1^2"):
        made = with_feature_toggled(made, name)
    assert made.data.features == ("sin(x1)",)
    assert with_feature_toggled(made, "sin(x1)") is None


@pytest.mark.parametrize("key", DATA_SETS)
def test_every_data_set_comes_with_what_fits_it(key: str) -> None:
    made = with_data_set(Experiment(), key)
    assert made.data.kind == key
    assert len(prepare(made).train) > 0
    back = with_data_set(made, "xor")
    assert back.data == Experiment().data
    assert back.model.loss == "binary_cross_entropy"


def test_pictures_come_with_another_network_and_training() -> None:
    made = with_data_set(experiment(), "digits")
    assert units(made) == [32]
    assert made.training.optimizer == "adam"
    assert made.data.train_share == 0.8


def test_a_problem_brings_its_first_data_set_once() -> None:
    made = with_problem(experiment(), "regression")
    assert (made.data.kind, made.model.loss) == ("plane", "mean_squared_error")
    assert with_problem(made, "regression") is made


@pytest.mark.parametrize(("scale", "standardized"), [(1.0, False), (100.0, True)])
def test_a_table_is_standardised_where_its_numbers_are_large(scale: float, standardized: bool) -> None:
    made = with_table(experiment(), table(scale=scale), (0, 1))
    assert made.data.kind == YOURS
    assert made.data.standardize is standardized
    assert made.data.train_share == 0.8
    assert made.model.loss == "categorical_cross_entropy"
    assert with_table(experiment(), table(rows=9), (0, 1)).data.train_share == 1.0


def test_another_number_of_classes_brings_its_loss() -> None:
    made = with_classes(with_data_set(Experiment(), "spirals"), 3)
    assert (made.data.classes, made.model.loss) == (3, "categorical_cross_entropy")
    drawn = with_table(experiment(), table(inputs=2), (0, 1))
    assert with_classes(drawn, 5).data.table.classes == 5
    with pytest.raises(InputError, match="from 3 to"):
        with_classes(drawn, 2)


def test_one_activation_for_all_layers() -> None:
    assert [layer.activation for layer in with_activation(experiment(), "sine").model.hidden_layers] == ["sine"] * 2


def test_a_schedule_brings_its_usual_factor() -> None:
    made = with_schedule(Experiment(), "exponential")
    assert made.training.schedule.kind == "exponential"
    assert made.training.schedule.factor > 0.9, "a factor an epoch is near 1"


def test_a_value_anywhere() -> None:
    made = with_value(Experiment(), "training.schedule.every", 7)
    assert made.training.schedule.every == 7
    assert with_value(made, "training.schedule.every", 100) == Experiment()


def test_other_inputs_on_the_plane_leave_the_run_as_it_is_to_the_last_bit():
    inputs = np.random.default_rng(0).normal(size=(50, 4)) * (10, 20, 30, 40)
    table = Table(inputs, (inputs[:, 2] > 0).astype(float))
    data = DataSpec(kind=YOURS, table=table, standardize=True, train_share=0.7)
    experiment = Experiment(data=data, training=TrainingSpec(optimizer="adam", learning_rate=0.05, batch_size=8))
    seen, alone = Trainer(experiment), Trainer(experiment)
    for number in range(20):
        seen.step()
        alone.step()
        changed = with_plane_inputs(seen.experiment, ((number + 1) % 4, number % 4))
        after = prepared_after(seen.prepared, seen.experiment, changed)
        assert effect_of(seen.experiment, changed, seen.prepared, after) is Effect.AT_ONCE
        assert after.plane != seen.prepared.plane
        seen.apply(changed, after)
    assert seen.epoch == alone.epoch > 2
    assert seen.batch == alone.batch
    np.testing.assert_array_equal(seen.network.parameters, alone.network.parameters)
    np.testing.assert_array_equal(seen.history.rows(), alone.history.rows())


def test_a_plane_that_was_drawn_on_stays_where_its_inputs_change_places():
    data = DataSpec(kind=YOURS, table=Table(np.ones((3, 2)), np.zeros(3)), plane=(-1, 2, -3, 4))
    changed = with_plane_inputs(Experiment(data=data), (1, 0))
    assert changed.data.plane == (-3, 4, -1, 2)
    assert with_plane_inputs(changed, (0, 1)) == Experiment(data=data)
    assert with_plane_inputs(changed, (1, 1)).data.plane is None


KEEPS_THE_START = {
    "activation": lambda e: with_activation(e, "tanh"),
    "rate": lambda e: with_value(e, "training.learning_rate", 0.1),
    "plane": lambda e: with_value(e, "data.plane", (-1.0, 2.0, -1.0, 2.0)),
    "its own": lambda e: with_value(e, "model.start", (0.5,) * 17),
    "drawn into": lambda e: with_value(
        with_value(e, "data", DataSpec(kind=YOURS, table=prepare(e).table)), "training.epochs", 10
    ),
}
DROPS_THE_START = {
    "units": lambda e: with_units(e, 0, 5),
    "layers": lambda e: with_layers(e, 1),
    "feature": lambda e: with_feature_toggled(e, "x1*x2"),
    "initializer": lambda e: with_value(e, "model.initializer", "orthogonal"),
    "seed": lambda e: with_value(e, "seed", 99),
    "batch norm": lambda e: with_value(e, "model.batch_norm", True),
    "data set": lambda e: with_data_set(e, "circles"),
    "pictures": lambda e: with_data_set(e, "digits"),
    "problem": lambda e: with_problem(e, "regression"),
    "table": lambda e: with_table(e, table()),
    "own data set": lambda e: with_own(e, DataSpec(kind=YOURS, table=table(inputs=2))),
    "new start": lambda e: with_new_start(e, 7),
}


@pytest.mark.parametrize("name", KEEPS_THE_START)
def test_weights_that_are_given_stay_with_what_they_fit(name: str) -> None:
    before = given()
    changed = with_fitting_start(before, KEEPS_THE_START[name](before))
    assert changed.model.start is not None
    np.testing.assert_array_equal(Trainer(changed).network.parameters, changed.model.start)


@pytest.mark.parametrize("name", DROPS_THE_START)
def test_what_asks_for_other_weights_draws_them(name: str) -> None:
    before = given()
    edited = DROPS_THE_START[name](before)
    assert edited is not None
    changed = with_fitting_start(before, edited)
    assert changed.model.start is None
    drawn = Trainer(changed).network.parameters
    assert not np.array_equal(drawn, before.model.start or ())


def test_drawing_points_goes_on_with_the_network_there_is() -> None:
    before = given()
    prepared = prepare(before)
    changed = with_fitting_start(before, KEEPS_THE_START["drawn into"](before))
    assert effect_of(before, changed, prepared, prepare(changed)) is Effect.AT_ONCE


@pytest.mark.parametrize("count", [0, 16, 18])
def test_weights_that_are_not_as_many_as_the_network_has_are_refused(count: int) -> None:
    with pytest.raises(InputError, match="as many numbers as the network has weights and biases, which is 17"):
        Trainer(with_value(Experiment(), "model.start", (0.5,) * count))
