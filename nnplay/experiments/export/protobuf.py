"""Protocol buffers, as far as writing them goes: a message is its fields one after the other, each with its number."""

import struct
from collections.abc import Iterable
from typing import TypeAlias

Value: TypeAlias = int | float | str | bytes
VARINT, EIGHT_BYTES, LENGTH, FOUR_BYTES = 0, 1, 2, 5


class Single(float):
    """A number that is written in 32 bits."""

    __slots__ = ()


def message(*fields: tuple[int, Value | None]) -> bytes:
    """The bytes of a message; what is None is left out.

    Parameters
    ----------
    fields
        (number, value): whole numbers, floats in 64 bits or `Single` ones in 32, texts, and bytes or messages.
    """
    return b"".join(_field(number, value) for number, value in fields if value is not None)


def each(number: int, values: Iterable[Value]) -> list[tuple[int, Value]]:
    """A field that is repeated."""
    return [(number, value) for value in values]


def packed_doubles(values: Iterable[float]) -> bytes:
    """Floats of a repeated field in one piece."""
    found = list(values)
    return struct.pack(f"<{len(found)}d", *found)


def _field(number: int, value: Value) -> bytes:
    if isinstance(value, int):
        return _varint(number << 3 | VARINT) + _varint(value & 0xFFFF_FFFF_FFFF_FFFF)
    if isinstance(value, Single):
        return _varint(number << 3 | FOUR_BYTES) + struct.pack("<f", value)
    if isinstance(value, float):
        return _varint(number << 3 | EIGHT_BYTES) + struct.pack("<d", value)
    data = value.encode("utf-8", "replace") if isinstance(value, str) else value
    return _varint(number << 3 | LENGTH) + _varint(len(data)) + data


def _varint(value: int) -> bytes:
    """A whole number in as many bytes as it needs, seven bits in each."""
    parts = bytearray()
    while value > 0x7F:
        parts.append(value & 0x7F | 0x80)
        value >>= 7
    parts.append(value)
    return bytes(parts)
