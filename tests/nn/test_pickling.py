"""A network that was pickled is the same one, at the same moment, and its arrays still hang together."""

import copy
import pickle

import numpy as np
import pytest

from nnplay.nn import Adam, NeuralNetwork


@pytest.mark.parametrize("again", [copy.deepcopy, lambda network: pickle.loads(pickle.dumps(network))])
@pytest.mark.parametrize("stack", [None, 3])
def test_it_trains_on_as_the_first_one_does(again, stack) -> None:
    X = np.random.default_rng(0).normal(size=(20, 2))
    Y = (X[:, :1] > 0).astype(float)
    network = NeuralNetwork([2, 4, 3, 1], ["tanh", "relu"], batch_norm=True, dropout=0.2, l2=0.01, seed=1, stack=stack)
    network.train(X, Y, 3, optimizer=Adam(0.01), batch_size=7)
    network.set_unit_enabled(0, 1, enabled=False)
    other = again(network)
    assert other.disabled_units == {(0, 1)}
    assert other.initializer == network.initializer
    for each in (network, other):
        each.train(X, Y, 3, optimizer=Adam(0.01), batch_size=7)
    np.testing.assert_array_equal(network.parameters, other.parameters)
    np.testing.assert_array_equal(network.forward(X), other.forward(X))
    other.weights[0][...] = 0.0
    assert (other.parameters == 0.0).any()
