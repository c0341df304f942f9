"""Network k of a stack follows the network that is trained alone."""

import numpy as np
import pytest

from nnplay.errors import InputError
from nnplay.nn import ACTIVATIONS, LOSSES, OPTIMIZERS, NeuralNetwork, make_optimizer

K = 5
RATES = np.array([0.01, 0.03, 0.1, 0.2, 0.05])


def samples(generator, loss, n=12):
    X = generator.normal(size=(n, 2))
    if loss == "categorical_cross_entropy":
        return X, np.eye(3)[generator.integers(0, 3, n)]
    return X, generator.random((n, 3))


def assert_follows(stack, X, Y, optimizer, batch_size=None, epochs=20):
    alone = [stack.member(k) for k in range(K)]
    losses = stack.train(X, Y, epochs, learning_rate=RATES, optimizer=optimizer, batch_size=batch_size)
    for k, network in enumerate(alone):
        expected = network.train(X, Y, epochs, learning_rate=RATES[k], optimizer=optimizer, batch_size=batch_size)
        np.testing.assert_allclose(losses[:, k], expected, rtol=1e-9)
        np.testing.assert_allclose(stack.parameters[k], network.parameters, rtol=1e-9, atol=1e-12)
        np.testing.assert_allclose(stack.forward(X)[k], network.forward(X), rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
@pytest.mark.parametrize("batch_size", [None, 5])
def test_with_every_optimizer_and_a_rate_each(generator, optimizer, batch_size):
    stack = NeuralNetwork([2, 4, 4, 3], "tanh", seed=0, stack=K)
    assert_follows(stack, *samples(generator, "binary_cross_entropy"), optimizer, batch_size)


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_with_every_activation(generator, activation):
    stack = NeuralNetwork([2, 4, 3], activation, seed=0, stack=K)
    assert_follows(stack, *samples(generator, "binary_cross_entropy"), "sgd")


@pytest.mark.parametrize("loss", LOSSES)
def test_with_every_loss_batch_norm_penalties_clipping_and_a_unit_off(generator, loss):
    stack = NeuralNetwork([2, 4, 4, 3], "tanh", loss, batch_norm=True, l1=0.01, l2=0.02, clip_norm=0.2, seed=0, stack=K)
    stack.set_unit_enabled(0, 1, False)
    assert_follows(stack, *samples(generator, loss), "momentum")


def test_without_a_hidden_layer(generator):
    assert_follows(NeuralNetwork([2, 3], seed=0, stack=K), *samples(generator, "binary_cross_entropy"), "sgd")


def test_gradients_are_those_of_each(generator):
    X, Y = samples(generator, "binary_cross_entropy")
    stack = NeuralNetwork([2, 4, 3], seed=0, stack=K)
    losses, weights, biases = stack.gradients(X, Y)
    for k in range(K):
        loss, own_weights, own_biases = stack.member(k).gradients(X, Y)
        assert losses[k] == pytest.approx(loss, rel=1e-12)
        for stacked, own in zip([*weights, *biases], [*own_weights, *own_biases], strict=True):
            np.testing.assert_allclose(stacked[k], own, rtol=1e-9, atol=1e-15)


def test_a_stack_of_one_is_a_stack(xor):
    stack = NeuralNetwork([2, 4, 1], seed=0, stack=1)
    assert stack.train(*xor, 3).shape == (3, 1)
    assert stack.forward(xor[0]).shape == (1, 4, 1)


def test_each_starts_from_its_own(xor):
    outputs = NeuralNetwork([2, 4, 1], seed=0, stack=K).forward(xor[0])
    assert len(np.unique(outputs[:, 3, 0])) == K


def test_the_number_of_rates_must_be_the_number_of_networks(xor):
    stack = NeuralNetwork([2, 4, 1], seed=0, stack=K)
    before = stack.parameters.copy()
    with pytest.raises(InputError, match=r"learning_rate is .*5, one per network"):
        stack.train(*xor, 3, learning_rate=RATES[:3])
    with pytest.raises(InputError, match="one number for one network"):
        stack.member(0).train(*xor, 3, optimizer=make_optimizer("adam", learning_rate=RATES))
    np.testing.assert_array_equal(stack.parameters, before)


@pytest.mark.parametrize("k", [-1, K])
def test_only_members_can_be_taken_out(k):
    with pytest.raises(InputError, match="k is "):
        NeuralNetwork([2, 1], stack=K).member(k)


def test_one_network_has_no_members():
    with pytest.raises(InputError, match="k is 0"):
        NeuralNetwork([2, 1]).member(0)
