"""What the columns of a table are taken for, before a person says so."""

from dataclasses import replace

import numpy as np
import pytest

from nnplay.data.tables.choice import Choice
from nnplay.data.tables.sheet import Sheet
from nnplay.data.tables.suggestion import suggested_choice
from tests.data.tables.sheets import sheet_of

RANDOM = np.random.default_rng(3)
N = 30
U, V = RANDOM.normal(size=N).round(2), RANDOM.normal(size=N).round(2)
COLOUR = ["blue", "red", "red"] * 10


def inputs(sheet: Sheet, choice: Choice) -> list[str]:
    return [sheet.columns[k].name for k in choice.inputs]


def target(sheet: Sheet, choice: Choice) -> str | None:
    return None if choice.target is None else sheet.columns[choice.target].name


def why(sheet: Sheet, choice: Choice, name: str) -> str:
    return next(use.why for column, use in zip(sheet.columns, choice.uses, strict=True) if column.name == name)


def test_numbers_and_a_class() -> None:
    sheet = sheet_of({"u": U, "v": V, "class": COLOUR})
    choice = suggested_choice(sheet)
    assert [(use.role, use.kind, use.why) for use in choice.uses] == [
        ("input", "number", "number"),
        ("input", "number", "number"),
        ("target", "class", "2 classes"),
    ]
    assert (choice.missing, choice.picture, choice.task) == ("drop", None, "classification")


@pytest.mark.parametrize(
    ("name", "cells", "reason"),
    [
        ("Id", range(1, N + 1), "counts the rows"),
        ("anything", range(N), "counts the rows"),
        ("batch", range(100, 100 + 5 * N, 5), "counts the rows"),
        ("PassengerId", RANDOM.permutation(900)[:N], "an id"),
        ("customer_id", [*range(25), *range(5)], "an id"),
        ("uuid", [f"a{k}f" for k in range(N)], "an id"),
        ("ticket", np.cumsum(RANDOM.integers(1, 9, N)), "an id"),
        ("number", RANDOM.permutation(900)[:N], "an id"),
        ("column 1", RANDOM.permutation(900)[:N], "an id"),
        ("column 1", [f"row {k}" for k in range(N)], "an id"),
        ("unit", ["cm"] * N, "one value only"),
        ("zero", [0] * N, "one value only"),
        ("empty", [None] * N, "no value at all"),
        ("name", [f"person {k}" for k in range(N)], "text with 30 values"),
        ("remark", [f"remark {k}" for k in range(18)] * 1 + ["none"] * 12, "text with 19 values"),
        ("day", [f"2024-03-{1 + k % 7:02}" for k in range(N)], "a date"),
        ("when", [f"{1 + k % 7}.3.2024 12:00" for k in range(N)], "a date"),
        ("start", [f"{k % 7} March 2024" for k in range(N)], "a date"),
        ("time of day", [f"{k % 7}:15" for k in range(N)], "a date"),
        ("cabin", [None] * 25 + [1, 2, 3, 3, 1], "no value in 25 rows"),
    ],
)
def test_what_is_no_input_is_left_out_and_the_reason_is_said(name: str, cells: list[object], reason: str) -> None:
    sheet = sheet_of({name: cells, "u": U, "class": COLOUR})
    choice = suggested_choice(sheet)
    assert choice.uses[0].role == "left_out"
    assert why(sheet, choice, name) == reason
    assert inputs(sheet, choice) == ["u"]


@pytest.mark.parametrize(
    ("name", "cells", "kind", "words"),
    [
        ("sex", ["female", "male", "male"] * 10, "categories", "2 categories"),
        ("port", ["C", "Q", "S"] * 10, "categories", "3 categories"),
        ("smoker", ["FALSE", "TRUE", "TRUE"] * 10, "number", "number"),
        ("year", range(1990, 1990 + N), "number", "number"),
        ("rooms", [1, 2, 3] * 10, "number", "number"),
        ("store_id", [1, 2, 3] * 10, "number", "number"),
        ("number", [*range(25), *range(5)], "number", "number"),
        ("weight", RANDOM.permutation(900)[:N], "number", "number"),
        ("price", np.cumsum(np.abs(U) + 0.1), "number", "number"),
        ("age", [None, *range(20, 19 + N)], "number", "number"),
    ],
)
def test_what_is_an_input(name: str, cells: list[object], kind: str, words: str) -> None:
    sheet = sheet_of({name: cells, "u": U, "class": COLOUR})
    use = suggested_choice(sheet).uses[0]
    assert (use.role, use.kind, use.why) == ("input", kind, words)


@pytest.mark.parametrize(
    "name",
    ["class", "Class", "LABEL", "target", "target_class", "className", "Iris species", "Outcome", "survived", "klass"],
)
def test_a_telling_name_is_the_target_wherever_it_stands(name: str) -> None:
    sheet = sheet_of({"u": U, name: [0, 1, 1] * 10, "colour": COLOUR, "v": V})
    assert target(sheet, suggested_choice(sheet)) == name


@pytest.mark.parametrize("name", ["class size", "target_speed", "response_time", "y", "outlabel"])
def test_what_only_sounds_like_one_is_none(name: str) -> None:
    sheet = sheet_of({"u": U, name: V, "colour": COLOUR, "v": V})
    assert target(sheet, suggested_choice(sheet)) == "colour"


def test_of_two_telling_names_the_more_telling_one_is_the_target() -> None:
    sheet = sheet_of({"Survived": [0, 1, 1] * 10, "Class": [1, 2, 3] * 10, "Fare": U})
    choice = suggested_choice(sheet)
    assert target(sheet, choice) == "Survived"
    assert inputs(sheet, choice) == ["Class", "Fare"]


def test_y_is_a_target_at_an_end_and_a_place_beside_x() -> None:
    for columns, wanted in (("y u v", "y"), ("u v y", "y"), ("x y size", "size")):
        sheet = sheet_of({name: RANDOM.normal(size=N) for name in columns.split()})
        assert target(sheet, suggested_choice(sheet)) == wanted


def test_without_a_telling_name_it_is_the_last_text_of_few_values() -> None:
    sheet = sheet_of({"sex": ["f", "m"] * 15, "colour": COLOUR, "name": [f"p{k}" for k in range(N)], "v": V})
    choice = suggested_choice(sheet)
    assert target(sheet, choice) == "colour"
    assert inputs(sheet, choice) == ["sex", "v"]


def test_else_it_is_the_last_column_that_can_be_learnt() -> None:
    sheet = sheet_of({"u": U, "v": V, "w": U + V})
    assert target(sheet, suggested_choice(sheet)) == "w"
    sheet = sheet_of({"u": U, "v": V, "w": U + V, "unit": ["cm"] * N, "row": range(N)})
    assert target(sheet, suggested_choice(sheet)) == "w"


def test_else_a_first_column_that_looks_like_labels() -> None:
    columns = {f"column {k}": RANDOM.normal(size=N) for k in range(2, 12)}
    sheet = sheet_of({"column 1": [1, 2, 3] * 10, **columns, "column 12": [0.0] * N}, header=False)
    choice = suggested_choice(sheet)
    assert (target(sheet, choice), choice.task, len(choice.inputs)) == ("column 1", "classification", 10)


@pytest.mark.parametrize("stem", ["column ", "V", ""])
def test_of_columns_without_names_the_first_one_may_be_the_label(stem: str) -> None:
    numbers = [RANDOM.normal(size=N) for _ in range(12)]
    names = [f"{stem}{k}" for k in range(1, 14)]
    sheet = sheet_of(dict(zip(names, [[1, 2, 3] * 10, *numbers], strict=True)))
    assert target(sheet, suggested_choice(sheet)) == names[0]
    sheet = sheet_of(dict(zip(names, [[1, 2, 3] * 10, *numbers[:11], [0, 1] * 15], strict=True)))
    assert target(sheet, suggested_choice(sheet)) == names[-1]
    sheet = sheet_of(dict(zip("abcdefghijklm", [[1, 2, 3] * 10, *numbers], strict=True)))
    assert target(sheet, suggested_choice(sheet)) == "m"


def test_what_the_file_says_itself_comes_first() -> None:
    sheet = sheet_of({"u": U, "kind": [1, 2, 3] * 10, "v": V, "class": COLOUR})
    u, kind, v, named = sheet.columns
    declared = (replace(u, role="left_out"), replace(kind, categorical=True), replace(v, role="target"), named)
    sheet = replace(sheet, columns=declared)
    choice = suggested_choice(sheet)
    assert [(use.role, use.kind) for use in choice.uses] == [
        ("left_out", "number"),
        ("input", "categories"),
        ("target", "number"),
        ("input", "categories"),
    ]
    assert choice.uses[0].why == "left out in the file"
    few = sheet_of({"u": U[:5], "grade": [1, 2, 3, 4, 4]})
    assert suggested_choice(few).task == "regression"
    grade = replace(few.columns[1], categorical=True, role="target")
    assert suggested_choice(replace(few, columns=(few.columns[0], grade))).task == "classification"


@pytest.mark.parametrize(
    ("name", "cells", "kind"),
    [
        ("out", [0, 1, 1] * 10, "class"),
        ("out", [-1, "+1", 1] * 10, "class"),
        ("out", ["FALSE", "TRUE", "TRUE"] * 10, "class"),
        ("out", ["1.0", "2.0", "3.0"] * 10, "class"),
        ("out", [*range(10)] * 3, "class"),
        ("out", [*range(11), *range(11), *range(8)], "number"),
        ("label", [*range(14), *range(14), 1, 2], "class"),
        ("out", [0.5, 1.5, 2.5] * 10, "number"),
        ("out", RANDOM.permutation(900)[:N], "number"),
        ("class", [f"c{k % 12}" for k in range(N)], "class"),
    ],
)
def test_class_or_number(name: str, cells: list[object], kind: str) -> None:
    sheet = sheet_of({"u": U, name: cells})
    choice = suggested_choice(sheet)
    assert target(sheet, choice) == name
    assert choice.uses[1].kind == kind


def test_two_columns_of_numbers_are_a_regression() -> None:
    sheet = sheet_of({"dose": U, "answer": V})
    choice = suggested_choice(sheet)
    assert (inputs(sheet, choice), target(sheet, choice), choice.task) == (["dose"], "answer", "regression")


@pytest.mark.parametrize("names", ["month sales", "a b", "Id price"])
def test_what_counts_the_rows_is_an_input_where_there_is_no_other(names: str) -> None:
    counter, other = names.split()
    sheet = sheet_of({counter: range(1, N + 1), other: U})
    choice = suggested_choice(sheet)
    assert (inputs(sheet, choice), target(sheet, choice)) == ([counter], other)


def test_a_column_with_a_name_is_rather_an_input_than_one_without() -> None:
    sheet = sheet_of(
        {"column 1": range(1, 16), "height": range(58, 73), "weight": np.cumsum(RANDOM.integers(2, 5, 15))}
    )
    choice = suggested_choice(sheet)
    assert (inputs(sheet, choice), target(sheet, choice)) == (["height"], "weight")


def test_what_rises_within_a_table_may_be_what_it_is_sorted_by() -> None:
    rising = np.cumsum(RANDOM.integers(1, 9, N))
    sheet = sheet_of({"u": U, "v": V, "income": rising, "class": COLOUR})
    assert inputs(sheet, suggested_choice(sheet)) == ["u", "v", "income"]


def test_columns_with_gaps_are_left_out_where_hardly_a_row_would_remain() -> None:
    half, rest = [1.5] * 14 + [2.5] * 2 + [None] * 14, [None] * 15 + [1.5] * 14 + [2.5]
    sheet = sheet_of({"u": U, "half": half, "rest": rest, "class": COLOUR})
    choice = suggested_choice(sheet)
    assert inputs(sheet, choice) == ["u", "half"]
    assert why(sheet, choice, "rest") == "no value in 15 rows"
    some = sheet_of({"u": U, "half": half, "rest": half, "class": COLOUR})
    assert inputs(some, suggested_choice(some)) == ["u", "half", "rest"]
    of_one_class = [None if colour == "red" else 1.5 for colour in COLOUR]
    one = sheet_of({"u": U, "of one class": of_one_class, "class": COLOUR})
    assert inputs(one, suggested_choice(one)) == ["u"]
    alone = sheet_of({"half": half, "class": [None] * 14 + COLOUR[:16]})
    assert inputs(alone, suggested_choice(alone)) == ["half"]


def test_a_column_alone_is_an_input_without_a_target() -> None:
    for cells in (U, COLOUR):
        choice = suggested_choice(sheet_of({"alone": cells}))
        assert (choice.inputs, choice.target) == ((0,), None)


def test_few_rows_are_enough() -> None:
    sheet = sheet_of({"size": [1234.5, 2345.1, 3456.9], "price": [2.1, 1.5, 0.5], "klass": ["a", "b", "a"]})
    choice = suggested_choice(sheet)
    assert (inputs(sheet, choice), target(sheet, choice)) == (["size", "price"], "klass")
    sheet = sheet_of({"a": [-5, -4, 5, 4, 3], "b": [-4, -5, 3, 3, -1], "class": [0, 0, 1, 1, 1]})
    assert inputs(sheet, suggested_choice(sheet)) == ["a", "b"]
