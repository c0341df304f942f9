"""The outputs for one sample, for a set, and at a place of the plane are the network's own, to the last bit."""

import numpy as np
import pytest

from nnplay.data import Table
from nnplay.training.experiment import YOURS, DataSpec, Experiment, ModelSpec
from nnplay.training.observer import Observer
from nnplay.training.probes.line import LineProbe
from nnplay.training.probes.maps import MapsProbe
from nnplay.training.probes.outputs import AnswersProbe, SampleOutputsProbe, SetOutputsProbe
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


@pytest.mark.parametrize("others", [(0.3, 9.0, -0.7, 9.0), None])
def test_the_plane_goes_through_the_point_that_is_asked_for(others: tuple[float, ...] | None):
    trainer = Trainer(wide())
    maps = measured(trainer, MapsProbe(others))
    point = np.array(others or trainer.prepared.table.inputs.mean(axis=0))
    point[[3, 1]] = maps.plane[1], maps.plane[2]
    at_the_corner = measured(trainer, PlaceProbe(maps.plane[1], maps.plane[2], others))
    expected = trainer.network.forward(trainer.prepared.as_seen(point[None]))[0]
    np.testing.assert_array_equal(at_the_corner.layers[-1], expected)
    np.testing.assert_allclose(maps.layers[-1][:, 0, -1], expected, rtol=1e-5)


def test_two_places_of_the_plane_in_turn_are_two_maps():
    observer = Observer(Trainer(wide()))
    probes = [MapsProbe((0.0, 0.0, float(c), 0.0)) for c in (-2, 2, -2)]
    first, second, again = (observer.snapshot(frozenset({probe})).answer(probe).layers[0] for probe in probes)
    assert not np.allclose(first, second)
    np.testing.assert_array_equal(first, again)


def test_the_answers_for_the_samples_themselves_follow_the_network():
    trainer, table = Trainer(wide()), wide().data.table
    observer, probe = Observer(trainer), AnswersProbe(7)
    for _ in range(2):
        answers = observer.snapshot(frozenset({probe})).answer(probe)
        X = trainer.prepared.as_seen(table.inputs[::7])
        np.testing.assert_array_equal(answers, trainer.network.forward(X))
        trainer.run_epoch()


def test_along_one_input_every_unit_has_a_curve():
    table = Table(np.array([[100.0], [300.0], [250.0]]), np.array([0.0, 1.0, 2.0]))
    data = DataSpec(kind=YOURS, table=table, standardize=True)
    trainer = Trainer(Experiment(data=data, model=ModelSpec(loss="categorical_cross_entropy")))
    line = measured(trainer, LineProbe())
    assert (line.x[0], line.x[-1]) == trainer.prepared.plane[:2]
    layers = trainer.network.layer_outputs(trainer.prepared.as_seen(line.x[:, None]))
    for curves, expected in zip(line.layers, layers, strict=True):
        np.testing.assert_array_equal(curves, expected.T)
    maps = measured(trainer, MapsProbe())
    assert (maps.layers[0] == maps.layers[0][:, :1]).all(), "the pictures of units change across only"
    np.testing.assert_allclose(maps.layers[-1][:, 0, -1], line.layers[-1][:, -1], rtol=1e-5)


def test_one_of_several_inputs_has_a_curve_too():
    trainer = Trainer(replace(wide(), data=replace(wide().data, plane_inputs=(2, 2))))
    others = (0.5, -0.5, 0.0, 1.5)
    line = measured(trainer, LineProbe(others))
    point = np.array(others)
    point[2] = line.x[0]
    expected = trainer.network.forward(trainer.prepared.as_seen(point[None]))[0]
    np.testing.assert_allclose(line.layers[-1][:, 0], expected, rtol=1e-12)


def test_a_plane_has_no_curve():
    assert measured(Trainer(wide()), LineProbe()) is None


def test_pictures_have_no_places():
    few_digits = replace(preset("digits"), data=replace(preset("digits").data, samples=100))
    assert measured(Trainer(few_digits), PlaceProbe(0.0, 0.0)) is None
