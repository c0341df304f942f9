"""A plot over the epochs, into which a person looks more closely: by wheel, drag and keys; a double click fits."""

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPen, QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget

from nnplay.gui.paint.epoch_axis import EpochAxis
from nnplay.gui.paint.plot_view import PlotView
from nnplay.gui.theme.scale import scaled
from nnplay.gui.theme.theme import Theme
from nnplay.texts import mark, tr

NOTCH = 1.25
"""Times as near for a notch of the wheel, or for a key."""
STEP = 0.2
"""The share of what is seen, by which a key or a notch of the wheel moves along."""
WHEEL_NOTCH = 120

_ZOOM = {Qt.Key.Key_PageUp: 1 / NOTCH, Qt.Key.Key_PageDown: NOTCH}
_PAN = {Qt.Key.Key_Left: -STEP, Qt.Key.Key_Right: STEP}
_PANS_WITH = Qt.KeyboardModifier.ShiftModifier

KEYS = (
    (mark("PgUp, PgDn"), mark("Zoom the epochs")),
    (mark("Left, Right"), mark("Move along the epochs, where they are zoomed")),
    (mark("Home"), mark("All epochs in sight, the newest too")),
)
"""(keys, what they do), marked for `tr`, for the list of shortcuts."""


class ZoomableView(PlotView):
    """What a person does to the axis of epochs; how it is drawn is up to the class.

    A drag selects the epochs to be seen, with Shift or the middle button it moves along them.

    Signals
    -------
    zoom_changed
        Another part of the epochs is seen.

    Attributes
    ----------
    epochs
        The axis.
    on_paper
        Whether a figure is painted, on which nothing has the keyboard.
    """

    zoom_changed = Signal()

    def __init__(self, theme: Theme, left: int, bottom: int, *, top: int, right: int, parent: QWidget | None) -> None:
        super().__init__(theme, left, bottom, top=top, right=right, grid=True, parent=parent)
        self.epochs = EpochAxis()
        self.on_paper = False
        self._pressed: QPointF | None = None
        self._dragged_to: QPointF | None = None
        self._pans = False
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleDescription(
            tr("Drag over epochs or turn the wheel to zoom, double click to see all; PgUp, PgDn and Home do so too")
        )

    def show_epochs(self) -> None:
        """Draw the part of the epochs that is to be seen now."""
        raise NotImplementedError

    def zoom(self, factor: float, about: float | None = None) -> None:
        """See `factor` times as much, the epoch `about` where it is: the middle one where None."""
        middle = sum(self.epochs.ends) / 2
        self.epochs.zoom(factor, self.epochs.epoch_at(middle) if about is None else about)
        self._tell()

    def fit(self) -> None:
        """See all epochs, also those that are still to come."""
        self.epochs.fit()
        self._tell()

    def selected(self) -> tuple[float, float] | None:
        """From which to which pixel a drag selects the epochs; None while none does."""
        if self._pressed is None or self._dragged_to is None or self._pans:
            return None
        canvas = self.view_box.sceneBoundingRect()
        x = [min(max(point.x(), canvas.left()), canvas.right()) for point in (self._pressed, self._dragged_to)]
        return min(x), max(x)

    def epoch_at(self, point: QPointF) -> float:
        """The epoch at a place of the view."""
        return self.epochs.epoch_at(float(self.view_box.mapSceneToView(point).x()))

    def _tell(self) -> None:
        self.show_epochs()
        self.zoom_changed.emit()

    def _pan(self, share: float) -> None:
        self.epochs.pan(share)
        self._tell()

    def drawForeground(self, painter: QPainter, _rect: QRectF) -> None:
        """Called by Qt; round the curves stands the keyboard's frame."""
        if self.hasFocus() and not self.on_paper:
            painter.setPen(QPen(QColor(self._theme.palette.focus), scaled(2)))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.view_box.sceneBoundingRect())

    # ---- what a person does

    def event(self, event: QEvent) -> bool:
        """Called by Qt; the keys that zoom are kept from the window's shortcuts, the arrows only where they move."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._uses(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Called by Qt."""
        key = Qt.Key(event.key())
        if not self._uses(event):
            event.ignore()
        elif key in _ZOOM:
            self.zoom(_ZOOM[key])
        elif key in _PAN:
            self._pan(_PAN[key])
        else:
            self.fit()

    def _uses(self, event: QKeyEvent) -> bool:
        plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier == Qt.KeyboardModifier.NoModifier
        keys = {*_ZOOM, Qt.Key.Key_Home, *(_PAN if self.epochs.zoomed else ())}
        return plain and event.key() in keys

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Called by Qt."""
        across, along = event.angleDelta().x() / WHEEL_NOTCH, event.angleDelta().y() / WHEEL_NOTCH
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
            return
        if event.modifiers() & _PANS_WITH or abs(across) > abs(along):
            self._pan(-STEP * (across or along))
        elif along:
            self.zoom(NOTCH**-along, self.epoch_at(event.position()))
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Called by Qt."""
        button = event.button()
        if button not in (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton):
            event.ignore()
            return
        if self.view_box.sceneBoundingRect().contains(event.position()):
            self._pressed, self._dragged_to = event.position(), None
            self._pans = button == Qt.MouseButton.MiddleButton or bool(event.modifiers() & _PANS_WITH)
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Called by Qt."""
        event.accept()
        if self._pressed is None:
            return
        far = (event.position() - self._pressed).manhattanLength() >= QApplication.startDragDistance()
        if self._dragged_to is None and not far:
            return
        if self._pans:
            moved = event.position().x() - (self._dragged_to or self._pressed).x()
            self._pan(-moved / max(self.view_box.width(), 1.0))
        self._dragged_to = event.position()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Called by Qt."""
        event.accept()
        selected = self.selected()
        self._pressed = self._dragged_to = None
        if selected is not None:
            low, high = (self.epoch_at(QPointF(x, 0.0)) for x in selected)
            self.epochs.select(low, high)
            self._tell()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Called by Qt."""
        event.accept()
        self.fit()
