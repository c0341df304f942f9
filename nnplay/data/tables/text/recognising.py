"""How a text is written, recognised from its beginning: separator, decimal mark, header, and where the rows begin."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from nnplay.data.file_error import FileError
from nnplay.data.tables.bounds import MAX_COLUMNS, PREVIEW_ROWS
from nnplay.data.tables.layout import NO_HEADER, Layout
from nnplay.data.tables.text.decimals import recognised_decimal
from nnplay.data.tables.text.header import first_row, is_beside, is_count_line, is_header, kinds_below
from nnplay.data.tables.text.missing import is_missing
from nnplay.data.tables.text.numbers import MOST_CHARACTERS
from nnplay.data.tables.text.orange import Declared, are_roles, are_types, declared_before, declared_below
from nnplay.data.tables.text.records import (
    Record,
    check_cells_of,
    first_records,
    recognised_quote,
    recognised_separator,
    usual_width,
)
from nnplay.errors import InputError
from nnplay.texts import tr

Numbered = list[tuple[int, str]]

_DECLARED_SEPARATOR = re.compile(r'"?sep=(.)"?\s*', re.IGNORECASE)
_MOST_BESIDE = 3
_FEW_VALUES = 64
_FEW_COLUMNS = 64
_PLAIN = {
    ".": re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?"),
    ",": re.compile(r"[+-]?(\d+,?\d*|,\d+)([eE][+-]?\d+)?"),
}
_EXACT = re.compile(r"-?(0|[1-9]\d{0,14})")
"""Whole numbers that are the same as text and as a number."""


@dataclass(frozen=True)
class Plan:
    """How a text is to be read.

    Attributes
    ----------
    layout
        For the sheet.
    quote, comment
        The quotes around cells; what lines that are left out begin with, if there are any.
    names
        One for each column, as they are written; "" where there is none.
    declared
        What the file says of each column.
    first_line
        The line that the first row begins on, from 1.
    texts
        Columns whose cells are looked at one by one.
    dashes
        Those of them in which "-" is a class beside "+", and not missing.
    rows
        The first rows.
    spaced
        Whether blanks follow separators.
    before, beside, comments
        Lines with something in them that were skipped before the table, rows under its names, and comments before it.
    """

    layout: Layout
    quote: str
    comment: str | None
    names: tuple[str, ...]
    declared: tuple[Declared, ...]
    first_line: int
    texts: frozenset[int]
    dashes: frozenset[int]
    rows: tuple[tuple[str, ...], ...]
    spaced: bool
    before: int
    beside: int
    comments: int

    @property
    def width(self) -> int:
        """How many columns there are."""
        return len(self.names)

    @property
    def separator(self) -> str:
        """Between cells."""
        return self.layout.separator or ","

    @property
    def decimal(self) -> str:
        """The decimal mark."""
        return self.layout.decimal or "."


@dataclass
class _Found:
    """Where the header and the rows are: indices of records."""

    names: tuple[str, ...] | None
    line: int
    start: int
    declared: tuple[Declared, ...] = field(default=())


def check_asked(asked: Layout) -> None:
    """Refuse what no layout can be.

    Raises
    ------
    InputError
        A separator of more than one character, another decimal mark, or a negative line.
    """
    if asked.separator is not None and (len(asked.separator) != 1 or asked.separator in "\n\r\"'\0"):
        raise InputError("separator", asked.separator, tr("one character, such as a comma"))
    if asked.separator is not None and not asked.separator.isascii():
        raise InputError("separator", asked.separator, tr("a character of ASCII"))
    if asked.decimal not in (None, ".", ","):
        raise InputError("decimal", asked.decimal, tr("a point or a comma"))
    if asked.decimal is not None and asked.decimal == asked.separator == ".":
        raise InputError("decimal", asked.decimal, tr("another mark than the separator"))
    for name, value in (("skip", asked.skip), ("header", asked.header)):
        if value is not None and value < 0:
            raise InputError(name, value, tr("a whole number from 0"))


def recognise(name: str, lines: Sequence[str], asked: Layout, *, whole: bool) -> Plan:
    """The plan by which to read a text.

    Parameters
    ----------
    name
        What refusals begin with.
    lines
        Those of its beginning, or all of them if `whole`.
    asked
        What a person has said; its encoding is known.

    Raises
    ------
    FileError
        Nothing is in it, or only a header, or more columns than are read.
    InputError
        A line that a person has named isn't there.
    """
    numbered = list(enumerate(lines, start=1))[asked.skip or 0 :]
    declared = _DECLARED_SEPARATOR.fullmatch(numbered[0][1]) if numbered else None
    if declared:
        numbered = numbered[1:]
    comment = _recognised_comment(numbered)
    seen = [(number, line) for number, line in numbered if comment is None or not line.startswith(comment)]
    quote = recognised_quote(seen)
    separator = asked.separator or (declared[1] if declared else recognised_separator(seen, quote))
    records = first_records(seen, separator, quote)
    if not records and not asked.header:
        check_cells_of(name, seen, separator, quote)
        raise FileError(name, tr("is empty; rows of numbers were expected"))
    decimal = asked.decimal or recognised_decimal(records, separator)
    reading = _Recognition(numbered, records, separator, quote, decimal, comment, whole=whole)
    found = reading.asked_header(asked) if asked.header else reading.header(asked)
    return reading.plan(name, found, asked)


def _recognised_comment(lines: Numbered) -> str | None:
    """What lines of comment begin with; those are no more than half of the lines."""
    filled = [line for _, line in lines if line.strip()]
    for beginning in ("#", "%"):
        if any(line.startswith(beginning) and _begins_missing(line) for line in filled):
            continue
        if 0 < sum(line.startswith(beginning) for line in filled) <= len(filled) / 2:
            return beginning
    return None


def _begins_missing(line: str) -> bool:
    """Whether the first cell is what spreadsheets write for an error: ``#N/A``, ``#DIV/0!``."""
    return is_missing(re.split(r"[,;|\t ]", line, maxsplit=1)[0])


class _Recognition:
    """Finds names and rows in records."""

    def __init__(
        self,
        lines: Numbered,
        records: list[Record],
        separator: str,
        quote: str,
        decimal: str,
        comment: str | None,
        *,
        whole: bool,
    ) -> None:
        self._lines = lines
        self._records = records
        self._separator = separator
        self._quote = quote
        self._decimal = decimal
        self._comment = comment
        self._whole = whole
        self._width = usual_width(records)

    def header(self, asked: Layout) -> _Found:
        """Where a person has named no line of the header, or said that there is none."""
        if asked.header == NO_HEADER and asked.skip is not None:
            return _Found(None, 0, 0)
        records, width = self._records, self._width
        start = first_row(records, width, self._decimal)
        if self._is_count(records[start], start + 1):
            start += 1
            if start == len(records):
                return _Found(None, 0, start)
        if asked.header == NO_HEADER:
            return _Found(None, 0, start)
        first = records[start]
        if is_header(first.cells, self._below(start + 1), self._decimal):
            return _Found(first.cells, first.line, start + 1)
        above = self._names_above(start)
        return above or _Found(None, 0, start)

    def asked_header(self, asked: Layout) -> _Found:
        """Where a person has named the line of the header."""
        place = (asked.header or 1) - 1
        numbered = self._lines[0][0] + place if self._lines else place
        below = [(number, line) for number, line in self._lines if number >= numbered]
        if not below or not below[0][1].strip():
            raise InputError("header", asked.header, tr("the number of a line with names in it, or 0 for none"))
        text = below[0][1]
        if self._comment and text.startswith(self._comment):
            below[0] = (below[0][0], text.lstrip(self._comment))
        first = first_records(below, self._separator, self._quote, most=1)
        if not first:
            raise InputError("header", asked.header, tr("the number of a line with names in it, or 0 for none"))
        following = [k for k, record in enumerate(self._records) if record.line > numbered]
        start = following[0] if following else len(self._records)
        rows = self._records[start:]
        self._width = usual_width(rows) if rows else len(first[0].cells)
        return _Found(self._fitting(first[0].cells) or first[0].cells, numbered, start)

    def plan(self, name: str, found: _Found, asked: Layout) -> Plan:
        """All that has been found."""
        width = self._width
        if width > MAX_COLUMNS:
            columns, most = f"{width:,}", f"{MAX_COLUMNS:,}"
            problem = tr("has {columns} columns; up to {most} can be read", columns=columns, most=most)
            raise FileError(name, problem, row=self._records[min(found.start, len(self._records) - 1)].line)
        names = (*(found.names or ()), *[""] * width)[:width]
        start, declared = self._below_names(names, found.start) if found.names else (found.start, ())
        types = bool(declared)
        if found.names and not declared:
            bare, declared = declared_before(names)
            names = tuple(bare)
        if start >= len(self._records):
            self._check_cells(name)
            raise FileError(
                name, tr("has only a header; rows of numbers were expected under it"), row=found.line or None
            )
        first_line = self._records[start].line
        rows = self._below(start)
        texts, dashes = self._texts(names, rows)
        top = found.line or first_line
        return Plan(
            layout=self._layout(top, asked, named=found.names is not None),
            quote=self._quote,
            comment=self._comment,
            names=names,
            declared=declared or (Declared(),) * width,
            first_line=first_line,
            texts=texts,
            dashes=dashes,
            rows=tuple(map(tuple, rows[:PREVIEW_ROWS])),
            spaced=any(self._separator + " " in line for _, line in self._lines),
            before=self._filled_lines(0, top) + (asked.skip or 0),
            comments=self._comments(first_line, found.line),
            beside=start - found.start if found.names and not types else 0,
        )

    def _layout(self, top: int, asked: Layout, *, named: bool) -> Layout:
        """How it is written; the table begins in line `top`."""
        skip = top - 1 if asked.skip is None else asked.skip
        header = top - skip if named else NO_HEADER
        return Layout(asked.encoding, self._separator, self._decimal, skip, header)

    def _comments(self, first_line: int, header: int) -> int:
        """Comments before the first row, but for the one that has the names."""
        return sum(number < first_line and number != header and self._is_comment(line) for number, line in self._lines)

    def _check_cells(self, name: str) -> None:
        seen = [(number, line) for number, line in self._lines if not self._is_comment(line)]
        check_cells_of(name, seen, self._separator, self._quote)

    def _is_comment(self, line: str) -> bool:
        return self._comment is not None and line.startswith(self._comment)

    def _below(self, start: int) -> list[tuple[str, ...]]:
        """The rows from a record on, those of the usual width."""
        return [record.cells for record in self._records[start:] if len(record.cells) == self._width]

    def _names_above(self, start: int) -> _Found | None:
        """Names in a row that is a cell short, or has empty ones behind them, or in the last comment."""
        rows = self._below(start)
        line = self._records[start].line
        if start > 0:
            record = self._records[start - 1]
            names = self._fitting(record.cells)
            named = names and (all(names[1:]) or names[:-1] == record.cells)
            if names and named and not self._is_count(record, start) and is_header(names, rows, self._decimal):
                return _Found(names, record.line, start)
        comments = [
            (number, text.lstrip(self._comment)) for number, text in self._lines
            if number < line and self._comment and text.startswith(self._comment)
        ]  # fmt: skip
        if comments and (said := first_records(comments[-1:], self._separator, self._quote)):
            names = said[0].cells
            if len(names) == self._width and is_header(names, rows, self._decimal):
                return _Found(names, comments[-1][0], start)
        return None

    def _is_count(self, record: Record, start: int) -> bool:
        """Whether it counts the rows from `start` on; names of classes don't stand above texts in their own column."""
        if len(record.cells) == self._width:
            kinds = kinds_below(self._below(start), self._width, self._decimal)
            if any(cell and kind == "text" for cell, kind in zip(record.cells, kinds, strict=True)):
                return False
        return is_count_line(record.cells, self._width, len(self._records) - start, whole=self._whole)

    def _fitting(self, cells: tuple[str, ...]) -> tuple[str, ...] | None:
        """Names that are one for each column, or for each but the first, or the last where it is empty."""
        while len(cells) > self._width and not cells[-1]:
            cells = cells[:-1]
        if len(cells) == self._width:
            return cells
        rows = [record.cells for record in self._records if len(record.cells) == self._width]
        if len(cells) == self._width - 1:
            return ("", *cells) if any(row[-1] for row in rows) else (*cells, "")
        return None

    def _below_names(self, names: tuple[str, ...], start: int) -> tuple[int, tuple[Declared, ...]]:
        """Where the rows begin under the names, and what stands between of types and roles."""
        rows = [record.cells for record in self._records[start : start + _MOST_BESIDE + 1]]
        if rows and len(rows[0]) == len(names) and are_types(rows[0]):
            roles = rows[1] if len(rows) > 1 and len(rows[1]) == len(names) and are_roles(rows[1]) else None
            declared = declared_below(rows[0], roles or ("",) * len(names))
            return start + (2 if roles else 1), declared
        kinds = kinds_below(self._below(start), len(names), self._decimal)
        beside = 0
        for row in rows[:_MOST_BESIDE]:
            if len(row) != len(names) or not is_beside(row, kinds, self._decimal):
                break
            beside += 1
        return start + beside, ()

    def _texts(self, names: Sequence[str], rows: Sequence[Sequence[str]]) -> tuple[frozenset[int], frozenset[int]]:
        """Columns that are looked at cell by cell, and those where "-" is a class."""
        texts, dashes = set(), set()
        for k in range(len(names)):
            filled = {row[k] for row in rows if not is_missing(row[k])}
            if filled == {"+"} and any(row[k] == "-" for row in rows):
                dashes.add(k)
            plain = all(map(_PLAIN[self._decimal].fullmatch, filled))
            exact = all(map(_EXACT.fullmatch, filled)) or not all(map(_WHOLE.fullmatch, filled))
            few = len(filled) <= _FEW_VALUES and (len(names) <= _FEW_COLUMNS or k in (0, len(names) - 1))
            if not (plain and exact) or few:
                texts.add(k)
        return frozenset(texts), frozenset(dashes)

    def _filled_lines(self, after: int, before: int) -> int:
        """Lines between two that have something in them and are no comments."""
        return sum(
            after < number < before and bool(line.strip(f' \t"{self._separator}')) and not self._is_comment(line)
            for number, line in self._lines
        )


_WHOLE = re.compile(rf"[+-]?\d{{1,{MOST_CHARACTERS}}}")
