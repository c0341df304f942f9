"""What the strip shows of a record: curves, marks and named places, over the epochs."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnplay.texts import tr
from nnplay.training.history import COLUMNS, EPOCH, FIRST, TRAIN_LOSS, Figures, Rows
from nnplay.training.record import Branch, Recording, Spot

TEST_LOSS = COLUMNS.index("test_loss")
ENDS = (1.0, 1.25, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0)
"""Times a power of ten, the ends of the strip: while a run goes on they seldom become others."""
LEAST_END = 10.0

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class StripCurve:
    """The loss of one branch.

    Attributes
    ----------
    branch
        None for the one that the run is on.
    epochs, losses
        (rows,) numbers; finite.
    """

    branch: Branch | None
    epochs: Floats
    losses: Floats


@dataclass(frozen=True)
class StripMark:
    """A place with its words: an edit, or where the branch begins."""

    epochs: float
    words: str


@dataclass(frozen=True)
class StripSpot:
    """A place that the run itself names."""

    epochs: float
    step: int
    words: str


def curve_of(rows: Rows, branch: Branch | None = None, now: Figures | None = None) -> StripCurve:
    """The test loss, or where there is none the training loss, of these rows of a history, and of `now` behind them."""
    if now is not None:
        last = np.array(now.row())
        last[EPOCH] += now.fraction
        rows = np.concatenate([rows[rows[:, FIRST, EPOCH] < last[EPOCH]], np.broadcast_to(last, (1, 3, len(last)))])
    losses = rows[:, FIRST, TEST_LOSS]
    if np.isnan(losses).all():
        losses = rows[:, FIRST, TRAIN_LOSS]
    finite = np.isfinite(losses)
    return StripCurve(branch, rows[finite, FIRST, EPOCH], losses[finite])


def ghosts_of(record: Recording) -> list[StripCurve]:
    """The curves of the other branches, each from where it is no longer the one that the run is on."""
    ghosts = []
    for branch in record.branches:
        if branch is not record.current:
            begin = branch.epochs_at(branch.parts_from(record.current))
            curve = curve_of(branch.history, branch)
            here = curve.epochs >= math.floor(begin)
            ghosts.append(StripCurve(branch, curve.epochs[here], curve.losses[here]))
    return ghosts


def marks_of(branch: Branch) -> list[StripMark]:
    """The edits on the way to its end, those of one place together, and where it left another branch."""
    found: dict[float, list[str]] = {}
    for entry in branch.log:
        if entry.words:
            words = found.setdefault(branch.epochs_at(entry.step), [])
            words += [entry.words] if entry.words not in words else []
    if branch.fork is not None:
        found.setdefault(branch.epochs_at(branch.fork.step), []).insert(0, branch.name or tr("branch"))
    return [StripMark(epochs, "\n".join(words)) for epochs, words in sorted(found.items())]


def spots_shown(branch: Branch, spots: Sequence[Spot]) -> list[StripSpot]:
    """The named places, on the strip."""
    return [StripSpot(branch.epochs_at(spot.step), spot.step, tr(spot.marked_label)) for spot in spots]


def end_for(epochs: float) -> float:
    """Where the strip ends that has so many epochs."""
    wanted = max(epochs, LEAST_END)
    power = 10.0 ** math.floor(math.log10(wanted))
    return next(power * end for end in ENDS if power * end >= wanted * (1 - 1e-12))
