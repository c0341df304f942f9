"""How far the weights spread at the start."""

import numpy as np
import pytest

from nnplay.nn import INITIALIZERS, NeuralNetwork

VARIANCES = {
    "he_normal": lambda i, o: 2.0 / i,
    "he_uniform": lambda i, o: 2.0 / i,
    "xavier_normal": lambda i, o: 2.0 / (i + o),
    "xavier_uniform": lambda i, o: 2.0 / (i + o),
    "lecun_normal": lambda i, o: 1.0 / i,
    "normal": lambda i, o: 0.3**2,
}


def drawn(name, shape, seed=0, scale=0.3):
    return INITIALIZERS[name](np.random.default_rng(seed), shape, scale)


def test_the_list_is_the_designs():
    assert set(INITIALIZERS) == {*VARIANCES, "orthogonal", "zeros"}


@pytest.mark.parametrize("name", VARIANCES)
def test_mean_is_zero_and_variance_the_formulas(name):
    weights = drawn(name, (300, 200))
    variance = VARIANCES[name](300, 200)
    assert weights.var() == pytest.approx(variance, rel=0.03)
    assert abs(weights.mean()) < 4.0 * np.sqrt(variance / weights.size)


@pytest.mark.parametrize(("name", "bound"), [("he_uniform", 6.0 / 300), ("xavier_uniform", 6.0 / 500)])
def test_uniform_ones_stay_within_their_bound_and_reach_it(name, bound):
    largest = np.abs(drawn(name, (300, 200))).max()
    assert 0.99 * np.sqrt(bound) < largest <= np.sqrt(bound)


@pytest.mark.parametrize("shape", [(5, 5), (7, 3), (3, 7), (4, 6, 3), (4, 3, 6)])
def test_orthogonal_has_orthonormal_rows_or_columns(shape):
    weights = drawn("orthogonal", shape)
    assert weights.shape == shape
    transposed = np.swapaxes(weights, -1, -2)
    product = transposed @ weights if shape[-2] >= shape[-1] else weights @ transposed
    np.testing.assert_allclose(product, np.broadcast_to(np.eye(min(shape[-2:])), product.shape), atol=1e-12)


def test_networks_of_a_stack_start_each_from_its_own():
    first, second = drawn("orthogonal", (2, 4, 4))
    assert not np.allclose(first, second)


@pytest.mark.parametrize("name", INITIALIZERS)
def test_same_seed_same_weights_and_biases_zero(name):
    one, other, third = (NeuralNetwork([3, 4, 2], initializer=name, seed=seed) for seed in (5, 5, 6))
    np.testing.assert_array_equal(one.parameters, other.parameters)
    assert all((biases == 0.0).all() for biases in one.biases)
    assert name == "zeros" or (one.parameters != third.parameters).any()


def test_scale_belongs_to_normal():
    wide = NeuralNetwork([50, 50, 1], initializer="normal", initializer_scale=3.0, seed=0)
    assert wide.weights[0].std() == pytest.approx(3.0, rel=0.05)
    scaled, plain = (NeuralNetwork([3, 4, 1], initializer_scale=scale, seed=0) for scale in (3.0, 1.0))
    np.testing.assert_array_equal(scaled.parameters, plain.parameters)


def test_orthogonal_prefers_no_sign():
    """QR alone would make the first column point to negative numbers more often than not."""
    corners = drawn("orthogonal", (4000, 3, 3))[:, 0, 0]
    assert abs(corners.mean()) < 4.0 * np.sqrt(1.0 / 3.0 / 4000)
