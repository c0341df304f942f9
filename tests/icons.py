"""Makes the icons' PNGs from their SVGs, after a change of these: `QT_QPA_PLATFORM=offscreen python -m tests.icons`."""

import sys
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

FOLDER = Path(__file__).parents[1] / "resources" / "desktop" / "icons"
SIZES = {"nnplay": (16, 24, 32, 48, 64, 128, 256, 512), "application-x-nnplay": (16, 24, 32, 48, 64, 128, 256)}


def drawn(name: str, size: int) -> QImage:
    """The icon, `size` pixels wide."""
    image = QImage(size, size, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(str(FOLDER / f"{name}.svg")).render(painter, QRectF(0, 0, size, size))
    painter.end()
    return image.convertToFormat(QImage.Format.Format_ARGB32)


def pictures() -> Iterator[tuple[str, int, Path]]:
    """(icon, width, file) of every picture that there must be."""
    for name, sizes in SIZES.items():
        yield from ((name, size, FOLDER / name / f"{size}.png") for size in sizes)


def main() -> int:
    """Write all of them."""
    application = QGuiApplication(sys.argv[:1])
    for name, size, path in pictures():
        path.parent.mkdir(exist_ok=True)
        drawn(name, size).save(str(path))
    del application
    return 0


if __name__ == "__main__":
    sys.exit(main())
