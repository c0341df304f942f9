"""What can be set beside the plane, and which of it matters most."""

import numpy as np
import pytest

from nnplay.data import Table
from nnplay.data.table import Task
from nnplay.data.tables.preparation import Preparation, SourceColumn
from nnplay.training.slices import Distances, dependences, slice_inputs, telling_inputs, usual_point

PORTS = Preparation(
    columns=(
        SourceColumn(name="age"),
        SourceColumn(name="sex", categories=("female", "male")),
        SourceColumn(name="port", categories=("C", "Q", "S")),
    )
)
ROWS = np.array([[20.0, 1, 0, 0, 1], [30.0, 1, 1, 0, 0], [70.0, 0, 0, 0, 1]])


def passengers(targets: tuple[float, ...] = (0.0, 0.0, 1.0)) -> Table:
    names = ("age", "sex = male", "port = C", "port = Q", "port = S")
    return Table(ROWS, np.array(targets), input_names=names)


def columns_of(*columns: list[float], targets: list[float], task: Task = "regression") -> Table:
    return Table(np.array(columns).T, np.array(targets), task)


def test_numbers_are_at_their_mean_and_categories_at_the_most_frequent():
    assert usual_point(passengers(), PORTS) == (40.0, 1.0, 0.0, 0.0, 1.0)
    assert usual_point(passengers()) == (40.0, 1.0, 0.0, 0.0, 1.0)
    assert usual_point(Table(np.empty((0, 3)), np.empty(0))) == (0.0, 0.0, 0.0)


def test_a_column_of_categories_is_set_at_once():
    columns = {column.name: column for column in slice_inputs(passengers(), PORTS)}
    assert set(columns) == {"age", "sex", "port"}
    point, port = usual_point(passengers(), PORTS), columns["port"]
    assert port.categories[port.category(point)] == "S"
    assert port.at_category(point, 1) == (40.0, 1.0, 0.0, 1.0, 0.0)
    assert columns["sex"].at_category(point, 0) == (40.0, 0.0, 0.0, 0.0, 1.0)
    assert columns["age"].at_value(point, 3.5) == (3.5, 1.0, 0.0, 0.0, 1.0)
    assert port.with_values_of((9.0, 0.0, 1.0, 0.0, 0.0), point) == (9.0, 0.0, 0.0, 0.0, 1.0)


def test_what_spans_the_plane_is_not_set_and_what_is_left_of_its_column_is_set_one_by_one():
    columns = slice_inputs(passengers(), PORTS, (0, 3))
    assert {column.name: column.categories for column in columns} == {
        "sex": ("female", "male"),
        "port = C": ("0", "1"),
        "port = S": ("0", "1"),
    }


def test_without_a_preparation_inputs_of_0_and_1_are_switches():
    assert {c.name: c.categories for c in slice_inputs(passengers())}["port = C"] == ("0", "1")
    assert {c.name: c.categories for c in slice_inputs(passengers())}["age"] == ()


@pytest.mark.parametrize("scale", [1e-300, 1.0, 1e99])
def test_a_number_depends_by_its_squared_correlation(scale: float):
    generator = np.random.default_rng(0)
    near, far = generator.normal(size=(2, 50))
    target = 2 * near + 0.5 * far
    table = Table(np.column_stack([np.full(50, 0.1), far, -near]) * scale, target, "regression")
    expected = [0, *(np.corrcoef(column, target)[0, 1] ** 2 for column in (far, near))]
    np.testing.assert_allclose(dependences(table), expected, rtol=1e-9)
    assert [column.inputs for column in slice_inputs(table)] == [(2,), (1,), (0,)]
    assert telling_inputs(table) == (1, 2)


def test_classes_depend_by_the_variance_between_them():
    table = columns_of([1, 1, 5, 5], [1, 5, 1, 5], [1, 2, 4, 5], targets=[0, 0, 2, 2], task="classification")
    np.testing.assert_allclose(dependences(table), [1.0, 0.0, 0.9])
    assert [column.inputs[0] for column in slice_inputs(table)] == [0, 2, 1]
    assert telling_inputs(table) == (0, 2)


def test_numbers_span_the_plane_before_what_is_0_or_1():
    table = columns_of([0, 0, 1, 1], [1, 5, 2, 5], [1, 5, 1, 7], targets=[0, 0, 1, 1], task="classification")
    assert telling_inputs(table) == (1, 2)
    assert telling_inputs(Table(np.ones((3, 1)), np.zeros(3))) == (0, 0)


def test_samples_are_as_far_from_the_plane_as_their_other_inputs_are():
    table = columns_of([9, 1, 5], [0, 2, 4], [7, 7, 7], [1, 1, 4], targets=[0, 1, 2])
    spread = table.inputs.std(axis=0)
    expected = np.sqrt(
        ((np.array([0.0, 2, 4]) - 2) / spread[1]) ** 2 / 2 + ((np.array([1.0, 1, 4]) - 1) / spread[3]) ** 2 / 2
    )
    np.testing.assert_allclose(Distances(table, (0, 0)).of((0.0, 2.0, 0.0, 1.0)), expected)
    assert Distances(table, (1, 3)).of((0.0, 0.0, 0.0, 0.0)).max() > 0
    assert not Distances(Table(np.ones((3, 4)), np.zeros(3)), (0, 1)).of((5.0,) * 4).any()
