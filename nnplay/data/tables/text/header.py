"""Where a table begins and whether its first row has names, by what stands below it."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import Literal

from nnplay.data.tables.text.missing import is_missing
from nnplay.data.tables.text.numbers import is_number, parse_number
from nnplay.data.tables.text.records import Record

Kind = Literal["number", "text", "empty"]
Rows = Sequence[Sequence[str]]
_LOOKED_AT = 60
_LEAST_COUNTED = 3
_MANY_COUNTED = 10
"""So many numbers that count the columns are no sample, whatever stands below."""
_MOST_NOTES = 20
_RULE = re.compile(r"(:?-+:?)?")
_FIRST = 3
"""So many rows at the beginning may be units, types and flags; of a short table half of them."""


def kinds_below(rows: Rows, width: int, decimal: str) -> list[Kind]:
    """What each column holds: numbers where at least four of five cells that aren't missing are."""
    part = rows[min(_FIRST, len(rows) // 2) :][:_LOOKED_AT]
    kinds = [_kind([row[k] for row in part], decimal) for k in range(width)]
    return [_kind([row[k] for row in rows], decimal) if kind == "empty" else kind for k, kind in enumerate(kinds)]


def is_header(first: Sequence[str], below: Rows, decimal: str) -> bool:
    """Whether a first row names the columns that stand below it.

    A text above numbers does. A text that occurs below it doesn't. Numbers do where they count the columns beside a
    name, or stand above texts, or are whole above broken ones: ``0, 1, class``.
    """
    kinds = kinds_below(below, len(first), decimal)
    filled = [(k, cell) for k, cell in enumerate(first) if not is_missing(cell)]
    numbers = [(k, cell) for k, cell in filled if is_number(cell, decimal)]
    texts = [(k, cell) for k, cell in filled if not is_number(cell, decimal)]
    if any(kinds[k] == "number" for k, _ in texts):
        return True
    if any(cell in {row[k] for row in below} for k, cell in texts):
        return False
    if not numbers:
        return bool(texts)
    if len(below) > 1 and any(kinds[k] == "text" for k, _ in numbers):
        return True
    if len(numbers) >= _MANY_COUNTED and _counts([cell for _, cell in numbers], decimal, any_two=False):
        return True
    if _is_unlike(numbers, texts, below, decimal):
        return True
    broken = sum(kinds[k] == "number" and _has_decimals([row[k] for row in below], decimal) for k, _ in numbers)
    repeated = any(len({row[k] for row in below}) < len(below) for k, _ in texts)
    named = repeated or (bool(texts) and broken > 0) or not first[0] or (len(numbers) > 2 and 2 * broken > len(numbers))
    return len(below) > 1 and named and _counts([cell for _, cell in numbers], decimal, any_two=broken > 0)


def is_count_line(first: Sequence[str], width: int, below: int, *, whole: bool) -> bool:
    """Whether a first row counts rows and columns, and may name the classes: ``150,4,setosa,versicolor,virginica``.

    Parameters
    ----------
    width
        Cells of the rows below it.
    below
        How many rows those are, if `whole`; else there are more.
    """
    cells = list(first)
    while cells and not cells[-1]:
        cells.pop()
    counts = [int(cell) for cell in cells[:2] if cell.isascii() and cell.isdecimal() and len(cell) < 9]
    names = cells[2:]
    numbered = len(names) == 1 and names[0].isdecimal() and counts == [below, width - 1] and whole  # classes, by count
    if numbered and below >= _LEAST_COUNTED:
        return True
    if len(counts) < 2 or any(is_number(cell, ".") for cell in names):
        return False
    rows, columns = counts
    if rows < _LEAST_COUNTED:
        return False
    fits = rows == below if whole else rows >= below
    return (
        fits and (columns in (width, width - 1) or (bool(names) and columns == len(names))) and (whole or bool(names))
    )


def is_beside(cells: Sequence[str], kinds: Sequence[Kind], decimal: str) -> bool:
    """Whether a row under the header is none of the table: a rule, or units, without a number but above numbers."""
    if any(cells) and all(_RULE.fullmatch(cell) for cell in cells):
        return True
    over_numbers = [cell for cell, kind in zip(cells, kinds, strict=True) if kind == "number"]
    filled = [cell for cell in over_numbers if not is_missing(cell)]
    return (
        2 * len(filled) >= len(over_numbers) and bool(filled) and not any(is_number(cell, decimal) for cell in filled)
    )


def first_row(records: Sequence[Record], width: int, decimal: str) -> int:
    """The first row of the usual width that others follow, without titles and the like above the names."""
    start = _first_of_width(records, width)
    return _below_notes(records, start, width, decimal)


def _below_notes(records: Sequence[Record], start: int, width: int, decimal: str) -> int:
    """Below rows with empty cells, such as ``Report,2024,,``, where names for all columns and a number follow."""
    for k in range(start, min(start + _MOST_NOTES, len(records) - 1)):
        cells = records[k].cells
        if len(cells) != width:
            return start
        if all(cells):
            names = not any(is_missing(cell) or is_number(cell, decimal) for cell in cells)
            followed = any(is_number(cell, decimal) for cell in records[k + 1].cells)
            return k if names and followed else start
        if not cells[0] and all(cells[1:]) and width > 2:  # an index without a name
            return start
    return start


def _first_of_width(records: Sequence[Record], width: int) -> int:
    """The first row of the usual width that others follow, without a title in the first of many cells."""
    for k, record in enumerate(records):
        following = [len(other.cells) == width for other in records[k + 1 : k + 5]]
        if len(record.cells) == width and 2 * sum(following) >= len(following):
            after = records[k + 1] if k + 1 < len(records) else None
            title = width > 1 and not any(record.cells[1:]) and record.cells[0] and after and any(after.cells[1:])
            if not title or not _more_below(records[k + 1 :]):
                return k
    return next((k for k, record in enumerate(records) if len(record.cells) == width), 0)


def _more_below(records: Sequence[Record]) -> bool:
    """Whether what follows a title is more than a row: names and values."""
    return len(records) > 1


def _kind(cells: Sequence[str], decimal: str) -> Kind:
    filled = [cell for cell in cells if not is_missing(cell)]
    if not filled:
        return "empty"
    return "number" if 5 * sum(is_number(cell, decimal) for cell in filled) >= 4 * len(filled) else "text"


def _is_unlike(numbers: Sequence[tuple[int, str]], texts: Sequence[tuple[int, str]], below: Rows, decimal: str) -> bool:
    """Whether whole numbers stand above broken ones, and each text above others that all are there more than once."""
    counts = [Counter(row[k] for row in below) for k, _ in texts]
    if not counts or len(below) < 2 or any(2 * len(count) > len(below) or min(count.values()) < 2 for count in counts):
        return False
    return all(
        (number := parse_number(cell, decimal)) is not None
        and number.whole
        and _has_decimals([row[k] for row in below], decimal)
        for k, cell in numbers
    )


def _has_decimals(cells: Sequence[str], decimal: str) -> bool:
    found = (parse_number(cell, decimal) for cell in cells)
    return any(number is not None and not number.whole for number in found)


def _counts(cells: Sequence[str], decimal: str, *, any_two: bool) -> bool:
    """Whether numbers count: from 0 or 1, or at least three in a row, such as years; two are enough if `any_two`."""
    found = [parse_number(cell, decimal) for cell in cells]
    values = [number.value for number in found if number is not None and number.whole]
    if len(values) < len(cells):
        return False
    rising = all(later - earlier == 1 for earlier, later in pairwise(values))
    return rising and (values[0] in (0, 1) or len(values) > (1 if any_two else 2))
