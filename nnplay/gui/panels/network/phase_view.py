"""Lets the drawing show the phase that a walk through a step has come to."""

import numpy as np
from PySide6.QtCore import QObject, Slot

from nnplay.gui.paint.picture import Picture
from nnplay.gui.panels.network.canvas import NetworkCanvas
from nnplay.gui.panels.network.layout import NetworkLayout, Unit
from nnplay.gui.panels.network.look import PhaseLook
from nnplay.gui.panels.network.phase_card import PhaseCard
from nnplay.gui.panels.network.phase_edges import FORWARD, PhaseEdges
from nnplay.gui.panels.network.phase_texts import key_title, phase_texts, phase_words
from nnplay.gui.panels.network.phase_units import UnitWriter
from nnplay.gui.panels.network.phase_values import OnEdge, PhaseState, StepNumbers, state_at
from nnplay.gui.panels.network.shape import NetworkShape
from nnplay.gui.panels.network.unit_pictures import UnitPictures
from nnplay.gui.panels.network.weight_numbers import MOST as MOST_NUMBERS
from nnplay.gui.panels.network.weight_numbers import NumberTexts
from nnplay.gui.session.session import Session
from nnplay.gui.theme.scale import scaled
from nnplay.training.chosen_sample import first_row_in
from nnplay.training.prepared import PreparedData
from nnplay.training.step_walk import StepWalk

ROOMY = 56
"""Pixels at the factor 1: units as large as this have room for a few words."""


class PhaseView(QObject):
    """Makes what the drawing shows of the present phase; the panel keeps `shape` and `prepared` up to date.

    Attributes
    ----------
    numbers, state
        Of the phase that is shown; None where nothing is walked through.
    """

    def __init__(self, session: Session, canvas: NetworkCanvas, pictures: UnitPictures) -> None:
        super().__init__(canvas)
        self._session, self._canvas, self._pictures = session, canvas, pictures
        self.shape: NetworkShape | None = None
        self.prepared: PreparedData = session.prepared
        self.numbers: StepNumbers | None = None
        self.state: PhaseState | None = None
        self._edges: tuple[tuple[object, ...], PhaseEdges] | None = None
        session.walk.changed.connect(self.show)
        session.selection.sample_changed.connect(self._on_sample_changed)

    @Slot()
    def show(self) -> None:
        """Show the present phase, or that there is none."""
        walk, shape, layout = self._session.walk.walk, self.shape, self._canvas.layout_
        if walk is None or shape is None or layout is None or not _fits(walk, shape):
            self.numbers = self.state = self._edges = None
            self._canvas.show_phase(None)
            return
        row = first_row_in(self._session.selection.samples, walk.trace, self.prepared)
        if self.numbers is None or self.numbers.trace is not walk.trace or self.numbers.row != row:
            self.numbers = StepNumbers(walk.trace, row)
        self.state = state_at(walk.phases, walk.cursor, len(walk.trace.layers))
        self._canvas.show_phase(self._look(self.numbers, self.state, shape, layout))

    @property
    def card(self) -> PhaseCard | None:
        """What the hover card says of the phase; None where nothing is walked through."""
        if self.numbers is None or self.state is None or self.shape is None:
            return None
        return PhaseCard(self.numbers, self.state, self.shape)

    @Slot()
    def _on_sample_changed(self) -> None:
        if self.state is not None:
            self.show()

    def _look(self, numbers: StepNumbers, state: PhaseState, shape: NetworkShape, layout: NetworkLayout) -> PhaseLook:
        palette, edges = self._session.theme.palette, self._edges_of(numbers, layout)
        shown = [column.shown for column in layout.columns]
        units = UnitWriter(
            numbers, edges, shape, self.prepared, self._pictures, palette, shown, layout.side > scaled(ROOMY)
        )
        drawn = bool(edges.values(OnEdge.WEIGHT))  # of a network that is new they come with its first frame
        elsewhere = numbers.row is None and self._session.selection.sample is not None
        return PhaseLook(
            state=state,
            edges=edges,
            values=units.values(state),
            targets=units.targets(state),
            crossed=units.crossed(state),
            biases=edges.bias_levels(state),
            texts=phase_texts(numbers, state, edges) if drawn and shape.weights <= MOST_NUMBERS else NumberTexts([]),
            pictures=self._unit_pictures(numbers, state, shape, shown),
            title=key_title(state.key),
            words=phase_words(
                state, numbers, sample_elsewhere=elsewhere, standardized=self.prepared.target_scale != 1.0
            ),
        )

    def _edges_of(self, numbers: StepNumbers, layout: NetworkLayout) -> PhaseEdges:
        """The edges of a step, kept for as long as step, layout and colours are the same."""
        key = (numbers, layout, self._session.theme.palette)
        if self._edges is None or any(one is not other for one, other in zip(self._edges[0], key, strict=True)):
            self._edges = key, PhaseEdges(self._session.theme, layout, self._canvas.painter.edges, numbers)
        return self._edges[1]

    def _unit_pictures(
        self, numbers: StepNumbers, state: PhaseState, shape: NetworkShape, shown: list[int]
    ) -> dict[Unit, Picture]:
        """Where pixels go in: the picture that does, and what the first layer's weights make of it or learn from it."""
        if shape.picture is None:
            return {}
        trace = numbers.trace
        inputs = trace.inputs.mean(axis=0) if numbers.row is None else trace.inputs[numbers.row]
        if self.prepared.standardizer is not None:
            inputs = self.prepared.standardizer.invert(inputs)
        picture = self._pictures.of_digit(np.asarray(inputs), shape.picture, self.prepared.table.inputs)
        what = state.edges[0]
        if what is OnEdge.WEIGHT:
            return {Unit(0, 0): picture}
        matrix = numbers.on_edges(what)[0]
        of_units = self._pictures.of_step(matrix, shown[1], shape.picture, back=what not in FORWARD)
        return {Unit(0, 0): picture} | {Unit(1, index): one for index, one in enumerate(of_units)}


def _fits(walk: StepWalk, shape: NetworkShape) -> bool:
    layers = walk.trace.layers
    sizes = (layers[0].weights_before.shape[0], *(layer.weights_before.shape[1] for layer in layers))
    return sizes == shape.sizes
