"""Writes an animation, frame by frame as they are painted; called in a thread."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtGui import QImage

from nnplay.experiments.chosen_files import check_place, check_writable, write_chosen
from nnplay.experiments.numbered_files import check_new_folder, write_numbered
from nnplay.gui.files.animation.formats import EXACT_WEBP, FORMATS, GIF, PICTURES, numbered, samples_of
from nnplay.gui.files.animation.frames import FrameLook, FramePainter
from nnplay.gui.files.export import png_of
from nnplay.gui.files.file_thread import Progress
from nnplay.pictures.animation.frames import FramePixels, Timing
from nnplay.pictures.animation.gif import gif, palette_of
from nnplay.pictures.animation.webp import webp
from nnplay.training.record import MomentReader


@dataclass(frozen=True)
class WantedAnimation:
    """What is to be written.

    Attributes
    ----------
    format
        A key of `FORMATS`.
    steps
        After how many steps each frame is.
    look
        How frames look.
    timing
        How they are played.
    """

    format: str
    steps: list[int]
    look: FrameLook
    timing: Timing

    def check(self, path: Path) -> None:
        """Refuse a place that it can't be written to.

        Raises
        ------
        DocumentError
            With the file's name.
        """
        if self.format == PICTURES:
            check_new_folder(path)
        else:
            check_place(path, (), overwrite=True)  # the file dialog has asked
            check_writable(path)

    def write(self, path: Path, painter: FramePainter, reader: MomentReader, progress: Progress) -> int:
        """Write it; how many bytes it has.

        Raises
        ------
        DocumentError
            It can't be written; nothing is left of it.
        """
        count = len(self.steps)
        samples = [self.steps[place] for place in samples_of(count)] if self.format == GIF else []
        total = count + len(samples)
        palette = None
        if samples:
            early = painter.frames(reader, samples, self.look, lambda done: progress(done, total))
            palette = palette_of(map(pixels_of, early))
        frames = painter.frames(reader, self.steps, self.look, lambda done: progress(done + len(samples), total))
        if self.format == PICTURES:
            return write_numbered(path, zip(numbered(path.name, count), map(png_of, frames), strict=True))
        pixels: Iterator[FramePixels] = map(pixels_of, frames)
        if palette is not None:
            data = gif(pixels, count, self.timing, palette)
        else:
            data = webp(pixels, count, self.timing, exact=self.format == EXACT_WEBP)
        progress(total, total)  # a person may have cancelled meanwhile
        write_chosen(path, {FORMATS[self.format].suffix: data})
        return len(data)


def pixels_of(image: QImage) -> FramePixels:
    """The pixels of a picture, whose rows have no gap between them since a pixel has four bytes."""
    return FramePixels(image.width(), image.height(), bytes(image.constBits()))
