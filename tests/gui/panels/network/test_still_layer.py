"""What seldom changes is painted once: now and then while frames follow each other, at once for a person."""

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QImage, QPainter, QTransform

from nnplay.gui.panels.network.still_layer import StillLayer

SIZE = QSize(20, 20)
pytestmark = pytest.mark.usefixtures("qapp")


class Drawing:
    """A layer whose colour can be changed, and what it looks like."""

    def __init__(self) -> None:
        self.layer = StillLayer()
        self.colour, self.look, self.version, self.times = "#FF0000", "", 0, 0

    def draw(self, painter: QPainter) -> None:
        self.times += 1
        painter.fillRect(0, 0, 20, 20, QColor(self.colour))

    def seen(self) -> str:
        image = QImage(SIZE, QImage.Format.Format_RGB32)
        painter = QPainter(image)
        self.layer.paint(painter, SIZE, "#FFFFFF", self.draw, self.look, self.version, QTransform())
        painter.end()
        return image.pixelColor(5, 5).name().upper()


@pytest.fixture
def drawing() -> Drawing:
    drawing = Drawing()
    assert drawing.seen() == "#FF0000"
    drawing.colour = "#0000FF"
    return drawing


def test_the_same_is_not_drawn_again(drawing: Drawing):
    assert drawing.seen() == "#FF0000"
    assert drawing.times == 1


def test_one_that_stands_still_is_drawn_as_it_is(drawing: Drawing):
    drawing.version += 1
    assert drawing.seen() == "#0000FF"


def test_a_running_one_may_show_the_last_picture_but_not_for_long(drawing: Drawing, monkeypatch: pytest.MonkeyPatch):
    drawing.layer.animated = True
    drawing.version += 1
    assert drawing.seen() == "#FF0000"
    monkeypatch.setattr("nnplay.gui.panels.network.still_layer.perf_counter", lambda: 1e9)
    assert drawing.seen() == "#0000FF"


def test_what_a_person_does_is_shown_at_once(drawing: Drawing):
    drawing.layer.animated = True
    drawing.look = "pointed at"
    assert drawing.seen() == "#0000FF"
