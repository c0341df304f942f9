"""A digit that is drawn, or a test digit that is clicked, is the sample that the network shows."""

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from nnplay.gui.panels.output.digits.class_bars import ClassBars
from nnplay.gui.panels.output.digits.picture_list import SAMPLE
from nnplay.gui.panels.output.digits.view import DigitsPanel
from nnplay.gui.theme.theme import Theme
from nnplay.gui.window.main_window import MainWindow
from nnplay.training.experiment import Experiment
from tests.gui.panels.output.digits.test_view import circle, draw, some_digits

WindowMaker = Callable[[Experiment], MainWindow]
LEFT = Qt.MouseButton.LeftButton
PATIENCE = 60_000


@pytest.fixture
def window(make_window: WindowMaker) -> MainWindow:
    return make_window(some_digits())


def digits_of(window: MainWindow) -> DigitsPanel:
    digits: DigitsPanel = window.panel("output").digits
    return digits


def place_of(digits: DigitsPanel, row: int) -> QPoint:
    """The middle of an item, in pixels of what is scrolled."""
    pictures = digits.browser.list
    place: QRect = pictures.visualItemRect(pictures.item(row))
    return place.center()


def look_at_the_tests(qtbot: QtBot, window: MainWindow) -> DigitsPanel:
    digits = digits_of(window)
    digits.tabs.tabBar().setCurrentIndex(1)
    qtbot.waitUntil(lambda: digits.browser.list.count() > 5, timeout=PATIENCE)
    return digits


def test_what_is_drawn_is_the_sample_until_it_is_cleared(qtbot: QtBot, window: MainWindow):
    digits, selection = digits_of(window), window.session.selection
    qtbot.waitUntil(digits.isVisible)
    draw(qtbot, window, circle())
    assert selection.sample is not None
    assert len(selection.sample) == 784
    assert max(selection.sample) > 0.5
    qtbot.mouseClick(digits.clear, LEFT)
    assert selection.sample is None


def test_a_test_digit_that_is_clicked_is_the_sample_until_escape(qtbot: QtBot, window: MainWindow):
    digits, selection = look_at_the_tests(qtbot, window), window.session.selection
    pictures = digits.browser.list
    asked = digits.browser.answer.text()
    qtbot.mouseClick(pictures.viewport(), LEFT, pos=place_of(digits, 2))
    sample = pictures.item(2).data(SAMPLE)
    assert pictures.sample == sample
    np.testing.assert_array_equal(selection.sample, window.session.prepared.table.inputs[sample])
    qtbot.waitUntil(lambda: digits.browser.answer.text().startswith("Is "), timeout=PATIENCE)
    assert "%" in digits.browser.answer.text()
    pictures.setFocus()
    qtbot.keyClick(pictures, Qt.Key.Key_Escape)
    assert selection.sample is None
    assert digits.browser.answer.text() == asked


def test_another_click_or_one_beside_all_pictures_leaves_it(qtbot: QtBot, window: MainWindow):
    digits, selection = look_at_the_tests(qtbot, window), window.session.selection
    pictures = digits.browser.list
    with qtbot.waitSignal(window.session.message) as told:
        qtbot.mouseClick(pictures.viewport(), LEFT, pos=place_of(digits, 1))
    sample = pictures.item(1).data(SAMPLE)
    assert told.args == [f"Sample {sample + 1:,} of 400, for testing; Escape lets go of it"]
    assert selection.chosen_sample is not None
    qtbot.mouseClick(pictures.viewport(), LEFT, pos=place_of(digits, 1))
    assert selection.chosen_sample is None
    qtbot.mouseClick(pictures.viewport(), LEFT, pos=place_of(digits, 1))
    qtbot.mouseClick(pictures.viewport(), LEFT, pos=QPoint(pictures.viewport().width() - 1, 2))
    assert selection.chosen_sample is None


def test_the_clicked_digit_is_ringed_wherever_it_stands(qtbot: QtBot, window: MainWindow):
    digits = look_at_the_tests(qtbot, window)
    pictures = digits.browser.list
    qtbot.mouseClick(pictures.viewport(), LEFT, pos=place_of(digits, 1))
    ink = QColor(window.session.theme.palette.text)

    def ringed() -> list[int]:
        rows = range(pictures.count())
        images: list[QImage] = [pictures.item(row).icon().pixmap(54, 54).toImage() for row in rows]
        edges = [image.pixelColor(image.width() // 2, 1) for image in images]
        return [pictures.item(row).data(SAMPLE) for row in rows if edges[row] == ink]

    qtbot.waitUntil(lambda: ringed() == [pictures.sample], timeout=PATIENCE)
    qtbot.keyClick(window, Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: window.session.trainer.epoch == 1 and not window.session.running, timeout=PATIENCE)
    qtbot.waitUntil(lambda: len(ringed()) <= 1, timeout=PATIENCE)


def test_each_tab_has_its_own_sample(qtbot: QtBot, window: MainWindow):
    selection = window.session.selection
    qtbot.waitUntil(digits_of(window).isVisible)
    draw(qtbot, window, circle())
    drawn = selection.sample
    digits = look_at_the_tests(qtbot, window)
    assert selection.sample is None
    digits.tabs.tabBar().setCurrentIndex(0)
    assert selection.sample == drawn


def test_other_data_have_no_digit(qtbot: QtBot, window: MainWindow):
    digits = look_at_the_tests(qtbot, window)
    qtbot.mouseClick(digits.browser.list.viewport(), LEFT, pos=place_of(digits, 0))
    qtbot.mouseClick(window.panel("data").gallery.button("circles"), LEFT)
    assert window.session.selection.sample is None
    assert digits.browser.list.sample is None


def test_a_class_of_nothing_has_no_stub(qtbot: QtBot, theme: Theme):
    bars = ClassBars(theme)
    qtbot.addWidget(bars)
    bars.resize(300, 60)
    bars.show_classes(("a", "b"))
    bars.show_shares(np.array([1.0, 0.0004]))
    bars.show()
    picture = bars.grab().toImage()
    line = QColor(theme.palette.line).rgb()
    filled = {picture.pixel(x, y) for x in range(30, 200) for y in range(30, 60)}
    assert line in filled
    assert QColor(theme.palette.focus).rgb() not in filled
    bars.show_shares(np.array([0.9, 0.1]))
    assert QColor(theme.palette.focus).rgb() in {
        bars.grab().toImage().pixel(x, y) for x in range(30, 200) for y in range(30, 60)
    }
