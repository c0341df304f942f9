"""What the strip shows of a record: curves, marks and named places, over the epochs."""

import math
from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QPolygonF

from nnplay.gui.paint.kept import Kept
from nnplay.gui.session.branches import drawn, names_of
from nnplay.gui.session.part_names import PartNames
from nnplay.gui.session.past import PastEdit, edits_of
from nnplay.gui.session.selection import UnitAddress
from nnplay.texts import tr
from nnplay.training.history import COLUMNS, EPOCH, FIRST, TRAIN_LOSS, Figures, Rows
from nnplay.training.record import Branch, Recording, Spot
from nnplay.training.record.spots import BEST

TEST_LOSS = COLUMNS.index("test_loss")
ENDS = (1.0, 1.25, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0)
"""Times a power of ten, the ends of the strip: while a run goes on they seldom become others."""
LEAST_END = 10.0
MOST_NAMES = 8

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
    of_test
        Whether the losses are those of the test set.
    line
        How it was painted last.
    """

    branch: Branch | None
    epochs: Floats
    losses: Floats
    name: str = ""
    of_test: bool = False
    line: Kept[QPolygonF] = field(default_factory=Kept)


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
    """A place that the run itself names.

    Attributes
    ----------
    tip
        The same with every name.
    lasts
        Whether it stays what it is as the run goes on; a best may be beaten.
    """

    epochs: float
    step: int
    words: str
    tip: str
    lasts: bool


def curve_of(rows: Rows, branch: Branch | None = None, now: Figures | None = None) -> StripCurve:
    """The test loss, or where there is none the training loss, of these rows of a history, and of `now` behind them."""
    if now is not None:
        last = np.array(now.row())
        last[EPOCH] += now.fraction
        rows = np.concatenate([rows[rows[:, FIRST, EPOCH] < last[EPOCH]], np.broadcast_to(last, (1, 3, len(last)))])
    of_test = not np.isnan(rows[:, FIRST, TEST_LOSS]).all()
    losses = rows[:, FIRST, TEST_LOSS if of_test else TRAIN_LOSS]
    finite = np.isfinite(losses)
    return StripCurve(branch, rows[finite, FIRST, EPOCH], losses[finite], of_test=of_test)


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


def spots_shown(branch: Branch, spots: Iterable[Spot], names: PartNames) -> list[StripSpot]:
    """The named places on the strip, those of one step together, in the order of the run."""
    found: dict[int, list[Spot]] = {}
    for spot in sorted(spots, key=lambda spot: spot.step):
        found.setdefault(spot.step, []).append(spot)
    return [
        StripSpot(
            branch.epochs_at(step),
            step,
            " · ".join(_words(spot, names) for spot in there),
            "\n".join(_tip(spot, names) for spot in there),
            lasts=all(spot.marked_label != BEST for spot in there),
        )
        for step, there in found.items()
    ]


def _words(spot: Spot, names: PartNames) -> str:
    if len(spot.units) == 1:
        return tr("{unit} died", unit=names.unit(UnitAddress(*spot.units[0])))
    return tr("{n} unit died|{n} units died", "", len(spot.units)) if spot.units else tr(spot.marked_label)


def _tip(spot: Spot, names: PartNames) -> str:
    """Several units by their names, as many as can be read."""
    if len(spot.units) < 2:
        return _words(spot, names)
    units = [names.unit(UnitAddress(*unit)) for unit in spot.units]
    listed = units if len(units) <= MOST_NAMES else [*units[:MOST_NAMES], "…"]
    return "\n".join([_words(spot, names), *listed])


def end_for(epochs: float) -> float:
    """Where the strip ends that has so many epochs."""
    wanted = max(epochs, LEAST_END)
    power = 10.0 ** math.floor(math.log10(wanted))
    return next(power * end for end in ENDS if power * end >= wanted * (1 - 1e-12))
