"""An epoch takes each sample once."""

import numpy as np
import pytest

from nnplay.nn import SGD, Batches, NeuralNetwork


def numbered(n):
    """Samples whose inputs and targets say their number."""
    return np.arange(2.0 * n).reshape(n, 2), np.arange(float(n))[:, None]


def order_of_epoch(batches, generator):
    return np.concatenate([Y[:, 0] for _, Y in batches.epoch(generator)])


def test_each_sample_comes_once_and_the_last_batch_is_what_is_left(generator):
    X, Y = numbered(10)
    batches = list(Batches(X, Y, 4).epoch(generator))
    assert [len(inputs) for inputs, _ in batches] == [4, 4, 2]
    assert sorted(np.concatenate([targets[:, 0] for _, targets in batches])) == list(range(10))
    for inputs, targets in batches:
        np.testing.assert_array_equal(inputs, X[targets[:, 0].astype(int)])


def test_epochs_differ_and_seeds_agree():
    one, other = np.random.default_rng(1), np.random.default_rng(1)
    batches = Batches(*numbered(50), 7)
    first, second = (order_of_epoch(batches, one) for _ in range(2))
    assert (first != second).any()
    np.testing.assert_array_equal(order_of_epoch(Batches(*numbered(50), 7), other), first)


@pytest.mark.parametrize("size", [None, 10, 11])
def test_the_full_batch_keeps_its_order_and_asks_for_no_random_number(generator, size):
    before = generator.bit_generator.state
    batches = Batches(*numbered(10), size)
    ((_, targets),) = batches.epoch(generator)
    assert list(targets[:, 0]) == list(range(10))
    assert batches.order is None
    assert generator.bit_generator.state == before


def test_the_place_in_the_epoch_is_known(generator):
    batches = Batches(*numbered(10), 4)
    assert (batches.position, batches.done, batches.fraction) == (0, 0, 0.0)
    batches.begin_epoch(generator)
    assert not batches.advance()
    assert not batches.advance()
    assert (batches.position, batches.done, batches.fraction) == (8, 2, 0.8)
    assert len(batches.current()[0]) == 2
    assert batches.advance()
    assert (batches.position, batches.done, batches.fraction) == (0, 0, 0.0)


def test_an_epoch_is_resumed_where_it_was_left(generator):
    left, resumed = Batches(*numbered(10), 4), Batches(*numbered(10), 4)
    left.begin_epoch(generator)
    left.advance()
    resumed.resume(left.position, left.order)
    for one, other in zip(left.current(), resumed.current(), strict=True):
        np.testing.assert_array_equal(one, other)
    assert resumed.done == 1


def test_the_samples_are_left_as_they_are(generator):
    X, Y = numbered(10)
    order_of_epoch(Batches(X, Y, 3), generator)
    np.testing.assert_array_equal(Y[:, 0], np.arange(10.0))


def test_a_last_smaller_batch_counts_by_its_own_size(generator):
    """Its gradient is the mean over its own two samples, and it is applied."""
    X, Y = generator.normal(size=(6, 2)), generator.random((6, 1))
    trained, by_hand = NeuralNetwork([2, 3, 1], seed=0), NeuralNetwork([2, 3, 1], seed=0)
    order = np.random.Generator(np.random.PCG64(5)).permutation(6)
    trained.generator.bit_generator.state = np.random.PCG64(5).state
    trained.train(X, Y, 1, learning_rate=0.1, batch_size=4)
    for batch in (order[:4], order[4:]):
        _, weights, biases = by_hand.gradients(X[batch], Y[batch])
        for own, g in zip([*by_hand.weights, *by_hand.biases], [*weights, *biases], strict=True):
            own -= 0.1 * g
    np.testing.assert_allclose(trained.parameters, by_hand.parameters, rtol=1e-13)


def test_a_batch_size_may_be_one(generator):
    X, Y = generator.normal(size=(5, 2)), generator.random((5, 1))
    network, optimizer = NeuralNetwork([2, 3, 1], seed=0), SGD(0.1)
    network.train(X, Y, 2, optimizer=optimizer, batch_size=1)
    assert optimizer.steps == 10
    assert np.isfinite(network.forward(X)).all()


@pytest.mark.parametrize(
    ("samples", "size", "least", "sizes"),
    [
        (9, 4, 2, [4, 5]),
        (9, 4, 1, [4, 4, 1]),
        (10, 4, 2, [4, 4, 2]),
        (5, 4, 2, [5]),
        (4, 4, 2, [4]),
        (1, 4, 2, [1]),
        (3, 2, 2, [3]),
        (0, 4, 2, [0]),
    ],
)
def test_a_last_batch_that_is_too_small_joins_the_one_before_it(generator, samples, size, least, sizes):
    batches = Batches(*numbered(samples), size, least)
    taken = list(batches.epoch(generator))
    assert [len(X) for X, _ in taken] == sizes
    assert sorted(np.concatenate([Y[:, 0] for _, Y in taken])) == list(range(samples))
    assert batches.position == 0


def test_what_was_left_before_its_last_sample_takes_the_joined_batch(generator):
    order = generator.permutation(9)
    batches = Batches(*numbered(9), 4, 2)
    batches.resume(8, order)
    assert list(batches.current()[1][:, 0]) == order[4:].tolist()
    assert batches.advance()


def test_weights_go_along_and_may_change_within_an_epoch(generator):
    batches = Batches(*numbered(9), 4, 2, weights=np.arange(9.0))
    batches.begin_epoch(generator)
    np.testing.assert_array_equal(batches.current_weights(), batches.current()[1][:, 0])
    batches.advance()
    batches.weigh(10.0 * np.arange(9.0))
    np.testing.assert_array_equal(batches.current_weights(), 10.0 * batches.current()[1][:, 0])
    batches.weigh(None)
    assert batches.current_weights() is None
