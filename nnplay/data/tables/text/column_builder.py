"""Gathers a column, piece by piece: its numbers, what is missing, and its texts while they are few."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnplay.data.tables.sheet import MOST_DISTINCT, Column, Floats, Labels
from nnplay.data.tables.text.missing import is_missing
from nnplay.data.tables.text.numbers import is_boolean, parse_number
from nnplay.data.tables.text.orange import Declared
from nnplay.errors import shortened
from nnplay.limits import MOST_NUMBER
from nnplay.texts import one_line

LineOf = Callable[[int], int]
"""The line of the text that a row of a piece begins on."""

_BYTES = bytes(range(256))
_COMPACT = (np.uint8, np.int16, np.int32)
_GIVEN_UP = 1000
"""After so many cells without any number in them a column is text, and its cells aren't tried any more."""
_SHOWN = 200
_FEW_BAD, _BAD_TEXTS = 0.1, 3
"""Up to this share of cells, of so many different texts, may be no numbers in a column of numbers: mistakes, and not a
text. They count as missing.
"""


@dataclass(frozen=True)
class Texts:
    """The different texts of a column and the index of each cell among them, −1 where it is missing."""

    names: tuple[str, ...]
    codes: NDArray[np.int32]


class ColumnBuilder:
    """What is known of one column so far.

    Parameters
    ----------
    decimal
        The decimal mark.
    dash
        Whether "-" is a class, and not missing.
    most
        So many different texts are kept.
    """

    def __init__(self, decimal: str, *, dash: bool = False, most: int = MOST_DISTINCT) -> None:
        self._decimal = decimal
        self._dash = dash
        self._most = most
        self._parts: list[NDArray[Any]] = []
        self._missing: list[tuple[int, NDArray[np.bool_] | None]] = []
        self._codes: list[NDArray[np.int32]] = []
        self._ids: dict[str, int] | None = {}
        self._marks: dict[str, None] = {}
        self._whole = True
        self._booleans = False
        self._first_bad: tuple[int, str] | None = None
        self._bad = 0
        self._bad_texts: set[str] = set()
        self._numbers = 0

    @property
    def mistakes(self) -> tuple[int, int, str]:
        """How many cells of a column of numbers are none, and line and text of the first; 0 if the column is text."""
        if self._first_bad is None or self._is_text():
            return 0, 0, ""
        return self._bad, *self._first_bad

    @property
    def crowded(self) -> bool:
        """Whether there are more texts than are kept, or numbers that were read without their texts."""
        return self._ids is None

    @property
    def booleans(self) -> bool:
        """Whether TRUE or FALSE was read as a number."""
        return self._booleans and not self._is_text()

    def add_numbers(self, values: NDArray[Any], line_of: LineOf) -> None:
        """Take cells that pandas has made numbers of."""
        self._ids = None
        self._numbers += len(values)
        if values.dtype.kind in "iu":
            self._parts.append(_compact(values))
            self._missing.append((len(values), None))
            return
        if values.dtype.kind == "b":
            self._booleans, self._whole = True, False
            self._parts.append(values.astype(np.uint8))
            self._missing.append((len(values), None))
            return
        missing = np.isnan(values)
        large = np.abs(values) > MOST_NUMBER
        if large.any():
            place = int(np.argmax(large))
            self._note_bad(line_of(place), f"{values[place]:g}")
            self._bad += int(np.count_nonzero(large))
            self._bad_texts.update(f"{value:g}" for value in values[large][: _BAD_TEXTS + 1])
            values = np.where(large, np.nan, values)
        self._whole = self._whole and bool((np.floor(values) == values)[~missing].all())
        self._parts.append(values)
        self._missing.append((len(values), missing if missing.any() else None))

    def add_texts(self, values: NDArray[np.object_], line_of: LineOf) -> None:
        """Take cells that are texts, or NaN where they are missing."""
        import pandas as pd

        codes, uniques = pd.factorize(values)
        texts = [text.strip() if isinstance(text, str) else str(text) for text in uniques]
        missing = np.array([*map(self._is_missing, texts), True])
        numbers = self._parsed(texts, missing)
        gone, found = missing[codes], numbers[codes]
        bad = np.isnan(found) & ~gone
        if bad.any():
            place = int(np.argmax(bad))
            self._note_bad(line_of(place), texts[codes[place]])
            self._bad += int(np.count_nonzero(bad))
            if len(self._bad_texts) <= _BAD_TEXTS:
                self._bad_texts.update(texts[code] for code in np.unique(codes[bad]))
        if bad.all() or not np.isfinite(numbers).any():
            found = np.broadcast_to(np.float64(np.nan), len(found))
        self._parts.append(found)
        self._missing.append((len(found), gone if gone.any() else None))
        self._keep(texts, missing, codes)

    def column(self, name: str, declared: Declared) -> Column:
        """The whole column."""
        text = self._is_text()
        missing = _joined(self._missing)
        if not text and self._first_bad is not None:
            missing = np.concatenate([np.isnan(part) for part in self._parts])
            missing.setflags(write=False)
        return Column(
            name=name,
            kind="text" if text else "number",
            parts=tuple(self._parts),
            missing=missing,
            distinct=self._distinct(),
            whole=self._whole and not text and self._numbers > 0,
            marks=() if text else tuple(self._marks),
            first_bad=self._first_bad if text else None,
            role=declared.role,
            categorical=declared.categorical,
        )

    def texts(self) -> Texts | None:
        """The texts, if all of them are known and no more than are kept."""
        if self._ids is None:
            return None
        codes = np.concatenate(self._codes) if self._codes else np.zeros(0, np.int32)
        if self._is_text() or self._first_bad is None:
            return Texts(tuple(self._ids), codes)
        names = tuple(text for text in self._ids if text not in self._bad_texts)
        places = {text: place for place, text in enumerate(names)}
        moved = np.array([*(places.get(text, -1) for text in self._ids), -1], np.int32)
        return Texts(names, moved[codes])

    def _is_text(self) -> bool:
        """Whether there are more cells that are no numbers than mistakes would be."""
        cells = sum(len(part) for part in self._parts)
        filled = cells - sum(int(np.count_nonzero(mask)) for _, mask in self._missing if mask is not None)
        return self._bad > _FEW_BAD * filled or len(self._bad_texts) > _BAD_TEXTS

    def _is_missing(self, text: str) -> bool:
        return is_missing(text) and not (self._dash and text == "-")

    def _parsed(self, texts: list[str], missing: NDArray[np.bool_]) -> Floats:
        """The number of each text, NaN where there is none, and one NaN more."""
        numbers = np.full(len(texts) + 1, np.nan)
        if self._bad > _GIVEN_UP and not self._numbers:
            return numbers
        for place, text in enumerate(texts):
            if missing[place]:
                continue
            number = parse_number(text, self._decimal)
            if number is None:
                continue
            numbers[place] = number.value
            self._numbers += 1
            self._whole = self._whole and number.whole
            self._booleans = self._booleans or is_boolean(text)
            if number.marks:
                self._marks.update(dict.fromkeys(number.marks))
        return numbers

    def _keep(self, texts: list[str], missing: NDArray[np.bool_], codes: NDArray[Any]) -> None:
        if self._ids is None:
            return
        ids = np.full(len(texts) + 1, -1, np.int32)
        for place, text in enumerate(texts):
            if not missing[place]:
                ids[place] = self._ids.setdefault(text, len(self._ids))
        if len(self._ids) > self._most:
            self._ids = None
            self._codes.clear()
            return
        self._codes.append(ids[codes])

    def _note_bad(self, line: int, text: str) -> None:
        if self._first_bad is None:
            self._first_bad = line, shortened(one_line(text), _SHOWN)

    def _distinct(self) -> int:
        if self._ids is not None:
            return len(self._ids) - (0 if self._is_text() else len(self._bad_texts))
        if self._is_text() or not self._parts:
            return MOST_DISTINCT + 1
        return _distinct(self._parts)


def labels_of(texts: Texts) -> Labels:
    """The texts in order: numbers by their value where all are numbers, else alphabetically."""
    values = [_value(name) for name in texts.names]
    if all(value is not None for value in values):
        order = sorted(range(len(values)), key=lambda k: (values[k], texts.names[k]))
    else:
        order = sorted(range(len(values)), key=texts.names.__getitem__)
    places = np.full(len(order) + 1, -1, dtype=np.intp)
    places[order] = np.arange(len(order))
    return Labels(tuple(texts.names[k] for k in order), places[texts.codes])


def _value(text: str) -> float | None:
    number = parse_number(text, ".") or parse_number(text, ",")
    return None if number is None or is_boolean(text) else number.value


def _compact(values: NDArray[Any]) -> NDArray[Any]:
    """Whole numbers in as few bytes as they fit."""
    if values.dtype == np.uint8:
        return values
    low, high = int(values.min(initial=0)), int(values.max(initial=0))
    for kind in _COMPACT:
        if np.iinfo(kind).min <= low and high <= np.iinfo(kind).max:
            return values.astype(kind)
    return values


def _joined(pieces: list[tuple[int, NDArray[np.bool_] | None]]) -> NDArray[np.bool_]:
    if all(mask is None for _, mask in pieces):
        return np.broadcast_to(np.False_, sum(count for count, _ in pieces))
    missing = np.concatenate([np.zeros(count, bool) if mask is None else mask for count, mask in pieces])
    missing.setflags(write=False)
    return missing


def _distinct(parts: list[NDArray[Any]]) -> int:
    """How many different numbers there are, up to one more than `MOST_DISTINCT`."""
    import pandas as pd

    if all(part.dtype == np.uint8 for part in parts):
        return len(_BYTES) - len(_BYTES.translate(None, b"".join(part.tobytes() for part in parts)))
    if len(_known(pd.unique(parts[0]))) > MOST_DISTINCT:
        return MOST_DISTINCT + 1
    return min(MOST_DISTINCT + 1, len(_known(pd.unique(np.concatenate(parts)))))


def _known(values: NDArray[Any]) -> NDArray[Any]:
    return values[~np.isnan(values)] if values.dtype.kind == "f" else values
