"""The sample under the pointer on the plane, for the panels that show one: all inputs of the table at that place."""

import numpy as np
from PySide6.QtCore import QObject, QTimer, Slot

from nnplay.gui.panels.output.tools.sample_choice import SampleChoice
from nnplay.gui.panels.output.tools.tool import Place
from nnplay.gui.session.session import Session

FRAME_MS = 16


class PointedSample(QObject):
    """Tells the selection where the pointer or the keyboard's cross is, at most once a frame."""

    def __init__(self, session: Session, choice: SampleChoice, parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._choice = session, choice
        self._place: Place | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(FRAME_MS)
        self._timer.timeout.connect(self._tell)
        session.selection.slice_changed.connect(self._on_slice_changed)

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
    def _tell(self) -> None:
        prepared = self._session.prepared
        if self._place is None or prepared.plane is None:
            return
        if self._choice.is_at(self._place):  # its own inputs are those that it was chosen with, to the last bit
            self._session.selection.point_at_sample(None)
            return
        inputs = prepared.inputs_at(np.array([self._place]), self._session.selection.slice)[0]
        self._session.selection.point_at_sample(tuple(inputs.tolist()))
