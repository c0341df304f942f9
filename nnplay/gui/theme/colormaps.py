"""From numbers to colours: below zero towards orange, above zero towards blue, classes mixed by their probabilities."""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from nnplay.gui.theme.class_colours import class_colour
from nnplay.gui.theme.palette import Palette, rgb

Bytes = NDArray[np.uint8]

AREA = 0.72
"""How far an area's strongest colour is from the middle towards the full one: points drawn on it still stand out."""


@lru_cache(maxsize=16)
def diverging_lut(palette: Palette, strength: float = AREA, *, back: bool = False) -> Bytes:
    """Colours for −1 … 0 … 1 at the indices 0 … 127.5 … 255: (256, 4) RGBA, read-only.

    With `back` those of deltas, gradients and changes.
    """
    middle = np.array(rgb(palette.middle))
    share = strength * np.linspace(-1.0, 1.0, 256)[:, None]
    negative, positive = palette.negative, palette.positive
    if back:
        negative, positive = palette.back_negative, palette.back_positive
    towards = np.where(share < 0, rgb(negative), rgb(positive))
    return _rgba(middle + np.abs(share) * (towards - middle))


@lru_cache(maxsize=128)
def class_lut(palette: Palette, index: int, strength: float = AREA) -> Bytes:
    """Colours for probabilities 0 … 1 of class `index`: (256, 4) RGBA, read-only."""
    middle, full = np.array(rgb(palette.middle)), np.array(rgb(class_colour(palette, index)))
    return _rgba(middle + strength * np.linspace(0.0, 1.0, 256)[:, None] * (full - middle))


@lru_cache(maxsize=8)
def ink_lut(palette: Palette) -> Bytes:
    """Colours for 0 … 1 in graphite, for pictures that are data but no sign: (256, 4) RGBA, read-only."""
    middle, full = np.array(rgb(palette.middle)), np.array(rgb(palette.text))
    return _rgba(middle + np.linspace(0.0, 1.0, 256)[:, None] * (full - middle))


def mix_classes(probabilities: NDArray[np.floating], palette: Palette, strength: float = AREA) -> Bytes:
    """The classes' colours mixed by their probabilities, (…, K) → (…, 4) RGBA.

    Where no class is likelier than the others the colour is the middle's; where one is certain, nearly its own.
    """
    count = probabilities.shape[-1]
    colours = np.array([rgb(class_colour(palette, index)) for index in range(count)], dtype=np.float32)
    middle = np.array(rgb(palette.middle), dtype=np.float32)[:, None]
    # classes first: NumPy reduces over a few long rows far faster than over many short ones
    shares = np.moveaxis(probabilities, -1, 0).reshape(count, -1).astype(np.float32, copy=False)
    lead = np.clip((shares.max(axis=0) - 1 / count) / (1 - 1 / count), 0.0, 1.0) if count > 1 else shares[0]
    mixed = (colours.T @ shares - middle) * (strength * lead) + middle
    return _rgba(mixed.T.reshape(*probabilities.shape[:-1], 3))


@lru_cache(maxsize=4)
def packed_lut(palette: Palette, *, back: bool = False) -> NDArray[np.uint32]:
    """`diverging_lut` as 0xAARRGGBB: (256,)."""
    return packed(diverging_lut(palette, back=back))


def packed(lut: Bytes) -> NDArray[np.uint32]:
    """A table of RGBA bytes as 0xAARRGGBB, as QImage's 32-bit formats want it: (…, 4) → (…)."""
    wide = lut.astype(np.uint32)
    return (wide[..., 3] * 2**24 + wide[..., 0] * 2**16 + wide[..., 1] * 2**8 + wide[..., 2]).astype(np.uint32)


def lut_index(values: NDArray[np.floating]) -> Bytes:
    """Numbers −1 … 1 as indices into `diverging_lut`; what lies beyond takes the end, NaN the middle."""
    with np.errstate(over="ignore"):  # a number beyond what 32 bits hold lies beyond the end, too
        places = np.asarray(values, dtype=np.float32) * np.float32(127.5)
    places += np.float32(128.0)
    if not np.isfinite(places).all():
        places = np.nan_to_num(places, copy=False, nan=128.0, posinf=255.0, neginf=0.0)
    np.clip(places, 0.0, 255.0, out=places)
    return places.astype(np.uint8)


def _rgba(colours: NDArray[np.floating]) -> Bytes:
    table = np.full((*colours.shape[:-1], 4), 255, dtype=np.uint8)
    table[..., :3] = np.clip(colours + 0.5, 0.0, 255.0)
    table.flags.writeable = False
    return table
