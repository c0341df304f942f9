"""What an animation is made of: the pixels of its frames, and how long each is seen."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

# Pillow is imported where an animation is written: not at the start

RATES = (1, 50)
"""Frames a second: GIF counts in hundredths of a second, and readers take less than two of them for a mistake."""
HOLDS = (0.0, 60.0)


@dataclass(frozen=True)
class FramePixels:
    """The pixels of a frame, row by row, four bytes each: blue, green, red, and one that is not used."""

    width: int
    height: int
    data: bytes

    def image(self) -> "Image":
        """The same for Pillow."""
        from PIL import Image

        return Image.frombytes("RGB", (self.width, self.height), self.data, "raw", "BGRX")


@dataclass(frozen=True)
class Timing:
    """How an animation is played.

    Attributes
    ----------
    rate
        Frames a second.
    hold
        Seconds for which the last frame is seen beyond its own time.
    repeats
        Whether it begins again at its end.
    """

    rate: int
    hold: float = 0.0
    repeats: bool = True

    @property
    def loops(self) -> int:
        """As files have it: 0 for ever, else how many times."""
        return 0 if self.repeats else 1

    def seconds(self, count: int) -> float:
        """How long so many frames last."""
        return sum(self.milliseconds(count)) / 1000

    def milliseconds(self, count: int) -> list[int]:
        """For each frame, in whole hundredths of a second, whose rounding doesn't add up."""
        ends = [round(100 * (frame + 1) / self.rate) for frame in range(count)]
        ends[-1] += round(100 * self.hold)
        return [10 * (end - begin) for begin, end in zip([0, *ends], ends, strict=False)]
