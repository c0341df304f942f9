"""Every shape of data that can be read, all the way: pasted, drawn, trained, saved, opened and restored."""

import math
import re
from collections.abc import Callable, Iterable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QSettings, Qt
from PySide6.QtGui import QGuiApplication, QPainter
from PySide6.QtWidgets import QCheckBox, QDialog, QFileDialog, QLabel, QLineEdit, QTabWidget, QWidget
from pytestqt.qtbot import QtBot

from nnplay.gui.panels.output.panel import OutputPanel
from nnplay.gui.window.main_window import MainWindow
from nnplay.gui.window.start import open_window
from nnplay.training.experiment import Experiment
from tests.gui.all_panels import with_all_panels
from tests.gui.panels.output.output_hands import click
from tests.gui.window_hands import rests

WindowMaker = Callable[[Experiment], MainWindow]
Press = Callable[[MainWindow, str], None]
TypeName = Callable[..., list[str]]
WhenOpen = Callable[..., list[QDialog]]

PATIENCE = 20_000
XOR = Experiment(seed=42)


def pixels(count: int, *rows: tuple[float, str]) -> str:
    """Text of samples whose `count` inputs are all the same number, and of their classes."""
    head = "\t".join(f"p{index}" for index in range(count))
    return "\n".join([f"{head}\tclass", *("\t".join([str(value)] * count + [name]) for value, name in rows)])


SHAPES = {
    "one input": "a\tclass\n1\t0\n2\t1\n3\t0\n4\t1",
    "one input, far": "a\tclass\n100\t0\n250\t1\n300\t0\n420\t1",
    "one input, a number learnt": "a\ty\n0.5\t1.5\n0.7\t2.5\n-3\t0.25",
    "one input, one sample": "a\tb\n1\t2",
    "one class": "a\tb\tclass\n1\t2\t0\n3\t4\t0",
    "one sample": "a\tb\tclass\n1\t2\t0",
    "one sample, a number learnt": "a\tb\ty\n1\t2\t0.5",
    "constant columns": "a\tb\tclass\n5\t5\t0\n5\t5\t1",
    "constant columns, far": "a\tb\tclass\n1e20\t-3e30\t0\n1e20\t-3e30\t1",
    "one constant column": "a\tb\tclass\n5\t1\t0\n5\t2\t1\n5\t3\t1",
    "constant inputs and target": "a\tb\ty\n5\t5\t0.5\n5\t5\t0.5",
    "one constant input": "a\tclass\n70\t0\n70\t1\n70\t1",
    "three inputs, two constant": "a\tb\tc\tclass\n5\t1\t-9\t0\n5\t2\t-9\t1",
    "huge": "a\tb\tclass\n1e100\t-1e100\t0\n-1e100\t1e99\t1",
    "huge, one input": "a\tclass\n1e100\t0\n-1e100\t1",
    "huge targets": "a\tb\ty\n1\t2\t1e100\n2\t1\t-1e100\n3\t3\t0.5",
    "one huge target": "a\ty\n1\t1e100\n2\t0.5",
    "huge targets that differ little": "a\ty\n1\t1e100\n2\t1.0000000000000002e100\n3\t0.5e100\n4\t0.5",
    "one digit": pixels(784, (0.0, "7")),
    "digits that are nothing": pixels(784, (0.0, "3"), (0.0, "5")),
    "digits that are huge": pixels(784, (1e100, "3"), (-1e100, "5")),
    "a small picture": pixels(100, (-2.0, "a"), (-2.0, "b")),
    "no picture and no plane": pixels(65, (1.0, "a"), (1.0, "a")),
    "tiny": "a\tb\tclass\n1e-300\t2e-300\t0\n3e-300\t1e-310\t1",
}


OPENED_AGAIN = {
    "one input, a number learnt", "one sample", "one class", "constant columns, far", "constant inputs and target",
    "huge, one input", "one huge target", "digits that are huge", "no picture and no plane", "no sample",
}  # fmt: skip
"""What is looked at once more after a restart: of each kind one; a restart reads what opening reads."""
TOGETHER = 5
"""So many shapes go through one window, and through those after its restarts."""
GROUPS = [[*SHAPES, "no sample"][start::TOGETHER] for start in range(TOGETHER)]


def bring(qtbot: QtBot, window: MainWindow, press: Press, shape: str) -> None:
    """Paste the data; where there are to be no samples, take those of XOR out."""
    with_all_panels(window)
    if shape in SHAPES:
        QGuiApplication.clipboard().setText(SHAPES[shape])
        press(window, "Ctrl+V")
        qtbot.waitUntil(lambda: window.session.experiment.data.kind == "yours")
    else:
        press(window, "Ctrl+Shift+Backspace")
        assert len(window.session.prepared.table) == 0


@pytest.fixture
def painted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What Python paints as text: the figures of axes, charts and drawings."""
    seen: list[str] = []
    paint = QPainter.drawText

    def spy(painter: QPainter, *args: object) -> object:
        seen.extend(argument for argument in args if isinstance(argument, str))
        return paint(painter, *args)

    monkeypatch.setattr(QPainter, "drawText", spy)
    return seen


def assert_finite(texts: Iterable[str]) -> None:
    for text in texts:
        words = set(re.findall(r"[\w∞]+", text.lower()))
        assert not {"nan", "inf", "infinity", "∞"} & words, text


def texts(window: MainWindow) -> list[str]:
    """What stands in the window and in what is said of it."""
    said = [label.text() for label in window.findChildren(QLabel)]
    for widget in window.findChildren(QWidget):
        said += [widget.toolTip(), widget.accessibleName(), widget.accessibleDescription()]
    output = window.panel("output")
    assert isinstance(output, OutputPanel)
    return [*said, output.readout.text(), window.statusBar().currentMessage()]


def look_everywhere(qtbot: QtBot, window: MainWindow, painted: list[str]) -> None:
    """Another size, each tab, the pointer on the canvas and every box ticked: all of it is painted and finite."""
    output = window.panel("output")
    assert isinstance(output, OutputPanel)
    window.resize(1100, 700)
    for box in (output.discrete, output.misclassified, output.shapes):
        if box.isEnabled():
            box.click()
    window.resize(1300, 800)
    for tabs in window.findChildren(QTabWidget):
        for index in range(tabs.count()):
            tabs.setCurrentIndex(index)
            tabs.grab()
    for place in (QPoint(60, 60), QPoint(output.canvas.width() // 2, output.canvas.height() // 2)):
        qtbot.mouseMove(output.canvas, place)
        window.grab()
        assert_finite(texts(window))
    assert len(painted) > 20
    assert_finite(painted)
    painted.clear()
    for box in (output.discrete, output.misclassified, output.shapes):
        if box.isChecked():
            box.click()


@pytest.fixture
def start(qtbot: QtBot, tmp_path: Path) -> Callable[[], MainWindow]:
    """Starts the program anew, as the next double click does."""

    def act() -> MainWindow:
        settings = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
        window, problem = open_window(None, settings, tmp_path / "kept")
        qtbot.addWidget(window)
        assert problem is None
        window.show()
        return window

    return act


@pytest.mark.parametrize("shapes", GROUPS, ids=lambda shapes: shapes[0])
def test_data_of_these_shapes_go_all_the_way(
    qtbot: QtBot,
    make_window: WindowMaker,
    tmp_path: Path,
    press: Press,
    type_name: TypeName,
    when_open: WhenOpen,
    start: Callable[[], MainWindow],
    painted: list[str],
    shapes: list[str],
):
    window = make_window(XOR)
    for number, shape in enumerate(shapes):
        path = tmp_path / f"shape {number}.nnplay"
        try:
            use(qtbot, window, press, painted, shape)
            save_and_open(window, press, type_name, when_open, path)
            if shape in OPENED_AGAIN:
                window = started_again(window, start)
                look_everywhere(qtbot, window, painted)
        except Exception as error:
            error.add_note(f"data of the shape {shape!r}")
            raise
        press(window, "Ctrl+N")
        window.session.change("XOR", XOR)


def use(qtbot: QtBot, window: MainWindow, press: Press, painted: list[str], shape: str) -> None:
    """Paste the data, draw, take it back, train, and look at all there is."""
    output = window.panel("output")
    assert isinstance(output, OutputPanel)
    bring(qtbot, window, press, shape)
    pasted = window.session.prepared.table
    if output.board.can_draw and len(pasted):
        draw_with_every_tool(qtbot, window, press)
        while window.session.prepared.table != pasted:
            press(window, "Ctrl+Z")
    if len(pasted):
        for _ in range(3):
            press(window, "Right")
            qtbot.waitUntil(lambda: rests(window), timeout=PATIENCE)
    look_everywhere(qtbot, window, painted)
    diverges = "target" in shape and "huge" in shape
    assert math.isfinite(window.session.trainer.figures.train.loss) or diverges or not len(pasted)


def save_and_open(window: MainWindow, press: Press, type_name: TypeName, when_open: WhenOpen, path: Path) -> None:
    """As a file, and back over something else."""
    experiment = window.session.experiment
    type_name(str(path.with_suffix("")))
    press(window, "Ctrl+Shift+S")
    press(window, "Ctrl+N")
    assert window.session.experiment != experiment
    open_file(when_open, path)
    press(window, "Ctrl+O")
    assert window.session.experiment == experiment


def started_again(window: MainWindow, start: Callable[[], MainWindow]) -> MainWindow:
    """The window after a restart, with what was open."""
    experiment, run = window.session.experiment, window.files.document().run
    window.close()
    again = start()
    assert again.session.experiment == experiment
    assert again.files.document().run == run
    return again


def test_what_is_not_standardised_is_shown_without_a_number_that_is_none(
    qtbot: QtBot, make_window: WindowMaker, press: Press, painted: list[str]
):
    window = make_window(XOR)
    for shape in ("huge", "huge, one input", "three inputs, two constant", "constant columns, far"):
        bring(qtbot, window, press, shape)
        standardise = next(box for box in window.findChildren(QCheckBox) if box.text() == "Standardise inputs")
        if standardise.isChecked():
            standardise.click()
        assert not window.session.experiment.data.standardize
        look_everywhere(qtbot, window, painted)
        press(window, "Right")
        qtbot.waitUntil(lambda: not window.session.running, timeout=PATIENCE)
        look_everywhere(qtbot, window, painted)
        press(window, "Ctrl+N")
        window.session.change("XOR", XOR)


def open_file(when_open: WhenOpen, path: Path) -> None:
    def act(dialog: QDialog) -> None:
        assert isinstance(dialog, QFileDialog)
        field = dialog.findChild(QLineEdit)
        assert isinstance(field, QLineEdit)
        field.setText(str(path))
        dialog.accept()

    when_open(QFileDialog, act)


def draw_with_every_tool(qtbot: QtBot, window: MainWindow, press: Press) -> None:
    """A point, a stroke of the brush, a shake, everything selected and moved, erased, another class, deleted."""
    output = window.panel("output")
    assert isinstance(output, OutputPanel)
    inputs, count = window.session.prepared.table.inputs.shape[1], len(window.session.prepared.table)
    across, up = middle_of(output)
    click(qtbot, output, across, up)
    table = window.session.prepared.table
    assert table.inputs.shape == (count + 1, inputs)
    assert np.isclose(table.inputs[-1, 0], across, atol=0.05 * max(1.0, abs(across)))
    canvas, middle = output.canvas, output.canvas.rect().center()
    for key in ("brush", "erase", "rectangle", "lasso"):
        qtbot.mouseClick(output.strip.buttons[key], Qt.MouseButton.LeftButton)
        qtbot.mousePress(canvas, Qt.MouseButton.LeftButton, pos=middle - QPoint(40, 40))
        for offset in (QPoint(40, -40), QPoint(40, 40), QPoint(-40, 40)):
            qtbot.mouseMove(canvas, middle + offset)
        qtbot.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=middle + QPoint(-40, 40))
    qtbot.mouseClick(output.strip.buttons["jitter"], Qt.MouseButton.LeftButton)
    output.view.setFocus()
    output.board.select_all()
    press(window, "2")
    qtbot.keyClick(output.view, Qt.Key.Key_Delete)
    assert window.session.prepared.table.inputs.shape == (0, inputs)


def middle_of(output: OutputPanel) -> tuple[float, float]:
    left, right, low, high = output.board.plane
    return left + 0.4 * (right - left), low + 0.6 * (high - low)
