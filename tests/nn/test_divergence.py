"""A run that leaves the finite numbers stops, and what was finite stays."""

import numpy as np
import pytest

from nnplay.errors import DivergedError
from nnplay.nn import OPTIMIZERS, SGD, Adam, NeuralNetwork, make_optimizer


def regression(**choices):
    return NeuralNetwork([1, 3, 1], "identity", "mean_squared_error", seed=0, **choices)


X = np.array([[1.0], [2.0], [3.0]])
Y = np.array([[2.0], [4.0], [6.0]])


@pytest.mark.parametrize("dtype", ["float64", "float32"])
def test_too_large_a_rate_ends_in_an_error_with_finite_weights(dtype):
    network = regression(dtype=dtype)
    with pytest.raises(DivergedError, match="last finite weights"):
        network.train(X, Y, 10_000, learning_rate=10.0)
    assert np.isfinite(network.parameters).all()
    assert np.isfinite(network.evaluate(X, Y)[0]) or np.abs(network.parameters).max() > 1e9


@pytest.mark.parametrize("name", [name for name in OPTIMIZERS if name in ("sgd", "momentum", "nesterov")])
def test_a_step_that_would_leave_changes_nothing(name):
    network = regression(batch_norm=True)
    network.train(X, Y, 2, learning_rate=0.01)
    before, means = network.parameters.copy(), network.running_means[0].copy()
    with pytest.raises(DivergedError):
        network.train_step(X, Y, make_optimizer(name, learning_rate=1e308))
    np.testing.assert_array_equal(network.parameters, before)
    np.testing.assert_array_equal(network.running_means[0], means)


def test_a_loss_that_is_not_finite_leaves_the_optimizer_alone_too():
    network, optimizer = regression(), Adam(0.01)
    network.train_step(X, Y, optimizer)
    memory = optimizer.snapshot()
    network.weights[0][...] = 1e200
    with pytest.raises(DivergedError, match="the loss is "):
        network.train_step(X, Y, optimizer)
    assert optimizer.steps == memory.steps
    np.testing.assert_array_equal(optimizer.state["second_moment"], memory.arrays["second_moment"])


def test_it_can_go_on_with_a_smaller_rate():
    network = regression()
    with pytest.raises(DivergedError):
        network.train_step(X, Y, SGD(1e308))
    assert network.train(X, Y, 500, learning_rate=0.01)[-1] < 0.1


def test_in_a_stack_one_that_leaves_stands_still_and_the_others_go_on():
    stack = regression(stack=3)
    alone = [stack.member(k) for k in (0, 2)]
    losses = stack.train(X, Y, 400, learning_rate=np.array([0.01, 10.0, 0.02]))
    expected = [network.train(X, Y, 400, learning_rate=rate) for network, rate in zip(alone, (0.01, 0.02), strict=True)]
    np.testing.assert_allclose(losses[:, [0, 2]].T, expected, rtol=1e-9)
    assert list(stack.diverged) == [False, True, False]
    assert np.isnan(losses[-1, 1])
    assert np.isfinite(stack.parameters).all()


def test_a_stack_ends_when_nobody_is_left():
    stack = regression(stack=2, batch_norm=True)
    with pytest.raises(DivergedError, match="all 2 networks"):
        stack.train(X, Y, 10, learning_rate=1e308)
    assert np.isfinite(stack.parameters).all()
    assert np.isfinite(stack.running_variances[0]).all()
    stack.initialize()
    assert not stack.diverged.any()
