"""Lines at the end of a text that are no rows: totals, sources, notes."""

import csv
import re

from nnplay.data.tables.text.numbers import is_number
from nnplay.data.tables.text.records import Record, records_of

_MOST_LINES = 20
_TOTAL = re.compile(
    r"(grand[ -]?|sub[ -]?)?(totals?|sum|average|mean)|summe|gesamt|insgesamt|mittelwert|somme|moyenne|totale|suma",
    re.IGNORECASE,
)


def without_end(data: bytes, width: int, separator: str, quote: str, decimal: str) -> tuple[bytes, int]:
    """The lines without those at the end that are no rows, and how many those are.

    A line is none where its first cell is a word such as total, or the only one that is filled, or where it is a
    sentence with another number of cells. At least one line stays.
    """
    lines = data.removesuffix(b"\n").rsplit(b"\n", _MOST_LINES)
    least = 1 if len(lines) > _MOST_LINES else 0  # the first piece is all that stands before
    taken, end = 0, len(lines)
    for place in range(len(lines) - 1, least, -1):
        line = lines[place]
        if line.count(quote.encode()) % 2 or len(line) > 100_000:
            break
        try:
            record = next(records_of([(1, line.decode())], separator, quote))
        except csv.Error:
            break
        if record.blank:
            continue
        if not _is_note(record, width, decimal):
            break
        taken, end = taken + 1, place
    return (b"\n".join(lines[:end]) + b"\n", taken) if taken else (data, 0)


def _is_note(record: Record, width: int, decimal: str) -> bool:
    filled = [cell for cell in record.cells if cell]
    first = filled[0]
    if is_number(first, decimal):
        return False
    if _TOTAL.fullmatch(first.rstrip(" :")) and width > 1:
        return len(filled) > 1 or len(record.cells) != width or bool(record.cells[0])
    if len(filled) == 1:
        return bool(record.cells[0]) and (width > 2 or len(record.cells) < width)
    return len(record.cells) != width and (" " in first or first.endswith(":"))
