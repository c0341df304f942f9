"""Figures for people, against counts made by hand."""

import numpy as np
import pytest

from nnplay.errors import InputError
from nnplay.nn import accuracy, confusion_matrix, mean_absolute_error, r_squared


def column(*values):
    return np.array(values, float)[:, None]


def one_hot(*classes):
    return np.eye(3)[list(classes)]


def test_accuracy_of_one_output_splits_at_one_half():
    assert accuracy(column(0.9, 0.2, 0.51, 0.5), column(1, 0, 0, 0)) == 0.75


def test_accuracy_of_several_classes_takes_the_largest():
    outputs = np.array([[0.4, 0.35, 0.25], [0.1, 0.2, 0.7], [0.3, 0.4, 0.3]])
    assert accuracy(outputs, one_hot(0, 2, 0)) == pytest.approx(2 / 3)


def test_confusion_matrix_has_targets_in_rows():
    matrix = confusion_matrix(one_hot(0, 1, 1, 2, 1), one_hot(0, 1, 2, 2, 2))
    np.testing.assert_array_equal(matrix, [[1, 0, 0], [0, 1, 0], [0, 2, 1]])
    np.testing.assert_array_equal(confusion_matrix(column(0.9, 0.1, 0.8), column(1, 1, 0)), [[0, 1], [1, 1]])


def test_r_squared_is_1_for_perfect_0_for_the_mean_and_below_for_worse():
    y = column(1.0, 2.0, 6.0)
    assert r_squared(y, y) == 1.0
    assert r_squared(np.full_like(y, 3.0), y) == 0.0
    assert r_squared(column(2.0, 2.0, 5.0), y) == pytest.approx(1.0 - 2.0 / 14.0)
    assert r_squared(np.full_like(y, 10.0), y) < 0.0


def test_r_squared_needs_targets_that_vary():
    assert np.isnan(r_squared(column(1.0, 2.0), column(3.0, 3.0)))


def test_mean_absolute_error():
    assert mean_absolute_error(column(1.0, 4.0), column(2.0, 2.0)) == 1.5


@pytest.mark.parametrize("metric", [accuracy, confusion_matrix, r_squared, mean_absolute_error])
@pytest.mark.parametrize("outputs", [np.ones((2, 1)), np.ones(3), np.ones((3, 2))])
def test_shapes_must_agree(metric, outputs):
    with pytest.raises(InputError, match="outputs is "):
        metric(outputs, np.ones((3, 1)))


def test_r_squared_of_equal_targets_is_none_even_where_their_mean_is_rounded():
    targets = np.full((7, 1), 0.1)
    assert targets.mean() != 0.1 or np.square(targets - targets.mean()).sum() == 0.0
    assert np.isnan(r_squared(targets + 1.0, targets))


def test_r_squared_of_large_numbers_in_32_bits():
    targets = np.array([[1e18], [-1e18], [3e17]], np.float32)
    assert r_squared(targets, targets) == 1.0
    assert np.isfinite(r_squared(-targets, targets))
