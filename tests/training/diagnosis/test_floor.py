"""The floor: against networks of one layer that are trained for long, against known values, and at the edges."""

import math

import numpy as np
import pytest

from nnplay.nn import NeuralNetwork
from nnplay.training.diagnosis import floor
from nnplay.training.diagnosis.floor import least_loss, scaled_columns

BINARY, SOFTMAX, SQUARES = "binary_cross_entropy", "categorical_cross_entropy", "mean_squared_error"


def hidden(samples: int = 120, units: int = 5, seed: int = 3) -> np.ndarray:
    """What a ReLU layer might output: of several scales, and a unit that says nothing."""
    generator = np.random.default_rng(seed)
    values = np.maximum(generator.normal(size=(samples, units)), 0.0) * 10.0 ** np.arange(units)
    values[:, 0] = 0.0
    return values


def targets(loss: str, samples: int = 120, outputs: int = 2, seed: int = 4) -> np.ndarray:
    """Of which hidden outputs tell nothing, so that the least loss isn't 0."""
    generator = np.random.default_rng(seed)
    if loss == BINARY:
        return (generator.random((samples, outputs)) < 0.4).astype(float)
    if loss == SOFTMAX:
        return np.eye(3)[generator.integers(0, 3, samples)]
    return generator.normal(size=(samples, outputs))


@pytest.mark.parametrize("loss", [BINARY, SOFTMAX, SQUARES])
@pytest.mark.parametrize("weighted", [False, True])
def test_no_network_of_one_layer_comes_lower_and_a_long_training_as_low(loss: str, weighted: bool) -> None:
    A, Y = hidden(), targets(loss)
    weights = np.random.default_rng(5).random(len(A)) * 2.0 if weighted else None
    best = least_loss(A, Y, loss, weights)
    assert best is not None
    X = scaled_columns(A)[:, :-1]
    network = NeuralNetwork([X.shape[1], Y.shape[1]], loss=loss, seed=1)
    network.train(X, Y, 4000, 0.3, sample_weights=weights)
    trained = network.evaluate(X, Y, weights)[0]
    assert best.loss <= trained + 1e-9
    assert best.loss == pytest.approx(trained, rel=1e-5)
    assert best.outputs == pytest.approx(network.forward(X), abs=1e-2)


def test_conjugate_gradients_find_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    exact = least_loss(hidden(), targets(SOFTMAX), SOFTMAX)
    monkeypatch.setattr(floor, "EXACT_SIZE", 0)
    near = least_loss(hidden(), targets(SOFTMAX), SOFTMAX)
    assert exact is not None
    assert near is not None
    assert near.loss == pytest.approx(exact.loss, rel=1e-6)


@pytest.mark.parametrize(
    ("outputs", "loss"),
    [
        ([[0, 0], [1, 0], [0, 1], [0, 0]], 0.0),  # the two of class 0 are merged, and no harm
        ([[0, 0], [0, 0], [1, 0], [0, 1]], 0.5 * math.log(2)),
        ([[0, 0], [0, 0], [0, 0], [1, 0]], 0.75 * math.log(3) - 0.5 * math.log(2)),
        ([[1, 2], [1, 2], [1, 2], [1, 2]], math.log(2)),
        ([[0, 0], [0, 1], [1, 0], [1, 1]], math.log(2)),  # no two are merged, and no line parts them
    ],
)
def test_where_points_of_xor_are_merged_the_floor_is_that_of_the_plateaus(outputs: list, loss: float) -> None:
    best = least_loss(np.array(outputs, float), np.array([[0.0], [1.0], [1.0], [0.0]]), BINARY)
    assert best is not None
    assert best.loss == pytest.approx(loss, abs=1e-3)


@pytest.mark.parametrize("loss", [BINARY, SOFTMAX])
def test_classes_that_a_line_parts_have_a_floor_near_0(loss: str) -> None:
    A = hidden()
    own = (A[:, 2] > 30.0).astype(int)
    best = least_loss(A, np.eye(2)[own] if loss == SOFTMAX else own[:, None].astype(float), loss)
    assert best is not None
    assert 0.0 <= best.loss < 0.01


@pytest.mark.parametrize("loss", [BINARY, SOFTMAX, SQUARES])
def test_one_class_alone_costs_nothing(loss: str) -> None:
    Y = np.tile([1.0, 0.0] if loss == SOFTMAX else [1.0], (120, 1))
    best = least_loss(hidden(), Y, loss)
    assert best is not None
    assert best.loss == pytest.approx(0.0, abs=1e-3)


@pytest.mark.parametrize("loss", [BINARY, SOFTMAX, SQUARES])
@pytest.mark.parametrize("scale", [1e300, 1e-300])
def test_the_scale_of_a_layer_doesnt_matter(loss: str, scale: float) -> None:
    values = hidden(units=3)
    usual, scaled = (least_loss(each, targets(loss), loss) for each in (values, values * scale))
    assert usual is not None
    assert scaled is not None
    assert scaled.loss == pytest.approx(usual.loss, rel=1e-6)


def test_without_hidden_outputs_that_vary_the_floor_is_that_of_one_answer() -> None:
    Y = targets(BINARY, outputs=1)
    share = Y.mean()
    best = least_loss(np.full((120, 3), 7.0), Y, BINARY)
    assert best is not None
    assert best.loss == pytest.approx(-share * math.log(share) - (1 - share) * math.log(1 - share), rel=1e-6)


def test_what_has_no_floor_gets_none() -> None:
    assert least_loss(np.empty((0, 3)), np.empty((0, 1)), BINARY) is None
    assert least_loss(np.full((4, 2), np.nan), np.zeros((4, 1)), BINARY) is None
    assert least_loss(hidden(), targets(SQUARES), "another_loss") is None
