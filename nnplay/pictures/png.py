"""PNG: pixels as a file, as small as a browser needs it."""

import base64
import struct
import zlib

import numpy as np
from numpy.typing import NDArray

SIGNATURE = b"\x89PNG\r\n\x1a\n"
RGB_8_BITS = (8, 2, 0, 0, 0)


def png(pixels: NDArray[np.uint8]) -> bytes:
    """The bytes of a picture of red, green and blue, (rows, columns, 3)."""
    rows, columns = pixels.shape[:2]
    # each row begins with how it was filtered: not at all
    lines = np.concatenate([np.zeros((rows, 1), np.uint8), pixels.reshape(rows, 3 * columns)], axis=1)
    header = struct.pack(">IIBBBBB", columns, rows, *RGB_8_BITS)
    body = zlib.compress(lines.tobytes(), 9)
    return SIGNATURE + _chunk(b"IHDR", header) + _chunk(b"IDAT", body) + _chunk(b"IEND", b"")


def data_address(pixels: NDArray[np.uint8]) -> str:
    """The picture as an address that holds it."""
    return "data:image/png;base64," + base64.b64encode(png(pixels)).decode()


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
