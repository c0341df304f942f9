"""What a person says of the columns: one click, one whole choice."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from nnplay.data.tables.choice import Choice
from nnplay.data.tables.making import make_import
from nnplay.data.tables.roles import with_kind, with_missing, with_picture, with_role, with_target
from nnplay.data.tables.sheet import Sheet
from nnplay.data.tables.suggestion import suggested_choice
from nnplay.errors import InputError
from tests.data.tables.sheets import sheet_of

RANDOM = np.random.default_rng(4)
N = 30
SHEET = sheet_of(
    {
        "Id": range(1, N + 1),
        "sex": ["female", "male", "male"] * 10,
        "rooms": [1, 2, 3] * 10,
        "size": RANDOM.normal(size=N).round(3),
        "name": [f"person {k}" for k in range(N)],
        "empty": [None] * N,
        "unit": ["cm"] * N,
        "class": ["a", "b", "b"] * 10,
    }
)
ID, SEX, ROOMS, SIZE, NAME, EMPTY, UNIT, CLASS = range(8)
CHOICE = suggested_choice(SHEET)


def roles(choice: Choice) -> str:
    return "".join({"input": "i", "target": "T", "left_out": "-"}[use.role] for use in choice.uses)


def test_the_start() -> None:
    assert roles(CHOICE) == "-iii---T"


def test_one_role_is_changed_and_nothing_else() -> None:
    without = with_role(SHEET, CHOICE, SIZE, "left_out")
    assert roles(without) == "-ii----T"
    assert without.uses[SIZE].why == "not used"
    assert with_role(SHEET, without, SIZE, "input") == CHOICE
    with_id = with_role(SHEET, CHOICE, ID, "input")
    assert (roles(with_id), with_id.uses[ID].why) == ("iiii---T", "number")
    assert with_role(SHEET, with_id, ID, "left_out") == CHOICE  # with its reason
    assert with_role(SHEET, CHOICE, SIZE, "input") is CHOICE


def test_another_target_gives_the_old_one_back_its_role_and_class_or_number_follows() -> None:
    regression = with_role(SHEET, CHOICE, SIZE, "target")
    assert (roles(regression), regression.task) == ("-iiT---i", "regression")
    assert (regression.uses[CLASS].kind, regression.uses[CLASS].why) == ("categories", "2 categories")
    classes = with_target(SHEET, regression, ROOMS)
    assert (roles(classes), classes.task, classes.uses[ROOMS].why) == ("-iTi---i", "classification", "3 classes")
    assert with_target(SHEET, classes, CLASS) == CHOICE


def test_what_was_left_out_before_it_was_the_target_is_left_out_again() -> None:
    without = with_role(SHEET, CHOICE, SIZE, "left_out")
    target = with_target(SHEET, without, SIZE)
    assert roles(target) == "-iiT---i"
    assert with_target(SHEET, target, CLASS) == without
    categories = with_kind(SHEET, CHOICE, ROOMS, "categories")
    assert with_target(SHEET, with_target(SHEET, categories, ROOMS), CLASS) == categories


def test_without_a_target_all_are_of_one_class() -> None:
    none = with_target(SHEET, CHOICE, None)
    assert (roles(none), none.target, none.task) == ("-iii---i", None, "classification")
    assert with_role(SHEET, CHOICE, CLASS, "left_out").target is None
    table = make_import(SHEET, with_role(SHEET, CHOICE, CLASS, "left_out")).table
    assert table.class_names == ("0",)


def test_number_or_categories() -> None:
    choice = with_kind(SHEET, CHOICE, ROOMS, "categories")
    assert (choice.uses[ROOMS].kind, choice.uses[ROOMS].why) == ("categories", "3 categories")
    assert make_import(SHEET, choice).table.input_names == ("sex=male", "rooms=1", "rooms=2", "rooms=3", "size")
    assert with_kind(SHEET, choice, ROOMS, "number") == CHOICE


def test_class_or_number() -> None:
    choice = with_target(SHEET, CHOICE, ROOMS)
    number = with_kind(SHEET, choice, ROOMS, "number")
    assert (number.task, number.uses[ROOMS].why) == ("regression", "number")
    assert with_kind(SHEET, number, ROOMS, "class") == choice
    assert with_target(SHEET, number, CLASS) == CHOICE


def test_what_is_left_out_keeps_what_was_said_of_it() -> None:
    left_out = with_kind(SHEET, with_role(SHEET, CHOICE, ROOMS, "left_out"), ROOMS, "categories")
    assert with_role(SHEET, left_out, ROOMS, "input").uses[ROOMS].why == "3 categories"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda: with_role(SHEET, CHOICE, EMPTY, "input"), "empty is no value at all; allowed is a column with"),
        (lambda: with_role(SHEET, CHOICE, EMPTY, "target"), "empty is no value at all; allowed is a column with"),
        (lambda: with_role(SHEET, CHOICE, UNIT, "target"), "unit is 1 different value; allowed is 2 to 64 classes"),
        (lambda: with_kind(SHEET, CHOICE, SEX, "number"), "sex is text; allowed is numbers alone; line 2 has 'fe"),
        (lambda: with_kind(SHEET, CHOICE, CLASS, "number"), "class is text; allowed is numbers alone"),
        (lambda: with_kind(SHEET, CHOICE, ROOMS, "class"), "rooms is 'class'; allowed is one of number, categories"),
        (lambda: with_kind(SHEET, CHOICE, CLASS, "categories"), "class is 'categories'; allowed is one of number, cl"),
        (lambda: with_role(SHEET, CHOICE, SEX, "goal"), "role is 'goal'; allowed is one of input, target, left_out"),
        (lambda: with_missing(CHOICE, "guess"), "missing is 'guess'; allowed is one of drop, fill"),
    ],
)
def test_what_a_column_can_not_be_is_refused(change: Callable[[], Choice], sentence: str) -> None:
    with pytest.raises(InputError) as error:
        change()
    assert str(error.value).startswith(sentence)


def test_a_text_of_many_values_is_taken_up_to_64_categories() -> None:
    assert with_role(SHEET, CHOICE, NAME, "input").uses[NAME].why == "30 categories"
    for count, found in ((65, "text with 65 values"), (1200, "text with more than 1,000 values")):
        sheet = sheet_of(
            {"name": [f"n{k}" for k in range(count)], "u": range(count), "v": [0, 1] * (count // 2) + [0] * (count % 2)}
        )
        with pytest.raises(InputError) as error:
            with_role(sheet, suggested_choice(sheet), 0, "input")
        assert str(error.value) == f"name is {found}; allowed is text with up to 64 different values"
        with pytest.raises(InputError) as error:
            with_target(sheet, suggested_choice(sheet), 0)
        assert "allowed is 2 to 64 classes" in str(error.value)
    numbers = sheet_of({"u": RANDOM.normal(size=90), "v": RANDOM.normal(size=90)})
    with pytest.raises(InputError, match="u is 90 different values; allowed is up to 64 categories"):
        with_kind(numbers, suggested_choice(numbers), 0, "categories")
    with pytest.raises(InputError, match="v is 90 different values; allowed is 2 to 64 classes"):
        with_kind(numbers, suggested_choice(numbers), 1, "class")


def pictures() -> Sheet:
    place = np.linspace(-1, 1, 8)
    disc = np.hypot(*np.meshgrid(place, place)) < RANDOM.uniform(0.4, 0.9, (N, 1, 1))
    pixels = (disc * RANDOM.integers(9, 17, (N, 8, 8))).reshape(N, -1)
    return sheet_of({f"p{k}": pixels[:, k] for k in range(64)} | {"digit": [0, 1, 2] * 10})


def test_pictures_can_be_numbers_and_pictures_again() -> None:
    sheet = pictures()
    choice = suggested_choice(sheet)
    assert choice.picture == (8, 8)
    numbers = with_picture(sheet, choice, None)
    assert numbers.picture is None
    assert numbers.uses[0].role == "left_out"
    assert numbers.uses[0].why == "one value only"
    assert numbers.uses[27].why == "number"
    assert with_picture(sheet, numbers, (8, 8)) == choice
    assert with_picture(sheet, choice, (4, 16)).picture == (4, 16)
    assert with_role(sheet, numbers, 27, "left_out").picture is None
    assert with_role(sheet, with_role(sheet, numbers, 27, "left_out"), 27, "input").picture is None


def test_a_mistaken_click_in_a_picture_can_be_taken_back() -> None:
    sheet = pictures()
    choice = suggested_choice(sheet)
    for column in (0, 27):
        without = with_role(sheet, choice, column, "left_out")
        assert without.picture is None
        assert with_role(sheet, without, column, "input") == choice
    other = with_target(sheet, choice, 27)
    assert with_target(sheet, other, 64) == choice


def test_a_picture_that_the_inputs_do_not_fill_is_refused() -> None:
    with pytest.raises(InputError, match="picture is 2 × 5; allowed is rows and columns whose product is 3, the num"):
        with_picture(SHEET, CHOICE, (2, 5))
    with pytest.raises(InputError, match="sex is categories; allowed is numbers alone, in a picture"):
        with_picture(SHEET, CHOICE, (1, 3))
    for shape in ((-1, -3), (0, 0)):
        with pytest.raises(InputError):
            with_picture(SHEET, CHOICE, shape)
    nothing = replace(CHOICE, uses=tuple(replace(use, role="left_out") for use in CHOICE.uses))
    with pytest.raises(InputError):
        with_picture(SHEET, nothing, (0, 0))
