"""Backpropagation against central differences, on networks drawn at random."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from nnplay.errors import InputError
from nnplay.nn import ACTIVATIONS, LOSSES, SGD, NeuralNetwork, check_gradients, compare_gradients
from nnplay.nn.gradient_check import AT_ZERO, COMPARED

BOUND = 1e-6
BOUND_AT_RANDOM = 1e-5
"""Some of the networks that are drawn have a loss so large that its rounding alone is more than a millionth."""
LEAST_VARIANCE = 1e-4


@st.composite
def networks(draw):
    """A network of 0 to 4 hidden layers of 1 to 8 units, and samples for it.

    Biases and betas are drawn too, as kinks at exactly 0 are common otherwise. No bound is loosened for kinks:
    `check_gradients` leaves a parameter out only if a kink is crossed. A batch norm over nearly equal values bends
    the loss too much for differences with h = 1e-5 (its slope goes as 1/σ), so such draws are not taken.
    """
    hidden = draw(st.lists(st.integers(1, 8), max_size=4))
    sizes = [draw(st.integers(1, 4)), *hidden, draw(st.integers(1, 4))]
    activations = [draw(st.sampled_from(sorted(ACTIVATIONS))) for _ in hidden]
    network = NeuralNetwork(
        sizes,
        activations,
        loss=draw(st.sampled_from(sorted(LOSSES))),
        initializer="xavier_normal",
        batch_norm=draw(st.booleans()),
        l1=draw(st.sampled_from([0.0, 0.02])),
        l2=draw(st.sampled_from([0.0, 0.3])),
        seed=draw(st.integers(0, 2**32 - 1)),
    )
    generator = network.generator
    for shift in (*network.biases, *network.betas):
        shift[...] = generator.normal(0.0, 0.3, shift.shape)
    for gamma in network.gammas:
        gamma[...] = generator.normal(1.0, 0.2, gamma.shape)
    samples = draw(st.integers(6, 16))
    X, Y = generator.normal(size=(samples, sizes[0])), targets(network, samples)
    assume(smallest_variance(network, X, Y) > LEAST_VARIANCE)
    return network, X, Y


def smallest_variance(network, X, Y):
    """Of the pre-activations of any unit with batch norm over the batch."""
    layers = network.copy().trace_step(X, Y, SGD(0.0)).layers
    return min((layer.norm.variance.min() for layer in layers if layer.norm is not None), default=np.inf)


def targets(network, samples):
    outputs, generator = network.layer_sizes[-1], network.generator
    if network.loss_name == "categorical_cross_entropy":
        return generator.dirichlet(np.ones(outputs), samples)
    if network.loss_name == "binary_cross_entropy":
        return generator.random((samples, outputs))
    return generator.normal(size=(samples, outputs))


@settings(max_examples=80, deadline=None)
@given(networks())
def test_every_gradient_is_the_slope_of_the_loss(drawn):
    network, X, Y = drawn
    check = check_gradients(network, X, Y)
    assert check.worst_error < BOUND_AT_RANDOM, check
    assert check.checked + check.skipped == network.parameters.size
    assert check.skipped <= 0.25 * network.parameters.size + 1, check


@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_every_activation_with_every_loss_and_everything_on(generator, activation, loss):
    network = NeuralNetwork([3, 6, 5, 3], activation, loss, batch_norm=True, l1=0.02, l2=0.3, seed=11)
    check = check_gradients(network, generator.normal(size=(20, 3)), targets(network, 20))
    assert check.worst_error < BOUND, check
    assert check.checked >= network.parameters.size - 2


@pytest.mark.parametrize("field", ["weights", "biases", "gammas", "betas"])
def test_a_wrong_gradient_is_found_and_named(generator, monkeypatch, field):
    """One number of one gradient array is made a little wrong."""
    network = NeuralNetwork([2, 4, 4, 1], "tanh", batch_norm=True, seed=0)
    fill = NeuralNetwork.training_loss

    def wrong(self, X, Y, weights):
        loss = fill(self, X, Y, weights)
        array = getattr(self.gradient_views, field)[1]
        array[(1,) * array.ndim] += 1e-4
        return loss

    monkeypatch.setattr(NeuralNetwork, "training_loss", wrong)
    check = check_gradients(network, generator.normal(size=(9, 2)), generator.random((9, 1)))
    assert check.worst_error > 1e-4
    assert check.parameter == f"{field}[1][{'1, 1' if field == 'weights' else '1'}]"
    assert check.gradient == pytest.approx(check.difference + 1e-4, abs=1e-8)


def test_parameters_on_a_kink_are_skipped_and_counted(xor):
    """The tutorial's start has biases at exactly 0, and a point at (0, 0): that pre-activation is on the kink."""
    network = NeuralNetwork([2, 4, 1], seed=0)
    check = check_gradients(network, *xor)
    assert check.worst_error < BOUND
    assert check.skipped >= 4
    smooth = check_gradients(NeuralNetwork([2, 4, 1], "tanh", seed=0), *xor)
    assert smooth.skipped == 0


def test_steps_have_no_gradient_but_the_penaltys(generator):
    network = NeuralNetwork([2, 4, 1], "step", l2=0.3, seed=0)
    X, Y = generator.normal(size=(20, 2)), generator.random((20, 1))
    check = check_gradients(network, X, Y)
    assert check.worst_error < BOUND
    assert (check.checked, check.skipped) == (17, 0)
    _, weights, biases = network.gradients(X, Y)
    np.testing.assert_array_equal(weights[0], 0.3 * network.weights[0])
    assert (biases[0] == 0.0).all()
    assert (biases[1] != 0.0).all()


def test_a_parameter_that_moves_a_unit_over_its_jump_is_skipped():
    """The difference would be the whole height of the jump over 2h, where the derivative is 0."""
    network = NeuralNetwork([1, 1, 1], "step", seed=0)
    network.weights[0][...], network.weights[1][...] = 1.0, 2.0
    X, Y = np.array([[-1.0], [1e-7], [1.0]]), np.array([[0.0], [1.0], [1.0]])
    network.biases[0][...] = 0.0
    check = check_gradients(network, X, Y)
    assert (check.skipped, check.checked) == (1, 3)  # the first bias; the first weight moves that sample by 1e-12
    assert check.worst_error < BOUND


def test_weights_at_zero_are_skipped_under_l1(xor):
    network = NeuralNetwork([2, 4, 1], "tanh", l1=0.1, seed=0)
    network.weights[0][1, 2] = 0.0
    check = check_gradients(network, *xor)
    assert (check.skipped, check.checked) == (1, 16)
    assert check.worst_error < BOUND


def test_the_network_is_left_as_it_was(xor):
    network = NeuralNetwork([2, 4, 1], "tanh", batch_norm=True, dropout=0.5, dtype="float32", seed=0)
    before, gradient = network.state(), network.gradient.copy()
    check = check_gradients(network, *xor)
    after = network.state()
    assert check.worst_error < BOUND
    assert network.dropout == 0.5
    np.testing.assert_array_equal(before.parameters, after.parameters)
    np.testing.assert_array_equal(before.running_means, after.running_means)
    np.testing.assert_array_equal(network.gradient, gradient)
    assert before.generator == after.generator


def test_some_parameters_are_enough_where_there_are_many(xor):
    check = check_gradients(NeuralNetwork([2, 4, 1], "tanh", seed=0), *xor, parameters=[0, 5])
    assert check.checked == 2
    assert check.index in (0, 5)


def test_a_unit_that_is_off_is_off_in_the_check_too(xor):
    network = NeuralNetwork([2, 4, 1], "tanh", seed=0)
    network.set_unit_enabled(0, 2, False)
    check = check_gradients(network, *xor)
    assert check.worst_error < BOUND


def test_a_stack_is_checked_by_its_members(xor):
    stack = NeuralNetwork([2, 4, 1], "tanh", seed=0, stack=2)
    with pytest.raises(InputError, match="network is 'a stack of 2'"):
        check_gradients(stack, *xor)
    assert check_gradients(stack.member(1), *xor).worst_error < BOUND


def test_all_that_is_compared_can_be_had(xor):
    network = NeuralNetwork([2, 4, 1], seed=0)
    told = []
    found = compare_gradients(network, *xor, progress=lambda done, total: told.append((done, total)))
    check = check_gradients(network, *xor)
    assert told == [(done, 17) for done in range(1, 18)]
    np.testing.assert_array_equal(found.places, np.arange(17))
    assert (int(found.compared.sum()), int((~found.compared).sum())) == (check.checked, check.skipped)
    assert np.nanmax(found.errors) == check.worst_error
    network.gradients(*xor)
    np.testing.assert_array_equal(found.gradients, network.gradient)
    np.testing.assert_allclose(found.differences[found.compared], found.gradients[found.compared], atol=1e-9)
    assert np.isnan(found.differences[~found.compared]).all()


def test_what_is_skipped_names_its_kink(xor):
    network = NeuralNetwork([2, 3, 4, 1], ["tanh", "relu"], l1=0.1, seed=0)
    network.weights[0][1, 2] = 0.0
    network.weights[1][...] = 0.0
    found = compare_gradients(network, *xor)
    layout = network.layout
    reasons = {layout.name(place): kink for place, kink in zip(found.places, found.kinks, strict=True)}
    assert reasons["weights[0][1, 2]"] == AT_ZERO
    assert reasons["biases[1][0]"] == 1
    assert reasons["biases[2][0]"] == COMPARED


def test_rows_are_taken_in_any_order(xor):
    found = compare_gradients(NeuralNetwork([2, 4, 1], "tanh", seed=0), *xor)
    some = found.taken(np.array([5, 2]))
    np.testing.assert_array_equal(some.places, [5, 2])
    np.testing.assert_array_equal(some.errors, found.errors[[5, 2]])
