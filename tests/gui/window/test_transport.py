"""The bar at the top: the speed on its slider, and room for all of it in the smallest window."""

from collections.abc import Callable
from itertools import pairwise

import msgspec
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from nnplay.experiments import read_document
from nnplay.gui.session.pace import TrainingPace
from nnplay.gui.window.bar_choices import PACES
from nnplay.gui.window.layout import SMALLEST_SIZE
from nnplay.gui.window.main_window import MainWindow
from nnplay.resources import resource_path
from nnplay.training.edits import with_data_set
from nnplay.training.experiment import Experiment

replace = msgspec.structs.replace
WindowMaker = Callable[[Experiment], MainWindow]
CIRCLES = read_document(resource_path("presets/circles.nnplay")).experiment
PATIENCE = 30_000


def test_the_slider_slows_a_run_while_it_is_dragged(qtbot: QtBot, make_window: WindowMaker):
    window = make_window(CIRCLES)
    pace, control = window.transport.pace, window.session._run
    assert pace.figure.text() == "max"
    qtbot.keyClick(window, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: window.session.trainer.epoch > 5, timeout=PATIENCE)
    slider = pace.slider
    qtbot.mousePress(slider, Qt.MouseButton.LeftButton, pos=QPoint(slider.width() - 6, slider.height() // 2))
    place = QPoint(slider.width() // 3, slider.height() // 2)
    qtbot.mouseMove(slider, place)
    assert pace.figure.text() == "1 / s"
    assert control.pace == TrainingPace(1.0)
    qtbot.mouseRelease(slider, Qt.MouseButton.LeftButton, pos=place)
    assert window.session.running
    assert window.session.undo_stack.count() == 0


def test_keys_move_the_speed_through_all_its_values(qtbot: QtBot, make_window: WindowMaker):
    window = make_window(CIRCLES)
    pace = window.transport.pace
    pace.slider.setFocus(Qt.FocusReason.TabFocusReason)
    seen = [window.session._run.pace]
    for _ in PACES[1:]:
        qtbot.keyClick(pace.slider, Qt.Key.Key_Left)
        seen.append(window.session._run.pace)
    assert seen == list(PACES[::-1])
    assert window.session.trainer.epoch == 0


def test_a_speed_stays_over_a_fresh_start(qtbot: QtBot, make_window: WindowMaker):
    window = make_window(CIRCLES)
    window.transport.pace.slider.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(window.transport.pace.slider, Qt.Key.Key_Left)
    qtbot.keyClick(window, Qt.Key.Key_R)
    assert window.session.pace == TrainingPace(1000.0)
    assert window.transport.pace.figure.text() == "1,000 / s"


def test_other_data_with_other_batches_move_no_figure(make_window: WindowMaker):
    window = make_window(CIRCLES)
    figure = window.transport.loss.train
    places = set()
    for size in (None, 1, 10):
        training = replace(window.session.experiment.training, batch_size=size)
        window.session.change(f"{size}", replace(window.session.experiment, training=training))
        QApplication.processEvents()
        places.add(figure.mapTo(window, QPoint()).x())
    assert len(places) == 1


def test_data_without_test_samples_move_neither_the_bar_nor_what_is_below(make_window: WindowMaker):
    window = make_window(CIRCLES)
    for width in (1100, 1280, 1366):
        window.resize(width, 768)
        places = set()
        for kind in ("circles", "xor"):
            window.session.change(kind, with_data_set(window.session.experiment, kind))
            QApplication.processEvents()
            bar = window.transport
            seen = (bar.epoch, bar.loss.train, bar.pace.slider, window.panel("network"))
            places.add(tuple(widget.mapTo(window, QPoint()).toTuple() for widget in seen))
        assert len(places) == 1, width


def test_nothing_overlaps_in_the_smallest_window(make_window: WindowMaker):
    window = make_window(CIRCLES)
    window.resize(*SMALLEST_SIZE)
    for rate in (0.00001, 0.123456):
        window.transport.rate.set_value(rate, f"{rate:g}")
        window.transport.layout().activate()
        assert window.minimumSizeHint().width() <= SMALLEST_SIZE[0]
        parts = sorted((each for each in window.transport.children() if isinstance(each, QWidget)), key=lambda w: w.x())
        in_row = [each for each in parts if each.isVisible() and each not in (window.transport.epoch,)]
        for left, right in pairwise(in_row):
            assert left.geometry().right() < right.x() or left.geometry().bottom() <= right.y(), (left, right)
        assert in_row[-1].geometry().right() <= window.transport.width()
