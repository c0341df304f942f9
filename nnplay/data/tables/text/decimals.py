"""Which decimal mark a table has: one for all of it."""

import re
from collections.abc import Iterable, Sequence

from nnplay.data.tables.layout import SPACES
from nnplay.data.tables.text.numbers import is_number
from nnplay.data.tables.text.records import Record

_DIGITS = re.compile(r"[\d.,]*\d[\d.,]*")
_GROUP_MARK = re.compile(r"(?<=\d)[ '’\u00a0\u2009\u202f](?=\d{3})")
_MOST_CELLS = 20_000


def recognised_decimal(records: Sequence[Record], separator: str) -> str:
    """Comma or point, by the cells that can only be meant one way; else by what is usual.

    ``1.234,5`` and ``0,5`` can only be meant one way, ``1,234`` may be a thousand or one.
    """
    votes = {".": 0, ",": 0}
    unclear: dict[str, list[str]] = {".": [], ",": []}
    for cell in _cells(records):
        digits = _DIGITS.search(_GROUP_MARK.sub("", cell))
        if digits is None or not {".", ","} & set(digits[0]) or not (is_number(cell, ".") or is_number(cell, ",")):
            continue
        if vote := _vote(digits[0], exponent="e" in cell.lower()):
            votes[vote] += 1
        else:
            unclear["," if "," in digits[0] else "."].append(digits[0])
    if any(votes.values()):
        return max(votes, key=votes.__getitem__)
    if unclear["."] or not unclear[","] or separator == ",":
        return "."
    return "." if separator != ";" and _look_like_thousands(unclear[","], records, separator) else ","


def _cells(records: Sequence[Record]) -> Iterable[str]:
    count = 0
    for record in records:
        for cell in record.cells:
            if cell:
                yield cell
        count += len(record.cells)
        if count > _MOST_CELLS:
            return


def _vote(digits: str, *, exponent: bool) -> str | None:
    """The decimal mark of a number; None where its only mark may be one between thousands."""
    points, commas = digits.count("."), digits.count(",")
    if points and commas:
        return max(".,", key=digits.rfind)
    if points > 1 or commas > 1:
        return "," if points else "."
    mark = "." if points else ","
    before, _, after = digits.partition(mark)
    thousands = len(after) == 3 and 1 <= len(before) <= 3 and before[0] != "0" and not exponent
    return None if thousands else mark


def _look_like_thousands(unclear: Sequence[str], records: Sequence[Record], separator: str) -> bool:
    """Whether whole thousands and hundreds are most of them, or numbers below a thousand stand among them."""
    if sum(digits.endswith("00") for digits in unclear) > len(unclear) / 2:
        return True
    if separator == SPACES:
        return False
    columns = {k for record in records for k, cell in enumerate(record.cells) if cell.strip("+-") in unclear}
    plain = [
        cell
        for record in records
        for k, cell in enumerate(record.cells)
        if k in columns and cell.lstrip("+-").isdecimal()
    ]
    return bool(plain) and all(len(cell.lstrip("+-")) <= 3 for cell in plain)
