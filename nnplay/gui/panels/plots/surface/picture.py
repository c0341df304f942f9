"""The heights of a slice as a picture: the higher the more ink, with a contour from each step to the next."""

import numpy as np
from numpy.typing import NDArray

from nnplay.gui.paint.heatmap import finer
from nnplay.gui.paint.picture import Picture
from nnplay.gui.theme.palette import Palette, mix, rgb

Floats = NDArray[np.float64]

FINEST = 512
"""Pixels of a side, at most."""
STEPS = 14
"""From the lowest place to the highest one, as many contours but one."""
LOWEST = 1e-4
"""Of the highest loss: what is lower has the same ink."""
STRONGEST, CONTOUR = 0.5, 0.22
"""How much ink the highest place has, and by how much more a contour has."""


class Heights:
    """How losses become shares of the way from the lowest one of a slice to the highest one, by their logarithm.

    A loss is seldom twice as bad as another one, but often ten times: in equal steps all but the walls would be flat.
    """

    def __init__(self, losses: Floats) -> None:
        finite = losses[np.isfinite(losses)]
        self.highest = float(finite.max()) if len(finite) else 1.0
        self.lowest = float(finite.min()) if len(finite) else 0.0
        self._floor = max(self.lowest, LOWEST * self.highest, np.finfo(float).tiny)

    def shares_of(self, losses: Floats) -> Floats:
        """0 for the lowest, 1 for the highest and for what isn't finite."""
        whole = np.log(max(self.highest, self._floor) / self._floor)
        if not whole > 0.0:
            return np.where(np.isfinite(losses), 0.0, 1.0)
        known = np.where(np.isfinite(losses), losses, self.highest)
        return np.asarray(np.log(np.clip(known, self._floor, None) / self._floor) / whole, np.float64)


def picture_of(losses: Floats, palette: Palette, side: float = FINEST) -> Picture:
    """A picture of (n, n) losses, the second coordinate upwards, with about as many pixels as the display has there."""
    shares = Heights(losses).shares_of(losses)
    fine = finer(shares, max(round(min(side, FINEST) / (len(shares) - 1)), 1))[::-1]
    band = np.floor(fine * np.float32(STEPS * 0.9999))
    contour = np.zeros(fine.shape, bool)
    contour[:-1] |= band[:-1] != band[1:]
    contour[:, :-1] |= band[:, :-1] != band[:, 1:]
    ink = np.clip(STRONGEST * fine + CONTOUR * contour, 0.0, 1.0)
    return Picture(_inks(palette)[(ink * 255.0 + 0.5).astype(np.uint8)])


def _inks(palette: Palette) -> NDArray[np.uint32]:
    colours = (rgb(mix(palette.middle, palette.text, share)) for share in np.linspace(0.0, 1.0, 256))
    return np.array([0xFF000000 | red << 16 | green << 8 | blue for red, green, blue in colours], np.uint32)
