"""Every colour of the window by its role, once for light and once for dark.

Colour belongs to the data: blue is class 1 and what is positive, orange is class 0 and what is negative; on the way
back through a step purple is positive and green negative. Controls are graphite.
"""

from dataclasses import dataclass


@dataclass(frozen=True, eq=False)  # one object a theme: a key of caches at each frame, quickly hashed
class Palette:
    """Colours as ``#RRGGBB``.

    Attributes
    ----------
    name
        ``"light"`` or ``"dark"``.
    window, panel, field, line
        The window's background, the cards on it, what can be typed into or pressed, and thin lines and tracks.
    hover, pressed
        A field under the pointer and under a pressed button.
    text, quiet, disabled
        Text to read, text that explains, text of what can't be used now; all readable on every background.
    accent, on_accent
        Fill of primary buttons, selections and sliders, and the text on it.
    focus
        The ring around what has the keyboard; visible on backgrounds and on the accent.
    alarm
        Text of what went wrong.
    positive, negative, middle
        Areas and lines of data: above zero, below zero, zero.
    back_positive, back_negative
        The same on the way back through a step: deltas, gradients and changes. Told apart by colour-blind eyes, and
        from everything else that is coloured.
    classes
        Areas and marks of class 0, 1, 2 …; ten, from which `class_colours` goes on.
    branches
        Lines of the other ways that a run took: none is what positive, negative or the run's own lines have.
    """

    name: str
    window: str
    panel: str
    field: str
    line: str
    hover: str
    pressed: str
    text: str
    quiet: str
    disabled: str
    accent: str
    on_accent: str
    focus: str
    alarm: str
    positive: str
    negative: str
    middle: str
    back_positive: str
    back_negative: str
    classes: tuple[str, ...]
    branches: tuple[str, ...]

    def branch(self, key: int) -> str:
        """The hue of a branch, by the number that it keeps."""
        return self.branches[key % len(self.branches)]

    def unit(self, number: int) -> str:
        """The hue of a unit's line; none is that of a class or of a sign."""
        return self.branches[number % len(self.branches)]

    @property
    def accent_hover(self) -> str:
        """The accent under the pointer."""
        return mix(self.accent, self.panel, 0.18)

    @property
    def is_dark(self) -> bool:
        """Whether light text stands on dark backgrounds."""
        return self.name == "dark"


LIGHT = Palette(
    name="light",
    window="#F3F4F7",
    panel="#FFFFFF",
    field="#F3F4F7",
    line="#E2E5EB",
    hover="#E9EBF0",
    pressed="#DEE1E8",
    text="#1B2230",
    quiet="#5C6678",
    disabled="#687083",
    accent="#1B2230",
    on_accent="#FFFFFF",
    focus="#76829A",
    alarm="#B3261E",
    positive="#0072B2",
    negative="#E68A00",
    middle="#FAFAFC",
    back_positive="#B03AB8",
    back_negative="#2B6B1E",
    classes=(
        "#E68A00",
        "#0072B2",
        "#009E73",
        "#CC79A7",
        "#D55E00",
        "#56B4E9",
        "#C9B800",
        "#6B4FA3",
        "#7A7F87",
        "#8C564B",
    ),
    branches=(
        "#1A8C26",
        "#892784",
        "#22A2BD",
        "#BB3F7B",
        "#4E43B2",
        "#819E50",
        "#86440A",
        "#C369CC",
        "#49620E",
        "#895BB5",
        "#827616",
        "#873A55",
    ),
)

DARK = Palette(
    name="dark",
    window="#14171C",
    panel="#1B1F26",
    field="#14171C",
    line="#2B313B",
    hover="#242A33",
    pressed="#303744",
    text="#E8EBF1",
    quiet="#98A2B3",
    disabled="#8891A1",
    accent="#E8EBF1",
    on_accent="#1B1F26",
    focus="#75829A",
    alarm="#FF9C92",
    positive="#4DA3E0",
    negative="#F0A83E",
    middle="#1E222A",
    back_positive="#D966CF",
    back_negative="#7CD650",
    classes=(
        "#F0A83E",
        "#4DA3E0",
        "#2DBE92",
        "#DD93BD",
        "#F07A2E",
        "#8FD0F5",
        "#F0E442",
        "#A48BD8",
        "#A3A8B0",
        "#C08A7E",
    ),
    branches=(
        "#57BF5A",
        "#C05DB9",
        "#60D3EE",
        "#F372AC",
        "#7C77EC",
        "#AFCE7E",
        "#BC7644",
        "#F698FE",
        "#799547",
        "#BA8CEA",
        "#B2A74F",
        "#BF6B86",
    ),
)


def contrast(first: str, second: str) -> float:
    """Contrast ratio of two colours, 1 to 21 (WCAG 2.2)."""
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def ink_on(background: str) -> str:
    """Black or white, whichever is read better on a colour of data: contrast 4.58 at least, on any of them."""
    return max("#000000", "#FFFFFF", key=lambda ink: contrast(ink, background))


def rgb(colour: str) -> tuple[int, int, int]:
    """Red, green and blue of ``#RRGGBB``, 0 to 255 each."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def mix(first: str, second: str, share: float) -> str:
    """The colour `share` of the way (0 to 1) from the first to the second."""
    pairs = zip(rgb(first), rgb(second), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02X}" for a, b in pairs)


def _luminance(colour: str) -> float:
    channels = [value / 255 for value in rgb(colour)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
