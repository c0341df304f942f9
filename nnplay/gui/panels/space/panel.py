"""The panel of hidden space: what a layer makes of plane and points, and the straight lines of the next layer there."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QSizeF, Slot
from PySide6.QtGui import QPainter, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from nnplay.gui.guard import Guarded
from nnplay.gui.paint.figure import Figure, paint_widget
from nnplay.gui.paint.marks import groups_of
from nnplay.gui.panels.space.layer_choice import MOST_UNITS, LayerChoice
from nnplay.gui.panels.space.point_card import PointCard
from nnplay.gui.panels.space.space_view import SpacePicture, SpaceView
from nnplay.gui.session.part_names import part_names
from nnplay.gui.session.selection import UnitAddress
from nnplay.gui.session.session import Session
from nnplay.gui.theme.class_colours import class_colour
from nnplay.gui.theme.fonts import label_font
from nnplay.gui.theme.sizes import set_font, set_margins, set_spacing
from nnplay.gui.theme.style import set_role
from nnplay.gui.widgets.number_format import percent_text
from nnplay.gui.widgets.plain_text import set_tip
from nnplay.gui.widgets.short_label import ShortLabel
from nnplay.texts import mark, tr
from nnplay.training.chosen_sample import table_row
from nnplay.training.prepared import PreparedData
from nnplay.training.probes.hidden_space import HiddenSpace, HiddenSpaceProbe
from nnplay.training.probes.probe import Probes
from nnplay.training.probes.sample import SampleActivations, SampleProbe
from nnplay.training.slices import Point
from nnplay.training.snapshot import Snapshot

Floats = NDArray[np.float64]

NOTHING = mark("There are no points yet, or their numbers overflow: nothing can be drawn here")
BESIDE, LEAST_WIDTH = 0.1, 1e-9
"""How far points along a line are put beside it, as a share of its length, which is at least so much."""
NOBODY = -2
"""No unit is looked at."""
MOST_LINES = 24
"""More lines than that tell nothing: only that of the unit that is looked at is drawn."""
GOLDEN = 0.6180339887498949
"""Multiples of it are evenly spread between 0 and 1, however many there are."""

KEYS = (
    (mark("Left, Right"), mark("Go to the layer before or behind, where the slider has the keyboard")),
    (mark("Point at a point"), mark("Ring the same sample on the plane; a click chooses it")),
)
"""(keys, what they do), marked for `tr`, for the list of shortcuts."""


class SpacePanel(Guarded, QWidget):
    """One picture at a time; see `HiddenSpace`.

    Attributes
    ----------
    view
        The picture.
    side
        The controls beside it.
    header
        What is seen in the picture, in words.
    """

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._space: HiddenSpace | None = None
        self._groups: NDArray[np.intp] = np.empty(0, np.intp)
        self._training: NDArray[np.bool_] = np.empty(0, np.bool_)
        self._shown: HiddenSpaceProbe | None = None
        self._samples: tuple[SampleProbe, ...] = ()
        self._rings: Floats = np.empty((0, 2))
        self.side = LayerChoice()
        self.header = ShortLabel(tr("What is seen"))
        set_role(self.header, "quiet")
        set_font(self.header, lambda: label_font(12))
        self.view = SpaceView(session.theme)
        self.view.setAccessibleName(tr("Plane and points behind a layer"))
        set_tip(self.view, "")
        self._card = PointCard(session, self.view)
        row = QHBoxLayout(self)
        set_margins(row, 16, 0, 16, 12)
        set_spacing(row, 16)
        row.addWidget(self.view, 1)
        row.addWidget(self.side)
        self._connect()
        self.show_data(session.prepared)
        self.side.see(1, None)
        session.add_viewer(self)

    @property
    def probe(self) -> HiddenSpaceProbe:
        """What is measured for the picture."""
        return HiddenSpaceProbe(self.side.layer, self.side.axes, self._session.selection.slice)

    @property
    def needs(self) -> Probes:
        """The picture, and where the samples are that are looked at."""
        return frozenset({self.probe, *self._looked_at()})

    def show_data(self, prepared: PreparedData) -> None:
        """Other points."""
        self._space = self._shown = None
        self._card.hide()
        table = prepared.table
        self._groups = groups_of(table, table.targets)
        self._training = np.zeros(len(table), np.bool_)
        self._training[prepared.train] = True
        self.view.show_sentence(tr(NOTHING))
        self._show_layers()
        self._session.refresh()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Draw the newest picture; called at frame rate while the panel is seen."""
        probe = self.probe
        if probe not in snapshot.answers:  # else it was asked for before another layer was
            return
        space = snapshot.answer(probe)
        if space is None or (len(space.rows) and int(space.rows.max()) >= len(self._groups)):
            self._space = self._shown = None
            self.view.show_sentence(tr(NOTHING))
            return
        self._space = space
        self._ring(snapshot, space)
        another = self._shown is None or (probe.layer, probe.axes) != (self._shown.layer, self._shown.axes)
        self._shown = probe
        self._draw(another=another)

    def figure(self) -> Figure:
        """The picture for a worksheet."""

        def paint(painter: QPainter) -> None:
            self.view.on_paper = True
            try:
                paint_widget(painter, self.view)
            finally:
                self.view.on_paper = False

        return Figure(self._title(), QSizeF(self.view.size()), paint)

    def look_as(self, other: "SpacePanel") -> None:
        """See the same layer from the same directions as another panel of this kind."""
        self.side.see(other.side.layer, other.side.axes)

    def showEvent(self, event: QShowEvent) -> None:
        """Called by Qt; what happened while nobody looked is drawn now."""
        super().showEvent(event)
        self._session.refresh()

    def _connect(self) -> None:
        session, selection = self._session, self._session.selection
        session.data_changed.connect(self.show_data)
        session.experiment_changed.connect(self._show_layers)
        selection.sample_changed.connect(self._on_sample_changed)
        selection.slice_changed.connect(self._on_asked)
        selection.changed.connect(self._on_unit_changed)
        selection.pointed_changed.connect(self._on_unit_changed)
        session.theme.changed.connect(self._on_unit_changed)
        self.side.changed.connect(self._on_layer_changed)
        self.view.pointed.connect(self._on_pointed)
        self.view.clicked.connect(self._on_clicked)

    # ---- what is drawn

    def _draw(self, *, another: bool) -> None:
        space = self._space
        if space is None:
            return
        prepared = self._session.prepared
        ways, lines_each, places, _ = space.grid.shape
        points, grid = space.points, space.grid.reshape(ways * lines_each, places, 2)
        if space.units == 1:
            points, grid = points + beside(space.rows, space), np.empty((0, 0, 2))
        classes = space.layer == len(self._session.experiment.model.hidden_layers)
        segments, hues = self._lines(space, classes=classes)
        picture = SpacePicture(
            points,
            self._groups[space.rows],
            self._training[space.rows],
            grid,
            segments,
            hues,
            self._rings.reshape(-1, 2),
            prepared.table.task == "regression",
            strong=classes,
            sides=self._sides(space) if classes else None,
        )
        self._say(self._title(), self._note(space, classes=classes))
        self.view.show_picture(picture, another=another, resting=another or not self._session.running)

    def _looked_at(self) -> tuple[SampleProbe, ...]:
        """The samples that are looked at."""
        samples = self._session.selection.samples
        if tuple(probe.inputs for probe in self._samples) != samples:
            self._samples = tuple(map(SampleProbe, samples))  # kept, since a picture is long
        return self._samples

    def _ring(self, snapshot: Snapshot, space: HiddenSpace) -> None:
        """Find where the samples are that are looked at."""
        answers = [(sample, snapshot.answers.get(sample)) for sample in self._looked_at()]
        self._rings = np.array([self._place_of(*each, space) for each in answers])

    def _say(self, seen: str, lines: str) -> None:
        """What is seen, and what the lines are, where it is something else than before."""
        if (seen, lines) != (self.view.caption, self.view.note):
            self.view.show_words(seen, lines)
            self.header.show_text(tr("{seen} – {lines}", seen=seen, lines=lines) if lines else seen)

    def _place_of(self, sample: SampleProbe, answer: object, space: HiddenSpace) -> Floats:
        """(2,) where a sample is drawn, which need not be among the points; nowhere without an answer."""
        if not isinstance(answer, SampleActivations):
            return np.full(2, np.nan)
        values = answer.inputs if space.layer == 0 else answer.activations[space.layer - 1]
        place = space.seen.places(values)
        row = table_row(sample.inputs, self._session.prepared.table) if space.units == 1 else None
        return place if row is None else place + beside(np.array([row]), space)[0]

    def _lines(self, space: HiddenSpace, *, classes: bool) -> tuple[Floats, tuple[str, ...]]:
        """The lines that are drawn, and the hue of that of the unit that is looked at; of many units it alone."""
        if space.lines is None:
            return np.empty((0, 2, 2)), ()
        selection, palette = self._session.selection, self._session.theme.palette
        unit = selection.pointed if isinstance(selection.pointed, UnitAddress) else selection.unit
        looked_at = NOBODY if unit is None or classes or unit.layer != space.layer else unit.unit
        segments, units = space.lines.segments, space.lines.units[:, 0]
        if not classes and len(units) > MOST_LINES:
            segments, units = segments[units == looked_at], units[units == looked_at]
        return segments, tuple(palette.unit(one) if one == looked_at else "" for one in units.tolist())

    def _sides(self, space: HiddenSpace) -> tuple[str, str] | None:
        """The colours of the classes on either side of the one line that parts them in all that is seen."""
        if space.lines is None or len(space.lines.segments) != 1 or not space.exact:
            return None
        palette, (first, second) = self._session.theme.palette, space.lines.units[0].tolist()
        right, left = (1, 0) if second < 0 else (first, second)
        return class_colour(palette, right), class_colour(palette, left)

    def _title(self) -> str:
        space = self._space
        if space is None:
            return ""
        names = part_names(self._session.prepared, self._sizes)
        layer = space.layer - 1
        if space.axes is None:
            return tr("The two main directions hold {share} of the spread", share=percent_text(space.share, 0))
        across, up = (names.unit(UnitAddress(layer, unit)) for unit in space.axes)
        if space.units == 1:
            return across
        return tr("{across} across, {up} upwards", across=across, up=up)

    @property
    def _sizes(self) -> tuple[int, ...]:
        """Units of each layer, the inputs first."""
        session = self._session
        hidden = (layer.units for layer in session.experiment.model.hidden_layers)
        return (session.prepared.inputs, *hidden, session.prepared.outputs)

    def _note(self, space: HiddenSpace, *, classes: bool) -> str:
        """What the lines are."""
        if space.lines is None or not len(space.lines.segments):
            return ""
        if classes:
            if space.exact:
                return tr("line: where the output layer changes its answer")
            return tr("line: where the output layer changes its answer, at the mean of what isn’t seen")
        if len(space.lines.segments) > MOST_LINES:
            return tr("point at a unit of the next layer: a line shows where its sum is 0")
        if space.exact:
            return tr("lines: where the sum of a unit of the next layer is 0")
        return tr("lines: where the sum of a unit of the next layer is 0, at the mean of what isn’t seen")

    @Slot()
    def _show_layers(self) -> None:
        sizes = self._sizes
        self.side.show_layers(len(sizes) - 2)
        layer, names = self.side.layer, part_names(self._session.prepared, sizes)
        few = range(sizes[layer] if sizes[layer] <= MOST_UNITS else 0)
        self.side.show_units(sizes[layer], [names.unit(UnitAddress(layer - 1, unit), inside=True) for unit in few])

    # ---- what a person does

    @Slot()
    def _on_asked(self) -> None:
        if self.isVisible():
            self._session.refresh()

    @Slot()
    def _on_sample_changed(self) -> None:
        """Another sample is ringed at once, or with the next frame."""
        snapshot = self._session.look(frozenset(self._looked_at())) if self.isVisible() else None
        if snapshot is not None and self._space is not None:
            self._ring(snapshot, self._space)
            self._draw(another=False)

    @Slot()
    def _on_unit_changed(self) -> None:
        if self.isVisible():
            self._draw(another=False)

    @Slot()
    def _on_layer_changed(self) -> None:
        self._show_layers()
        self._on_asked()

    @Slot(object)
    def _on_pointed(self, index: int | None) -> None:
        inputs = None if index is None else self._inputs(index)
        self._session.selection.point_at_sample(inputs)
        if index is None or inputs is None or self._space is None:
            self._card.hide()
        else:
            self._card.show_sample(int(self._space.rows[index]), self.view.pixel_of(index).toPoint())

    @Slot(object)
    def _on_clicked(self, index: int | None) -> None:
        """Choose the sample that is there; none where it is chosen already, or beside all."""
        selection = self._session.selection
        inputs = None if index is None else self._inputs(index)
        selection.choose_sample(None if inputs == selection.chosen_sample else inputs)

    def _inputs(self, index: int) -> Point | None:
        if self._space is None or index >= len(self._space.rows):
            return None
        return tuple(self._session.prepared.table.inputs[self._space.rows[index]].tolist())


def beside(rows: NDArray[np.intp], space: HiddenSpace) -> Floats:
    """(n, 2) how far samples along a line are put beside it, by their rows, so that they don't cover each other."""
    width = max(float(np.ptp(space.points[:, 0])), LEAST_WIDTH)
    heights = BESIDE * width * (2.0 * np.mod(rows * GOLDEN, 1.0) - 1.0)
    return np.column_stack([np.zeros(len(rows)), heights])
