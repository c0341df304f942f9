"""L1 and L2: weights only, apart from the data loss."""

import numpy as np
import pytest

from nnplay.nn import NeuralNetwork


def network(**choices):
    made = NeuralNetwork([2, 3, 1], activation="tanh", batch_norm=True, seed=3, **choices)
    for biases in made.biases:
        biases[...] = 5.0
    return made


def test_the_penalty_is_half_l2_of_squares_and_l1_of_sizes():
    made = network(l1=0.2, l2=0.3)
    weights = np.concatenate([W.ravel() for W in made.weights])
    assert made.penalty() == pytest.approx(0.15 * (weights**2).sum() + 0.2 * np.abs(weights).sum(), rel=1e-14)


def test_without_strength_there_is_none():
    assert network().penalty() == 0.0


def test_of_a_stack_each_network_has_its_own():
    stack = NeuralNetwork([2, 3, 1], seed=3, stack=4, l1=0.1, l2=0.1)
    expected = [stack.member(k).penalty() for k in range(4)]
    np.testing.assert_allclose(stack.penalty(), expected, rtol=1e-14)


@pytest.mark.parametrize(("l1", "l2"), [(0.2, 0.0), (0.0, 0.3), (0.2, 0.3)])
def test_gradients_of_weights_carry_it_and_the_loss_does_not(xor, l1, l2):
    made = network()
    made.weights[0][0, 0] = 0.0
    plain = made.gradients(*xor)
    made.l1, made.l2 = l1, l2
    loss, weight_gradients, bias_gradients = made.gradients(*xor)
    assert loss == plain[0]
    for W, g, before in zip(made.weights, weight_gradients, plain[1], strict=True):
        np.testing.assert_allclose(g - before, l2 * W + l1 * np.sign(W), atol=1e-15)
    for g, before in zip(bias_gradients, plain[2], strict=True):
        np.testing.assert_array_equal(g, before)


def test_gammas_and_betas_are_free_of_it(xor):
    made = network(l1=1.0, l2=1.0)
    made.gradients(*xor)
    with_penalty = [array.copy() for array in (*made.gradient_views.gammas, *made.gradient_views.betas)]
    made.l1 = made.l2 = 0.0
    made.gradients(*xor)
    for own, other in zip(with_penalty, (*made.gradient_views.gammas, *made.gradient_views.betas), strict=True):
        np.testing.assert_array_equal(own, other)
