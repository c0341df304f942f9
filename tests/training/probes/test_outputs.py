"""The outputs for one sample, for a set, and at a place of the plane are the network's own, to the last bit."""

import numpy as np
import pytest

from nnplay.data import Table
from nnplay.training.experiment import YOURS, DataSpec, Experiment, ModelSpec
from nnplay.training.probes.maps import MapsProbe
from nnplay.training.probes.outputs import SampleOutputsProbe, SetOutputsProbe
from nnplay.training.probes.place import PlaceProbe
from nnplay.training.trainer import Trainer
from tests.training.probes.runs import MOONS, measured, preset, replace, trained

SMALL = replace(MOONS, model=replace(MOONS.model, dtype="float32"))


def wide() -> Experiment:
    """Three classes of four inputs, of which the last and the second span the plane."""
    generator = np.random.default_rng(0)
    inputs, classes = generator.normal(size=(60, 4)), generator.integers(0, 3, 60).astype(float)
    table = Table(inputs, classes, "classification", ("a", "b", "c", "d"), ("0", "1", "2"))
    data = DataSpec(kind=YOURS, table=table, plane_inputs=(3, 1), standardize=True)
    return Experiment(data=data, model=ModelSpec(loss="categorical_cross_entropy"))


@pytest.mark.parametrize("experiment", [MOONS, SMALL], ids=["float64", "float32"])
def test_the_outputs_for_one_sample(experiment: Experiment):
    trainer = trained(experiment)
    for sample in trainer.prepared.X_test[:3]:
        outputs = measured(trainer, SampleOutputsProbe(tuple(sample.tolist())))
        assert outputs.dtype == experiment.model.dtype
        np.testing.assert_array_equal(outputs, trainer.network.forward(sample[None, :])[0])


def test_a_sample_of_other_features_has_no_outputs():
    assert measured(Trainer(MOONS), SampleOutputsProbe((0.5, 0.5, 0.5))) is None


@pytest.mark.parametrize("sample_set", ["training", "test"])
def test_the_outputs_for_a_set(sample_set: str):
    trainer = trained(MOONS)
    X = trainer.prepared.X_train if sample_set == "training" else trainer.prepared.X_test
    np.testing.assert_array_equal(measured(trainer, SetOutputsProbe(sample_set)), trainer.network.forward(X))


def test_an_empty_set_has_no_rows():
    trainer = Trainer(replace(MOONS, data=replace(MOONS.data, train_share=1.0)))
    assert measured(trainer, SetOutputsProbe("test")).shape == (0, 1)


def test_what_every_unit_answers_at_a_place():
    trainer = trained(MOONS)
    answers = measured(trainer, PlaceProbe(0.83, -0.21))
    np.testing.assert_array_equal(answers.inputs, [0.83, -0.21])
    layers = trainer.network.layer_outputs(np.array([[0.83, -0.21]]))
    assert [len(layer) for layer in answers.layers] == [5, 3, 1]
    for found, expected in zip(answers.layers, layers, strict=True):
        np.testing.assert_array_equal(found, expected[0])


def test_inputs_beside_those_of_the_plane_stand_at_their_mean():
    trainer = Trainer(wide())
    point = trainer.prepared.table.inputs.mean(axis=0)
    point[3], point[1] = 0.5, -1.5
    answers = measured(trainer, PlaceProbe(0.5, -1.5))
    np.testing.assert_array_equal(answers.layers[-1], trainer.network.forward(trainer.prepared.as_seen(point[None]))[0])
    maps = measured(trainer, MapsProbe())
    at_a_corner = measured(trainer, PlaceProbe(maps.plane[0], maps.plane[3]))
    np.testing.assert_allclose(at_a_corner.layers[-1], maps.layers[-1][:, -1, 0], rtol=1e-5)
    np.testing.assert_allclose(at_a_corner.inputs, maps.inputs[:, -1, 0], rtol=1e-6)


def test_pictures_have_no_places():
    few_digits = replace(preset("digits"), data=replace(preset("digits").data, samples=100))
    assert measured(Trainer(few_digits), PlaceProbe(0.0, 0.0)) is None
