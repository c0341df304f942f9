"""Losses against their textbook formulas, and where a naive formula would overflow."""

import math

import numpy as np
import pytest

from nnplay.errors import InputError
from nnplay.nn.losses import LOSSES


def measured(name, logits, targets):
    loss = LOSSES[name]()
    logits, targets = np.array(logits, float), np.array(targets, float)
    terms, delta, outputs = np.empty_like(logits), np.empty_like(logits), np.empty_like(logits)
    loss.measure(logits, targets, terms, delta)
    loss.outputs(logits, outputs)
    count = loss.terms_per_batch(*logits.shape)
    return terms.sum() / count, delta / count, outputs


def test_the_list_is_the_designs():
    assert list(LOSSES) == ["binary_cross_entropy", "categorical_cross_entropy", "mean_squared_error"]


def test_binary_cross_entropy(generator):
    z, y = generator.normal(size=(5, 2)), generator.random((5, 2))
    p = 1.0 / (1.0 + np.exp(-z))
    loss, delta, outputs = measured("binary_cross_entropy", z, y)
    assert loss == pytest.approx(-(y * np.log(p) + (1.0 - y) * np.log(1.0 - p)).mean(), rel=1e-13)
    np.testing.assert_allclose(delta, (p - y) / 10.0, rtol=1e-12)
    np.testing.assert_allclose(outputs, p, rtol=1e-13)


def test_categorical_cross_entropy(generator):
    z, y = generator.normal(size=(5, 3)), generator.dirichlet(np.ones(3), 5)
    p = np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)
    loss, delta, outputs = measured("categorical_cross_entropy", z, y)
    assert loss == pytest.approx(-(y * np.log(p)).sum(axis=1).mean(), rel=1e-13)
    np.testing.assert_allclose(delta, (p - y) / 5.0, rtol=1e-12, atol=1e-16)
    np.testing.assert_allclose(outputs, p, rtol=1e-13)


def test_mean_squared_error(generator):
    z, y = generator.normal(size=(5, 2)), generator.normal(size=(5, 2))
    loss, delta, outputs = measured("mean_squared_error", z, y)
    assert loss == pytest.approx(((z - y) ** 2).mean(), rel=1e-13)
    np.testing.assert_allclose(delta, 2.0 * (z - y) / 10.0, rtol=1e-13)
    np.testing.assert_array_equal(outputs, z)


@pytest.mark.parametrize("name", ["binary_cross_entropy", "categorical_cross_entropy"])
def test_sure_and_wrong_costs_much_but_stays_finite(name):
    z, y = [[800.0, -800.0], [-800.0, 800.0]], [[0.0, 1.0], [1.0, 0.0]]
    loss, delta, outputs = measured(name, z, y)
    assert loss == pytest.approx(800.0 if name == "binary_cross_entropy" else 1600.0)
    assert np.isfinite(delta).all()
    np.testing.assert_allclose(outputs, [[1.0, 0.0], [0.0, 1.0]], atol=1e-300)


@pytest.mark.parametrize("value", [-0.1, 1.1])
def test_binary_targets_are_in_0_to_1(value):
    with pytest.raises(InputError, match=r"Y is .*0 to 1"):
        LOSSES["binary_cross_entropy"]().check_targets(np.array([[0.5], [value]]))


@pytest.mark.parametrize("row", [[0.5, 0.4], [1.0, 1.0], [2.0, -1.0]])
def test_rows_of_categorical_targets_sum_to_one(row):
    with pytest.raises(InputError, match=r"Y\[1\] is .*sum to one"):
        LOSSES["categorical_cross_entropy"]().check_targets(np.array([[1.0, 0.0], row]))


def test_any_number_is_a_target_of_squared_error():
    LOSSES["mean_squared_error"]().check_targets(np.array([[-1e6], [1e6]]))


SIZES = [0.0, 1e-3, 1.0, 20.0, 36.0, 40.0, 300.0, 700.0]


def exact(z: float) -> tuple[float, float]:
    """What a sample of class 1 costs at a logit z from 0, and minus its delta: log(1 + exp −z) and σ(−z)."""
    return math.log1p(math.exp(-z)), math.exp(-z) / (1.0 + math.exp(-z))


@pytest.mark.parametrize("z", SIZES)
def test_binary_cross_entropy_keeps_its_digits_for_either_class(z):
    for logit, target, sign in ((z, 1.0, -1.0), (-z, 0.0, 1.0)):
        loss, delta, _ = measured("binary_cross_entropy", [[logit]], [[target]])
        cost, slope = exact(z)
        assert loss == pytest.approx(cost, rel=1e-14, abs=0.0)
        assert delta.item() == pytest.approx(sign * slope, rel=1e-13, abs=0.0)


def test_targets_in_between_are_still_themselves():
    z, y = np.array([[2.0], [-3.0], [0.5]]), np.array([[1.0], [0.25], [0.0]])
    loss, delta, _ = measured("binary_cross_entropy", z, y)
    p = 1.0 / (1.0 + np.exp(-z))
    assert loss == pytest.approx(-(y * np.log(p) + (1.0 - y) * np.log(1.0 - p)).mean(), rel=1e-13)
    np.testing.assert_allclose(delta, (p - y) / 3.0, rtol=1e-12)
