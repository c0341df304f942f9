"""Lets a person see ahead: pauses the run, trains its futures between frames, and takes the one that is chosen.

What trains and draws them is imported when somebody looks: not at the start.
"""

from time import perf_counter
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QRect, QTimer, Slot
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from nnplay.errors import NnplayError
from nnplay.gui.session.ahead import number_at
from nnplay.gui.session.edit_words import value_text
from nnplay.gui.session.session import Session
from nnplay.gui.widgets.focus_back import give_back
from nnplay.gui.widgets.hold import Hold
from nnplay.nn.engines import KernelAwaitedError
from nnplay.texts import tr
from nnplay.training.awaiting import awaits_kernel
from nnplay.training.options import OPTIONS

if TYPE_CHECKING:
    from nnplay.gui.window.fan.view import FanView
    from nnplay.training.futures import Futures

RATE = "training.learning_rate"
"""What is seen ahead of where no number has the keyboard."""

BITE = 0.012
"""Seconds for which the futures are trained at once: between two frames."""
FRAME, PICTURES = 0.033, 0.15
"""Seconds from one drawing of the curves, and of the boundaries, to the next."""
FIGURES = 6
"""Significant figures of a value."""
RESOLUTION, LARGE_RESOLUTION = 28, 64
"""Points along a side of each boundary, and of the one that is pointed at."""


class SeeAhead(QObject):
    """Meets the requests to see ahead.

    The run pauses between two steps meanwhile, and goes on as it did; nothing of it is changed before one is taken.

    Parameters
    ----------
    rate
        The control of the learning rate, where no number has the keyboard.

    Attributes
    ----------
    view, futures
        The card, and what it shows; None where there is none.
    """

    def __init__(self, session: Session, window: QMainWindow, rate: QWidget) -> None:
        super().__init__(window)
        self._session, self._window, self._rate = session, window, rate
        self.view: FanView | None = None
        self.futures: Futures | None = None
        self._hold: Hold | None = None
        self._return_to: QWidget | None = None
        self._goes_on = False
        self._drawn = self._pictured = 0.0
        self._bites = QTimer(self, interval=0)
        self._bites.timeout.connect(self._on_bite)
        self._resuming = QTimer(self, interval=0, singleShot=True)
        self._resuming.timeout.connect(self._resume)
        session.requests.ahead.connect(self._on_wanted)
        for signal in (session.experiment_changed, session.state_changed, session.timeline.changed):
            signal.connect(self.leave)
        session.undo_stack.settling.connect(self.leave)
        session.theme.changed.connect(self.leave)

    @Slot()
    def leave(self) -> None:
        """Close, and take none; whoever made it close, such as Train, comes first."""
        if self.view is not None:
            self._close()
            self._resuming.start()

    @Slot(int)
    def take(self, k: int) -> None:
        """Close, and go on with this value, as any edit."""
        if self.futures is None:
            return
        values = self.futures.alternatives
        self._close()
        if k != values.present:
            value = value_text(values.option, values.values[k], FIGURES)
            text = tr("{option} {value}", option=values.option.label, value=value)
            self._session.change(text, values.option.put(self._session.settle(), values.values[k]))
        self._resume()

    @Slot(str, object)
    def _on_wanted(self, path: str, hold: Hold | None) -> None:
        session = self._session
        found = number_at(QApplication.focusWidget() if hold is None else hold.control)
        control = self._rate if found is None else found[1]
        path = path or (RATE if found is None else found[0])
        self.leave()
        session.settle()
        self._goes_on = session.timeline.halt() or self._goes_on
        self._resuming.stop()
        try:
            futures = self._futures_of(path)
        except NnplayError as error:
            session.refused.emit(str(error))
            self._resume()
        else:
            self._open(futures, control, hold)

    def _futures_of(self, path: str) -> "Futures":
        from nnplay.training.futures import Futures, has_futures

        trainer = self._session.trainer
        if awaits_kernel(trainer):
            raise KernelAwaitedError
        if has_futures(path, trainer.experiment) and trainer.can_train:
            futures = Futures(trainer, path)
            if len(futures.alternatives) > 1:
                return futures
        raise NnplayError(tr("This run can't go on with another value of {number}", number=OPTIONS[path].label))

    def _open(self, futures: "Futures", control: QWidget, hold: Hold | None) -> None:
        from nnplay.gui.window.fan.curves import Curves
        from nnplay.gui.window.fan.view import FanView

        session, values = self._session, futures.alternatives
        names = [value_text(values.option, value, FIGURES) for value in values.values]
        curves = Curves(futures, session.trainer.history.rows())
        self._return_to = QApplication.focusWidget()
        self.futures, self._hold = futures, hold
        self.view = FanView(self._window, session.theme, futures, curves, names, held=hold is not None)
        self.view.taken.connect(self.take)
        self.view.left.connect(self.leave)
        if hold is not None:
            hold.moved.connect(self._on_moved)
            hold.let_go.connect(self._on_let_go)
        self.view.chosen_changed.connect(self._show_large)
        anchor = control if control.isVisible() else self._window.menuBar()
        about = self._place_of(anchor)
        self.view.open_beside(about if hold is None else about.united(self._place_of(hold.widget)))
        self._drawn = self._pictured = 0.0
        self._bites.start()

    @Slot()
    def _on_bite(self) -> None:
        """Train a little further, and draw what there is by now."""
        futures, view = self.futures, self.view
        if futures is None or view is None:
            return
        futures.go_on(BITE)
        now = perf_counter()
        if futures.is_complete:
            self._bites.stop()
        if futures.is_complete or now - self._pictured >= PICTURES:
            self._pictured = now
            self._show_pictures(futures, view)
        if futures.is_complete or now - self._drawn >= FRAME:
            self._drawn = now
            view.update()

    def _show_pictures(self, futures: "Futures", view: "FanView") -> None:
        from nnplay.gui.window.fan.maps import map_picture

        session, prepared = self._session, futures.alternatives.prepared
        maps = futures.maps(RESOLUTION, session.selection.slice)
        palette = session.theme.palette
        view.show_pictures([map_picture(each, data.table, palette) for each, data in zip(maps, prepared, strict=False)])
        self._show_large()

    @Slot()
    def _show_large(self) -> None:
        """The boundary of the future that is pointed at, finer than the others."""
        from nnplay.gui.window.fan.maps import map_picture

        futures, view, session = self.futures, self.view, self._session
        if futures is not None and view is not None and futures.has_plane:
            values = futures.map_of(view.chosen, LARGE_RESOLUTION, session.selection.slice)
            table = futures.alternatives.prepared[view.chosen].table
            view.show_large(map_picture(values, table, session.theme.palette))

    def _place_of(self, widget: QWidget) -> QRect:
        return QRect(widget.mapTo(self._window, QPoint(0, 0)), widget.size())

    @Slot(QPoint)
    def _on_moved(self, place: QPoint) -> None:
        if self.view is not None:
            self.view.point_at(place)

    @Slot(QPoint)
    def _on_let_go(self, place: QPoint) -> None:
        if self.view is not None:
            self.view.let_go(place)

    def _close(self) -> None:
        view, hold, back = self.view, self._hold, self._return_to
        self.view = self.futures = self._hold = self._return_to = None
        self._bites.stop()
        if hold is not None:
            hold.moved.disconnect(self._on_moved)
            hold.let_go.disconnect(self._on_let_go)
        if view is None:
            return
        had_keyboard = view.hasFocus()  # else the person has gone elsewhere
        view.hide()
        view.deleteLater()
        if had_keyboard:
            give_back(back)

    @Slot()
    def _resume(self) -> None:
        goes_on, self._goes_on = self._goes_on, False
        if goes_on and not self._session.running and self._window.isVisible():  # it may have been closed
            self._session.toggle_training()
