"""Lights the training points that pushed the answer at the place under the pointer, while the run is paused."""

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QCheckBox

from nnplay.gui.paint.marks import answer_title
from nnplay.gui.paint.points import Indices
from nnplay.gui.panels.output.influence.lighting import caveats, entries_of, lit_by, sentences_of
from nnplay.gui.panels.output.influence.row import InfluenceRow
from nnplay.gui.panels.output.legend import CanvasLegend
from nnplay.gui.panels.output.plane_view import PlaneView
from nnplay.gui.panels.output.tools.tool import Place
from nnplay.gui.session.leaving_out import chosen_row, is_left_out, leave_out_chosen
from nnplay.gui.session.notices import why_not
from nnplay.gui.session.session import Session
from nnplay.gui.widgets.number_format import percent_text
from nnplay.nn.engines import NoKernelError
from nnplay.texts import tr
from nnplay.training.record import MomentReader

if TYPE_CHECKING:
    from nnplay.training.influence import Influence

STANDS_BACK = 0.3
"""The opacity of the map while points are lit."""
BITE, FRAME_MS = 0.012, 33
"""Seconds for which the run is read at once, and milliseconds from one place that is lit to the next."""


class PointedInfluence(QObject):
    """Reads the run when it is asked for, and answers for the place under the pointer.

    Parameters
    ----------
    switch
        Whether it is asked for.
    legend
        Says what the markers mean while points are lit.

    Attributes
    ----------
    row
        What it says, with the button to train without the chosen point.
    """

    def __init__(
        self, session: Session, view: PlaneView, switch: QCheckBox, legend: CanvasLegend, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._session, self._view, self._switch, self._legend = session, view, switch, legend
        self._is_lit = False
        self.row = InfluenceRow()
        self.row.hide()
        self.offered = True
        self._place: Place | None = None
        self._influence: Influence | None = None
        self._of: tuple[object, ...] = ()
        self._bites = QTimer(self, singleShot=True, interval=0)
        self._bites.timeout.connect(self._on_bite)
        self._frames = QTimer(self, singleShot=True, interval=FRAME_MS)
        self._frames.timeout.connect(self._light)
        switch.toggled.connect(self.refresh)
        self.row.without.clicked.connect(self._on_without)
        session.state_changed.connect(self.refresh)
        session.timeline.changed.connect(self.refresh)
        session.experiment_changed.connect(self.refresh)
        session.selection.sample_changed.connect(self._show_button)
        session.selection.slice_changed.connect(self._light)

    @property
    def is_ready(self) -> bool:
        """Whether the run is read, as it is now."""
        return self._influence is not None and self._influence.is_complete and self._of == self._run_now()

    def point(self, place: Place | None) -> None:
        """The pointer is there; None when it left."""
        if place == self._place:
            return
        self._place = place
        if place is None:
            self._light()
        elif self._switch.isChecked() and not self._frames.isActive():
            self._frames.start()

    @Slot()
    def refresh(self) -> None:
        """The run, its moment or its data may be others, or it is no longer asked for."""
        asked = self._switch.isChecked() and self._session.prepared.plane is not None
        self.row.setVisible(asked and self.offered)
        self._show_button()
        if not asked or self._session.running:
            self._bites.stop()
            self._influence = None
        elif not self.is_ready and self._view.isVisible():  # else it is read when somebody looks
            self._bites.start()
        self._light()

    @Slot()
    def _on_bite(self) -> None:
        session = self._session
        if session.running or not self._switch.isChecked() or not self._view.isVisible():
            return
        now = self._run_now()
        if self._influence is None or self._of != now:
            from nnplay.training.influence import Influence  # when it is asked for, and not at the start

            self._of = now
            reader, step = MomentReader(session.timeline.record), session.timeline.step
            self._influence = Influence(reader, session.trainer, step) if len(session.prepared.X_train) else None
        if self._influence is None:
            return
        try:
            self._influence.go_on(BITE)
        except NoKernelError as error:
            self.row.say(why_not(error))
            return
        if self._influence.is_complete:
            self._light()
        else:
            self.row.say(tr("Reading the run: {share}", share=percent_text(self._influence.share, 0)))
            self._bites.start()

    @Slot()
    def _light(self) -> None:
        """Light the points, and tell why."""
        session, influence = self._session, self._influence
        if not self._switch.isChecked() or self._place is None or influence is None or not self.is_ready:
            self._show(None)
            self._legend.show_pushes((), "")
            if self._switch.isChecked() and (self.is_ready or session.running):
                self.row.say(self._hint())
            return
        prepared = session.prepared
        X = prepared.on_plane(np.array([self._place]), session.selection.slice)
        output = int(np.argmax(influence.outputs_at(X)))  # of several classes the likeliest one there
        pushes = influence.at(X, output)
        self._show(lit_by(pushes, prepared))
        answer = answer_title(session.trainer, output)
        self._legend.show_pushes(entries_of(pushes), answer)
        sentence, more = sentences_of(pushes, answer)
        self.row.say(sentence, f"{more}\n{caveats(session.trainer)}")

    def _show(self, lit: tuple[Indices, Indices] | None) -> None:
        """Let the map stand back behind points that are lit, whose colours are its own."""
        if lit is not None or self._is_lit:
            self._is_lit = lit is not None
            self._view.points.show_lit(lit)
            self._view.heatmap.setOpacity(STANDS_BACK if self._is_lit else 1.0)

    def _hint(self) -> str:
        if self._session.running:
            return tr("Seen while it is paused")
        return tr("Point at a place of the plane")

    def _run_now(self) -> tuple[object, ...]:
        timeline = self._session.timeline
        record = timeline.record
        return (record, record.current, record.step, record.edits, timeline.step, self._session.prepared)

    @Slot()
    def _show_button(self) -> None:
        """What it does to the point that is chosen."""
        row = chosen_row(self._session)
        self.row.show_left_out(left_out=row is not None and is_left_out(self._session, row))
        self.row.without.setEnabled(row is not None)

    @Slot()
    def _on_without(self) -> None:
        leave_out_chosen(self._session)
