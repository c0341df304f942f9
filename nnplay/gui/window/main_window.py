"""Assembles the window: transport above, docks around the network, status line below. No more."""

from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings, Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QMainWindow, QVBoxLayout, QWidget

from nnplay.gui.files.autosave import Autosave
from nnplay.gui.files.digits import IDX_ENDINGS, DigitImport
from nnplay.gui.files.experiment_files import Files
from nnplay.gui.files.file_dialogs import FileDialogs
from nnplay.gui.files.pictures import Views
from nnplay.gui.files.points import PointExchange
from nnplay.gui.files.waiting import Waiting
from nnplay.gui.panels.data.panel import DataPanel
from nnplay.gui.panels.network.panel import NetworkPanel
from nnplay.gui.panels.output.panel import OutputPanel
from nnplay.gui.panels.plots.panel import PlotsPanel
from nnplay.gui.panels.training.panel import TrainingPanel
from nnplay.gui.session.session import Session
from nnplay.gui.widgets.card import Card
from nnplay.gui.window.actions import Actions
from nnplay.gui.window.dock_area import LAYOUT_VERSION, Desk
from nnplay.gui.window.drops import FileDrops
from nnplay.gui.window.focus import go_to, step
from nnplay.gui.window.keys import KeyPriority
from nnplay.gui.window.menus import build_menus
from nnplay.gui.window.panel_dock import PanelDock
from nnplay.gui.window.status import StatusLine
from nnplay.gui.window.transport import Transport

DEFAULT_SIZE = (1440, 900)
SMALLEST_SIZE = (1100, 700)
NO_UNIT = (-1, -1)


class MainWindow(QMainWindow):
    """The window on one session.

    Parameters
    ----------
    settings
        Where layout and recent files are remembered.
    folder
        Where a copy of what is open is kept.
    """

    def __init__(self, session: Session, settings: QSettings, folder: Path) -> None:
        super().__init__()
        self.session = session
        self._settings = settings
        self.setWindowTitle("nnplay")
        self.setMinimumSize(*SMALLEST_SIZE)
        self.resize(*DEFAULT_SIZE)
        self.files = Files(session, settings, self)
        self.autosave = Autosave(session, folder, self)
        self.file_dialogs = FileDialogs(self.files, self)
        self.points = PointExchange(session, self)
        self.digits = DigitImport(session, self)
        self.views = Views(session, settings, self)
        self.actions_ = Actions(session, self.file_dialogs, self.points, self.digits, self.views, self)
        self._make_panels(session)
        self._add_views()
        self._desk = Desk(self._network_card(), [self.data, self.training], [self.output, self.plots])
        self.docks = self._desk.docks
        self.places = {
            "Data": self.data,
            "Training": self.training,
            "Network": self.network,
            "Output": self.output,
            "Plots": self.plots,
        }
        self._panels = {
            "data": self.data.panel,
            "training": self.training_panel,
            "network": self.network,
            "output": self.output_panel,
            "plots": self.plots.panel,
        }
        self._lay_out(session)
        build_menus(self)
        KeyPriority(self)
        self._take_drops()
        self._restore_layout()
        self.files.changed.connect(self._show_file)

    def panel(self, key: str) -> QWidget:
        """The panel of this key: data, training, network, output or plots."""
        return self._panels[key]

    def dock(self, key: str) -> PanelDock:
        """The dock that a panel stands in; the network has none.

        Raises
        ------
        KeyError
            No dock has this key.
        """
        return next(dock for dock in self.docks if dock.objectName() == key)

    def reset_layout(self) -> None:
        """All docks back to where they were at the first start."""
        self._desk.reset()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab and Shift+Tab, in the order of reading."""
        return step(self, forward=forward)

    def closeEvent(self, event: QCloseEvent) -> None:
        """End the threads before the window goes, and remember the layout."""
        for waiting in self.findChildren(Waiting):
            waiting.stop()
        self.session.close()
        self.autosave.close()
        self._settings.setValue("window/geometry", self.saveGeometry())
        self._settings.setValue("window/layout", self._desk.saveState(LAYOUT_VERSION))
        super().closeEvent(event)

    def _make_panels(self, session: Session) -> None:
        data = DataPanel(session)
        data.import_wanted.connect(self.points.ask_import)
        self.data = PanelDock("data", "Data", data, session.theme)
        self.training_panel = TrainingPanel(session)
        self.training = PanelDock("training", "Training", self.training_panel, session.theme)
        self.network = NetworkPanel(session)
        self.output_panel = OutputPanel(session)
        self.output = PanelDock("output", "Output", self.output_panel, session.theme)
        self.plots = PanelDock("plots", "Plots", PlotsPanel(session), session.theme)
        self._pinned = NO_UNIT
        self.network.unit_hovered.connect(self._on_unit_hovered)
        self.network.unit_pinned.connect(self._on_unit_pinned)

    def _lay_out(self, session: Session) -> None:
        """Transport above, the desk, the status line below."""
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.transport = Transport(session, self.actions_)
        self.transport.rate_wanted.connect(self._on_rate_wanted)
        column.addWidget(self.transport)
        column.addWidget(self._desk, 1)
        # nobody's keys: at first, and after a click beside the controls
        whole.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setCentralWidget(whole)
        whole.setFocus()
        self.setStatusBar(StatusLine(session))

    def _add_views(self) -> None:
        self.views.add("Network", self.network, menu=True)
        self.views.add("Output", self.output_panel)
        self.views.add("Plots", self.plots.panel, menu=True)

    def _take_drops(self) -> None:
        takers = {".nnplay": self.file_dialogs.open_path, ".csv": self.points.import_path}
        FileDrops(self, takers | dict.fromkeys(IDX_ENDINGS, self.digits.import_path))

    def _show_file(self) -> None:
        path = self.files.path
        self.setWindowFilePath("" if path is None else str(path))
        self.setWindowTitle("nnplay" if path is None else f"{path.name} — nnplay")

    def _on_rate_wanted(self) -> None:
        go_to(self.training)
        self.training_panel.edit_rate()

    def _on_unit_hovered(self, layer: int, unit: int) -> None:
        """The output shows what the unit under the pointer answers, else the pinned one."""
        shown = (layer, unit) if layer >= 0 and unit >= 0 else self._pinned
        self.output_panel.show_unit(shown[0], shown[1] if shown != NO_UNIT else None)

    def _on_unit_pinned(self, layer: int, unit: int) -> None:
        self._pinned = (layer, unit) if layer >= 0 and unit >= 0 else NO_UNIT
        self._on_unit_hovered(*NO_UNIT)

    def _network_card(self) -> Card:
        card = Card("Network")
        card.add_header(self.network.header)
        card.body.addWidget(self.network)
        return card

    def _restore_layout(self) -> None:
        geometry, layout = self._settings.value("window/geometry"), self._settings.value("window/layout")
        if isinstance(geometry, QByteArray):
            self.restoreGeometry(geometry)
        if isinstance(layout, QByteArray):
            self._desk.restore(layout)
