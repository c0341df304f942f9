"""Long texts are refused at once: by how many lines and cells they have, before any cell is looked at."""

import io
import tracemalloc

import pytest

from nnplay.data.delimited import lines, suggested_choice, text_to_sheet, text_to_table, to_table
from nnplay.data.delimited.lines import check_size, lines_of
from nnplay.data.file_error import FileError


@pytest.mark.parametrize("piece", [1, 2, 3, 7, 100])
def test_lines_end_as_they_do_wherever_the_pieces_part(piece: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "_PIECE", piece)
    content = b"a\nbc\r\nd\re\r\r\nf\n\n\rg"
    assert [*lines_of(io.BytesIO(content), "x")] == content.splitlines(keepends=True)


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"\n" * 3_000_000, "too many lines"),
        (b"\r" * 3_000_000, "too many lines"),
        (b"\r\r\n" * 3_000_000, "too many lines"),
        (b'"' + b"a\n" * 3_000_000, "too many lines"),
        (b"," * 70_000_000, "too many cells"),
        (b" \t" * 3_000_000, "is empty"),
        ((b" " * 20 + b"\n") * 1_000_000, "is empty"),
    ],
)
def test_what_is_too_much_is_refused_before_it_is_kept(content: bytes, problem: str) -> None:
    handle = io.BytesIO(content)
    tracemalloc.start()
    try:
        with pytest.raises(FileError, match=problem):
            check_size(handle, "x", ",")
        assert tracemalloc.get_traced_memory()[1] < 5_000_000
    finally:
        tracemalloc.stop()


def test_a_long_line_is_refused_before_all_of_it_is_read() -> None:
    handle = io.BytesIO(b"1,2\n" + b"1" * 20_000_000)
    with pytest.raises(FileError, match="x, row 2: has more than 1,000,000 bytes in a line"):
        list(lines_of(handle, "x"))
    assert handle.tell() < 4_000_000


def test_wide_rows_are_refused_one_by_one() -> None:
    with pytest.raises(FileError, match="row 2: has 5,001 columns"):
        text_to_sheet("1\n" + ("," * 5000 + "\n") * 50)


def test_thousands_of_columns_of_one_name_are_told_apart() -> None:
    columns = 4096
    text = "\n".join([",".join(["a"] * columns), ",".join(["1"] * columns), ",".join(["2"] * columns)])
    sheet = text_to_sheet(text)
    assert [column.name for column in sheet.columns[:3]] == ["a", "a (2)", "a (3)"]
    assert len({column.name for column in sheet.columns}) == columns
    choice = suggested_choice(sheet)
    assert to_table(sheet, choice.inputs, choice.target, choice.task).inputs.shape == (2, columns - 1)


def test_a_name_that_looks_like_a_copy_stays() -> None:
    sheet = text_to_sheet("a,a (2),a,a\n1,2,3,4\n")
    assert [column.name for column in sheet.columns] == ["a", "a (2)", "a (3)", "a (4)"]


@pytest.mark.parametrize("text", ["", " ", "\t", "  \t \t\n \t", "\n\t\t\n\t\t\n", "  \t\x85\n", "\u2003\t\n"])
def test_a_clipboard_of_blanks_and_tabs_is_empty(text: str) -> None:
    with pytest.raises(FileError, match="clipboard: is empty"):
        text_to_table(text)
