"""Icons of Windows and macOS hold the pictures that they are made from, and Qt reads the one that it can."""

import struct
from pathlib import Path

import pytest
from PySide6.QtGui import QImageReader

from nnplay.bootstrap.bundle.icon_files import ICNS_TYPES, ICO_SIZES, write_icns, write_ico

PICTURES = Path(__file__).parents[3] / "resources" / "desktop" / "icons" / "nnplay"


@pytest.fixture
def pictures() -> dict[int, bytes]:
    return {int(path.stem): path.read_bytes() for path in PICTURES.glob("*.png")}


def test_an_icon_of_windows_has_every_size(pictures: dict[int, bytes], tmp_path: Path) -> None:
    write_ico(pictures, tmp_path / "nnplay.ico")
    data = (tmp_path / "nnplay.ico").read_bytes()
    assert struct.unpack("<HHH", data[:6]) == (0, 1, len(ICO_SIZES))
    for index, size in enumerate(ICO_SIZES):
        width, _, _, _, _, bits, length, at = struct.unpack("<BBBBHHII", data[6 + 16 * index : 22 + 16 * index])
        assert (width or 256, bits) == (size, 32)
        assert data[at : at + length] == pictures[size]


def test_qt_reads_the_icon_of_windows(pictures: dict[int, bytes], tmp_path: Path) -> None:
    write_ico(pictures, tmp_path / "nnplay.ico")
    reader = QImageReader(str(tmp_path / "nnplay.ico"))
    widths = []
    for index in range(reader.imageCount()):
        reader.jumpToImage(index)
        widths.append(reader.read().width())
    assert tuple(widths) == ICO_SIZES


def test_an_icon_of_macos_has_every_size(pictures: dict[int, bytes], tmp_path: Path) -> None:
    write_icns(pictures, tmp_path / "nnplay.icns")
    data = (tmp_path / "nnplay.icns").read_bytes()
    assert data[:4] == b"icns"
    assert struct.unpack(">I", data[4:8])[0] == len(data)
    found, at = {}, 8
    while at < len(data):
        length = struct.unpack(">I", data[at + 4 : at + 8])[0]
        found[data[at : at + 4]] = data[at + 8 : at + length]
        at += length
    assert found == {kind: pictures[size] for kind, size in ICNS_TYPES.items()}
