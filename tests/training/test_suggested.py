"""An imported table starts with settings that learn, whatever its numbers' scale and whatever was there before."""

import numpy as np
import pytest

from nnplay.data import Table
from nnplay.data.tables.imported import Imported
from nnplay.data.tables.preparation import Preparation, SourceColumn
from nnplay.training import suggested
from nnplay.training.edits import with_import, with_table
from nnplay.training.experiment import YOURS, DataSpec, Experiment, HiddenLayer, ModelSpec, TrainingSpec
from nnplay.training.prepared import prepare
from nnplay.training.suggested import wants_narrow, wants_standardized
from nnplay.training.trainer import Trainer

GENERATOR = np.random.default_rng(1)
NORMAL = GENERATOR.normal(size=(120, 2))


def of_inputs(inputs: np.ndarray, **table: object) -> Table:
    return Table(inputs, (inputs.sum(axis=1) > np.median(inputs.sum(axis=1))).astype(float), **table)


def imported(table: Table) -> Imported:
    columns = tuple(SourceColumn(name=name) for name in table.input_names)
    return Imported(table, Preparation(columns=columns, target="y"), 0, 0, ())


def learned(table: Table, epochs: int = 60) -> Trainer:
    trainer = Trainer(with_import(Experiment(seed=2), imported(table)))
    for _ in range(epochs):
        trainer.run_epoch()
    return trainer


@pytest.mark.parametrize(
    ("scales", "shift", "standardised"),
    [
        ((1.0, 1.0), 0.0, False),
        ((1.0, 3.0), 0.0, False),
        ((1.0, 30.0), 0.0, True),
        ((0.05, 0.05), 0.0, False),
        ((0.01, 0.01), 0.0, True),
        ((1e-300, 1e-300), 0.0, True),
        ((1e90, 1e90), 0.0, True),
        ((1.0, 1.0), 1000.0, True),
    ],
)
def test_inputs_are_standardised_where_scales_differ_or_lie_far_from_1(
    scales: tuple[float, float], shift: float, standardised: bool
) -> None:
    inputs = np.clip(NORMAL, -2.0, 2.0) * scales + shift
    inputs[0], inputs[1] = np.array(scales) * -2.0 + shift, np.array(scales) * 2.0 + shift
    assert wants_standardized(of_inputs(inputs)) is standardised


def test_a_constant_has_no_scale_and_no_sample_has_none() -> None:
    constant = np.column_stack([NORMAL, np.full(120, 1e-9)])
    assert not wants_standardized(of_inputs(constant))
    assert wants_standardized(of_inputs(np.column_stack([NORMAL, np.full(120, 1e9)])))
    assert not wants_standardized(Table(np.empty((0, 3)), np.empty(0)))


@pytest.mark.parametrize("scale", [1e-300, 1e-3, 1.0, 1e4, 1e60])
def test_classes_are_learned_at_every_scale(scale: float) -> None:
    trainer = learned(of_inputs(scale * NORMAL))
    assert trainer.figures.test is not None
    assert trainer.figures.test.accuracy is not None
    assert trainer.figures.test.accuracy >= 0.9


@pytest.mark.parametrize("scale", [1e-9, 1.0, 1e5, 1e40])
@pytest.mark.parametrize("inputs", [1, 2, 5])
def test_numbers_are_learned_at_every_scale(scale: float, inputs: int) -> None:
    X = GENERATOR.uniform(0.0, 50.0, (120, inputs))
    table = Table(X, scale * (1000.0 + X[:, 0] - X[:, -1] / 2.0), "regression")
    trainer = learned(table)
    assert trainer.experiment.data.standardize_target
    assert trainer.experiment.model.loss == "mean_squared_error"
    test = trainer.figures.test
    assert test is not None
    assert test.r2 is not None
    assert test.r2 > 0.9


def test_nothing_of_what_was_there_stands_in_the_way() -> None:
    old = Experiment(
        data=DataSpec(kind="circles", samples=50, features=("sin(x1)",), seed=9),
        model=ModelSpec(hidden_layers=(HiddenLayer(units=1),) * 5, batch_norm=True, dropout=0.9, initializer="zeros"),
        training=TrainingSpec(learning_rate=100.0, l1=5.0, batch_size=1, clip_norm=1e-9, class_weights="balanced"),
        seed=7,
    )
    table = of_inputs(NORMAL)
    made = with_import(old, imported(table))
    expected = with_import(Experiment(seed=7, data=DataSpec(seed=9)), imported(table))
    assert made == expected
    assert (made.seed, made.data.seed) == (7, 9)
    assert made.data.preparation == imported(table).preparation
    assert made.data.features == ("x1", "x2")


@pytest.mark.parametrize(("classes", "loss"), [(1, "binary"), (2, "binary"), (3, "categorical"), (64, "categorical")])
def test_the_loss_fits_the_classes(classes: int, loss: str) -> None:
    targets = np.arange(200.0) % classes
    made = with_table(Experiment(), Table(GENERATOR.normal(size=(200, 3)), targets))
    assert made.model.loss == f"{loss}_cross_entropy"
    assert made.training.batch_size is not None
    assert made.training.batch_size <= 32
    Trainer(made).run_epoch()


@pytest.mark.parametrize(("rows", "share"), [(9, 1.0), (10, 0.8)])
def test_a_share_tests_where_there_are_samples_enough(rows: int, share: float) -> None:
    assert with_table(Experiment(), of_inputs(NORMAL[:rows])).data.train_share == share


def test_the_inputs_that_tell_most_span_the_plane() -> None:
    inputs = GENERATOR.normal(size=(200, 5))
    made = with_table(Experiment(), Table(inputs, (inputs[:, 1] - inputs[:, 3] > 0).astype(float)))
    assert made.data.plane_inputs == (1, 3)
    assert with_table(Experiment(), made.data.table, (4, 0)).data.plane_inputs == (4, 0)


def test_pictures_start_as_the_shipped_ones_do_and_keep_a_network_of_pictures() -> None:
    pixels = GENERATOR.integers(0, 2, (40, 16)).astype(float)
    table = of_inputs(pixels, picture=(4, 4))
    made = with_import(Experiment(), imported(table))
    assert [layer.units for layer in made.model.hidden_layers] == [32]
    assert made.training.optimizer == "adam"
    assert prepare(made).plane is None
    wide = Experiment(data=made.data, model=ModelSpec(hidden_layers=(HiddenLayer(units=99),)))
    again = with_import(wide, imported(table))
    assert again.model.hidden_layers == wide.model.hidden_layers
    assert again.training == wide.training


def test_many_values_train_in_32_bits_where_these_hold_them(monkeypatch: pytest.MonkeyPatch) -> None:
    table = of_inputs(NORMAL)
    assert not wants_narrow(table, standardized=False)
    monkeypatch.setattr(suggested, "MANY_VALUES", 100)
    assert with_table(Experiment(), table).model.dtype == "float32"
    far = NORMAL.copy()
    far[5, 0] = 1e30
    for inputs in (far, 1e40 * NORMAL):
        made = with_table(Experiment(), of_inputs(inputs))
        assert made.data.standardize
        prepare(made)
        assert made.model.dtype == "float64"
    assert with_table(Experiment(), Table(NORMAL, 1e60 * NORMAL[:, 0], "regression")).model.dtype == "float32"


def test_large_tables_take_fewer_epochs() -> None:
    few, many = (of_inputs(GENERATOR.normal(size=(rows, 3))) for rows in (200, 20_000))
    assert with_table(Experiment(), few).training.epochs == 200
    assert with_table(Experiment(), many).training.epochs == 20
    assert with_table(Experiment(), many).training.batch_size == 32
    assert with_table(Experiment(), many).training.l2 < with_table(Experiment(), few).training.l2


def test_no_sample_at_all_has_settings_too() -> None:
    made = with_table(Experiment(), Table(np.empty((0, 4)), np.empty(0)))
    assert made.data.kind == YOURS
    assert not Trainer(made).can_train


@pytest.mark.parametrize(
    ("rows", "classes", "units"), [(200, 2, 8), (200, 9, 16), (200, 40, 32), (5000, 2, 16), (20_000, 2, 32)]
)
def test_more_samples_or_classes_have_more_units(rows: int, classes: int, units: int) -> None:
    table = Table(GENERATOR.normal(size=(rows, 3)), np.arange(float(rows)) % classes)
    assert [layer.units for layer in with_table(Experiment(), table).model.hidden_layers] == [units]


def test_the_price_leaves_units_alive() -> None:
    table = of_inputs(GENERATOR.normal(size=(40, 5)))
    assert 0.0 < with_table(Experiment(), table).training.l2 <= 0.01
