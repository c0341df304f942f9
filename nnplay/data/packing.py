"""Arrays as JSON holds them: lists while they are small, packed bytes once lists would fill the file."""

import base64
import binascii
import math
import weakref
import zlib
from collections import deque
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from nnplay.errors import InputError
from nnplay.texts import mark, tr

Floats = NDArray[np.float64]

MOST_LISTED = 20_000
"""Values up to which an array is a list, which a person can read and edit."""
MAX_VALUES = 100_000_000
COMPRESSION = 1
"""Of 0 to 9: pictures come out a quarter larger than at 6, in a third of the time."""
_PIECE = 1 << 20

_ALLOWED = mark("a record of shape, type (float64 or pixels) and zlib (base64 text)")


def pack(array: Floats) -> object:
    """The array as nested lists, or packed: zlib and base64 of its little-endian values.

    Grey levels that are all whole 255ths, as pixels are, are packed as a byte each. Both ways back are exact.
    """
    if array.size <= MOST_LISTED:
        return array.tolist()
    levels = _levels(array)
    content = array.astype("<f8").tobytes() if levels is None else levels.tobytes()
    packed = base64.b64encode(zlib.compress(content, COMPRESSION)).decode("ascii")
    return {"shape": list(array.shape), "type": "float64" if levels is None else "pixels", "zlib": packed}


class PackedRecords:
    """Packs for somebody who writes the same table again and again: what can't have changed isn't packed twice.

    The records of the last two closed arrays are kept: inputs and targets of one table.
    """

    def __init__(self) -> None:
        self._known: deque[tuple[weakref.ref[Floats], object]] = deque(maxlen=2)

    def pack(self, array: Floats) -> object:
        """As the function `pack`."""
        for known, record in self._known:
            if known() is array:
                return record
        record = pack(array)
        if array.size > MOST_LISTED and not array.flags.writeable and array.base is None:
            self._known.append((weakref.ref(array), record))
        return record


def _levels(array: Floats) -> NDArray[np.uint8] | None:
    """The array as whole 255ths, where it is nothing else; piece by piece, since it may fill a large part of memory."""
    values = array.reshape(-1)
    levels = np.empty(values.shape, np.uint8)
    for start in range(0, len(values), _PIECE):
        piece = values[start : start + _PIECE]
        found = np.rint(np.clip(piece, 0.0, 1.0) * 255.0)
        if not np.array_equal(found / 255.0, piece):
            return None
        levels[start : start + _PIECE] = found
    return levels


def unpack(field: str, record: Mapping[str, object]) -> Floats:
    """The array that `pack` packed.

    Raises
    ------
    InputError
        A record that is damaged, or that swells past the shape it names.
    """
    if set(record) != {"shape", "type", "zlib"}:
        raise InputError(field, sorted(map(str, record)), tr(_ALLOWED))
    shape, kind, packed = record["shape"], record["type"], record["zlib"]
    if not isinstance(shape, list | tuple) or not all(type(side) is int and side >= 0 for side in shape):
        raise InputError(f"{field}.shape", shape, tr("a list of whole numbers"))
    if kind not in ("pixels", "float64"):
        raise InputError(f"{field}.type", kind, tr("float64 or pixels"))
    count = math.prod(shape)
    if count > MAX_VALUES:
        raise InputError(f"{field}.shape", shape, tr("at most {most} values", most=f"{MAX_VALUES:,}"))
    size = count * (1 if kind == "pixels" else 8)
    content = _unzipped(packed, size)
    if content is None or len(content) != size:
        raise InputError(
            f"{field}.zlib",
            packed,
            tr("zlib-packed base64 text of {n} byte|zlib-packed base64 text of {n} bytes", "", size),
        )
    if kind == "pixels":
        return np.frombuffer(content, dtype=np.uint8).reshape(shape) / 255.0
    return np.frombuffer(content, dtype="<f8").reshape(shape).astype(np.float64)


def _unzipped(packed: object, size: int) -> bytes | None:
    """The bytes, at most one more than `size`; None for text that is no such thing."""
    try:
        compressed = base64.b64decode(str(packed).encode("ascii"), validate=True)
        return zlib.decompressobj().decompress(compressed, size + 1)
    except (ValueError, binascii.Error, zlib.error):
        return None
