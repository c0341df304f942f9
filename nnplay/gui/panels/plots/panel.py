"""The lower right panel: curves and statistics of the run, one kind a tab; only the tab that is seen costs anything."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QToolButton, QVBoxLayout, QWidget

from nnplay.gui.guard import Guarded
from nnplay.gui.panels.plots.tabs import TABS, PlotTab
from nnplay.gui.session.frames import Beat
from nnplay.gui.session.session import Session
from nnplay.gui.theme.sizes import set_fixed_size, set_margins
from nnplay.gui.theme.style import set_role
from nnplay.gui.widgets.plain_text import set_tip
from nnplay.gui.widgets.roomy_tabs import RoomyTabs
from nnplay.texts import tr
from nnplay.training.prepared import PreparedData
from nnplay.training.probes.probe import Probes
from nnplay.training.snapshot import Snapshot

LOGARITHMIC = (34, 20)
RIGHT = 14
"""Pixels right of the choice of the axis."""


class PlotsPanel(Guarded, QWidget):
    """Tabs, and below them the picture of the one chosen.

    Attributes
    ----------
    header
        The tabs.
    logarithmic
        The choice of the axis, in the corner above the curves that have one.
    header_is_title
        The tabs say well enough what the panel is: they stand in place of a title.
    """

    header_is_title = True

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._newest: Snapshot | None = None
        self._tab_before = 0
        self.header = self.tabs = RoomyTabs("plots", "narrow_plots")
        self.tabs.setAccessibleName(tr("Plots"))
        self._add_logarithmic()
        self.pages = QStackedWidget()
        self._tabs = [make(session.theme) for make in TABS]
        for tab in self._tabs:
            self._add(tab)
        column = QVBoxLayout(self)
        set_margins(column, 12, 0, 0, 4)
        column.addWidget(self.pages)
        self.tabs.currentChanged.connect(self._on_tab_changed)
        session.data_changed.connect(self.show_data)
        self.logarithmic.toggled.connect(self._on_logarithmic)
        self.show_data(session.prepared)
        session.add_viewer(self, Beat.FIGURES)

    @property
    def tab(self) -> PlotTab:
        """The one that is seen."""
        return self._tabs[self.pages.currentIndex()]

    @property
    def needs(self) -> Probes:
        """What the tab that is seen needs now."""
        return self.tab.needs(running=self._session.running)

    def show_data(self, prepared: PreparedData) -> None:
        """Show the tabs that fit the data; what was measured on others is not drawn again."""
        self._newest = None
        if not self.tab.fits(prepared):  # before it goes: Qt would choose its neighbour
            self.tabs.setCurrentIndex(0)
        for index, tab in enumerate(self._tabs):
            self.tabs.setTabVisible(index, tab.fits(prepared))
            tab.show_data(prepared)

    @property
    def presented_title(self) -> str:
        """What is seen before a class."""
        return self.tabs.tabText(0)

    def set_presented(self, presented: bool) -> None:
        """Before a class the first tab alone, and none to choose; afterwards the one that was seen."""
        if presented:
            self._tab_before = self.tabs.currentIndex()
        self.tabs.setVisible(not presented)
        self.tabs.setCurrentIndex(0 if presented else self._tab_before)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Draw the newest figures; called at frame rate while the panel is seen."""
        self._newest = snapshot
        self.tab.show_snapshot(snapshot)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Called by Qt."""
        super().resizeEvent(event)
        self.logarithmic.move(self.width() - self.logarithmic.width() - RIGHT, 0)
        self.logarithmic.raise_()

    def showEvent(self, event: QShowEvent) -> None:
        """Called by Qt; what happened while nobody looked is drawn now."""
        super().showEvent(event)
        self._session.refresh()

    def _add_logarithmic(self) -> None:
        self.logarithmic = QToolButton(self)
        self.logarithmic.setText(tr("log"))
        self.logarithmic.setCheckable(True)
        self.logarithmic.setAccessibleName(tr("Logarithmic"))
        set_tip(self.logarithmic, tr("Each step of the axis ten times smaller: shows what a small loss still does"))
        self.logarithmic.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        set_fixed_size(self.logarithmic, *LOGARITHMIC)
        set_role(self.logarithmic, "small")

    def _add(self, tab: PlotTab) -> None:
        assert isinstance(tab, QWidget)
        index = self.tabs.addTab(tr(tab.title))
        self.tabs.setTabToolTip(index, tr(tab.tip))
        self.pages.addWidget(tab)
        tab.needs_changed.connect(self._session.refresh)

    @Slot(int)
    def _on_tab_changed(self, index: int) -> None:
        self.pages.setCurrentIndex(index)
        self.logarithmic.setVisible(self.tab.has_logarithm)
        if self._newest is not None:
            self.tab.show_snapshot(self._newest)
        self._session.refresh()

    @Slot(bool)
    def _on_logarithmic(self, logarithmic: bool) -> None:
        for tab in self._tabs:
            tab.set_logarithmic(logarithmic)
