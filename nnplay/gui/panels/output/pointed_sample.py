"""The sample under the pointer on the plane, for the panels that show one: all inputs of the table at that place."""

import numpy as np
from PySide6.QtCore import QObject, QTimer, Slot

from nnplay.gui.panels.output.plane_view import PlaneView
from nnplay.gui.panels.output.tools.sample_choice import SampleChoice
from nnplay.gui.panels.output.tools.tool import Place
from nnplay.gui.session.session import Session
from nnplay.training.chosen_sample import table_row
from nnplay.training.prepared import PreparedData
from nnplay.training.slices import Point

FRAME_MS = 16


class PointedSample(QObject):
    """Tells the selection where the pointer or the keyboard's cross is, at most once a frame.

    What is pointed at in another view is ringed.
    """

    def __init__(self, session: Session, view: PlaneView, choice: SampleChoice, parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._view, self._choice = session, view, choice
        self._place: Place | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(FRAME_MS)
        self._timer.timeout.connect(self._tell)
        session.selection.slice_changed.connect(self._on_slice_changed)
        session.selection.sample_changed.connect(self._on_sample_changed)

    def point(self, place: Place | None) -> None:
        """The pointer is there; None when it left."""
        before, self._place = self._place, place
        if place is None:
            self._timer.stop()
            if before is not None:  # else it is another sample that is looked at
                self._session.selection.point_at_sample(None)
        elif not self._timer.isActive():
            self._timer.start()

    @Slot()
    def _on_slice_changed(self) -> None:
        if self._place is not None:
            self.point(self._place)

    @Slot()
    def _on_sample_changed(self) -> None:
        prepared, inputs = self._session.prepared, self._session.selection.pointed_sample
        elsewhere = self._place is None and inputs is not None and prepared.plane is not None
        self._view.show_pointed(_place_of(inputs, prepared) if elsewhere and inputs is not None else None)

    @Slot()
    def _tell(self) -> None:
        prepared = self._session.prepared
        if self._place is None or prepared.plane is None:
            return
        if self._choice.is_at(self._place):  # its own inputs are those that it was chosen with, to the last bit
            self._session.selection.point_at_sample(None)
            return
        inputs = prepared.inputs_at(np.array([self._place]), self._session.selection.slice)[0]
        self._session.selection.point_at_sample(tuple(inputs.tolist()))


def _place_of(inputs: Point, prepared: PreparedData) -> Place | None:
    """Where a sample's marker is on the plane; None of a place of a strip that is no sample, which has no height."""
    if prepared.plane_is_line:
        row, places = table_row(inputs, prepared.table), prepared.plane_points
        return None if row is None or places is None else (float(places[row, 0]), float(places[row, 1]))
    across, up = prepared.spec.plane_inputs
    return (inputs[across], inputs[up])
