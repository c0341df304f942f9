"""WebP: small, and to the pixel where that is wanted."""

import io
from collections.abc import Iterator

from nnplay.pictures.animation.frames import FramePixels, Timing

QUALITY, EFFORT = 90, 1
"""0 to 100, and 0 to 6: where pixels needn't be exact; lines are to stay fine."""
EXACT_QUALITY, EXACT_EFFORT = 20, 0
"""The same where they are: more takes four to eight times as long for a file of two thirds."""


def webp(frames: Iterator[FramePixels], count: int, timing: Timing, *, exact: bool) -> bytes:
    """The bytes of a file.

    Parameters
    ----------
    frames
        At least one; each is asked for when the one before it is compressed.
    count
        How many they are.
    exact
        Whether every pixel stays as it is.
    """
    from PIL import Image

    class Reel(Image.Image):
        """A picture of many frames, as those of files are, that come one by one."""

        n_frames = count

        def __init__(self) -> None:
            super().__init__()
            self._at = 0
            self._take()

        def tell(self) -> int:
            return self._at

        def seek(self, frame: int) -> None:
            if frame == self._at + 1:  # else it is where it stands, or is sent back when all is done
                self._at = frame
                self._take()

        def _take(self) -> None:
            image = next(frames).image()
            self.im, self._mode, self._size = image.im, image.mode, image.size

    file = io.BytesIO()
    times = timing.milliseconds(count)
    quality, effort = (EXACT_QUALITY, EXACT_EFFORT) if exact else (QUALITY, EFFORT)
    Reel().save(
        file, "WEBP", save_all=True, duration=times, loop=timing.loops, lossless=exact, quality=quality, method=effort
    )
    return file.getvalue()
