"""Between the canvas and the tools: which tool and class are chosen, what is selected, and how an edit is done."""

from collections.abc import Callable

import msgspec
import numpy as np
from PySide6.QtCore import QObject, Qt, Signal, Slot

from nnplay.data import PLANE, Table, drawing
from nnplay.errors import InputError
from nnplay.gui.paint.marks import groups_of, value_range
from nnplay.gui.panels.output.plane_view import PlaneView
from nnplay.gui.panels.output.tools.placed import in_strip, is_drawable, off_plane, on_plane, targets_are_places
from nnplay.gui.panels.output.tools.put import Put
from nnplay.gui.panels.output.tools.sample_choice import SampleChoice
from nnplay.gui.panels.output.tools.selecting import Select, SelectLasso, SelectRectangle
from nnplay.gui.panels.output.tools.strokes import LARGEST, SMALLEST, Brush, Eraser, Stroke
from nnplay.gui.panels.output.tools.tool import (
    NOTHING,
    Indices,
    Place,
    Plane,
    Press,
    Preview,
    Tool,
    from_units,
    in_units,
)
from nnplay.gui.session.session import Session
from nnplay.gui.theme.scale import scaled
from nnplay.texts import tr
from nnplay.training.edits import with_fitting_loss
from nnplay.training.experiment import YOURS
from nnplay.training.prepared import PreparedData

replace = msgspec.structs.replace
VALUES = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)
"""What the six choices mean where the target is a number: the place between the lowest and the highest one shown."""
UNDER_POINTER = 8.0
"""Pixels around the pointer within which a point is under it."""
JITTER = 0.15
"""Standard deviation of a shake in twelfths of the canvas."""
WHEEL_STEP = 1.15
SEED = 0


class DrawingBoard(QObject):
    """Implements `nnplay.gui.panels.output.tools.tool.Board` on a session and a canvas.

    Signals
    -------
    tool_changed(Tool)
        Another tool is chosen, or its circle has another size.
    chosen_changed(int)
        Another class is drawn by the left button.
    selection_changed(indices)
        Other points are selected.
    """

    tool_changed = Signal(object)
    chosen_changed = Signal(int)
    selection_changed = Signal(object)

    def __init__(self, session: Session, view: PlaneView, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session, self._view = session, view
        self.choice = SampleChoice(session, view, self)
        self.tools: tuple[Tool, ...] = (Put(), Brush(), Eraser(), SelectRectangle(), SelectLasso())
        self.tool: Tool = self.tools[0]
        self.chosen = 0
        self.generator = np.random.default_rng(SEED)
        self._placed: tuple[PreparedData, Table] | None = None
        self._selection: Indices = NOTHING
        self._keeps_selection = False
        self._kind, self._drawn_from = session.experiment.data.kind, ""
        self._busy = False
        self._place: Place | None = None
        self._clicked: Place | None = None
        view.pressed.connect(self._on_pressed)
        view.moved.connect(self._on_moved)
        view.released.connect(self._on_released)
        session.undo_stack.settling.connect(self.settle)

    @property
    def can_draw(self) -> bool:
        """Whether the data are points of a plane, or of a line, and of nothing more."""
        return is_drawable(self._session.prepared)

    @property
    def why_not(self) -> str:
        """Why nothing can be drawn, in one sentence; empty where it can."""
        count = self._session.prepared.table.inputs.shape[1]
        if self.can_draw:
            return ""
        if count == 2:
            return tr("No drawing here: each point has two inputs, and one of them isn't shown")
        return tr(
            "No drawing here: each point has {n} input, not two|No drawing here: each point has {n} inputs, not two",
            "",
            count,
        )

    @property
    def has_targets(self) -> bool:
        """Whether there are targets to choose: on the strip of a regression a point's place says its target."""
        return not targets_are_places(self._session.prepared)

    @property
    def table(self) -> Table:
        """The points as they lie on the plane, with x₁ and x₂ as their inputs."""
        prepared = self._session.prepared
        if self._placed is None or self._placed[0] is not prepared:
            self._placed = (prepared, on_plane(prepared))
        return self._placed[1]

    @property
    def plane(self) -> Plane:
        """The part of the plane that is seen."""
        return self._session.prepared.plane or PLANE

    @property
    def selection(self) -> Indices:
        """Indices of the selected points."""
        return self._selection

    def target(self, second: bool = False) -> float:
        """What the left button draws, or the right one: the class after it."""
        if self.table.task == "regression":
            low, high = value_range(self.table)
            # the right button draws the opposite value: two neighbours of six would look alike
            share = VALUES[len(VALUES) - 1 - self.chosen if second else self.chosen]
            return low + share * (high - low)
        if not second:
            return float(self.chosen)
        return float((self.chosen + 1) % max(self.table.classes, 2))

    def reach(self) -> Place:
        """How far around the pointer a point still counts as under it, in x₁ and in x₂."""
        across, along = self._view.pixel_size()
        return scaled(UNDER_POINTER) * across, scaled(UNDER_POINTER) * along

    # choosing

    @Slot()
    def settle(self) -> None:
        """Finish a stroke under way, since another change comes."""
        if self._place is not None:
            self.release(self._place)

    def set_tool(self, tool: Tool) -> None:
        """Use another tool from now on; the selection stays only for a tool that can use it."""
        if tool is self.tool:
            return
        self.cancel()
        if not isinstance(tool, Select):
            self.select(NOTHING)
        self.tool = tool
        self._show_circle()
        self.tool_changed.emit(tool)

    def choose(self, index: int) -> None:
        """Draw this class from now on, and give it to what is selected."""
        self._session.settle()
        if not self.has_targets:
            return
        self.chosen = index
        self.chosen_changed.emit(index)
        if len(self._selection) and self.can_draw:
            count = len(self._selection)
            changed = drawing.change_class(self.table, self._selection, self.target())
            text = tr("Change class of {n} point|Change class of {n} points", "", count)
            self.commit(text, changed, keep_selection=True)

    def resize(self, notches: float) -> None:
        """Make the circle of the tool larger or smaller by steps of the wheel."""
        if isinstance(self.tool, Stroke):
            self.tool.radius = min(max(self.tool.radius * WHEEL_STEP**notches, SMALLEST), LARGEST)
            self._show_circle()
            self.tool_changed.emit(self.tool)

    # what tools call

    def preview(self, preview: Preview) -> None:
        """Show what will be."""
        points, targets = in_strip(preview.points, preview.targets, self._session.prepared)
        self._view.points.show_preview(preview.hidden, points, groups_of(self.table, targets))
        self._view.overlay.outline = [self._view.to_pixels(place) for place in preview.outline]
        self._view.update_overlay()

    def select(self, indices: Indices) -> None:
        """Select these points."""
        self._selection = indices
        self._view.points.show_selection(self.table.inputs[indices][:, :2])
        self.selection_changed.emit(indices)

    def commit(self, text: str, table: Table, *, keep_selection: bool = False) -> None:
        """Do it as one step of the undo stack: a generated set becomes one's own, on the plane that was seen.

        `table` has its points as they lie on the plane, like the board's own.
        """
        session = self._session
        experiment = session.experiment
        own = off_plane(table, session.prepared)
        data = replace(experiment.data, kind=YOURS, table=own, plane=session.prepared.plane)
        if table.classes != self.table.classes:
            experiment = with_fitting_loss(experiment, table.task, table.classes)
        self._keeps_selection = keep_selection
        self._drawn_from = self._drawn_from if self._kind == YOURS else self._kind
        try:
            session.change(text, replace(experiment, data=data))
        except InputError as error:
            session.refused.emit(str(error))
        self._keeps_selection = False

    # edits without a tool

    def delete(self) -> None:
        """Take out what is selected."""
        self._session.settle()
        if len(self._selection) and self.can_draw:
            text = tr("Delete {n} point|Delete {n} points", "", len(self._selection))
            self.commit(text, drawing.delete(self.table, self._selection))

    def jitter(self) -> None:
        """Shake what is selected, or all of it."""
        self._session.settle()
        if not self.can_draw or not len(self.table):
            return
        chosen = self._selection if len(self._selection) else np.arange(len(self.table))
        # in units of the canvas, so that it is as much to the eye across as upwards
        units = self.table.with_points(in_units(self.table.inputs, self.plane), self.table.targets)
        moved = drawing.jitter(units, chosen, self.generator, amount=JITTER).inputs
        inputs = np.where(moved == units.inputs, self.table.inputs, from_units(moved, self.plane))
        shaken = self.table.with_points(inputs, self.table.targets)
        text = tr("Jitter {n} point|Jitter {n} points", "", len(chosen))
        self.commit(text, shaken, keep_selection=True)

    def clear(self) -> None:
        """Take out every point."""
        self._session.settle()
        if self.can_draw and len(self.table):
            self.commit(tr("Clear"), drawing.clear(self.table))

    def select_all(self) -> None:
        """Select every point, with a tool that can use it."""
        if self.can_draw:
            if not isinstance(self.tool, Select):
                self.set_tool(self.tools[3])
            self.select(np.arange(len(self.table)))

    @property
    def can_cancel(self) -> bool:
        """Whether there is anything to leave."""
        return self._busy or len(self._selection) > 0

    def cancel(self) -> None:
        """Leave an edit under way undone; without one, select nothing."""
        if self._busy:
            self._busy = False
            self.tool.cancel(self)
        elif len(self._selection):
            self.select(NOTHING)

    def show_data(self, prepared: PreparedData) -> None:
        """Other points: what was under way can't be finished on them; of another data set the first class is drawn.

        Where there are none, there is nothing to erase or to select: the pencil is taken.
        """
        if self._busy:
            self._busy = False
            self.tool.cancel(self)
        self.select(self._selection if self._keeps_selection else NOTHING)
        self._keep_class(prepared)
        if self.can_draw and not len(prepared.table) and isinstance(self.tool, Eraser | Select):
            self.set_tool(self.tools[0])
        self._show_circle()

    # the pointer, and the keyboard in its place

    def press(self, place: Place, *, second: bool, adding: bool = False, choosing: bool = False) -> None:
        """The tool begins at a place, or the sample that is there is chosen: `choosing` whatever the tool.

        To choose a sample is no change: it leaves what is pending, and a walk through a step, as they are.
        """
        self._clicked = None if second or adding else place
        if choosing or (self.tool.chooses == "instead" and self._clicked and self.choice.row_at(place) is not None):
            self.choice.click(place)
        elif not self.can_draw:
            if not self.choice.click(place):
                self._session.message.emit(self.why_not)
        else:
            if self.tool.chooses != "also" or self._session.walk.walk is None:
                self._session.settle()
            self._busy = True
            self._guarded(lambda: self.tool.press(self, Press(place, second, adding)))

    def release(self, place: Place) -> None:
        """The tool ends there."""
        if self._busy:
            self._busy = False
            self._guarded(lambda: self.tool.release(self, place))
            if place == self._clicked and self.tool.chooses == "also":
                self.choice.click(place)

    def point(self, place: Place | None) -> None:
        """The pointer is there, or away."""
        self._place = place
        self._show_cursor()
        if self._busy and place is not None:
            self._guarded(lambda: self.tool.move(self, place))
        self._show_circle()

    @Slot(object, object, object)
    def _on_pressed(self, place: Place, button: Qt.MouseButton, modifiers: Qt.KeyboardModifier) -> None:
        if button in (Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton):
            second, keys = button == Qt.MouseButton.RightButton, Qt.KeyboardModifier
            choosing = bool(modifiers & keys.ControlModifier) and not second
            self.press(place, second=second, adding=bool(modifiers & keys.ShiftModifier), choosing=choosing)

    @Slot(object)
    def _on_moved(self, place: Place | None) -> None:
        self.point(place)

    @Slot(object)
    def _on_released(self, place: Place) -> None:
        self.release(place)

    def _keep_class(self, prepared: PreparedData) -> None:
        """Drawing into a set, and undoing that, leaves the chosen class; another set begins with the first."""
        before, self._kind = self._kind, prepared.spec.kind
        if self._kind == before or (self._kind == YOURS and before == self._drawn_from):
            return
        undone = before == YOURS and self._kind == self._drawn_from
        if not undone or self.chosen >= max(prepared.table.classes, 2):
            self._drawn_from = ""
            self.chosen = 0
            self.chosen_changed.emit(0)

    def _guarded(self, edit: Callable[[], None]) -> None:
        """Do it; what can't be (a seventh class, too many points) is told, and leaves everything as it was."""
        try:
            edit()
        except InputError as error:
            self._busy = False
            self.tool.cancel(self)
            self._session.refused.emit(str(error))

    def _show_cursor(self) -> None:
        """A hand where a click chooses."""
        chooses = not self._busy and (self.tool.chooses or not self.can_draw)
        over = chooses and self._place is not None and self.choice.row_at(self._place) is not None
        cursor = Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.CrossCursor
        if self._view.viewport().cursor().shape() != cursor:
            self._view.viewport().setCursor(cursor)

    def _show_circle(self) -> None:
        circle = None
        if self._place is not None and self.tool.radius and self.can_draw:
            unit = self._view.canvas_rect().size() / 12.0
            radius = self.tool.radius
            circle = (self._view.to_pixels(self._place), radius * unit.width(), radius * unit.height())
        if circle != self._view.overlay.circle:
            self._view.overlay.circle = circle
            self._view.update_overlay()
