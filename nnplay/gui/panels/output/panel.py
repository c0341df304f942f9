"""The right panel: the decision boundary with the points on it, and the tools that draw them."""

import numpy as np
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from nnplay.data import Table
from nnplay.gui.guard import Guarded
from nnplay.gui.paint.marks import class_title, groups_of, marks_of, value_range
from nnplay.gui.paint.points import group_colour
from nnplay.gui.panels.output.canvas_actions import add_canvas_actions
from nnplay.gui.panels.output.check_row import CheckRow
from nnplay.gui.panels.output.digits.view import DigitsPanel
from nnplay.gui.panels.output.drawing_area import DrawingArea
from nnplay.gui.panels.output.outputs import misclassified_samples
from nnplay.gui.panels.output.plane_view import PlaneView
from nnplay.gui.panels.output.readout import COLOUR_MARK, Readout
from nnplay.gui.panels.output.shown_map import ShownMap
from nnplay.gui.panels.output.tools.drawing_board import VALUES, DrawingBoard
from nnplay.gui.panels.output.tools.keyboard_pointer import KeyboardPointer
from nnplay.gui.panels.output.tools.put import Put
from nnplay.gui.panels.output.tools.swatches import Swatches
from nnplay.gui.panels.output.tools.tool import Indices, Place
from nnplay.gui.panels.output.tools.tool_strip import ToolStrip
from nnplay.gui.session.session import Session
from nnplay.gui.theme.style import set_role
from nnplay.gui.widgets.number_format import decimal_text
from nnplay.gui.widgets.plain_text import PlainLabel, menu_text, set_tip
from nnplay.texts import mark, tr
from nnplay.training.experiment import Experiment
from nnplay.training.prepared import PreparedData
from nnplay.training.probes.maps import MapsProbe
from nnplay.training.probes.probe import Probes
from nnplay.training.snapshot import Snapshot

NO_PLANE = mark("These inputs are pictures, not points of a plane:\nthere is no boundary to draw here.")

MAPS = MapsProbe()


class OutputPanel(Guarded, QWidget):
    """Boundary, points, tools, and the values under the pointer.

    Attributes
    ----------
    header
        What stands beside the panel's title.
    canvas
        The widget that gets the mouse.
    """

    needs: Probes = frozenset({MAPS})

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.view = PlaneView(session.theme)
        self.view.setAccessibleName(tr("Output over the plane"))
        self.view.setAccessibleDescription(
            tr("Click to use the tool in hand; arrow keys move a cross, Enter clicks there")
        )
        set_tip(self.view, "")
        self.canvas = self.view.viewport()
        self.board = DrawingBoard(session, self.view, self)
        self.keyboard = KeyboardPointer(self.view, self.board)
        self.header = self.swatches = Swatches(session.theme)
        self.strip = ToolStrip(self.board, session.theme, session.undo_stack)
        self.readout = Readout(session.theme)
        self._map = ShownMap(session, self.view.heatmap)
        self._place: Place | None = None
        self._add_checks()
        self._lay_out()
        self._class_actions = add_canvas_actions(self, self.view, self.board)
        self._connect()
        self.show_data(session.prepared)
        session.add_viewer(self)

    def show_experiment(self, _experiment: Experiment) -> None:
        """Another network may have other units, or none that was shown."""
        self._show_caption()

    def show_data(self, prepared: PreparedData) -> None:
        """Show other points, or the same ones split otherwise."""
        self.pages.setCurrentIndex(0 if prepared.plane is not None else 2 if prepared.table.picture is not None else 1)
        self._map.forget()
        if prepared.plane is not None:
            self.view.set_plane(prepared.plane, line=prepared.plane_is_line)
        self.view.points.show(marks_of(prepared))
        self.board.show_data(prepared)
        self.strip.set_drawable(self.board.why_not)
        self.swatches.setVisible(prepared.plane is not None)
        self.swatches.setEnabled(self.board.can_draw)
        self.test_points.setEnabled(len(prepared.test) > 0)
        self.misclassified.setEnabled(prepared.table.task == "classification")
        self.shapes.setEnabled(prepared.table.task == "classification")
        self._show_swatches()
        self._show_hint()
        self._session.refresh()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Draw the newest boundary; called at frame rate while the panel is seen."""
        maps = snapshot.answer(MAPS)
        if maps is not None and maps.plane != self._session.prepared.plane:
            return  # a frame from before the data were other ones
        self._map.draw(maps)
        self._show_misclassified()
        self._show_readout()

    def to_widget(self, place: QPointF) -> QPoint:
        """Where a place (x₁, x₂) of the plane is on `canvas`, in pixels."""
        return self.view.to_pixels((place.x(), place.y())).toPoint()

    def showEvent(self, event: QShowEvent) -> None:
        """Called by Qt; what happened while nobody looked is drawn now."""
        super().showEvent(event)
        self._session.refresh()

    def _add_checks(self) -> None:
        self.checks = CheckRow()
        add = self.checks.add
        self.discrete = add(tr("Discrete"), tr("Show the likeliest class alone, or a number in bands"))
        self.test_points = add(
            tr("Test points"), tr("Show the points that don't train, hollow"), short=tr("Test"), checked=True
        )
        self.misclassified = add(
            tr("Misclassified"), tr("Ring the points whose class the network doesn't give"), short=tr("Errors")
        )
        self.shapes = add(tr("Shapes"), tr("Give each class a marker of its own shape"))
        for box in (self.discrete, self.test_points, self.misclassified, self.shapes):
            box.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def _lay_out(self) -> None:
        plane = QWidget()
        column = QVBoxLayout(plane)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(DrawingArea(self.view, self.strip), 1)
        column.addWidget(self.readout)
        column.addWidget(self.checks)
        self.sentence = PlainLabel(tr(NO_PLANE))
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.sentence.setWordWrap(True)
        set_role(self.sentence, "quiet")
        self.pages = QStackedWidget()
        self.pages.addWidget(plane)
        self.pages.addWidget(self.sentence)
        self.digits = DigitsPanel(self._session)
        self.pages.addWidget(self.digits)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 0, 16, 8)
        whole.addWidget(self.pages)

    def _connect(self) -> None:
        session, board = self._session, self.board
        session.experiment_changed.connect(self.show_experiment)
        session.data_changed.connect(self.show_data)
        session.selection.changed.connect(self._on_selection_changed)
        session.theme.changed.connect(self._show_swatches)
        self.view.moved.connect(self._on_pointed)
        self.view.pressed.connect(self._on_pressed)
        self.view.released.connect(self._show_hint)
        self.keyboard.moved.connect(self._on_pointed)
        self.swatches.chosen.connect(board.choose)
        board.chosen_changed.connect(self._on_chosen)
        board.tool_changed.connect(self._show_hint)
        board.selection_changed.connect(self._on_selected)
        self.discrete.toggled.connect(self.view.heatmap.set_discrete)
        self.test_points.toggled.connect(self.view.points.set_test_shown)
        self.misclassified.toggled.connect(self._show_misclassified)
        self.shapes.toggled.connect(self.view.points.set_shapes)

    def _show_misclassified(self) -> None:
        maps = self._map.maps
        if self.misclassified.isChecked() and maps is not None:
            self.view.points.show_misclassified(misclassified_samples(self._session, maps))
        else:
            self.view.points.show_misclassified(np.empty(0, np.intp))

    def _show_readout(self) -> None:
        self.readout.show_parts(() if self._place is None else self._map.parts(self._place))

    def _show_caption(self) -> None:
        caption = self._map.caption
        if caption != self.view.overlay.caption:
            self.view.overlay.caption = caption
            name = tr("{shown} over the plane", shown=caption) if caption else tr("Output over the plane")
            self.view.setAccessibleName(name)
            self.view.update_overlay()

    def _show_swatches(self) -> None:
        table = self._session.prepared.table
        if table.task == "regression":
            low, high = value_range(table)
            targets = np.array([low + share * (high - low) for share in VALUES])
        else:
            targets = np.arange(float(len(VALUES)))
        titles = [_target_title(table, target) for target in targets]
        self.swatches.show_classes(list(self._target_colours(targets)), titles)
        self._show_hint()
        for action, title in zip(self._class_actions, titles, strict=True):
            action.setText(menu_text(tr("Draw {target}", target=title)))

    def _target_colours(self, targets: np.ndarray) -> tuple[str, ...]:
        palette, table = self._session.theme.palette, self._session.prepared.table
        regression, groups = table.task == "regression", groups_of(table, targets)
        return tuple(group_colour(palette, int(group), regression=regression) for group in groups)

    def _show_hint(self) -> None:
        board, table = self.board, self._session.prepared.table
        hint = tr(board.tool.tip)
        colours: tuple[str, ...] = ()
        if len(board.selection):
            hint = _selected_hint(len(board.selection), table.task)
        elif isinstance(board.tool, Put):
            targets = (board.target(), board.target(second=True))
            first, second = (COLOUR_MARK + _target_title(table, target).replace(COLOUR_MARK, "•") for target in targets)
            hint = tr("Click puts {first}, right click puts {second}", first=first, second=second)
            colours = self._target_colours(np.array(targets))
        self.readout.show_hint(*((board.why_not,) if board.why_not else (hint, colours)))
        empty = board.can_draw and not len(table)
        self.view.overlay.hint = self.readout.hint if empty else ""
        self.view.update_overlay()

    def _on_selection_changed(self) -> None:
        """Show what the unit that is looked at outputs in place of the output; an input shows nothing of its own."""
        selection = self._session.selection
        unit = selection.unit
        self._map.choose(selection.pinned if unit is not None and unit.layer < 0 else unit)
        self._show_caption()
        self._show_readout()

    def _on_pointed(self, place: Place | None) -> None:
        self._place = place
        self._show_readout()

    def _on_pressed(self) -> None:
        self.view.overlay.hint = ""  # a stroke over the words that ask for it

    def _on_chosen(self, index: int) -> None:
        self.swatches.show_chosen(index)
        self._show_hint()

    def _on_selected(self, _indices: Indices) -> None:
        self._show_hint()
        if len(self.board.selection):
            self._session.message.emit(self.readout.hint)


def _selected_hint(count: int, task: str) -> str:
    """What can be done with so many selected points."""
    if task == "regression":
        return tr(
            "{n} selected: drag to move, Delete, 1–6 to change value|"
            "{n} selected: drag to move, Delete, 1–6 to change value",
            "points",
            count,
        )
    return tr(
        "{n} selected: drag to move, Delete, 1–6 to change class|"
        "{n} selected: drag to move, Delete, 1–6 to change class",
        "points",
        count,
    )


def _target_title(table: Table, target: float) -> str:
    """What a drawn point is to be, in words."""
    if table.task == "regression":
        return tr("value {value}", value=decimal_text(target, 2))
    return class_title(table, int(target))
