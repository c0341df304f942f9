"""The size of the gradients against plain NumPy."""

import math

import numpy as np
import pytest

from nnplay.training.edits import with_value
from nnplay.training.observer import Observer
from nnplay.training.probes.gradients import GradientsProbe, root_mean_square
from nnplay.training.probes.samples import MOST_SAMPLES
from nnplay.training.trainer import Trainer
from tests.training.probes.runs import CIRCLES, WILD, measured, preset, replace, trained


def plain_backpropagation(trainer: Trainer) -> list[np.ndarray]:
    """∂/∂W of the mean binary cross-entropy plus penalty for a tanh and a ReLU layer, written out."""
    (W1, W2, W3), (b1, b2, b3) = trainer.network.weights, trainer.network.biases
    X, Y = trainer.prepared.X_train, trainer.prepared.Y_train
    a1 = np.tanh(X @ W1 + b1)
    z2 = a1 @ W2 + b2
    a2 = np.maximum(z2, 0)
    delta3 = (1 / (1 + np.exp(-(a2 @ W3 + b3))) - Y) / len(X)
    delta2 = delta3 @ W3.T * (z2 > 0)
    delta1 = delta2 @ W2.T * (1 - a1**2)
    data = [X.T @ delta1, a1.T @ delta2, a2.T @ delta3]
    training = trainer.experiment.training
    pairs = zip(data, (W1, W2, W3), strict=True)
    return [gradient + training.l2 * W + training.l1 * np.sign(W) for gradient, W in pairs]


def test_gradients_are_those_of_plain_backpropagation():
    trainer = Trainer(CIRCLES)
    for _ in range(3):
        trainer.run_epoch()
    found = measured(trainer, GradientsProbe())
    expected = [np.sqrt(np.mean(gradient**2)) for gradient in plain_backpropagation(trainer)]
    np.testing.assert_allclose(found.sizes, expected, rtol=1e-12)
    assert (found.samples, found.of) == (60, 60)


def test_dropout_is_left_out():
    trainer = trained(WILD)
    copy = trainer.network.copy()
    copy.dropout = 0.0
    _, gradients, _ = copy.gradients(trainer.prepared.X_train, trainer.prepared.Y_train)
    expected = [np.sqrt(np.mean(gradient**2)) for gradient in gradients]
    np.testing.assert_allclose(measured(trainer, GradientsProbe()).sizes, expected, rtol=1e-12)


def test_ten_sigmoid_layers_let_the_gradient_vanish():
    sizes = measured(Trainer(preset("ten_sigmoid_layers")), GradientsProbe()).sizes
    assert len(sizes) == 11
    assert 0 < sizes[0] < 1e-4 * sizes[-1]


def test_zero_weights_have_a_gradient_of_exactly_zero():
    sizes = measured(Trainer(preset("zeros_as_weights")), GradientsProbe()).sizes
    assert (sizes[:-1] == 0).all()


def test_many_samples_are_thinned_evenly():
    trainer = Trainer(replace(preset("digits"), data=replace(preset("digits").data, samples=1000)))
    found = measured(trainer, GradientsProbe())
    assert (found.samples, found.of) == (MOST_SAMPLES, len(trainer.prepared.X_train))
    places = np.linspace(0, found.of - 1, MOST_SAMPLES).astype(int)
    copy = trainer.network.copy()
    _, gradients, _ = copy.gradients(trainer.prepared.X_train[places], trainer.prepared.Y_train[places])
    np.testing.assert_allclose(found.sizes, [np.sqrt(np.mean(g**2)) for g in gradients], rtol=1e-10)


@pytest.mark.parametrize("scale", [1e-200, 1e-170, 1.0, 1e200])
def test_the_root_mean_square_of_tiny_and_of_huge_numbers(scale: float):
    assert root_mean_square(scale * np.array([3.0, -4.0])) == pytest.approx(scale * math.sqrt(12.5), rel=1e-12)


def test_the_root_mean_square_of_no_number():
    assert root_mean_square(np.zeros(3)) == 0.0
    assert math.isnan(root_mean_square(np.array([1.0, math.nan])))
    assert root_mean_square(np.array([1.0, -math.inf])) == math.inf


def test_balanced_classes_have_the_gradient_that_they_are_trained_with():
    trainer = Trainer(CIRCLES)
    observer, probe = Observer(trainer), GradientsProbe()
    before = observer.snapshot(frozenset({probe})).answer(probe)
    trainer.apply(with_value(CIRCLES, "training.class_weights", "balanced"), trainer.prepared)
    after = observer.snapshot(frozenset({probe})).answer(probe)
    network, prepared = trainer.network.copy(), trainer.prepared
    network.dropout = 0.0
    _, weights, _ = network.gradients(prepared.X_train, prepared.Y_train, trainer.sample_weights)
    np.testing.assert_allclose(after.sizes, [root_mean_square(gradient) for gradient in weights])
    counts = np.bincount(prepared.table.labels[prepared.train])
    assert (counts[0] == counts[1]) == np.allclose(before.sizes, after.sizes)
