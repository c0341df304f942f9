"""What the network answers for the samples themselves: in which colour they are drawn, and which are misclassified."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtWidgets import QCheckBox

from nnplay.gui.paint.marks import groups_of
from nnplay.gui.paint.points import Indices, PointLayer, picked
from nnplay.gui.panels.output.slice.panel import SlicePanel
from nnplay.gui.session.session import Session
from nnplay.nn.metrics import class_indices
from nnplay.training.prepared import PreparedData
from nnplay.training.probes.outputs import AnswersProbe
from nnplay.training.probes.probe import Probes
from nnplay.training.snapshot import Snapshot

NO_SAMPLES: Indices = np.empty(0, np.intp)
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
        return NO_SAMPLES
    every = picked(len(table))
    return every * np.flatnonzero(class_indices(outputs) != table.labels[::every])


class PointAnswers:
    """Draws the answers on the points, where they are asked for."""

    def __init__(self, session: Session, points: PointLayer, rings: QCheckBox, slice_panel: SlicePanel) -> None:
        self._session, self._points, self._rings, self._slice = session, points, rings, slice_panel

    @property
    def needs(self) -> Probes:
        """What it draws from."""
        return frozenset({answers_probe(self._session.prepared)}) if self._are_asked else frozenset()

    def show(self, snapshot: Snapshot) -> None:
        """Ring the misclassified points, and draw points in the colour of their own answers."""
        prepared = self._session.prepared
        probe = answers_probe(prepared)
        outputs = snapshot.answer(probe)
        if self._are_asked and probe not in snapshot.answers:
            return  # a frame from before they were asked for
        if outputs is not None and len(outputs) != len(prepared.table.targets[:: probe.every]):
            return  # a frame from before the data were other ones
        own = outputs if self._colour_points else None
        self._points.show_answers(None if own is None else answer_groups(prepared, own))
        wrong = outputs if self._rings.isChecked() else None
        self._points.show_misclassified(NO_SAMPLES if wrong is None else misclassified(prepared, wrong))

    @property
    def _are_asked(self) -> bool:
        return self._rings.isChecked() or self._colour_points

    @property
    def _colour_points(self) -> bool:
        return self._slice.own_answers.isChecked() and bool(self._slice.inputs)
