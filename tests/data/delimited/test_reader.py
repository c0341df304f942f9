import contextlib
import os
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nnplay.data.delimited import lines, open_csv, reader, suggested_choice, text_to_sheet, text_to_table, to_table
from nnplay.data.file_error import FileError, ReadCancelled
from nnplay.errors import NnplayError

Write = Callable[[str | bytes], Path]


def test_a_usual_file(csv_file: Write) -> None:
    sheet = open_csv(csv_file("width,length,kind\n1.5,2,iris\n3,4.25,rose\n"))
    assert sheet.name == "points.csv"
    assert [column.name for column in sheet.columns] == ["width", "length", "kind"]
    assert [column.kind for column in sheet.columns] == ["number", "number", "text"]
    assert sheet.columns[1].numbers.tolist() == [2.0, 4.25]
    assert (sheet.header, sheet.rows, sheet.separator) == (True, 2, ",")
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
        "x, y, c\n1.5, 2, a\n3, 4, b\n",
        '"x","y","c"\n"1.5","2","a"\n"3","4","b"\n',
        "\n\nx,y,c\n\n1.5,2,a\n,,\n3,4,b\n\n",
        "x,y,c,\n1.5,2,a,\n3,4,b,\n",
    ],
)
def test_the_same_table_in_many_spellings(content: str, csv_file: Write) -> None:
    sheet = open_csv(csv_file(content))
    table = to_table(sheet, ["x", "y"], "c")
    assert table.inputs.tolist() == [[1.5, 2], [3, 4]]
    assert table.class_names == ("a", "b")
    assert table.targets.tolist() == [0, 1]


def test_quotes_hold_separators_lines_and_quotes() -> None:
    sheet = text_to_sheet('x,c\n1,"a,b"\n2,"say ""hi"""\n3,"two\nlines"\n')
    assert sheet.columns[1].texts == ("a,b", 'say "hi"', "two\nlines")


def test_without_a_header_columns_are_numbered() -> None:
    sheet = text_to_sheet("1,2,0\n3,4,1\n")
    assert not sheet.header
    assert [column.name for column in sheet.columns] == ["column 1", "column 2", "column 3"]
    assert sheet.rows == 2


def test_a_person_can_overrule_the_header() -> None:
    assert text_to_sheet("1,2\n3,4\n", header=True).columns[0].name == "1"
    assert text_to_sheet("a,b\n3,4\n", header=False).rows == 2


def test_names_are_made_unique() -> None:
    sheet = text_to_sheet("a,a,,a (2)\n1,2,3,4\n")
    assert [column.name for column in sheet.columns] == ["a", "a (2)", "column 3", "a (2) (2)"]


def test_a_single_column() -> None:
    assert text_to_sheet("5\n6\n").columns[0].numbers.tolist() == [5, 6]


def test_many_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "_CHUNK_CELLS", 100)
    numbers = np.arange(1000) / 8
    text = "a,b,c\n" + "".join(f"{value!r},{-value!r},k{k % 3}\n" for k, value in enumerate(numbers.tolist()))
    sheet = text_to_sheet(text)
    table = to_table(sheet, ["b", "a"], "c")
    np.testing.assert_array_equal(table.inputs, np.stack([-numbers, numbers], axis=1))
    np.testing.assert_array_equal(table.labels, np.arange(1000) % 3)
    assert len(sheet.first_rows) == reader.PREVIEW_ROWS


def test_a_fault_in_a_late_chunk_has_the_right_row(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "_CHUNK_CELLS", 100)
    lines = ["a,b"] + ["1,2"] * 500 + [""] + ["3,oops"] + ["1,2"] * 500
    sheet = text_to_sheet("\n".join(lines))
    assert sheet.columns[1].first_bad == (503, "oops")
    assert sheet.columns[1].kind == "number"


@pytest.mark.parametrize(
    ("content", "row", "message"),
    [
        (b"", None, "is empty; rows of numbers were expected"),
        (b"\n\r\n \n", None, "is empty"),
        (b"\xef\xbb\xbf", None, "is empty"),
        (b"a,b\n", 1, "has only a header; rows of numbers were expected under it"),
        (b"a,b\n1,2\n3\n", 3, "has 1 cell; 2 were expected"),
        (b"a,b\n1,2\n3,4,5\n", 3, "has 3 cells; 2 were expected"),
        (b"a,b\n1,2\n\n3,4,5\n", 4, "has 3 cells"),
        (b'a,b\n1,"2\n3,4\n', 2, "opens quotes that never close"),
        (b'a,b\n1,2\n3,"4' + b"\n5,6" * 50_000, 3, "more than 131,072 characters; quotes"),
        (b'a,b\n1,"2"3\n', 2, "goes on after closing quotes"),
        (b"a,b\n1,2\n3,\0\n", 3, "holds a NUL byte"),
        (b"a,b\n1,2\n3,\xe4\n", 3, "is not UTF-8 text; save it as"),
        (b"\xff\xfea\x00,\x00", None, "is UTF-16 text"),
        (b"a,b\n1," + b"2" * (lines.MAX_LINE + 1), 2, "more than 1,000,000 bytes in a line"),
        (b"," * (reader.MAX_COLUMNS) + b"1\n", 1, "has 4,097 columns"),
    ],
)
def test_faults_name_file_and_row(content: bytes, row: int | None, message: str, csv_file: Write) -> None:
    with pytest.raises(FileError) as caught:
        open_csv(csv_file(content))
    assert caught.value.name == "points.csv"
    assert caught.value.row == row
    assert message in str(caught.value)
    assert str(caught.value).startswith("points.csv" + (f", row {row}" if row else ""))


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(FileError, match=r"nothing\.csv: there is no such file"):
        open_csv(tmp_path / "nothing.csv")
    with pytest.raises(FileError, match="can't be read"):
        open_csv("a\0b")


def test_a_folder_and_a_pipe_are_no_files(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="this is a folder, and not a file"):
        open_csv(tmp_path)
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe")
        with pytest.raises(FileError, match="this is a pipe, a device or a socket, and not a file"):
            open_csv(tmp_path / "pipe")


def test_a_huge_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    file = tmp_path / "huge.csv"
    with file.open("wb") as handle:
        handle.truncate(1_000_000_000)  # a hole, which takes no room on the disk
    with pytest.raises(FileError, match="has 1,000 MB; files up to 200 MB can be read"):
        open_csv(file)


def test_too_many_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "MAX_ROWS", 50)
    assert text_to_sheet("1,2\n" * 50).rows == 50
    with pytest.raises(FileError, match="too many rows; up to 50"):
        text_to_sheet("1,2\n" * 51)


def test_progress_rises_to_the_whole(csv_file: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "_CHUNK_CELLS", 200)
    file = csv_file("1,2\n" * 1000)
    calls: list[tuple[int, int]] = []
    open_csv(file, progress=lambda done, total: calls.append((done, total)))
    done = [call[0] for call in calls]
    assert len(calls) >= 10
    assert done == sorted(done)
    assert calls[-1] == (4000, 4000)
    assert {call[1] for call in calls} == {4000}


@pytest.mark.parametrize("error", [ReadCancelled("enough"), OSError("mine"), ValueError("mine"), KeyboardInterrupt()])
def test_what_the_callback_raises_stops_the_reading_and_is_passed_on(error: BaseException, csv_file: Write) -> None:
    def stop(done: int, total: int) -> None:
        raise error

    with pytest.raises(type(error)) as caught:
        open_csv(csv_file("1,2\n3,4\n"), progress=stop)
    assert caught.value is error


def test_pasted_text_with_half_characters() -> None:
    with pytest.raises(FileError, match="clipboard: holds half characters"):
        text_to_sheet("a\ud800,b\n1,2\n")


def test_pasted_points_of_one_class_are_enough() -> None:
    table = text_to_table("x\ty\tclass\n1,5\t2\tcat\n")
    assert table.inputs.tolist() == [[1.5, 2.0]]
    assert table.class_names == ("cat",)


def test_pasted_coordinates_without_a_class() -> None:
    rows = "\n".join(f"{k / 7}\t{k / 3}" for k in range(1, 20))
    table = text_to_table(rows)
    assert table.inputs.shape == (19, 2)
    assert set(table.targets) == {0.0}


def test_pasted_text_without_numbers() -> None:
    with pytest.raises(FileError, match="has only a header"):
        text_to_table("hello\n")
    with pytest.raises(FileError, match="no column of numbers"):
        text_to_table("hello,world\nto,you\n")


def read_all(content: bytes, file: Path) -> None:
    """Everything a window would do with a file."""
    file.write_bytes(content)
    with contextlib.suppress(NnplayError):
        sheet = open_csv(file)
        choice = suggested_choice(sheet)
        assert all(len(row) == len(sheet.columns) for row in sheet.first_rows)
        for task in ("classification", "regression"):
            with contextlib.suppress(NnplayError):
                table = to_table(sheet, choice.inputs, choice.target, task)
                assert len(table) == sheet.rows
                assert np.isfinite(table.inputs).all()
    with contextlib.suppress(NnplayError):
        text_to_table(content.decode("utf-8", "replace"))


fuzz = settings(deadline=None, max_examples=250, suppress_health_check=[HealthCheck.function_scoped_fixture])


@fuzz
@given(st.binary(max_size=200))
def test_random_bytes_raise_nothing_but_our_errors(tmp_path: Path, content: bytes) -> None:
    read_all(content, tmp_path / "random.csv")


cells = st.sampled_from(
    ["1", "2.5", "-3", "1,5", "1e999", "nan", "inf", "", " ", "cat", '"', '""', '"a"', '"1,2"', "\0", "é", "x y", "1_0"]
)


@fuzz
@given(
    st.lists(st.lists(cells, max_size=4), max_size=6),
    st.sampled_from([",", ";", "\t", ", "]),
    st.sampled_from(["\n", "\r\n", "\r", "\n\n"]),
    st.sampled_from(["", "\ufeff", "sep=;\n", "a,b\n"]),
)
def test_broken_tables_raise_nothing_but_our_errors(
    tmp_path: Path, rows: list[list[str]], separator: str, newline: str, start: str
) -> None:
    text = start + newline.join(separator.join(row) for row in rows)
    read_all(text.encode("utf-8"), tmp_path / "broken.csv")
