"""The confusion matrix by counting."""

import numpy as np
import pytest

from nnplay.data import Table
from nnplay.nn import accuracy
from nnplay.training.edits import with_table
from nnplay.training.experiment import Experiment
from nnplay.training.prepared import PreparedData
from nnplay.training.probes.confusion import ConfusionProbe
from nnplay.training.trainer import Trainer
from tests.training.probes.runs import CIRCLES, REGRESSION, measured, preset, replace


@pytest.mark.parametrize("sample_set", ["training", "test"])
@pytest.mark.parametrize("name", ["circles", "spirals"])
def test_confusion_by_counting(name: str, sample_set: str):
    experiment = preset(name)
    if name == "spirals":
        data = replace(experiment.data, classes=4, train_share=0.7)
        experiment = replace(experiment, data=data, model=replace(experiment.model, loss="categorical_cross_entropy"))
    trainer = Trainer(experiment)
    for _ in range(5):
        trainer.run_epoch()
    found = measured(trainer, ConfusionProbe(sample_set))
    prepared = trainer.prepared
    indices = prepared.train if sample_set == "training" else prepared.test
    X = prepared.X_train if sample_set == "training" else prepared.X_test
    outputs = trainer.network.forward(X)
    answers = outputs.argmax(axis=1) if outputs.shape[1] > 1 else (outputs[:, 0] > 0.5).astype(int)
    labels = prepared.table.labels[indices]
    expected = np.zeros_like(found.counts)
    for label, answer in zip(labels, answers, strict=True):
        expected[label, answer] += 1
    np.testing.assert_array_equal(found.counts, expected)
    assert found.samples == found.of == len(indices)


def test_the_diagonal_is_the_accuracy():
    trainer = Trainer(CIRCLES)
    trainer.run_epoch()
    found = measured(trainer, ConfusionProbe("test"))
    prepared: PreparedData = trainer.prepared
    right = accuracy(trainer.network.forward(prepared.X_test), prepared.Y_test)
    assert found.counts.trace() / found.samples == right


def test_what_can_not_be_measured_is_none():
    assert measured(Trainer(REGRESSION), ConfusionProbe("training")) is None
    everything_trains = replace(CIRCLES, data=replace(CIRCLES.data, train_share=1.0))
    assert measured(Trainer(everything_trains), ConfusionProbe("test")) is None


def test_64_classes_are_split_alike_and_counted():
    inputs = np.random.default_rng(0).normal(size=(640, 3))
    table = Table(inputs, np.arange(640.0) % 64)
    trainer = Trainer(with_table(Experiment(), table))
    prepared = trainer.prepared
    assert np.bincount(prepared.table.labels[prepared.train], minlength=64).tolist() == [8] * 64
    counts = measured(trainer, ConfusionProbe("test")).counts
    assert counts.shape == (64, 64)
    assert counts.sum(axis=1).tolist() == [2] * 64
