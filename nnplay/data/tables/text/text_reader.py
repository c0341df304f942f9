"""Reads the rows of a text: pandas makes numbers of whole blocks, and what it can't is read row by row."""

import csv
import io
import re
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

import numpy as np
from numpy.typing import NDArray

from nnplay.data.file_error import FileError
from nnplay.data.tables.bounds import MAX_CELLS, MAX_COLUMNS, MAX_LINE, MAX_ROWS, Progress
from nnplay.data.tables.files.opening import Content
from nnplay.data.tables.layout import SPACES
from nnplay.data.tables.text.blocks import Block, blocks_of, too_long
from nnplay.data.tables.text.column_builder import ColumnBuilder
from nnplay.data.tables.text.end_of_table import without_end
from nnplay.data.tables.text.frames import Bytes, Shape, columns_of
from nnplay.data.tables.text.missing import SPELLINGS
from nnplay.data.tables.text.recognising import Plan
from nnplay.data.tables.text.records import Record, records_of, unreadable_row
from nnplay.texts import tr

if TYPE_CHECKING:
    import pandas as pd

_MANY = 10_000
_AT_ONCE = 2
_PATIENCE = 0.05
"""Seconds after which it is asked again whether somebody cancels."""
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
    done = (0, 0)

    def tell(read: int, size: int) -> None:
        nonlocal done
        done = read, size
        if progress:
            progress(read, size)

    reading = _Reading(content.name, plan, Rows(builders), only, check=lambda: tell(*done))
    # pandas leaves other threads their turn while it parses: two blocks at once use two cores
    pool = ThreadPoolExecutor(_AT_ONCE)
    try:
        ahead: deque[_Begun] = deque()
        for block in blocks_of(content, encoding, plan.first_line, plan.width, tell):
            ahead.append(reading.begin(block, pool))
            if len(ahead) > _AT_ONCE:
                reading.take(ahead.popleft(), pool)
            if only is not None and builders[only].crowded:
                ahead.clear()
                break
        for begun in ahead:
            reading.take(begun, pool)
    finally:  # who cancels, or closes the window, needn't wait for what was begun
        pool.shutdown(wait=False, cancel_futures=True)
    reading.check_odd(least=1)
    return reading.found


@dataclass
class _Reading:
    """One reading, block by block; `check` raises where a person cancels."""

    name: str
    plan: Plan
    found: Rows
    only: int | None
    check: Callable[[], None]
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

    def begin(self, block: Block, pool: Executor) -> "_Begun":
        """Let pandas begin with the next lines."""
        data, comments, notes = block.data, 0, 0
        if b"\0" in data:
            line = block.line + data.count(b"\n", 0, data.index(b"\0"))
            raise FileError(self.name, tr("holds a NUL byte; text was expected"), row=line)
        if self.comment is not None:
            data, comments = self.comment.subn(b"", data)
        if block.last:
            plan = self.plan
            data, notes = without_end(data, plan.width, plan.separator, plan.quote, plan.decimal)
        shape = Shape(data)
        if shape.begin_with(self.blank_marks):
            data = self.blank.sub(b"", data)
            shape = Shape(data)
        if shape.longest > MAX_LINE:
            raise too_long(self.name, block.line + shape.longest_line)
        frame = pool.submit(self._frame, data, shape) if shape.filled.any() else None
        return _Begun(block, data, shape, comments, notes, frame)

    def take(self, begun: "_Begun", pool: Executor) -> None:
        """Take the rows of what was begun, in the order of the text."""
        block = begun.block
        if self.carried:  # quotes were open before it
            block, self.carried = Block(self.carried + block.data, self.carried_line, block.last), b""
            begun = self.begin(block, pool)
        self.found.comments += begun.comments
        self.found.notes += begun.notes
        if begun.frame is None:
            return
        while not wait((begun.frame,), timeout=_PATIENCE).done:
            self.check()  # who cancels needn't wait for pandas
        frame = begun.frame.result()
        if frame is None:
            self._take_slowly(begun.data, block.line, last=block.last)
        else:
            self._take_frame(frame, begun.shape, block.line)
        self._check_size()
        self.check_odd(least=_MANY)

    def _frame(self, data: bytes, shape: Shape) -> "pd.DataFrame | None":
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
            frame = pd.read_csv(cast("io.BytesIO", Bytes(data)), **options)
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

    def _has_short_rows(self, frame: "pd.DataFrame", data: bytes, shape: Shape) -> bool:
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

    def _take_frame(self, frame: "pd.DataFrame", shape: Shape, line: int) -> None:
        def line_of(row: int) -> int:
            return line + int(np.flatnonzero(shape.filled)[row])

        self.found.rows += len(frame)
        for k, values in columns_of(frame):
            builder = self.found.builders.get(k)
            if builder is None:
                continue
            if values.dtype.kind in "iufb":
                builder.add_numbers(values, line_of)
            else:
                builder.add_texts(values, line_of)

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


@dataclass(frozen=True, eq=False)
class _Begun:
    """A block that pandas has begun with.

    Attributes
    ----------
    block
        As it is in the text.
    data, shape
        Without comments and what stands under the table.
    comments, notes
        How many lines those were.
    frame
        The cells; None where nothing is in it.
    """

    block: Block
    data: bytes
    shape: Shape
    comments: int
    notes: int
    frame: "Future[pd.DataFrame | None] | None"
