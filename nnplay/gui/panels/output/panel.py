"""The right panel: the decision boundary or the curve with the points on it, and the tools that draw them."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, Slot
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from nnplay.gui.guard import Guarded
from nnplay.gui.paint.figure import Figure
from nnplay.gui.paint.marks import marks_of, target_title
from nnplay.gui.panels.output.answers import PointAnswers
from nnplay.gui.panels.output.axis_choice import AxisChoice
from nnplay.gui.panels.output.canvas_actions import add_canvas_actions
from nnplay.gui.panels.output.drawing_area import DrawingArea
from nnplay.gui.panels.output.drawn_targets import drawn_targets, target_colours
from nnplay.gui.panels.output.fades import Fades, left_out_rows, with_left_out
from nnplay.gui.panels.output.folds.shown_folds import ShownFolds
from nnplay.gui.panels.output.hints import hint_of
from nnplay.gui.panels.output.influence.boundary_before import BoundaryBefore
from nnplay.gui.panels.output.influence.pointed import PointedInfluence
from nnplay.gui.panels.output.legend import CanvasLegend
from nnplay.gui.panels.output.lit_points import lit_places
from nnplay.gui.panels.output.pages import Pages
from nnplay.gui.panels.output.plane_figure import plane_figure
from nnplay.gui.panels.output.plane_view import PlaneView
from nnplay.gui.panels.output.pointed_sample import PointedSample
from nnplay.gui.panels.output.readout import Readout, ReadoutPart
from nnplay.gui.panels.output.shown_line import ShownLine
from nnplay.gui.panels.output.shown_map import ShownMap
from nnplay.gui.panels.output.slice.panel import SlicePanel
from nnplay.gui.panels.output.tools.drawing_board import DrawingBoard
from nnplay.gui.panels.output.tools.keyboard_pointer import KeyboardPointer
from nnplay.gui.panels.output.tools.swatches import Swatches
from nnplay.gui.panels.output.tools.tool import Indices, Place
from nnplay.gui.panels.output.tools.tool_strip import ToolStrip
from nnplay.gui.panels.output.view_switches import ViewSwitches
from nnplay.gui.session.session import Session
from nnplay.gui.theme.sizes import set_margins, set_spacing
from nnplay.gui.widgets.plain_text import menu_text, set_tip
from nnplay.texts import tr
from nnplay.training.experiment import Experiment
from nnplay.training.prepared import PreparedData
from nnplay.training.probes.probe import Probes
from nnplay.training.snapshot import Snapshot

if TYPE_CHECKING:
    from nnplay.gui.panels.output.digits.view import DigitsPanel


class OutputPanel(Guarded, QWidget):
    """Boundary, points, tools, and the values under the pointer.

    Attributes
    ----------
    header
        What stands beside the panel's title.
    canvas
        The widget that gets the mouse.
    """

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.view = PlaneView(session.theme)
        self.view.setAccessibleName(tr("Output over the plane"))
        self.view.setAccessibleDescription(
            tr("Click to use the tool in hand, or a point to choose it; arrow keys move a cross, Enter clicks there")
        )
        set_tip(self.view, "")
        self.canvas = self.view.viewport()
        self.board = DrawingBoard(session, self.view, self)
        self.keyboard = KeyboardPointer(self.view, self.board, session.selection)
        self.header = self.swatches = Swatches(session.theme)
        self.strip = ToolStrip(self.board, session.theme, session.undo_stack)
        self.readout = Readout(session.theme)
        self._axes = AxisChoice(session, self.view)
        self.slice = SlicePanel(session)
        self._map, self._line = ShownMap(session, self.view.heatmap), ShownLine(session, self.view)
        self._shown: ShownMap | ShownLine = self._map
        self._fades: Fades | None = None
        self._place: Place | None = None
        self._presented = False
        self._sample = PointedSample(session, self.view, self.board.choice, self)
        self.checks = switches = ViewSwitches()
        self.discrete, self.test_points = switches.discrete, switches.test_points
        self.misclassified, self.shapes = switches.misclassified, switches.shapes
        self.folds = ShownFolds(session, self.view, switches.folds, self)
        self.legend = CanvasLegend(session, switches, self)
        self.before = BoundaryBefore(session, self.view, self.legend, self)
        self.influence = PointedInfluence(session, self.view, switches.influence, self.legend, self)
        self._answers = PointAnswers(session, self.view.points, switches.misclassified, self.slice)
        self._lay_out()
        self._class_actions = add_canvas_actions(self, self.view, self.board)
        self._connect()
        self.checks.remember(session.remembered)
        session.remembered.switch("output/own_answers", self.slice.own_answers)
        self.show_data(session.prepared)
        session.add_viewer(self)

    @property
    def digits(self) -> "DigitsPanel":
        """What is seen in place of the plane where samples are pictures."""
        return self.pages.digits

    def show_experiment(self, _experiment: Experiment) -> None:
        """Another network may have other units, or none that was shown, or another loss; points may be left out."""
        self._show_left_out()
        self._show_caption()
        self._show_legend()

    @property
    def needs(self) -> Probes:
        """What it draws from: maps or curves, and what the samples are answered where that is drawn."""
        return self._answers.needs | self.board.choice.needs | self.folds.needs | {self._shown.probe}

    def show_data(self, prepared: PreparedData) -> None:
        """Show other points, the same ones split otherwise, or on another plane."""
        self.pages.show_page(plane=prepared.plane is not None)
        self._map.forget()
        self._line.forget()
        self.folds.show_data()
        if prepared.plane is None:
            self._on_pointed(None)
        else:
            self.legend.show_data(prepared)
            self._show_plane(prepared)
            self._sample.point(self._place)
        self.slice.show_data(prepared)
        self.slice.fit(self.height())
        self._fades = Fades(prepared) if self.slice.inputs else None
        self.view.points.show(marks_of(prepared), self._point_fades())
        self._show_left_out()
        self.board.show_data(prepared)
        self.board.choice.show_data(prepared)
        self._show_lit()
        self.strip.set_drawable(self.board.why_not)
        self._show_tools()
        self.checks.show_data(prepared)
        self._show_legend()
        self._show_swatches()
        self._show_hint()
        self._session.refresh()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Draw the newest boundary; called at frame rate while the panel is seen."""
        probe = self._shown.probe
        if probe in snapshot.answers:  # else it was asked for before the slice was another one
            self._shown.draw(snapshot.answer(probe))  # type: ignore[arg-type]
        self.legend.follow(self._shown)
        self._answers.show(snapshot)
        self.folds.show_snapshot(snapshot)
        self.board.choice.show_snapshot(snapshot)
        self._show_readout()

    def figure(self) -> Figure:
        """What stands in an exported picture: the plane or the curve with its legend, or the digits."""
        if self._session.prepared.plane is None:
            return self.digits.figure()
        notes = [self.slice.sentence.text()] if self.slice.inputs else []
        finding = self._session.findings.lit
        if finding is not None and self.view.lit:  # what is ringed is told on paper, too
            notes.append(finding.sentence)
        return plane_figure(self.view, self.legend, "\n".join(notes), self._session.theme.palette)

    def look_as(self, other: "OutputPanel") -> None:
        """Show it in the same way as another panel of this kind."""
        self.checks.look_as(other.checks)
        self.slice.own_answers.setChecked(other.slice.own_answers.isChecked())
        self.pages.look_as(other.pages)
        self.set_presented(other._presented)

    def set_presented(self, presented: bool) -> None:
        """Before a class there are the canvas and what it means, and nothing to work with."""
        self._presented = presented
        self.slice.offered = not presented
        self.pages.set_presented(presented)
        self._show_tools()

    def to_widget(self, place: QPointF) -> QPoint:
        """Where a place (x₁, x₂) of the plane is on `canvas`, in pixels."""
        return self.view.to_pixels((place.x(), place.y())).toPoint()

    def showEvent(self, event: QShowEvent) -> None:
        """Called by Qt; what happened while nobody looked is drawn now."""
        super().showEvent(event)
        self._session.refresh()
        self.influence.refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Called by Qt."""
        super().resizeEvent(event)
        self.slice.fit(self.height())

    def _lay_out(self) -> None:
        plane = QWidget()
        column = QVBoxLayout(plane)
        set_margins(column, 0, 0, 0, 0)
        set_spacing(column, 4)
        self._area = DrawingArea(self.view, self.legend.bar, self.strip)
        column.addWidget(self._area, 1)
        self._lines = QGridLayout()
        set_margins(self._lines, 0, 0, 0, 0)
        set_spacing(self._lines, 4)
        column.addLayout(self._lines)
        column.addWidget(self.slice)
        column.addWidget(self.checks)
        column.addWidget(self.folds.row)
        column.addWidget(self.influence.row)
        self.pages = Pages(self._session, plane)
        whole = QVBoxLayout(self)
        set_margins(whole, 16, 0, 16, 8)
        whole.addWidget(self.pages)

    def _connect(self) -> None:
        session, board = self._session, self.board
        session.experiment_changed.connect(self.show_experiment)
        session.data_changed.connect(self.show_data)
        session.selection.changed.connect(self._on_selection_changed)
        session.selection.slice_changed.connect(self._on_slice_changed)
        session.findings.lit_changed.connect(self._show_lit)
        session.theme.changed.connect(self._on_theme_changed)
        self.view.moved.connect(self._on_pointed)
        self.view.pressed.connect(self._on_pressed)
        self.view.released.connect(self._show_hint)
        self.keyboard.moved.connect(self._on_pointed)
        self.swatches.chosen.connect(board.choose)
        board.chosen_changed.connect(self._on_chosen)
        board.choice.changed.connect(self._on_sample_chosen)
        board.tool_changed.connect(self._show_hint)
        board.selection_changed.connect(self._on_selected)
        self.discrete.toggled.connect(self.view.heatmap.set_discrete)
        self.test_points.toggled.connect(self.view.points.set_test_shown)
        self.misclassified.toggled.connect(self._on_answers_asked)
        self.slice.own_answers.toggled.connect(self._on_answers_asked)
        self.shapes.toggled.connect(self.view.points.set_shapes)
        for box in (self.discrete, self.test_points, self.misclassified):
            box.toggled.connect(self._show_legend)

    def _show_plane(self, prepared: PreparedData) -> None:
        assert prepared.plane is not None
        line = prepared.plane_is_line
        self._shown = self._line if line else self._map
        probabilities = line and prepared.table.task == "classification"
        if (prepared.plane, line) != (self.view.plane, self.view.is_line):
            self._clear()
        self.view.set_plane(prepared.plane, line=line, probabilities=probabilities)
        self._axes.show_data(prepared)
        self._choose_shown()

    def _clear(self) -> None:
        """What was drawn on another plane doesn't stay until the next frame."""
        self.view.points.set_opacity(1.0)
        self.view.heatmap.setOpacity(1.0)
        self.view.heatmap.show_nothing()
        self.view.curves.show_nothing()

    @property
    def _has_tools(self) -> bool:
        return self.board.can_draw and not self._presented

    def _show_tools(self) -> None:
        """What there is to work with; what is read under the pointer takes the key's place where no hint stands."""
        tools = self._has_tools
        self._area.show_tools(draws=tools)
        self.swatches.setVisible(tools and self.board.has_targets)
        self.checks.setVisible(not self._presented)
        self.influence.offered = self.folds.offered = not self._presented
        self.influence.refresh()
        self.folds.refresh()
        self.slice.setVisible(bool(self.slice.inputs) and self.slice.offered)
        self._lines.addWidget(self.legend.points, 0, 0)
        self._lines.addWidget(self.readout, int(tools), 0)
        self._lines.setRowMinimumHeight(0, 0 if tools else self.readout.sizeHint().height())
        self._show_readout()
        self.pages.updateGeometry()

    def _show_readout(self) -> None:
        parts = self._parts()
        self.readout.show_parts(parts)
        self.readout.setVisible(bool(parts) or self._has_tools)
        self.legend.points.setVisible(not parts or self._has_tools)

    def _parts(self) -> tuple[ReadoutPart, ...]:
        """What is told of the place under the pointer; of the chosen sample on its point, or where there is none."""
        choice = self.board.choice
        if self._place is not None and not choice.is_at(self._place):
            return self._shown.parts(self._place)
        return (*choice.facts, *self._shown.output_parts(choice.outputs))

    def _show_caption(self) -> None:
        caption, line = self._shown.caption, self._session.prepared.plane_is_line
        self._axes.show_answer(caption)
        if caption:
            name = tr("{shown} along the input", shown=caption) if line else tr("{shown} over the plane", shown=caption)
        else:
            name = tr("Output along the input") if line else tr("Output over the plane")
        if (caption, name) != (self.view.overlay.caption, self.view.accessibleName()):
            self.view.overlay.caption = caption
            self.view.setAccessibleName(name)
            self.view.update_overlay()

    def _show_legend(self) -> None:
        if self._session.prepared.plane is not None:
            self.legend.show(self._shown)

    @Slot()
    def _on_theme_changed(self) -> None:
        """Other colours, or another scale."""
        self.slice.fit(self.height())
        self._show_tools()
        self._show_swatches()

    def _show_swatches(self) -> None:
        table = self._session.prepared.table
        targets = drawn_targets(table)
        titles = [target_title(table, target) for target in targets]
        self.swatches.show_classes(list(target_colours(table, targets, self._session.theme.palette)), titles)
        self._show_hint()
        for action, title in zip(self._class_actions, titles, strict=True):
            action.setText(menu_text(tr("Draw {target}", target=title)))

    def _show_hint(self) -> None:
        board = self.board
        hint, targets = hint_of(board)
        self.readout.show_hint(hint, target_colours(self._session.prepared.table, targets, self._session.theme.palette))
        empty = board.can_draw and not len(board.table)
        self.view.overlay.hint = self.readout.hint if empty else ""
        self.view.update_overlay()

    @Slot()
    def _show_lit(self) -> None:
        self.view.show_lit(*lit_places(self._session))

    def _on_selection_changed(self) -> None:
        self._choose_shown()
        self._show_readout()

    def _choose_shown(self) -> None:
        """Show what the unit that is looked at outputs in place of the output; an input shows nothing of its own."""
        selection = self._session.selection
        unit = selection.unit
        self._shown.choose(selection.pinned if unit is not None and unit.layer < 0 else unit)
        self._show_caption()
        self._show_legend()

    def _on_slice_changed(self) -> None:
        self.view.points.show_fades(self._point_fades())
        self._show_readout()
        self._session.refresh()

    def _point_fades(self) -> Indices | None:
        fades = None if self._fades is None else self._fades.at(self.slice.point)
        return with_left_out(fades, self._session.prepared, self._left_out())

    def _left_out(self) -> Indices:
        return left_out_rows(self._session.prepared, self._session.experiment.training.left_out)

    def _show_left_out(self) -> None:
        """Points that count nothing are faint and crossed out."""
        self.view.points.show_fades(self._point_fades())
        self.view.points.show_crossed(self._left_out())

    def _on_answers_asked(self) -> None:
        snapshot = self._session.look(self.needs)
        if snapshot is not None:  # else the next frame has them
            self._answers.show(snapshot)

    def _on_pointed(self, place: Place | None) -> None:
        self._place = place
        self._sample.point(place)
        self.folds.point(place)
        self.influence.point(place)
        self._show_readout()

    @Slot()
    def _on_sample_chosen(self) -> None:
        """Another sample's numbers are told at once, or with the next frame."""
        snapshot = self._session.look(self.board.choice.needs)
        if snapshot is not None:
            self.board.choice.show_snapshot(snapshot)
        self._show_readout()
        self._session.refresh()

    def _on_pressed(self) -> None:
        self.view.overlay.hint = ""  # a stroke over the words that ask for it

    def _on_chosen(self, index: int) -> None:
        self.swatches.show_chosen(index)
        self._show_hint()

    def _on_selected(self, _indices: Indices) -> None:
        self._show_hint()
        if len(self.board.selection):
            self._session.message.emit(self.readout.hint)
