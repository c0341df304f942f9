"""New rows become inputs by the names of their columns, or are named with what is wrong with them."""

import numpy as np
import pytest

from nnplay.data.file_error import FileError
from nnplay.data.tables import prediction
from nnplay.data.tables.prediction import inputs_for
from nnplay.data.tables.preparation import Preparation, SourceColumn
from nnplay.errors import TooLargeError
from tests.data.tables.sheets import sheet_of

COLUMNS = (
    SourceColumn(name="sex", categories=("female", "male")),
    SourceColumn(name="age"),
    SourceColumn(name="port", categories=("C", "Q", "S")),
)
DROPPING = Preparation(columns=COLUMNS, target="survived")
FILLING = Preparation(
    columns=(
        SourceColumn(name="sex", categories=("female", "male"), fill="male"),
        SourceColumn(name="age", fill=29.5),
        SourceColumn(name="port", categories=("C", "Q", "S"), fill="S"),
    )
)
ROWS = {"sex": ["male", "female", "male"], "age": [20, 30, 40], "port": ["C", "S", "Q"]}
INPUTS = [[1, 20, 1, 0, 0], [0, 30, 0, 0, 1], [1, 40, 0, 1, 0]]


@pytest.mark.parametrize("order", [["sex", "age", "port"], ["port", "sex", "age"]])
def test_columns_are_found_by_their_names_in_any_order(order: list[str]) -> None:
    found = inputs_for(DROPPING, sheet_of({"name": "xyz"} | {name: ROWS[name] for name in order}))
    assert found.inputs.tolist() == INPUTS
    assert found.rows.tolist() == [0, 1, 2]
    assert (found.problems, found.notes) == ({}, ())


def test_spaces_and_capitals_do_not_matter_where_no_name_fits_better() -> None:
    assert (
        inputs_for(DROPPING, sheet_of({" Sex": ROWS["sex"], "AGE": ROWS["age"], "Port ": ROWS["port"]})).inputs.tolist()
        == INPUTS
    )
    twins = sheet_of({"AGE": [1, 2, 3]} | ROWS)
    assert inputs_for(DROPPING, twins).inputs.tolist() == INPUTS


def test_without_a_header_they_are_found_by_their_places() -> None:
    bare = {f"column {k}": column for k, column in enumerate(ROWS.values(), 1)}
    assert inputs_for(DROPPING, sheet_of(bare, header=False)).inputs.tolist() == INPUTS
    with pytest.raises(FileError) as error:
        inputs_for(DROPPING, sheet_of(bare | {"column 4": [1, 2, 3]}, header=False))
    assert str(error.value) == (
        "cells.csv: has 4 columns without names; "
        "expected are sex, age, port, in this order or with their names above them"
    )


def test_missing_cells_leave_the_row_out_or_are_filled_as_in_training() -> None:
    sheet = sheet_of({"sex": [None, "female", "male"], "age": [20, None, None], "port": ["C", None, "Q"]})
    dropped = inputs_for(DROPPING, with_row(sheet_of(ROWS), sheet))
    assert dropped.rows.tolist() == [0, 1, 2]
    assert dropped.problems == {3: "no value in sex", 4: "no value in age", 5: "no value in age"}
    assert dropped.notes == (
        "2 rows without a prediction: no value in age",
        "1 row without a prediction: no value in sex",
    )
    filled = inputs_for(FILLING, sheet)
    assert filled.inputs.tolist() == [[1, 20, 1, 0, 0], [0, 29.5, 0, 0, 1], [1, 29.5, 0, 1, 0]]
    assert filled.notes == ("4 missing values filled in, in sex, age, port",)
    assert filled.problems == {}


def with_row(first, second):
    return sheet_of({c.name: [*a, *b] for c, a, b in zip(first.columns, first.cells, second.cells, strict=True)})


def test_an_unknown_category_is_named_and_never_filled() -> None:
    sheet = sheet_of({"sex": ["male", "Male", "male"], "age": [20, 30, 40], "port": ["C", "S", "<b>"]})
    for preparation in (DROPPING, FILLING):
        found = inputs_for(preparation, sheet)
        assert found.rows.tolist() == [0]
        assert found.problems == {1: "unknown category 'Male' in sex", 2: "unknown category '<b>' in port"}
        assert "1 row without a prediction: unknown category '<b>' in port" in found.notes


def test_without_a_row_to_predict_it_is_refused() -> None:
    sheet = sheet_of(ROWS | {"port": ["X", "Y", "X"]})
    with pytest.raises(FileError) as error:
        inputs_for(DROPPING, sheet)
    assert str(error.value) == (
        "cells.csv: no row can be predicted: 2 rows without a prediction: unknown category 'X' in port, "
        "1 row without a prediction: unknown category 'Y' in port"
    )


@pytest.mark.parametrize(
    ("lacking", "sentence"),
    [
        (["port"], "cells.csv: lacks the column port"),
        (["sex", "port"], "cells.csv: lacks 2 columns: sex, port"),
    ],
)
def test_columns_that_are_missing_are_named(lacking: list[str], sentence: str) -> None:
    sheet = sheet_of({name: column for name, column in ROWS.items() if name not in lacking})
    with pytest.raises(FileError) as error:
        inputs_for(DROPPING, sheet)
    assert str(error.value) == sentence


def test_a_text_among_numbers_is_refused_with_its_line() -> None:
    with pytest.raises(FileError, match=r"cells\.csv, row 3, column 'age': 'old' is no finite number; a number"):
        inputs_for(DROPPING, sheet_of(ROWS | {"age": [20, "old", 40]}))


def test_too_many_different_texts_are_refused() -> None:
    count = 1200
    many = {"sex": ["male"] * count, "age": range(count), "port": [f"p{k}" for k in range(count)]}
    with pytest.raises(FileError, match="column 'port': has more than 1000 categories; known are C, Q, S"):
        inputs_for(DROPPING, sheet_of(many))


def test_what_would_fill_the_memory_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prediction, "MOST_BYTES", 100)
    with pytest.raises(TooLargeError):
        inputs_for(DROPPING, sheet_of(ROWS))


def test_of_many_rows_those_with_gaps_are_told_apart() -> None:
    age = np.arange(3000.0)
    age[::3] = np.nan
    found = inputs_for(Preparation(columns=(SourceColumn(name="age"),)), sheet_of({"age": age, "other": age}))
    assert (len(found.rows), len(found.problems)) == (2000, 1000)
    assert found.inputs[:2, 0].tolist() == [1, 2]
