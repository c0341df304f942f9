"""Rows without a target through the preparation and the network, as arrays worked out by hand and as text."""

import csv
import io

import msgspec
import numpy as np
import pytest

from nnplay.data import Table
from nnplay.data.file_error import FileError
from nnplay.data.tables.making import make_import
from nnplay.data.tables.reading import read_text
from nnplay.data.tables.suggestion import suggested_choice
from nnplay.training import predictions
from nnplay.training.edits import with_import, with_table
from nnplay.training.experiment import Experiment
from nnplay.training.predictions import Predictions, predict
from nnplay.training.trainer import Trainer

PENGUINS = "bill,island,mass,species\n" + "\n".join(
    f"{30 + k % 7},{island},{3000 + 10 * k},{species}"
    for k, (island, species) in enumerate(
        (("Dream", "Adelie"), ("Biscoe", "Gentoo"), ("Torgersen", "<b>Chin</b>")) * 20
    )
)


def trained(text: str, epochs: int = 3) -> Trainer:
    sheet = read_text(text)
    trainer = Trainer(with_import(Experiment(seed=1), make_import(sheet, suggested_choice(sheet))))
    for _ in range(epochs):
        trainer.run_epoch()
    return trainer


def asked(trainer: Trainer, text: str) -> Predictions:
    return predict(trainer.network, trainer.prepared, read_text(text, name="new.csv"))


def rows_of(predicted: Predictions) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(predicted.as_csv())))


def test_each_row_gets_the_likeliest_class_and_what_the_network_gives_each() -> None:
    trainer = trained(PENGUINS)
    predicted = asked(trainer, "mass;island;note;bill\n3050;Biscoe;first;31\n3500;Dream;second;33,5\n")
    prepared = trainer.prepared
    islands = prepared.table.input_names
    inputs = np.zeros((2, len(islands)))
    for row, (bill, island, mass) in enumerate(((31, "Biscoe", 3050), (33.5, "Dream", 3500))):
        for k, name in enumerate(islands):
            inputs[row, k] = {"bill": bill, "mass": mass}.get(name, float(island in name))
    expected = trainer.network.forward(prepared.as_seen(inputs))
    np.testing.assert_array_equal(predicted.values, expected)
    first, second = rows_of(predicted)
    assert list(first) == ["mass", "island", "note", "bill", "predicted species"] + [
        f"probability of {name}" for name in prepared.table.class_names
    ]
    assert first["predicted species"] == prepared.table.class_names[int(expected[0].argmax())]
    assert [first["bill"], second["bill"], second["note"]] == ["31", "33,5", "second"]
    assert float(second["probability of <b>Chin</b>"]) == pytest.approx(expected[1, 0], rel=1e-9)


def test_rows_that_cant_be_predicted_stay_and_say_why() -> None:
    predicted = asked(trained(PENGUINS), "bill,island,mass\n31,Biscoe,3050\n,Dream,3100\n32,Mars,3200\n")
    assert (len(predicted), predicted.predicted) == (3, 1)
    first, second, third = rows_of(predicted)
    assert first["problem"] == ""
    assert "bill" in second["problem"]
    assert "Mars" in third["problem"]
    assert "island" in third["problem"]
    assert {second["predicted species"], third["probability of Adelie"]} == {""}
    assert predicted.likeliest(1) is None
    assert np.isnan(predicted.values[1:]).all()


def test_a_column_that_is_missing_is_named() -> None:
    with pytest.raises(FileError, match="island"):
        asked(trained(PENGUINS), "bill,mass\n31,3050\n")


def test_two_classes_share_one_output() -> None:
    trainer = trained(
        "a,b,kind\n" + "\n".join(f"{k * 5 % 11},{k * k % 7},{'yes' if k % 2 else 'no'}" for k in range(40))
    )
    predicted = asked(trainer, "a,b\n1,2\n3,4\n")
    assert trainer.prepared.outputs == 1
    assert predicted.classes == ("no", "yes")
    np.testing.assert_allclose(predicted.values.sum(axis=1), 1.0)
    outputs = trainer.network.forward(trainer.prepared.as_seen(np.array([[1.0, 2.0], [3.0, 4.0]])))
    np.testing.assert_array_equal(predicted.values[:, 1], outputs[:, 0])


def test_a_regression_predicts_in_the_targets_own_unit() -> None:
    rows = "\n".join(f"{k * 7 % 80 / 10},{k % 5},{250_000 + 1_000 * (k * 7 % 80)}" for k in range(80))
    trainer = trained(f"rooms,floor,price\n{rows}", 200)
    assert trainer.prepared.target_standardizer is not None
    predicted = asked(trainer, "floor,rooms\n0,1\n0,7\n")
    assert predicted.heading == "predicted price"
    assert predicted.classes == ()
    np.testing.assert_allclose(predicted.values[:, 0], [260_000, 320_000], rtol=0.05)
    assert rows_of(predicted)[1] == {"floor": "0", "rooms": "7", "predicted price": f"{predicted.values[1, 0]:.10g}"}


def test_points_of_the_plane_go_by_the_names_of_their_inputs() -> None:
    trainer = Trainer(Experiment(seed=1))
    predicted = asked(trainer, "x2,x1\n1,-1\n")
    expected = trainer.network.forward(trainer.prepared.as_seen(np.array([[-1.0, 1.0]])))
    np.testing.assert_array_equal(predicted.values[0], [1 - expected[0, 0], expected[0, 0]])
    assert predicted.heading == "predicted class"


def test_what_is_predicted_has_a_name_of_its_own() -> None:
    predicted = asked(Trainer(Experiment(seed=1)), "x1,x2,predicted class,predicted class 2\n1,2,a,b\n")
    assert predicted.header[2:5] == ("predicted class", "predicted class 2", "predicted class 3")


def test_one_class_alone_is_what_everything_is() -> None:
    table = Table(np.eye(2), np.zeros(2), "classification", ("a", "b"), ("only",))
    trainer = Trainer(with_table(Experiment(), table))
    assert rows_of(asked(trainer, "a,b\n5,5\n"))[0]["predicted class"] == "only"


def test_many_rows_go_through_in_parts_and_tell_how_far(monkeypatch: pytest.MonkeyPatch) -> None:
    trainer = trained(PENGUINS)
    text = "\n".join(["bill,island,mass", *(f"{30 + k % 9},Dream,{3000 + k}" for k in range(50))])
    whole = asked(trainer, text)
    monkeypatch.setattr(predictions, "AT_A_TIME", 60)
    monkeypatch.setattr(predictions, "WRITTEN_TOGETHER", 40)
    monkeypatch.setattr(predictions, "MANY_CELLS", 10)
    told: list[tuple[int, int]] = []
    parts = predict(trainer.network, trainer.prepared, read_text(text), lambda *each: told.append(each))
    np.testing.assert_allclose(parts.values, whole.values)
    assert told[-1] == (50, 50)
    assert len(told) > 3
    assert parts.as_csv(progress=lambda *each: told.append(each)) == whole.as_csv()


def test_numbers_of_a_large_sheet_are_written_as_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    trainer = Trainer(Experiment(seed=1))
    text = "x1,x2,id,note\n1.50,2,007,a\n-3,?,008,b\n"
    assert [row["id"] for row in rows_of(asked(trainer, text))] == ["007", "008"]
    monkeypatch.setattr(predictions, "MANY_CELLS", 3)
    first, second = rows_of(asked(trainer, text))
    assert (first["x1"], first["x2"], first["note"]) == ("1.5", "2", "a")
    assert (second["x1"], second["x2"], second["predicted class"]) == ("-3", "", "")


def test_tabs_part_what_a_spreadsheet_takes() -> None:
    text = asked(Trainer(Experiment(seed=1)), "x1,x2\n1,2\n").as_csv("\t")
    assert text.splitlines()[0].split("\t")[:3] == ["x1", "x2", "predicted class"]


def test_dropout_predicts_the_same_each_time() -> None:
    experiment = Experiment(seed=1)
    experiment = msgspec.structs.replace(experiment, model=msgspec.structs.replace(experiment.model, dropout=0.5))
    trainer = Trainer(experiment)
    first, second = (asked(trainer, "x1,x2\n1,2\n").values for _ in range(2))
    np.testing.assert_array_equal(first, second)
