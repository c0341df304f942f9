"""The branches of a run as a person meets them: what they are called, and which of them are drawn."""

import math
from collections import Counter
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnplay.gui.session.edit_words import new_value_words
from nnplay.gui.widgets.number_format import count_text
from nnplay.texts import tr
from nnplay.training.history import EPOCH, FIRST
from nnplay.training.record import Branch, DivergenceEdit, LogEntry, Recording

MOST_DRAWN = 8
"""Other branches that are drawn; more could not be told apart."""


@dataclass(frozen=True, eq=False)
class BranchCurve:
    """What another branch was, from where it is no longer the one that the run is on.

    Attributes
    ----------
    key
        The number that it keeps.
    name
        What it is called.
    epochs
        (rows,) of its history.
    rows
        (rows, figures) at these epochs, in the order of `COLUMNS`.
    """

    key: int
    name: str
    epochs: NDArray[np.float64]
    rows: NDArray[np.float64]


def curves_of(record: Recording) -> list[BranchCurve]:
    """Those of the branches that are drawn."""
    names = names_of(record)
    curves = []
    for branch in drawn(record):
        begin = branch.epochs_at(branch.parts_from(record.current))
        rows = branch.history[branch.history[:, FIRST, EPOCH] >= math.floor(begin), FIRST]
        curves.append(BranchCurve(branch.key, names[branch], rows[:, EPOCH], rows))
    return curves


def names_of(record: Recording) -> dict[Branch, str]:
    """What each branch is called: as a person named it, else by what was changed where it begins."""
    names: dict[Branch, str] = {}
    taken: Counter[str] = Counter()
    for branch in record.all_branches:
        name = branch.name or _own_name(branch)
        taken[name] += 1
        names[branch] = name if taken[name] == 1 else tr("{name} ({number})", name=name, number=taken[name])
    return names


def drawn(record: Recording) -> list[Branch]:
    """The branches beside the current one that are drawn: the newest, in the order in which they were made."""
    return [branch for branch in record.branches if branch is not record.current][-MOST_DRAWN:]


def state_of(record: Recording) -> tuple[object, ...]:
    """What tells one state of the branches from another: quicker than their names, at each moment that is seen."""
    branches = ((each, each.name, len(each.own), each.end, len(each.history)) for each in record.branches)
    return (record, record.current, *branches)


def own_edits(branch: Branch) -> list[LogEntry]:
    """What a person changed on a branch, behind where it begins."""
    return [entry for entry in branch.own if entry.words and not isinstance(entry.edit, DivergenceEdit)]


def _own_name(branch: Branch) -> str:
    if branch.fork is None:
        return tr("First run")
    epoch = count_text(int(branch.epochs_at(branch.fork.step)))
    first = next(iter(own_edits(branch)), None)
    if first is None or first.step > branch.fork.step:
        return tr("From epoch {epoch}", epoch=epoch)
    return tr("{edit} from epoch {epoch}", edit=new_value_words(first.edit, first.words), epoch=epoch)
