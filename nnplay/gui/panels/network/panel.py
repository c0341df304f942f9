"""The network as a drawing that follows the training, with everything that changes its shape on it."""

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from nnplay.gui.guard import Guarded
from nnplay.gui.paint.figure import Figure
from nnplay.gui.paint.marks import value_range
from nnplay.gui.paint.picture import Picture
from nnplay.gui.panels.network.actions import NetworkActions
from nnplay.gui.panels.network.canvas import NetworkCanvas
from nnplay.gui.panels.network.card import NetworkCard
from nnplay.gui.panels.network.controls import LayersHeader
from nnplay.gui.panels.network.figure import network_figure
from nnplay.gui.panels.network.input_maps import input_maps
from nnplay.gui.panels.network.keys import NetworkKeys
from nnplay.gui.panels.network.layout import Unit, lay_out
from nnplay.gui.panels.network.phase_view import PhaseView
from nnplay.gui.panels.network.sample_values import sample_values
from nnplay.gui.panels.network.selecting import Selecting
from nnplay.gui.panels.network.shape import NetworkShape, shape_of
from nnplay.gui.panels.network.under_columns import UnderColumns
from nnplay.gui.panels.network.unit_pictures import UnitPictures
from nnplay.gui.panels.network.weight_numbers import MOST as MOST_NUMBERS
from nnplay.gui.session.frames import Beat
from nnplay.gui.session.pace import FASTEST
from nnplay.gui.session.session import Session
from nnplay.gui.theme.sizes import set_margins
from nnplay.texts import tr
from nnplay.training.experiment import Experiment
from nnplay.training.probes.maps import MapsProbe, PlaneMaps
from nnplay.training.probes.probe import Probes
from nnplay.training.probes.sample import SampleActivations, SampleProbe
from nnplay.training.probes.weights import Weights, WeightsProbe
from nnplay.training.run_control import RunState
from nnplay.training.snapshot import Snapshot

if TYPE_CHECKING:
    from nnplay.gui.panels.network.caption import PhaseCaption

WEIGHTS = WeightsProbe()


class NetworkPanel(Guarded, QWidget):
    """The network drawing of a session.

    Attributes
    ----------
    header
        Stands beside the panel's title: the weights' switch, and the number of hidden layers.
    canvas
        The drawing.
    under
        What stands under its columns.
    selecting, phases
        Tie it to what is selected, and to the step that is walked through.
    """

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._shape: NetworkShape | None = None
        self._prepared = session.prepared  # those of the shape, while other data are coming
        self._stale = True
        self._snapshot: Snapshot | None = None
        self._pictures = UnitPictures(session.theme)
        self._inputs: dict[Unit, Picture] = {}
        self._of_units: dict[Unit, Picture] = {}
        self._pixels = 0  # along a side of these pictures
        self._probe: SampleProbe | None = None
        self._sample: SampleActivations | None = None
        self._caption: PhaseCaption | None = None
        self.header = LayersHeader(session.theme)
        self.canvas = NetworkCanvas(session.theme, self)
        self.actions_ = NetworkActions(session, self.canvas)
        self.selecting = Selecting(session.selection, session.findings, self.canvas)
        self.phases = PhaseView(session, self.canvas, self._pictures)
        self.under = UnderColumns(session, self.canvas, self.actions_)
        self.card = NetworkCard(self.canvas, self.actions_, self.phases)
        NetworkKeys(self.canvas)
        self._column = QVBoxLayout(self)
        set_margins(self._column, 0, 0, 0, 0)
        self._column.addWidget(self.canvas, 1)  # the caption has its height first, and the drawing what is left
        self._connect()
        self.show_experiment(session.experiment)
        session.add_viewer(self)
        session.add_viewer(DrawingViewer(self), Beat.DRAWING)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Called by Qt."""
        super().resizeEvent(event)
        if self._caption is not None:
            self._caption.set_room(event.size().height())

    def show_experiment(self, _experiment: Experiment) -> None:
        """Draw another network, where it is another one."""
        self._prepared = self._session.prepared
        shape = shape_of(self._session.experiment, self._prepared)
        layers = self._session.experiment.model.hidden_layers
        self.header.show_count(len(layers))
        self.header.show_weights(shape.weights, MOST_NUMBERS)
        self.under.show_layers(shape, layers)
        sizes = " – ".join(map(str, shape.sizes))
        self.canvas.setAccessibleName(tr("Network drawing, {sizes}", sizes=sizes))
        self.phases.prepared = self._prepared
        if shape != self._shape:
            self._shape = self.actions_.shape = self.phases.shape = shape
            self.selecting.show_shape(shape)
            self._show_numbers()
            self._forget()
            self._place()
        self._make_inputs()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show the numbers of a moment of the run; one of another network is passed over."""
        shape, weights = self._shape, snapshot.answer(WEIGHTS)
        if shape is None or weights is None or not _fits(weights, shape):
            return
        if self._snapshot is None or snapshot.figures.epoch < self._snapshot.figures.epoch:
            self._forget()
        self._snapshot, self.actions_.weights = snapshot, weights
        self.canvas.off = frozenset(Unit(layer + 1, unit) for layer, unit in snapshot.disabled_units)
        if self._probe is not None and self._probe in snapshot.answers:
            self._sample = snapshot.answer(self._probe)
        self.card.write()
        if self._session.pace != FASTEST:  # the flow goes on; at full speed it has the frames of the drawing
            self.canvas.redraw()

    def show_drawing(self, snapshot: Snapshot) -> None:
        """Draw the edges, biases and pictures of the moment that `show_snapshot` was given before."""
        weights, maps = self.actions_.weights, snapshot.answer(self.maps)
        if self._shape is None or weights is None or self._snapshot is not snapshot:
            return
        resting = self._pictures.resting = not self._session.running or self._session.playing
        self.canvas.painter.show_parameters(weights.weights, weights.biases, resting=resting)
        if maps is not None or self._prepared.plane is None:
            self._of_units = self._units(self._shape, weights, maps)
            self.card.pictures = self._of_units if self._prepared.plane is None else {}
            self.canvas.painter.show_pictures(self._inputs | self._of_units)
        self._show_sample()
        self.canvas.redraw()

    def figure(self) -> Figure:
        """The drawing for a sheet of paper, with words in place of the controls."""
        return network_figure(self.canvas, self._shape, self._session.theme.palette)

    def look_as(self, other: "NetworkPanel") -> None:
        """Show it in the same way as another panel of this kind."""
        self.header.weights.setChecked(other.header.weights.isChecked())

    @property
    def caption(self) -> "PhaseCaption":
        """Stands below the drawing while a step is walked through; made with the first one."""
        from nnplay.gui.panels.network.caption import PhaseCaption  # a step's arithmetic: not at the start

        if self._caption is None:
            self._caption = PhaseCaption(self._session, self)
            self._caption.set_room(self.height())
            self._caption.resize(self.width(), 0)
            self._column.addWidget(self._caption)
            self._column.activate()  # at once: the drawing shows its phase in the room that is left
        return self._caption

    @property
    def needs(self) -> Probes:
        """Weights, and the sample that is looked at."""
        return frozenset({WEIGHTS} if self._probe is None else {WEIGHTS, self._probe})

    @property
    def maps(self) -> MapsProbe:
        """What the units' pictures are drawn from: the slice that is looked at."""
        return MapsProbe(self._session.selection.slice)

    @property
    def snapshot(self) -> Snapshot | None:
        """The moment that is drawn."""
        return self._snapshot

    def _connect(self) -> None:
        session, canvas = self._session, self.canvas
        self.header.asked.connect(self.actions_.change_layers)
        self.header.weights.toggled.connect(self._show_numbers)
        session.remembered.switch("network/weights", self.header.weights)
        session.experiment_changed.connect(self.show_experiment)
        session.state_changed.connect(self._show_flow)
        session.engine.changed.connect(self._show_flow)
        session.theme.changed.connect(self._on_theme_changed)
        canvas.moved.connect(self._place)
        session.walk.changed.connect(self._on_walk)
        session.selection.slice_changed.connect(session.refresh)
        session.selection.sample_changed.connect(self._on_sample_changed)

    # layout

    @Slot()
    def _place(self) -> None:
        """Lay the network out in the room there is, and what stands under its columns."""
        shape, canvas = self._shape, self.canvas
        if shape is None or canvas.width() < 10:
            return
        room, old = self.under.room(shape), canvas.layout_
        if old is None or old.room != room or self._stale:
            self._stale = False
            layout = lay_out(shape.sizes, room, picture=shape.picture is not None)
            canvas.set_layout(layout, list(shape.left), list(shape.right))
            self._show_again()
            return  # set_layout said `moved`, which leads here again
        if canvas.unit_pixels != self._pixels:
            self._show_again()
        self.under.place(shape, old)

    # pictures

    def _forget(self) -> None:
        self._stale = True
        self._snapshot = self.actions_.weights = None
        self._pictures.forget()
        self.canvas.painter.forget()

    def _make_inputs(self) -> None:
        """The pictures of the inputs, which no training changes: of the sample, where one is looked at."""
        shape, prepared, layout = self._shape, self._prepared, self.canvas.layout_
        self._inputs = {}
        if shape is None or layout is None:
            return
        if shape.picture is not None:
            samples, sample = prepared.table.inputs, self._session.selection.sample
            shown = samples[:1] if sample is None or len(sample) != samples.shape[1] else np.array([sample])
            if len(shown):
                self._inputs = {Unit(0, 0): self._pictures.of_digit(shown[0], shape.picture, samples)}
        elif prepared.plane is not None:
            maps = input_maps(shape, prepared, layout.columns[0].shown, self.canvas.input_pixels)
            self._inputs = {Unit(0, i): picture for i, picture in enumerate(self._pictures.of_inputs(maps))}
        self.canvas.painter.show_pictures(self._inputs | self._of_units)
        self.canvas.redraw()

    def _units(self, shape: NetworkShape, weights: Weights, maps: PlaneMaps | None) -> dict[Unit, Picture]:
        layout = self.canvas.layout_
        if layout is None:
            return {}
        shown = [column.shown for column in layout.columns[1:]]
        self._pixels = self.canvas.unit_pixels
        if maps is not None:
            ends = value_range(self._prepared.table)
            layers = self._pictures.of_layers(maps, shown, shape.kinds, self.canvas.unit_pixels, ends)
        else:
            shapes = [shape.picture, *[None] * (len(shown) - 1)]
            layers = [
                self._pictures.of_weights(matrix, layer, count, pixels)
                for layer, (matrix, count, pixels) in enumerate(zip(weights.weights, shown, shapes, strict=True))
            ]
        return {Unit(c + 1, i): picture for c, layer in enumerate(layers) for i, picture in enumerate(layer)}

    # the sample that is looked at

    @Slot()
    def _on_sample_changed(self) -> None:
        sample = self._session.selection.sample
        self._probe = None if sample is None else SampleProbe(sample)
        if self._shape is not None and self._shape.picture is not None:
            self._make_inputs()
        if self._probe is None:
            self._sample = None
        else:
            snapshot = self._session.look(self.needs)
            if snapshot is not None:  # else the next frame has it
                self._sample = snapshot.answer(self._probe)
        self._show_sample()
        self.card.write()
        self.canvas.redraw()

    def _show_sample(self) -> None:
        sample, shape = self._sample, self._shape
        values = {}
        if sample is not None and shape is not None:
            ends = value_range(self._prepared.table)
            values = sample_values(sample, shape, self._pictures, ends, self._session.theme.palette)
        self.canvas.painter.show_sample(values)

    # what others did

    @Slot()
    def _on_walk(self) -> None:
        if self._session.walk.walk is not None:
            self.caption.show()
        self.card.write()

    @Slot()
    def _show_numbers(self) -> None:
        few = self._shape is not None and self._shape.weights <= MOST_NUMBERS
        self.canvas.set_numbers(few and self.header.weights.isChecked())

    @Slot()
    def _show_flow(self) -> None:
        session = self._session
        trains = session.state is RunState.RUNNING and not session.playing and not session.engine.is_awaited
        self.canvas.set_running(trains)

    @Slot()
    def _on_theme_changed(self) -> None:
        self._stale = True  # the scale may be another one
        self._place()

    def _show_again(self) -> None:
        self._make_inputs()
        if self._snapshot is not None:
            self.show_snapshot(self._snapshot)
            self.show_drawing(self._snapshot)
        self.selecting.show_marks()
        self.phases.show()


class DrawingViewer:
    """What a network panel draws at every second frame: the numbers under the pointer don't wait."""

    def __init__(self, panel: NetworkPanel) -> None:
        self._panel = panel
        self.isVisible, self.window = panel.isVisible, panel.window
        self.show_snapshot = panel.show_drawing

    @property
    def needs(self) -> Probes:
        """Weights, and the maps of the slice."""
        return frozenset({WEIGHTS, self._panel.maps})


def _fits(weights: Weights, shape: NetworkShape) -> bool:
    """Whether these are the weights of a network of this shape."""
    units = [matrix.shape[1] for matrix in weights.weights]
    return units == list(shape.sizes[1:]) and len(weights.weights[0]) == shape.sizes[0]
