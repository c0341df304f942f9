"""The tutorial's XOR, one step, beside a calculation in plain Python that knows nothing of nnplay."""

import json
import math
from pathlib import Path

import pytest

from nnplay.nn import SGD, NeuralNetwork
from nnplay.training.arithmetic.lines import backward_lines, forward_lines, gradient_lines, loss_lines, update_lines
from nnplay.training.arithmetic.text import line_text

ARTICLE = json.loads((Path(__file__).parents[2] / "reference" / "article_xor.json").read_text())
X = [[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]]
Y = [0.0, 1.0, 1.0, 0.0]
W1, W2 = ARTICLE["initial_weights"]
RATE = ARTICLE["learning_rate"]
UNITS = range(4)


@pytest.fixture(scope="module")
def trace():
    network = NeuralNetwork(ARTICLE["layer_sizes"])
    for weights, start in zip(network.weights, ARTICLE["initial_weights"], strict=True):
        weights[...] = start
    return network.trace_step(X, [[y] for y in Y], SGD(RATE))


def hidden(x):
    return [max(x[0] * W1[0][j] + x[1] * W1[1][j], 0.0) for j in UNITS]


def answer(x):
    return 1.0 / (1.0 + math.exp(-sum(a * W2[j][0] for j, a in enumerate(hidden(x)))))


def values(lines):
    return [line.result.number for line in lines]


def test_the_loss_at_the_start_is_the_tutorials(trace):
    assert line_text(loss_lines(trace, 0)[-1], 4).endswith(" = 0.8147")
    losses = [-math.log(answer(x) if y else 1.0 - answer(x)) for x, y in zip(X, Y, strict=True)]
    assert values(loss_lines(trace, 3)) == pytest.approx([losses[3], sum(losses) / 4], rel=1e-12)


@pytest.mark.parametrize("sample", range(4))
def test_forward(trace, sample):
    x = X[sample]
    for j in UNITS:
        z = x[0] * W1[0][j] + x[1] * W1[1][j]
        assert values(forward_lines(trace, 0, j, sample)) == pytest.approx([z, max(z, 0.0)], rel=1e-12)
    assert values(forward_lines(trace, 1, 0, sample))[-1] == pytest.approx(answer(x), rel=1e-12)


@pytest.mark.parametrize("sample", range(4))
def test_backward(trace, sample):
    x = X[sample]
    error = answer(x) - Y[sample]
    assert values(backward_lines(trace, 1, 0, sample)) == pytest.approx([error], rel=1e-12)
    for j in UNITS:
        slope = 1.0 if x[0] * W1[0][j] + x[1] * W1[1][j] > 0 else 0.0
        assert values(backward_lines(trace, 0, j, sample)) == pytest.approx(
            [slope, slope * W2[j][0] * error], rel=1e-12
        )


def test_gradient_and_update(trace):
    for j in UNITS:
        gradient = sum(hidden(x)[j] * (answer(x) - y) for x, y in zip(X, Y, strict=True)) / 4
        assert values(gradient_lines(trace, 1, j, 0, None)) == pytest.approx([gradient], rel=1e-12)
        new = W2[j][0] - RATE * gradient
        assert values(update_lines(trace, 1, j, 0)) == pytest.approx([gradient, new], rel=1e-12)
