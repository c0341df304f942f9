"""The small preset of the digits, trained as the window and the command line train it."""

from pathlib import Path

import numpy as np
from threadpoolctl import threadpool_limits

from nnplay.experiments import read_document
from nnplay.nn import accuracy
from nnplay.training.trainer import Trainer

PRESET = Path(__file__).parents[2] / "resources" / "presets" / "digits.nnplay"


def test_the_preset_passes_ninety_per_cent_of_the_test_digits_within_fifteen_epochs():
    experiment = read_document(PRESET).experiment
    trainer = Trainer(experiment)
    assert trainer.network.layer_sizes == (784, 32, 10)
    assert (len(trainer.prepared.train), len(trainer.prepared.test)) == (4000, 1000)
    assert not set(trainer.prepared.train) & set(trainer.prepared.test)
    untrained = trainer.figures.test.accuracy
    with threadpool_limits(limits=1, user_api="blas"):  # as around every run
        for _ in range(15):
            trainer.run_epoch()
    assert untrained < 0.3
    assert trainer.figures.test.accuracy > 0.9
    outputs = trainer.network.forward(trainer.prepared.X_test)
    np.testing.assert_allclose(outputs.sum(axis=1), 1.0)
    assert accuracy(outputs, trainer.prepared.Y_test) == trainer.figures.test.accuracy
