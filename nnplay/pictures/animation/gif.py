"""GIF: for whatever shows nothing else. All frames have one palette, so that no colour flickers."""

import io
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from nnplay.pictures.animation.frames import FramePixels, Timing

if TYPE_CHECKING:
    from PIL.Image import Image

COLOURS = 256
EXACT = 32
"""So many of them are the most frequent ones as they are, such as the background; the others lie between the rest."""
SIDE = 300
"""Pixels along a side of the pictures that the palette is made from, at most."""
TRAILER = b";"
KEEP = 1
"""What a frame changes is drawn over those before it, which stay."""

Colours = NDArray[np.uint8]
"""(n, 3) red, green and blue."""


def palette_of(samples: Iterable[FramePixels]) -> Colours:
    """The colours that fit these frames best.

    The frames are brought to a size by leaving pixels out, so that no colour comes in which isn't there.
    """
    from PIL import Image

    pixels = np.concatenate([np.asarray(_thinned(sample.image())).reshape(-1, 3) for sample in samples])
    codes, counts = np.unique(_codes(pixels), return_counts=True)
    codes = codes[np.argsort(-counts, kind="stable")]
    colours = np.stack([codes >> 16, codes >> 8 & 0xFF, codes & 0xFF], axis=1).astype(np.uint8)
    if len(colours) <= COLOURS:
        return colours
    together = Image.fromarray(pixels[None])
    others = together.quantize(COLOURS - EXACT, Image.Quantize.MEDIANCUT, kmeans=1, dither=Image.Dither.NONE)
    between = np.array(others.getpalette(), np.uint8).reshape(-1, 3)
    return np.concatenate([colours[:EXACT], between])[:COLOURS]


def gif(frames: Iterator[FramePixels], count: int, timing: Timing, palette: Colours) -> bytes:
    """The bytes of a file.

    Parameters
    ----------
    frames
        At least one; each is asked for when the one before it is compressed, of which what changed is written.
    count
        How many they are.
    """
    from PIL import GifImagePlugin, Image

    file, nearest = io.BytesIO(), _Nearest(palette)
    before: NDArray[np.uint8] | None = None
    for pixels, time in zip(frames, timing.milliseconds(count), strict=True):
        indices = nearest.of(pixels)
        if before is None:
            info = {"loop": 0, "duration": time} if timing.repeats else {"duration": time}
            file.writelines(GifImagePlugin.getheader(nearest.picture(indices), info=info)[0])
            box = (0, 0, pixels.width, pixels.height)
        else:
            box = _box(indices != before)
        part = Image.fromarray(indices[box[1] : box[3], box[0] : box[2]])
        file.writelines(GifImagePlugin.getdata(part, box[:2], duration=time, disposal=KEEP))
        before = indices
    file.write(TRAILER)
    return file.getvalue()


class _Nearest:
    """Finds the colour of a palette for each pixel: its own, where it is there, else one that is near."""

    def __init__(self, palette: Colours) -> None:
        from PIL import Image

        self._palette = Image.new("P", (1, 1))
        self._palette.putpalette(palette.ravel().tolist())
        codes, self._places = np.unique(_codes(palette), return_index=True)
        self._codes = np.append(codes, np.uint32(1 << 24))  # behind all colours

    def of(self, pixels: FramePixels) -> NDArray[np.uint8]:
        """(height, width) places in the palette."""
        from PIL import Image

        indices = np.array(pixels.image().quantize(palette=self._palette, dither=Image.Dither.NONE))
        codes = np.frombuffer(pixels.data, "<u4").reshape(indices.shape) & 0xFFFFFF
        found = np.searchsorted(self._codes, codes)
        own = self._codes[found] == codes  # Pillow looks at the upper bits of a colour alone
        indices[own] = self._places[found[own]]
        return indices

    def picture(self, indices: NDArray[np.uint8]) -> "Image":
        """The same for Pillow, with the palette."""
        from PIL import Image

        picture = Image.fromarray(indices)
        picture.putpalette(self._palette.getpalette() or [])
        return picture


def _codes(colours: Colours) -> NDArray[np.uint32]:
    """A number for each colour."""
    codes: NDArray[np.uint32] = colours.astype(np.uint32) @ np.array([1 << 16, 1 << 8, 1], np.uint32)
    return codes


def _box(changed: NDArray[np.bool_]) -> tuple[int, int, int, int]:
    """Left, top, right and bottom of what changed; a pixel where nothing did."""
    rows, columns = np.flatnonzero(changed.any(axis=1)), np.flatnonzero(changed.any(axis=0))
    if not len(rows):
        return 0, 0, 1, 1
    return int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1


def _thinned(image: "Image") -> "Image":
    from PIL import Image

    share = min(SIDE / max(image.size), 1.0)
    width, height = (max(round(share * side), 1) for side in image.size)
    return image.resize((width, height), Image.Resampling.NEAREST)
