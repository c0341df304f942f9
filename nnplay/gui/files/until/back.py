"""The page of Back Until…: looks for the last moment at which a condition came true, and goes there."""

from dataclasses import dataclass
from typing import cast

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from nnplay.errors import InputError
from nnplay.gui.files.file_thread import Progress
from nnplay.gui.files.tables.work_bar import WorkBar
from nnplay.gui.files.until.page import ConditionPage
from nnplay.gui.session.session import Session
from nnplay.gui.session.timeline import found_text
from nnplay.texts import tr
from nnplay.training.conditions import Condition, title_of
from nnplay.training.record import Branch, Found, Search
from nnplay.training.run_control import RunState

NAME = "back_until"


@dataclass(frozen=True)
class Sought:
    """What is looked for, from which moment of which branch; `again` where that is what was found last."""

    condition: Condition
    branch: Branch
    here: int
    again: bool = False


class BackPage(ConditionPage):
    """Goes back, and from there further back; a search that takes a while has a bar and Cancel."""

    _sought: Sought | None = None
    _found: Sought | None = None

    def __init__(self, session: Session, window: QWidget) -> None:
        tip = tr("See the last moment before this one at which the condition came true; again, the one before that")
        super().__init__(session, window, NAME, tr("Back Until"), tr("Go Back"), tip, stops=False)
        self.bar = WorkBar(tr("Looking through the run"), window)
        self.bar.done.connect(self._on_done)
        self.bar.failed.connect(self._on_failed)
        self.stop = self._button(tr("Cancel"), tr("Leave the search that is going on"), self._on_cancel)
        room = self.stop.sizePolicy()
        room.setRetainSizeWhenHidden(True)
        self.stop.setSizePolicy(room)
        self.stop.hide()
        self.foot.insertWidget(0, self.bar, 1)
        self.foot.insertWidget(1, self.stop)
        self.finished.connect(self._leave)
        session.state_changed.connect(self._on_state)
        session.timeline.changed.connect(self._on_moved)

    def use(self) -> None:
        """Look for it in the run as it was before the moment that is seen; a run that goes on pauses."""
        self.form.commit()
        if self.problem:
            return
        timeline, condition = self._session.timeline, self.condition
        here = timeline.rest()
        branch = timeline.record.current
        again = self._found == Sought(condition, branch, here)
        try:
            search = Search(timeline.record, condition)
        except InputError as error:
            self._on_failed(error)
            return
        self.remember()

        def work(progress: Progress) -> Found | None:
            def goes_on(done: int, of: int) -> bool:
                progress(done, of)
                return True

            return search.before(here, goes_on, again=again)

        self._sought = Sought(condition, branch, here, again)
        self.say(tr("Looking…"))
        self.go.setEnabled(False)
        self.stop.show()
        self.bar.begin(work)

    def _allow(self, usable: bool) -> None:
        super()._allow(usable and self._sought is None)

    def _rest(self) -> None:
        self._sought = None
        self.stop.hide()
        self._allow(not self.problem)

    @Slot(object)
    def _on_done(self, result: object) -> None:
        found, sought = cast("Found | None", result), self._sought
        self._rest()
        if sought is None:
            return
        sentence = _sentence(found, sought)
        self.say(tr("{sentence}.", sentence=sentence))
        if found is None:
            self._session.message.emit(sentence)
        else:
            self._found = Sought(sought.condition, sought.branch, found.step)
            self._session.timeline.look_at(found.step, sentence)

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        self._rest()
        if isinstance(error, InputError):
            self._on_refused(str(error))
        else:
            self.say(tr("Something went wrong inside nnplay."))
            self._session.failed.emit(error)

    @Slot()
    def _on_cancel(self) -> None:
        self._end(tr("The search was left"))

    @Slot(object)
    def _on_state(self, state: RunState) -> None:
        if state is RunState.RUNNING:
            self._end(tr("The search was left, since the run goes on"))

    @Slot()
    def _on_moved(self) -> None:
        self._end(tr("The search was left, since another moment is seen"))

    @Slot()
    def _leave(self) -> None:
        self._end("")

    def _end(self, sentence: str) -> None:
        if self._sought is not None:
            self.bar.stop()
            self._rest()
            self.say(tr("{sentence}.", sentence=sentence) if sentence else "")


def _sentence(found: Found | None, sought: Sought) -> str:
    """What there is to say of what was found."""
    title = title_of(sought.condition)
    if found is None and sought.again:
        return tr("{condition}: nowhere before this", condition=title)
    if found is None:
        return tr("{condition}: nowhere in this run up to here", condition=title)
    text = found_text(title, *sought.branch.place_of(found.step), since=found.since)
    if found.step == sought.here:
        return tr("{found}, which is here; press again for what was before", found=text)
    return text
