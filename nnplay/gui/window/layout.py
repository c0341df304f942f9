"""The window's place and size, and where its docks stand: at the first start, remembered, and restored."""

from dataclasses import dataclass

from PySide6.QtCore import QByteArray, QSettings, QSize, QTimer
from PySide6.QtWidgets import QMainWindow

from nnplay.gui.theme.scale import follow_scale, scale
from nnplay.gui.widgets.screen_fit import limit_minimum, move_within, resize_within
from nnplay.gui.window.dock_area import DockArea
from nnplay.gui.window.scaling import scale_in

DEFAULT_SIZE = (1440, 900)
SMALLEST_SIZE = (1100, 700)
GEOMETRY, DOCKS, DOCKS_SCALE = "window/geometry", "window/layout", "window/layout_scale"


@dataclass(frozen=True)
class Arrangement:
    """How a window stands, and its docks in it.

    Attributes
    ----------
    geometry
        The window's place, size and state, as Qt writes them.
    docks
        Where the docks are.
    factor
        The scale in force.
    area
        The size of the area that the docks share.
    """

    geometry: QByteArray
    docks: QByteArray
    factor: float
    area: QSize


class WindowLayout:
    """Keeps the layout of one window in the settings.

    Parameters
    ----------
    docks
        Its docks.
    """

    def __init__(self, window: QMainWindow, docks: DockArea, settings: QSettings) -> None:
        self._window = window
        self._docks = docks
        self._settings = settings

    def restore(self) -> None:
        """As it was when the window was closed, within the room that the screen has now."""
        geometry, docks = self._settings.value(GEOMETRY), self._settings.value(DOCKS)
        if isinstance(geometry, QByteArray):
            self._window.restoreGeometry(geometry)
            move_within(self._window)
        if isinstance(docks, QByteArray):
            self._docks.restore(docks, scale_in(self._settings, DOCKS_SCALE))

    def save(self, arrangement: Arrangement) -> None:
        """Remember it."""
        self._settings.setValue(GEOMETRY, arrangement.geometry)
        self._settings.setValue(DOCKS, arrangement.docks)
        self._settings.setValue(DOCKS_SCALE, arrangement.factor)

    def arrangement(self) -> Arrangement:
        """How all stands now."""
        return Arrangement(self._window.saveGeometry(), self._docks.save(), scale(), self._docks.size())

    def bring_back(self, arrangement: Arrangement) -> None:
        """Let all stand as it did a while ago."""
        self._window.restoreGeometry(arrangement.geometry)
        self._docks.restore(arrangement.docks, arrangement.factor, arrangement.area)


def size_window(window: QMainWindow) -> None:
    """Give a window the size of the first start, and the least that it can have, which follows the factor in force."""

    def limit(window: QMainWindow) -> None:
        limit_minimum(window, *SMALLEST_SIZE)
        if window.isVisible():
            QTimer.singleShot(0, window, lambda: move_within(window))  # it may have grown out of the screen

    resize_within(window, *DEFAULT_SIZE)
    follow_scale(window, limit, "least_size")
