"""What goes to pandas and comes from it: bytes as they are, whole blocks of cells, and where their lines were."""

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, cast

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import pandas as pd

_MANY_COLUMNS = 32


def columns_of(frame: "pd.DataFrame") -> Iterator[tuple[int, NDArray[Any]]]:
    """Each column's place and cells: numbers, or objects. Many of whole numbers are taken out together, for speed."""
    together = [k for k, kind in frame.dtypes.items() if kind == np.int64]
    if len(together) >= _MANY_COLUMNS:
        values = frame[together].to_numpy()
        if values.size and values.min() >= 0 and values.max() <= np.iinfo(np.uint8).max:
            values = values.astype(np.uint8)
        yield from zip(cast("list[int]", together), np.ascontiguousarray(values.T), strict=True)
        frame = frame.drop(columns=together)
    for k, column in frame.items():
        yield cast("int", k), column.to_numpy() if column.dtype.kind in "iufb" else column.to_numpy(dtype=object)


class Bytes:
    """A file of bytes that pandas takes as they are; those of a BytesIO it would decode and encode again."""

    def __init__(self, data: bytes) -> None:
        self._data = io.BytesIO(data)

    def read(self, size: int = -1) -> bytes:
        """As of a file."""
        return self._data.read(size)

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._data)


class Shape:
    """Where the lines of a block are."""

    def __init__(self, data: bytes) -> None:
        self._bytes = np.frombuffer(data, np.uint8)
        self.ends = np.flatnonzero(self._bytes == 10)
        self.starts = np.concatenate([np.zeros(1, self.ends.dtype), self.ends[:-1] + 1])
        lengths = self.ends - self.starts
        self.filled = lengths > 0
        self.longest = int(lengths.max(initial=0))
        self.longest_line = int(np.argmax(lengths)) if len(lengths) else 0

    def begin_with(self, marks: bytes) -> bool:
        """Whether a line begins with one of these characters."""
        return bool(np.isin(self._bytes[self.starts], np.frombuffer(marks, np.uint8)).any())

    def count(self, character: str) -> int:
        """How often a character is in all lines."""
        return int(np.count_nonzero(self._bytes == ord(character)))

    def counts(self, character: str) -> NDArray[np.int32]:
        """How often a character is in each line."""
        return np.add.reduceat(self._bytes == ord(character), self.starts, dtype=np.int32)
