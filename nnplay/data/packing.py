"""Arrays as JSON holds them: lists while they are small, packed bytes once lists would fill the file."""

import base64
import binascii
import math
import weakref
import zlib
from collections import deque
from collections.abc import Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from nnplay.errors import InputError, a_finite_number
from nnplay.limits import MOST_BYTES, MOST_NUMBER
from nnplay.texts import mark, tr

Floats = NDArray[np.float64]

MOST_LISTED = 20_000
"""Values up to which an array is a list, which a person can read and edit."""
MAX_VALUES = MOST_BYTES // 8
"""More alone would fill the memory that an experiment may have."""
COMPRESSION = 1
"""Of 0 to 9: pictures come out a quarter larger than at 6, in a third of the time."""
_PIECE = 1 << 20
_FED = 1 << 16
_MOST_SIDES = 8

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

    The records of the last four closed arrays are kept: inputs and targets of a table, and of the one before it.
    Several threads may pack at once.
    """

    def __init__(self) -> None:
        self._known: deque[tuple[weakref.ref[Floats], object]] = deque(maxlen=4)

    def pack(self, array: Floats) -> object:
        """As the function `pack`."""
        for known, record in list(self._known):
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

    What is packed is looked through before there is an array: a record of a few kilobytes may say that it holds
    gigabytes, and swell to them.

    Raises
    ------
    InputError
        A record that is damaged, that holds another number of values than the shape it names, or a value that is too
        large or not finite.
    """
    shape = packed_shape(field, record)
    kind = record["type"]
    if kind not in ("pixels", "float64"):
        raise InputError(f"{field}.type", kind, tr("float64 or pixels"))
    size = math.prod(shape) * (1 if kind == "pixels" else 8)
    compressed = _decoded(record["zlib"])
    if compressed is None or _size(field, compressed, kind, size) != size:
        raise InputError(
            f"{field}.zlib",
            record["zlib"],
            tr("zlib-packed base64 text of {n} byte|zlib-packed base64 text of {n} bytes", "", size),
        )
    values, start = np.empty(shape), 0
    flat = values.reshape(-1)
    for piece in _pieces(compressed, size):
        numbers = _numbers(piece, kind)
        flat[start : start + len(numbers)] = numbers
        start += len(numbers)
    return values


def unpack_head(field: str, record: object, rows: int) -> object:
    """The first rows of what `pack` gave, in time and memory for no more than these.

    Raises
    ------
    InputError
        A record that is damaged before their end.
    """
    if not isinstance(record, Mapping):
        return record[:rows] if isinstance(record, list) else record
    shape, kind = packed_shape(field, record), record["type"]
    head = (min(rows, shape[0]), *shape[1:])
    size = math.prod(head) * (1 if kind == "pixels" else 8)
    compressed = _decoded(record["zlib"]) or b""
    values = np.empty(head)
    flat, start = values.reshape(-1), 0
    try:
        for piece in _pieces(compressed, size):
            numbers = _numbers(piece, kind)
            flat[start : start + len(numbers)] = numbers
            start += len(numbers)
    except zlib.error as error:
        raise InputError(f"{field}.zlib", str(error), tr(_ALLOWED)) from None
    if start < flat.size:
        raise InputError(f"{field}.zlib", start, tr("{n} number|{n} numbers", "", flat.size))
    return values


def packed_shape(field: str, record: Mapping[str, object]) -> tuple[int, ...]:
    """The shape that a record of `pack` names, without a look at what is packed.

    Raises
    ------
    InputError
        A record of other fields, or a shape that no array can have.
    """
    if set(record) != {"shape", "type", "zlib"}:
        raise InputError(field, sorted(map(str, record)), tr(_ALLOWED))
    shape = record["shape"]
    sides = list(shape) if isinstance(shape, list | tuple) else None
    if sides is None or len(sides) > _MOST_SIDES or not all(type(side) is int and side >= 0 for side in sides):
        raise InputError(f"{field}.shape", shape, tr("a list of whole numbers"))
    if any(side > MAX_VALUES for side in sides) or math.prod(sides) > MAX_VALUES:
        raise InputError(f"{field}.shape", shape, tr("at most {most} values", most=f"{MAX_VALUES:,}"))
    return tuple(sides)


def _size(field: str, compressed: bytes, kind: object, most: int) -> int:
    """How many bytes are packed, or one of those that are more than `most`; −1 for what is no zlib."""
    size = 0
    try:
        for piece in _pieces(compressed, most + 1):
            size += len(piece)
            if kind == "float64" and len(piece) % 8 == 0:
                _check_numbers(field, np.frombuffer(piece, "<f8"))
    except zlib.error:
        return -1
    return size


def _check_numbers(field: str, numbers: Floats) -> None:
    low, high = float(numbers.min(initial=0.0)), float(numbers.max(initial=0.0))
    if not (low >= -MOST_NUMBER and high <= MOST_NUMBER):  # NaN is neither
        raise InputError(field, high if low >= -MOST_NUMBER else low, a_finite_number())


def _pieces(compressed: bytes, most: int) -> Iterator[bytes]:
    """What is packed, up to `most` bytes of it, in pieces of a size that 8 divides, but for the last one."""
    rest = b""
    for piece in _unzipped(compressed):
        content = (rest + piece)[:most]
        whole = len(content) // 8 * 8
        if whole:
            yield content[:whole]
        most, rest = most - whole, content[whole:]
        if len(rest) == most:
            break
    if rest:
        yield rest


def _unzipped(compressed: bytes) -> Iterator[bytes]:
    """What is packed, in pieces of at most a megabyte, whatever it swells to."""
    unpacking = zlib.decompressobj()
    for start in range(0, len(compressed), _FED):
        fed = compressed[start : start + _FED]
        while (piece := unpacking.decompress(fed, _PIECE)) or (fed and not unpacking.eof):
            fed = unpacking.unconsumed_tail
            yield piece
        if unpacking.eof:
            return


def _numbers(piece: bytes, kind: object) -> Floats:
    return np.frombuffer(piece, np.uint8) / 255.0 if kind == "pixels" else np.frombuffer(piece, "<f8")


def _decoded(packed: object) -> bytes | None:
    try:
        return base64.b64decode(packed, validate=True) if isinstance(packed, str) else None
    except (ValueError, binascii.Error):
        return None
