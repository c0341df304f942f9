"""An epoch takes each sample once."""

import numpy as np
import pytest

from nnplay.nn import SGD, NeuralNetwork, shuffled_batches


def test_each_sample_comes_once_and_the_last_batch_is_what_is_left(generator):
    batches = list(shuffled_batches(generator, 10, 4))
    assert [len(batch) for batch in batches] == [4, 4, 2]
    assert sorted(np.concatenate(batches)) == list(range(10))


def test_epochs_differ_and_seeds_agree():
    one, other = np.random.default_rng(1), np.random.default_rng(1)
    first, second = (np.concatenate(list(shuffled_batches(one, 50, 7))) for _ in range(2))
    assert (first != second).any()
    np.testing.assert_array_equal(np.concatenate(list(shuffled_batches(other, 50, 7))), first)


@pytest.mark.parametrize("size", [None, 10, 11])
def test_the_full_batch_keeps_its_order_and_asks_for_no_random_number(generator, size):
    before = generator.bit_generator.state
    (batch,) = shuffled_batches(generator, 10, size)
    assert list(batch) == list(range(10))
    assert generator.bit_generator.state == before


def test_a_last_smaller_batch_counts_by_its_own_size(generator):
    """Its gradient is the mean over its own two samples, and it is applied."""
    X, Y = generator.normal(size=(6, 2)), generator.random((6, 1))
    trained, by_hand = NeuralNetwork([2, 3, 1], seed=0), NeuralNetwork([2, 3, 1], seed=0)
    order = [np.copy(batch) for batch in shuffled_batches(np.random.Generator(np.random.PCG64(5)), 6, 4)]
    trained.generator.bit_generator.state = np.random.PCG64(5).state
    trained.train(X, Y, 1, learning_rate=0.1, batch_size=4)
    for batch in order:
        _, weights, biases = by_hand.gradients(X[batch], Y[batch])
        for own, g in zip([*by_hand.weights, *by_hand.biases], [*weights, *biases], strict=True):
            own -= 0.1 * g
    assert [len(batch) for batch in order] == [4, 2]
    np.testing.assert_allclose(trained.parameters, by_hand.parameters, rtol=1e-13)


def test_a_batch_size_may_be_one(generator):
    X, Y = generator.normal(size=(5, 2)), generator.random((5, 1))
    network, optimizer = NeuralNetwork([2, 3, 1], batch_norm=True, seed=0), SGD(0.1)
    network.train(X, Y, 2, optimizer=optimizer, batch_size=1)
    assert optimizer.steps == 10
    assert np.isfinite(network.forward(X)).all()
