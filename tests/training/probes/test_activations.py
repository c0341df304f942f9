"""What the hidden layers output, against plain NumPy."""

import math

import numpy as np
import pytest

from nnplay.training.experiment import HiddenLayer
from nnplay.training.probes.activations import BINS, ActivationsProbe, layer_activations
from nnplay.training.ranges import GrowingEnd
from nnplay.training.trainer import Trainer
from tests.training.probes.runs import CIRCLES, measured, replace


def test_activations_against_plain_numpy():
    trainer = Trainer(CIRCLES)
    found = measured(trainer, ActivationsProbe())
    (W1, W2, _), (b1, b2, _) = trainer.network.weights, trainer.network.biases
    a1 = np.tanh(trainer.prepared.X_train @ W1 + b1)
    a2 = np.maximum(a1 @ W2 + b2, 0)
    first, second = found.layers
    assert (first.mean, first.standard_deviation) == pytest.approx((a1.mean(), a1.std()), rel=1e-12)
    assert (second.mean, second.standard_deviation) == pytest.approx((a2.mean(), a2.std()), rel=1e-12)
    assert first.saturated == np.mean(np.abs(a1) > 0.96)
    assert first.dead is None
    assert second.dead == int((a2 == 0).all(axis=0).sum())
    assert second.saturated is None
    for layer, answers in ((first, a1), (second, a2)):
        np.testing.assert_array_equal(layer.counts, np.histogram(answers, BINS, found.span)[0])
        assert layer.counts.sum() == answers.size


def test_units_that_are_off_do_not_count():
    trainer = Trainer(CIRCLES)
    trainer.network.set_unit_enabled(0, 2, False)
    layer = measured(trainer, ActivationsProbe()).layers[0]
    assert layer.units == 4
    assert layer.counts.sum() == 4 * 60
    for unit in range(5):
        trainer.network.set_unit_enabled(0, unit, False)
    layer = measured(trainer, ActivationsProbe()).layers[0]
    assert layer.units == 0
    assert math.isnan(layer.mean)


@pytest.mark.parametrize(
    ("activation", "answers", "saturated", "dead"),
    [
        ("sigmoid", [[0.01, 0.5], [0.99, 0.979]], 0.5, None),
        ("tanh", [[-0.97, 0.0], [0.95, 0.99]], 0.5, None),
        ("elu", [[-0.99, 5.0], [-0.5, 80.0]], 0.25, None),
        ("relu", [[0.0, 0.0], [0.0, 2.0]], None, 1),
        ("silu", [[-1e-9, -0.2], [0.0, 2.0]], None, 1),
        ("leaky_relu", [[-0.01, 0.0], [0.0, 0.0]], None, None),
        ("identity", [[0.0, 0.0], [0.0, 0.0]], None, None),
    ],
)
def test_what_counts_as_saturated_and_as_dead(
    activation: str, answers: list[list[float]], saturated: float | None, dead: int | None
):
    layer = layer_activations(activation, np.array(answers), (-1.0, 1.0))
    assert (layer.saturated, layer.dead) == (saturated, dead)
    assert layer.counts.sum() == 4


def test_the_span_is_the_bounds_where_there_are_two_and_rests_otherwise():
    tanh = replace(CIRCLES, model=replace(CIRCLES.model, hidden_layers=(HiddenLayer(units=3, activation="tanh"),)))
    assert measured(Trainer(tanh), ActivationsProbe()).span == (-1.0, 1.0)
    end = GrowingEnd()
    assert [end.fit(needed) for needed in (0.7, 0.9, 1.1, 0.8, 2.5, 0.5, math.inf, 0.0)] == [1, 1, 2, 2, 3, 0.5, 0.5, 0]


def test_no_hidden_layer_has_no_activations():
    flat = replace(CIRCLES, model=replace(CIRCLES.model, hidden_layers=()))
    assert measured(Trainer(flat), ActivationsProbe()).layers == ()
