"""The card of futures: curves of the coming epochs, boundaries at their end, and the one that is pointed at."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QWidget

from nnplay.gui.guard import Guarded
from nnplay.gui.paint.picture import Picture
from nnplay.gui.theme.scale import px, px_size
from nnplay.gui.theme.style import set_role
from nnplay.gui.theme.theme import Theme
from nnplay.gui.widgets.beside import beside
from nnplay.gui.window.fan.curves import Curves
from nnplay.gui.window.fan.painter import FanPainter
from nnplay.gui.window.fan.places import HEIGHT, WIDTH, Places
from nnplay.texts import tr
from nnplay.training.futures import Futures

_GAP, _RIM = 8, 8
"""Pixels at the factor 1, beside the control and at the window's border."""
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Down: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: 1}
_ENDS = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: -1}
_TAKE = {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}
_KEYS = {*_STEPS, *_ENDS, *_TAKE, Qt.Key.Key_Escape}


class FanView(Guarded, QFrame):
    """A card over the window.

    Parameters
    ----------
    curves
        Of the futures.
    names
        How each value is written.
    held
        Whether it stays only as long as the pointer holds its control; else keys and clicks choose.

    Signals
    -------
    taken(k)
        Go on with this value.
    left()
        Take none.
    chosen_changed()
        Another value is pointed at.

    Attributes
    ----------
    chosen
        The value that is pointed at.
    """

    taken = Signal(int)
    left = Signal()
    chosen_changed = Signal()

    def __init__(
        self, window: QWidget, theme: Theme, futures: Futures, curves: Curves, names: Sequence[str], *, held: bool
    ) -> None:
        super().__init__(window)
        self._window = window
        self._futures, self._curves, self._names, self._held = futures, curves, names, held
        self.chosen = futures.alternatives.present
        self.pictures: list[Picture] = []
        self.large: Picture | None = None
        self._painter = FanPainter(theme, futures, curves, names, held=held)
        self._places = Places.of(QSize(1, 1), len(names))
        set_role(self, "popup")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAccessibleName(tr("See ahead: {number}", number=futures.alternatives.option.label))
        self._tell()

    @property
    def places(self) -> Places:
        """Where everything stands."""
        return self._places

    def open_beside(self, control: QRect) -> None:
        """Appear beside a part of the window, and take the keyboard."""
        window, rim = self._window, px(_RIM)
        size = px_size(WIDTH, HEIGHT)
        self.resize(min(size.width(), window.width() - 2 * rim), size.height())
        self.move(beside(self.size(), window.rect().adjusted(rim, rim, -rim, -rim), [control], px(_GAP)))
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.PopupFocusReason)

    def show_pictures(self, pictures: list[Picture]) -> None:
        """The boundaries as they are by now."""
        self.pictures = pictures
        self.update()

    def show_large(self, picture: Picture) -> None:
        """The boundary of the value that is pointed at."""
        self.large = picture
        self.update()

    def choose(self, k: int) -> None:
        """Point at a value."""
        if k != self.chosen:
            self.chosen = k
            self._tell()
            self.update()
            self.chosen_changed.emit()

    def point_at(self, on_screen: QPoint) -> None:
        """Point at what lies there; elsewhere at the value that holds."""
        future = self.future_at(QPointF(self.mapFromGlobal(on_screen)))
        self.choose(self._futures.alternatives.present if future is None else future)

    def let_go(self, on_screen: QPoint) -> None:
        """Take what lies there, or none."""
        future = self.future_at(QPointF(self.mapFromGlobal(on_screen)))
        if future is None:
            self.left.emit()
        else:
            self.taken.emit(future)

    def future_at(self, place: QPointF) -> int | None:
        """The future whose boundary or curve lies there."""
        if self._places.plot.contains(place):
            return self._curves.nearest(place, self._places.plot)
        return self._places.column_at(place)

    # ---- what Qt calls

    def paintEvent(self, event: QPaintEvent) -> None:
        """Called by Qt."""
        super().paintEvent(event)
        painter = QPainter(self)
        self._painter.paint(painter, self._places, self.pictures, self.large, self.chosen)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Called by Qt."""
        super().resizeEvent(event)
        self._places = Places.of(event.size(), len(self._names))

    def event(self, event: QEvent) -> bool:
        """Called by Qt; the keys of the card are no shortcuts of the window."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and event.key() in _KEYS:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows choose, Enter takes, Escape takes none."""
        key, last = Qt.Key(event.key()), len(self._names) - 1
        if key in _STEPS:
            self.choose(min(max(self.chosen + _STEPS[key], 0), last))
        elif key in _ENDS:
            self.choose(_ENDS[key] % (last + 1))
        elif key in _TAKE:
            self.taken.emit(self.chosen)
        elif key == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """What lies under the pointer is pointed at."""
        future = self.future_at(event.position())
        if future is not None:
            self.choose(future)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click takes what lies there."""
        future = self.future_at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and future is not None:
            self.taken.emit(future)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The person went elsewhere."""
        super().focusOutEvent(event)
        self.left.emit()

    def _tell(self) -> None:
        self.setAccessibleDescription(self._names[self.chosen])
