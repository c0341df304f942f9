"""What an axis shows: the name of an input below or beside it, which opens a list of the others."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFocusEvent, QFontMetricsF, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from nnplay.gui.theme.fonts import label_font
from nnplay.gui.theme.scale import px, scaled
from nnplay.gui.theme.style import set_role
from nnplay.gui.theme.theme import Theme
from nnplay.gui.widgets.choice_box import FlatCombo
from nnplay.gui.widgets.plain_text import set_tip
from nnplay.texts import tr

HEIGHT = 18
SIZE = 12
ARROW = 12.0
"""Pixels beside the name for the arrow that says that there is a choice."""


class AxisName(FlatCombo):
    """A choice that looks like the name of an axis; its list is filled when somebody opens it.

    Parameters
    ----------
    name
        What is chosen; the accessible name begins with it.
    upwards
        Whether it stands beside a vertical axis, and is read from below.

    Attributes
    ----------
    on_paper
        Whether it is painted into a figure, where nothing opens.
    """

    on_paper = False

    def __init__(self, theme: Theme, name: str, *, upwards: bool, parent: QWidget | None = None) -> None:
        super().__init__(name, parent=parent)
        set_role(self, "axis")
        self._theme, self._name, self._upwards = theme, name, upwards
        self._text, self._unit, self._chosen = "", "", 0
        self._entries: tuple[str, ...] = ()
        self._shown: tuple[str, str, tuple[str, ...], int] | None = None
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        theme.changed.connect(self.update)

    @property
    def text(self) -> str:
        """What it says, with the power of ten that the axis is in."""
        return tr("{name} {unit}", name=self._text, unit=self._unit) if self._unit else self._text

    def show_name(self, text: str, tip: str, entries: tuple[str, ...] = (), chosen: int = 0) -> None:
        """Show a name; `entries`, the `chosen` of which is shown, are what can be chosen instead."""
        if (text, tip, entries, chosen) == self._shown:
            return  # its list may be open
        self._shown = (text, tip, entries, chosen)
        self._text, self._entries, self._chosen = text, entries, chosen
        self.blockSignals(True)
        self.clear()
        self.blockSignals(False)
        self.setEnabled(len(entries) > 1)
        if self.hasFocus():
            self._fill()
        set_tip(self, tip)
        self.setAccessibleDescription(tip)
        self._tell()

    def show_unit(self, unit: str) -> None:
        """The power of ten that the figures of the axis are in."""
        if unit != self._unit:
            self._unit = unit
            self._tell()

    def fit(self, length: int) -> QSize:
        """Take the room that the name needs beside an axis of this length, and give it."""
        metrics = QFontMetricsF(label_font(SIZE))
        wanted = min(round(metrics.horizontalAdvance(self.text) + scaled(2 * ARROW + 8)), length)
        size = QSize(px(HEIGHT), wanted) if self._upwards else QSize(wanted, px(HEIGHT))
        self.setFixedSize(size)
        return size

    def showPopup(self) -> None:
        """Called by Qt."""
        self._fill()
        super().showPopup()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Called by Qt; keys go through the list without opening it."""
        self._fill()
        super().focusInEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Called by Qt."""
        painter, palette = QPainter(self), self._theme.palette
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = QRectF(self.rect())
        if not self.on_paper and (self.hasFocus() or (self.underMouse() and self.isEnabled())):
            painter.setPen(QPen(QColor(palette.focus), scaled(2)) if self.hasFocus() else Qt.PenStyle.NoPen)
            painter.setBrush(Qt.BrushStyle.NoBrush if self.hasFocus() else QColor(palette.hover))
            painter.drawRoundedRect(whole.adjusted(1, 1, -1, -1), scaled(5), scaled(5))
        if self._upwards:
            painter.translate(0, self.height())
            painter.rotate(-90)
            whole = QRectF(0, 0, self.height(), self.width())
        self._write(painter, whole, palette.quiet)

    def _write(self, painter: QPainter, place: QRectF, colour: str) -> None:
        metrics = QFontMetricsF(label_font(SIZE))
        arrow = scaled(ARROW) if self.isEnabled() and not self.on_paper else 0.0
        text = metrics.elidedText(self.text, Qt.TextElideMode.ElideMiddle, max(place.width() - scaled(8) - arrow, 0))
        width = metrics.horizontalAdvance(text)
        left = place.left() + (place.width() - width - arrow) / 2
        painter.setFont(label_font(SIZE))
        painter.setPen(QColor(colour))
        painter.drawText(QRectF(left, 0, width + 2, place.height()), Qt.AlignmentFlag.AlignVCenter, text)
        if arrow:
            middle = QPointF(left + width + scaled(8), place.height() / 2 + 1)
            corners = [middle + QPointF(x, y) * scaled(1) for x, y in ((-3.0, -2.0), (0.0, 1.5), (3.0, -2.0))]
            painter.setPen(QPen(QColor(colour), scaled(1.3)))
            painter.drawPolyline(QPolygonF(corners))

    def _fill(self) -> None:
        if not self.count() and len(self._entries) > 1:
            self.blockSignals(True)
            self.addItems(list(self._entries))
            self.setCurrentIndex(self._chosen)
            self.blockSignals(False)

    def _tell(self) -> None:
        self.setAccessibleName(tr("{axis}: {name}", axis=self._name, name=self.text))
        self.update()
