"""The plane that the data lie on."""

import numpy as np
import pytest

from nnplay.data import Table
from nnplay.data.table import Task
from nnplay.data.tables.preparation import Preparation, SourceColumn
from nnplay.training.experiment import YOURS, DataSpec, Experiment, ModelSpec
from nnplay.training.prepared import Plane, PreparedData, default_loss, has_pictures, places_of, prepare


def prepared(inputs: list[list[float]], plane_inputs: tuple[int, int]) -> PreparedData:
    table = Table(np.array(inputs), np.zeros(len(inputs)))
    data = DataSpec(kind=YOURS, table=table, plane_inputs=plane_inputs)
    return prepare(Experiment(data=data, model=ModelSpec(loss="binary_cross_entropy")))


def strip(targets: list[float], *, task: Task = "regression", plane: Plane | None = None) -> PreparedData:
    table = Table(np.arange(float(len(targets)))[:, None], np.array(targets), task)
    data = DataSpec(kind=YOURS, table=table, plane=plane)
    return prepare(Experiment(data=data, model=ModelSpec(loss=default_loss(task, table.classes))))


def test_one_input_lies_across_and_its_target_upwards():
    data = prepared([[1.0], [-2.0], [5.5]], (0, 0))
    assert data.plane_is_line
    assert data.plane_points is not None
    np.testing.assert_array_equal(data.plane_points, [[1, 0], [-2, 0], [5.5, 0]])
    np.testing.assert_array_equal(data.on_plane(np.array([[3.0, 9.0], [4.0, -9.0]])), [[3], [4]])


def test_a_grid_of_one_input_is_a_line():
    grid = prepared([[100.0], [300.0]], (0, 0)).grid(5)
    assert grid.tolist() == [[80.0], [140.0], [200.0], [260.0], [320.0]]


def test_the_strip_of_a_regression_holds_its_targets():
    data = strip([296_606.0, 472_519.0, 166_026.0])
    assert data.plane is not None
    assert data.plane[2] < 166_026 < 472_519 < data.plane[3]
    np.testing.assert_array_equal(data.plane_points, [[0, 296_606], [1, 472_519], [2, 166_026]])


@pytest.mark.parametrize("classes", [1, 2, 3, 10])
def test_the_strip_of_classes_holds_probabilities_and_every_class_at_a_height_of_its_own(classes: int):
    data = strip([float(k) for k in range(classes)], task="classification", plane=(-1, 20, -6, 6))
    assert data.plane is not None
    assert data.plane_points is not None
    heights = data.plane_points[:, 1]
    assert data.plane[:2] == (-1, 20)
    assert data.plane[2] < 0 < 1 < data.plane[3]
    assert len(set(heights)) == classes
    assert ((heights > data.plane[2]) & (heights < data.plane[3])).all()
    assert classes <= 2 or heights.max() < 0


def test_a_strip_that_was_drawn_on_stays_as_long_as_it_holds_every_target():
    assert strip([1.0, 2.0], plane=(-6, 6, -9, 9)).plane == (-6, 6, -9, 9)
    fitted = strip([1.0, 20.0], plane=(-6, 6, -9, 9)).plane
    assert fitted is not None
    assert fitted[:2] == (-6, 6)
    assert fitted[3] > 20


def test_two_inputs_may_change_places():
    table = Table(np.array([[1.0, 2.0]]), np.zeros(1))
    np.testing.assert_array_equal(places_of(table, (1, 0)), [[2, 1]])
    assert not prepared([[1.0, 2.0]], (1, 0)).plane_is_line


def test_other_inputs_are_those_of_the_point_that_the_plane_goes_through():
    data = prepared([[1.0, 2.0, 3.0, 0.0], [3.0, 4.0, 5.0, 1.0], [3.0, 4.0, 5.0, 1.0]], (2, 0))
    places = np.array([[7.0, 8.0]])
    np.testing.assert_allclose(data.inputs_at(places), [[8, 10 / 3, 7, 1]])
    np.testing.assert_array_equal(data.inputs_at(places, (0.0, 1.5, 0.0, 0.25)), [[8, 1.5, 7, 0.25]])
    np.testing.assert_allclose(data.inputs_at(places, (0.0, 1.5)), [[8, 10 / 3, 7, 1]])


@pytest.mark.parametrize("value", [7.0, -7.0, 1e6, -1e20, 1e100])
def test_a_plane_has_a_width_even_around_one_place(value: float):
    plane = prepared([[value, value], [value, value]], (0, 1)).plane
    assert plane is not None
    assert plane[0] < value <= plane[1]  # at the end of what numbers may be there is no more to the right
    assert plane[2] < value <= plane[3]
    assert len(set(np.linspace(*plane[:2], 101))) == 101


def from_file(inputs: np.ndarray, **data: object) -> PreparedData:
    table = Table(inputs, np.arange(float(len(inputs))) % 2)
    columns = tuple(SourceColumn(name=name) for name in table.input_names)
    spec = DataSpec(kind=YOURS, table=table, preparation=Preparation(columns=columns), **data)  # type: ignore[arg-type]
    return prepare(Experiment(data=spec))


@pytest.mark.parametrize("scale", [1e-300, 1e-9, 0.05, 1.0, 1e4, 1e99])
@pytest.mark.parametrize("shift", [0.0, 3.0])
def test_the_plane_fits_imported_points_of_any_scale(scale: float, shift: float):
    inputs = scale * (np.random.default_rng(0).uniform(-1.0, 1.0, (50, 2)) + shift)
    left, right, low, high = from_file(inputs).plane or (0, 0, 0, 0)
    for start, end, values in ((left, right, inputs[:, 0]), (low, high, inputs[:, 1])):
        spread = np.ptp(values)
        assert start < values.min() < values.max() < end
        assert end - start == pytest.approx(1.2 * spread)


def test_what_is_drawn_stays_on_the_usual_plane_and_what_leaves_it_gets_its_own():
    assert prepared([[0.05, 0.01], [0.02, 0.04]], (0, 1)).plane == (-6, 6, -6, 6)
    plane = prepared([[0.05, 0.01], [60.0, 0.04]], (0, 1)).plane
    assert plane is not None
    assert plane[1] > 60.0


def test_a_column_that_is_constant_up_to_rounding_is_one_place():
    inputs = np.column_stack([np.arange(9.0), 0.3 * (1.0 + np.arange(9.0) * 2.3e-16)])
    plane = from_file(inputs).plane
    assert plane is not None
    assert plane[2:] == pytest.approx((-0.7, 1.3))


def test_many_inputs_span_a_plane_and_pictures_none():
    inputs = np.random.default_rng(0).normal(size=(20, 100))
    assert from_file(inputs).plane is not None
    table = Table(inputs, np.zeros(20), picture=(10, 10))
    spec = DataSpec(kind=YOURS, table=table)
    assert prepare(Experiment(data=spec)).plane is None
    assert has_pictures(spec)
    assert not has_pictures(DataSpec(kind=YOURS, table=Table(inputs, np.zeros(20))))
    small = Table(inputs[:, :64], np.zeros(20), picture=(8, 8))
    assert has_pictures(DataSpec(kind=YOURS, table=small))
