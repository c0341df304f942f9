"""What can be done with the edits of a run: go there, change, move or remove one."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu, QWidget

from nnplay.gui.panels.timeline.contents import StripMark
from nnplay.gui.panels.timeline.edit_dialogs import open_epoch_dialog, open_value_dialog
from nnplay.gui.session.past import PastEdit, changed, edits_of, moved, removed
from nnplay.gui.session.session import Session
from nnplay.gui.widgets.number_format import count_text
from nnplay.gui.widgets.plain_text import menu_text
from nnplay.texts import one_line, tr
from nnplay.training.record import RunEdit, UnitEdit


class EditMenu:
    """Menus of edits, and what a person chooses in them.

    Parameters
    ----------
    session
        That of the run.
    parent
        Below its dialogs.
    """

    def __init__(self, session: Session, parent: QWidget) -> None:
        self._session, self._parent = session, parent

    def open(self, mark: StripMark, place: QPoint) -> None:
        """Open the menu of a mark; of several edits each has its own there."""
        menu = QMenu(self._parent)
        self._fill_edits(menu, mark.edits)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(place)

    def fill(self, menu: QMenu) -> None:
        """All edits of the run, with when they were made; there are none where nothing is in it."""
        menu.clear()
        for edit in edits_of(self._session.timeline.record.current):
            epoch = count_text(int(edit.epochs))
            text = tr("{epoch}: {edit}", epoch=epoch, edit=one_line(edit.words))
            self._fill(menu.addMenu(menu_text(text)), edit)
        menu.setEnabled(not menu.isEmpty())

    def drop(self, mark: StripMark, epochs: float) -> None:
        """The edits of a mark were dragged to another epoch."""
        record = self._session.timeline.record
        self._move(mark.edits, record.current.step_near(epochs, record.step))

    def _fill_edits(self, menu: QMenu, edits: Sequence[PastEdit]) -> None:
        if len(edits) == 1:
            self._fill(menu, edits[0])
            return
        for edit in edits:
            self._fill(menu.addMenu(menu_text(one_line(edit.words))), edit)
        menu.addSeparator()
        menu.addAction(tr("Move All to Epoch…"), partial(self._ask_epoch, edits))

    def _fill(self, menu: QMenu, edit: PastEdit) -> None:
        timeline, opposite = self._session.timeline, edit.switched()
        menu.addAction(tr("Go There"), partial(timeline.look_at, edit.entry.step))
        menu.addSeparator()
        if opposite is not None:
            menu.addAction(_switch_text(opposite), partial(self._change, edit, opposite))
        elif edit.can_be_changed:
            menu.addAction(tr("Change…"), partial(self._ask_value, edit))
        menu.addAction(tr("Move to Epoch…"), partial(self._ask_epoch, [edit]))
        menu.addAction(tr("Remove"), partial(self._remove, edit))

    def _ask_value(self, edit: PastEdit) -> None:
        dtype = self._session.trainer.network.parameters.dtype
        open_value_dialog(edit, dtype, self._parent, lambda value: self._change(edit, edit.with_value(value)))

    def _ask_epoch(self, edits: Sequence[PastEdit]) -> None:
        record = self._session.timeline.record
        last = int(record.current.epochs_at(record.step))

        def move(epoch: object) -> None:
            assert isinstance(epoch, int)
            self._move(edits, record.step_of(epoch))

        open_epoch_dialog(edits, last, self._parent, move)

    def _change(self, edit: PastEdit, new: RunEdit) -> None:
        self._session.requests.past.emit(changed(edit, new))

    def _move(self, edits: Sequence[PastEdit], step: int) -> None:
        if step != edits[0].entry.step:
            self._session.requests.past.emit(moved(edits, step))

    def _remove(self, edit: PastEdit) -> None:
        self._session.requests.past.emit(removed(edit))


def _switch_text(edit: RunEdit) -> str:
    on = edit.enabled if isinstance(edit, UnitEdit) else any(getattr(edit, "values", {}).values())
    return tr("Switch On Instead") if on else tr("Switch Off Instead")
