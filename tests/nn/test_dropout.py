"""Dropout: random while training, absent afterwards."""

import numpy as np
import pytest

from nnplay.errors import InputError
from nnplay.nn import SGD, NeuralNetwork


def wide(dropout, seed=0, **choices):
    return NeuralNetwork([2, 400, 1], dropout=dropout, seed=seed, **choices)


def test_the_share_that_is_silenced_is_the_rate_and_the_rest_is_scaled_up(generator):
    trace = wide(0.25).trace_step(generator.normal(size=(50, 2)), generator.random((50, 1)), SGD(0.1))
    mask = trace.layers[0].mask
    assert set(np.unique(mask)) == {0.0, 1.0 / 0.75}
    assert (mask == 0.0).mean() == pytest.approx(0.25, abs=0.01)
    np.testing.assert_array_equal(trace.layers[0].outputs, trace.layers[0].a * mask)
    np.testing.assert_array_equal(trace.layers[1].inputs, trace.layers[0].outputs)


def test_silenced_units_pass_no_gradient(generator):
    layer = wide(0.5).trace_step(generator.normal(size=(5, 2)), generator.random((5, 1)), SGD(0.1)).layers[0]
    assert (layer.delta[layer.mask == 0.0] == 0.0).all()
    assert (layer.delta[(layer.mask > 0.0) & (layer.a > 0.0)] != 0.0).all()


def test_each_step_draws_anew_and_the_seed_decides(xor):
    masks = [
        [network.trace_step(*xor, SGD(0.0)).layers[0].mask for _ in range(2)] for network in (wide(0.5), wide(0.5))
    ]
    assert (masks[0][0] != masks[0][1]).any()
    np.testing.assert_array_equal(masks[0], masks[1])


def test_answers_are_without_dropout(xor):
    X, Y = xor
    np.testing.assert_array_equal(wide(0.5).forward(X), wide(0.0).forward(X))
    assert wide(0.5).evaluate(X, Y)[0] == wide(0.0).evaluate(X, Y)[0]


def test_it_can_change_between_steps(xor):
    network = wide(0.0)
    assert network.trace_step(*xor, SGD(0.1)).layers[0].mask is None
    network.dropout = 0.5
    assert network.trace_step(*xor, SGD(0.1)).layers[0].mask is not None


def test_without_dropout_no_random_number_is_asked_for(xor):
    network = wide(0.0)
    before = network.generator.bit_generator.state
    network.train(*xor, 3)
    assert network.generator.bit_generator.state == before


def test_networks_of_a_stack_have_masks_of_their_own(xor):
    mask = wide(0.5, stack=3).trace_step(*xor, SGD(0.1)).layers[0].mask
    assert mask.shape == (3, 4, 400)
    assert (mask[0] != mask[1]).any()


@pytest.mark.parametrize("rate", [-0.1, 1.0, float("nan"), "half"])
def test_rates_out_of_range_are_refused(rate):
    with pytest.raises(InputError, match=r"dropout is .*from 0 to below 1"):
        wide(rate)
