"""Merged points, and the loss that no network can come below."""

import math

import numpy as np
import pytest

from nnplay.nn import LOSSES
from nnplay.training.diagnosis.merged import least_loss_of_data, merged_groups


def test_samples_are_merged_where_their_outputs_are_the_same_and_their_targets_are_not() -> None:
    outputs = np.array([[0, 0], [3, 1], [0, 1e-9], [3, 1], [0, 0], [5, 1]], float)
    targets = np.array([[0], [1], [1], [1], [0], [0]], float)
    groups = merged_groups(outputs, targets)
    assert [group.tolist() for group in groups] == [[0, 2, 4]]
    assert merged_groups(outputs, targets, tolerance=0.0) == ()


def test_nothing_is_merged_of_nothing_and_of_what_is_no_number() -> None:
    assert merged_groups(np.empty((0, 2)), np.empty((0, 1))) == ()
    assert merged_groups(np.array([[np.nan], [1.0]]), np.array([[0.0], [1.0]])) == ()


@pytest.mark.parametrize(
    ("loss", "targets", "least"),
    [
        ("binary_cross_entropy", [[0], [1], [1], [0]], 0.5 * math.log(2)),
        ("categorical_cross_entropy", [[1, 0], [0, 1], [1, 0], [0, 1]], 0.5 * math.log(2)),
        ("mean_squared_error", [[0], [4], [7], [9]], 2.0),
    ],
)
def test_the_least_loss_of_data_is_that_of_the_best_answer_to_samples_that_are_the_same(
    loss: str, targets: list, least: float
) -> None:
    X = np.array([[1, 2], [1, 2], [3, 4], [5, 6]], float)
    assert least_loss_of_data(X, np.array(targets, float), LOSSES[loss]()) == pytest.approx(least)


def test_samples_that_count_more_pull_the_answer() -> None:
    X, Y = np.zeros((2, 1)), np.array([[0.0], [1.0]])
    assert least_loss_of_data(X, Y, LOSSES["mean_squared_error"](), np.array([0.5, 1.5])) == pytest.approx(0.1875)
