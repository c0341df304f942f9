"""Pasted points are what they were when they were copied."""

import numpy as np
import pytest

from nnplay.data import Table
from nnplay.data.tables.making import make_import
from nnplay.data.tables.pasting import choice_of_points
from nnplay.data.tables.reading import read_text
from nnplay.data.tables.suggestion import suggested_choice
from nnplay.data.tables.writer import table_to_text

TABLES = {
    "one class": Table([[0.5, 1.0], [2.0, -1.5], [1.0, 0.25]], [0.0, 0.0, 0.0]),
    "one class with a name": Table([[0.5, 1.0], [2.0, -1.5]], [0.0, 0.0], class_names=("red",)),
    "one point": Table([[0.5, -1.0]], [0.0]),
    "on a line": Table([[0.5, 1.0], [0.5, -1.5], [0.5, 0.25]], [0.0, 1.0, 0.0]),
    "one number": Table([[0.5, 1.0], [2.0, -1.5], [1.5, 2.0]], [0.25, 0.25, 0.25], "regression"),
    "two classes": Table([[0.5, 1.0], [2.0, -1.5], [1.0, 0.25]], [0.0, 1.0, 0.0]),
    "numbers": Table([[0.5, 1.0], [2.0, -1.5], [1.0, 0.25]], [0.125, 3.5, 7.0], "regression"),
}


@pytest.mark.parametrize("name", TABLES)
def test_points_come_back_as_they_were(name: str):
    table = TABLES[name]
    sheet = read_text(table_to_text(table))
    back = make_import(sheet, choice_of_points(sheet), least_classes=1).table
    assert (back.task, back.input_names, back.class_names) == (table.task, table.input_names, table.class_names)
    np.testing.assert_array_equal(back.inputs, table.inputs)
    np.testing.assert_array_equal(back.targets, table.targets)


@pytest.mark.parametrize(
    "text", ["a\tb\tkind\n1\t2\tx\n1\t3\ty\n1\t4\tx\n", "id\tx\tclass\n1\t2\tx\n2\t3\ty\n3\t3\tx\n"]
)
def test_any_other_table_is_what_it_looks_like(text: str):
    sheet = read_text(text)
    assert choice_of_points(sheet) == suggested_choice(sheet)
