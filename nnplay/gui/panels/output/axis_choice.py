"""What the axes of the canvas show, and how a person chooses other inputs for them."""

from PySide6.QtCore import QObject, Slot

from nnplay.gui.panels.output.axis_name import AxisName
from nnplay.gui.panels.output.colour_key import output_name, target_name
from nnplay.gui.panels.output.plane_view import PlaneView
from nnplay.gui.panels.output.shown import input_title
from nnplay.gui.session.session import Session
from nnplay.texts import tr
from nnplay.training.edits import with_plane_inputs
from nnplay.training.prepared import PreparedData


class AxisChoice(QObject):
    """Names the axes of a view, and changes the inputs that span the plane, as one step that can be undone."""

    def __init__(self, session: Session, view: PlaneView) -> None:
        super().__init__(view)
        self._session, self._view = session, view
        self._names: tuple[str, ...] = ()
        view.across.activated.connect(self._on_across)
        view.up.activated.connect(self._on_up)

    def show_data(self, prepared: PreparedData) -> None:
        """Offer the inputs of these data, and the answer for the axis upwards."""
        names = self._names = tuple(input_title(name, None) for name in prepared.table.input_names)
        across, up = prepared.spec.plane_inputs
        several = len(names) > 1
        self._show(self._view.across, names[across], names if several else (), across)
        if prepared.plane_is_line:
            self.show_answer("")
        else:
            self._show(self._view.up, names[up], (*names, tr("Answer, as a curve")), up)
        self._view.name_axes()

    def show_answer(self, caption: str) -> None:
        """On a strip the axis upwards is the answer, or what the `caption` names; on a plane it is an input."""
        prepared = self._session.prepared
        if not prepared.plane_is_line:
            return
        names = self._names
        entries = (*names, tr("Answer, as a curve")) if len(names) > 1 else ()
        self._show(self._view.up, caption or _answer_name(prepared), entries, len(names))
        self._view.name_axes()

    def _show(self, name: AxisName, text: str, entries: tuple[str, ...], chosen: int) -> None:
        tip = tr("{name}; choose another input for this axis", name=text) if entries else text
        name.show_name(text, tip, entries, chosen)

    @Slot(int)
    def _on_across(self, index: int) -> None:
        across, up = self._session.prepared.spec.plane_inputs
        if across == up:
            self._change(index, index)
        else:
            self._change(index, across if index == up else up)

    @Slot(int)
    def _on_up(self, index: int) -> None:
        across, up = self._session.prepared.spec.plane_inputs
        if index >= len(self._names):
            self._change(across, across)
        elif index == across and across != up:
            self._change(up, index)
        elif index != across:
            self._change(across, index)

    def _change(self, across: int, up: int) -> None:
        experiment = self._session.settle()
        if (across, up) == experiment.data.plane_inputs:
            return
        if across == up:
            text = tr("Axis {across}", across=self._names[across])
        else:
            text = tr("Axes {across} and {up}", across=self._names[across], up=self._names[up])
        self._session.change(text, with_plane_inputs(experiment, (across, up)))


def _answer_name(prepared: PreparedData) -> str:
    table = prepared.table
    if table.task == "regression":
        return target_name(prepared)
    return output_name(table, squared=False) if table.classes == 2 else tr("probability")
