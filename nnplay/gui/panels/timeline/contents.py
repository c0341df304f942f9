"""What the strip shows of a record: curves, marks and named places, over the epochs."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnplay.gui.session.branches import drawn, names_of
from nnplay.gui.session.past import PastEdit, edits_of
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
    name
        What the branch is called.
    """

    branch: Branch | None
    epochs: Floats
    losses: Floats
    name: str = ""


@dataclass(frozen=True)
class StripMark:
    """A place with its words: edits, or where the branch begins.

    Attributes
    ----------
    edits
        Those that were made there, which can be moved, changed and removed.
    """

    epochs: float
    words: str
    edits: tuple[PastEdit, ...] = ()


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
    """The curves of other branches, each from where it is no longer the one that the run is on."""
    ghosts, names = [], names_of(record)
    for branch in drawn(record):
        begin = branch.epochs_at(branch.parts_from(record.current))
        curve = curve_of(branch.history, branch)
        here = curve.epochs >= math.floor(begin)
        ghosts.append(StripCurve(branch, curve.epochs[here], curve.losses[here], names[branch]))
    return ghosts


def marks_of(record: Recording) -> list[StripMark]:
    """The edits on the way to the end of the run, those of one place together, and where it left another branch."""
    branch = record.current
    words: dict[float, list[str]] = {}
    edits: dict[float, list[PastEdit]] = {}
    for edit in edits_of(branch):
        edits.setdefault(edit.epochs, []).append(edit)
        there = words.setdefault(edit.epochs, [])
        there += [edit.words] if edit.words not in there else []
    if branch.fork is not None:
        there = words.setdefault(branch.epochs_at(branch.fork.step), [])
        there += [] if there else [tr("branch")]
    return [
        StripMark(epochs, "\n".join(there), tuple(edits.get(epochs, ()))) for epochs, there in sorted(words.items())
    ]


def spots_shown(branch: Branch, spots: Sequence[Spot]) -> list[StripSpot]:
    """The named places, on the strip."""
    return [StripSpot(branch.epochs_at(spot.step), spot.step, tr(spot.marked_label)) for spot in spots]


def end_for(epochs: float) -> float:
    """Where the strip ends that has so many epochs."""
    wanted = max(epochs, LEAST_END)
    power = 10.0 ** math.floor(math.log10(wanted))
    return next(power * end for end in ENDS if power * end >= wanted * (1 - 1e-12))
