"""The shipped handwritten digits: 5,000 of MNIST, 500 of each."""

import zipfile
import zlib
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from nnplay.data.table import Table, frozen
from nnplay.errors import NnplayError
from nnplay.resources import resource_path
from nnplay.texts import tr

SIDE = 28
"""A digit is 28 × 28 pixels; a sample has them row by row."""
PIXELS = SIDE * SIDE
COUNT = 5000
NAMES = tuple(str(digit) for digit in range(10))
_FILE = "data/mnist_5k.npz"


def digit_table(samples: int, noise: float, seed: int) -> Table:
    """Choose shipped digits at random, equally many of each.

    Parameters
    ----------
    samples
        1 to 5,000.
    noise
        Standard deviation, 0 to 0.5, of what is added to each pixel; pixels stay within 0 and 1.
    seed
        Same seed, same digits in the same order.

    Returns
    -------
    Table
        Inputs (N, 784), 0 for paper to 1 for ink, and the classes ``0`` to ``9``.

    Raises
    ------
    NnplayError
        The shipped file is missing or damaged.
    """
    pixels, labels = shipped_digits()
    generator = np.random.default_rng(seed)
    chosen = stratified(labels, samples, generator)
    inputs = pixels[chosen] / 255.0
    if noise > 0:
        inputs = np.clip(inputs + noise * generator.standard_normal(inputs.shape), 0.0, 1.0)
    return Table(frozen(inputs), frozen(labels[chosen]), "classification", pixel_names(SIDE, SIDE), NAMES, (SIDE, SIDE))


def stratified(labels: NDArray[np.uint8], samples: int, generator: np.random.Generator) -> NDArray[np.intp]:
    """Indices of `samples` of the labels (M,), as many of each class as can be, in random order.

    Every prefix is about as balanced as the whole, so fewer samples of one seed are a part of more.
    """
    order = generator.permutation(len(labels))
    rank = np.empty(len(labels), dtype=np.intp)
    for label in range(int(labels.max(initial=0)) + 1):
        members = np.flatnonzero(labels[order] == label)
        rank[members] = np.arange(len(members))
    return order[np.argsort(rank, kind="stable")[:samples]]


@lru_cache(maxsize=1)
def pixel_names(rows: int, columns: int) -> tuple[str, ...]:
    """One name a pixel, row by row: ``pixel 0,0`` …"""
    return tuple(f"pixel {row},{column}" for row in range(rows) for column in range(columns))


@lru_cache(maxsize=1)
def shipped_digits() -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Pixels (5000, 784), 0 to 255, and labels (5000,), read once and closed for writing.

    Raises
    ------
    NnplayError
        The shipped file is missing or damaged.
    """
    path = resource_path(_FILE)
    try:
        with path.open("rb") as handle, np.load(handle, allow_pickle=False) as archive:
            pixels, labels = archive["X"], archive["y"]
    except (OSError, ValueError, TypeError, KeyError, EOFError, zipfile.BadZipFile, zlib.error) as error:
        raise NnplayError(tr("{path} is damaged ({error}); install nnplay again", path=path, error=error)) from error
    if pixels.shape != (COUNT, PIXELS) or labels.shape != (COUNT,) or labels.max() > 9:
        raise NnplayError(
            tr(
                "{path} does not hold {digits} digits of {pixels} pixels; install nnplay again",
                path=path,
                digits=COUNT,
                pixels=PIXELS,
            )
        )
    pixels, labels = pixels.astype(np.uint8), labels.astype(np.uint8)
    pixels.setflags(write=False)
    labels.setflags(write=False)
    return pixels, labels
