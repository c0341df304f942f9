"""The sample that is chosen on the canvas: a click on a point chooses it, another one, or one beside all, leaves it."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal, Slot

from nnplay.gui.paint.marks import target_title
from nnplay.gui.panels.output.plane_view import PlaneView
from nnplay.gui.panels.output.readout import ReadoutPart
from nnplay.gui.panels.output.sample_words import chosen_sentence
from nnplay.gui.panels.output.tools.tool import Place
from nnplay.gui.session.session import Session
from nnplay.gui.theme.scale import scaled
from nnplay.gui.widgets.number_format import count_text
from nnplay.gui.widgets.plain_text import cut_inside
from nnplay.texts import tr
from nnplay.training.chosen_sample import SampleRow, sample_row
from nnplay.training.prepared import PreparedData
from nnplay.training.probes.outputs import SampleOutputsProbe
from nnplay.training.probes.probe import Probes
from nnplay.training.slices import Point
from nnplay.training.snapshot import Snapshot

LEAST_REACH = 4.0
"""Pixels from the middle of a marker within which the pointer is on it, at least: some are tiny."""
LONGEST = 14
"""Letters of a class's name in the readout."""


class SampleChoice(QObject):
    """What of the table is under the pointer, what a click there chooses, and what is told of the chosen sample.

    Signals
    -------
    changed
        Another sample is chosen, or none, or it is another one of the data.
    """

    changed = Signal()

    def __init__(self, session: Session, view: PlaneView, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session, self._view = session, view
        self._inputs: Point | None = None
        self._row: SampleRow | None = None
        self._probe: SampleOutputsProbe | None = None
        self._outputs: NDArray[np.floating] | None = None
        session.selection.sample_changed.connect(self._on_sample_changed)

    @property
    def needs(self) -> Probes:
        """The outputs for the chosen sample, where there is one."""
        return frozenset() if self._probe is None else frozenset({self._probe})

    def row_at(self, place: Place) -> int | None:
        """The row of the table whose marker is there, the nearest one; None beside all of them."""
        across, along = self._view.pixel_size()
        row = self._view.points.nearest(place, (across, along), scaled(LEAST_REACH))
        return row if row is not None and row < len(self._session.prepared.table) else None

    def inputs_at(self, place: Place) -> Point | None:
        """The inputs of the sample whose marker is there."""
        row = self.row_at(place)
        return None if row is None else tuple(self._session.prepared.table.inputs[row].tolist())

    def click(self, place: Place) -> bool:
        """Choose the sample that is there; none where it is chosen already, or beside all. Whether anything changed."""
        selection, inputs = self._session.selection, self.inputs_at(place)
        before = selection.chosen_sample
        selection.choose_sample(None if inputs == before else inputs)
        if self._row is not None:
            self._session.message.emit(chosen_sentence(self._row, self._session.prepared.table))
        return selection.chosen_sample != before

    def show_data(self, prepared: PreparedData) -> None:
        """Find the chosen sample among these data."""
        self._inputs = self._session.selection.chosen_sample
        self._row = self._probe = self._outputs = None
        if self._inputs is not None and prepared.plane is not None:
            self._row = sample_row(self._inputs, prepared)
            self._probe = SampleOutputsProbe(tuple(prepared.as_seen(np.array([self._inputs]))[0].tolist()))
        self._show_ring(prepared)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Take the outputs of the newest frame."""
        if self._probe is not None and self._probe in snapshot.answers:
            self._outputs = snapshot.answer(self._probe)

    @property
    def facts(self) -> tuple[ReadoutPart, ...]:
        """Which sample is chosen and what its target is; nothing where none is."""
        prepared = self._session.prepared
        if self._row is None:
            return () if self._probe is None else (ReadoutPart("", tr("chosen inputs")),)
        target = target_title(prepared.table, float(prepared.table.targets[self._row.row]))
        kind = tr("training") if self._row.trains else tr("test")
        return (
            ReadoutPart(tr("sample"), count_text(self._row.row + 1)),
            ReadoutPart("", kind, spare=True),
            ReadoutPart(tr("target"), cut_inside(target, LONGEST)),
        )

    @property
    def outputs(self) -> NDArray[np.float64] | None:
        """(K,) what the network answers for the chosen sample, in the target's own unit."""
        return None if self._outputs is None else np.asarray(self._outputs, dtype=np.float64)

    def is_at(self, place: Place) -> bool:
        """Whether the chosen sample's marker is there."""
        return self._row is not None and self.inputs_at(place) == self._inputs

    def _show_ring(self, prepared: PreparedData) -> None:
        places = prepared.plane_points
        ringed = None
        if places is not None and self._row is not None:
            ringed = places[self._row.row].tolist()
        elif self._probe is not None and self._inputs is not None and not prepared.plane_is_line:
            ringed = [self._inputs[index] for index in prepared.spec.plane_inputs]  # of a row that is predicted
        self._view.show_ring(None if ringed is None else (ringed[0], ringed[1]))

    @Slot()
    def _on_sample_changed(self) -> None:
        if self._session.selection.chosen_sample != self._inputs:
            self.show_data(self._session.prepared)
            self.changed.emit()
