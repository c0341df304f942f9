"""The heights of a slice as a picture: the higher the more ink, with a contour from each step to the next."""

import numpy as np
from numpy.typing import NDArray

from nnplay.gui.paint.heatmap import finer
from nnplay.gui.paint.picture import Picture
from nnplay.gui.theme.palette import Palette, mix, rgb

Floats = NDArray[np.float64]

FINEST = 1024
"""Pixels of a side, at most."""
STEPS = 14
"""From the lowest place to the highest one, as many contours but one."""
LOWEST = 1e-4
"""Of the highest loss: what is lower has the same ink."""
STRONGEST, CONTOUR = 0.5, 0.22
"""How much ink the highest place has, and by how much more a contour has."""
HATCH = 6
"""Pixels from one stripe to the next where the loss has left the finite numbers."""


class Heights:
    """How losses become shares of the way from the lowest one of a slice to the highest one, by their logarithm.

    A loss is seldom twice as bad as another one, but often ten times: in equal steps all but the walls would be flat.
    """

    def __init__(self, losses: Floats) -> None:
        finite = losses[np.isfinite(losses)]
        self.highest = float(finite.max()) if len(finite) else 1.0
        self.lowest = float(finite.min()) if len(finite) else 0.0
        self.floor = max(self.lowest, LOWEST * self.highest, np.finfo(float).tiny)

    def shares_of(self, losses: Floats) -> Floats:
        """0 for the lowest, 1 for the highest and for what isn't finite."""
        whole = np.log(max(self.highest, self.floor) / self.floor)
        if not whole > 0.0:
            return np.where(np.isfinite(losses), 0.0, 1.0)
        known = np.where(np.isfinite(losses), losses, self.highest)
        return np.asarray(np.log(np.clip(known, self.floor, None) / self.floor) / whole, np.float64)

    def loss_at(self, share: float) -> float:
        """The loss that is so far up."""
        return float(self.floor * (max(self.highest, self.floor) / self.floor) ** share)


def picture_of(losses: Floats, palette: Palette, size: tuple[float, float]) -> Picture:
    """A picture of (n, n) losses, the second coordinate upwards, of about so many pixels across and up.

    Places where the loss isn't finite are hatched.
    """
    width, height = (min(max(round(side), 2), FINEST) for side in size)
    shares = Heights(losses).shares_of(losses)
    fine = finer(shares, max(-(-max(width, height) // (len(shares) - 1)), 1))[::-1]
    fine = fine[np.ix_(_evenly(len(fine), height), _evenly(len(fine), width))]
    ink = _inked(fine)
    if not np.isfinite(losses).all():
        coarse = ~np.isfinite(losses)[::-1]
        outside = coarse[np.ix_(_evenly(len(losses), height), _evenly(len(losses), width))]
        stripes = np.add.outer(np.arange(height), np.arange(width)) % HATCH < HATCH // 3
        ink = np.where(outside, np.where(stripes, STRONGEST + CONTOUR, 0.0), ink)
    return Picture(_inks(palette)[(ink * 255.0 + 0.5).astype(np.uint8)])


def bar_of(palette: Palette, height: float) -> Picture:
    """A picture one pixel wide of all heights, the highest on top, with the contours at theirs."""
    return Picture(
        _inks(palette)[(_inked(np.linspace(1.0, 0.0, max(round(height), 2))[:, None]) * 255.0 + 0.5).astype(np.uint8)]
    )


def _inked(shares: NDArray[np.floating]) -> NDArray[np.floating]:
    band = np.floor(shares * (STEPS * 0.9999))
    contour = np.zeros(shares.shape, bool)
    contour[:-1] |= band[:-1] != band[1:]
    contour[:, :-1] |= band[:, :-1] != band[:, 1:]
    return np.clip(STRONGEST * shares + CONTOUR * contour, 0.0, 1.0)


def _evenly(count: int, wanted: int) -> NDArray[np.intp]:
    """So many indices, from the first to the last of them."""
    return np.rint(np.linspace(0, count - 1, wanted)).astype(np.intp)


def _inks(palette: Palette) -> NDArray[np.uint32]:
    colours = (rgb(mix(palette.middle, palette.text, share)) for share in np.linspace(0.0, 1.0, 256))
    return np.array([0xFF000000 | red << 16 | green << 8 | blue for red, green, blue in colours], np.uint32)
