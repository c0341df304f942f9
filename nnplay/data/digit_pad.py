"""Brings a drawing into the form that the pictures of a table have.

MNIST fitted each digit into 20 × 20 pixels, keeping its proportions, and put its centre of mass into the middle of
28 × 28 (LeCun, Bottou, Bengio and Haffner, Gradient-based learning applied to document recognition, 1998). Pictures of
another size are fitted into as much of it as those of the table usually fill.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from nnplay.data.digits import SIDE
from nnplay.errors import InputError
from nnplay.texts import tr

Floats = NDArray[np.float64]
Size = tuple[float, float]

MNIST = (SIDE, SIDE)
MNIST_BOX = (20.0, 20.0)
"""The rows and columns of 28 × 28 that a digit is fitted into."""
LOOKED_AT = 2000
"""So many pictures tell what range all of their pixels have, and how much of each is filled."""
INK = 0.2
"""The part of the range of grey from which a pixel is ink."""


def normalize_digit(picture: ArrayLike, shape: tuple[int, int] = MNIST, box: Size = MNIST_BOX) -> Floats:
    """Crop, fit and centre a drawing, as MNIST did.

    Parameters
    ----------
    picture
        (H, W) grey levels of any range from 0 for paper; more is more ink.
    shape
        Rows and columns that it is to have.
    box
        The rows and columns of it that what is drawn is fitted into, see `usual_box`.

    Returns
    -------
    ndarray
        (rows, columns), 0 for paper to 1 for the strongest ink; zeros for an empty drawing.

    Raises
    ------
    InputError
        No two-dimensional array of finite numbers.
    """
    ink = np.asarray(picture)
    if ink.ndim != 2 or ink.dtype.kind not in "buif":
        raise InputError("picture", ink.shape, tr("a picture (rows, columns) of numbers"))
    levels = ink.astype(np.float64)
    if not np.isfinite(levels).all():
        raise InputError("picture", tr("a value that is not finite"), tr("finite grey levels"))
    cropped = _cropped(np.maximum(levels, 0.0))
    if cropped.size == 0:
        return np.zeros(shape)
    # the scale goes first, so that sums of huge levels stay finite
    fitted = _fitted(cropped / cropped.max(), shape, box)
    return _centred(fitted / fitted.max(), shape)


def usual_box(pixels: Floats, shape: tuple[int, int]) -> Size:
    """The rows and columns that what is on the pictures usually takes up.

    Parameters
    ----------
    pixels
        (N, rows · columns), a picture a row; of many, `LOOKED_AT` are looked at, evenly picked.
    shape
        Rows and columns of each; of MNIST's size it is MNIST's own box.
    """
    if shape == MNIST:
        return MNIST_BOX
    low, high = grey_range(pixels)
    some = _some(pixels) > low + INK * (high - low)
    inked = some[some.any(axis=1)].reshape(-1, *shape)
    if not len(inked):
        return (float(shape[0]), float(shape[1]))
    filled = [_extents(np.asarray(inked.any(axis=2 - axis))) / shape[axis] for axis in (0, 1)]
    share = float(np.median(np.maximum(*filled)))
    return (share * shape[0], share * shape[1])


def grey_range(pixels: Floats) -> tuple[float, float]:
    """From which value, for paper, to which, for ink, the pixels of pictures go.

    Parameters
    ----------
    pixels
        (N, I), a picture a row; of many, `LOOKED_AT` are looked at, evenly picked.

    Returns
    -------
    tuple of float
        Smallest and largest value; 0 and 1 where they are one, or there are none.
    """
    some = _some(pixels)
    low, high = (float(some.min()), float(some.max())) if some.size else (0.0, 0.0)
    return (low, high) if low < high else (0.0, 1.0)


def resample(picture: Floats, rows: int, columns: int) -> Floats:
    """Another number of pixels by area averaging: each new pixel is the mean of the area it covers.

    Parameters
    ----------
    picture
        (H, W).
    rows, columns
        The new size, from 1.

    Returns
    -------
    ndarray
        (rows, columns), with the mean of the whole as it was.
    """
    return _coverage(rows, picture.shape[0]) @ picture @ _coverage(columns, picture.shape[1]).T


def _coverage(new: int, old: int) -> Floats:
    """(new, old) which part of each new pixel each old pixel covers; every row sums to 1."""
    edges = np.arange(new + 1) * (old / new)
    places = np.arange(old)
    overlap = np.minimum(edges[1:, None], places + 1) - np.maximum(edges[:-1, None], places)
    covered: Floats = np.maximum(overlap, 0.0) * (new / old)
    return covered


def _cropped(ink: Floats) -> Floats:
    """The smallest rectangle that holds all ink."""
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    if len(rows) == 0:
        return np.zeros((0, 0))
    return ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]


def _some(pixels: Floats) -> Floats:
    return pixels[:: max(len(pixels) // LOOKED_AT, 1)]


def _extents(inked: NDArray[np.bool_]) -> Floats:
    """(N,) from the first to the last True of each row (N, L), both included; each has one at least."""
    extents: Floats = inked.shape[1] - inked.argmax(axis=1) - inked[:, ::-1].argmax(axis=1).astype(np.float64)
    return extents


def _fitted(ink: Floats, shape: tuple[int, int], box: Size) -> Floats:
    """The picture as large as it fits into the box, at least a pixel each way."""
    scale = min(box[0] / ink.shape[0], box[1] / ink.shape[1])
    rows, columns = (min(max(1, round(side * scale)), most) for side, most in zip(ink.shape, shape, strict=True))
    return resample(ink, rows, columns)


def _centred(ink: Floats, shape: tuple[int, int]) -> Floats:
    """The picture in the whole, its centre of mass in the middle as far as the border lets it."""
    canvas = np.zeros(shape)
    # measured over MNIST: the centre of mass lies within half a pixel of the middle of pixel 14, counted from 0
    top, left = (_offset(ink.sum(axis=1 - axis), shape[axis] / 2, shape[axis] - ink.shape[axis]) for axis in (0, 1))
    canvas[top : top + ink.shape[0], left : left + ink.shape[1]] = ink
    return canvas


def _offset(profile: Floats, middle: float, most: int) -> int:
    """Where a profile begins whose centre of mass is to be in the middle, from 0 to `most`."""
    mass = float(np.dot(profile, np.arange(len(profile))) / profile.sum())
    return int(np.clip(round(middle - mass), 0, most))
