"""In which formats an animation can be written, a row each."""

from collections.abc import Iterator
from dataclasses import dataclass

from nnplay.texts import mark

WEBP, EXACT_WEBP, GIF, PICTURES = "webp", "exact_webp", "gif", "png"


@dataclass(frozen=True)
class AnimationFormat:
    """One of them.

    Attributes
    ----------
    label, help
        Its name, and what it is for in a sentence; marked texts.
    kind
        What the file dialog calls such files; a marked text.
    suffix
        Of the file; "" where it is a folder.
    """

    label: str
    help: str
    kind: str
    suffix: str


FORMATS = {
    WEBP: AnimationFormat(
        mark("WebP"), mark("A small file; browsers and slides show it"), mark("WebP animations"), ".webp"
    ),
    EXACT_WEBP: AnimationFormat(
        mark("WebP, lossless"),
        mark("Every pixel as it is, in a file some times as large"),
        mark("WebP animations"),
        ".webp",
    ),
    GIF: AnimationFormat(
        mark("GIF"), mark("Shown everywhere; 256 colours, the same ones in all frames"), mark("GIF animations"), ".gif"
    ),
    PICTURES: AnimationFormat(
        mark("Numbered PNG pictures"),
        mark("A folder with a picture for each frame, for video programs"),
        mark("Folder of pictures"),
        "",
    ),
}
"""Key → format."""


def samples_of(count: int, most: int = 7) -> list[int]:
    """The numbers of some frames, spread over all of them, from which a palette is made."""
    return sorted({round(place * (count - 1) / (most - 1)) for place in range(most)})


def numbered(name: str, count: int) -> Iterator[str]:
    """The names of the pictures in a folder, in their order."""
    digits = max(len(str(count)), 4)
    return (f"{name}-{number:0{digits}}.png" for number in range(1, count + 1))
