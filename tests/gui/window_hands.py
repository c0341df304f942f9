"""What tests of the whole window do with their hands."""

from collections.abc import Callable

from pytestqt.qtbot import QtBot

from nnplay.gui.window.main_window import MainWindow

PATIENCE = 30_000
Press = Callable[[MainWindow, str], None]


def rests(window: MainWindow) -> bool:
    """Whether nothing trains."""
    return not window.session.running


def step(qtbot: QtBot, window: MainWindow, press: Press, count: int, keys: str = "Right") -> None:
    """So many epochs, each with a key."""
    for _ in range(count):
        with qtbot.waitSignal(window.session.state_changed, check_params_cb=lambda _: rests(window), timeout=PATIENCE):
            press(window, keys)
