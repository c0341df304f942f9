"""The frames of an animation: a thread asks for them, and the window's thread paints one at a time."""

import queue
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QObject, QSize, QSizeF, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QImage

from nnplay.gui.files.animation.views import AnimatedView, UnseenViews, fit
from nnplay.gui.files.export import picture_of
from nnplay.gui.paint.figure import Caption, Figure
from nnplay.gui.session.session import Session
from nnplay.texts import tr
from nnplay.training.moment import Moment
from nnplay.training.record import Branch, MomentReader

POLL = 0.05
"""Seconds after which a thread that waits for a picture looks whether it is still wanted."""


@dataclass(frozen=True)
class FrameLook:
    """How frames look.

    Attributes
    ----------
    width
        Pixels.
    captioned
        Whether the epoch stands on each.
    """

    width: int
    captioned: bool


Ends = tuple[tuple[int, Moment], tuple[int, Moment]]
"""(step, moment) of the first and of the last frame."""


@dataclass(frozen=True)
class _Wanted:
    """One frame, and where it is waited for."""

    step: int
    moment: Moment
    look: FrameLook
    answer: "queue.SimpleQueue[QImage | Exception]" = field(default_factory=queue.SimpleQueue)


class FramePainter(QObject):
    """Paints moments of a branch as frames of one size.

    Parameters
    ----------
    session
        That of the window.
    sources
        One view, or several that stand beside each other.
    ends
        The first and the last frame: the axes are those of the last one, and all frames have room for both.
    """

    _wanted = Signal(object)

    def __init__(
        self,
        session: Session,
        sources: Sequence[AnimatedView],
        ends: Ends,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._branch: Branch = session.timeline.record.current
        (first, at_first), (last, at_last) = ends
        self._last = last
        self._views = UnseenViews(session, sources, last, at_last)
        self._wholes = {captioned: QSizeF() for captioned in (False, True)}
        for step, moment in ((first, at_first), (last, at_last)):
            self.show(step, moment)
            for captioned, whole in self._wholes.items():
                self._wholes[captioned] = whole.expandedTo(self._figure(step, captioned=captioned).size)
        self._wanted.connect(self._on_wanted, Qt.ConnectionType.QueuedConnection)

    # in the window's thread

    def size(self, look: FrameLook) -> QSize:
        """Pixels of a frame."""
        size = self._wholes[look.captioned].toSize()
        return size * (look.width / max(size.width(), 1))

    def show(self, step: int, moment: Moment) -> None:
        """Show a moment, which `picture` paints then."""
        self._views.show(step, moment)

    def picture(self, step: int, look: FrameLook) -> QImage:
        """The frame of the moment that is shown, after so many steps."""
        whole, shown = self._wholes[look.captioned], self._figure(step, captioned=look.captioned)
        figure = Figure("", whole, lambda painter: fit(painter, shown, whole))
        return picture_of(figure, self._views.background, look.width / max(whole.toSize().width(), 1))

    def close(self) -> None:
        """Let go of the views."""
        self._views.close()

    # in a thread

    def frames(
        self, reader: MomentReader, steps: Sequence[int], look: FrameLook, check: Callable[[int], None]
    ) -> Iterator[QImage]:
        """The frames after so many steps each, of which one is painted at a time.

        Parameters
        ----------
        check
            Told how many are done; raises where no more are wanted.
        """
        for done, step in enumerate(steps):
            check(done)
            wanted = _Wanted(step, reader.moment_at(step), look)
            check(done)  # that may have taken a while
            self._wanted.emit(wanted)
            while True:
                try:
                    answer = wanted.answer.get(timeout=POLL)
                    break
                except queue.Empty:
                    check(done)
            if isinstance(answer, Exception):
                raise answer
            yield answer

    @Slot(object)
    def _on_wanted(self, wanted: _Wanted) -> None:
        """Show it, and paint it when all is laid out and others had their turn."""
        self._attempt(wanted, lambda: self.show(wanted.step, wanted.moment))
        QTimer.singleShot(0, self, lambda: self._attempt(wanted, lambda: self._answer(wanted)))

    def _answer(self, wanted: _Wanted) -> None:
        wanted.answer.put(self.picture(wanted.step, wanted.look))

    def _attempt(self, wanted: _Wanted, action: Callable[[], None]) -> None:
        if self._views.closed:
            return
        try:
            action()
        except Exception as error:  # noqa: BLE001 - raised where the picture is waited for
            wanted.answer.put(error)

    def _figure(self, step: int, *, captioned: bool) -> Figure:
        if not captioned:
            return self._views.figure(None)
        number, widest = (f"{self._branch.place_of(each)[0]:,}" for each in (step, self._last))
        widest = "".join("0" if sign.isdigit() else sign for sign in widest)
        return self._views.figure(Caption(tr("Epoch"), number, widest))
