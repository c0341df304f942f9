"""The plane that the data lie on."""

import numpy as np
import pytest

from nnplay.data import Table
from nnplay.training.experiment import YOURS, DataSpec, Experiment, ModelSpec
from nnplay.training.prepared import PreparedData, places_of, prepare


def prepared(inputs: list[list[float]], plane_inputs: tuple[int, int]) -> PreparedData:
    table = Table(np.array(inputs), np.zeros(len(inputs)))
    data = DataSpec(kind=YOURS, table=table, plane_inputs=plane_inputs)
    return prepare(Experiment(data=data, model=ModelSpec(loss="binary_cross_entropy")))


def test_one_input_lies_across_and_at_0_of_the_other_axis():
    data = prepared([[1.0], [-2.0], [5.5]], (0, 0))
    assert data.plane_is_line
    assert data.plane_points is not None
    np.testing.assert_array_equal(data.plane_points, [[1, 0], [-2, 0], [5.5, 0]])
    np.testing.assert_array_equal(data.on_plane(np.array([[3.0, 9.0], [4.0, -9.0]])), [[3], [4]])
    assert data.plane == (-6, 6, -6, 6)


def test_a_grid_of_one_input_changes_across_only():
    grid = prepared([[100.0], [300.0]], (0, 0)).grid(5).reshape(5, 5)
    assert (grid == grid[0]).all()
    assert grid[0].tolist() == [80.0, 140.0, 200.0, 260.0, 320.0]


def test_two_inputs_may_change_places():
    np.testing.assert_array_equal(places_of(np.array([[1.0, 2.0]]), (1, 0)), [[2, 1]])
    assert not prepared([[1.0, 2.0]], (1, 0)).plane_is_line


@pytest.mark.parametrize("value", [7.0, -7.0, 1e6, -1e20, 1e100])
def test_a_plane_has_a_width_even_around_one_place(value: float):
    plane = prepared([[value, value], [value, value]], (0, 1)).plane
    assert plane is not None
    assert plane[0] < value <= plane[1]  # at the end of what numbers may be there is no more to the right
    assert plane[2] < value <= plane[3]
    assert len(set(np.linspace(*plane[:2], 101))) == 101
