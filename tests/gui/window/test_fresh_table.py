"""A table that is imported over another of the same shape: nothing of the old network lives on."""

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from nnplay.gui.widgets.number_format import glance_text
from nnplay.gui.window.main_window import MainWindow
from nnplay.training.experiment import Experiment
from nnplay.training.trainer import Trainer
from tests.gui.conftest import Press, WindowMaker
from tests.gui.files.import_hands import open_page
from tests.gui.window_hands import PATIENCE, step

LEFT = Qt.MouseButton.LeftButton


def flowers(seed: int, names: tuple[str, str, str]) -> str:
    """Three kinds of flowers that are far apart; with another seed others, under other names."""
    generator = np.random.default_rng(seed)
    kinds = np.arange(90) % 3
    rows = generator.normal(size=(90, 4)) + generator.normal(size=(3, 4))[kinds] * 4
    lines = [",".join([*(f"{value:.3f}" for value in row), names[kind]]) for row, kind in zip(rows, kinds, strict=True)]
    return "\n".join(["a,b,c,d,kind", *lines])


def take(qtbot: QtBot, window: MainWindow, folder: Path, text: str, name: str) -> None:
    (folder / name).write_text(text)
    window.tables.import_path(folder / name)
    page = open_page(qtbot)
    qtbot.mouseClick(page.okay, LEFT)
    qtbot.waitUntil(lambda: window.session.undo_stack.undoText() == f"Import {name}", timeout=PATIENCE)


@pytest.fixture
def window(qtbot: QtBot, make_window: WindowMaker, press: Press, tmp_path: Path) -> MainWindow:
    """Trained on a table, with a unit pinned and the confusion in view."""
    window = make_window(Experiment(seed=1))
    take(qtbot, window, tmp_path, flowers(0, ("iris", "rose", "tulip")), "first.csv")
    step(qtbot, window, press, 10)
    window.session.selection.pin(0, 1)
    tabs = window.panel("plots").tabs
    tabs.setCurrentIndex([tabs.tabText(index) for index in range(tabs.count())].index("Confusion"))
    qtbot.waitUntil(lambda: "tulip" in window.panel("plots").tab._names)
    return window


def test_an_imported_table_is_a_fresh_start_in_every_panel(qtbot: QtBot, window: MainWindow, tmp_path: Path):
    session = window.session
    trained = session.trainer.network.parameters.copy()
    take(qtbot, window, tmp_path, flowers(1, ("oak", "pine", "yew")), "second.csv")
    fresh = Trainer(session.experiment)
    np.testing.assert_array_equal(session.trainer.network.parameters, fresh.network.parameters)
    assert session.trainer.epoch == 0
    assert len(session.trainer.history) == 1
    assert session.selection.unit is None
    assert window.panel("network").canvas.pinned is None
    qtbot.waitUntil(lambda: window.transport.loss.train.text() == glance_text(fresh.figures.train.loss))
    assert window.transport.epoch.text() == "000,000"
    plots = window.panel("plots")
    names = ("oak", "pine", "yew")
    qtbot.waitUntil(lambda: plots.tab.matrix._names == names)
    outputs = fresh.network.forward(fresh.prepared.X_test)
    hits = int((outputs.argmax(axis=1) == fresh.prepared.table.labels[fresh.prepared.test]).sum())
    qtbot.waitUntil(lambda: int(plots.tab.matrix._confusion.counts.trace()) == hits)
    plots.tabs.setCurrentIndex(0)
    qtbot.waitUntil(lambda: len(plots.tab.plot._epochs) == 1)
    session.undo_stack.undo()
    assert session.trainer.epoch == 10
    np.testing.assert_array_equal(session.trainer.network.parameters, trained)
    assert session.prepared.table.class_names == ("iris", "rose", "tulip")


def test_the_same_table_once_more_starts_anew_too(qtbot: QtBot, window: MainWindow, tmp_path: Path):
    take(qtbot, window, tmp_path, flowers(0, ("iris", "rose", "tulip")), "again.csv")
    assert window.session.trainer.epoch == 0
    assert len(window.session.trainer.history) == 1


def test_while_it_trains_the_run_on_the_new_table_goes_on(qtbot: QtBot, window: MainWindow, tmp_path: Path):
    session = window.session
    session.toggle_training()
    qtbot.waitUntil(lambda: session.ask(lambda trainer: trainer.epoch).result() > 15, timeout=PATIENCE)
    take(qtbot, window, tmp_path, flowers(1, ("oak", "pine", "yew")), "second.csv")
    names = session.ask(lambda trainer: trainer.prepared.table.class_names).result()
    assert names == ("oak", "pine", "yew")
    session.pause()
    qtbot.waitUntil(lambda: not session.running)
