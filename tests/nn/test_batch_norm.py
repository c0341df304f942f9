"""Batch norm against its definition, while training and afterwards."""

import numpy as np
import pytest

from nnplay.errors import InputError
from nnplay.nn import SGD, NeuralNetwork
from nnplay.nn.batch_norm import EPSILON


@pytest.fixture
def normed(generator):
    network = NeuralNetwork([3, 4, 2], "tanh", "mean_squared_error", batch_norm=True, seed=1)
    network.gammas[0][...] = generator.normal(1.0, 0.2, 4)
    network.betas[0][...] = generator.normal(0.0, 0.2, 4)
    return network, generator.normal(size=(9, 3)), generator.normal(size=(9, 2))


def test_it_starts_as_plain_normalisation():
    network = NeuralNetwork([3, 4, 2], batch_norm=True, seed=1)
    assert (network.gammas[0] == 1.0).all()
    assert (network.betas[0] == 0.0).all()
    assert (network.running_means[0] == 0.0).all()
    assert (network.running_variances[0] == 1.0).all()


def test_training_uses_the_batchs_statistics(normed):
    network, X, Y = normed
    z = X @ network.weights[0] + network.biases[0]
    expected = network.gammas[0] * (z - z.mean(0)) / np.sqrt(z.var(0) + EPSILON) + network.betas[0]
    norm = network.trace_step(X, Y, SGD(0.0)).layers[0].norm
    np.testing.assert_allclose(norm.output, expected, rtol=1e-12)
    np.testing.assert_allclose(norm.mean, z.mean(0), rtol=1e-12)
    np.testing.assert_allclose(norm.variance, z.var(0), rtol=1e-12)


def test_running_statistics_take_a_tenth_of_each_batch_the_variance_unbiased(normed):
    network, X, Y = normed
    z = X @ network.weights[0] + network.biases[0]
    network.train_step(X, Y, SGD(0.0))
    np.testing.assert_allclose(network.running_means[0], 0.1 * z.mean(0), rtol=1e-12)
    np.testing.assert_allclose(network.running_variances[0], 0.9 + 0.1 * z.var(0, ddof=1), rtol=1e-12)


def test_answers_use_the_running_statistics(normed):
    network, X, Y = normed
    network.train(X, Y, 5, learning_rate=0.1)
    z = X @ network.weights[0] + network.biases[0]
    x_hat = (z - network.running_means[0]) / np.sqrt(network.running_variances[0] + EPSILON)
    a = np.tanh(network.gammas[0] * x_hat + network.betas[0])
    np.testing.assert_allclose(network.forward(X), a @ network.weights[1] + network.biases[1], rtol=1e-12)
    np.testing.assert_allclose(network.forward(X[:1]), network.forward(X)[:1], rtol=1e-12)


def test_looking_changes_no_statistics(normed):
    network, X, Y = normed
    network.forward(X)
    network.evaluate(X, Y)
    network.gradients(X, Y)
    assert (network.running_means[0] == 0.0).all()


def test_scale_and_shift_are_learnt(normed):
    network, X, Y = normed
    gamma, beta = network.gammas[0].copy(), network.betas[0].copy()
    network.train(X, Y, 5, learning_rate=0.1)
    assert (network.gammas[0] != gamma).all()
    assert (network.betas[0] != beta).all()


def test_batches_of_one_sample_are_refused_before_anything_changes(normed):
    network, X, Y = normed
    before = network.state()
    wanted = "2 samples and more with batch norm"
    with pytest.raises(InputError, match=f"batch_size is .*1 sample.*{wanted}"):
        network.train(X, Y, 3, batch_size=1)
    for call in (lambda: network.train(X[:1], Y[:1], 3), lambda: network.trace_step(X[:1], Y[:1], SGD(0.1))):
        with pytest.raises(InputError, match=f"X is .*1 sample.*{wanted}"):
            call()
    with pytest.raises(InputError, match=wanted):
        network.train_step(X[:1], Y[:1], SGD(0.1))
    np.testing.assert_array_equal(network.parameters, before.parameters)
    np.testing.assert_array_equal(network.running_means[0], before.running_means[0])


def test_a_last_batch_of_one_joins_the_one_before_it(normed):
    network, X, Y = normed
    optimizer = SGD(0.1)
    network.train(X, Y, 3, optimizer=optimizer, batch_size=4)
    assert optimizer.steps == 3 * 2
    assert (network.running_variances[0] > 0.0).all()


def test_without_a_hidden_layer_there_is_nothing_to_normalise(generator):
    network = NeuralNetwork([3, 1], batch_norm=True, seed=0)
    network.train(generator.normal(size=(1, 3)), [[1.0]], 2, batch_size=1)
    assert network.least_batch == 1
