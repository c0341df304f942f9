"""The drawing with what the network answers, or the test pictures, as a figure for a worksheet."""

from PySide6.QtCore import QSizeF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from nnplay.gui.paint.figure import Figure, paint_widget
from nnplay.gui.panels.output.digits.browser import DigitBrowser
from nnplay.gui.panels.output.digits.pad import DrawingPad
from nnplay.gui.theme.palette import Palette
from nnplay.gui.theme.scale import px
from nnplay.texts import tr

GAP = 16


def drawing_figure(pad: DrawingPad, beside: QWidget, palette: Palette) -> Figure:
    """The pad, and beside it the bars, or the value that is predicted."""
    area = pad.area()
    left, height = area.width() + px(GAP), max(area.height(), beside.height())

    def paint(painter: QPainter) -> None:
        painter.save()
        painter.translate(-area.left(), (height - area.height()) / 2 - area.top())
        pad.paint(painter, palette.line)
        painter.restore()
        painter.save()
        painter.translate(left, (height - beside.height()) / 2)
        paint_widget(painter, beside)
        painter.restore()

    return Figure(tr("What the network answers for a drawing"), QSizeF(left + beside.width(), height), paint)


def pictures_figure(browser: DigitBrowser) -> Figure:
    """The test pictures that are seen, without the frame around them."""
    seen = browser.list.viewport()
    return Figure(browser.summary.text(), QSizeF(seen.size()), lambda painter: paint_widget(painter, seen))
