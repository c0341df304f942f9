"""The window before a class: bar, network, output and loss on the whole screen, and all half as large again."""

from collections.abc import Collection, Sequence

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMainWindow, QWidget

from nnplay.gui.guard import Guarded
from nnplay.gui.widgets.focus_back import give_back
from nnplay.gui.window.dock_area import DockArea
from nnplay.gui.window.focus import rest
from nnplay.gui.window.layout import Arrangement, WindowLayout
from nnplay.gui.window.panel_dock import PanelDock
from nnplay.gui.window.scaling import Scaling

TIMES = 1.5
"""How many times as large as the person has it."""


class Presentation(Guarded, QObject):
    """Takes away what a class doesn't look at, and brings all back as it was.

    Parameters
    ----------
    docks
        All docks.
    shown
        Those that stay.

    Signals
    -------
    changed(active)
        It has begun or ended.

    Attributes
    ----------
    before
        How all stood before it began; None where it hasn't.
    """

    changed = Signal(bool)

    def __init__(
        self, window: QMainWindow, docks: DockArea, shown: Collection[PanelDock], layout: WindowLayout, scaling: Scaling
    ) -> None:
        super().__init__(window)
        self._window = window
        self._docks = docks
        self._shown = shown
        self._layout = layout
        self._scaling = scaling
        self._focus: QWidget | None = None
        self.before: Arrangement | None = None
        window.installEventFilter(self)

    @property
    def active(self) -> bool:
        """Whether it goes on."""
        return self.before is not None

    def toggle(self) -> None:
        """Begin or end it."""
        if self.active:
            self.end()
        else:
            self.begin()

    def disables(self, actions: Sequence[QAction]) -> None:
        """These actions, which change where panels stand, are not for a class."""
        for action in actions:
            self.changed.connect(action.setDisabled)

    def begin(self) -> None:
        """Go over to it."""
        self._focus = self._window.focusWidget()
        self.before = self._layout.arrangement()
        self._set_bars_visible(False)
        self._docks.present(self._shown)
        self._scaling.begin(TIMES)
        self._window.showFullScreen()
        rest(self._window)
        self.changed.emit(True)

    def end(self) -> None:
        """Let all be as it was."""
        if self.before is None:
            return
        before, self.before = self.before, None
        self._set_bars_visible(True)
        self._docks.present(None)
        self._scaling.end()
        self._layout.bring_back(before)
        give_back(self._focus)
        self._focus = None
        self.changed.emit(False)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Called by Qt for the window: where the system ends the full screen, this ends too."""
        if event.type() == QEvent.Type.WindowStateChange and self.active and not self._window.isFullScreen():
            self.end()
        return False

    def _set_bars_visible(self, visible: bool) -> None:
        self._window.menuBar().setVisible(visible)
        self._window.statusBar().setVisible(visible)
