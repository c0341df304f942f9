"""The figures of a branch, for a person who compares it with others."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from nnplay.gui.files.past.measured import Measured
from nnplay.gui.session.branches import names_of, own_edits
from nnplay.gui.session.edit_words import value_text
from nnplay.gui.widgets.number_format import count_text, figure_text, percent_text, r_squared_text, range_text
from nnplay.texts import mark, tr
from nnplay.training.experiment import Experiment
from nnplay.training.history import COLUMNS, EPOCH, FIRST, LOWEST, Figures, Metrics, Rows
from nnplay.training.option import EACH_LAYER
from nnplay.training.options import OPTIONS
from nnplay.training.record import Branch, Recording

FIGURES = ("from", "to", "loss", "test_loss", "best_loss", "best_epoch", "score", "test_score")
"""What a branch is told by."""
BESTS = ("best_loss", "best_epoch")
_NAMES = {
    "from": mark("From epoch"),
    "to": mark("To epoch"),
    "loss": mark("Loss"),
    "test_loss": mark("Test loss"),
    "best_loss": mark("Best loss"),
    "best_epoch": mark("Best epoch"),
    "score": mark("Accuracy"),
    "test_score": mark("Test accuracy"),
}
_OF_TESTED = {"best_loss": mark("Best test loss")}
_OF_REGRESSIONS = {"score": mark("R²"), "test_score": mark("Test R²")}


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
    has_classes
        Whether its score is an accuracy; else it is an R².
    """

    branch: Branch
    name: str
    texts: tuple[str, ...]
    changes: str
    experiment: Experiment
    rows: Rows
    has_classes: bool


def figures_of(record: Recording, measured: Measured | None = None) -> list[BranchFigures]:
    """Those of all branches, oldest first; to be asked of a record between two steps.

    Parameters
    ----------
    measured
        What is known of the branches, and is measured now.
    """
    names, measured = names_of(record), measured or Measured()
    return [_figures(record, branch, names[branch], measured) for branch in record.branches]


def names_of_figures(branches: Sequence[BranchFigures]) -> tuple[str, ...]:
    """What the figures of these branches are called, in the order of `FIGURES`, as `mark` leaves it."""
    names = dict(_NAMES)
    if branches and all(each.texts[FIGURES.index("test_loss")] for each in branches):
        names |= _OF_TESTED
    if branches and not any(each.has_classes for each in branches):
        names |= _OF_REGRESSIONS
    return tuple(names[figure] for figure in FIGURES)


def figures_there(branches: Sequence[BranchFigures]) -> list[int]:
    """The places in `FIGURES` of what any of these branches has; without a test set nothing is measured on it."""
    tested = any(each.texts[FIGURES.index("test_loss")] for each in branches)
    return [place for place, figure in enumerate(FIGURES) if tested or not figure.startswith("test_")]


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


def _figures(record: Recording, branch: Branch, name: str, measured: Measured) -> BranchFigures:
    end = record.end_of(branch)
    rows, interval = record.history_at(end, branch)
    begin = "" if branch.fork is None else count_text(int(branch.epochs_at(branch.fork.step)))
    figures = measured.end(record, branch)
    best = measured.best(record, branch)
    experiment = branch.experiment_at(len(branch.log))
    return BranchFigures(
        branch,
        name,
        (
            begin,
            count_text(int(branch.epochs_at(end))),
            *_losses(figures),
            *(
                _best_so_far(rows, interval, branch.place_of(end)[0])
                if best is None
                else (figure_text(best.loss), count_text(best.epoch))
            ),
            *_scores(figures),
        ),
        ", ".join(entry.words for entry in own_edits(branch)),
        experiment,
        rows,
        bool(np.isfinite(rows[:, FIRST, COLUMNS.index("train_accuracy")]).any()),
    )


def _losses(figures: Figures | None) -> tuple[str, str]:
    if figures is None:
        return "", ""
    test = None if figures.test is None else figures.test.loss
    return _text_of(figures.train.loss, figure_text), _text_of(test, figure_text)


def _scores(figures: Figures | None) -> tuple[str, str]:
    if figures is None:
        return "", ""
    return _score(figures.train), _score(figures.test)


def _score(metrics: Metrics | None) -> str:
    if metrics is None:
        return ""
    return _text_of(metrics.accuracy, percent_text) or _text_of(metrics.r2, r_squared_text)


def _best_so_far(rows: Rows, interval: int, end: int) -> tuple[str, str]:
    """The lowest loss that the history has, of the test set where there is one, and the epochs in which it was."""
    for figure in ("test_loss", "train_loss"):
        lowest = rows[:, LOWEST, COLUMNS.index(figure)]
        if not np.isnan(lowest).all():
            best = int(np.flatnonzero(lowest == np.nanmin(lowest))[-1])
            first = int(rows[best, FIRST, EPOCH])
            last = min(first + interval - 1, end)
            return figure_text(float(lowest[best])), range_text(first, last, lambda epoch: count_text(int(epoch)))
    return "", ""


def _text_of(value: float | None, write: Callable[[float], str]) -> str:
    return "" if value is None or np.isnan(value) else write(value)


def _text(path: str, value: object) -> str:
    if value is None or isinstance(value, bool | int | float | str):
        return value_text(OPTIONS[path], value)
    if hasattr(value, "__len__"):
        return tr("{n} value|{n} values", "", len(value))
    return tr("others")
