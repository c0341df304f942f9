"""What is shown as files: a figure as PNG or SVG, the history as CSV; a file is written whole or not."""

import csv
import io
import math
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QBuffer, QIODevice, QPoint, QRect, QSaveFile
from PySide6.QtGui import QColor, QImage, QPainter

from nnplay.errors import NnplayError
from nnplay.gui.paint.figure import Figure
from nnplay.texts import tr
from nnplay.training.history import COLUMNS, FIRST, HIGHEST, LOWEST, Figures, Rows

SCALE = 2.0
"""Pixels of a PNG along one pixel of the screen: sharp on paper and on a projector."""

PNG_QUALITY = 70
"""How Qt calls the effort of its compression, which loses nothing: half of the usual time, a third larger."""


class ExportError(NnplayError):
    """A file that could not be written."""


def picture_of(figure: Figure, background: str, scale: float = SCALE) -> QImage:
    """The figure painted anew at `scale` times its size, on a background of this colour."""
    size = figure.size.toSize()
    image = QImage(size * scale, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(scale)
    _paint(figure, QPainter(image), background)
    return image


def png_of(image: QImage) -> bytes:
    """The bytes of a PNG file of an image; the longest part of an export, which any thread can do."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG", PNG_QUALITY)  # type: ignore[call-overload]
    return bytes(buffer.data().data())


def svg_of(figure: Figure, background: str, title: str, resolution: int) -> bytes:
    """The bytes of an SVG file of the figure; pictures in it, such as heatmaps, stay pictures.

    Parameters
    ----------
    title
        Of the document.
    resolution
        Dots to an inch of the screen, on which the sizes of fonts depend.
    """
    from PySide6.QtSvg import QSvgGenerator  # rarely wanted: not at the start

    buffer, size = QBuffer(), figure.size.toSize()
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setTitle(title)
    generator.setSize(size)
    generator.setViewBox(QRect(QPoint(), size))
    generator.setResolution(resolution)
    _paint(figure, QPainter(generator), background)
    return bytes(buffer.data().data())


def _paint(figure: Figure, painter: QPainter, background: str) -> None:
    try:
        painter.fillRect(QRect(QPoint(), figure.size.toSize()), QColor(background))
        figure.paint(painter)
    finally:
        painter.end()


def history_as_csv(rows: Rows, now: Figures) -> bytes:
    """The bytes of a CSV file: a row for each interval of epochs, and one for the last epoch where it is none's first.

    The first epoch of an interval and its figures; then, where intervals are longer than an epoch, its last epoch and
    the lowest and the highest of each figure. A figure that doesn't exist is an empty cell, and those of a regression
    stand there for one alone.
    """
    if not len(rows) or (rows[-1, FIRST, 0] != now.epoch and not now.fraction):
        rows = np.concatenate([rows, np.broadcast_to(now.row(), (1, 3, len(COLUMNS)))])
    shown = COLUMNS[: len(COLUMNS) if now.train.accuracy is None else COLUMNS.index("train_r2")]
    names, columns = list(shown), [rows[:, FIRST, : len(shown)]]
    if not np.array_equal(rows[:, LOWEST], rows[:, HIGHEST], equal_nan=True):
        names += ["last_epoch", *(f"{name}_{end}" for name in shown[1:] for end in ("lowest", "highest"))]
        ends = rows[:, LOWEST:, 1 : len(shown)].swapaxes(1, 2)
        columns += [_last_epochs(rows[:, FIRST, 0], now)[:, None], ends.reshape(len(rows), -1)]
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(names)
    epochs = {index for index, name in enumerate(names) if name.endswith("epoch")}
    for row in np.concatenate(columns, axis=1).tolist():
        writer.writerow([_cell(value, whole=index in epochs) for index, value in enumerate(row)])
    return text.getvalue().encode()


def _last_epochs(first: NDArray[np.float64], now: Figures) -> NDArray[np.float64]:
    """The last epoch of each interval: the one before the next begins."""
    return np.append(first[1:] - 1, max(float(now.epoch), first[-1]))


def _cell(value: float, *, whole: bool) -> str:
    return "" if math.isnan(value) else str(int(value)) if whole else repr(value)


def write_whole(path: Path, data: bytes) -> None:
    """Put `data` in place of the file, when all of it is on the disk.

    Raises
    ------
    ExportError
        The file can't be written; an old one of that name is whole.
    """
    file = QSaveFile(str(path))
    written = file.open(QIODevice.OpenModeFlag.WriteOnly) and file.write(data) == len(data)
    if not (written and file.commit()):
        reason = file.errorString()
        raise ExportError(tr("{file}: the file can't be written ({reason})", file=path, reason=reason))
