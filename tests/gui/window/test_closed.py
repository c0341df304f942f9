"""A window that was closed is gone: nothing of its session, its run and its record stays in memory."""

import gc
import weakref
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QSettings
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from nnplay.gui.panels.output.panel import OutputPanel
from nnplay.gui.panels.plots.panel import PlotsPanel
from nnplay.gui.session.session import Session
from nnplay.gui.theme.theme import Theme
from nnplay.gui.window.catalogue import PANELS
from nnplay.gui.window.main_window import MainWindow
from nnplay.training.experiment import Experiment
from tests.gui.all_panels import with_all_panels


def test_nothing_of_it_stays(qtbot: QtBot, qapp: QApplication, theme: Theme, tmp_path: Path):
    held: list[weakref.ref[object]] = []

    def use() -> None:
        """What was connected to a signal of the session with the session in it would keep both for ever."""
        session = Session(Experiment(), theme)
        window = MainWindow(session, QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat), tmp_path)
        with_all_panels(window).show()
        show_everything(window)
        session.step_epoch()
        qtbot.waitUntil(lambda: not session.running)
        for action in (window.actions_.branches, window.actions_.stop_when, window.actions_.see_ahead):
            action.trigger()
        session.timeline.go_to_start()
        session.film.toggle()
        window.close()
        session.close()
        window.deleteLater()
        held.extend(weakref.ref(each) for each in (window, session, session.trainer, session.timeline.record))

    use()
    collect(qapp.processEvents, lambda: qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete))
    assert [each() for each in held] == [None] * 4


def show_everything(window: MainWindow) -> None:
    """Each panel, each tab of the plots, and what the plane can have drawn on it."""
    for row in PANELS:
        window.place(row.key).setVisible(True)
    output, plots = window.panel("output"), window.panel("plots")
    assert isinstance(output, OutputPanel) and isinstance(plots, PlotsPanel)
    output.checks.folds.setChecked(True)
    output.checks.influence.setChecked(True)
    window.session.findings.set_floor(shown=True)
    for index in range(plots.tabs.count()):
        plots.tabs.setCurrentIndex(index)


def collect(*turns: Callable[[], object]) -> None:
    """What Qt and Python delete one after the other, of parts that hold parts."""
    for _ in range(3):
        for turn in turns:
            turn()
        gc.collect()
