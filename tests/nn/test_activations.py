"""Values and slopes of the activations, also where numbers get large, and what is known of each."""

import math

import numpy as np
import pytest

from nnplay.nn import NeuralNetwork
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
    "mish": lambda z: z * math.tanh(math.log(1.0 + math.exp(z))),
    "gaussian": lambda z: math.exp(-z * z),
    "step": lambda z: 1.0 if z > 0.0 else 0.0,
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


@pytest.mark.parametrize(("name", "at_zero"), [("relu", 0.0), ("leaky_relu", 0.01), ("elu", 1.0), ("step", 0.0)])
def test_at_the_kink_the_slope_is_pytorchs(name, at_zero):
    assert slope(name, [[0.0]])[0, 0] == at_zero
    assert ACTIVATIONS[name].kink == 0.0


def test_mish_by_hand():
    """softplus 0 = log 2, and tanh(log 2) = (4 − 1) / (4 + 1) = 0.6, which is the slope at 0."""
    np.testing.assert_allclose(
        applied("mish", [[-1.0, 0.0, 1.0]])[0], [-math.tanh(math.log(1.0 + 1.0 / math.e)), 0.0, 0.8650983882673103]
    )
    t, sigma = 0.8650983882673103, 1.0 / (1.0 + math.exp(-1.0))
    np.testing.assert_allclose(slope("mish", [[0.0, 1.0]])[0], [0.6, t + (1.0 - t**2) * sigma], rtol=1e-14)


def test_gaussian_by_hand():
    np.testing.assert_allclose(applied("gaussian", [[-2.0, 0.0, 1.0]])[0], [math.exp(-4.0), 1.0, 1.0 / math.e])
    np.testing.assert_allclose(slope("gaussian", [[-2.0, 0.0, 1.0]])[0], [4.0 * math.exp(-4.0), 0.0, -2.0 / math.e])


def test_a_step_has_no_slope_anywhere():
    z = [[-3.0, -1e-300, 0.0, 1e-300, 3.0]]
    assert applied("step", z).tolist() == [[0.0, 0.0, 0.0, 1.0, 1.0]]
    assert slope("step", z).tolist() == [[0.0, 0.0, 0.0, 0.0, 0.0]]


@pytest.mark.parametrize(("name", "ends"), [("mish", (0.0, None)), ("gaussian", (0.0, 0.0)), ("step", (0.0, 1.0))])
@pytest.mark.parametrize(("dtype", "far"), [(np.float32, 1e38), (np.float64, 1e308), (np.float64, np.inf)])
def test_the_largest_numbers_overflow_nowhere(name, ends, dtype, far):
    """A warning would be an error here."""
    below, above = ends
    if far == np.inf:
        far = np.finfo(dtype).max
    z = np.array([[-far, far]], dtype)
    np.testing.assert_array_equal(applied(name, z, dtype), [[below, z[0, 1] if above is None else above]])
    np.testing.assert_array_equal(slope(name, z, dtype), [[0.0, 1.0 if above is None else 0.0]])


def test_a_network_of_steps_learns_in_its_last_layer_only(xor):
    network = NeuralNetwork([2, 4, 4, 1], "step", seed=3)
    start = [weights.copy() for weights in network.weights]
    losses = network.train(*xor, 50)
    for weights, drawn in zip(network.weights[:-1], start, strict=False):
        np.testing.assert_array_equal(weights, drawn)
    assert (network.weights[-1] != start[-1]).any()
    assert losses[-1] < losses[0]


FAR = np.array([[-1e4, -50.0, 50.0, 1e4]])


@every
def test_the_facts_agree_with_the_function(name):
    """Outputs keep within the limits, meet the bounds where it saturates, and have no slope where it can die."""
    kind, z = ACTIVATIONS[name], np.linspace(-50.0, 50.0, 10_001)[None]
    a, far, slopes = applied(name, z), applied(name, FAR)[0], slope(name, FAR)[0]
    assert kind.label
    bounded = np.abs(far).max() <= 1.0
    assert (kind.limits is not None) == bounded
    if kind.limits is not None:
        assert a.min() >= kind.limits[0] - 1e-15
        assert a.max() <= kind.limits[1] + 1e-15
        assert (a.min(), a.max()) == pytest.approx(kind.limits, abs=1e-5)
    if kind.bounds is not None:
        assert far[0] == pytest.approx(kind.bounds[0], abs=1e-15)
        assert abs(slopes[0]) < 1e-15
        if kind.limits is not None:
            assert far[-1] == kind.bounds[1]
            assert abs(slopes[-1]) < 1e-15
    vanishes = (np.abs(far) < 1e-15) & (np.abs(slopes) < 1e-15)
    assert kind.can_die == (vanishes.any() and kind.bounds is None)


def test_a_small_sigmoid_keeps_its_digits():
    assert applied("sigmoid", [[-40.0]])[0, 0] == pytest.approx(math.exp(-40.0), rel=1e-12)


@pytest.mark.parametrize("name", [name for name, kind in ACTIVATIONS.items() if kind.slopes is not None])
def test_what_is_two_straight_lines_has_their_slopes(name: str):
    z = np.array([-3.0, -0.5, 0.0, 0.25, 7.0])
    below, above = ACTIVATIONS[name].slopes
    a = np.empty_like(z)
    ACTIVATIONS[name]().apply(z, a)
    np.testing.assert_allclose(a, np.where(z > 0.0, above, below) * z)
