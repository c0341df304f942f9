"""One name for each class, wherever it is named."""

import numpy as np
import pytest

from nnplay.data import Table
from nnplay.data.drawing import add_points
from nnplay.gui.paint.marks import class_label, class_title, value_range


def table(inputs: int, *names: str, picture: tuple[int, int] | None = None) -> Table:
    return Table(np.zeros((2, inputs)), np.array([0.0, 1.0]), "classification", (), names, picture)


def test_a_class_has_its_own_name() -> None:
    flowers = table(2, "setosa", "virginica")
    assert [class_title(flowers, index) for index in (0, 1)] == ["setosa", "virginica"]
    assert class_label(flowers, 1) == "virginica"


def test_a_class_that_has_only_a_number_is_called_by_it() -> None:
    assert [class_title(table(2), index) for index in (0, 1, 2)] == ["class 0", "class 1", "class 2"]
    assert [class_label(table(2), index) for index in (0, 1, 2)] == ["0", "1", "2"]


@pytest.mark.parametrize("picture", [(28, 28), (8, 8), (20, 15)])
def test_the_number_of_a_digit_is_its_name(picture: tuple[int, int]) -> None:
    assert class_title(table(picture[0] * picture[1], "0", "1", picture=picture), 1) == "1"


def test_of_many_measurements_that_are_no_pixels_the_number_is_no_name() -> None:
    assert class_title(table(784, "0", "1"), 1) == "class 1"


def test_a_class_whose_name_is_a_number_is_called_class_and_the_number() -> None:
    signs = table(2, "-1", "1")
    assert [class_title(signs, index) for index in (0, 1, 2)] == ["class −1", "class 1", "class 2"]
    assert class_label(signs, 0) == "−1"
    assert class_title(table(2, "0.5", "1e3"), 1) == "class 1e3"


@pytest.mark.parametrize("names", [("2", "5"), ("1", "class 1"), ("-1", "class −1"), ("0", "2")])
def test_no_two_classes_have_one_name(names: tuple[str, ...]) -> None:
    classes = table(2, *names)
    titles = [class_title(classes, index) for index in range(6)]
    assert len(set(titles)) == len(titles)
    drawn = add_points(classes, [(0.0, 0.0)], 5)
    assert [class_title(drawn, index) for index in range(6)] == titles


@pytest.mark.parametrize("target", [1e17, -1e17, 1e99, 5.0])
def test_one_target_has_colours_on_both_sides_however_large_it_is(target: float) -> None:
    low, high = value_range(Table(np.zeros((1, 2)), np.array([target]), "regression"))
    assert low < target < high
