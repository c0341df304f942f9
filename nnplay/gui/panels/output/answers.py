"""What the network answers for the samples themselves: in which colour they are drawn, and which are misclassified."""

import numpy as np
from numpy.typing import NDArray

from nnplay.gui.paint.marks import groups_of
from nnplay.gui.paint.points import Indices, picked
from nnplay.nn.metrics import class_indices
from nnplay.training.prepared import PreparedData
from nnplay.training.probes.outputs import AnswersProbe

Outputs = NDArray[np.floating]


def answers_probe(prepared: PreparedData) -> AnswersProbe:
    """Asks for the outputs for those samples that are drawn."""
    return AnswersProbe(picked(len(prepared.table)))


def answer_groups(prepared: PreparedData, outputs: Outputs) -> Indices:
    """(N,) the colour group of what the network answers for each sample; those that aren't drawn have their own."""
    table = prepared.table
    answers = outputs[:, 0].astype(np.float64) if table.task == "regression" else class_indices(outputs)
    groups = groups_of(table, table.targets).copy()
    groups[:: picked(len(table))] = groups_of(table, np.nan_to_num(answers))
    return groups


def misclassified(prepared: PreparedData, outputs: Outputs) -> Indices:
    """Indices of the samples drawn whose likeliest class is not their own; none for a regression."""
    table = prepared.table
    if table.task != "classification":
        return np.empty(0, np.intp)
    every = picked(len(table))
    return every * np.flatnonzero(class_indices(outputs) != table.labels[::every])
