"""Pictures are inputs of whole numbers in a small range that fill a rectangle, and no other wide table is."""

import numpy as np
import pytest

from nnplay.data.digits import shipped_digits
from nnplay.data.tables.choice import Choice
from nnplay.data.tables.suggestion import suggested_choice
from tests.data.tables.sheets import CellSheet, sheet_of

RANDOM = np.random.default_rng(5)
N = 40


def drawn(side: int, brightest: int) -> np.ndarray:
    """Pictures with a dark border and a bright middle, (N, side²)."""
    place = np.linspace(-1, 1, side)
    disc = np.hypot(*np.meshgrid(place, place)) < RANDOM.uniform(0.4, 0.9, (N, 1, 1))
    return (disc * RANDOM.integers(brightest // 2 + 1, brightest + 1, (N, side, side))).reshape(N, -1)


def sheet_with(pixels: np.ndarray, names: list[str], *, label: int | None = -1, header: bool = True) -> CellSheet:
    columns = dict(zip(names, pixels.T, strict=True))
    labels = [k % 10 for k in range(N)]
    if label == -1:
        columns["label"] = labels
    elif label == 0:
        columns = {"label": labels} | columns
    if not header:
        columns = {f"column {k}": column for k, column in enumerate(columns.values(), 1)}
    return sheet_of(columns, header=header)


def numbered(stem: str, count: int) -> list[str]:
    return [f"{stem}{k}" for k in range(count)]


def choice_of(sheet: CellSheet) -> Choice:
    return suggested_choice(sheet)


@pytest.mark.parametrize("label", [0, -1])
@pytest.mark.parametrize("header", [True, False])
def test_digits_of_28_by_28(label: int, header: bool) -> None:
    pixels = shipped_digits()[0][:N].reshape(N, -1)
    choice = choice_of(sheet_with(pixels, numbered("pixel", 784), label=label, header=header))
    assert choice.picture == (28, 28)
    assert len(choice.inputs) == 784  # the border too, that never changes
    assert choice.target == (0 if label == 0 else 784)
    assert choice.task == "classification"
    assert {choice.uses[k].why for k in choice.inputs} == {"pixel"}


@pytest.mark.parametrize("stem", ["p", "pixel", "px_", "f", "x"])
@pytest.mark.parametrize(("side", "brightest"), [(8, 16), (16, 1), (28, 255)])
def test_other_sizes_and_ranges(stem: str, side: int, brightest: int) -> None:
    choice = choice_of(sheet_with(drawn(side, brightest), numbered(stem, side * side)))
    assert choice.picture == (side, side)


def test_noise_is_a_picture_by_its_name_alone() -> None:
    noise = RANDOM.integers(0, 17, (N, 64))
    assert choice_of(sheet_with(noise, numbered("p", 64))).picture == (8, 8)
    assert choice_of(sheet_with(noise, numbered("item", 64))).picture is None


def test_names_may_tell_rows_and_columns() -> None:
    names = [f"{row}x{column}" for row in range(1, 9) for column in range(1, 17)]
    pixels = RANDOM.integers(0, 256, (N, 128))
    assert choice_of(sheet_with(pixels, names)).picture == (8, 16)
    names = [f"pixel_{row}_{column}" for row in range(10) for column in range(9)]
    assert choice_of(sheet_with(pixels[:, :90], names)).picture == (10, 9)


@pytest.mark.parametrize(
    ("pixels", "names"),
    [
        (RANDOM.normal(size=(N, 100)), numbered("x", 100)),
        (RANDOM.normal(size=(N, 784)), numbered("pixel", 784)),
        (RANDOM.integers(0, 17, (N, 30)), numbered("pixel", 30)),
        (RANDOM.integers(-5, 17, (N, 64)), numbered("pixel", 64)),
        (RANDOM.integers(0, 2000, (N, 64)), numbered("pixel", 64)),
        (RANDOM.integers(0, 2, (N, 64)), numbered("question", 64)),
        (drawn(8, 16)[:, :63], numbered("x", 63)),
        (drawn(8, 16), [f"{'abcdefgh'[k % 8]}{k}" for k in range(64)]),
        (drawn(8, 16) * 2 ** (np.arange(64) // 16), numbered("x", 64)),
    ],
    ids=["real", "named reals", "few", "negative", "bright", "answers", "no rectangle", "words", "other ranges"],
)
def test_other_wide_tables_are_no_pictures(pixels: np.ndarray, names: list[str]) -> None:
    assert choice_of(sheet_with(pixels, names)).picture is None


def test_missing_pixels_do_not_matter() -> None:
    sheet = sheet_with(drawn(8, 16), numbered("p", 64))
    columns = {column.name: list(cells) for column, cells in zip(sheet.columns, sheet.cells, strict=True)}
    columns["p20"][3] = None
    columns["p0"] = [None] * N
    choice = choice_of(sheet_of(columns))
    assert choice.picture is None  # a pixel that no picture has leaves 63
    columns["p0"] = [0] * N
    assert choice_of(sheet_of(columns)).picture == (8, 8)
