"""The digits view as a person uses it: choose digits, train, draw one, see it recognised."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from nnplay.gui.main_window import MainWindow
from nnplay.training.experiment import Experiment

WindowMaker = Callable[[Experiment], MainWindow]
LEFT = Qt.MouseButton.LeftButton
PATIENCE = 60_000


def draw(qtbot: QtBot, window: MainWindow, way: list[tuple[float, float]]) -> None:
    """A stroke along places in 0…1 of the pad."""
    pad = window.output_panel.digits.pad
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


def test_a_drawn_zero_is_recognised_after_training(qtbot: QtBot, make_window: WindowMaker):
    window = make_window(Experiment())
    window.files.new("digits")
    digits = window.output_panel.digits
    qtbot.waitUntil(digits.isVisible)
    while window.session.trainer.epoch < 5:
        done = window.session.trainer.epoch + 1
        qtbot.keyClick(window, Qt.Key.Key_Right)
        qtbot.waitUntil(
            lambda e=done: window.session.trainer.epoch == e and not window.session.running, timeout=PATIENCE
        )
    draw(qtbot, window, circle())
    qtbot.waitUntil(lambda: digits.bars.accessibleDescription().startswith("0: "))
    assert digits.needs.sample is not None
    qtbot.mouseClick(digits.clear, LEFT)
    assert digits.needs.sample is None
    assert not digits.pad.ink().any()


def test_what_is_drawn_is_centred_as_mnist_was(qtbot: QtBot, make_window: WindowMaker):
    window = make_window(Experiment())
    window.files.new("digits")
    draw(qtbot, window, [(0.1, 0.1), (0.1, 0.4)])
    sample = window.output_panel.digits.needs.sample
    assert sample is not None
    picture = sample.reshape(28, 28)
    rows, columns = np.nonzero(picture > 0.1)
    assert abs(rows.mean() - 13.5) < 1.5
    assert abs(columns.mean() - 13.5) < 1.5
    assert rows.max() - rows.min() <= 20


def test_going_back_to_the_plane_shows_the_boundary(qtbot: QtBot, make_window: WindowMaker, tmp_path: Path):
    window = make_window(Experiment())
    window.files.new("digits")
    qtbot.waitUntil(window.output_panel.digits.isVisible)
    qtbot.mouseClick(window.data.panel.gallery.button("circles"), LEFT)
    qtbot.waitUntil(window.output_panel.view.isVisible)
    assert not window.output_panel.digits.isVisible()


def test_the_wrong_test_digits_come_first(qtbot: QtBot, make_window: WindowMaker):
    window = make_window(Experiment())
    window.files.new("digits")
    qtbot.keyClick(window, Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: window.session.trainer.epoch == 1 and not window.session.running, timeout=PATIENCE)
    digits = window.output_panel.digits
    bar = digits.tabs.tabBar()
    qtbot.mouseClick(bar, LEFT, pos=bar.tabRect(1).center())
    browser = digits.browser
    qtbot.waitUntil(lambda: browser.list.count() > 0)
    prepared, network = window.session.prepared, window.session.trainer.network
    taken = network.forward(prepared.X_test).argmax(axis=1)
    wrong = int((taken != prepared.table.labels[prepared.test]).sum())
    assert browser.summary.text().startswith(f"{wrong:,} of 1,000")
    texts = [browser.list.item(row).text() for row in range(browser.list.count())]
    assert all("→" in text for text in texts[:wrong])
    assert not any("→" in text for text in texts[wrong:])


def test_idx_files_are_imported(qtbot: QtBot, make_window: WindowMaker, tmp_path: Path):
    window = make_window(Experiment())
    pictures = np.random.default_rng(0).integers(0, 256, (30, 28, 28), dtype=np.uint8)
    labels = np.arange(30, dtype=np.uint8) % 10
    header = np.array([0x803, 30, 28, 28], dtype=">u4").tobytes()
    (tmp_path / "train-images-idx3-ubyte").write_bytes(header + pictures.tobytes())
    (tmp_path / "train-labels-idx1-ubyte").write_bytes(np.array([0x801, 30], dtype=">u4").tobytes() + labels.tobytes())
    window.points.import_digits(tmp_path / "train-images-idx3-ubyte")
    qtbot.waitUntil(lambda: window.session.prepared.table.inputs.shape == (30, 784))
    qtbot.waitUntil(window.output_panel.digits.isVisible)
    assert window.session.prepared.outputs == 10
