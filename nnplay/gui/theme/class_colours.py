"""A colour for each of up to 64 classes: the palettes' own, and then those that lie furthest from all before them."""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from nnplay.data.table import MAX_CLASSES
from nnplay.gui.theme.palette import DARK, LIGHT, Palette, contrast, rgb

Floats = NDArray[np.float64]

HUES, CHROMAS = np.arange(0.0, 360.0, 6.0), (0.05, 0.08, 0.11, 0.14, 0.17)
LIGHTNESS = {"light": (0.36, 0.46, 0.56, 0.66, 0.76), "dark": (0.54, 0.63, 0.72, 0.81, 0.9)}
"""Of OKLCH, from dark to light: what stands out from the background of each theme."""
LEAST_CONTRAST = 1.9
"""With the cards that points are drawn on."""


def class_colour(palette: Palette, index: int) -> str:
    """The colour of a class, the same one however many there are."""
    own = palette.classes
    return own[index] if index < len(own) else _more_colours()[palette.name][(index - len(own)) % MAX_CLASSES]


@lru_cache(maxsize=1)
def _more_colours() -> dict[str, list[str]]:
    """By the theme's name the colours of the classes behind the palettes' own.

    Each is as far from those before it as can be, in both themes; a class has the same hue in both.
    """
    palettes = {palette.name: palette for palette in (LIGHT, DARK)}
    candidates = _candidates()
    places = {name: _oklab(colours) for name, colours in candidates.items()}
    distances = np.min(
        [
            _distances(places[name], place)
            for name, palette in palettes.items()
            for place in _oklab([*palette.classes, palette.middle])
        ],
        axis=0,
    )
    chosen: dict[str, list[str]] = {name: [] for name in palettes}
    for _ in range(len(LIGHT.classes), MAX_CLASSES):
        furthest = int(np.argmax(distances))
        for name, colours in chosen.items():
            colours.append(candidates[name][furthest])
            distances = np.minimum(distances, _distances(places[name], places[name][furthest]))
    return chosen


def _distances(places: Floats, place: Floats) -> Floats:
    distances: Floats = np.linalg.norm(places - place, axis=1)
    return distances


def _candidates() -> dict[str, list[str]]:
    """Colours of all hues by the theme's name, one for light and one for dark at each place, that displays can show."""
    step, chroma, hue = (
        axis.ravel() for axis in np.meshgrid(range(len(LIGHTNESS["light"])), CHROMAS, np.radians(HUES), indexing="ij")
    )
    channels = {
        name: _to_rgb(np.column_stack([np.array(light)[step], chroma * np.cos(hue), chroma * np.sin(hue)]))
        for name, light in LIGHTNESS.items()
    }
    shown = np.all([((values >= 0.0) & (values <= 1.0)).all(axis=1) for values in channels.values()], axis=0)
    colours = {
        name: [f"#{r:02X}{g:02X}{b:02X}" for r, g, b in np.rint(255.0 * values[shown]).astype(int).tolist()]
        for name, values in channels.items()
    }
    seen = [
        contrast(light, LIGHT.panel) >= LEAST_CONTRAST and contrast(dark, DARK.panel) >= LEAST_CONTRAST
        for light, dark in zip(colours["light"], colours["dark"], strict=True)
    ]
    return {name: [c for c, kept in zip(values, seen, strict=True) if kept] for name, values in colours.items()}


# OKLab (B. Ottosson, A perceptual color space for image processing, 2020): distances in it are those that are seen

_TO_CONE = np.array(
    [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ]
)
_TO_LAB = np.array(
    [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ]
)


def _oklab(colours: list[str]) -> Floats:
    """(n, 3) lightness, green to red, blue to yellow."""
    channels = np.array([rgb(colour) for colour in colours]) / 255.0
    linear = np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)
    places: Floats = np.cbrt(linear @ _TO_CONE.T) @ _TO_LAB.T
    return places


def _to_rgb(places: Floats) -> Floats:
    """(n, 3) red, green and blue from 0 to 1; beyond that where no display can show it."""
    linear = (places @ np.linalg.inv(_TO_LAB).T) ** 3 @ np.linalg.inv(_TO_CONE).T
    curved: Floats = np.where(linear <= 0.0031308, 12.92 * linear, 1.055 * np.maximum(linear, 0.0) ** (1 / 2.4) - 0.055)
    return curved
