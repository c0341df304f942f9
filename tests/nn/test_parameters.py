"""The flat vector and its views."""

import numpy as np
import pytest

from nnplay.nn import NeuralNetwork
from nnplay.nn.parameters import ParameterLayout


@pytest.mark.parametrize("stack", [None, 3])
def test_views_cover_the_vector_and_write_into_it(stack):
    network = NeuralNetwork([3, 4, 5, 2], batch_norm=True, stack=stack, seed=0)
    views = [*network.weights, *network.biases, *network.gammas, *network.betas]
    network.parameters.fill(0.0)
    for number, view in enumerate(views, start=1):
        assert np.shares_memory(view, network.parameters)
        assert (view == 0.0).all(), "no two views overlap"
        view[...] = number
    assert (network.parameters > 0.0).all()
    assert network.parameters.shape[-1] == 3 * 4 + 4 + 4 * 5 + 5 + 5 * 2 + 2 + 2 * (4 + 5)


@pytest.mark.parametrize("stack", [None, 3])
def test_shapes_are_samples_first(stack):
    lead = () if stack is None else (stack,)
    network = NeuralNetwork([3, 4, 2], batch_norm=True, stack=stack)
    assert [W.shape for W in network.weights] == [(*lead, 3, 4), (*lead, 4, 2)]
    assert [b.shape for b in network.biases] == [(*lead, 4), (*lead, 2)]
    assert network.gammas[0].shape == network.running_variances[0].shape == (*lead, 4)
    assert network.forward(np.ones((7, 3))).shape == (*lead, 7, 2)


def test_names_say_where_a_parameter_is():
    network = NeuralNetwork([3, 4, 2], batch_norm=True, seed=0)
    arrays = {"weights": network.weights, "biases": network.biases, "gammas": network.gammas, "betas": network.betas}
    for index in range(network.parameters.size):
        network.parameters[index] = 1000.0
        assert eval(network.layout.name(index), {}, arrays) == 1000.0
        network.parameters[index] = 0.0


def test_the_mask_marks_the_weights():
    layout = ParameterLayout((3, 4, 2), batch_norm=True)
    mask = layout.weight_mask(np.float64)
    assert mask.sum() == 3 * 4 + 4 * 2
    assert all((W == 1.0).all() for W in layout.views(mask).weights)
