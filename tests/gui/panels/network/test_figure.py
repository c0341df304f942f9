"""The network on paper: no controls, but what they say, and the key."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QImage, QPainter
from pytestqt.qtbot import QtBot

from nnplay.gui.panels.network.figure import layer_words
from nnplay.gui.panels.network.panel import NetworkPanel
from nnplay.gui.theme.palette import LIGHT
from tests.gui.panels.network.network_hands import PanelMaker


def painted(panel: NetworkPanel) -> QImage:
    figure = panel.figure()
    image = QImage(figure.size.toSize() + QSize(20, 10), QImage.Format.Format_RGB32)
    image.fill(QColor(LIGHT.panel))
    painter = QPainter(image)
    painter.translate(20, 10)
    figure.paint(painter)
    painter.end()
    return image.copy(20, 10, panel.canvas.width(), panel.canvas.height())


def test_buttons_and_chips_are_left_out_and_the_drawing_is_the_same(make_panel: PanelMaker, qtbot: QtBot) -> None:
    panel = make_panel()
    qtbot.waitUntil(lambda: bool(panel._of_units))
    seen, paper = panel.canvas.grab().toImage(), painted(panel)
    fewer = panel.under.footers[0].controls.fewer
    button = fewer.rect().translated(fewer.mapTo(panel.canvas, fewer.rect().topLeft())).adjusted(2, 2, -2, -2)
    assert not [1 for x in range(button.width()) if paper.copy(button).pixelColor(x, 9) != QColor(LIGHT.panel)]
    chip = panel.under.chips.geometry()
    assert paper.copy(chip.adjusted(0, 0, -40, 0)) != seen.copy(chip.adjusted(0, 0, -40, 0))
    for unit in panel.canvas.layout_.units():
        x, y, width, height = map(round, panel.canvas.layout_.box(unit))
        inside = (x + 12, y + 4, width - 16, height - 16)
        assert paper.copy(*inside) == seen.copy(*inside)
    foot = (0, panel.canvas.height() - panel.canvas.foot, panel.canvas.width(), panel.canvas.foot)
    assert paper.copy(*foot) == seen.copy(*foot)


def test_words_stand_for_the_controls(make_panel: PanelMaker) -> None:
    panel = make_panel()
    words = [layer_words(panel._shape, column) for column in range(4)]
    assert words == [["2 features"], ["4 units", "tanh"], ["3 units", "ReLU"], ["1 output"]]
