import json
from pathlib import Path

import msgspec
import numpy as np
import pytest

from nnplay.errors import InputError
from nnplay.experiments import Document, format_document, parse_document, read_document, write_document
from nnplay.experiments.run_record import RunRecord, record_of, resumed, started
from nnplay.training.experiment import DataSpec, Experiment, HiddenLayer, ModelSpec, TrainingSpec
from nnplay.training.history import FIRST, HIGHEST, LOWEST
from nnplay.training.moment import Moment
from nnplay.training.trainer import Trainer

HUGE = "1" + "0" * 400
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
@pytest.mark.parametrize("interval", [1, 4])
def test_a_run_goes_on_from_json_bit_for_bit(experiment: Experiment, extra_steps: int, interval: int):
    whole = Trainer(experiment)
    whole.history.restore(whole.history.rows(), interval)
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


def file_with(field: str, text: str) -> bytes:
    """The file of a run of four epochs, with this text at a path such as "history.0.1"."""
    trainer = Trainer(EXPERIMENTS["batch norm and dropout"])
    for _ in range(4):
        trainer.run_epoch()
    tree = json.loads(format_document(Document(experiment=trainer.experiment, run=record_of(Moment.of(trainer)))))
    place = tree["run"]
    *steps, last = (int(step) if step.isdigit() else step for step in field.split("."))
    for step in steps:
        place = place[step]
    place[last] = "here"
    return json.dumps(tree).replace('"here"', text).encode()


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("parameters", "[1.0, 2.0]"),
        ("parameters.0", "1e400"),
        ("parameters.0", "null"),
        ("parameters.0", "9" * 10_000),
        ("running_means", "[[0.0]]"),
        ("running_variances.0.0", "-1"),
        ("generator", '{"bit_generator": "other"}'),
        ("generator.state", "[1, 2]"),
        ("generator.state.state", "-1"),
        ("generator.uinteger", HUGE),
        ("optimizer_memory", '{"speed": [0.0]}'),
        ("disabled_units", "[[9, 0]]"),
        ("disabled_units", f"[[{HUGE}, 0]]"),
        ("epoch", HUGE),
        ("epoch", str(2**63)),
        ("epoch", "1e400"),
        ("epoch", "3"),  # the history is ahead of it
        ("optimizer_steps", HUGE),
        ("optimizer_steps", str(2**63)),
        ("position", "7"),
        ("position", HUGE),
        ("order", "[0, 0]"),
        ("order", "[1" + "0" * 30 + "]"),
        ("history_interval", HUGE),
        ("history", "[[1.0, 2.0]]"),
        ("history.1", "[1.0, 2.0]"),
        ("history.1.0", "null"),
        ("history.1.0", "0"),
        ("history.4.0", "5"),
        ("history.1.0", "1e300"),
        ("history_lowest", "[[0, 0.1, null, 0, 1, null]]"),
        ("history_highest", "[[0, 0.0, null, 0, 1, null]]"),
    ],
)
def test_a_record_that_does_not_fit_is_refused_by_name(field: str, text: str):
    name = field.split(".")[0]
    with pytest.raises(InputError, match="not JSON" if len(text) > 5000 or text == "1e400" else name):
        document = parse_document(file_with(field, text), "my.nnplay")
        started(document.experiment, document.run)


WIDE = replace(CIRCLES, model=ModelSpec(hidden_layers=(HiddenLayer(units=200), HiddenLayer(units=200))))


@pytest.mark.parametrize("dtype", ["float64", "float32"])
@pytest.mark.parametrize("weight", [0.5, 1e30, 1e200])
def test_the_numbers_of_a_wide_network_are_kept_to_the_bit(dtype: str, weight: float):
    experiment = replace(WIDE, model=replace(WIDE.model, dtype=dtype))
    whole = Trainer(experiment)
    whole.step()
    whole.network.weights[1][0, 0] = min(weight, float(np.finfo(dtype).max))
    written = format_document(Document(experiment=experiment, run=record_of(Moment.of(whole))))
    read = parse_document(written, "it").run
    assert read is not None
    assert isinstance(read.parameters, list) is (weight > 1e100 and dtype == "float64")
    other = resumed(experiment, read)
    np.testing.assert_array_equal(other.network.parameters, whole.network.parameters)
    for name, values in whole.optimizer.state.items():
        np.testing.assert_array_equal(other.optimizer.state[name], values)


def test_a_packed_vector_takes_half_the_room_and_has_the_size_of_the_network():
    trainer = Trainer(WIDE)
    trainer.step()
    record = record_of(Moment.of(trainer))
    listed = len(msgspec.json.encode(trainer.network.parameters.tolist()))
    assert len(msgspec.json.encode(record.parameters)) < 0.6 * listed
    small = record_of(Moment.of(Trainer(CIRCLES)))
    assert isinstance(small.parameters, list)
    assert isinstance(record.parameters, dict)
    wrong = replace(small, parameters=record.parameters)
    with pytest.raises(InputError, match=r"run\.parameters\.shape is \[41001\]; allowed is \[31\]"):
        resumed(CIRCLES, wrong)
    with pytest.raises(InputError, match=r"run\.parameters"):
        resumed(WIDE, replace(record, parameters=record.parameters | {"zlib": "AAAA"}))


def test_a_run_that_trains_the_widest_network_on_digits_fits_into_a_file(tmp_path: Path):
    layers = tuple(HiddenLayer(units=512) for _ in range(5))
    data = DataSpec(kind="digits", samples=100, classes=10)
    model = ModelSpec(hidden_layers=layers, loss="categorical_cross_entropy", dtype="float32")
    trainer = Trainer(Experiment(data=data, model=model, training=TrainingSpec(optimizer="adam", learning_rate=0.001)))
    trainer.step()
    write_document(Document(experiment=trainer.experiment, run=record_of(Moment.of(trainer))), tmp_path / "it.nnplay")
    assert read_document(tmp_path / "it.nnplay").run is not None


def test_a_classification_writes_the_columns_that_every_version_reads():
    trainer = Trainer(CIRCLES)
    trainer.run_epoch()
    record = record_of(Moment.of(trainer))
    assert {len(row) for row in record.history} == {6}
    other = resumed(CIRCLES, msgspec.json.decode(msgspec.json.encode(record), type=RunRecord))
    np.testing.assert_array_equal(other.history.rows(), trainer.history.rows())


def test_a_regression_of_an_older_version_goes_on_with_more_figures():
    plane = Experiment(data=DataSpec(kind="plane", samples=40), model=ModelSpec(loss="mean_squared_error"))
    trainer = Trainer(plane)
    for _ in range(3):
        trainer.run_epoch()
    record = record_of(Moment.of(trainer))
    assert {len(row) for row in record.history} == {12}
    older = msgspec.structs.replace(record, history=[row[:6] for row in record.history])
    other = resumed(plane, older)
    other.run_epoch()
    rows = other.history.rows()[:, FIRST]
    assert np.isnan(rows[:4, 6:]).all()
    assert not np.isnan(rows[4, [6, 8, 10]]).any()
    assert [len(row) for row in record_of(Moment.of(other)).history] == [12] * 5


@pytest.mark.parametrize("row", ["[1, 2, 3, 4, 5]", "[" + "1, " * 12 + "1]", "{}", "[-1, 1, 1, 1, 1, 1]"])
def test_rows_of_another_kind_are_refused(row: str):
    with pytest.raises(InputError, match=r"my.nnplay: run.history\[1\]"):
        parse_document(file_with("history.1", row), "my.nnplay")


def test_the_extremes_of_intervals_are_in_the_file_and_within_the_first_figures():
    trainer = Trainer(CIRCLES)
    assert record_of(Moment.of(trainer)).history_lowest == [], "an interval of one epoch has nothing more to tell"
    rows = trainer.history.rows()
    rows[0, LOWEST, 1:3] -= 0.25
    rows[0, HIGHEST, 1:3] += 0.25
    trainer.history.restore(rows, 64)
    record = record_of(Moment.of(trainer))
    again = msgspec.json.decode(msgspec.json.encode(record), type=RunRecord)
    np.testing.assert_array_equal(resumed(CIRCLES, again).history.rows(), rows)
    with pytest.raises(InputError, match=r"run.history_lowest\[0\]\[1\].*allowed is up to"):
        resumed(CIRCLES, msgspec.structs.replace(record, history_lowest=record.history_highest))
    with pytest.raises(InputError, match=r"run.history_highest\[0\]\[1\].*allowed is from"):
        resumed(CIRCLES, msgspec.structs.replace(record, history_highest=record.history_lowest))


def test_a_file_of_before_has_rows_of_one_epoch():
    trainer = Trainer(CIRCLES)
    trainer.run_epoch()
    record = record_of(Moment.of(trainer))
    tree = msgspec.to_builtins(record)
    for name in ("losses", "history_lowest", "history_highest"):
        del tree[name]
    rows = resumed(CIRCLES, msgspec.convert(tree, RunRecord)).history.rows()
    for line in (LOWEST, HIGHEST):
        np.testing.assert_array_equal(rows[:, line], rows[:, FIRST])
