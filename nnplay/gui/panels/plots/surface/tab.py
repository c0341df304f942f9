"""The loss around the present weights, as a tab of the plots."""

from functools import partial

from PySide6.QtCore import QSizeF, Slot
from PySide6.QtGui import QHideEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from nnplay.gui.paint.figure import Figure
from nnplay.gui.panels.plots.statistics import StatisticsTab
from nnplay.gui.panels.plots.surface.choice import AxesChoice
from nnplay.gui.panels.plots.surface.computing import Axes, SurfaceComputing
from nnplay.gui.panels.plots.surface.shown import ShownSlice
from nnplay.gui.panels.plots.surface.view import SurfaceView
from nnplay.gui.session.part_names import part_names
from nnplay.gui.session.selection import WeightAddress
from nnplay.gui.session.session import Session
from nnplay.gui.theme.fonts import label_font
from nnplay.gui.theme.sizes import set_font, set_margins, set_spacing
from nnplay.gui.theme.style import set_role
from nnplay.gui.widgets.number_format import count_text, percent_text
from nnplay.gui.widgets.plain_text import set_tip
from nnplay.gui.widgets.short_label import ShortLabel
from nnplay.texts import mark, number, tr
from nnplay.training.landscape import Objective, ObjectiveProbe
from nnplay.training.prepared import PreparedData
from nnplay.training.snapshot import Snapshot

INTERVAL = 0.8
"""Seconds from one moment to the next around which is looked while training goes on."""
NOTHING = mark("No training samples: there is no loss to look around in")


class SurfaceTab(StatisticsTab):
    """A slice through the loss, and above it what it lies on and which loss it is.

    Attributes
    ----------
    computing, view, choice, which
        What computes it, paints it, says what it lies on, and which loss it is.
    """

    title = mark("Slice")
    tip = mark(
        "The loss around the present weights as a map of two directions among all weights, with the path of the run "
        "on it and the negative gradient"
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
        self._moment = ""
        self.which = ShortLabel(tr("Which loss it is"))
        set_font(self.which, lambda: label_font(11))
        set_role(self.which, "quiet")
        above = QHBoxLayout()
        set_spacing(above, 8)
        above.addWidget(self.choice, 1)
        above.addWidget(self.which)
        column = QVBoxLayout(self)
        set_margins(column, 0, 0, 8, 0)
        set_spacing(column, 2)
        column.addLayout(above)
        column.addWidget(self.view, 1)
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
            self._moment = tr("epoch {epoch}", epoch=number(snapshot.figures.epoch + snapshot.batch / snapshot.batches))
            names = part_names(self._session.prepared, objective.network.layer_sizes)
            self.choice.show_network(objective.network.layout, names)
            text, more = _which(objective)
            self.which.show_text(text)
            set_tip(self.which, more)
            self.which.setAccessibleDescription(more)
        self.computing.show(objective, running=snapshot.epochs_per_second > 0)

    def figure(self) -> Figure:
        """The slice with nothing pointed at."""
        self.computing.compute_now()
        title, size = tr("Loss around the present weights"), QSizeF(self.view.size())
        return Figure(title, size, partial(self.view.paint, on_paper=True))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Called by Qt."""
        super().resizeEvent(event)
        self._fill()

    def hideEvent(self, event: QHideEvent) -> None:
        """Called by Qt; what nobody sees isn't computed."""
        super().hideEvent(event)
        self.computing.stop()

    def _fill(self) -> None:
        layout = self.layout()
        assert layout is not None
        layout.activate()  # the view has its new size
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
            origin, names = (0.0, 0.0), (tr("direction 1"), tr("direction 2"))
        else:
            across, up = (float(found.directions.centre[place]) for place in weights)
            origin, names = (across, up), (self.choice.name(weights[0]), self.choice.name(weights[1]))
        self.view.show_slice(
            ShownSlice(
                losses,
                found.reach,
                origin,
                computing.places,
                computing.passed,
                computing.downhill,
                names,
                self._moment,
                _share_text(computing.share),
            )
        )

    @Slot(object)
    def _on_axes(self, axes: Axes) -> None:
        self.which.setVisible(axes.weights is None)  # two weights take its room
        self.computing.look_on(axes)

    @Slot(float)
    def _on_zoomed(self, factor: float) -> None:
        self.computing.look_nearer(self.computing.zoom * factor if factor else 1.0)

    @Slot()
    def _on_inspected(self) -> None:
        address = self._session.selection.inspected
        if isinstance(address, WeightAddress):
            self.choice.click(address)


def _share_text(share: float | None) -> str:
    """How much of the path is seen, as the slice is a plane in a space of many dimensions."""
    return "" if share is None else tr("path: {share} in this plane", share=percent_text(share, 0))


def _which(objective: Objective) -> tuple[str, str]:
    """Which loss it is, in a few words and in sentences."""
    network, count = objective.network, count_text(objective.samples)
    text = tr("loss + penalty") if objective.has_penalty else tr("training loss")
    parts = [
        tr("The mean loss of all training samples, as one full batch has it")
        if objective.samples == objective.of
        else tr("The mean loss of {count} of the {total} training samples", count=count, total=count_text(objective.of))
    ]
    if objective.has_penalty:
        parts.append(tr("with the penalty on the weights"))
    if objective.drops:
        parts.append(tr("without dropout"))
    if network.batch_norm:
        parts.append(tr("normalised by the statistics of these samples"))
    path = tr(
        "The path is the shadow that the run casts on this plane: its percentage is how much of its distances from "
        "here lies in the plane, the rest goes in directions that are not seen."
    )
    return text, "{}.\n{}".format(", ".join(parts), path)
