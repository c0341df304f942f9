"""The loss around the present weights, as a tab of the plots."""

from functools import partial

from PySide6.QtCore import QSizeF, Qt, Slot
from PySide6.QtGui import QHideEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from nnplay.gui.paint.figure import Figure
from nnplay.gui.panels.plots.statistics import StatisticsTab
from nnplay.gui.panels.plots.surface.choice import AxesChoice
from nnplay.gui.panels.plots.surface.computing import Axes, SurfaceComputing
from nnplay.gui.panels.plots.surface.view import ShownSlice, SurfaceView
from nnplay.gui.session.part_names import part_names
from nnplay.gui.session.selection import WeightAddress
from nnplay.gui.session.session import Session
from nnplay.gui.theme.fonts import label_font
from nnplay.gui.theme.scale import px
from nnplay.gui.theme.sizes import set_font, set_margins, set_spacing
from nnplay.gui.theme.style import set_role
from nnplay.gui.widgets.number_format import NONE, count_text, glance_text
from nnplay.gui.widgets.number_label import NumberLabel
from nnplay.gui.widgets.plain_text import PlainLabel
from nnplay.texts import mark, tr
from nnplay.training.landscape import Objective, ObjectiveProbe
from nnplay.training.prepared import PreparedData
from nnplay.training.snapshot import Snapshot

GAP, ROOM = 8, 170
INTERVAL = 0.8
"""Seconds from one moment to the next around which is looked while training goes on."""
SIDES = (140, 230)
"""Pixels of what stands beside the slice, at least and at most: the slice is a square, and has what it needs first."""
NOTHING = mark("No training samples: there is no loss to look around in")


class SurfaceTab(StatisticsTab):
    """A slice through the loss, and beside it what it lies on and what it shows.

    Attributes
    ----------
    computing, view, choice
        What computes it, paints it, and says what it lies on.
    """

    title = mark("Slice")
    tip = mark(
        "The loss around the present weights as a map of two directions among all weights, with the way of the run "
        "on it and the way down from here"
    )
    interval = INTERVAL
    probe = ObjectiveProbe()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.computing = SurfaceComputing(session, self)
        self.view = SurfaceView(session.theme)
        self.choice = AxesChoice()
        self._objective: Objective | None = None
        self.here = NumberLabel("4.37e−4", tr("Loss here"), size=12, align=Qt.AlignmentFlag.AlignRight)
        self.lowest = NumberLabel("4.37e−4", tr("Lowest loss in sight"), size=12, align=Qt.AlignmentFlag.AlignRight)
        for label in (self.here, self.lowest):
            label.show_text(NONE)
        self.note = PlainLabel()
        self._side = QWidget()
        self._side.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Ignored)  # it makes no window higher
        self._fill_side()
        row = QHBoxLayout(self)
        set_margins(row, 0, 0, 8, 0)
        set_spacing(row, GAP)
        row.addWidget(self.view, 1)
        row.addWidget(self._side)
        self.computing.changed.connect(self._draw)
        self.choice.chosen.connect(self._on_axes)
        self.view.zoomed.connect(self._on_zoomed)
        session.selection.inspected_changed.connect(self._on_inspected)

    def fits(self, _prepared: PreparedData) -> bool:
        """Every network has a loss."""
        return True

    def show_data(self, prepared: PreparedData) -> None:
        """Other samples have another loss; without any there is none."""
        self.measure_soon()
        if not len(prepared.X_train):
            self._objective = None
            self.computing.show(None, running=False)
            self.view.show_sentence(tr(NOTHING))

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Look around the weights of the newest moment, where the snapshot has them."""
        objective = snapshot.answer(self.probe)
        if objective is None:
            return
        self.note_measured()
        if objective is not self._objective:
            self._objective = objective
            names = part_names(self._session.prepared, objective.network.layer_sizes)
            self.choice.show_network(objective.network.layout, names)
            self.note.setText(_note(objective))
        self.computing.show(objective, running=snapshot.epochs_per_second > 0)

    def figure(self) -> Figure:
        """The slice with nothing pointed at."""
        self.computing.compute_now()
        title, size = tr("Loss around the present weights"), QSizeF(self.view.size())
        return Figure(title, size, partial(self.view.paint, on_paper=True))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Called by Qt."""
        super().resizeEvent(event)
        free = self.width() - px(GAP) - self.view.width_for(self.height())
        self._side.setFixedWidth(min(max(free, px(SIDES[0])), px(SIDES[1])))
        self._show_figures()

    def _show_figures(self) -> None:
        """Where there is little room, the boxes of two weights have that of the figures."""
        room = self.height() >= px(ROOM) or self.choice.is_random
        for part in (self._figures, self.note):
            part.setVisible(room)

    def hideEvent(self, event: QHideEvent) -> None:
        """Called by Qt; what nobody sees isn't computed."""
        super().hideEvent(event)
        self.computing.stop()

    def _fill_side(self) -> None:
        column = QVBoxLayout(self._side)
        set_margins(column, 0, 0, 0, 0)
        set_spacing(column, 2)
        column.addWidget(self.choice, 0, Qt.AlignmentFlag.AlignTop)
        self._figures = QWidget()
        figures = QVBoxLayout(self._figures)
        set_margins(figures, 0, 6, 0, 6)
        set_spacing(figures, 2)
        for text, label in ((tr("loss here"), self.here), (tr("lowest in sight"), self.lowest)):
            line, name = QHBoxLayout(), PlainLabel(text)
            set_font(name, lambda: label_font(12))
            set_role(name, "quiet")
            line.addWidget(name)
            line.addStretch(1)
            line.addWidget(label)
            figures.addLayout(line)
        column.addWidget(self._figures)
        self.note.setWordWrap(True)
        self.note.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        set_font(self.note, lambda: label_font(11))
        set_role(self.note, "quiet")
        column.addWidget(self.note, 1)

    @Slot()
    def _draw(self) -> None:
        found = self.computing.found
        losses = None if found is None else found.finished
        if found is None or losses is None:
            return
        middle = len(losses) // 2
        self.here.show_text(glance_text(float(losses[middle, middle])))
        self.lowest.show_text(glance_text(float(losses.min())))
        weights = self.computing.axes.weights
        if weights is None:
            origin, names = (0.0, 0.0), (tr("first direction"), tr("second direction"))
        else:
            across, up = (float(found.directions.centre[place]) for place in weights)
            origin, names = (across, up), (self.choice.name(weights[0]), self.choice.name(weights[1]))
        self.view.show_slice(
            ShownSlice(losses, found.reach, origin, self.computing.places, self.computing.downhill, names)
        )

    @Slot(object)
    def _on_axes(self, axes: Axes) -> None:
        self._show_figures()
        self.computing.look_on(axes)

    @Slot(float)
    def _on_zoomed(self, factor: float) -> None:
        self.computing.look_nearer(self.computing.zoom * factor if factor else 1.0)

    @Slot()
    def _on_inspected(self) -> None:
        address = self._session.selection.inspected
        if isinstance(address, WeightAddress):
            self.choice.click(address)


def _note(objective: Objective) -> str:
    """What the heights are, where that isn't plain."""
    network = objective.network
    parts = [tr("Arrow: the way down from here")]
    if objective.samples < objective.of:
        count, total = count_text(objective.samples), count_text(objective.of)
        parts.append(tr("Of {count} of the {total} training samples", count=count, total=total))
    if objective.has_penalty:
        parts.append(tr("With the penalty"))
    if network.batch_norm:
        parts.append(tr("Batch norm by these samples"))
    return ". ".join(parts) + "."
