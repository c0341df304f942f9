"""Reads the rows of a text: pandas makes numbers of whole blocks, and what it can't is read row by row."""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

import numpy as np
from numpy.typing import NDArray

from nnplay.data.file_error import FileError
from nnplay.data.tables.bounds import MAX_CELLS, MAX_COLUMNS, MAX_LINE, MAX_ROWS, Progress
from nnplay.data.tables.files.opening import Content
from nnplay.data.tables.layout import SPACES
from nnplay.data.tables.text.blocks import blocks_of, too_long
from nnplay.data.tables.text.column_builder import ColumnBuilder
from nnplay.data.tables.text.end_of_table import without_end
from nnplay.data.tables.text.missing import SPELLINGS
from nnplay.data.tables.text.recognising import Plan
from nnplay.data.tables.text.records import Record, records_of, unreadable_row
from nnplay.texts import tr

if TYPE_CHECKING:
    import pandas as pd

_MANY = 10_000
_LOOKED_AT = 1000
"""So many rows that may be short are looked at one by one; with more of them the whole block is."""


@dataclass
class Rows:
    """What has been read.

    Attributes
    ----------
    builders
        One for each column, or for the only one that was asked for.
    rows
        How many there are.
    odd
        How many have another number of cells, and (line, cells) of the first.
    comments, notes
        Lines that were skipped among them, and at the end.
    """

    builders: dict[int, ColumnBuilder]
    rows: int = 0
    odd: int = 0
    first_odd: tuple[int, int] = (0, 0)
    comments: int = 0
    notes: int = 0


def read_rows(
    content: Content, encoding: str, plan: Plan, progress: Progress | None, *, only: int | None = None, most: int = 0
) -> Rows:
    """Read all rows of a text.

    Parameters
    ----------
    only
        One column alone, as text; with more than `most` different texts the rest isn't read.

    Raises
    ------
    FileError
        What can't be read, with its line.
    """
    if only is None:
        builders = {k: ColumnBuilder(plan.decimal, dash=k in plan.dashes) for k in range(plan.width)}
    else:
        builders = {only: ColumnBuilder(plan.decimal, dash=only in plan.dashes, most=most)}
    reading = _Reading(content.name, plan, Rows(builders), only)
    for block in blocks_of(content, encoding, plan.first_line, plan.width, progress):
        reading.take(block.data, block.line, last=block.last)
        if only is not None and builders[only].crowded:
            break
    reading.check_odd(least=1)
    return reading.found


@dataclass
class _Reading:
    """One reading, block by block."""

    name: str
    plan: Plan
    found: Rows
    only: int | None
    carried: bytes = b""
    carried_line: int = 0
    blank: re.Pattern[bytes] = field(init=False)
    blank_marks: bytes = field(init=False)
    comment: re.Pattern[bytes] | None = field(init=False)

    def __post_init__(self) -> None:
        marks = f" \t{self.plan.quote}{self.plan.separator}"
        self.blank_marks = marks.encode()
        self.blank = re.compile(f"(?m)^[{re.escape(marks)}]+$".encode())
        comment = self.plan.comment
        self.comment = re.compile(rf"(?m)^{re.escape(comment)}[^\n]*$".encode()) if comment else None

    def take(self, data: bytes, line: int, *, last: bool) -> None:
        """Read the next lines."""
        if self.carried:
            data, line, self.carried = self.carried + data, self.carried_line, b""
        if b"\0" in data:
            line += data.count(b"\n", 0, data.index(b"\0"))
            raise FileError(self.name, tr("holds a NUL byte; text was expected"), row=line)
        if self.comment is not None:
            data, count = self.comment.subn(b"", data)
            self.found.comments += count
        if last:
            plan = self.plan
            data, count = without_end(data, plan.width, plan.separator, plan.quote, plan.decimal)
            self.found.notes += count
        shape = _Shape(data)
        if shape.begin_with(self.blank_marks):
            data = self.blank.sub(b"", data)
            shape = _Shape(data)
        if shape.longest > MAX_LINE:
            raise too_long(self.name, line + shape.longest_line)
        if not shape.filled.any():
            return
        frame = self._frame(data, shape)
        if frame is None:
            self._take_slowly(data, line, last=last)
        else:
            self._take_frame(frame, shape, line)
        self._check_size()
        self.check_odd(least=_MANY)

    def _frame(self, data: bytes, shape: "_Shape") -> "pd.DataFrame | None":
        """The cells as pandas reads them; None where rows have other numbers of cells, or quotes are odd."""
        plan = self.plan
        quoted = plan.quote.encode() in data
        exact = not quoted and plan.separator != SPACES
        if exact and shape.count(plan.separator) != np.count_nonzero(shape.filled) * (plan.width - 1):
            return None  # where the sum is right, pandas finds a line that is too long if one is too short
        if quoted and (shape.counts(plan.quote) % 2).any():
            return None
        alone = exact and self.only is not None and (shape.counts(plan.separator)[shape.filled] == plan.width - 1).all()
        frame = self._parsed(data, alone=bool(alone))
        if frame is None or exact:
            return frame
        if len(frame) != np.count_nonzero(shape.filled) or self._has_short_rows(frame, data, shape):
            return None
        return frame

    def _parsed(self, data: bytes, *, alone: bool) -> "pd.DataFrame | None":
        import pandas as pd

        plan = self.plan
        texts = plan.texts if self.only is None else plan.texts | {self.only}
        options: dict[str, Any] = {
            "sep": r"\s+" if plan.separator == SPACES else plan.separator,
            "header": None,
            "names": range(plan.width),
            "usecols": [self.only] if alone else None,  # then pandas finds no line that is too long
            "dtype": dict.fromkeys(texts, object),
            "decimal": plan.decimal,
            "quotechar": plan.quote,
            "skipinitialspace": plan.spaced,
            "na_values": self._missing(),
            "keep_default_na": False,
            "engine": "c",
        }
        try:
            frame = pd.read_csv(cast("io.BytesIO", _Bytes(data)), **options)
        except (ValueError, OverflowError):  # a ParserError is one
            return None
        return frame if isinstance(frame.index, pd.RangeIndex) else None

    def _missing(self) -> dict[int, list[str]] | list[str]:
        """What pandas takes for a missing cell; in each column the same, which is quicker, where it can be."""
        if not self.plan.dashes:
            return SPELLINGS
        return {
            k: [text for text in SPELLINGS if text != "-" or k not in self.plan.dashes] for k in range(self.plan.width)
        }

    def _has_short_rows(self, frame: "pd.DataFrame", data: bytes, shape: "_Shape") -> bool:
        """Whether rows end before the last column; pandas fills them up."""
        ends = np.flatnonzero(frame[self.plan.width - 1].isna().to_numpy())
        if len(ends) > _LOOKED_AT:
            return True
        lines = np.flatnonzero(shape.filled)[ends]
        for line in lines.tolist():
            text = data[shape.starts[line] : shape.ends[line]].decode()
            if len(next(self._records([(1, text)])).cells) != self.plan.width:
                return True
        return False

    def _take_frame(self, frame: "pd.DataFrame", shape: "_Shape", line: int) -> None:
        def line_of(row: int) -> int:
            return line + int(np.flatnonzero(shape.filled)[row])

        self.found.rows += len(frame)
        for k, column in frame.items():
            builder = self.found.builders.get(cast("int", k))
            if builder is None:
                continue
            if column.dtype.kind in "iufb":
                builder.add_numbers(column.to_numpy(), line_of)
            else:
                builder.add_texts(column.to_numpy(dtype=object), line_of)

    def _records(self, lines: Sequence[tuple[int, str]]) -> Iterator[Record]:
        return records_of(lines, self.plan.separator, self.plan.quote)

    def _take_slowly(self, data: bytes, line: int, *, last: bool) -> None:
        """Row by row, with those that have another number of cells left out."""
        lines = list(enumerate(data.decode().removesuffix("\n").split("\n"), start=line))
        records = []
        number = line
        try:
            for record in self._records(lines):
                number = record.end + 1
                records.append(self._checked(record))
        except csv.Error as error:
            raise unreadable_row(self.name, error, number) from None
        if records and self._is_open(lines, records[-1].line):
            begin = records.pop().line
            if last:
                problem = tr("opens quotes that never close; a closing quote was expected")
                raise FileError(self.name, problem, row=begin)
            self.carried = "\n".join(text for at, text in lines if at >= begin).encode() + b"\n"
            self.carried_line = begin
        self._take_records(records)

    def _checked(self, record: Record) -> Record:
        """A row that isn't too wide: many of them would fill the memory."""
        if len(record.cells) > MAX_COLUMNS and any(record.cells[MAX_COLUMNS:]):
            columns, most = f"{len(record.cells):,}", f"{MAX_COLUMNS:,}"
            problem = tr("has {columns} columns; up to {most} can be read", columns=columns, most=most)
            raise FileError(self.name, problem, row=record.line)
        width = self.plan.width
        return record if any(record.cells[width:]) else Record(record.line, record.cells[:width])

    def _is_open(self, lines: Sequence[tuple[int, str]], begin: int) -> bool:
        """Whether quotes are open at the end of the row that begins there."""
        if self.plan.separator == SPACES:
            return False
        texts = [text + "\n" for at, text in lines if at >= begin]
        try:
            list(
                csv.reader(
                    texts, delimiter=self.plan.separator, quotechar=self.plan.quote, skipinitialspace=True, strict=True
                )
            )
        except csv.Error as error:
            return "unexpected end" in str(error)
        return False

    def _take_records(self, records: Sequence[Record]) -> None:
        found, width = self.found, self.plan.width
        fitting = []
        for record in records:
            if record.blank:
                continue
            if len(record.cells) == width:
                fitting.append(record)
                continue
            found.odd += 1
            if found.odd == 1:
                found.first_odd = (record.line, len(record.cells))
        if not fitting:
            return
        found.rows += len(fitting)

        def line_of(row: int) -> int:
            return fitting[row].line

        for k, builder in found.builders.items():
            cells: NDArray[np.object_] = np.empty(len(fitting), object)
            cells[:] = [record.cells[k] for record in fitting]
            builder.add_texts(cells, line_of)

    def check_odd(self, least: int) -> None:
        """Refuse a text in which most rows have another number of cells than was expected, and `least` at least."""
        found = self.found
        if found.odd < least or found.odd <= found.rows:
            return
        line, cells = found.first_odd
        problem = tr(
            "has {n} cell, and {width} were expected; {odd} rows are so, and {rows} as expected|"
            "has {n} cells, and {width} were expected; {odd} rows are so, and {rows} as expected",
            "",
            cells,
            width=self.plan.width,
            odd=f"{found.odd:,}",
            rows=f"{found.rows:,}",
        )
        raise FileError(self.name, problem, row=line)

    def _check_size(self) -> None:
        count, width = self.found.rows, self.plan.width
        if count > MAX_ROWS or count * width > MAX_CELLS:
            most = min(MAX_ROWS, MAX_CELLS // width)
            problem = tr(
                "has too many rows; up to {most} of {n} cell can be read|"
                "has too many rows; up to {most} of {n} cells can be read",
                "",
                width,
                most=f"{most:,}",
            )
            raise FileError(self.name, problem)


class _Bytes:
    """A file of bytes that pandas takes as they are; those of a BytesIO it would decode and encode again."""

    def __init__(self, data: bytes) -> None:
        self._data = io.BytesIO(data)

    def read(self, size: int = -1) -> bytes:
        return self._data.read(size)

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._data)


class _Shape:
    """Where the lines of a block are."""

    def __init__(self, data: bytes) -> None:
        self._bytes = np.frombuffer(data, np.uint8)
        self.ends = np.flatnonzero(self._bytes == 10)
        self.starts = np.concatenate([np.zeros(1, self.ends.dtype), self.ends[:-1] + 1])
        lengths = self.ends - self.starts
        self.filled = lengths > 0
        self.longest = int(lengths.max(initial=0))
        self.longest_line = int(np.argmax(lengths)) if len(lengths) else 0

    def begin_with(self, marks: bytes) -> bool:
        """Whether a line begins with one of these characters."""
        return bool(np.isin(self._bytes[self.starts], np.frombuffer(marks, np.uint8)).any())

    def count(self, character: str) -> int:
        """How often a character is in all lines."""
        return int(np.count_nonzero(self._bytes == ord(character)))

    def counts(self, character: str) -> NDArray[np.int32]:
        """How often a character is in each line."""
        return np.add.reduceat(self._bytes == ord(character), self.starts, dtype=np.int32)
