"""At scales of a screen that are no whole numbers all stands on whole pixels of the device."""

import json
import os
import subprocess
import sys

import pytest

SCRIPT = """
import json, os, sys
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QApplication, QWidget
from nnplay.gui.panels.network.panel import NetworkPanel
from nnplay.gui.session.session import Session
from nnplay.gui.theme.theme import Theme
from nnplay.training.experiment import Experiment

def look():
    application = QApplication(sys.argv[:1])
    window = QWidget()
    session = Session(Experiment(), Theme("light"))
    panel = NetworkPanel(session, window)
    panel.setGeometry(13, 7, 501, 403)
    window.resize(540, 430)
    window.show()
    session.refresh()
    while not panel._of_units:
        application.processEvents()
    placed = []
    paint = type(panel.canvas.painter)._paint_units
    def watch(self, painter, units, look, pixel):
        device = painter.deviceTransform()
        placed.append([device.m11(), device.m22(), device.dx() % 1, device.dy() % 1])
        paint(self, painter, units, look, pixel)
    type(panel.canvas.painter)._paint_units = watch
    image = window.grab().toImage()
    type(panel.canvas.painter)._paint_units = paint
    ratio = image.devicePixelRatio()
    background = session.theme.palette.panel
    canvas = QRect(*(round(each * ratio) for each in (13, 7, 501, 403)))
    rim = [
        image.pixelColor(canvas.x() + 2 + x, canvas.y() + y).name() for x in range(canvas.width() - 4) for y in (1, 2)
    ]
    units = panel.canvas.painter._placement._held[1]
    sides = [[unit.rectangle.width(), unit.rectangle.height(), unit.frame.width()] for unit in units]
    pixels = [panel.canvas.unit_pixels, panel.canvas.input_pixels]
    frames = []
    for unit in units:
        place = unit.rectangle
        middle = place.center().x()
        frames.append([image.pixelColor(middle, y).name() for y in (place.top() - 1, place.bottom() + 1)])
    print(json.dumps([ratio, placed, sides, pixels, sorted(set(rim)), background.lower(), frames]), flush=True)
    session.close()
    window.deleteLater()
    return application

for factor in sys.argv[1:]:
    os.environ["QT_SCALE_FACTOR"] = factor  # which Qt reads when an application is made
    look().shutdown()
"""
FACTORS = ("1", "1.25", "1.45", "1.5", "1.75", "2")


def test_units_stand_on_whole_pixels_and_nothing_is_left_at_the_border() -> None:
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-c", SCRIPT, *FACTORS]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    for factor, line in zip(FACTORS, done.stdout.splitlines(), strict=True):
        assert_whole(float(factor), *json.loads(line))


def assert_whole(
    factor: float,
    ratio: float,
    placed: list[list[float]],
    sides: list[list[float]],
    pixels: list[float],
    rim: list[str],
    background: str,
    frames: list[list[str]],
) -> None:
    assert ratio == pytest.approx(factor)
    for m11, m22, dx, dy in placed:
        assert (m11, m22) == (pytest.approx(1.0), pytest.approx(1.0))
        assert min(dx, 1 - dx) == pytest.approx(0.0, abs=1e-6)
        assert min(dy, 1 - dy) == pytest.approx(0.0, abs=1e-6)
    assert placed
    assert all(width == height == frame for width, height, frame in sides)
    assert {width for width, _, _ in sides} == set(pixels)
    assert rim == [background]
    for above, below in frames:
        assert (above, below) == (background, background), "nothing of a unit is beyond its own pixels"
