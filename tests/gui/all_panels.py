"""A window in which a person has opened every panel once: tests that look through all of it begin so."""

from nnplay.gui.panels.output.panel import OutputPanel
from nnplay.gui.panels.plots.panel import PlotsPanel
from nnplay.gui.panels.plots.tabs import TABS
from nnplay.gui.window.catalogue import PANELS
from nnplay.gui.window.main_window import MainWindow


def with_all_panels(window: MainWindow) -> MainWindow:
    """Make those that are made when somebody looks, and what is in them."""
    for row in PANELS:
        assert window.panel(row.key) is not None
    output, plots = window.panel("output"), window.panel("plots")
    assert isinstance(output, OutputPanel) and output.digits is not None
    assert isinstance(plots, PlotsPanel)
    for index in range(len(TABS)):
        plots._tab_at(index)
    return window
