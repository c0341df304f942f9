import datetime
import io
from collections.abc import Callable, Sequence
from pathlib import Path

import openpyxl
import pytest

from nnplay.data.file_error import FileError, ReadCancelled
from nnplay.data.tables.files import cells
from nnplay.data.tables.files.refused_formats import OLE
from nnplay.data.tables.layout import Layout
from nnplay.data.tables.reading import read_file
from nnplay.errors import InputError
from tests.soak.examples import opendocument, repacked, sheets
from tests.soak.examples import spreadsheets as examples

Write = Callable[..., Path]


def book(**sheets: Sequence[Sequence[object]]) -> bytes:
    made = openpyxl.Workbook()
    made.remove(made["Sheet"])
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
    content = io.BytesIO()
    made.save(content)
    return content.getvalue()


ROWS = [
    ["u", "day", "ok", "class"],
    [0.5, datetime.date(2024, 5, 1), True, "a"],
    [None, datetime.date(2024, 5, 2), False, "b"],
    [3, datetime.datetime(2024, 5, 3, 12), True, "a"],
]


def test_cells_of_every_kind(file_of: Write) -> None:
    sheet = read_file(file_of(book(one=ROWS), "points.xlsx"))
    assert [column.kind for column in sheet.columns] == ["number", "text", "number", "text"]
    assert sheet.columns[0].missing.tolist() == [False, True, False]
    assert sheet.columns[2].numbers.tolist() == [1, 0, 1]
    assert sheet.first_rows[0] == ("0.5", "2024-05-01", "TRUE", "a")
    assert sheet.layout == Layout(decimal=".", skip=0, header=1, sheet="one")
    assert sheet.sheets == ("one",)


def test_the_sheet_is_a_choice(file_of: Write) -> None:
    file = file_of(book(notes=[["read me"]], data=ROWS, more=[["p", "q"], [1, 2]]), "points.xlsx")
    assert read_file(file).layout.sheet == "data"
    more = read_file(file, Layout(sheet="more"))
    assert [column.name for column in more.columns] == ["p", "q"]
    assert more.sheets == ("notes", "data", "more")
    with pytest.raises(InputError, match="one of notes, data, more"):
        read_file(file, Layout(sheet="other"))


def test_titles_and_empty_rows_before_the_table(file_of: Write) -> None:
    sheet = read_file(file_of(book(one=[[], ["by us"], [], *ROWS]), "points.xlsx"))
    assert (sheet.rows, sheet.layout.skip, sheet.layout.header) == (3, 3, 1)
    assert sheet.notes[0] == "1 line before the table was skipped"


def test_numbers_that_are_texts(file_of: Write) -> None:
    rows = [["u", "id", "k"], ["1,5", 9007199254740991, "007"], ["2,5", 9007199254740990, "7"]]
    sheet = read_file(file_of(book(one=rows), "points.xlsx"))
    assert sheet.columns[0].numbers.tolist() == [1.5, 2.5]
    labels = sheet.labels(2, 5)
    assert labels is not None
    assert labels.names == ("007", "7")


def test_open_documents(file_of: Write) -> None:
    sheet = read_file(file_of(examples()[1], "points.ods"))
    assert [column.name for column in sheet.columns] == ["u", "v", "class"]
    assert (sheet.rows, sheet.layout.sheet) == (12, "Sheet1")


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.xlsx", book(one=ROWS)[:-200], "is a zip that is damaged"),
        ("a.xlsx", book(one=[]), "is empty"),
        ("a.xlsx", book(one=[["only", "names"]]), "has only a header"),
        ("a.ods", opendocument("<table:table-row>"), "can't be read as a spreadsheet"),
        ("a.ods", repacked(sheets()[1].replace(b"UTF-8", b"UT8")), "can't be read as a spreadsheet .unknown encoding"),
        ("a.xls", OLE + bytes(600), "format Excel .*xls"),
        ("a", OLE + bytes(600), "format Excel .*xls"),
        ("a.doc", OLE + bytes(600), "format Word"),
        ("a.xlsx", OLE + bytes(600), "is protected by a password"),
    ],
)
def test_what_is_no_table(name: str, content: bytes, message: str, file_of: Write) -> None:
    with pytest.raises(FileError, match=message):
        read_file(file_of(content, name))


def test_cells_that_reach_too_far(file_of: Write) -> None:
    made = openpyxl.Workbook()
    made.active["A1"] = 1
    made.active["XFD1048576"] = 1
    content = io.BytesIO()
    made.save(content)
    with pytest.raises(FileError, match="has more than 3,000,000 cells"):
        read_file(file_of(content.getvalue(), "a.xlsx"))


def test_a_person_can_cancel_while_cells_are_read(file_of: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cells, "_ROWS_AT_ONCE", 2)
    file = file_of(book(one=ROWS), "points.xlsx")
    calls: list[tuple[int, int]] = []
    read_file(file, progress=lambda done, total: calls.append((done, total)))
    size = file.stat().st_size
    assert len(calls) > 2
    assert calls[-1] == (size, size)
    last = len(calls)

    def stop(done: int, total: int) -> None:
        calls.append((done, total))
        if len(calls) == last + 3:
            raise ReadCancelled

    with pytest.raises(ReadCancelled):
        read_file(file, progress=stop)
