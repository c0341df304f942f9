"""How a delimited text is written, guessed from its beginning: separator, decimal mark, header."""

import csv
import io
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from nnplay.data.delimited.numbers import Decimal, parse_number

_SEPARATORS = ("\t", ";", ",")
_RECORDS = 200


@dataclass(frozen=True)
class Dialect:
    """Separator and decimal mark of a text.

    Attributes
    ----------
    separator
        Tab, semicolon or comma.
    decimal
        Never a comma where that separates cells.
    declared
        Whether the first line says ``sep=;``, as spreadsheets write it; that line is no data.
    """

    separator: str
    decimal: Decimal
    declared: bool = False


def guess_dialect(head: str, *, whole: bool) -> Dialect:
    """Guess from the first thousands of characters; `whole` where that is all of the text."""
    first = head.split("\n", 1)[0].strip()
    if first.lower().startswith("sep=") and len(first) == 5 and first[4] in _SEPARATORS:
        rest = head.partition("\n")[2]
        return Dialect(first[4], _decimal(_records(rest, first[4], whole), first[4]), declared=True)
    best, best_share, best_records = ",", 0.0, _records(head, ",", whole)
    for separator in _SEPARATORS:
        records = _records(head, separator, whole)
        share = _regular_share(records)
        if share > best_share:
            best, best_share, best_records = separator, share, records
    return Dialect(best, _decimal(best_records, best))


def looks_like_header(row: Sequence[str], decimal: Decimal) -> bool:
    """Whether a first row names the columns: something is written in it, and none of it is a number."""
    cells = [cell.strip() for cell in row if cell.strip()]
    return bool(cells) and all(parse_number(cell, decimal) is None for cell in cells)


def _records(head: str, separator: str, whole: bool) -> list[list[str]]:
    records: list[list[str]] = []
    try:
        for record in csv.reader(io.StringIO(head, newline=""), delimiter=separator, skipinitialspace=True):
            if record:
                records.append(record)
            if len(records) > _RECORDS:
                break
    except csv.Error:
        pass
    # the last record of a cut text is likely half of one
    return records if whole or len(records) < 2 else records[:-1]


def _regular_share(records: list[list[str]]) -> float:
    """The share of records that have the most frequent number of cells, if that is more than one."""
    if not records:
        return 0.0
    width, count = Counter(map(len, records)).most_common(1)[0]
    return count / len(records) if width > 1 else 0.0


def _decimal(records: list[list[str]], separator: str) -> Decimal:
    if separator == ",":
        return "."
    cells = [cell for record in records for cell in record]
    if any("." in cell and parse_number(cell, ".") is not None for cell in cells):
        return "."
    return "," if any("," in cell and parse_number(cell, ",") is not None for cell in cells) else "either"
