"""Colours of classes and values in what leaves: those of the window's light theme, on white."""

from colorsys import hls_to_rgb

CLASSES = (
    "#E68A00", "#0072B2", "#009E73", "#CC79A7", "#D55E00", "#56B4E9", "#C9B800", "#6B4FA3", "#7A7F87", "#8C564B",
)  # fmt: skip
NEGATIVE, MIDDLE, POSITIVE = "#E68A00", "#FAFAFC", "#0072B2"
TEXT, QUIET, LINE, PANEL = "#1B2230", "#5C6678", "#E2E5EB", "#FFFFFF"
GOLDEN_ANGLE = 0.381966
"""Of a turn, after which hues come close to one another as late as can be."""


def class_colour(index: int) -> str:
    """The colour of a class, as ``#RRGGBB``."""
    if index < len(CLASSES):
        return CLASSES[index]
    red, green, blue = hls_to_rgb(index * GOLDEN_ANGLE % 1.0, 0.35 + 0.1 * (index % 3), 0.55)
    return f"#{round(255 * red):02X}{round(255 * green):02X}{round(255 * blue):02X}"


def rgb(colour: str) -> tuple[int, int, int]:
    """Red, green and blue, 0 to 255."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
