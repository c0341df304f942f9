import contextlib
import os
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nnplay.data.file_error import FileError, ReadCancelled
from nnplay.data.tables import bounds, reading
from nnplay.data.tables.layout import Layout
from nnplay.data.tables.making import make_import
from nnplay.data.tables.reading import read_file, read_text
from nnplay.data.tables.sheet import Sheet
from nnplay.data.tables.suggestion import suggested_choice
from nnplay.data.tables.text import blocks, text_reader
from nnplay.errors import InputError, NnplayError

Write = Callable[..., Path]


def names(sheet: Sheet) -> list[str]:
    return [column.name for column in sheet.columns]


def labels(sheet: Sheet, column: int = -1) -> tuple[str, ...] | None:
    found = sheet.labels(column % len(sheet.columns), 64)
    return None if found is None else found.names


def test_a_usual_file(file_of: Write) -> None:
    sheet = read_file(file_of("width,length,kind\n1.5,2,iris\n3,4.25,rose\n"))
    assert sheet.name == "points.csv"
    assert names(sheet) == ["width", "length", "kind"]
    assert [column.kind for column in sheet.columns] == ["number", "number", "text"]
    assert sheet.columns[1].numbers.tolist() == [2.0, 4.25]
    assert not sheet.columns[1].numbers.flags.writeable
    assert sheet.columns[2].first_bad == (2, "iris")
    assert sheet.layout == Layout(encoding="utf-8", separator=",", decimal=".", skip=0, header=1)
    assert (sheet.rows, sheet.left_out, sheet.notes) == (2, 0, ())
    assert sheet.first_rows == (("1.5", "2", "iris"), ("3", "4.25", "rose"))


@pytest.mark.parametrize(
    "content",
    [
        "x,y,c\n1.5,2,a\n3,4,b\n",
        "x,y,c\r\n1.5,2,a\r\n3,4,b",
        "x,y,c\r1.5,2,a\r3,4,b\r",
        "\ufeffx,y,c\n1.5,2,a\n3,4,b\n",
        "x;y;c\n1,5;2;a\n3;4;b\n",
        "sep=;\nx;y;c\n1,5;2;a\n3;4;b\n",
        "x\ty\tc\n1,5\t2\ta\n3\t4\tb\n",
        "x|y|c\n1.5|2|a\n3|4|b\n",
        "x:y:c\n1.5:2:a\n3:4:b\n",
        "x   y  c\n1.5 2  a\n 3  4  b\n",
        "x, y, c\n1.5, 2, a\n3, 4, b\n",
        '"x","y","c"\n"1.5","2","a"\n"3","4","b"\n',
        "'x','y','c'\n'1.5','2','a'\n'3','4','b'\n",
        "\n\nx,y,c\n\n1.5,2,a\n,,\n3,4,b\n\n",
        "x,y,c,\n1.5,2,a,\n3,4,b,\n",
        "# from a device\nx,y,c\n1.5,2,a\n3,4,b\n",
        "% x,y,c\n1.5,2,a\n3,4,b\n",
        "Measured in May\n\nx,y,c\n1.5,2,a\n3,4,b\n",
        "x,y,c\ncm,kg,\n1.5,2,a\n3,4,b\n",
        "x,y,c\n1.5,2,a\n3,4,b\nSource: our own measurements\n",
        "x,y,c\n1.5,2,a\n3,4,b\nTotal,6,\n",
    ],
)
def test_the_same_table_in_many_spellings(content: str, file_of: Write) -> None:
    sheet = read_file(file_of(content))
    assert names(sheet) == ["x", "y", "c"]
    assert [column.numbers.tolist() for column in sheet.columns[:2]] == [[1.5, 3], [2, 4]]
    assert labels(sheet) == ("a", "b")
    assert sheet.left_out == 0


@pytest.mark.parametrize(
    ("content", "note"),
    [
        ("Measured in May\nby us\nx,y\n1,2\n3,4\n", "2 lines before the table were skipped"),
        ("# by us\nx,y\n1,2\n3,4\n", "1 line of comment was skipped"),
        ("x,y\n1,2\n# pause\n# over\n3,4\n", "2 lines of comment were skipped"),
        ("x,y\ncm,kg\n1,2\n3,4\n", "1 line under the names was skipped"),
        ("x,y,z\n1,2,3\n3,4,5\nTotal,6,8\n", "1 line under the table was skipped"),
        ("x,y\n1,2\n3,4,5\n6,7\n", "1 row has another number of cells and was left out"),
        ("x,y\n$ 1,2\n$ 3,4\n", "“$” was taken off the numbers of x"),
        ("x,y\nTRUE,2\nFALSE,4\n", "TRUE and FALSE are 1 and 0 in 1 column"),
    ],
)
def test_what_was_skipped_or_changed_is_said(content: str, note: str) -> None:
    assert read_text(content).notes == (note,)


def test_quotes_hold_separators_lines_and_quotes() -> None:
    sheet = read_text('x,c\n1,"a,b"\n2,"say ""hi"""\n3,"two\nlines"\n')
    assert labels(sheet) == ("a,b", 'say "hi"', "two\nlines")


def test_without_a_header_columns_are_numbered() -> None:
    sheet = read_text("1,2,0\n3,4,1\n")
    assert sheet.layout.header == 0
    assert names(sheet) == ["column 1", "column 2", "column 3"]
    assert sheet.rows == 2


def test_what_is_recognised_can_be_corrected() -> None:
    assert names(read_text("1,2\n3,4\n", Layout(header=1))) == ["1", "2"]
    assert read_text("a,b\n3,4\n", Layout(header=0)).rows == 2
    assert names(read_text("junk,junk\nu,v\n3,4\n", Layout(header=2))) == ["u", "v"]
    assert read_text("30,2,a,b\n1,2,0\n3,4,1\n", Layout(skip=1, header=0)).rows == 2
    assert names(read_text("a~b\n1~2\n", Layout(separator="~"))) == ["a", "b"]
    assert read_text("a;b\n1.234;2\n", Layout(decimal=",")).columns[0].numbers.tolist() == [1234.0]


@pytest.mark.parametrize(
    ("layout", "field"),
    [
        (Layout(separator=",,"), "separator"),
        (Layout(separator="\n"), "separator"),
        (Layout(decimal=":"), "decimal"),
        (Layout(skip=-1), "skip"),
        (Layout(header=9), "header"),
    ],
)
def test_a_layout_that_can_not_be_is_refused(layout: Layout, field: str) -> None:
    with pytest.raises(InputError) as caught:
        read_text("a,b\n1,2\n", layout)
    assert caught.value.field == field


def test_what_was_read_reads_it_again() -> None:
    text = "by us\n\nu;v\n1,5;2\n3;4\n"
    first = read_text(text)
    again = read_text(text, first.layout)
    assert (names(again), again.layout, again.rows) == (names(first), first.layout, first.rows)


def test_names_are_made_unique_and_stand_on_a_line() -> None:
    sheet = read_text('a,a,,a (2),"b\nc"\n1,2,3,4,5\n2,3,4,5,6\n')
    assert names(sheet) == ["a", "a (2)", "column 3", "a (2) (2)", "b c"]


def test_row_names_have_no_name_of_their_own() -> None:
    sheet = read_text('"u" "v"\n"1" 0.5 2\n"2" 1.5 3\n')
    assert names(sheet) == ["column 1", "u", "v"]


def test_a_single_column() -> None:
    assert read_text("5\n6\n").columns[0].numbers.tolist() == [5, 6]


def test_labels_are_texts() -> None:
    sheet = read_text("u,k,id\n1,007,9007199254740992\n2,7,9007199254740993\n3,07,9007199254740992\n")
    assert labels(sheet, 1) == ("007", "07", "7")
    assert labels(sheet, 2) == ("9007199254740992", "9007199254740993")
    assert (sheet.columns[1].distinct, sheet.columns[2].distinct) == (3, 2)
    assert sheet.columns[1].whole


def test_labels_of_numbers_are_read_again(file_of: Write) -> None:
    rows = "".join(f"{k / 7},{k % 3},{k % 500}.50\n" for k in range(1200))
    file = file_of("a,b,c\n" + rows)
    sheet = read_file(file)
    found = sheet.labels(2, 600)
    assert found is not None
    assert found.names[:2] == ("0.50", "1.50")
    assert found.codes.tolist() == [k % 500 for k in range(1200)]
    assert sheet.labels(2, 64) is None
    file.write_text("a,b,c\n1,2,3\n")
    with pytest.raises(FileError, match="has changed since it was read"):
        sheet.labels(2, 600)


def test_missing_cells_and_the_classes_plus_and_minus() -> None:
    sheet = read_text("u,v\n1,+\nNA,-\n?,+\n,-\n")
    assert sheet.columns[0].missing.tolist() == [False, True, True, True]
    assert sheet.columns[0].kind == "number"
    assert labels(sheet) == ("+", "-")
    assert read_text("u,v\n1,x\n2,-\n").columns[1].missing.tolist() == [False, True]


def test_denormal_numbers_and_every_digit_come_through() -> None:
    values = [5e-324, -8e-301, 0.1 + 0.2, 1 / 3, 123456789.123456789]
    text = "a,b\n" + "".join(f"{value!r},{k}\n" for k, value in enumerate(values))
    assert read_text(text).columns[0].numbers.tolist() == values


def test_what_is_too_large_is_no_number() -> None:
    sheet = read_text("a,b\n" + "1.5,2\n" * 80 + "1e101,3\n")
    assert (sheet.columns[0].kind, sheet.columns[0].missing.tolist()) == ("number", [False] * 80 + [True])
    assert "1 cell is no number and counts as missing: “1e101” in a, line 82" in sheet.notes
    column = read_text("a,b\n" + "1.5,2\n" * 80 + "1e101,3\n" * 20).columns[0]
    assert (column.kind, column.first_bad) == ("text", (82, "1e101"))


def test_a_mistake_after_many_numbers_has_the_right_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blocks, "PIECE_BYTES", 2000)
    rows = ["a,b", *["1,2.5"] * 2000, "", "# one", "3,oops", *["1,2.5"] * 2000]
    sheet = read_text("# first\n" + "\n".join(rows))
    assert any("“oops” in b, line 2005" in note for note in sheet.notes)
    assert (sheet.columns[1].kind, sheet.rows) == ("number", 4001)
    assert np.flatnonzero(sheet.columns[1].missing).tolist() == [2000]


def test_many_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blocks, "PIECE_BYTES", 3000)
    monkeypatch.setattr(bounds, "HEAD_BYTES", 3000)
    values = (np.arange(3000) / 8).tolist()
    rows = "".join(f'{value!r},{-k},"k{k % 3}\nx"\n' for k, value in enumerate(values))
    sheet = read_text("a,b,c\n" + rows)
    np.testing.assert_array_equal(sheet.columns[0].numbers, values)
    np.testing.assert_array_equal(sheet.columns[1].numbers, -np.arange(3000.0))
    found = sheet.labels(2, 3)
    assert found is not None
    np.testing.assert_array_equal(found.codes, np.arange(3000) % 3)


def test_rows_with_other_numbers_of_cells_are_left_out() -> None:
    sheet = read_text("a,b,c\n1,2,3\n1,2\n4,5,6\n1,2,3,4\n7,8,9\n")
    assert (sheet.rows, sheet.left_out) == (3, 2)
    assert sheet.columns[2].numbers.tolist() == [3, 6, 9]
    sheet = read_text('a b\n"1" 2\n3\n4 5\n')
    assert (sheet.rows, sheet.left_out) == (2, 1)


@pytest.mark.parametrize(
    ("content", "row", "message"),
    [
        (b"", None, "is empty; rows of numbers were expected"),
        (b"\n\r\n \n", None, "is empty"),
        (b"\xef\xbb\xbf", None, "is empty"),
        (b"a,b\n", 1, "has only a header; rows of numbers were expected under it"),
        (b'a,b\n1,"2\n3,4\n', 2, "opens quotes that never close"),
        (b'a,b\n1,2\n3,"4' + b"\n5,6" * 50_000, 3, "more than 131,072 characters; quotes"),
        (b"a,b\n1,2\n3,\0\n", 3, "holds a NUL byte"),
        (b"a,b\n1," + b"2" * (bounds.MAX_LINE + 1) + b"\n", 2, "more than 1,000,000 bytes in a line"),
        (b"," * (bounds.MAX_COLUMNS) + b"1\n", 1, "has 4,097 columns"),
        (b"a,b,c\n1,2,3\n" + b"1,2,3\n" * 250 + b"1,2\n1\n" * 200, 253, "has 2 cells, and 3 were expected; 400 rows"),
    ],
)
def test_faults_name_file_and_row(content: bytes, row: int | None, message: str, file_of: Write) -> None:
    with pytest.raises(FileError) as caught:
        read_file(file_of(content))
    assert caught.value.name == "points.csv"
    assert caught.value.row == row
    assert message in str(caught.value)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(FileError, match=r"nothing\.csv: there is no such file"):
        read_file(tmp_path / "nothing.csv")
    with pytest.raises(FileError, match="can't be read"):
        read_file("a\0b")


def test_a_folder_and_a_pipe_are_no_files(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="this is a folder, and not a file"):
        read_file(tmp_path)
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe")
        with pytest.raises(FileError, match="this is a pipe, a device or a socket, and not a file"):
            read_file(tmp_path / "pipe")


def test_a_huge_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    file = tmp_path / "huge.csv"
    with file.open("wb") as handle:
        handle.truncate(1_000_000_000)  # a hole, which takes no room on the disk
    with pytest.raises(FileError, match="has 1,000 MB; files up to 200 MB can be read"):
        read_file(file)


def test_too_many_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text_reader, "MAX_ROWS", 50)
    assert read_text("1,2\n" * 50).rows == 50
    with pytest.raises(FileError, match="too many rows; up to 50"):
        read_text("1,2\n" * 51)


def test_progress_rises_to_the_whole(file_of: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blocks, "PIECE_BYTES", 400)
    calls: list[tuple[int, int]] = []
    read_file(file_of("1,2\n" * 1000), progress=lambda done, total: calls.append((done, total)))
    done = [call[0] for call in calls]
    assert len(calls) >= 10
    assert done == sorted(done)
    assert calls[-1] == (4000, 4000)
    assert {call[1] for call in calls} == {4000}


@pytest.mark.parametrize("error", [ReadCancelled("enough"), OSError("mine"), ValueError("mine"), KeyboardInterrupt()])
def test_what_the_callback_raises_stops_the_reading_and_is_passed_on(error: BaseException, file_of: Write) -> None:
    def stop(done: int, total: int) -> None:
        raise error

    with pytest.raises(type(error)) as caught:
        read_file(file_of("1,2\n3,4\n"), progress=stop)
    assert caught.value is error


def test_texts_that_are_asked_for_are_kept(file_of: Write) -> None:
    rows = "".join(f"{k / 7}," + ",".join(["1.5"] * 100) + "\n" for k in range(300))
    names = ",".join(f"p{k}" for k in range(101))
    sheet = read_file(file_of(f"{names}\n{rows}"), as_text=["p0"])
    found = sheet.labels(0, 300)
    assert found is not None
    assert len(found.names) == 300


def test_pasted_text() -> None:
    sheet = read_text("x\ty\tclass\n1,5\t2\tcat\n")
    assert (sheet.name, sheet.layout.encoding) == ("clipboard", None)
    assert sheet.columns[0].numbers.tolist() == [1.5]
    with pytest.raises(FileError, match="clipboard: holds half characters"):
        read_text("a\ud800,b\n1,2\n")
    with pytest.raises(FileError, match="has only a header"):
        read_text("hello\n")


def test_endings_for_dialogs() -> None:
    assert "*.csv" in reading.patterns().split()
    assert {".csv", ".xlsx", ".json.gz", ".tab.zip"} <= set(reading.SUFFIXES)


def read_all(content: bytes, file: Path) -> None:
    """Everything a window would do with a file."""
    file.write_bytes(content)
    with contextlib.suppress(NnplayError):
        take(read_file(file))
    with contextlib.suppress(NnplayError):
        take(read_text(content.decode("utf-8", "replace")))


def take(sheet: Sheet) -> None:
    assert all(len(row) == len(sheet.columns) for row in sheet.first_rows)
    for place, column in enumerate(sheet.columns):
        numbers = column.numbers
        assert len(numbers) == len(column.missing) == sheet.rows
        assert np.isnan(numbers[column.missing]).all()
        if column.kind == "number":
            assert np.isfinite(numbers[~column.missing]).all()
        found = sheet.labels(place, 64)
        assert found is None or ((found.codes < 0) == column.missing).all()
    table = make_import(sheet, suggested_choice(sheet)).table
    assert np.isfinite(table.inputs).all()


fuzz = settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])


@fuzz
@given(st.binary(max_size=200))
def test_random_bytes_raise_nothing_but_our_errors(tmp_path: Path, content: bytes) -> None:
    read_all(content, tmp_path / "random.csv")


cells = st.sampled_from(
    [
        *("1", "2.5", "-3", "1,5", "1e999", "nan", "inf", "", " ", "cat", '"', '""', '"a"', '"1,2"', "\0", "é", "x y"),
        *("1_0", "TRUE", "$ 5", "5 %", "1.234.567", "−3", "-", "+", "#", "%", "2024-01-01", "007", "9" * 20, "'a'"),
    ]
)


@fuzz
@given(
    st.lists(st.lists(cells, max_size=4), max_size=6),
    st.sampled_from([",", ";", "\t", ", ", " ", "|", ":"]),
    st.sampled_from(["\n", "\r\n", "\r", "\n\n"]),
    st.sampled_from(["", "\ufeff", "sep=;\n", "a,b\n", "# a,b\n", "c\td\n", "a b\n\tclass\n"]),
)
def test_broken_tables_raise_nothing_but_our_errors(
    tmp_path: Path, rows: list[list[str]], separator: str, newline: str, start: str
) -> None:
    text = start + newline.join(separator.join(row) for row in rows)
    read_all(text.encode("utf-8"), tmp_path / "broken.csv")


@fuzz
@given(
    st.lists(st.lists(st.sampled_from(["1", "2.5", "x", "", "3,5", "7"]), min_size=1, max_size=3), max_size=5),
    st.builds(
        Layout,
        encoding=st.sampled_from([None, "utf-8", "latin-1", "utf-16", "hex", "nothing", "punycode"]),
        separator=st.sampled_from([None, ",", " ", "x", "ab", "\n", "é"]),
        decimal=st.sampled_from([None, ".", ",", ";"]),
        skip=st.integers(-1, 4) | st.none(),
        header=st.integers(-1, 4) | st.none(),
        sheet=st.sampled_from([None, "Sheet1"]),
    ),
)
def test_any_layout_raises_nothing_but_our_errors(tmp_path: Path, rows: list[list[str]], layout: Layout) -> None:
    file = tmp_path / "layout.csv"
    file.write_text("\n".join(",".join(row) for row in rows))
    with contextlib.suppress(NnplayError):
        take(read_file(file, layout))
