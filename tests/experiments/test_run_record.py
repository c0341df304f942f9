import msgspec
import numpy as np
import pytest

from nnplay.errors import InputError
from nnplay.experiments.run_record import RunRecord, record_of, resumed
from nnplay.training.experiment import DataSpec, Experiment, HiddenLayer, ModelSpec, TrainingSpec
from nnplay.training.moment import Moment
from nnplay.training.trainer import Trainer

replace = msgspec.structs.replace
CIRCLES = Experiment(
    data=DataSpec(kind="circles", samples=100, train_share=0.5),
    model=ModelSpec(hidden_layers=(HiddenLayer(units=4, activation="tanh"), HiddenLayer(units=3, activation="gelu"))),
    training=TrainingSpec(optimizer="adam", learning_rate=0.01, batch_size=15, l2=0.001),
)
EXPERIMENTS = {
    "adam": CIRCLES,
    "batch norm and dropout": replace(CIRCLES, model=replace(CIRCLES.model, batch_norm=True, dropout=0.2)),
    "float32": replace(CIRCLES, model=replace(CIRCLES.model, dtype="float32")),
    "full batch": replace(CIRCLES, training=TrainingSpec()),
}


@pytest.mark.parametrize("experiment", EXPERIMENTS.values(), ids=EXPERIMENTS.keys())
@pytest.mark.parametrize("extra_steps", [0, 2])
def test_a_run_goes_on_from_json_bit_for_bit(experiment: Experiment, extra_steps: int):
    whole = Trainer(experiment)
    for _ in range(10):
        whole.run_epoch()
    for _ in range(extra_steps):
        whole.step()
    text = msgspec.json.encode(record_of(Moment.of(whole)))
    other = resumed(experiment, msgspec.json.decode(text, type=RunRecord))
    for trainer in (whole, other):
        for _ in range(10):
            trainer.run_epoch()
    np.testing.assert_array_equal(other.network.parameters, whole.network.parameters)
    np.testing.assert_array_equal(other.history.rows(), whole.history.rows())
    assert other.epoch == whole.epoch
    assert other.figures == whole.figures


def test_units_switched_off_stay_off():
    trainer = Trainer(CIRCLES)
    trainer.network.set_unit_enabled(1, 2, False)
    assert resumed(CIRCLES, record_of(Moment.of(trainer))).network.disabled_units == {(1, 2)}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("parameters", [1.0, 2.0]),
        ("parameters", [float("inf")] * 31),
        ("running_means", [[0.0]]),
        ("generator", {"bit_generator": "other"}),
        ("optimizer_memory", {"speed": [0.0]}),
        ("disabled_units", [(9, 0)]),
        ("position", 7),
        ("order", [0, 0]),
        ("history", [(1.0, 2.0)]),
        ("history", [(0.0,) * 6, (1.0, 2.0)]),
    ],
)
def test_a_record_that_does_not_fit_is_refused_by_name(field: str, value: object):
    record = replace(record_of(Moment.of(Trainer(CIRCLES))), **{field: value})
    with pytest.raises(InputError, match=field):
        resumed(CIRCLES, record)
