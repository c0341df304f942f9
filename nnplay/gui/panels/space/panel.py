"""The panel of hidden space: what a layer makes of plane and points, and the straight lines of the next layer there."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, QSizeF, Qt, Slot
from PySide6.QtGui import QColor, QCursor, QPainter, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from nnplay.gui.guard import Guarded
from nnplay.gui.paint.figure import Figure
from nnplay.gui.paint.marks import groups_of
from nnplay.gui.paint.point_key import PointKey
from nnplay.gui.panels.space.layer_choice import MOST_UNITS, LayerChoice
from nnplay.gui.panels.space.picture import SpacePicture
from nnplay.gui.panels.space.point_card import PointCard
from nnplay.gui.panels.space.space_view import SpaceView
from nnplay.gui.panels.space.words import MOST_LINES, axes_of, caption_of, colour_of, entries_of, note_of
from nnplay.gui.session.part_names import PartNames, part_names
from nnplay.gui.session.selection import UnitAddress
from nnplay.gui.session.session import Session
from nnplay.gui.theme.class_colours import class_colour
from nnplay.gui.theme.fonts import label_font
from nnplay.gui.theme.scale import scaled
from nnplay.gui.theme.sizes import set_font, set_margins, set_spacing
from nnplay.gui.theme.style import set_role
from nnplay.gui.widgets.plain_text import set_tip
from nnplay.gui.widgets.short_label import ShortLabel
from nnplay.texts import mark, tr
from nnplay.training.chosen_sample import table_row
from nnplay.training.diagnosis import Where
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
GOLDEN = 0.6180339887498949
"""Multiples of it are evenly spread between 0 and 1, however many there are."""


class SpacePanel(Guarded, QWidget):
    """One picture at a time; see `HiddenSpace`.

    Attributes
    ----------
    view
        The picture.
    side
        The controls beside it.
    header
        What the lines are, in words.
    key
        What the points are.
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
        self.header = ShortLabel(tr("What the lines are"))
        set_role(self.header, "quiet")
        set_font(self.header, lambda: label_font(12))
        self.view = SpaceView(session.theme)
        self.view.setAccessibleName(tr("Plane and points behind a layer"))
        set_tip(self.view, "")
        self.key = PointKey(session.theme, names_classes=True)
        self._card = PointCard(session, self.view)
        self._pointed_unit: UnitAddress | None = None
        self._names = PartNames(())
        column = QVBoxLayout()
        set_spacing(column, 2)
        column.addWidget(self.view, 1)
        column.addWidget(self.key)
        row = QHBoxLayout(self)
        set_margins(row, 16, 0, 16, 8)
        set_spacing(row, 16)
        row.addLayout(column, 1)
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
        self._training = np.full(len(table), table.picture is not None)  # of pictures all are of one set
        self._training[prepared.train] = True
        self.view.show_sentence(tr(NOTHING))
        self.key.show_entries(entries_of(prepared), colour_of(prepared))
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
        """The picture for a worksheet, with the key of its points and what its lines are below it."""
        view, line, gap = self.view, self.key.sizeHint().height(), scaled(2)

        def paint(painter: QPainter) -> None:
            view.paint_on_paper(painter)
            painter.translate(0, view.height() + gap)
            self.key.paint(painter, QSizeF(view.width(), line))
            painter.setFont(label_font(12))
            painter.setPen(QColor(self._session.theme.palette.quiet))
            painter.drawText(QRectF(0, line + gap, view.width(), line), Qt.AlignmentFlag.AlignVCenter, view.note)

        # also without lines, since an animation's frames are of one size
        return Figure(view.caption, QSizeF(view.width(), view.height() + 2 * (line + gap)), paint)

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
        session.findings.lit_changed.connect(self._on_unit_changed)
        session.requests.proof.connect(self._on_proof_wanted)
        self.view.pointed.connect(self._on_pointed)
        self.view.line_pointed.connect(self._on_line_pointed)
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
        segments, hues, told = self._lines(space, classes=classes)
        picture = SpacePicture(
            points,
            self._groups[space.rows],
            self._training[space.rows],
            grid,
            segments,
            hues,
            told,
            self._rings.reshape(-1, 2),
            self._lit(space),
            axes_of(space, self._names, prepared),
            prepared.table.task == "regression",
            strong=classes,
            sides=self._sides(space) if classes else None,
        )
        self._say(caption_of(space, self._names), note_of(space, classes=classes))
        self.view.show_picture(picture, another=another, resting=another or not self._session.running)

    def _lit(self, space: HiddenSpace) -> NDArray[np.intp]:
        """Which points the finding means that is lit."""
        finding = self._session.findings.lit
        rows = [] if finding is None else [row for group in finding.points for row in group]
        return np.flatnonzero(np.isin(space.rows, rows))

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
            self.header.show_text(lines)

    def _place_of(self, sample: SampleProbe, answer: object, space: HiddenSpace) -> Floats:
        """(2,) where a sample is drawn, which need not be among the points; nowhere without an answer."""
        if not isinstance(answer, SampleActivations):
            return np.full(2, np.nan)
        values = answer.inputs if space.layer == 0 else answer.activations[space.layer - 1]
        place = space.seen.places(values)
        row = table_row(sample.inputs, self._session.prepared.table) if space.units == 1 else None
        return place if row is None else place + beside(np.array([row]), space)[0]

    def _lines(self, space: HiddenSpace, *, classes: bool) -> tuple[Floats, tuple[str, ...], NDArray[np.bool_]]:
        """The lines that are drawn, with their hues and which are looked at; of many units those alone."""
        if space.lines is None:
            return np.empty((0, 2, 2)), (), np.empty(0, np.bool_)
        segments, units = space.lines.segments, space.lines.units[:, 0]
        if classes:
            return segments, ("",) * len(units), np.zeros(len(units), np.bool_)
        selection, palette = self._session.selection, self._session.theme.palette
        unit = selection.pointed if isinstance(selection.pointed, UnitAddress) else selection.unit
        told = units == (NOBODY if unit is None or unit.layer != space.layer else unit.unit)
        if len(units) > MOST_LINES:
            segments, units, told = segments[told], units[told], told[told]
        return segments, tuple(map(palette.unit, units.tolist())), told

    def _sides(self, space: HiddenSpace) -> tuple[str, str] | None:
        """The colours of the classes on either side of the one line that parts them in all that is seen."""
        if space.lines is None or len(space.lines.segments) != 1 or not space.exact:
            return None
        palette, (first, second) = self._session.theme.palette, space.lines.units[0].tolist()
        right, left = (1, 0) if second < 0 else (first, second)
        return class_colour(palette, right), class_colour(palette, left)

    @property
    def _sizes(self) -> tuple[int, ...]:
        """Units of each layer, the inputs first."""
        session = self._session
        hidden = (layer.units for layer in session.experiment.model.hidden_layers)
        return (session.prepared.inputs, *hidden, session.prepared.outputs)

    @Slot()
    def _show_layers(self) -> None:
        sizes = self._sizes
        names = self._names = part_names(self._session.prepared, sizes)
        self.side.show_layers(len(sizes) - 2)
        layer = self.side.layer
        few = range(sizes[layer] if sizes[layer] <= MOST_UNITS else 0)
        self.side.show_units(sizes[layer], [names.unit(UnitAddress(layer - 1, unit), inside=True) for unit in few])

    # ---- what a person does

    @Slot(object)
    def _on_proof_wanted(self, where: Where) -> None:
        """See what the output layer has to tell apart."""
        if where is Where.SPACE:
            self.side.see(len(self._session.experiment.model.hidden_layers), None)

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
            place, row = self.view.pixel_of(index).toPoint(), int(self._space.rows[index])
            self._card.show_sample(row, place, self.view.companions(index))

    @Slot(object)
    def _on_line_pointed(self, line: int | None) -> None:
        """Name whose line it is, and mark that unit in all views."""
        unit = None if line is None else self._unit_of(line)
        if unit is None:
            self._card.hide()
        else:
            self._card.show_line(self._names.unit(unit), self.view.mapFromGlobal(QCursor.pos()))
        selection = self._session.selection
        if unit is not None or selection.pointed == self._pointed_unit:  # else another view points
            selection.point_at(unit)
        self._pointed_unit = unit

    def _unit_of(self, line: int) -> UnitAddress | None:
        """Whose sum is 0 along a line; None of one between two classes."""
        space, drawn = self._space, self._session.selection.pointed
        if space is None or space.lines is None or (space.lines.units[:, 1] >= 0).any():
            return None
        units = space.lines.units[:, 0]
        if len(units) > MOST_LINES:
            return drawn if isinstance(drawn, UnitAddress) else None
        return UnitAddress(space.layer, int(units[line])) if line < len(units) else None

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
