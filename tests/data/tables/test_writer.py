from pathlib import Path
from typing import Literal

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nnplay.data import Table, make_table
from nnplay.data.file_error import FileError
from nnplay.data.tables.choice import Choice, Use
from nnplay.data.tables.layout import Layout
from nnplay.data.tables.making import make_import
from nnplay.data.tables.reading import read_file, read_text
from nnplay.data.tables.sheet import Sheet
from nnplay.data.tables.writer import table_to_text, write_csv


def table_of(sheet: Sheet, kind: Literal["class", "number"] = "class") -> Table:
    """The last column is the target."""
    uses = [Use("input", "number", "")] * (len(sheet.columns) - 1) + [Use("target", kind, "")]
    return make_import(sheet, Choice(tuple(uses))).table


def test_what_is_written(tmp_path: Path) -> None:
    table = Table(np.array([[0.1, -2.0], [1e-300, 3.0]]), np.array([1.0, 0.0]), class_names=("a,b", "c"))
    write_csv(table, tmp_path / "out.csv")
    assert (tmp_path / "out.csv").read_bytes() == b'x1,x2,class\n0.1,-2.0,c\n1e-300,3.0,"a,b"\n'
    assert table_to_text(table) == "x1\tx2\tclass\n0.1\t-2.0\tc\n1e-300\t3.0\ta,b\n"


@pytest.mark.parametrize("key", ["spirals", "xor", "blobs"])
def test_classes_come_back(key: str, tmp_path: Path) -> None:
    table = make_table(key, noise=0.1)
    write_csv(table, tmp_path / "out.csv")
    assert table_of(read_file(tmp_path / "out.csv")) == table
    assert table_of(read_text(table_to_text(table))) == table


def test_values_come_back(tmp_path: Path) -> None:
    table = make_table("gaussian_bumps", noise=0.1)
    write_csv(table, tmp_path / "out.csv")
    assert table_of(read_file(tmp_path / "out.csv"), "number") == table
    assert table_of(read_text(table_to_text(table)), "number") == table


@settings(deadline=None, max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.tuples(*[st.floats(-1e100, 1e100)] * 2), min_size=2, max_size=12),
    st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=6), min_size=2, max_size=4),
)
def test_any_numbers_and_names_come_back(tmp_path: Path, rows: list[tuple[float, float]], texts: list[str]) -> None:
    names = sorted({"k" + text.strip() for text in texts} | {"k", "l"})
    labels = np.arange(len(rows)) % len(names)
    table = Table(np.array(rows), labels.astype(float), class_names=tuple(names))
    write_csv(table, tmp_path / "out.csv")
    back = table_of(read_file(tmp_path / "out.csv", Layout(separator=",", decimal=".", skip=0, header=1)))
    np.testing.assert_array_equal(back.inputs, table.inputs)
    assert [back.class_names[k] for k in back.labels] == [names[k] for k in labels]


def test_an_older_file_is_replaced_whole(tmp_path: Path) -> None:
    file = tmp_path / "out.csv"
    file.write_text("old", "utf-8")
    write_csv(make_table("xor"), file)
    assert file.read_text("utf-8").startswith("x1,x2,class\n")
    assert [path.name for path in tmp_path.iterdir()] == ["out.csv"]


def test_a_failed_write_leaves_the_older_file(tmp_path: Path) -> None:
    file = tmp_path / "out.csv"
    file.write_text("old", "utf-8")
    table = Table(np.zeros((1, 2)), np.zeros(1), class_names=("half a character: \ud800",))
    with pytest.raises(FileError, match=r"out\.csv: can't be written"):
        write_csv(table, file)
    assert file.read_text("utf-8") == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["out.csv"]


def test_a_place_that_cannot_be_written(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="No such file or directory"):
        write_csv(make_table("xor"), tmp_path / "nowhere" / "out.csv")
    with pytest.raises(FileError, match="can't be written"):
        write_csv(make_table("xor"), tmp_path)
