"""The figures of a branch, for a person who compares it with others."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from nnplay.gui.session.branches import names_of, own_edits
from nnplay.gui.session.edit_words import value_text
from nnplay.gui.widgets.number_format import count_text, figure_text, percent_text, r_squared_text
from nnplay.texts import mark, tr
from nnplay.training.experiment import Experiment
from nnplay.training.history import COLUMNS, EPOCH, FIRST, LOWEST, Rows
from nnplay.training.option import EACH_LAYER
from nnplay.training.options import OPTIONS
from nnplay.training.record import Branch, Recording

BESTS = (mark("Best loss"), mark("Best epoch"))
FIGURES = (
    mark("From epoch"),
    mark("To epoch"),
    mark("Loss"),
    mark("Test loss"),
    *BESTS,
    mark("Accuracy"),
)
"""What a branch is told by, as `mark` leaves it."""


@dataclass(frozen=True, eq=False)
class BranchFigures:
    """One branch.

    Attributes
    ----------
    name
        What it is called.
    texts
        Its figures, in the order of `FIGURES`.
    changes
        The words of its own edits.
    experiment
        What holds at its end.
    rows
        Its whole history.
    """

    branch: Branch
    name: str
    texts: tuple[str, ...]
    changes: str
    experiment: Experiment
    rows: Rows


def figures_of(record: Recording) -> list[BranchFigures]:
    """Those of all branches, oldest first; to be asked of a record between two steps."""
    names = names_of(record)
    return [_figures(record, branch, names[branch]) for branch in record.branches]


def differences(branches: Sequence[BranchFigures]) -> list[tuple[str, list[str]]]:
    """(option, its value in each branch), for those that are not the same in all of them."""
    found = []
    for path, option in OPTIONS.items():
        if EACH_LAYER in path.split("."):
            continue  # the network's shape is the same in all
        values = [option.of(each.experiment) for each in branches]
        if any(value != values[0] for value in values):
            found.append((option.label, [_text(path, value) for value in values]))
    return found


def _figures(record: Recording, branch: Branch, name: str) -> BranchFigures:
    end = record.end_of(branch)
    rows, _ = record.history_at(end, branch)
    begin = "" if branch.fork is None else count_text(int(branch.epochs_at(branch.fork.step)))
    loss, test, best, epoch, accuracy = _losses(rows)
    return BranchFigures(
        branch,
        name,
        (begin, count_text(int(branch.epochs_at(end))), loss, test, best, epoch, accuracy),
        ", ".join(entry.words for entry in own_edits(branch)),
        branch.experiment_at(len(branch.log)),
        rows,
    )


def _losses(rows: Rows) -> tuple[str, str, str, str, str]:
    """The last loss of both sets, the lowest of the test set, or else of the training set, its epoch, and how good."""
    if not len(rows):
        return ("", "", "", "", "")
    last = dict(zip(COLUMNS, rows[-1, FIRST].tolist(), strict=True))
    lowest = rows[:, LOWEST, COLUMNS.index("test_loss")]
    if np.isnan(lowest).all():
        lowest = rows[:, LOWEST, COLUMNS.index("train_loss")]
    if np.isnan(lowest).all():  # there was no point to train on
        return ("", "", "", "", "")
    best = int(np.nanargmin(lowest))
    good = _text_of(last["test_accuracy"], percent_text) or _text_of(last["train_accuracy"], percent_text)
    good = good or _text_of(last["test_r2"], r_squared_text) or _text_of(last["train_r2"], r_squared_text)
    epoch = count_text(int(rows[best, FIRST, EPOCH]))
    losses = (_text_of(last["train_loss"], figure_text), _text_of(last["test_loss"], figure_text))
    return (*losses, figure_text(float(lowest[best])), epoch, good)


def _text_of(value: float, write: Any) -> str:
    return "" if np.isnan(value) else write(value)


def _text(path: str, value: object) -> str:
    if value is None or isinstance(value, bool | int | float | str):
        return value_text(OPTIONS[path], value)
    if hasattr(value, "__len__"):
        return tr("{n} value|{n} values", "", len(value))
    return tr("others")
