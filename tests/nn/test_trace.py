"""A trace says what happened in a step, and the step is the one that training makes."""

import numpy as np
import pytest

from nnplay.errors import DivergedError, InputError
from nnplay.nn import OPTIMIZERS, SGD, Adam, NeuralNetwork, make_optimizer
from nnplay.nn.clipping import gradient_norm


def network(**choices):
    return NeuralNetwork([2, 4, 3, 1], ["tanh", "relu"], seed=2, **choices)


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_a_traced_step_is_the_same_step_to_the_last_bit(xor, name):
    choices = {"batch_norm": True, "dropout": 0.3, "l2": 0.1, "clip_norm": 0.5}
    traced, plain = network(**choices), network(**choices)
    one, other = make_optimizer(name, learning_rate=0.1), make_optimizer(name, learning_rate=0.1)
    for _ in range(3):
        trace = traced.trace_step(*xor, one)
        assert trace.loss == plain.train_step(*xor, other)
    np.testing.assert_array_equal(traced.parameters, plain.parameters)
    np.testing.assert_array_equal(trace.parameters_after, plain.parameters)
    assert trace.step == 3
    assert trace.optimizer_name == name


def test_forward_and_backward_hold_together(xor):
    """Every array follows from the others by the formulas of the tutorial."""
    X, Y = xor
    trace = network(l2=0.1).trace_step(X, Y, SGD(0.5))
    first, second, last = trace.layers
    np.testing.assert_array_equal(first.inputs, X)
    np.testing.assert_array_equal(trace.targets, Y)
    for layer in trace.layers:
        np.testing.assert_allclose(layer.z, layer.inputs @ layer.weights_before + layer.biases_before, rtol=1e-12)
        np.testing.assert_allclose(
            layer.weight_gradient, layer.inputs.T @ layer.delta + 0.1 * layer.weights_before, atol=1e-15
        )
        np.testing.assert_allclose(layer.bias_gradient, layer.delta.sum(axis=0), atol=1e-15)
        np.testing.assert_array_equal(layer.weight_update, 0.5 * layer.weight_gradient)
        np.testing.assert_array_equal(layer.weights_after, layer.weights_before - layer.weight_update)
        np.testing.assert_array_equal(layer.biases_after, layer.biases_before - layer.bias_update)
    np.testing.assert_allclose(first.a, np.tanh(first.z), rtol=1e-14)
    np.testing.assert_array_equal(second.derivative, second.z > 0.0)
    np.testing.assert_array_equal(second.inputs, first.outputs)
    np.testing.assert_allclose(last.delta, (trace.outputs - Y) / 4.0, atol=1e-16)
    for layer, following in ((first, second), (second, last)):
        np.testing.assert_allclose(layer.outputs_gradient, following.delta @ following.weights_before.T, atol=1e-16)
        np.testing.assert_allclose(layer.delta, layer.outputs_gradient * layer.derivative, atol=1e-16)
    np.testing.assert_allclose(trace.outputs, 1.0 / (1.0 + np.exp(-trace.logits)), rtol=1e-13)
    p = trace.outputs
    assert trace.loss == pytest.approx(-(Y * np.log(p) + (1 - Y) * np.log(1 - p)).mean())


def test_batch_norm_holds_together(xor):
    trace = network(batch_norm=True).trace_step(*xor, SGD(0.5))
    layer = trace.layers[0]
    np.testing.assert_allclose(layer.norm.normalized.mean(axis=0), 0.0, atol=1e-12)
    np.testing.assert_allclose(layer.gamma_gradient, (layer.norm.delta * layer.norm.normalized).sum(axis=0), rtol=1e-12)
    np.testing.assert_allclose(layer.beta_gradient, layer.norm.delta.sum(axis=0), rtol=1e-12)
    np.testing.assert_allclose(layer.a, np.tanh(layer.norm.output), rtol=1e-14)
    assert trace.layers[-1].norm is None


def test_the_optimizers_memory_is_told_before_and_after_by_name_and_by_layer(xor):
    made, optimizer = network(), Adam(0.1)
    first = made.trace_step(*xor, optimizer)
    second = made.trace_step(*xor, optimizer)
    assert first.optimizer_before == {}
    np.testing.assert_array_equal(second.optimizer_before["first_moment"], first.optimizer_after["first_moment"])
    np.testing.assert_allclose(first.optimizer_after["first_moment"], 0.1 * first.gradient)
    by_layer = first.optimizer_memory["first_moment"]
    np.testing.assert_allclose(by_layer.weights[1], 0.1 * first.layers[1].weight_gradient)


def test_the_length_of_the_gradient_is_the_one_before_clipping(xor):
    free, clipped = network(), network(clip_norm=0.01)
    plain, cut = free.trace_step(*xor, SGD(0.5)), clipped.trace_step(*xor, SGD(0.5))
    assert cut.gradient_norm == plain.gradient_norm == gradient_norm(plain.gradient)
    assert gradient_norm(cut.gradient) == pytest.approx(0.01)


def test_a_trace_keeps_what_it_holds(xor):
    made = network(batch_norm=True)
    trace = made.trace_step(*xor, SGD(0.5))
    kept = {name: np.copy(getattr(trace.layers[0], name)) for name in ("z", "a", "delta", "weights_after")}
    penalty = trace.penalty
    made.train(*xor, 5)
    made.parameters.fill(0.0)
    for name, array in kept.items():
        np.testing.assert_array_equal(getattr(trace.layers[0], name), array)
    assert trace.penalty == penalty


def test_a_stack_is_traced_with_a_leading_axis(xor):
    trace = network(stack=3).trace_step(*xor, SGD(0.5))
    assert trace.layers[0].z.shape == (3, 4, 4)
    assert trace.layers[1].weights_before.shape == (3, 4, 3)
    assert trace.loss.shape == trace.gradient_norm.shape == (3,)


def test_it_checks_its_input_and_tells_of_divergence(xor):
    X, Y = xor
    with pytest.raises(InputError, match=r"X\[0, 0\] is nan"):
        network().trace_step(X * np.nan, Y, SGD(0.5))
    with pytest.raises(DivergedError):
        network().trace_step(X, Y, SGD(1e308))
