import pytest

from nnplay.data.delimited import Choice, suggested_choice, text_to_sheet, to_table
from nnplay.data.file_error import FileError
from nnplay.errors import InputError

SHEET = text_to_sheet("a,b,c,kind,mixed\n1,2,0.5,dog,3\n3,4,1.5,cat,three\n5,6,2.5,dog,\n")


def test_any_number_of_inputs_in_any_order() -> None:
    table = to_table(SHEET, ["c", "a"], "kind")
    assert table.inputs.tolist() == [[0.5, 1], [1.5, 3], [2.5, 5]]
    assert table.input_names == ("c", "a")
    assert table.class_names == ("cat", "dog")
    assert table.targets.tolist() == [1, 0, 1]


def test_columns_by_position() -> None:
    assert to_table(SHEET, [0, 1], 3) == to_table(SHEET, ["a", "b"], "kind")


def test_a_number_can_be_learnt_as_a_value_or_as_a_class() -> None:
    assert to_table(SHEET, ["a"], "c", "regression").targets.tolist() == [0.5, 1.5, 2.5]
    assert to_table(SHEET, ["a"], "b").class_names == ("2", "4", "6")
    assert to_table(SHEET, ["a"], "c").class_names == ("0.5", "1.5", "2.5")


def test_numbers_that_are_classes_are_sorted_by_size() -> None:
    sheet = text_to_sheet("x,c\n" + "".join(f"1,{k}\n" for k in (10, 9, 1, 10.0, -1)))
    table = to_table(sheet, ["x"], "c")
    assert table.class_names == ("-1", "1", "9", "10")
    assert table.targets.tolist() == [3, 2, 1, 3, 0]


def test_without_a_target_all_are_of_one_class() -> None:
    table = to_table(SHEET, ["a", "b"], None)
    assert table.class_names == ("0",)
    assert table.targets.tolist() == [0, 0, 0]


@pytest.mark.parametrize(
    ("inputs", "target", "field"),
    [
        ([], "kind", "inputs"),
        (["a", "a"], "kind", "inputs and target"),
        (["a", 0], "kind", "inputs and target"),
        (["a", "b"], "b", "inputs and target"),
        (["z"], "kind", "inputs"),
        ([9], "kind", "inputs"),
        ([-1], "kind", "inputs"),
        ([True], "kind", "inputs"),
        (["a"], "z", "target"),
    ],
)
def test_refuses_impossible_choices(inputs: list[str | int], target: str, field: str) -> None:
    with pytest.raises(InputError) as caught:
        to_table(SHEET, inputs, target)
    assert caught.value.field == field


def test_refuses_an_unknown_task() -> None:
    with pytest.raises(InputError, match="task"):
        to_table(SHEET, ["a"], "kind", "clustering")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("cell", "message"),
    [
        ("three", "'three' is no finite number; a number was expected"),
        ("nan", "'nan' is no finite number"),
        ("-inf", "'-inf' is no finite number"),
        ("1e999", "'1e999' is no finite number"),
        ("-1.1e100", "'-1.1e100' is too large; up to 1e+100 in magnitude was expected"),
        ("", "is empty; a number was expected"),
        ("y" * 300, "yyy…' is no finite number"),
    ],
)
def test_a_cell_that_is_no_number_is_named(cell: str, message: str) -> None:
    sheet = text_to_sheet(f"x,y,c\n1,2,a\n3,{cell},b\n5,6,a\n")
    for choice in ((["x", "y"], "c", "classification"), (["x"], "y", "regression")):
        with pytest.raises(FileError) as caught:
            to_table(sheet, *choice)  # type: ignore[arg-type]
        assert (caught.value.row, caught.value.column) == (3, "y")
        assert message in str(caught.value)
        assert len(str(caught.value)) < 200


def test_a_decimal_point_among_commas_is_explained() -> None:
    sheet = text_to_sheet("x;c\n1,5;a\n1.234,5;b\n")
    with pytest.raises(FileError) as caught:
        to_table(sheet, ["x"], "c")
    assert "row 3, column 'x': '1.234,5' is no finite number; a number with a decimal comma" in str(caught.value)


def test_an_empty_class_is_named() -> None:
    with pytest.raises(FileError, match="row 4, column 'mixed': is empty; a class was expected"):
        to_table(SHEET, ["a"], "mixed")


@pytest.mark.parametrize("label", ["a", "7"])
def test_one_class_only(label: str) -> None:
    sheet = text_to_sheet(f"x,c\n1,{label}\n2,{label}\n")
    with pytest.raises(FileError, match=f"column 'c': has one class only, '{label}'; at least 2 were expected"):
        to_table(sheet, ["x"], "c")
    assert to_table(sheet, ["x"], "c", least_classes=1).class_names == (label,)


@pytest.mark.parametrize("count", [11, 150])
def test_too_many_classes(count: int) -> None:
    texts = text_to_sheet("x,c\n" + "".join(f"1,k{k}\n" for k in range(count)))
    with pytest.raises(FileError, match="column 'c': has more than 10 different values"):
        to_table(texts, ["x"], "c")
    numbers = text_to_sheet("x,c\n" + "".join(f"1,{k}\n" for k in range(count)))
    with pytest.raises(FileError, match="it can be learnt as a number"):
        to_table(numbers, ["x"], "c")


@pytest.mark.parametrize(
    ("text", "choice"),
    [
        ("x,y,kind\n1,2,a\n", Choice(("x", "y"), "kind", "classification")),
        ("x,y,v\n1,2,0\n2,3,1\n", Choice(("x", "y"), "v", "classification")),
        ("x,y,v\n1,2,0.5\n2,3,1\n", Choice(("x", "y"), "v", "regression")),
        ("label,x,y\na,1,2\nb,1,2\n", Choice(("x", "y"), "label", "classification")),
        ("name,x,Class\nbob,1,0\nann,2,1\n", Choice(("x",), "Class", "classification")),
        ("x,v\n" + "".join(f"{k},{k / 7}\n" for k in range(20)), Choice(("x", "v"), None, "classification")),
        ("x,v\n1,0\n2,1\n", Choice(("x",), "v", "classification")),
        ("x,y,v\n" + "".join(f"1,2,{k}\n" for k in range(20)), Choice(("x", "y"), "v", "regression")),
    ],
)
def test_a_first_guess(text: str, choice: Choice) -> None:
    assert suggested_choice(text_to_sheet(text)) == choice
