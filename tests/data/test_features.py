import numpy as np
import pytest

from nnplay.data import FEATURES, expand_features
from nnplay.errors import InputError

POINTS = np.array([[1.0, 2.0], [-3.0, 0.5]])


def test_every_feature_by_hand() -> None:
    assert list(FEATURES) == ["x1", "x2", "x1^2", "x2^2", "x1*x2", "sin(x1)", "sin(x2)", "cos(x1)", "cos(x2)"]
    x1, x2 = POINTS.T
    expected = [x1, x2, x1 * x1, x2 * x2, x1 * x2, np.sin(x1), np.sin(x2), np.cos(x1), np.cos(x2)]
    np.testing.assert_allclose(expand_features(POINTS, list(FEATURES)), np.stack(expected, axis=1))


def test_the_order_is_that_of_the_names() -> None:
    np.testing.assert_array_equal(expand_features(POINTS, ["x2", "x1"]), POINTS[:, ::-1])


def test_the_result_is_an_array_of_its_own() -> None:
    points = POINTS.copy()
    expand_features(points, ["x1", "x2"])[0, 0] = 99.0
    assert points[0, 0] == 1.0


def test_no_points_and_no_names() -> None:
    assert expand_features(np.empty((0, 2)), ["x1"]).shape == (0, 1)
    assert expand_features(POINTS, []).shape == (2, 0)


def test_refuses_other_shapes_and_names() -> None:
    with pytest.raises(InputError, match="inputs"):
        expand_features(np.zeros((3, 3)), ["x1"])
    with pytest.raises(InputError, match="features is 'x3'"):
        expand_features(POINTS, ["x3"])


def test_every_feature_has_a_label_without_carets() -> None:
    assert all(feature.label and "^" not in feature.label for feature in FEATURES.values())
