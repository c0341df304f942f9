"""The loss around the present weights, as a tab of the plots."""

from functools import partial

from PySide6.QtCore import QSizeF, Slot
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from nnplay.gui.paint.figure import Figure
from nnplay.gui.panels.plots.statistics import StatisticsTab
from nnplay.gui.panels.plots.surface.computing import Axes, SurfaceComputing
from nnplay.gui.panels.plots.surface.shown import ShownSlice
from nnplay.gui.panels.plots.surface.view import SurfaceView
from nnplay.gui.session.part_names import part_names
from nnplay.gui.session.selection import WeightAddress
from nnplay.gui.session.session import Session
from nnplay.gui.theme.sizes import set_margins
from nnplay.gui.widgets.number_format import count_text, percent_text
from nnplay.texts import mark, tr
from nnplay.training.landscape import Objective, ObjectiveProbe
from nnplay.training.prepared import PreparedData
from nnplay.training.snapshot import Snapshot

INTERVAL = 0.8
"""Seconds from one moment to the next around which is looked while training goes on."""
NOTHING = mark("No training samples: there is no loss to look around in")


class SurfaceTab(StatisticsTab):
    """A slice through the loss.

    Attributes
    ----------
    computing, view, choice
        What computes it, paints it, and says what it lies on.
    """

    title = mark("Slice")
    tip = mark(
        "The loss around the present weights as a map of two directions among all weights, with the negative gradient "
        "and the path of the run as it falls on this plane: the rest of it goes in directions that are not seen"
    )
    interval = INTERVAL
    probe = ObjectiveProbe()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.computing = SurfaceComputing(session, self)
        self.view = SurfaceView(session.theme)
        self.choice = self.view.choice
        self._objective: Objective | None = None
        self._moment = ""
        column = QVBoxLayout(self)
        set_margins(column, 0, 0, 8, 0)
        column.addWidget(self.view)
        self.view.resized.connect(self._fill)
        self.computing.changed.connect(self._draw)
        self.choice.chosen.connect(self._on_axes)
        self.view.zoomed.connect(self._on_zoomed)
        session.selection.inspected_changed.connect(self._on_inspected)

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
            self._moment = tr("epoch {epoch}", epoch=_epoch_text(snapshot))
            names = part_names(self._session.prepared, objective.network.layer_sizes)
            self.choice.show_network(objective.network.layout, names)
            self.view.about = _about(objective)
        self.computing.show(objective, running=snapshot.epochs_per_second > 0)

    def figure(self) -> Figure:
        """The slice with nothing pointed at."""
        self.computing.compute_now()
        title, size = tr("Loss around the present weights"), QSizeF(self.view.size())
        return Figure(title, size, partial(self.view.paint, on_paper=True))

    def look_as(self, other: "SurfaceTab") -> None:
        """See the same directions, as near."""
        self.choice.look_as(other.choice)
        self.computing.look_nearer(other.computing.zoom)

    def hideEvent(self, event: QHideEvent) -> None:
        """Called by Qt; what nobody sees isn't computed."""
        super().hideEvent(event)
        self.computing.stop()

    @Slot()
    def _fill(self) -> None:
        area = self.view.area()
        self.computing.fill(area.width() / area.height(), computes=self.isVisible())

    @Slot()
    def _draw(self) -> None:
        computing = self.computing
        found = computing.found
        losses = None if found is None else found.finished
        if found is None or losses is None:
            return
        weights = computing.axes.weights
        if weights is None:
            origin, names = (0.0, 0.0), (tr("direction 1 of seed {seed}", seed=computing.axes.seed), tr("direction 2"))
        else:
            across, up = (float(found.directions.centre[place]) for place in weights)
            origin, names = (across, up), (self.choice.name(weights[0]), self.choice.name(weights[1]))
        self.view.show_slice(
            ShownSlice(
                losses,
                found.reach,
                origin,
                computing.places,
                computing.downhill,
                names,
                self._moment,
                tr("+ penalty") if found.objective.has_penalty else tr("loss"),
                _shares(computing.share),
            )
        )

    @Slot(object)
    def _on_axes(self, axes: Axes) -> None:
        self.computing.look_on(axes)

    @Slot(float)
    def _on_zoomed(self, factor: float) -> None:
        self.computing.look_nearer(self.computing.zoom * factor if factor else 1.0)

    @Slot()
    def _on_inspected(self) -> None:
        address = self._session.selection.inspected
        if isinstance(address, WeightAddress):
            self.choice.click(address)


def _epoch_text(snapshot: Snapshot) -> str:
    """The epochs done, with the part of the one under way."""
    epoch, part = snapshot.figures.epoch, snapshot.batch / snapshot.batches
    return f"{epoch + part:,.2f}" if part else count_text(epoch)


def _shares(share: float | None) -> tuple[str, ...]:
    """How much of the path is seen, as the slice is a plane in a space of many dimensions."""
    if share is None:
        return ()
    part = percent_text(share, 0)
    return tr("path: {share} in this plane", share=part), tr("path: {share}", share=part)


def _about(objective: Objective) -> str:
    """Which loss it is."""
    count, total = count_text(objective.samples), count_text(objective.of)
    parts = [
        tr("Mean loss of all {total} training samples", total=total)
        if objective.samples == objective.of
        else tr("Mean loss of {count} of the {total} training samples", count=count, total=total)
    ]
    if objective.has_penalty:
        parts.append(tr("with the penalty"))
    if objective.drops:
        parts.append(tr("without dropout"))
    if objective.network.batch_norm:
        parts.append(tr("batch norm by these samples"))
    return "\n".join(parts)
