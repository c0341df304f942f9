"""At an earlier moment every panel shows what it would show had the run been paused there."""

from collections.abc import Callable

import msgspec
import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from nnplay.gui.panels.plots.surface.tab import SurfaceTab
from nnplay.gui.window.main_window import MainWindow
from nnplay.training.experiment import DataSpec, Experiment, HiddenLayer, ModelSpec, TrainingSpec
from nnplay.training.landscape import slice as slice_module

WindowMaker = Callable[[Experiment], MainWindow]
STEPS, SEEN = 90, 37
"""Steps of the run, and the one that is seen, in the middle of an epoch."""
CIRCLES = Experiment(
    data=DataSpec(kind="circles", samples=60, train_share=0.7),
    model=ModelSpec(hidden_layers=(HiddenLayer(units=8), HiddenLayer(units=8))),
    training=TrainingSpec(learning_rate=0.03, batch_size=5),
)
DIGITS = Experiment(
    data=DataSpec(kind="digits", samples=100, train_share=0.7),
    model=ModelSpec(hidden_layers=(HiddenLayer(units=16),), loss="categorical_cross_entropy"),
    training=TrainingSpec(learning_rate=0.003, optimizer="adam", batch_size=8),
)
FORMULA = msgspec.structs.replace(
    CIRCLES,
    data=DataSpec(kind="formula", samples=60, train_share=0.7),
    model=ModelSpec(hidden_layers=(HiddenLayer(units=8, activation="tanh"),), loss="mean_squared_error"),
)
EXPERIMENTS = {"circles": CIRCLES, "digits": DIGITS, "formula": FORMULA}
PANELS = ("network", "output", "inspector")


def trained(window: MainWindow, steps: int) -> None:
    """So many steps of a run that nobody watches."""

    def train(trainer: object) -> None:
        for _ in range(steps):
            trainer.step()  # type: ignore[attr-defined]

    window.session.ask(train).result()
    window.session.refresh()


def at_rest(window: MainWindow) -> None:
    """Everything painted that is to be painted."""
    for _ in range(6):
        QApplication.processEvents()


def picture(widget: QWidget) -> QImage:
    return widget.grab().toImage()


def seen_in(window: MainWindow, key: str) -> QWidget:
    """What a panel shows of the run; of the output the view, without the tools."""
    panel = window.panel(key)
    return panel.canvas if key == "output" and panel.canvas.isVisible() else panel


def bar(window: MainWindow) -> list[str]:
    bar = window.transport
    labels = (bar.epoch, bar.loss.train, bar.loss.test, bar.score.train, bar.score.test)
    batch = bar.epoch_figure.batch.text()
    return [*(label.text() for label in labels), batch, window.statusBar()._state.text()]


@pytest.mark.parametrize("name", EXPERIMENTS)
def test_every_panel_shows_it(qtbot: QtBot, make_window: WindowMaker, monkeypatch: pytest.MonkeyPatch, name: str):
    monkeypatch.setattr(slice_module, "GRIDS", (9,))  # the finer ones take long, of digits above all
    windows = [make_window(EXPERIMENTS[name]) for _ in range(2)]
    moved, fresh = windows
    for window in windows:
        window.session.requests.panel.emit("inspector")
        window.session.selection.pin(0, 1)
    trained(moved, STEPS)
    moved.session.timeline.look_at(SEEN)
    trained(fresh, SEEN)
    for window in windows:
        at_rest(window)
    assert bar(moved) == bar(fresh)
    for key in PANELS:
        assert picture(seen_in(moved, key)) == picture(seen_in(fresh, key)), key
    tabs = moved.panel("plots").tabs
    for index in range(tabs.count()):
        if not tabs.isTabVisible(index):
            continue
        for window in windows:
            window.panel("plots").tabs.setCurrentIndex(index)
            at_rest(window)
            tab = window.panel("plots").tab
            if isinstance(tab, SurfaceTab):
                qtbot.waitUntil(lambda tab=tab: tab.computing.found.is_complete and tab.computing.is_complete)
        moved_tab, fresh_tab = moved.panel("plots").tab, fresh.panel("plots").tab
        if moved_tab.plot is None:
            assert picture(moved_tab) == picture(fresh_tab), tabs.tabText(index)
        else:
            row = moved_tab.plot.row_under_pointer()
            assert moved_tab.plot._epochs[row] == fresh_tab.plot._epochs[-1]
            assert (moved_tab.plot._lines[0][row] == fresh_tab.plot._lines[0][-1]).all()
            assert (moved_tab.plot._lines[1][: row + 1] == fresh_tab.plot._lines[1]).all()
            assert moved_tab.plot._epochs[-1] > moved_tab.plot._epochs[row], "what follows is drawn, too"
            assert moved_tab.plot._marks.moment is not None
    moved.session.timeline.leave()
    at_rest(moved)
    assert bar(moved) != bar(fresh)
