"""Gathers a column while its text is read, chunk by chunk."""

from collections.abc import Sequence

import numpy as np

from nnplay.data.delimited.numbers import Decimal, parse_numbers
from nnplay.data.delimited.sheet import MAX_TEXTS, Codes, Floats, SheetColumn


class ColumnBuilder:
    """What is known of one column so far."""

    def __init__(self, name: str, decimal: Decimal) -> None:
        self.name = name
        self._decimal: Decimal = decimal
        self._numbers: list[Floats] = []
        self._codes: list[Codes] = []
        self._texts: dict[str, int] = {}
        self._bad = 0
        self._empty = 0
        self._first_bad: tuple[int, str] | None = None
        self._first_empty: int | None = None

    def add(self, cells: Sequence[str], rows: Sequence[int]) -> None:
        """Take the cells of the next rows; `rows` are their numbers in the file."""
        numbers = parse_numbers(cells, self._decimal)
        self._numbers.append(numbers)
        bad = np.isnan(numbers)
        if bad.any():
            self._bad += int(bad.sum())
            if self._first_bad is None:
                first = int(np.argmax(bad))
                self._first_bad = rows[first], cells[first].strip()
            self._count_empty(cells, rows)
        self._encode(cells)

    def is_blank(self, rows: int) -> bool:
        """Whether all of the `rows` cells so far are empty."""
        return self._empty == rows

    def finish(self) -> SheetColumn:
        """The whole column."""
        numbers = np.concatenate(self._numbers)
        numbers.setflags(write=False)
        known = len(self._texts) <= MAX_TEXTS
        return SheetColumn(
            name=self.name,
            kind="number" if 2 * self._bad <= len(numbers) else "text",
            numbers=numbers,
            codes=np.concatenate(self._codes) if known else None,
            texts=tuple(self._texts) if known else None,
            first_bad=self._first_bad,
            first_empty=self._first_empty,
        )

    def _count_empty(self, cells: Sequence[str], rows: Sequence[int]) -> None:
        for row, cell in zip(rows, cells, strict=True):
            if not cell.strip():
                self._empty += 1
                if self._first_empty is None:
                    self._first_empty = row

    def _encode(self, cells: Sequence[str]) -> None:
        if len(self._texts) > MAX_TEXTS:
            return
        texts = self._texts
        for text in dict.fromkeys(map(str.strip, cells)):
            texts.setdefault(text, len(texts))
            if len(texts) > MAX_TEXTS:
                self._codes.clear()
                return
        codes = np.fromiter((texts[cell.strip()] for cell in cells), dtype=np.uint8, count=len(cells))
        self._codes.append(codes)
