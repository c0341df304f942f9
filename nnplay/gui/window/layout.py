"""The window's place and size, and where its docks stand: at the first start, remembered, and restored."""

from dataclasses import dataclass

from PySide6.QtCore import QByteArray, QSettings, QSize, QTimer
from PySide6.QtWidgets import QMainWindow

from nnplay.gui.theme.scale import follow_scale, scale
from nnplay.gui.widgets.screen_fit import limit_minimum, move_within, resize_within
from nnplay.gui.window.dock_area import DockArea
from nnplay.gui.window.scaling import USUAL, factor_in

DEFAULT_SIZE = (1440, 900)
SMALLEST_SIZE = (1100, 700)
MOST_FIGURES = 5
"""Of a height in pixels."""
GEOMETRY, DOCKS = "window/geometry", "window/layout"


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
    low
        The height of the docks below the middle, also of one that is closed; 0 where they have their usual one.
    """

    geometry: QByteArray
    docks: QByteArray
    factor: float
    area: QSize
    low: int = 0


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
            where, factor, low = _parted(docks)
            self._docks.restore(where, factor)
            self._docks.keep_low(round(low * scale() / factor))

    def save(self, arrangement: Arrangement) -> None:
        """Remember it."""
        self._settings.setValue(GEOMETRY, arrangement.geometry)
        self._settings.setValue(DOCKS, _joined(arrangement))

    def arrangement(self) -> Arrangement:
        """How all stands now."""
        return Arrangement(
            self._window.saveGeometry(), self._docks.save(), scale(), self._docks.size(), self._docks.low
        )

    def bring_back(self, arrangement: Arrangement) -> None:
        """Let all stand as it did a while ago."""
        self._window.restoreGeometry(arrangement.geometry)
        self._docks.restore(arrangement.docks, arrangement.factor, arrangement.area)


def _joined(arrangement: Arrangement) -> QByteArray:
    """Docks with their factor and the height of those below the middle: of two values each could be another window's.

    Qt gives these docks any height in a window that isn't shown yet.
    """
    return QByteArray(f"{arrangement.factor};{arrangement.low} ".encode() + bytes(arrangement.docks.data()))


def _parted(value: QByteArray) -> tuple[QByteArray, float, int]:
    """Where the docks are, the factor, and that height; 1 and 0 for those that were written without."""
    told, space, docks = bytes(value.data()).partition(b" ")
    factor, _, low = told.decode("ascii", "replace").partition(";")
    known = factor_in(factor) if space else None
    if known is None:
        return value, USUAL, 0
    return QByteArray(docks), known, int(low) if low.isascii() and low.isdigit() and len(low) <= MOST_FIGURES else 0


def size_window(window: QMainWindow) -> None:
    """Give a window the size of the first start, and the least that it can have, which follows the factor in force."""

    def limit(window: QMainWindow) -> None:
        limit_minimum(window, *SMALLEST_SIZE)
        if window.isVisible():
            QTimer.singleShot(0, window, lambda: move_within(window))  # it may have grown out of the screen

    resize_within(window, *DEFAULT_SIZE)
    follow_scale(window, limit, "least_size")
