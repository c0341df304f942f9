"""Values and slopes of the activations, also where numbers get large."""

import math

import numpy as np
import pytest

from nnplay.nn.activations import ACTIVATIONS

VALUES = {
    "identity": lambda z: z,
    "sigmoid": lambda z: 1.0 / (1.0 + math.exp(-z)),
    "tanh": math.tanh,
    "relu": lambda z: max(z, 0.0),
    "leaky_relu": lambda z: z if z > 0.0 else 0.01 * z,
    "elu": lambda z: z if z > 0.0 else math.exp(z) - 1.0,
    "gelu": lambda z: 0.5 * z * (1.0 + math.tanh(math.sqrt(2.0 / math.pi) * (z + 0.044715 * z**3))),
    "silu": lambda z: z / (1.0 + math.exp(-z)),
    "softplus": lambda z: math.log(1.0 + math.exp(z)),
    "sine": math.sin,
}
Z = np.array([[-6.0, -2.5, -1.0, -0.3], [0.2, 0.9, 3.0, 7.0]])

every = pytest.mark.parametrize("name", ACTIVATIONS)


def applied(name, z, dtype=np.float64):
    z = np.asarray(z, dtype)
    out = np.empty_like(z)
    ACTIVATIONS[name](dtype).apply(z, out)
    return out


def slope(name, z, dtype=np.float64):
    z = np.asarray(z, dtype)
    out = np.empty_like(z)
    ACTIVATIONS[name](dtype).derivative(z, applied(name, z, dtype), out)
    return out


def test_the_list_is_the_designs():
    assert set(ACTIVATIONS) == set(VALUES)


@every
def test_values_follow_the_formula(name):
    expected = np.vectorize(VALUES[name])(Z)
    np.testing.assert_allclose(applied(name, Z), expected, rtol=1e-13, atol=1e-15)


@every
def test_derivative_is_the_slope_of_the_values(name):
    h = 1e-6
    differences = (applied(name, Z + h) - applied(name, Z - h)) / (2.0 * h)
    np.testing.assert_allclose(slope(name, Z), differences, rtol=1e-6, atol=1e-9)


@every
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_large_numbers_give_finite_answers_without_a_warning(name, dtype):
    z = np.array([[-1e4, -800.0, -90.0, 90.0, 800.0, 1e4]])
    assert np.isfinite(applied(name, z, dtype)).all()
    assert np.isfinite(slope(name, z, dtype)).all()


@every
def test_precision_is_kept(name):
    assert applied(name, Z, np.float32).dtype == np.float32
    np.testing.assert_allclose(applied(name, Z, np.float32), applied(name, Z), rtol=2e-5, atol=1e-6)


@pytest.mark.parametrize(("name", "at_zero"), [("relu", 0.0), ("leaky_relu", 0.01), ("elu", 1.0)])
def test_at_the_kink_the_slope_is_pytorchs(name, at_zero):
    assert slope(name, [[0.0]])[0, 0] == at_zero
    assert ACTIVATIONS[name].kink == 0.0


def test_a_small_sigmoid_keeps_its_digits():
    assert applied("sigmoid", [[-40.0]])[0, 0] == pytest.approx(math.exp(-40.0), rel=1e-12)
