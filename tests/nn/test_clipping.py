"""Clipping keeps the direction of a gradient and bounds its length."""

import numpy as np
import pytest

from nnplay.nn import SGD, NeuralNetwork
from nnplay.nn.clipping import clip_by_norm, gradient_norm


def test_a_long_gradient_is_cut_to_the_limit():
    gradient = np.array([3.0, -4.0])
    assert clip_by_norm(gradient, 0.5) == 5.0
    np.testing.assert_allclose(gradient, [0.3, -0.4])


def test_a_short_one_stays_as_it_is_to_the_last_bit():
    gradient = np.array([0.3, -0.1])
    clip_by_norm(gradient, 0.5)
    np.testing.assert_array_equal(gradient, [0.3, -0.1])


def test_zero_stays_zero():
    gradient = np.zeros(3)
    clip_by_norm(gradient, 0.5)
    np.testing.assert_array_equal(gradient, 0.0)


def test_networks_of_a_stack_are_cut_each_by_its_own_length():
    gradients = np.array([[3.0, -4.0], [0.3, 0.4]])
    np.testing.assert_allclose(clip_by_norm(gradients, 1.0), [5.0, 0.5])
    np.testing.assert_allclose(gradients, [[0.6, -0.8], [0.3, 0.4]])


def test_precision_is_kept():
    gradient = np.array([3.0, -4.0], np.float32)
    clip_by_norm(gradient, 0.5)
    assert gradient.dtype == np.float32


def test_a_step_uses_the_clipped_gradient(xor):
    network = NeuralNetwork([2, 4, 1], seed=1, clip_norm=1e-3)
    before = network.parameters.copy()
    network.train_step(*xor, SGD(1.0))
    assert gradient_norm(network.gradient) == pytest.approx(1e-3)
    assert np.linalg.norm(network.parameters - before) == pytest.approx(1e-3)


def test_gradients_are_those_of_the_loss_and_not_clipped(xor):
    network = NeuralNetwork([2, 4, 1], seed=1, clip_norm=1e-3)
    network.gradients(*xor)
    assert gradient_norm(network.gradient) > 1e-2
