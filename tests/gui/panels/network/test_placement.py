"""Where units stand: at whole pixels, equally large in a column, on any display and at any zoom."""

import numpy as np
import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QImage, QPainter, QTransform
from pytestqt.qtbot import QtBot

from nnplay.gui.paint.picture import Picture
from nnplay.gui.panels.network.canvas import NetworkCanvas
from nnplay.gui.panels.network.layout import Room, Unit, lay_out
from nnplay.gui.panels.network.painter import Look, NetworkPainter
from nnplay.gui.panels.network.placement import bias_level, placement, unit_side
from nnplay.gui.panels.network.unit_frames import BIAS_LEVELS
from nnplay.gui.theme.palette import LIGHT
from nnplay.gui.theme.theme import Theme

LAYOUT = lay_out([2, 5, 3, 1], Room(513, 401, 54))
pytestmark = pytest.mark.usefixtures("qapp")


@pytest.mark.parametrize("zoom", [0.7, 1.0, 2.3])
def test_the_units_of_a_column_are_equally_large_and_where_the_layout_has_them(zoom: float):
    view = QTransform.fromScale(zoom, zoom).translate(3.3, 7.7)
    for placed in placement(LAYOUT, view, 1.0, LIGHT):
        side = unit_side(LAYOUT, placed.unit.column, zoom)
        assert placed.rectangle.size() == QSize(side, side)
        x, y = view.map(*LAYOUT.box(placed.unit).centre)
        assert abs(placed.rectangle.x() + side / 2 - x) <= 0.5
        assert abs(placed.rectangle.y() + side / 2 - y) <= 0.5


@pytest.mark.parametrize("ratio", [1.0, 1.25, 1.45, 1.5, 1.75, 2.0])
def test_a_picture_of_the_right_size_is_drawn_pixel_for_pixel(ratio: float):
    painter = NetworkPainter(Theme("light", styled=False))
    painter.set_layout(LAYOUT)
    image = QImage(round(513 * ratio), round(401 * ratio), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    to_device = QTransform.fromScale(ratio, ratio)
    placed = next(placed for placed in placement(LAYOUT, to_device, ratio, LIGHT) if placed.unit == Unit(2, 1))
    side = placed.rectangle.width()
    noise = np.random.default_rng(0).integers(0, 2**24, (side, side), dtype=np.uint32) | 0xFF000000
    painter.show_pictures({placed.unit: Picture(noise)})
    brush = QPainter(image)
    painter.paint(brush, Look(), QSize(513, 401))
    brush.end()
    middle = side // 2
    for column in range(middle - 5, middle + 5):
        drawn = image.pixelColor(placed.rectangle.x() + column, placed.rectangle.y() + middle)
        assert drawn == QColor.fromRgb(int(noise[middle, column]))


@pytest.mark.parametrize("ratio", [1.0, 1.25, 1.5, 2.0])
def test_pictures_are_made_as_large_as_they_are_drawn(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, ratio: float):
    canvas = NetworkCanvas(Theme("light", styled=False))
    qtbot.addWidget(canvas)
    canvas.set_layout(LAYOUT, [], [])
    monkeypatch.setattr(canvas, "devicePixelRatioF", lambda: ratio)
    assert canvas.unit_pixels == round(LAYOUT.side * ratio)


def test_bias_levels_tell_size_and_sign():
    assert bias_level(0.0, 1.0) == 0
    assert bias_level(1e-9, 1.0) == 1
    assert bias_level(-1e-9, 1.0) == -1
    assert bias_level(2.0, 1.0) == BIAS_LEVELS + 1
    assert bias_level(-0.5, 1.0) == -(BIAS_LEVELS // 2 + 1)
    assert bias_level(float("nan"), 1.0) == BIAS_LEVELS + 1
