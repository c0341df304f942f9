"""The strip: the loss of the run as its ground, marks, named places, other branches, and the moment that is seen."""

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QEvent, QPoint, QPointF, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QContextMenuEvent, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractSlider, QToolTip, QWidget

from nnplay.gui.guard import Guarded
from nnplay.gui.panels.timeline.contents import StripCurve, StripMark, StripSpot, end_for
from nnplay.gui.panels.timeline.curves import ghost_at, paint_ghosts, paint_ground
from nnplay.gui.panels.timeline.geometry import Geometry
from nnplay.gui.panels.timeline.handle import paint_coming, paint_empty, paint_handle, paint_pointer
from nnplay.gui.panels.timeline.mark_hand import MarkHand
from nnplay.gui.panels.timeline.marks import marks_at, paint_marks
from nnplay.gui.panels.timeline.spots import paint_spots, spot_at
from nnplay.gui.theme.palette import Palette
from nnplay.gui.theme.scale import px_size
from nnplay.gui.theme.theme import Theme
from nnplay.gui.widgets.number_format import count_text, figure_text
from nnplay.gui.widgets.plain_text import tip_text
from nnplay.texts import tr

KEYS = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
"""Those that move in the run while the strip has the keyboard."""
EMPTY = StripCurve(None, np.zeros(0), np.zeros(0))


class Strip(Guarded, QAbstractSlider):
    """Draws the record, and is dragged and clicked in; to a screen reader it is a slider of epochs.

    Signals
    -------
    epochs_wanted
        To see the moment after so many epochs, a part of one included.
    spot_wanted
        The StripSpot that was clicked.
    branch_wanted
        The Branch whose end was clicked.
    menu_wanted
        The menu of the strip, at a place of the screen.
    key_wanted
        One of `KEYS` was pressed.

    Attributes
    ----------
    hand
        The pointer on the marks.
    """

    epochs_wanted = Signal(float)
    spot_wanted = Signal(object)
    branch_wanted = Signal(object)
    menu_wanted = Signal(QPoint)
    key_wanted = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._curve, self._ghosts = EMPTY, list[StripCurve]()
        self.hand = MarkHand(self, lambda: self.where, lambda x: round(self.where.epochs_at(x, self._last)))
        self._spots: Sequence[StripSpot] = ()
        self._now = self._last = 0.0
        self._coming: tuple[float, float] | None = None
        self._pointer: float | None = None
        self._told = 0
        self._dragged: float | None = None
        self._due = QTimer(self, interval=0, singleShot=True)  # of several moves of the pointer the last one counts
        self._due.timeout.connect(self._on_due)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keys to the window
        self.valueChanged.connect(self._on_value_changed)
        self.setCursor(Qt.CursorShape.SizeHorCursor)
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """Called by Qt."""
        return px_size(400, 48)

    def show_record(self, ghosts: list[StripCurve], marks: Sequence[StripMark]) -> None:
        """Other branches and edits; the named places are to be found anew."""
        self._ghosts, self._spots = ghosts, ()
        self.hand.show_marks(marks)
        self.update()

    def show_spots(self, spots: Sequence[StripSpot]) -> None:
        """The named places."""
        self._spots = spots
        self.update()

    @property
    def spots(self) -> Sequence[StripSpot]:
        """The named places that are drawn."""
        return self._spots

    def show_run(self, curve: StripCurve, now: float, last: float) -> None:
        """The curve of the run, the moment that is seen and where the run is at its end."""
        self._curve, self._now, self._last = curve, now, last
        self._tell()
        self.update()

    def show_now(self, now: float) -> None:
        """Another moment that is seen."""
        self._now = now
        self._tell()
        self.update()

    def show_coming(self, epochs: float | None, share: float) -> None:
        """A moment that is wanted, and how much is computed of the way to it; None where there is none."""
        coming = None if epochs is None else (epochs, share)
        if coming != self._coming:
            self._coming = coming
            self.update()

    def _tell(self) -> None:
        """Let a screen reader have it; nothing that is said here is what a person wants."""
        self._told = int(self._now)
        self.setRange(0, int(self._last))
        self.setValue(self._told)

    # ---- where things are

    @property
    def end(self) -> float:
        """The epoch at the right end."""
        ends = [curve.epochs[-1] for curve in (self._curve, *self._ghosts) if len(curve.epochs)]
        return end_for(max([self._last, *ends]))

    @property
    def where(self) -> Geometry:
        """Where things are now."""
        tops = (float(each.losses.max()) for each in (self._curve, *self._ghosts) if len(each.losses))
        return Geometry(self.width(), self.height(), self.end, max(tops, default=1.0))

    # ---- painting

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Called by Qt."""
        painter, where, palette = QPainter(self), self.where, self._theme.palette
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._last == 0.0 and not self._ghosts:
            paint_empty(painter, where, palette, tr("Train, and every moment of the run can be seen again from here"))
        else:
            self._paint_run(painter, where, palette)
        paint_handle(painter, where, palette, self._now, focused=self.hasFocus())
        if self._pointer is not None and self._last and self.hand.look.pointed is None:
            paint_pointer(painter, where, palette, self._pointer, self.figures_at(self._pointer))
        painter.end()

    def _paint_run(self, painter: QPainter, where: Geometry, palette: Palette) -> None:
        paint_ground(painter, where, palette, self._curve, self._now)
        paint_ghosts(painter, where, palette, self._ghosts)
        paint_marks(painter, where, palette, self.hand.marks, self.hand.look)
        paint_spots(painter, where, palette, self._spots)
        if self._coming is not None:
            paint_coming(painter, where, palette, *self._coming)

    # ---- the pointer

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Called by Qt: a named place, the end of another branch, or any moment."""
        if event.button() is not Qt.MouseButton.LeftButton:
            super().mousePressEvent(event)
            return
        place, where = event.position(), self.where
        spot, ghost = spot_at(place, where, self._spots), ghost_at(place, where, self._ghosts)
        if ghost is not None:
            self.branch_wanted.emit(ghost.branch)
        elif self.hand.press(place):
            self.setFocus(Qt.FocusReason.MouseFocusReason)  # Escape lets it go
        elif spot is not None:
            self.spot_wanted.emit(spot)
        else:
            self._drag_to(place.x())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Called by Qt."""
        self._point_at(event.position().x())
        if event.buttons() & Qt.MouseButton.LeftButton and self._dragged is not None:
            self._drag_to(event.position().x())
        else:
            self.hand.move(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Called by Qt."""
        if self.hand.holds:
            self.hand.release(event.position())
        if self._due.isActive():
            self._due.stop()
            self._on_due()
        self._dragged = None

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Called by Qt: the menu of a mark, or by the key, or elsewhere, that of all edits."""
        mark = self.hand.at(QPointF(event.pos()))
        if mark is not None and event.reason() is QContextMenuEvent.Reason.Mouse:
            self.hand.clicked.emit(mark, event.globalPos())
        else:
            self.menu_wanted.emit(event.globalPos())

    def event(self, event: QEvent) -> bool:
        """Called by Qt; what is pointed at says what it is."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), tip_text(self.words_at(QPointF(event.pos()))), self)
            return True
        return super().event(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Called by Qt."""
        super().leaveEvent(event)
        if not self.hand.holds:
            self.hand.let_go()
        self._point_at(None)

    def figures_at(self, x: float) -> str:
        """The epoch at a place, and its loss."""
        epochs, curve = self.where.epochs_at(x, self._last), self._curve
        epoch = count_text(int(epochs))
        if not len(curve.epochs):
            return tr("epoch {epoch}", epoch=epoch)
        loss = figure_text(float(curve.losses[max(int(np.searchsorted(curve.epochs, epochs, "right")) - 1, 0)]))
        if curve.of_test:
            return tr("epoch {epoch} · test loss {loss}", epoch=epoch, loss=loss)
        return tr("epoch {epoch} · loss {loss}", epoch=epoch, loss=loss)

    def _point_at(self, x: float | None) -> None:
        where = self.where
        self._pointer = None if x is None else min(max(x, where.x_of(0.0)), where.x_of(self._last))
        self.update()

    # ---- the keyboard

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Called by Qt."""
        if event.key() in KEYS and event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        ):
            self.key_wanted.emit(event.key())
        elif event.key() == Qt.Key.Key_Escape and self.hand.holds:
            self.hand.let_go()
        else:
            event.ignore()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Called by Qt: the wheel scrolls what is around, and moves nothing here."""
        event.ignore()

    @Slot(int)
    def _on_value_changed(self, value: int) -> None:
        """By a screen reader."""
        if value != self._told:
            self.epochs_wanted.emit(float(value))

    # ---- what is there

    def words_at(self, place: QPointF) -> str:
        """What stands there."""
        where = self.where
        ghost, spot = ghost_at(place, where, self._ghosts), spot_at(place, where, self._spots)
        if ghost is not None:
            return tr("{branch}: click to return to its end", branch=ghost.name)
        if spot is not None:
            return spot.tip
        mark = self.hand.at(place)
        if mark is not None:
            return "\n".join([mark.words, tr("Drag it to another epoch; a click changes or removes it")])
        near = marks_at(place, where, self.hand.marks)
        return "\n".join(mark.words for mark in near) or ("" if self._last else self.toolTip())

    def _drag_to(self, x: float) -> None:
        self._dragged = self.where.epochs_at(x, self._last)
        self._due.start()

    @Slot()
    def _on_due(self) -> None:
        if self._dragged is not None:
            self.epochs_wanted.emit(self._dragged)
