"""Every preset shows what its name promises, trained as its file says."""

import json
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


def test_the_tutorial_has_the_losses_that_it_prints():
    reference = json.loads((PRESETS.parents[1] / "tests" / "reference" / "article_xor.json").read_text())
    trainer = trainer_of("xor")
    for epoch, loss in sorted((int(epoch), loss) for epoch, loss in reference["loss_at_epoch"].items()):
        while trainer.epoch < epoch:
            trainer.run_epoch()
        found = trainer.figures.train.loss
        assert found == pytest.approx(loss, abs=1e-6)
        assert f"{found:.4f}" == f"{loss:.4f}"
    # the prediction is taken before the last update
    np.testing.assert_allclose(
        trainer.network.forward(trainer.prepared.X_train)[:, 0], reference["final_predictions"], rtol=1e-6
    )


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
