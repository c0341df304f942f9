"""Sheets made of cells, for tests of what comes after the reading."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from nnplay.data.tables.layout import NO_HEADER, Layout
from nnplay.data.tables.sheet import MOST_DISTINCT, Column, Labels, Sheet

MISSING = ("", "NA", "nan", "?")
FIRST_ROWS = 20


@dataclass(frozen=True, eq=False)
class CellSheet(Sheet):
    """A sheet that keeps the texts of all cells, column by column."""

    cells: tuple[tuple[str, ...], ...] = ()

    def labels(self, column: int, most: int) -> Labels | None:
        texts = self.cells[column]
        names = sorted({text for text in texts if text not in MISSING}, key=in_order(self.columns[column].kind))
        if len(names) > most:
            return None
        places = {name: place for place, name in enumerate(names)}
        return Labels(tuple(names), np.array([places.get(text, -1) for text in texts], dtype=np.intp))


def in_order(kind: str):
    return (lambda text: (number_of(text), text)) if kind == "number" else (lambda text: (0.0, text))


def sheet_of(columns: Mapping[str, Iterable[object]], *, header: bool = True, **more: object) -> CellSheet:
    """A sheet of these columns; cells are what `str` makes of them, None is a missing one."""
    cells = tuple(tuple("" if cell is None else str(cell) for cell in column) for column in columns.values())
    rows = list(zip(*cells, strict=True))
    return CellSheet(
        name="cells.csv",
        layout=Layout("utf-8", ",", ".", 0, 1 if header else NO_HEADER),
        columns=tuple(column_of(name, texts) for name, texts in zip(columns, cells, strict=True)),
        rows=len(rows),
        first_rows=tuple(rows[:FIRST_ROWS]),
        cells=cells,
        **more,
    )


def column_of(name: str, texts: Sequence[str]) -> Column:
    missing = np.array([text in MISSING for text in texts])
    numbers = np.array([np.nan if text in MISSING else number_of(text) for text in texts], dtype=np.float64)
    bad = [(row, text) for row, text in enumerate(texts, 2) if text not in MISSING and np.isnan(numbers[row - 2])]
    distinct = len({text for text in texts if text not in MISSING})
    whole = not bad and all(text.lstrip("+-").isdigit() or text in ("TRUE", "FALSE", *MISSING) for text in texts)
    return Column(
        name=name,
        kind="text" if bad else "number",
        parts=(np.full(len(texts), np.nan) if bad else numbers,),
        missing=missing,
        distinct=min(distinct, MOST_DISTINCT + 1),
        whole=whole,
        first_bad=bad[0] if bad else None,
    )


def number_of(text: str) -> float:
    if text in ("TRUE", "FALSE"):
        return float(text == "TRUE")
    try:
        return float(text)
    except ValueError:
        return np.nan
