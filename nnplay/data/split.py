"""Which samples train and which test: the same share of every class, drawn from a seed."""

import math

import numpy as np

from nnplay.data.table import Indices, Table
from nnplay.errors import InputError, a_whole_number
from nnplay.texts import tr


def split_indices(table: Table, share: float, seed: int) -> tuple[Indices, Indices]:
    """Split a table's samples at random into a training and a test set.

    Walking through the samples of a class, each joins at random, but the number that train never strays by a whole
    sample from the share wanted. So every class is split alike, and a sample keeps its place when others are appended
    (but not when earlier ones are taken out). The first sample of a class always trains. Regression is one class.

    Parameters
    ----------
    table
        N samples.
    share
        The part that trains, above 0 to 1; 1 leaves the test set empty.
    seed
        A whole number from 0.

    Returns
    -------
    tuple of ndarray
        Indices of the training and of the test samples, each ascending; together 0…N−1.

    Raises
    ------
    InputError
        A share or a seed out of range.
    """
    if not (isinstance(share, int | float) and math.isfinite(share) and 0.0 < share <= 1.0):
        raise InputError("train_share", share, tr("a number above 0 and up to 1"))
    if isinstance(seed, bool) or not isinstance(seed, int | np.integer) or seed < 0:
        raise InputError("seed", seed, a_whole_number(0))
    trains = np.ones(len(table), dtype=np.bool_)
    if share < 1.0:
        strata = table.labels if table.task == "classification" else np.zeros(len(table), dtype=np.intp)
        for stratum in range(max(1, table.classes)):
            members = np.flatnonzero(strata == stratum)
            # one stream a class: points added to one class leave the others' split alone
            trains[members] = _chosen(len(members), share, np.random.default_rng([int(seed), stratum]))
    return np.flatnonzero(trains), np.flatnonzero(~trains)


def _chosen(count: int, share: float, generator: np.random.Generator) -> list[bool]:
    rounding = 1e-9
    chosen: list[bool] = []
    taken = 0
    for member, draw in enumerate(generator.random(count).tolist()):
        lacking = (member + 1) * share - taken
        if member == 0 or lacking >= 1.0 - rounding:
            takes = True
        elif lacking <= rounding:
            takes = False
        else:
            takes = draw < lacking
        chosen.append(takes)
        taken += takes
    return chosen
