"""One sample on its way through the network."""

import numpy as np
import pytest

from nnplay.training.experiment import DataSpec, Experiment, HiddenLayer, ModelSpec, TrainingSpec
from nnplay.training.probes.sample import SampleProbe
from nnplay.training.shadow import ProbedRun
from nnplay.training.trainer import Trainer

LAYERS = (HiddenLayer(units=4, activation="tanh"), HiddenLayer(units=3, activation="relu"))


def looked(trainer: Trainer) -> ProbedRun:
    run = ProbedRun(trainer)
    run.look(full_speed=False, running=False)
    return run


@pytest.mark.parametrize("precision", ["float64", "float32"])
def test_every_layer_by_hand(precision: str) -> None:
    data = DataSpec(kind="circles", samples=60, features=("x1", "x2", "x1^2"))
    trainer = Trainer(Experiment(data=data, model=ModelSpec(hidden_layers=LAYERS, dtype=precision)))
    sample = SampleProbe((1.5, -2.0)).measure(looked(trainer))
    np.testing.assert_allclose(sample.inputs, [1.5, -2.0, 2.25], rtol=1e-6)
    a = sample.inputs
    weights, biases = trainer.network.weights, trainer.network.biases
    for layer, apply in enumerate((np.tanh, lambda z: np.maximum(z, 0.0), lambda z: 1 / (1 + np.exp(-z)))):
        z = a @ weights[layer] + biases[layer]
        a = apply(z)
        np.testing.assert_allclose(sample.pre_activations[layer], z, rtol=1e-4)
        np.testing.assert_allclose(sample.activations[layer], a, rtol=1e-4)
    arrays = (sample.inputs, *sample.pre_activations, *sample.activations)
    assert all(array.dtype == np.float64 and array.base is None for array in arrays)


def test_dropout_and_batch_norm_are_as_when_the_network_is_used() -> None:
    data = DataSpec(kind="circles", samples=60)
    model = ModelSpec(hidden_layers=LAYERS, batch_norm=True, dropout=0.5)
    trainer = Trainer(Experiment(data=data, model=model, training=TrainingSpec(batch_size=10)))
    trainer.run_epoch()
    run = looked(trainer)
    before = trainer.network.parameters.copy(), trainer.network.generator.bit_generator.state
    first, second = (SampleProbe((1.0, 0.5)).measure(run) for _ in range(2))
    for one, two in zip(first.activations, second.activations, strict=True):
        np.testing.assert_array_equal(one, two)
    used = trainer.network.layer_outputs(trainer.prepared.as_seen(np.array([[1.0, 0.5]])))
    for one, two in zip(first.activations, used, strict=True):
        np.testing.assert_allclose(one, two[0])
    np.testing.assert_array_equal(trainer.network.parameters, before[0])
    assert trainer.network.generator.bit_generator.state == before[1]


def test_a_sample_of_other_data_has_no_answer() -> None:
    trainer = Trainer(Experiment(data=DataSpec(kind="circles", samples=60), model=ModelSpec(hidden_layers=LAYERS)))
    assert SampleProbe((1.0, 2.0, 3.0)).measure(looked(trainer)) is None
