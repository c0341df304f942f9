"""Which folds are drawn: those of the unit that is looked at, or all by a switch; at rest the region pointed at."""

import numpy as np
from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QCheckBox

from nnplay.data.selection import nearest_segment
from nnplay.gui.panels.output.folds.formula import formulas_at, meaning_of, units_of
from nnplay.gui.panels.output.folds.row import FoldsRow
from nnplay.gui.panels.output.plane_view import PlaneView
from nnplay.gui.panels.output.tools.tool import Place
from nnplay.gui.session.selection import UnitAddress
from nnplay.gui.session.session import Session
from nnplay.gui.theme.scale import scaled
from nnplay.nn import ACTIVATIONS
from nnplay.texts import tr
from nnplay.training.folds import FoldLines, Regions
from nnplay.training.probes.folds import FoldsProbe, RegionsProbe
from nnplay.training.probes.probe import Probes
from nnplay.training.snapshot import Snapshot

NOTHING: Probes = frozenset()
NO_CORNERS = np.empty((0, 2))
REACH = 4.0
"""Pixels from a line within which the pointer is on it."""


class ShownFolds(QObject):
    """Asks for folds where somebody wants to see them, and lets the view draw them.

    Attributes
    ----------
    row
        The formula that is read, or why there are no folds, or how to read one.
    offered
        Whether there is room for it.
    """

    def __init__(self, session: Session, view: PlaneView, switch: QCheckBox, parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._view, self._switch = session, view, switch
        self._lines: FoldLines | None = None
        self._regions: Regions | None = None
        self._place: Place | None = None
        self._drawn: tuple[object, ...] = ()
        self._pointed: UnitAddress | None = None
        self.row, self.offered = FoldsRow(), True
        switch.toggled.connect(self._on_wanted)
        session.selection.changed.connect(self._on_wanted)
        session.selection.pointed_changed.connect(self._on_wanted)
        session.theme.changed.connect(self._draw)
        session.state_changed.connect(self._read)

    @property
    def needs(self) -> Probes:
        """The lines where some are drawn; the regions, which are read at rest, of a run that is paused."""
        if not self._wanted:
            return NOTHING
        point, live = self._session.selection.slice, self._session.running
        lines = FoldsProbe(point, live)
        return frozenset({lines, RegionsProbe(point)} if self._switch.isChecked() and not live else {lines})

    def show_data(self) -> None:
        """Other data, or another plane: what was drawn is not true any more."""
        self._lines = self._regions = None
        self._draw()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Draw the newest lines, where they are others."""
        point = self._session.selection.slice
        for probe in (FoldsProbe(point, live=True), FoldsProbe(point)):
            if probe in snapshot.answers:
                self._lines = snapshot.answer(probe)
        self._regions = snapshot.answers.get(RegionsProbe(point))  # type: ignore[assignment]
        self._draw()

    def point(self, place: Place | None) -> None:
        """The pointer is there; None where it left."""
        self._place = place
        self._point_at_unit()
        self._read()

    def _point_at_unit(self) -> None:
        """Whose line the pointer is on is pointed at, in all views."""
        selection, lines, unit = self._session.selection, self._lines, None
        if self._switch.isChecked() and self._place is not None and lines is not None:
            line = nearest_segment(lines.segments, self._place, self._view.pixel_size(), scaled(REACH))
            unit = None if line is None else UnitAddress(int(lines.layers[line]), int(lines.units[line]))
        if unit != self._pointed:
            if unit is not None or selection.pointed == self._pointed:  # else another view points
                selection.point_at(unit)
            self._pointed = unit

    def refresh(self) -> None:
        """There may be other data, or no room to say anything."""
        asked = self._switch.isChecked() and self._session.prepared.plane is not None
        self.row.setVisible(asked and self.offered)
        self._read()

    @property
    def _unit(self) -> UnitAddress | None:
        """The hidden unit that is looked at, where it bends along a line."""
        selection, layers = self._session.selection, self._session.experiment.model.hidden_layers
        unit = selection.pointed if isinstance(selection.pointed, UnitAddress) else selection.unit
        if unit is None or not 0 <= unit.layer < len(layers):
            return None
        slopes = ACTIVATIONS[layers[unit.layer].activation].slopes
        return unit if slopes is not None and slopes[0] != slopes[1] else None

    @property
    def _wanted(self) -> bool:
        prepared = self._session.prepared
        if prepared.plane is None:
            return False
        return self._switch.isChecked() or self._unit is not None

    @Slot()
    def _on_wanted(self) -> None:
        self.refresh()
        self._draw()
        if self._wanted:
            self._session.refresh()

    @Slot()
    def _draw(self) -> None:
        lines, unit, palette = self._lines, self._unit, self._session.theme.palette
        shown = (lines, unit, self._switch.isChecked(), palette, self._view.plane)
        if shown != self._drawn:
            self._drawn = shown
            layer, plane = self._view.folds, self._view.plane
            if lines is None or not self._wanted:
                layer.show_nothing()
            else:
                own = lines.of(*unit) if unit is not None else lines.segments[:0]
                layer.show_lines(lines.segments if self._switch.isChecked() else lines.segments[:0], plane)
                layer.show_own(own, plane, palette.text if unit is None else palette.unit(unit.unit))
        self._read()

    @Slot()
    def _read(self) -> None:
        """Show the region under the pointer with its formula, or say why there is none."""
        corners, regions, place = NO_CORNERS, self._regions, self._place
        if self._switch.isChecked():
            index = None if regions is None or place is None else regions.at(*place)
            if index is not None and regions is not None and place is not None:
                corners = regions.corners[index]
                prepared, model = self._session.prepared, self._session.experiment.model
                first, *others = formulas_at(place, regions.formulas[index], prepared)
                more = "\n".join([*others, meaning_of(prepared, model)])
                self.row.say(first, is_formula=True, units=units_of(prepared), more=more)
            else:
                self.row.say(self._hint(), is_formula=False)
        self._view.folds.show_region(corners, self._view.plane)

    def _hint(self) -> str:
        """Why there is no formula, or how one is read."""
        if self._lines is not None and self._lines.missing:
            return self._lines.missing
        if self._session.running:
            return tr("Pause to read the network’s formula between the lines")
        if self._regions is not None and self._regions.missing:
            return self._regions.missing
        return tr("Point between the lines to read the network’s formula there")
