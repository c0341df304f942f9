"""The digits view as a person uses it: choose digits, train, draw one, see it recognised."""

from collections.abc import Callable
from pathlib import Path

import msgspec
import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, QSize, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QListWidgetItem
from pytestqt.qtbot import QtBot

from nnplay.data import Table
from nnplay.data.digit_pad import resample
from nnplay.data.digits import digit_table
from nnplay.data.table import Task
from nnplay.experiments import read_document
from nnplay.gui.panels.output.digits.browser import PICTURE, DigitBrowser
from nnplay.gui.panels.output.digits.class_bars import ClassBars
from nnplay.gui.panels.output.digits.view import DigitsPanel
from nnplay.gui.theme.theme import Theme
from nnplay.gui.widgets.number_format import amount_text
from nnplay.gui.window.main_window import MainWindow
from nnplay.resources import resource_path
from nnplay.training.edits import with_table
from nnplay.training.experiment import Experiment
from nnplay.training.probes.outputs import SampleOutputsProbe
from nnplay.training.run_control import RunState

WindowMaker = Callable[[Experiment], MainWindow]
LEFT = Qt.MouseButton.LeftButton
PATIENCE = 60_000


def some_digits() -> Experiment:
    """The preset on a part of its digits."""
    preset = read_document(resource_path("presets/digits.nnplay")).experiment
    return with_data(preset, samples=400)


def draw(qtbot: QtBot, window: MainWindow, way: list[tuple[float, float]]) -> None:
    """A stroke along places in 0…1 of the pad."""
    pad = window.panel("output").digits.pad
    side = min(pad.width(), pad.height())
    left, top = 0, (pad.height() - side) / 2
    places = [QPoint(round(left + x * side), round(top + y * side)) for x, y in way]
    qtbot.mousePress(pad, LEFT, pos=places[0])
    for place in places[1:]:
        qtbot.mouseMove(pad, place)
    qtbot.mouseRelease(pad, LEFT, pos=places[-1])


def circle() -> list[tuple[float, float]]:
    turn = np.linspace(0, 2 * np.pi, 40)
    return [(0.5 + 0.22 * np.sin(t), 0.5 - 0.32 * np.cos(t)) for t in turn]


def drawn(digits: DigitsPanel) -> np.ndarray | None:
    """What the network is asked about, (784,)."""
    samples = [np.array(probe.sample) for probe in digits.needs if isinstance(probe, SampleOutputsProbe)]
    return samples[0] if samples else None


def test_a_drawn_zero_is_recognised_after_training(qtbot: QtBot, make_window: WindowMaker):
    window = make_window(Experiment())
    window.files.new("digits")
    digits = window.panel("output").digits
    qtbot.waitUntil(digits.isVisible)
    while window.session.trainer.epoch < 5:
        done = window.session.trainer.epoch + 1
        qtbot.keyClick(window, Qt.Key.Key_Right)
        qtbot.waitUntil(
            lambda e=done: window.session.trainer.epoch == e and not window.session.running, timeout=PATIENCE
        )
    draw(qtbot, window, circle())
    qtbot.waitUntil(lambda: digits.bars.accessibleDescription().startswith("0: "))
    assert drawn(digits) is not None
    qtbot.mouseClick(digits.clear, LEFT)
    assert drawn(digits) is None
    assert not digits.pad.ink().any()


def test_what_is_drawn_is_centred_as_mnist_was(qtbot: QtBot, make_window: WindowMaker):
    window = make_window(some_digits())
    draw(qtbot, window, [(0.1, 0.1), (0.1, 0.4)])
    sample = drawn(window.panel("output").digits)
    assert sample is not None
    picture = sample.reshape(28, 28)
    rows, columns = np.nonzero(picture > 0.1)
    assert abs(rows.mean() - 13.5) < 1.5
    assert abs(columns.mean() - 13.5) < 1.5
    assert rows.max() - rows.min() <= 20


def test_going_back_to_the_plane_shows_the_boundary(qtbot: QtBot, make_window: WindowMaker, tmp_path: Path):
    window = make_window(some_digits())
    qtbot.waitUntil(window.panel("output").digits.isVisible)
    qtbot.mouseClick(window.panel("data").gallery.button("circles"), LEFT)
    qtbot.waitUntil(window.panel("output").view.isVisible)
    assert not window.panel("output").digits.isVisible()


def test_the_misclassified_test_digits_come_first(qtbot: QtBot, make_window: WindowMaker):
    window = make_window(some_digits())
    qtbot.keyClick(window, Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: window.session.trainer.epoch == 1 and not window.session.running, timeout=PATIENCE)
    digits = window.panel("output").digits
    bar = digits.tabs.tabBar()
    qtbot.mouseClick(bar, LEFT, pos=bar.tabRect(1).center())
    browser = digits.browser
    qtbot.waitUntil(lambda: browser.list.count() > 0)
    prepared, network = window.session.prepared, window.session.trainer.network
    predicted = network.forward(prepared.X_test).argmax(axis=1)
    misclassified = int((predicted != prepared.table.labels[prepared.test]).sum())
    assert browser.summary.text().startswith(f"{misclassified:,} of 80 test digits are misclassified")
    texts = [browser.list.item(row).text() for row in range(browser.list.count())]
    assert all("→" in text for text in texts[:misclassified])
    assert not any("→" in text for text in texts[misclassified:])


def test_misclassified_test_digits_are_ringed_and_say_their_classes(qtbot: QtBot, make_window: WindowMaker):
    window = make_window(some_digits())
    browser = browse(qtbot, window)
    first, last = browser.list.item(0), browser.list.item(browser.list.count() - 1)
    alarm = QColor(window.session.theme.palette.alarm)
    assert "→" in first.text()
    assert corner(first) == alarm
    assert "→" not in last.text() or corner(last) == alarm
    outputs = window.session.trainer.network.forward(window.session.prepared.X_test)
    truth = window.session.prepared.table.labels[window.session.prepared.test]
    row = int(np.argmax(outputs.argmax(axis=1) != truth))
    share = f"{100 * outputs[row].max():.0f} %"
    assert first.toolTip().startswith(f"Is {truth[row]}, classified as {outputs[row].argmax()} with {share}\n")
    assert first.data(Qt.ItemDataRole.AccessibleTextRole) == first.toolTip().splitlines()[0]
    assert len(first.toolTip().splitlines()) == 3, "the two next likeliest; none is named twice"


def test_test_digits_are_reached_by_keyboard_and_keep_it_while_they_change(qtbot: QtBot, make_window: WindowMaker):
    window = make_window(some_digits())
    browser = browse(qtbot, window)
    browser.list.setFocus()
    qtbot.keyClick(browser.list, Qt.Key.Key_Home)
    qtbot.keyClick(browser.list, Qt.Key.Key_Right)
    qtbot.keyClick(browser.list, Qt.Key.Key_Right)
    assert browser.list.currentRow() == 2
    assert window.session.trainer.epoch == 0  # the arrow went to the list, not to the run
    window.session.step_epoch()
    qtbot.waitUntil(lambda: window.session.trainer.epoch == 1 and not window.session.running, timeout=PATIENCE)
    qtbot.waitUntil(lambda: not browser.wants_outputs)
    assert browser.list.currentRow() == 2
    assert browser.list.hasFocus()


def test_the_bars_stay_until_the_newest_stroke_has_outputs(qtbot: QtBot, make_window: WindowMaker):
    window = make_window(some_digits())
    digits = window.panel("output").digits
    qtbot.waitUntil(digits.isVisible)
    draw(qtbot, window, circle())
    qtbot.waitUntil(lambda: digits.bars.accessibleDescription() != "")
    said, before = digits.bars.accessibleDescription(), window.session.look(digits.needs)
    draw(qtbot, window, [(0.1, 0.1), (0.9, 0.1)])
    digits.show_snapshot(before)
    assert digits.bars.accessibleDescription() == said
    qtbot.waitUntil(lambda: digits.bars.accessibleDescription() != said)


def test_where_all_digits_train_there_is_none_to_test_with_and_no_fault(qtbot: QtBot, make_window: WindowMaker):
    table = digit_table(100, 0.0, 0)
    window = make_window(with_table(Experiment(), table, (0, 1)))
    session, digits = window.session, window.panel("output").digits
    session.change("all of them train", with_data(session.experiment, train_share=1.0))
    qtbot.waitUntil(digits.isVisible)
    bar = digits.tabs.tabBar()
    qtbot.mouseClick(bar, LEFT, pos=bar.tabRect(1).center())
    qtbot.waitUntil(lambda: digits.browser.summary.text() == "All digits train: there is none to test with")
    session.step_epoch()
    qtbot.waitUntil(lambda: session.trainer.epoch == 1 and not session.running, timeout=PATIENCE)
    assert session.state is RunState.PAUSED


def test_pixels_from_0_to_255_are_drawn_and_shown_in_their_own_range(qtbot: QtBot, make_window: WindowMaker):
    table = digit_table(200, 0.0, 0)
    grey = Table(table.inputs * 255.0, table.targets, "classification", (), table.class_names, (28, 28))
    window = make_window(with_table(Experiment(), grey, (0, 1)))
    session, digits = window.session, window.panel("output").digits
    session.change("not standardised", with_data(session.experiment, standardize=False))
    qtbot.waitUntil(digits.isVisible)
    draw(qtbot, window, circle())
    sample = drawn(digits)
    assert sample is not None
    assert sample.max() == 255.0
    assert sample.min() == 0.0
    browser = browse(qtbot, window)
    levels = {
        QColor(icon_image(browser.list.item(0)).pixel(x, y)).lightness() for x in range(8, 46) for y in range(8, 46)
    }
    assert len(levels) > 10  # greys, and not ink alone


def test_two_classes_of_pictures_have_two_bars(qtbot: QtBot, make_window: WindowMaker):
    table = digit_table(200, 0.0, 0)
    pair = table.labels < 2
    two = Table(
        table.inputs[pair], table.targets[pair], "classification", table.input_names, ("nought", "one"), (28, 28)
    )
    window = make_window(with_table(Experiment(), two, (0, 1)))
    session, digits = window.session, window.panel("output").digits
    assert session.prepared.outputs == 1
    for done in range(1, 11):
        session.step_epoch()
        qtbot.waitUntil(lambda e=done: session.trainer.epoch == e and not session.running, timeout=PATIENCE)
    draw(qtbot, window, circle())
    qtbot.waitUntil(lambda: digits.bars.accessibleDescription().startswith("nought: "))
    browser = browse(qtbot, window)
    texts = [browser.list.item(row).text() for row in range(browser.list.count())]
    assert sum("→" in text for text in texts) < len(texts) / 4
    assert {text for text in texts if "→" not in text} == {"nought", "one"}


def test_784_measurements_that_are_no_pixels_have_a_plane_and_no_pad(qtbot: QtBot, make_window: WindowMaker):
    table = digit_table(50, 0.0, 0)
    measured = Table(table.inputs, table.targets, "classification", (), table.class_names)
    window = make_window(with_table(Experiment(), measured, (0, 1)))
    assert not window.panel("output").digits.isVisible()
    assert window.panel("output").view.isVisible()
    assert window.panel("network").actions_.shape.picture is None


def small_digits() -> Table:
    """Digits as scikit-learn has them: 8 × 8 with whole numbers from 0 to 16."""
    large = digit_table(400, 0.0, 0)
    small = [resample(pixels.reshape(28, 28)[3:25, 3:25], 8, 8).ravel() for pixels in large.inputs]
    return Table(np.round(16 * np.array(small)), large.targets, "classification", (), large.class_names, (8, 8))


def signs(task: Task = "classification") -> Table:
    """Lying and standing bars, 20 rows of 15 pixels from 0 to 255; their grey is a number to learn."""
    generator = np.random.default_rng(0)
    pictures, kind = np.zeros((120, 20, 15)), np.arange(120) % 2
    for picture, stands in zip(pictures, kind, strict=True):
        place, grey = generator.integers(2, 9), generator.integers(60, 256)
        picture[(slice(2, 18), slice(place, place + 3)) if stands else (slice(place, place + 4), slice(2, 13))] = grey
    inputs = pictures.reshape(120, -1)
    if task == "regression":
        return Table(inputs, inputs.max(axis=1) * 1000.0, "regression", (), (), (20, 15))
    return Table(inputs, kind.astype(float), "classification", (), ("lying", "standing"), (20, 15))


def train(qtbot: QtBot, window: MainWindow, epochs: int) -> None:
    for _ in range(epochs):
        done = window.session.trainer.epoch + 1
        window.session.step_epoch()
        qtbot.waitUntil(
            lambda e=done: window.session.trainer.epoch == e and not window.session.running, timeout=PATIENCE
        )


def test_digits_of_8_by_8_are_drawn_seen_and_recognised(qtbot: QtBot, make_window: WindowMaker):
    window = make_window(with_table(Experiment(), small_digits()))
    digits = window.panel("output").digits
    qtbot.waitUntil(digits.isVisible)
    assert digits.tabs.tabText(1) == "Test digits"
    train(qtbot, window, 20)
    draw(qtbot, window, circle())
    qtbot.waitUntil(lambda: digits.bars.accessibleDescription().startswith("0: "))
    sample = drawn(digits)
    assert sample is not None
    picture = sample.reshape(8, 8)
    prepared = window.session.prepared
    if prepared.standardizer is not None:
        picture = (sample * prepared.standardizer.standard_deviation + prepared.standardizer.mean).reshape(8, 8)
    assert picture.max() == pytest.approx(16.0)
    rows = np.flatnonzero((picture > 3).any(axis=1))
    assert rows[-1] - rows[0] >= 5  # as large as the others, which fill nearly all of it
    assert window.panel("network").actions_.shape.picture == (8, 8)
    browser = browse(qtbot, window)
    assert "test digits" in browser.summary.text()


def test_pictures_that_are_no_square_keep_their_proportions(qtbot: QtBot, make_window: WindowMaker):
    window = make_window(with_table(Experiment(), signs()))
    digits = window.panel("output").digits
    qtbot.waitUntil(digits.isVisible)
    assert digits.tabs.tabText(1) == "Test pictures"
    assert "digit" not in digits.caption.text() + digits.pad.toolTip()
    assert digits.pad.ink().shape == (280, 210)
    train(qtbot, window, 15)
    area = digits.pad.area()
    start, end = (area.topLeft() + QPointF(0.5 * area.width(), y * area.height()) for y in (0.1, 0.9))
    qtbot.mousePress(digits.pad, LEFT, pos=start.toPoint())
    qtbot.mouseMove(digits.pad, end.toPoint())
    qtbot.mouseRelease(digits.pad, LEFT, pos=end.toPoint())
    qtbot.waitUntil(lambda: digits.bars.accessibleDescription().startswith("standing: "))
    browser = browse(qtbot, window)
    image = icon_image(browser.list.item(0))
    left = next(x for x in range(6, PICTURE) if image.pixelColor(x, PICTURE - 8).alpha() == 255)
    top = next(y for y in range(3, PICTURE) if image.pixelColor(PICTURE // 2, y).alpha() == 255)
    assert left > top + 3  # higher than wide


def test_pictures_with_a_number_to_learn_show_the_value(qtbot: QtBot, make_window: WindowMaker):
    window = make_window(with_table(Experiment(), signs("regression")))
    digits = window.panel("output").digits
    qtbot.waitUntil(digits.isVisible)
    assert not digits.bars.isVisible()
    assert digits.value.text() == ""
    draw(qtbot, window, circle())
    qtbot.waitUntil(lambda: digits.value.text() != "")
    probe = next(probe for probe in digits.needs if isinstance(probe, SampleOutputsProbe))
    outputs = window.session.look(frozenset({probe})).answer(probe)
    assert digits.value.text() == amount_text(float(outputs[0]))
    browser = browse(qtbot, window)
    assert browser.summary.text() == "24 test pictures, the largest errors first"
    prepared, network = window.session.prepared, window.session.trainer.network
    predicted = prepared.to_target_units(network.forward(prepared.X_test))[:, 0]
    truth = prepared.table.targets[prepared.test]
    worst = int(np.argmax(np.abs(predicted - truth)))
    assert browser.list.item(0).text() == f"{amount_text(truth[worst])} → {amount_text(predicted[worst])}"
    qtbot.mouseClick(digits.tabs.tabBar(), LEFT, pos=digits.tabs.tabBar().tabRect(0).center())
    qtbot.mouseClick(digits.clear, LEFT)
    qtbot.waitUntil(lambda: digits.value.text() == "")


def test_many_classes_show_the_likeliest(qtbot: QtBot, theme: Theme):
    bars = ClassBars(theme)
    qtbot.addWidget(bars)
    bars.resize(200, 130)
    bars.show_classes([f"class {k}" for k in range(64)])
    assert bars.shown() == list(range(9))
    shares = np.full(64, 0.5 / 61)
    shares[[40, 3, 63]] = 0.3, 0.15, 0.05
    bars.show_shares(shares)
    assert bars.shown()[:3] == [40, 3, 63]
    assert len(bars.shown()) == 9
    assert bars.accessibleDescription() == "class 40: 30 %"
    bars.grab()
    assert bars.minimumSizeHint().height() < 150


def browse(qtbot: QtBot, window: MainWindow) -> DigitBrowser:
    """The test digits, brought to the front."""
    digits = window.panel("output").digits
    qtbot.waitUntil(digits.isVisible)
    bar = digits.tabs.tabBar()
    qtbot.mouseClick(bar, LEFT, pos=bar.tabRect(1).center())
    qtbot.waitUntil(lambda: digits.browser.list.count() > 0)
    return digits.browser


def icon_image(item: QListWidgetItem) -> QImage:
    return item.icon().pixmap(QSize(PICTURE, PICTURE)).toImage()


def corner(item: QListWidgetItem) -> QColor:
    """The colour in the middle of the left edge, where a ring is."""
    return icon_image(item).pixelColor(1, PICTURE // 2)


def with_data(experiment: Experiment, **fields: object) -> Experiment:
    return msgspec.structs.replace(experiment, data=msgspec.structs.replace(experiment.data, **fields))
