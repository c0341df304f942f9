"""How pushes are seen and told: blue points up raised the answer, orange ones down lowered it, weak ones are faint."""

from typing import TYPE_CHECKING

import numpy as np

from nnplay.gui.paint.point_key import Entry
from nnplay.gui.paint.points import FADES, VALUE_GROUPS, Indices
from nnplay.gui.widgets.number_format import amount_text, number_text
from nnplay.texts import mark, tr
from nnplay.training.prepared import PreparedData
from nnplay.training.trainer import Trainer

if TYPE_CHECKING:  # rarely wanted: not at the start
    from nnplay.training.influence import Pushes

WEAKER = (0.35, 0.18, 0.08, 0.02)
"""Parts of the strongest push, below which a point is drawn in the next fainter opacity."""
BATCH_NORM = mark("Batch norm is held by its running statistics.")
DROPOUT = mark("Dropout is left out.")
CLIPPED = mark("The clipping of gradients is left out.")
PENALTY = mark("What the penalties did belongs to no point.")
OPTIMIZER = mark("The optimiser’s memory stands for gradients that last.")
ALWAYS = mark(
    "An approximation: each step is taken to be small, and of the whole run some moments are looked at, each of which "
    "stands for the steps around it."
)


def lit_by(pushes: "Pushes", prepared: PreparedData) -> tuple[Indices, Indices]:
    """(N,) in which colour group each sample of the table is drawn, and in which opacity."""
    count, regression = len(prepared.table), prepared.table.task == "regression"
    raised, lowered = (VALUE_GROUPS - 1, 0) if regression else (1, 0)
    groups, fades = np.full(count, lowered, np.intp), np.full(count, len(FADES) - 1, np.intp)
    groups[prepared.train] = np.where(pushes.values > 0.0, raised, lowered)
    sizes = np.abs(pushes.values)
    largest = float(sizes.max(initial=0.0))
    if largest > 0.0:
        fades[prepared.train] = len(WEAKER) - np.digitize(sizes / largest, WEAKER[::-1])
    return groups, fades


def entries_of(pushes: "Pushes") -> tuple[Entry, ...]:
    """What the two kinds of markers mean, and what their pushes come to."""
    raised, lowered = _both_ways(pushes)
    return (
        Entry("up", tr("raised it: {sum}", sum=_signed(raised)), 1),
        Entry("down", tr("lowered it: {sum}", sum=_signed(-lowered)), 0),
    )


def sentences_of(pushes: "Pushes", answer: str) -> tuple[str, str]:
    """What that comes to beside what became of the answer, in few words and in many."""
    change = _signed(pushes.after - pushes.before)
    raised, lowered = _both_ways(pushes)
    return tr("Together ≈ {sum}, really {change}", sum=_signed(pushes.explained), change=change), tr(
        "{answer} went from {before} to {after} since the start, by {change}. The pushes of all points, one step at a "
        "time, come to {raised} up and {lowered} down, {sum} in all: were this no approximation, the two would agree.",
        answer=answer,
        before=amount_text(pushes.before),
        after=amount_text(pushes.after),
        change=change,
        raised=number_text(raised, 2),
        lowered=number_text(lowered, 2),
        sum=_signed(pushes.explained),
    )


def _both_ways(pushes: "Pushes") -> tuple[float, float]:
    """By how much all that raised the answer did so, and all that lowered it."""
    return float(pushes.values.clip(min=0.0).sum()), float(-pushes.values.clip(max=0.0).sum())


def _signed(value: float) -> str:
    """A number with its sign, also where it is positive."""
    text = number_text(value, 2)
    return text if value < 0.0 else f"+{text}"


def caveats(trainer: Trainer) -> str:
    """What is an approximation in the pushes of this run, in sentences."""
    model, training = trainer.experiment.model, trainer.experiment.training
    hidden = len(model.hidden_layers) > 0
    parts = [ALWAYS]
    parts += [BATCH_NORM] if model.batch_norm and hidden else []
    parts += [DROPOUT] if model.dropout and hidden else []
    parts += [CLIPPED] if training.clip_norm is not None else []
    parts += [PENALTY] if training.l1 or training.l2 else []
    parts += [OPTIMIZER] if training.optimizer != "sgd" else []
    return " ".join(tr(part) for part in parts)
