"""Squared errors of sigmoid and softmax outputs: their slope, and why cross-entropy learns where they don't."""

import copy
import pickle

import numpy as np
import pytest

from nnplay.errors import InputError
from nnplay.nn import OUTPUTS, SGD, NeuralNetwork, check_gradients


def network(output: str, **choices: object) -> NeuralNetwork:
    made = NeuralNetwork([3, 5, 3], "tanh", "mean_squared_error", output=output, seed=4, **choices)
    for biases in made.biases:
        biases[...] = 0.3
    return made


def samples(count: int = 9) -> tuple[np.ndarray, np.ndarray]:
    generator = np.random.default_rng(2)
    return generator.normal(size=(count, 3)), np.eye(3)[generator.integers(0, 3, count)]


@pytest.mark.parametrize(("loss", "answer"), [("mean_squared_error", 0.976), ("binary_cross_entropy", 0.099)])
def test_a_unit_that_is_sure_and_wrong_learns_by_cross_entropy(loss: str, answer: float) -> None:
    unit = NeuralNetwork([1, 1], loss=loss, output="sigmoid")
    unit.parameters[...] = 2.0
    unit.train([[1.0]], [[0.0]], epochs=50, learning_rate=0.15)
    assert unit.forward([[1.0]]).item() == pytest.approx(answer, abs=0.0005)


@pytest.mark.parametrize("output", OUTPUTS)
@pytest.mark.parametrize("weighted", [False, True])
def test_its_gradient_is_that_of_central_differences(output: str, weighted: bool) -> None:
    weights = np.linspace(0.2, 2.0, 9) if weighted else None
    checked = check_gradients(network(output, l2=0.1), *samples(), sample_weights=weights)
    assert checked.worst_error < 1e-7


@pytest.mark.parametrize("output", OUTPUTS)
def test_the_loss_is_half_the_mean_of_the_squares(output: str) -> None:
    made, (X, Y) = network(output), samples()
    loss, outputs = made.evaluate(X, Y)
    assert loss == pytest.approx(0.5 * np.square(outputs - Y).mean())
    assert ((outputs > 0.0) & (outputs < 1.0)).all()
    assert (np.allclose(outputs.sum(axis=1), 1.0)) is (output == "softmax")


def test_two_softmax_outputs_are_one_sigmoid_output() -> None:
    """p of softmax is σ(z₁ − z₂), and both outputs have the same error, so that their mean is that of one."""
    z, y = np.array([[1.3], [-40.0], [0.2]]), np.array([[0.0], [1.0], [1.0]])
    one, two = OUTPUTS["sigmoid"](), OUTPUTS["softmax"]()
    terms, delta = np.empty_like(z), np.empty_like(z)
    one.measure(z, y, terms, delta)
    both, deltas = np.empty((3, 2)), np.empty((3, 2))
    two.measure(np.hstack([z, np.zeros_like(z)]), np.hstack([y, 1.0 - y]), both, deltas)
    assert both == pytest.approx(np.hstack([terms, terms]))
    assert deltas[:, :1] == pytest.approx(2.0 * delta, rel=1e-9)


def test_far_from_0_no_number_overflows() -> None:
    for output, kind in OUTPUTS.items():
        z = np.array([[800.0, -800.0], [-1e300, 1e300]])
        terms, delta = np.empty_like(z), np.empty_like(z)
        kind().measure(z, np.array([[0.0, 1.0], [1.0, 0.0]]), terms, delta)
        assert (terms == 0.5).all(), output
        assert delta == pytest.approx(0.0), output


@pytest.mark.parametrize("output", OUTPUTS)
def test_copies_stacks_and_traces_have_the_same_outputs(output: str) -> None:
    made, (X, Y) = network(output), samples()
    expected = made.forward(X)
    for other in (made.copy(), copy.deepcopy(made), pickle.loads(pickle.dumps(made))):
        assert np.array_equal(other.forward(X), expected)
    assert made.copy(dtype="float32").forward(X) == pytest.approx(expected, abs=1e-6)
    trace = made.trace_step(X, Y, SGD(0.1))
    assert trace.layers[-1].activation == output
    stack = NeuralNetwork([3, 5, 3], "tanh", "mean_squared_error", output=output, seed=4, stack=2)
    assert stack.member(1).output == output
    alone = stack.member(1).gradients(X, Y)
    assert stack.gradients(X, Y)[1][0][1] == pytest.approx(alone[1][0])


@pytest.mark.parametrize("output", OUTPUTS)
def test_targets_beyond_0_and_1_are_refused(output: str) -> None:
    X, Y = samples()
    with pytest.raises(InputError, match="mean_squared_error"):
        network(output).train(X, 2.0 * Y, epochs=1, learning_rate=0.1)
    with pytest.raises(InputError, match="output"):
        NeuralNetwork([3, 3], loss="mean_squared_error", output="tanh")
