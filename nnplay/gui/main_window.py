"""Assembles the window: transport above, docks around the network, status line below. No more."""

from PySide6.QtCore import QByteArray, QSettings, Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QMainWindow, QVBoxLayout, QWidget

from nnplay.gui.actions import Actions
from nnplay.gui.menus import build_menus
from nnplay.gui.panels.data import DataPanel
from nnplay.gui.panels.network import NetworkPanel
from nnplay.gui.panels.output import OutputPanel
from nnplay.gui.panels.plots import PlotsPanel
from nnplay.gui.panels.status import StatusLine
from nnplay.gui.panels.transport import Transport
from nnplay.gui.session import Session
from nnplay.gui.widgets.card import Card
from nnplay.gui.widgets.panel_dock import PanelDock

DEFAULT_SIZE = (1440, 900)
SMALLEST_SIZE = (1100, 700)
GAP = 12
LAYOUT_VERSION = 1


class MainWindow(QMainWindow):
    """The window on one session."""

    def __init__(self, session: Session, settings: QSettings) -> None:
        super().__init__()
        self.session = session
        self._settings = settings
        self.setWindowTitle("nnplay")
        self.setMinimumSize(*SMALLEST_SIZE)
        self.resize(*DEFAULT_SIZE)
        self.actions_ = Actions(session, self)
        self.data = PanelDock("data", "Data", DataPanel(session), session.theme)
        self.network = NetworkPanel(session)
        self.output = PanelDock("output", "Output", OutputPanel(session), session.theme)
        self.plots = PanelDock("plots", "Plots", PlotsPanel(session), session.theme)
        self.docks = (self.data, self.output, self.plots)
        self._desk = self._arranged()
        self._default_layout = self._desk.saveState(LAYOUT_VERSION)
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.transport = Transport(session, self.actions_)
        column.addWidget(self.transport)
        column.addWidget(self._desk, 1)
        self.setCentralWidget(whole)
        self.setStatusBar(StatusLine(session))
        build_menus(self)
        self._restore_layout()

    def reset_layout(self) -> None:
        """All docks back to where they were at the first start."""
        self._desk.restoreState(self._default_layout, LAYOUT_VERSION)

    def closeEvent(self, event: QCloseEvent) -> None:
        """End the thread before the window goes, and remember the layout."""
        self.session.close()
        self._settings.setValue("window/geometry", self.saveGeometry())
        self._settings.setValue("window/layout", self._desk.saveState(LAYOUT_VERSION))
        super().closeEvent(event)

    def _arranged(self) -> QMainWindow:
        """The docks around the network, in a main window of their own, which keeps a margin to the edges."""
        desk = QMainWindow(None, Qt.WindowType.Widget)
        desk.setContentsMargins(GAP, GAP, GAP, 0)
        desk.setDockNestingEnabled(True)
        desk.setAnimated(False)
        desk.setCentralWidget(self._network_card())
        desk.addDockWidget(Qt.DockWidgetArea.LeftDockWidgetArea, self.data)
        desk.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, self.output)
        desk.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, self.plots)
        desk.setCorner(Qt.Corner.BottomRightCorner, Qt.DockWidgetArea.RightDockWidgetArea)
        desk.setCorner(Qt.Corner.BottomLeftCorner, Qt.DockWidgetArea.BottomDockWidgetArea)
        desk.resizeDocks([self.data, self.output], [250, 480], Qt.Orientation.Horizontal)
        desk.resizeDocks([self.output, self.plots], [520, 260], Qt.Orientation.Vertical)
        return desk

    def _network_card(self) -> Card:
        card = Card("Network")
        card.body.addWidget(self.network)
        return card

    def _restore_layout(self) -> None:
        geometry, layout = self._settings.value("window/geometry"), self._settings.value("window/layout")
        if isinstance(geometry, QByteArray):
            self.restoreGeometry(geometry)
        if isinstance(layout, QByteArray):
            self._desk.restoreState(layout, LAYOUT_VERSION)
