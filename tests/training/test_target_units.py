"""A regression whose target is scaled inside is learned as the scaled one, and shown in the target's own unit."""

import math

import msgspec
import numpy as np
import pytest

from nnplay.data import Standardizer, Table
from nnplay.experiments import Document, format_document, parse_document, record_of, resumed
from nnplay.nn import mean_absolute_error, r_squared
from nnplay.training.edits import with_value
from nnplay.training.experiment import YOURS, DataSpec, Experiment, HiddenLayer, ModelSpec, TrainingSpec
from nnplay.training.history import COLUMNS
from nnplay.training.moment import Moment
from nnplay.training.observer import Observer
from nnplay.training.prepared import prepare
from nnplay.training.probes.maps import MapsProbe
from nnplay.training.probes.outputs import SampleOutputsProbe, SetOutputsProbe
from nnplay.training.probes.place import PlaceProbe
from nnplay.training.trainer import Trainer

replace = msgspec.structs.replace
GENERATOR = np.random.default_rng(0)
INPUTS = GENERATOR.uniform(-1.0, 1.0, (60, 2))
PRICES = 5e5 + 2e5 * (INPUTS[:, 0] - INPUTS[:, 1]) + GENERATOR.normal(0.0, 1e4, 60)
HOUSES = Experiment(
    data=DataSpec(kind=YOURS, table=Table(INPUTS, PRICES, "regression"), train_share=0.7, standardize_target=True),
    model=ModelSpec(hidden_layers=(HiddenLayer(units=4, activation="tanh"),), loss="mean_squared_error"),
    training=TrainingSpec(optimizer="adam", learning_rate=0.02, batch_size=8, l2=0.001),
)


def trained(experiment: Experiment = HOUSES, epochs: int = 30) -> Trainer:
    trainer = Trainer(experiment)
    for _ in range(epochs):
        trainer.run_epoch()
    return trainer


def scaled_by_hand(experiment: Experiment = HOUSES) -> tuple[Experiment, Standardizer]:
    """The same on targets that were scaled before."""
    prepared = prepare(experiment)
    standardizer = Standardizer.fit(PRICES[prepared.train][:, None])
    table = Table(INPUTS, standardizer.apply(PRICES[:, None])[:, 0], "regression")
    return replace(experiment, data=replace(experiment.data, table=table, standardize_target=False)), standardizer


def test_it_is_trained_as_the_scaled_one_to_the_bit() -> None:
    by_hand, _ = scaled_by_hand()
    np.testing.assert_array_equal(trained().network.parameters, trained(by_hand).network.parameters)


def test_every_figure_is_in_the_targets_own_unit() -> None:
    trainer = trained()
    by_hand, standardizer = scaled_by_hand()
    scale, inside = standardizer.standard_deviation[0], trained(by_hand).figures
    prepared, figures = trainer.prepared, trainer.figures
    for metrics, scaled, places in (
        (figures.train, inside.train, prepared.train),
        (figures.test, inside.test, prepared.test),
    ):
        outputs = prepared.to_target_units(trainer.network.forward(prepared.as_seen(INPUTS[places])))
        targets = PRICES[places][:, None]
        assert metrics is not None
        assert scaled is not None
        assert metrics.loss == pytest.approx(float(np.square(outputs - targets).mean()))
        assert metrics.loss == pytest.approx(scaled.loss * scale**2)
        assert metrics.rmse == pytest.approx(math.sqrt(metrics.loss))
        assert metrics.mae == pytest.approx(mean_absolute_error(outputs, targets))
        assert metrics.r2 == pytest.approx(r_squared(outputs, targets))
        assert metrics.r2 == scaled.r2
        assert metrics.accuracy is None
        assert 1e3 < metrics.rmse < 3e5
    assert figures.penalty == pytest.approx(inside.penalty * scale**2)


def test_what_is_shown_of_the_outputs_is_in_the_targets_own_unit() -> None:
    trainer = trained()
    prepared, network = trainer.prepared, trainer.network
    sample = tuple(prepared.X_train[0].tolist())
    probes = {"set": SetOutputsProbe("training"), "one": SampleOutputsProbe(sample), "maps": MapsProbe()}
    place = PlaceProbe(*INPUTS[prepared.train[0]])
    answers = Observer(trainer).snapshot(frozenset({*probes.values(), place}))
    expected = prepared.to_target_units(network.forward(prepared.X_train))
    np.testing.assert_array_equal(answers.answer(probes["set"]), expected)
    np.testing.assert_allclose(answers.answer(probes["one"]), expected[0])
    at_place, maps = answers.answer(place), answers.answer(probes["maps"])
    np.testing.assert_allclose(at_place.layers[-1], expected[0])
    assert 3e5 < maps.layers[-1].mean() < 7e5
    for hidden in (at_place.layers[0], maps.layers[0]):
        assert np.abs(hidden).max() <= 1.0, "what hidden units output is theirs"


def test_targets_beyond_what_pictures_of_units_hold_are_shown_too() -> None:
    table = Table(INPUTS, 1e8 * PRICES, "regression")
    trainer = Trainer(replace(HOUSES, data=replace(HOUSES.data, table=table)))
    maps = Observer(trainer).snapshot(frozenset({MapsProbe()})).answer(MapsProbe())
    assert maps.layers[-1].dtype == np.float32
    assert 1e13 < maps.layers[-1].mean() < 1e14


def test_32_bits_keep_the_digits_of_large_targets() -> None:
    narrow = trained(with_value(HOUSES, "model.dtype", "float32"))
    assert narrow.figures.train.rmse == pytest.approx(trained().figures.train.rmse, rel=1e-2)
    outputs = Observer(narrow).snapshot(frozenset({SetOutputsProbe("training")})).answer(SetOutputsProbe("training"))
    assert outputs.dtype == np.float64


def test_a_classification_has_nothing_to_scale() -> None:
    experiment = Experiment(data=DataSpec(kind="circles", samples=40))
    scaled = replace(experiment, data=replace(experiment.data, standardize_target=True))
    assert prepare(scaled).target_standardizer is None
    one, other = trained(experiment, 5), trained(scaled, 5)
    np.testing.assert_array_equal(one.network.parameters, other.network.parameters)
    assert one.figures == other.figures
    assert (one.figures.train.r2, one.figures.train.rmse, one.figures.train.mae) == (None, None, None)


def test_a_target_that_never_changes_has_no_r2() -> None:
    table = Table(INPUTS, np.full(60, 0.1), "regression")
    trainer = Trainer(replace(HOUSES, data=replace(HOUSES.data, table=table)))
    metrics = trainer.figures.train
    assert metrics.r2 is None
    assert metrics.rmse == pytest.approx(math.sqrt(metrics.loss))
    assert prepare(trainer.experiment).Y_train.tolist() == [[0.0]] * 42


def test_the_history_has_them_and_a_file_brings_them_back() -> None:
    trainer = trained(epochs=5)
    row = dict(zip(COLUMNS, trainer.history.rows()[-1, 0], strict=True))
    train, test = trainer.figures.train, trainer.figures.test
    assert test is not None
    assert (row["train_r2"], row["test_rmse"], row["train_mae"]) == (train.r2, test.rmse, train.mae)
    content = format_document(Document(experiment=trainer.experiment, run=record_of(Moment.of(trainer))))
    again = parse_document(content, "x")
    assert again.run is not None
    other = resumed(again.experiment, again.run)
    np.testing.assert_array_equal(other.history.rows(), trainer.history.rows())
    assert other.figures == trainer.figures
    assert format_document(Document(experiment=other.experiment, run=record_of(Moment.of(other)))) == content
