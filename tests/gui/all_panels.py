"""A window in which a person has opened every panel once: tests that look through all of it begin so."""

from nnplay.gui.window.catalogue import PANELS
from nnplay.gui.window.main_window import MainWindow


def with_all_panels(window: MainWindow) -> MainWindow:
    """Make those that are made when somebody looks."""
    for row in PANELS:
        assert window.panel(row.key) is not None
    return window
