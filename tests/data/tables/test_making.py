"""From a sheet and a choice to a table: what is in it, what was left out or changed, and what is refused."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nnplay.data import Table
from nnplay.data.file_error import FileError
from nnplay.data.tables import as_inputs, making
from nnplay.data.tables.choice import Choice, Use
from nnplay.data.tables.making import check_import, make_import
from nnplay.data.tables.prediction import inputs_for
from nnplay.data.tables.roles import with_kind, with_missing, with_role, with_target
from nnplay.data.tables.suggestion import suggested_choice
from nnplay.errors import InputError, NnplayError, TooLargeError
from tests.data.tables.sheets import CellSheet, sheet_of

PASSENGERS = sheet_of(
    {
        "Id": range(1, 11),
        "Survived": [0, 1, 1, 0, 1, 0, None, 0, 1, 0],
        "Sex": ["male", "female", "female", "male", None, "male", "male", "male", "female", "male"],
        "Age": [20, None, 30, 40, 50, 20, 30, None, 20, 40],
        "Port": ["C", "S", "S", "Q", "S", "S", "C", "S", "Q", "S"],
    },
    left_out=2,
    notes=("2 rows have another number of cells and were left out",),
)


def table_of(sheet: CellSheet, choice: Choice | None = None) -> Table:
    return make_import(sheet, choice or suggested_choice(sheet)).table


def test_rows_with_gaps_are_left_out_and_that_is_said() -> None:
    imported = make_import(PASSENGERS, suggested_choice(PASSENGERS))
    table = imported.table
    assert table.input_names == ("Sex=male", "Age", "Port=C", "Port=Q", "Port=S")
    assert table.inputs.tolist() == [
        [1, 20, 1, 0, 0],
        [0, 30, 0, 0, 1],
        [1, 40, 0, 1, 0],
        [1, 20, 0, 0, 1],
        [0, 20, 0, 1, 0],
        [1, 40, 0, 0, 1],
    ]
    assert table.targets.tolist() == [0, 1, 0, 0, 1, 0]
    assert table.class_names == ("0", "1")
    assert (imported.left_out, imported.filled) == (6, 0)
    assert imported.notes == (
        "2 rows have another number of cells and were left out",
        "1 row left out: it has no value in the target, Survived",
        "3 rows left out: they have missing values in Age, Sex (fill these in, or leave Age out, to keep more)",
        "2 columns became inputs of 0 and 1: Sex, Port",
        "1 column left out: Id (counts the rows)",
    )


def test_or_filled_with_the_mean_and_the_most_frequent() -> None:
    imported = make_import(PASSENGERS, with_missing(suggested_choice(PASSENGERS), "fill"))
    mean = (20 + 30 + 40 + 50 + 20 + 20 + 40) / 7  # of the rows that remain
    assert imported.table.inputs[:, 1].tolist() == [20, mean, 30, 40, 50, 20, mean, 20, 40]
    assert imported.table.inputs[4].tolist() == [1, 50, 0, 0, 1]
    assert (imported.left_out, imported.filled) == (3, 3)
    assert "3 missing values filled in, in Age, Sex" in imported.notes
    assert [(source.name, source.fill) for source in imported.preparation.columns] == [
        ("Sex", "male"),
        ("Age", mean),
        ("Port", "S"),
    ]


def test_labels_are_texts_in_a_sensible_order() -> None:
    sheet = sheet_of({"u": np.linspace(0, 1, 8), "label": ["10", "7", "007", "07", "10", "7", "007", "07"]})
    assert table_of(sheet).class_names == ("007", "07", "7", "10")
    big = ["9007199254740992", "9007199254740993"] * 4
    table = table_of(sheet_of({"u": np.linspace(0, 1, 8), "label": big}))
    assert (table.class_names, table.targets.tolist()) == (tuple(big[:2]), [0, 1] * 4)


def test_true_and_false_are_numbers_as_inputs_and_names_as_classes() -> None:
    truths = ["TRUE", "FALSE", "FALSE"] * 4
    table = table_of(sheet_of({"u": np.linspace(0, 1, 12), "smoker": truths, "class": truths}))
    assert table.input_names == ("u", "smoker")
    assert table.inputs[:3, 1].tolist() == [1, 0, 0]
    assert table.class_names == ("FALSE", "TRUE")


def test_true_and_false_keep_the_columns_name_as_categories() -> None:
    sheet = sheet_of({"smoker": ["TRUE", "FALSE", "FALSE"] * 4, "class": ["a", "b", "b"] * 4})
    table = table_of(sheet, with_kind(sheet, suggested_choice(sheet), 0, "categories"))
    assert table.input_names == ("smoker",)
    assert table.inputs[:3, 0].tolist() == [1, 0, 0]


def test_what_no_remaining_row_has_is_no_category_and_no_class() -> None:
    sheet = sheet_of(
        {
            "u": [1, 2, 3, 4, 5, 6, 7, None],
            "port": ["C", "S", "Q", "C", "S", "Q", "C", "X"],
            "class": ["a", "b", "a", "b", "a", "b", "b", "c"],
        }
    )
    imported = make_import(sheet, with_role(sheet, suggested_choice(sheet), 0, "input"))
    assert imported.preparation.columns[1].categories == ("C", "Q", "S")
    assert imported.table.class_names == ("a", "b")


def test_a_regression_has_the_numbers_of_its_target() -> None:
    sheet = sheet_of({"area": [61.5, 119.3, 100.7], "price": [296606, 472519, 166026]})
    imported = make_import(sheet, suggested_choice(sheet))
    assert (imported.table.task, imported.table.targets.tolist()) == ("regression", [296606, 472519, 166026])
    assert (imported.table.class_names, imported.preparation.target) == ((), "price")


def test_more_is_left_out_than_kept_is_told_with_what_helps() -> None:
    sheet = sheet_of({"u": [1.5, None, None, None, 2.5, None], "v": range(6), "class": ["a", "b"] * 3})
    choice = with_role(sheet, suggested_choice(sheet), 0, "input")
    notes = make_import(with_classes(sheet, "aabbba"), choice).notes
    assert notes == ("4 rows left out: they have missing values in u (fill these in, or leave u out, to keep more)",)


def with_classes(sheet: CellSheet, classes: str) -> CellSheet:
    columns = {column.name: cells for column, cells in zip(sheet.columns, sheet.cells, strict=True)}
    return sheet_of(columns | {"class": tuple(classes)})


def test_columns_of_many_names_are_counted() -> None:
    sheet = sheet_of({f"c{k}": [1] * 8 for k in range(9)} | {"u": np.linspace(0, 1, 8), "class": ["a", "b"] * 4})
    (note,) = make_import(sheet, suggested_choice(sheet)).notes
    only = "one value only"
    assert note == f"9 columns left out: c0 ({only}), c1 ({only}), c2 ({only}), c3 ({only}) and 5 more"


U, CLASS = [0.5, 1.5, 2.5, 3.5], ["a", "b", "a", "b"]


@pytest.mark.parametrize(
    ("columns", "choice", "sentence"),
    [
        (
            {"u": [None, None, 1, 2], "v": [1, 2, None, None], "class": CLASS},
            (Use("input", "number", ""), Use("input", "number", ""), Use("target", "class", "")),
            "cells.csv: too few rows are left: 2 of 4 have no value in 'u'; fill in missing values or leave 'u' out",
        ),
        (
            {"u": U, "class": [None] * 4},
            (Use("input", "number", ""), Use("target", "class", "")),
            "cells.csv: no row has a value in the target, class",
        ),
        (
            {"u": [1, None, 2, None], "class": CLASS},
            (Use("input", "number", ""), Use("target", "class", "")),
            "cells.csv: too few rows are left: 2 of 4 have no value in 'u'; fill in missing values or leave 'u' out",
        ),
        (
            {"u": U, "class": ["a"] * 4},
            (Use("input", "number", ""), Use("target", "class", "")),
            "cells.csv, column 'class': has one class only, 'a'; at least 2 were expected",
        ),
        (
            {"u": ["x", 1, 2, 3], "class": CLASS},
            (Use("input", "number", ""), Use("target", "class", "")),
            "cells.csv, row 2, column 'u': 'x' is no finite number; a number was expected",
        ),
        (
            {"u": U, "class": ["1", "2", "b", "b"]},
            (Use("input", "number", ""), Use("target", "number", "")),
            "cells.csv, row 4, column 'class': 'b' is no finite number; a number was expected",
        ),
    ],
)
def test_what_can_not_be_made_is_refused_with_its_place(
    columns: dict[str, list[object]], choice: tuple[Use, ...], sentence: str
) -> None:
    for make in (make_import, check_import):
        with pytest.raises(FileError) as error:
            make(sheet_of(columns), Choice(choice))
        assert str(error.value) == sentence


def test_a_choice_that_does_not_fit_is_refused() -> None:
    sheet = sheet_of({"u": U, "class": CLASS})
    choice = suggested_choice(sheet)
    with pytest.raises(InputError, match="choice is 1 column; allowed is 2 columns"):
        make_import(sheet, Choice(choice.uses[:1]))
    with pytest.raises(FileError, match=r"no column is an input, and at least one was expected: u \(not used\)$"):
        make_import(sheet, with_role(sheet, choice, 0, "left_out"))
    with pytest.raises(FileError, match="no column is an input beside the target; at least one was expected"):
        make_import(sheet_of({"class": CLASS}), Choice((Use("target", "class", ""),)))


def test_too_many_classes_and_categories_are_refused() -> None:
    many = [f"n{k}" for k in range(130)]
    for use in (Use("target", "class", ""), Use("input", "categories", "")):
        sheet = sheet_of({"u": range(130), "name": many})
        with pytest.raises(FileError, match="column 'name': has more than 64 different values; that is too many"):
            make_import(sheet, Choice((Use("input", "number", ""), use)))
    with pytest.raises(FileError, match="too many, but it can be taken as a number"):
        make_import(
            sheet_of({"u": range(130)} | {"v": range(130)}),
            Choice((Use("target", "class", ""), Use("input", "number", ""))),
        )


def test_one_class_is_enough_where_that_is_said() -> None:
    sheet = sheet_of({"u": U, "class": ["a"] * 4})
    choice = Choice((Use("input", "number", ""), Use("target", "class", "")))
    assert make_import(sheet, choice, least_classes=1).table.class_names == ("a",)


def test_what_would_fill_the_memory_is_refused_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making, "MOST_BYTES", 100)
    with pytest.raises(TooLargeError):
        check_import(PASSENGERS, suggested_choice(PASSENGERS))


def test_many_rows_and_columns_come_in_their_places(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(as_inputs, "ROWS_AT_ONCE", 70)
    numbers = np.random.default_rng(0).normal(size=(600, 150))
    numbers[7, 3] = np.nan
    sheet = sheet_of({f"m{k}": numbers[:, k] for k in range(150)} | {"class": ["a", "b"] * 300})
    table = table_of(sheet)
    assert np.array_equal(table.inputs, np.delete(numbers, 7, axis=0))
    assert not table.inputs.flags.writeable
    filled = table_of(sheet, with_missing(suggested_choice(sheet), "fill"))
    assert len(filled) == 600
    assert filled.inputs[7, 3] == pytest.approx(np.nanmean(numbers[:, 3]))


def test_columns_may_come_in_parts_of_different_kinds() -> None:
    sheet = sheet_of({"u": [1, 2, 3, None, 5], "v": range(5, 10), "port": list("CQSCQ"), "class": list("ababa")})
    u, v, port, target = sheet.columns
    parts = (np.array([1, 2], dtype=np.uint8), np.array([3.0, np.nan, 5.0]))
    others = (np.array([5, 6, 7], dtype=np.int32), np.array([8, 9], dtype=np.int64))
    sheet = replace(sheet, columns=(replace(u, parts=parts), replace(v, parts=others), port, target))
    uses = (Use("input", "number", ""),) * 2 + (Use("input", "categories", ""), Use("target", "class", ""))
    rows = [[1, 5, 1, 0, 0], [2, 6, 0, 1, 0], [3, 7, 0, 0, 1], [2.75, 8, 1, 0, 0], [5, 9, 0, 1, 0]]
    assert table_of(sheet, Choice(uses, "fill")).inputs.tolist() == rows
    assert table_of(sheet, Choice(uses)).inputs.tolist() == rows[:3] + rows[4:]


def test_what_is_checked_is_what_is_made() -> None:
    for missing in ("drop", "fill"):
        choice = with_missing(suggested_choice(PASSENGERS), missing)
        checked, imported = check_import(PASSENGERS, choice), make_import(PASSENGERS, choice)
        assert checked.rows == len(imported.table)
        assert checked.class_names == imported.table.class_names
        for field in ("preparation", "left_out", "filled", "notes"):
            assert getattr(checked, field) == getattr(imported, field)


CELLS = st.one_of(
    st.sampled_from(
        ["", "NA", "a", "b", "c", "TRUE", "FALSE", "0", "1", "-1", "2.5", "007", "7", "1e99", "2024-01-31"]
    ),
    st.integers(-(10**18), 10**18),
    st.floats(-1e100, 1e100),
    st.text("xyz<&é", min_size=1, max_size=4),
)
NAMES = st.one_of(st.sampled_from(["class", "Id", "y", "x", "", "label", "pixel1", "date"]), st.text(max_size=6))


@st.composite
def sheets(draw: st.DrawFn) -> CellSheet:
    rows = draw(st.integers(1, 25))
    names = draw(st.lists(NAMES, min_size=1, max_size=6, unique=True))
    columns = {}
    for name in names:
        some = draw(st.lists(CELLS, min_size=1, max_size=5))
        columns[name] = draw(st.lists(st.sampled_from(some), min_size=rows, max_size=rows))
    return sheet_of(columns, header=draw(st.booleans()))


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(sheets(), st.data())
def test_any_sheet_becomes_a_table_or_is_refused_in_a_sentence(sheet: CellSheet, data: st.DataObject) -> None:
    choice = suggested_choice(sheet)
    assert len(choice.uses) == len(sheet.columns)
    assert all(use.why for use in choice.uses)
    for _ in range(data.draw(st.integers(0, 4))):
        column = data.draw(st.integers(0, len(sheet.columns) - 1))
        change = data.draw(st.sampled_from([with_role, with_kind, with_target, with_missing]))
        try:
            if change is with_role:
                choice = with_role(sheet, choice, column, data.draw(st.sampled_from(["input", "target", "left_out"])))
            elif change is with_kind:
                choice = with_kind(sheet, choice, column, data.draw(st.sampled_from(["number", "class", "categories"])))
            elif change is with_target:
                choice = with_target(sheet, choice, data.draw(st.sampled_from([None, column])))
            else:
                choice = with_missing(choice, data.draw(st.sampled_from(["drop", "fill"])))
        except InputError:
            continue
    try:
        imported = make_import(sheet, choice)
    except NnplayError as error:
        assert str(error)
        return
    table = imported.table
    assert len(table) + imported.left_out == sheet.rows
    assert table.inputs.shape[1] == imported.preparation.inputs == len(table.input_names)
    assert table.task == choice.task
    again = inputs_for(imported.preparation, replace(sheet, layout=replace(sheet.layout, header=1)))
    kept = check_import(sheet, choice).kept
    assert np.array_equal(again.inputs[kept[again.rows]], table.inputs)
