import numpy as np
import pytest

from nnplay.data.tables.reading import read_text
from nnplay.data.tables.sheet import Sheet


def _column(cells: list[str]) -> Sheet:
    return read_text("a,b,kind\n" + "".join(f"{cell},{k},{'xy'[k % 2]}\n" for k, cell in enumerate(cells)))


def test_few_cells_that_are_no_numbers_count_as_missing_and_that_is_said() -> None:
    sheet = _column([*map(str, range(20, 40)), "inf", "4o"])
    column = sheet.columns[0]
    assert (column.kind, column.whole, column.distinct) == ("number", True, 20)
    assert np.flatnonzero(column.missing).tolist() == [20, 21]
    assert any("2 cells are no numbers" in note and "“inf” in a, line 22" in note for note in sheet.notes)
    labels = sheet.labels(0, 50)
    assert labels is not None
    assert labels.codes.tolist() == [*range(20), -1, -1]


@pytest.mark.parametrize(
    "cells", [["1", "2", "3", "x"] * 3, [*map(str, range(60)), "J", "Q", "K", "A"]], ids=["many", "of many kinds"]
)
def test_more_of_them_make_a_text(cells: list[str]) -> None:
    assert _column(cells).columns[0].kind == "text"
