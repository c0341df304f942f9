import msgspec
import pytest

from nnplay.data import make_table
from nnplay.training.effects import Effect, effect_of
from nnplay.training.experiment import DataSpec, Experiment, HiddenLayer, ModelSpec, TrainingSpec
from nnplay.training.prepared import prepare

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
