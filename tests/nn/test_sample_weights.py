"""How much each sample counts in the loss and in its gradient."""

import numpy as np
import pytest

from nnplay.errors import InputError
from nnplay.nn import LOSSES, SGD, NeuralNetwork, check_gradients


def hard_targets(loss: str, samples: int, generator: np.random.Generator) -> np.ndarray:
    labels = generator.integers(0, 3, samples)
    if loss == "mean_squared_error":
        return generator.normal(size=(samples, 3))
    return np.eye(3)[labels]


def test_two_samples_worked_out_by_hand() -> None:
    """One input, one output, w = b = 0, mean squared error: ℓ = y², ∂ℓ/∂w = −2 y x, ∂ℓ/∂b = −2 y."""
    network = NeuralNetwork([1, 1], loss="mean_squared_error", initializer="zeros")
    X, Y = [[1.0], [2.0]], [[3.0], [5.0]]
    loss, (weights,), (biases,) = network.gradients(X, Y, sample_weights=[2.0, 0.5])
    assert loss == (2.0 * 9.0 + 0.5 * 25.0) / 2
    assert weights.item() == -(2.0 * 2.0 * 3.0 * 1.0 + 0.5 * 2.0 * 5.0 * 2.0) / 2
    assert biases.item() == -(2.0 * 2.0 * 3.0 + 0.5 * 2.0 * 5.0) / 2
    assert network.evaluate(np.array(X), np.array(Y), np.array([2.0, 0.5]))[0] == loss
    trace = network.trace_step(X, Y, SGD(0.1), [2.0, 0.5])
    assert trace.loss == loss
    assert network.weights[0].item() == pytest.approx(0.1 * 11.0)


@pytest.mark.parametrize("batch_norm", [False, True])
@pytest.mark.parametrize("loss", LOSSES)
def test_the_gradient_is_the_slope_of_the_weighted_loss(
    generator: np.random.Generator, loss: str, batch_norm: bool
) -> None:
    network = NeuralNetwork([2, 5, 3], "tanh", loss, batch_norm=batch_norm, l2=0.1, seed=3)
    X, Y = generator.normal(size=(12, 2)), hard_targets(loss, 12, generator)
    check = check_gradients(network, X, Y, sample_weights=generator.uniform(0.0, 3.0, 12))
    assert check.worst_error < 1e-6, check
    assert check.checked == network.parameters.size


@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("stack", [None, 3])
def test_a_weight_of_two_is_the_sample_twice(generator: np.random.Generator, loss: str, stack: int | None) -> None:
    network = NeuralNetwork([2, 4, 3], "tanh", loss, seed=1, stack=stack)
    X, Y = generator.normal(size=(6, 2)), hard_targets(loss, 6, generator)
    weights = np.array([2.0, 1.0, 0.0, 1.0, 1.0, 1.0])  # six in all, so that N stays
    weighted = network.training_loss(X, Y, weights)
    gradient = network.gradient.copy()
    chosen = np.repeat(np.arange(6), weights.astype(int))
    np.testing.assert_allclose(weighted, network.training_loss(X[chosen], Y[chosen]), rtol=1e-12)
    np.testing.assert_allclose(gradient, network.gradient, rtol=1e-9, atol=1e-15)


def test_equal_weights_are_none_to_the_bit(xor: tuple[np.ndarray, np.ndarray]) -> None:
    losses = [
        NeuralNetwork([2, 4, 1], seed=0).train(*xor, 20, batch_size=3, sample_weights=weights)
        for weights in (None, np.ones(4))
    ]
    np.testing.assert_array_equal(*losses)


def test_many_samples_are_evaluated_in_pieces(generator: np.random.Generator, monkeypatch: pytest.MonkeyPatch) -> None:
    network = NeuralNetwork([2, 4, 1], seed=0)
    X, Y = generator.normal(size=(50, 2)), generator.integers(0, 2, (50, 1)).astype(float)
    weights = generator.uniform(0.0, 2.0, 50)
    whole = network.evaluate(X, Y, weights)[0]
    monkeypatch.setattr("nnplay.nn.workspace.MOST_EVALUATED", 300)
    assert network.evaluate(X, Y, weights)[0] == pytest.approx(whole, rel=1e-12)


def test_each_weight_goes_with_its_sample_through_the_shuffles() -> None:
    """Those of weight 0 are never learned, in whichever batch they are."""
    X, Y = np.eye(6), np.arange(1.0, 7.0)[:, None]
    weights = np.array([1.0, 0.0, 1.0, 0.0, 1.0, 1.0])
    network = NeuralNetwork([6, 1], loss="mean_squared_error", initializer="zeros", seed=4)
    network.train(X, Y, 30, learning_rate=0.1, batch_size=2, sample_weights=weights)
    np.testing.assert_array_equal(network.weights[0][:, 0] == 0.0, weights == 0.0)


@pytest.mark.parametrize(
    ("weights", "named"),
    [
        ([1.0, 1.0], "sample_weights is .*of shape"),
        ([1.0, 1.0, -1.0, 1.0], r"sample_weights\[2\] is -1.0; allowed is a finite number from 0"),
        ([1.0, np.nan, 1.0, 1.0], r"sample_weights\[1\] is nan"),
        (["a"] * 4, "sample_weights"),
    ],
)
def test_weights_that_are_none_are_refused(
    xor: tuple[np.ndarray, np.ndarray], weights: list[object], named: str
) -> None:
    network = NeuralNetwork([2, 4, 1], seed=0)
    before = network.parameters.copy()
    for call in (network.gradients, network.train):
        with pytest.raises(InputError, match=named):
            call(*xor, **({"epochs": 1} if call == network.train else {}), sample_weights=weights)
    np.testing.assert_array_equal(network.parameters, before)
