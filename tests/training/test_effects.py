import msgspec
import numpy as np
import pytest

from nnplay.data import Table, drawing, make_table
from nnplay.data.tables.preparation import Preparation, SourceColumn
from nnplay.training.edits import with_table
from nnplay.training.effects import Effect, effect_of
from nnplay.training.experiment import DataSpec, Experiment, HiddenLayer, ModelSpec, TrainingSpec
from nnplay.training.prepared import prepare, prepared_after
from nnplay.training.trainer import Trainer
from tests.training.same_run import assert_same

replace = msgspec.structs.replace
CIRCLES = Experiment(data=DataSpec(kind="circles", samples=100, train_share=0.5))


def effect(new: Experiment, old: Experiment = CIRCLES) -> Effect:
    return effect_of(old, new, prepare(old), prepare(new))


def test_the_same_is_no_change():
    assert effect(CIRCLES) is Effect.NOTHING


@pytest.mark.parametrize(
    "training",
    [
        TrainingSpec(learning_rate=0.1),
        TrainingSpec(optimizer="adam"),
        TrainingSpec(l2=0.1),
        TrainingSpec(batch_size=10),
        TrainingSpec(clip_norm=1.0),
    ],
)
def test_numbers_of_the_training_are_taken_over_at_once(training: TrainingSpec):
    assert effect(replace(CIRCLES, training=training)) is Effect.AT_ONCE


@pytest.mark.parametrize("change", [{"samples": 50}, {"noise": 0.3}, {"seed": 5}, {"train_share": 0.8}])
def test_other_points_of_the_same_set_are_taken_over_at_once(change: dict[str, object]):
    assert effect(replace(CIRCLES, data=replace(CIRCLES.data, **change))) is Effect.AT_ONCE


def test_dropout_is_taken_over_at_once():
    assert effect(replace(CIRCLES, model=replace(CIRCLES.model, dropout=0.2))) is Effect.AT_ONCE


@pytest.mark.parametrize(
    "model",
    [
        ModelSpec(hidden_layers=(HiddenLayer(units=5),)),
        ModelSpec(hidden_layers=()),
        ModelSpec(hidden_layers=(HiddenLayer(activation="tanh"),)),
        ModelSpec(initializer="zeros"),
        ModelSpec(batch_norm=True),
        ModelSpec(loss="categorical_cross_entropy"),
    ],
)
def test_another_network_is_a_fresh_start(model: ModelSpec):
    assert effect(replace(CIRCLES, model=model)) is Effect.FRESH_START


@pytest.mark.parametrize("change", [{"kind": "spirals"}, {"features": ("x1", "x2", "x1*x2")}, {"standardize": True}])
def test_another_data_set_or_input_is_a_fresh_start(change: dict[str, object]):
    assert effect(replace(CIRCLES, data=replace(CIRCLES.data, **change))) is Effect.FRESH_START


def test_drawing_into_a_generated_set_keeps_the_network():
    drawn = replace(CIRCLES.data, kind="yours", table=make_table("circles", samples=100))
    assert effect(replace(CIRCLES, data=drawn)) is Effect.AT_ONCE


def test_another_seed_is_a_fresh_start():
    assert effect(replace(CIRCLES, seed=1)) is Effect.FRESH_START


def yours(table: Table, **data: object) -> Experiment:
    return replace(CIRCLES, data=DataSpec(kind="yours", table=table, **data))


def points(rows: int = 12, shift: float = 0.0, names: tuple[str, str] = ("x1", "x2"), classes: int = 2) -> Table:
    inputs = np.random.default_rng(rows).normal(size=(rows, 2)) + shift
    labels = tuple(map(str, range(classes)))
    return Table(inputs, np.arange(float(rows)) % 2, "classification", names, labels)


def from_file(*names: str) -> Preparation:
    return Preparation(columns=tuple(SourceColumn(name=name) for name in names), target="class")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (points(), points(20)),
        (points(), points(names=("a", "b"))),
        (points(), Table(points().inputs, points().targets, "regression")),
        (points(), Table(points().inputs, points().targets, "classification", ("x1", "x2"), ("no", "yes"))),
    ],
)
def test_another_table_of_the_same_shape_is_a_fresh_start(before: Table, after: Table):
    old, new = yours(before), yours(after)
    if after.task == "regression":
        new = replace(new, model=replace(new.model, loss="mean_squared_error"))
    assert effect(new, old) is Effect.FRESH_START
    assert effect(old, new) is Effect.FRESH_START


def test_the_same_names_from_another_file_are_a_fresh_start():
    table = points()
    drawn, imported = yours(table), yours(table, preparation=from_file("x1", "x2"))
    other = yours(table, preparation=from_file("x1", "z"))
    assert effect(imported, drawn) is Effect.FRESH_START
    assert effect(other, imported) is Effect.FRESH_START
    assert effect(imported, CIRCLES) is Effect.FRESH_START
    added = drawing.add_points(table, [[0.5, 0.5]], 1)
    assert effect(replace(imported, data=replace(imported.data, table=added)), imported) is Effect.AT_ONCE


@pytest.mark.parametrize(
    "edited",
    [
        drawing.add_points(points(), [[0.5, 0.5]], 1),
        drawing.delete(points(), [0, 1, 2]),
        drawing.move(points(), range(12), (0.5, 0.5)),
        drawing.jitter(points(), range(12), np.random.default_rng(0), amount=0.1),
        drawing.change_class(points(), [3], 0),
        drawing.clear(points()),
    ],
)
def test_drawing_erasing_and_editing_keep_the_network(edited: Table):
    assert effect(yours(edited), yours(points())) is Effect.AT_ONCE
    assert effect(yours(points()), yours(edited)) is Effect.AT_ONCE


def test_a_second_class_that_is_drawn_keeps_the_network():
    one = Table(points().inputs, np.zeros(12), "classification", ("x1", "x2"), ("0",))
    assert effect(yours(drawing.add_points(one, [[0.5, 0.5]], 1)), yours(one)) is Effect.AT_ONCE


def test_points_of_ones_own_in_place_of_a_generated_set_are_a_fresh_start():
    assert effect(yours(points(37))) is Effect.FRESH_START


def test_a_target_that_is_scaled_is_a_fresh_start_for_a_regression_alone():
    plane = Experiment(data=DataSpec(kind="plane", samples=40), model=ModelSpec(loss="mean_squared_error"))
    assert effect(replace(plane, data=replace(plane.data, standardize_target=True)), plane) is Effect.FRESH_START
    assert effect(replace(CIRCLES, data=replace(CIRCLES.data, standardize_target=True))) is Effect.AT_ONCE


@pytest.mark.parametrize("change", [{"plane": (-1.0, 1.0, -2.0, 2.0)}, {"plane_inputs": (1, 0)}])
def test_another_plane_changes_no_number_of_the_training(change: dict[str, object]):
    wide = with_table(Experiment(), Table(np.random.default_rng(0).normal(size=(60, 3)), np.arange(60.0) % 2), (0, 1))
    new = replace(wide, data=replace(wide.data, **change))
    stayed, changed = Trainer(wide), Trainer(wide)
    for trainer in (stayed, changed):
        trainer.run_epoch()
        trainer.step()
    prepared = prepared_after(changed.prepared, wide, new)
    assert effect_of(wide, new, changed.prepared, prepared) is Effect.AT_ONCE
    changed.apply(new, prepared)
    assert changed.prepared.plane != stayed.prepared.plane or changed.prepared.spec.plane_inputs == (1, 0)
    assert changed.epoch_under_way().position == stayed.epoch_under_way().position > 0
    stayed.measure()
    for trainer in (stayed, changed):
        for _ in range(7):
            trainer.step()
    assert_same(stayed, changed)
