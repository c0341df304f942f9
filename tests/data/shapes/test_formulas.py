import numpy as np
import pytest

from nnplay.data.formula import parse_formula
from nnplay.data.shapes.formulas import MAX_VALUE, labelled_points, surface_points
from nnplay.errors import InputError


def generator() -> np.random.Generator:
    return np.random.default_rng(0)


def test_points_are_labelled_by_the_sign() -> None:
    points, labels = labelled_points(parse_formula("y - 2*sin(x)"), generator(), 500, 0.0)
    np.testing.assert_array_equal(labels, points[:, 1] > 2 * np.sin(points[:, 0]))


def test_noise_flips_labels_near_the_border() -> None:
    points, labels = labelled_points(parse_formula("y"), generator(), 2000, 0.2)
    wrong = labels != (points[:, 1] > 0)
    assert 0.02 < wrong.mean() < 0.2
    assert np.abs(points[wrong, 1]).max() <= 1.0


def test_the_surface_is_the_formula() -> None:
    points, values = surface_points(parse_formula("x*y/10"), generator(), 300, 0.0)
    np.testing.assert_allclose(values, points[:, 0] * points[:, 1] / 10)


def test_noise_on_the_surface() -> None:
    _, values = surface_points(parse_formula("0*x"), generator(), 20_000, 0.5)
    assert abs(values.std() - 0.5) < 0.01


def test_points_without_a_value_are_left_out() -> None:
    points, values = surface_points(parse_formula("sqrt(x) + log(y)"), generator(), 400, 0.0)
    assert len(points) == 400
    assert points.min() > 0
    assert np.isfinite(values).all()
    points, _ = labelled_points(parse_formula("sqrt(x) - y"), generator(), 400, 0.0)
    assert points[:, 0].min() >= 0


def test_values_without_bounds_are_left_out() -> None:
    _, values = surface_points(parse_formula("exp(exp(x))"), generator(), 400, 0.0)
    assert np.abs(values).max() <= MAX_VALUE


@pytest.mark.parametrize("text", ["y + 100", "-1 - x^2", "0*x", "sqrt(-1 - x^2)", "y - 5.9995"])
def test_refuses_to_label_with_one_class_or_none(text: str) -> None:
    with pytest.raises(InputError) as caught:
        labelled_points(parse_formula(text), generator(), 100, 0.0)
    assert caught.value.field == "formula"


@pytest.mark.parametrize("text", ["1/0*x", "sqrt(-1 - x^2)", "exp(exp(9 + x^2))", "x - x + log(x - 5.99)"])
def test_refuses_a_surface_that_is_hardly_there(text: str) -> None:
    with pytest.raises(InputError, match="formula"):
        surface_points(parse_formula(text), generator(), 100, 0.0)
