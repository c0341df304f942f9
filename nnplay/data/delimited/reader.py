"""Reads delimited text into a sheet, chunk by chunk, and says where it can't.

Separator, decimal mark and header are recognised. Memory is bounded: a file that is too large is refused before it is
read, and numbers are kept as arrays while the text goes.
"""

import csv
import io
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import chain, islice
from pathlib import Path
from typing import BinaryIO

from nnplay.data.delimited.choice import suggested_choice, to_table
from nnplay.data.delimited.column_builder import ColumnBuilder
from nnplay.data.delimited.dialect import Dialect, guess_dialect, looks_like_header
from nnplay.data.delimited.lines import MAX_CELLS, check_size, lines_of
from nnplay.data.delimited.sheet import CsvSheet
from nnplay.data.file_error import FileError
from nnplay.data.regular_file import open_regular, unreadable
from nnplay.data.table import Table
from nnplay.errors import memory_checked
from nnplay.texts import tr

Progress = Callable[[int, int], None]
"""Called with (bytes done, bytes in all) about every 200,000 cells; what it raises stops the reading."""

MAX_BYTES = 200_000_000
MAX_ROWS = 1_000_000
MAX_COLUMNS = 4096
PREVIEW_ROWS = 20

_HEAD_BYTES = 65_536
_CHUNK_CELLS = 200_000


@memory_checked()
def open_csv(path: str | Path, *, header: bool | None = None, progress: Progress | None = None) -> CsvSheet:
    """Read a CSV file.

    Parameters
    ----------
    path
        A file of at most 200 MB: UTF-8, separated by comma, semicolon or tab.
    header
        Whether the first row names the columns; None recognises it.
    progress
        Called as reading goes on; an exception from it stops the reading and is passed on.

    Raises
    ------
    FileError
        A file that can't be read, with row and column where there is one.
    """
    file = Path(path)
    handle, size = open_regular(file, MAX_BYTES)
    with handle:
        return _Reading(handle, file.name, size, progress).sheet(header)


@memory_checked()
def text_to_sheet(
    text: str, *, name: str | None = None, header: bool | None = None, progress: Progress | None = None
) -> CsvSheet:
    """Read text as `open_csv` reads a file; spreadsheets copy cells separated by tabs.

    Parameters
    ----------
    name
        What refusals begin with; None for the clipboard.

    Raises
    ------
    FileError
        Text that can't be read, with row and column where there is one.
    """
    source = name or tr("clipboard")
    try:
        content = text.encode("utf-8")
    except UnicodeEncodeError:
        raise FileError(source, tr("holds half characters; text was expected")) from None
    if len(content) > MAX_BYTES:
        raise FileError(source, tr("has more than {most} MB", most=MAX_BYTES // 1_000_000))
    return _Reading(io.BytesIO(content), source, len(content), progress).sheet(header)


def text_to_table(text: str, *, name: str | None = None, progress: Progress | None = None) -> Table:
    """Read pasted points with the columns taken as `suggested_choice` takes them; one class is enough.

    Parameters
    ----------
    name
        What refusals begin with; None for the clipboard.
    progress
        Called as in `open_csv`.

    Raises
    ------
    FileError
        Text that can't be read, or without a column of numbers.
    """
    sheet = text_to_sheet(text, name=name, progress=progress)
    choice = suggested_choice(sheet)
    if not choice.inputs:
        problem = tr("has no column of numbers beside the target; at least one was expected")
        raise FileError(sheet.name, problem)
    return to_table(sheet, choice.inputs, choice.target, choice.task, least_classes=1)


class _Reading:
    """One reading of one text, from its first byte to the sheet."""

    def __init__(self, handle: BinaryIO, name: str, size: int, progress: Progress | None) -> None:
        self._handle = handle
        self._name = name
        self._size = size
        self._progress = progress
        self._bytes = 0
        self._record = 0

    def sheet(self, header: bool | None) -> CsvSheet:
        dialect = self._dialect()
        self._check_size(dialect)
        rows = self._filled_rows(dialect)
        number, first = next(rows, (0, []))
        if not first:
            raise FileError(self._name, tr("is empty; rows of numbers were expected"))
        named = looks_like_header(first, dialect.decimal) if header is None else header
        width = len(first)
        names = _unique_names(first if named else [""] * width)
        builders = [ColumnBuilder(name, dialect.decimal) for name in names]
        pending = [] if named else [(number, first)]
        preview, count = self._gather(chain(pending, rows), builders)
        if count == 0:
            problem = tr("has only a header; rows of numbers were expected under it")
            raise FileError(self._name, problem, row=number)
        if self._progress:
            self._progress(self._size, self._size)
        kept = [
            k for k in range(width) if width == 1 or (named and first[k].strip()) or not builders[k].is_blank(count)
        ]
        return CsvSheet(
            self._name,
            dialect.separator,
            dialect.decimal,
            named,
            tuple(builders[k].finish() for k in kept),
            count,
            tuple(tuple(row[k] for k in kept) for row in preview),
        )

    def _dialect(self) -> Dialect:
        try:
            head = self._handle.read(_HEAD_BYTES)
            self._handle.seek(0)
        except OSError as error:
            raise unreadable(Path(self._name), error) from error
        if head.startswith((b"\xff\xfe", b"\xfe\xff")):
            raise FileError(self._name, tr("is UTF-16 text; save it as “CSV UTF-8” and try again"))
        # an error here is found again, with its row, when the lines are read
        text = head.decode("utf-8-sig", errors="replace")
        return guess_dialect(text, whole=len(head) == self._size)

    def _check_size(self, dialect: Dialect) -> None:
        try:
            check_size(self._handle, self._name, dialect.separator)
        except OSError as error:
            raise unreadable(Path(self._name), error) from error

    def _gather(
        self, rows: Iterator[tuple[int, list[str]]], builders: list[ColumnBuilder]
    ) -> tuple[list[list[str]], int]:
        width = len(builders)
        size = max(16, _CHUNK_CELLS // width)
        preview: list[list[str]] = []
        count = 0
        while chunk := list(islice(rows, size)):
            numbers = [number for number, _ in chunk]
            cells = [row for _, row in chunk]
            self._check_widths(chunk, width)
            if count == 0:
                preview = cells[:PREVIEW_ROWS]
            count += len(chunk)
            if count > MAX_ROWS or count * width > MAX_CELLS:
                most = min(MAX_ROWS, MAX_CELLS // width)
                problem = tr(
                    "has too many rows; up to {most} of {n} cell can be read|"
                    "has too many rows; up to {most} of {n} cells can be read",
                    "",
                    width,
                    most=f"{most:,}",
                )
                raise FileError(self._name, problem, row=most)
            for builder, column in zip(builders, zip(*cells, strict=True), strict=True):
                builder.add(column, numbers)
            if self._progress:
                self._progress(min(self._bytes, self._size), self._size)
        return preview, count

    def _check_columns(self, row: list[str]) -> None:
        """Refuse a row that is too wide at once: a chunk of them would fill the memory."""
        if len(row) > MAX_COLUMNS:
            columns, most = f"{len(row):,}", f"{MAX_COLUMNS:,}"
            problem = tr("has {columns} columns; up to {most} can be read", columns=columns, most=most)
            raise FileError(self._name, problem, row=self._record)

    def _check_widths(self, chunk: list[tuple[int, list[str]]], width: int) -> None:
        for number, row in chunk:
            if len(row) != width:
                problem = tr(
                    "has {n} cell; {width} were expected, as in the rows above|"
                    "has {n} cells; {width} were expected, as in the rows above",
                    "",
                    len(row),
                    width=width,
                )
                raise FileError(self._name, problem, row=number)

    def _filled_rows(self, dialect: Dialect) -> Iterator[tuple[int, list[str]]]:
        """Each row with its number, without those that are empty."""
        reader = csv.reader(self._lines(), delimiter=dialect.separator, strict=True, skipinitialspace=True)
        try:
            for row in reader:
                self._record += 1
                self._check_columns(row)
                if any(map(str.strip, row)) and not (dialect.declared and self._record == 1):
                    yield self._record, row
        except csv.Error as error:
            raise FileError(self._name, _explained(str(error)), row=self._record + 1) from None

    def _lines(self) -> Iterator[str]:
        try:
            for number, raw in enumerate(lines_of(self._handle, self._name)):
                self._bytes += len(raw)
                yield self._decoded(raw if number else raw.removeprefix(b"\xef\xbb\xbf"))
        except OSError as error:
            raise unreadable(Path(self._name), error) from error

    def _decoded(self, raw: bytes) -> str:
        row = self._record + 1
        try:
            line = raw.decode("utf-8")
        except UnicodeDecodeError:
            problem = tr("is not UTF-8 text; save it as “CSV UTF-8” and try again")
            raise FileError(self._name, problem, row=row) from None
        if "\0" in line:
            raise FileError(self._name, tr("holds a NUL byte; text was expected"), row=row)
        return line


def _unique_names(header: list[str]) -> list[str]:
    names: dict[str, None] = {}
    copies: Counter[str] = Counter()
    for position, cell in enumerate(header, start=1):
        name = wanted = cell.strip() or f"column {position}"
        while name in names:
            copies[wanted] += 1
            name = f"{wanted} ({copies[wanted] + 1})"
        names[name] = None
    return list(names)


def _explained(error: str) -> str:
    if "field larger" in error:
        return tr("has a cell of more than 131,072 characters; quotes that open there may never close")
    if "unexpected end" in error:
        return tr("opens quotes that never close; a closing quote was expected")
    if "expected after" in error:
        return tr("goes on after closing quotes; the separator was expected there")
    return tr("can't be read ({error})", error=error)
