"""The lines of a text's beginning as cells, and the separator that makes the most even table of them."""

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from nnplay.data.file_error import FileError
from nnplay.data.tables.layout import SPACES
from nnplay.data.tables.text.missing import is_missing
from nnplay.data.tables.text.numbers import is_number
from nnplay.texts import tr

SEPARATORS = ("\t", ";", ",", "|", SPACES, ":")
"""Those that are recognised; of two that fit equally well the first is taken."""
_MOST_RECORDS = 200
_LEAST_RECORDS = 20
_MOST_CELLS = 16_000
_LOOKED_AT = (40, 40)
_OTHERS = re.compile(r"[,;|\t]")
_PROSE = re.compile(r"(?<=[^\W\d])[,;] (?=[^\W\d])")
"""Between words, rather than between cells."""
_BLANKS = re.compile(r"[ \t]+")


@dataclass(frozen=True)
class Record:
    """One row of cells.

    Attributes
    ----------
    line
        The line of the text that it begins on, from 1.
    cells
        Without blanks around them.
    """

    line: int
    cells: tuple[str, ...]

    @property
    def end(self) -> int:
        """The line that it ends on."""
        return self.line + sum(cell.count("\n") for cell in self.cells)

    @property
    def blank(self) -> bool:
        """Whether nothing is in it."""
        return not any(self.cells)


def records_of(lines: Iterable[tuple[int, str]], separator: str, quote: str) -> Iterator[Record]:
    """The rows of numbered lines, those that are empty too.

    Raises
    ------
    csv.Error
        A cell that is too long, as it is where quotes never close.
    """
    begin = 0

    def fed() -> Iterator[str]:
        nonlocal begin
        for number, line in lines:
            begin = begin or number
            yield (_BLANKS.sub(" ", line.strip()) if separator == SPACES else line) + "\n"

    for row in csv.reader(fed(), delimiter=separator, quotechar=quote, skipinitialspace=True):
        yield Record(begin, tuple(map(str.strip, row)))
        begin = 0


def check_cells_of(name: str, lines: Iterable[tuple[int, str]], separator: str, quote: str) -> None:
    """Refuse a text that the rows can't be made of.

    Raises
    ------
    FileError
        With the line of the cell that is too long.
    """
    line = 1
    try:
        for record in records_of(lines, separator, quote):
            line = record.end + 1
    except csv.Error as error:
        raise unreadable_row(name, error, line) from None


def unreadable_row(name: str, error: csv.Error, line: int) -> FileError:
    """The error of a row that can't be read."""
    if "field larger" in str(error):
        problem = tr("has a cell of more than 131,072 characters; quotes that open there may never close")
        return FileError(name, problem, row=line)
    return FileError(name, tr("can't be read ({error})", error=str(error)), row=line)


def first_records(
    lines: Sequence[tuple[int, str]], separator: str, quote: str, most: int = _MOST_RECORDS
) -> list[Record]:
    """The first rows that are not empty, up to where they can't be read."""
    found: list[Record] = []
    cells = 0
    try:
        for record in records_of(lines, separator, quote):
            if not record.blank:
                found.append(record)
                cells += len(record.cells)
            if len(found) == most or (len(found) >= _LEAST_RECORDS and cells > _MOST_CELLS):
                break
    except csv.Error:
        pass
    return found


def recognised_quote(lines: Sequence[tuple[int, str]]) -> str:
    """The quotes around cells: apostrophes only where there are no others and nearly every line has two or more."""
    seen = [line for _, line in lines[:_MOST_RECORDS] if line.strip()]
    if any('"' in line for line in seen):
        return '"'
    quoted = sum(re.search(r"(^|[,;|\t ])'[^']*'($|[,;|\t ])", line[:10_000]) is not None for line in seen)
    return "'" if quoted > 0.8 * len(seen) else '"'


def recognised_separator(lines: Sequence[tuple[int, str]], quote: str) -> str:
    """The separator of the most even table; a comma where each line is one cell."""
    best, most = ",", 0.0
    for separator in SEPARATORS:
        evenness = _evenness(first_records(lines, separator, quote))
        if evenness > most + 1e-9:
            best, most = separator, evenness
    return best


def usual_width(records: Sequence[Record]) -> int:
    """The number of cells that most rows have; the larger one of two."""
    counts = Counter(len(record.cells) for record in records)
    return max(counts, key=lambda width: (counts[width], width), default=0)


def _evenness(records: Sequence[Record]) -> float:
    """The share of rows with the usual number of cells, times that of cells which hold no other separator."""
    width = usual_width(records)
    if width < 2:
        return 0.0
    rows = [record.cells for record in records if len(record.cells) == width]
    cells = [cell for row in rows[-_LOOKED_AT[0] :] for cell in row[: _LOOKED_AT[1]]]
    whole = sum(map(_is_whole_cell, cells))
    return len(rows) / len(records) * whole / len(cells)


def _is_whole_cell(cell: str) -> bool:
    if is_missing(cell) or is_number(cell, ".") or is_number(cell, ","):
        return True
    return _OTHERS.search(_PROSE.sub(" ", cell)) is None
