"""Icons for Windows and macOS, put together from PNG pictures: both are containers that hold them as they are.

Formats: Microsoft's ICONDIR (a PNG is allowed for every entry from Windows Vista on); Apple's icns, whose entries of
the types below are PNG.
"""

import struct
from collections.abc import Mapping
from pathlib import Path

ICO_SIZES = (16, 24, 32, 48, 64, 128, 256)
ICNS_TYPES = {
    b"icp4": 16,
    b"icp5": 32,
    b"ic07": 128,
    b"ic08": 256,
    b"ic09": 512,
    b"ic11": 32,  # from here on for screens with two pixels to one: 16 points
    b"ic12": 64,
    b"ic13": 256,
    b"ic14": 512,
}


def write_ico(pictures: Mapping[int, bytes], path: Path) -> None:
    """Write an icon of Windows.

    Parameters
    ----------
    pictures
        Width in pixels → PNG.
    """
    chosen = [(size, pictures[size]) for size in ICO_SIZES if size in pictures]
    entries, at = b"", 6 + 16 * len(chosen)
    for size, png in chosen:
        entries += struct.pack("<BBBBHHII", size % 256, size % 256, 0, 0, 1, 32, len(png), at)  # 0 stands for 256
        at += len(png)
    path.write_bytes(struct.pack("<HHH", 0, 1, len(chosen)) + entries + b"".join(png for _, png in chosen))


def write_icns(pictures: Mapping[int, bytes], path: Path) -> None:
    """Write an icon of macOS.

    Parameters
    ----------
    pictures
        Width in pixels → PNG.
    """
    blocks = b"".join(
        kind + struct.pack(">I", 8 + len(pictures[size])) + pictures[size]
        for kind, size in ICNS_TYPES.items()
        if size in pictures
    )
    path.write_bytes(b"icns" + struct.pack(">I", 8 + len(blocks)) + blocks)
