"""Every preset shows what its name promises, trained as its file says."""

from pathlib import Path

import msgspec
import numpy as np
import pytest

from nnplay.errors import DivergedError
from nnplay.experiments import read_document
from nnplay.training.trainer import Trainer

replace = msgspec.structs.replace
PRESETS = Path(__file__).parents[2] / "resources" / "presets"


def trainer_of(name: str) -> Trainer:
    document = read_document(PRESETS / f"{name}.nnplay")
    assert document.run is None
    return Trainer(document.experiment)


def trained(name: str) -> Trainer:
    trainer = trainer_of(name)
    for _ in range(trainer.experiment.training.epochs):
        trainer.run_epoch()
    return trainer


@pytest.mark.parametrize("name", ["circles", "spirals"])
def test_it_is_learnt(name: str):
    figures = trained(name).figures
    assert figures.test is not None
    assert figures.test.accuracy is not None
    assert figures.test.accuracy >= 0.95


def test_too_large_a_rate_diverges_within_some_epochs():
    trainer = trainer_of("too_large_a_rate")
    with pytest.raises(DivergedError):
        for _ in range(trainer.experiment.training.epochs):
            trainer.run_epoch()
    assert 5 <= trainer.epoch <= 30


def test_a_tenth_of_the_rate_that_was_too_large_learns():
    experiment = trainer_of("too_large_a_rate").experiment
    rate = experiment.training.learning_rate / 10
    trainer = Trainer(replace(experiment, training=replace(experiment.training, learning_rate=rate)))
    untrained = trainer.figures
    for _ in range(experiment.training.epochs):
        trainer.run_epoch()
    assert untrained.test is not None
    assert trainer.figures.test is not None
    assert trainer.figures.test.loss < 0.02 * untrained.test.loss


def test_zeros_as_weights_leave_all_units_alike_and_nothing_learnt():
    trainer = trained("zeros_as_weights")
    assert trainer.figures.train.accuracy == 0.5
    assert all(np.all(weights == 0.0) for weights in trainer.network.weights)


def test_ten_sigmoid_layers_have_a_gradient_that_vanishes():
    trainer = trained("ten_sigmoid_layers")
    assert len(trainer.network.layer_sizes) == 12
    assert trainer.figures.train.loss > 0.69
    sizes = [np.abs(gradient).mean() for gradient in trainer.network.gradient_views.weights]
    assert sizes[0] < 1e-4 * sizes[-1]
