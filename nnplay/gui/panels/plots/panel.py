"""The lower right panel: curves and statistics of the run, one kind a tab; only the tab that is seen costs anything.

The others are made when somebody looks at them.
"""

from collections.abc import Callable

from PySide6.QtCore import Slot
from PySide6.QtGui import QAction, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from nnplay.gui.guard import Guarded
from nnplay.gui.paint.epoch_axis import EpochAxis
from nnplay.gui.paint.figure import Figure
from nnplay.gui.paint.zoomable_view import KEYS as ZOOM_KEYS
from nnplay.gui.panels.plots.axis_switches import AxisSwitches
from nnplay.gui.panels.plots.curves import CurvesTab, LossTab
from nnplay.gui.panels.plots.surface.tab import SurfaceTab
from nnplay.gui.panels.plots.surface.view import KEYS as SLICE_KEYS
from nnplay.gui.panels.plots.tabs import TABS, PlotTab, make_tab
from nnplay.gui.session.branches import curves_of, state_of
from nnplay.gui.session.frames import Beat
from nnplay.gui.session.remembered import Remembered
from nnplay.gui.session.session import Session
from nnplay.gui.theme.scale import px
from nnplay.gui.theme.sizes import set_margins, set_minimum_size
from nnplay.gui.widgets.roomy_tabs import RoomyTabs
from nnplay.texts import tr
from nnplay.training.diagnosis import Where
from nnplay.training.prepared import PreparedData
from nnplay.training.probes.probe import Probes
from nnplay.training.snapshot import Snapshot

RIGHT = 14
"""Pixels right of the switches of the axes."""
LEAST = (128, 92)
"""Pixels that the tab which needs the most room needs, made or not: nothing moves when it is opened."""

KEYS = (*ZOOM_KEYS, *SLICE_KEYS)
"""(keys, what they do), marked for `tr`, for the list of shortcuts."""
CLOSER = 2.0
"""Times as near, by the menu."""


class PlotsPanel(Guarded, QWidget):
    """Tabs, and below them the picture of the one chosen.

    Attributes
    ----------
    header
        The tabs.
    switches
        Those of the axes, in the corner above the curves.
    header_is_title
        The tabs say well enough what the panel is: they stand in place of a title.
    tab
        The one that is seen.
    """

    header_is_title = True

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._newest: Snapshot | None = None
        self._tab_before = 0
        self.header = self.tabs = RoomyTabs("plots", "narrow_plots")
        self.tabs.setAccessibleName(tr("Plots"))
        self.switches = AxisSwitches(self)
        self.pages = QStackedWidget()
        set_minimum_size(self.pages, *LEAST)
        self._epochs = EpochAxis()
        for index, kind in enumerate(TABS):
            self.tabs.addTab(tr(kind.title))
            self.tabs.setTabToolTip(index, tr(kind.tip))
        self._made: dict[int, PlotTab] = {}
        self.tab = self._tab_at(0)
        self._add_actions()
        column = QVBoxLayout(self)
        set_margins(column, 12, 0, 0, 4)
        column.addWidget(self.pages)
        self.tabs.currentChanged.connect(self._on_tab_changed)
        session.data_changed.connect(self.show_data)
        self._ghosts: tuple[object, ...] = ()
        session.timeline.changed.connect(self._show_ghosts)
        session.experiment_changed.connect(self._show_ghosts)
        session.requests.proof.connect(self._on_proof_wanted)
        session.findings.floor_changed.connect(self._show_floor)
        self._show_floor()
        self._connect_switches(session.remembered)
        self.show_data(session.prepared)
        session.add_viewer(self, Beat.FIGURES)

    @property
    def needs(self) -> Probes:
        """What the tab that is seen needs now."""
        return self.tab.needs(running=self._session.running)

    def show_data(self, prepared: PreparedData) -> None:
        """Show the tabs that fit the data; what was measured on others is not drawn again."""
        self._newest = None
        if not self.tab.fits(prepared):  # before it goes: Qt would choose its neighbour
            self.tabs.setCurrentIndex(0)
        for index, kind in enumerate(TABS):
            self.tabs.setTabVisible(index, kind.fits(prepared))
        for tab in self._made.values():
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
        if isinstance(self.tab, CurvesTab):
            timeline = self._session.timeline
            self.tab.later = None if timeline.looked_at is None else timeline.rows()
        if isinstance(self.tab, LossTab):
            self.tab.follow(self._session.timeline.record)
        self.tab.show_snapshot(snapshot)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Called by Qt."""
        super().resizeEvent(event)
        self.switches.place(px(RIGHT))

    def showEvent(self, event: QShowEvent) -> None:
        """Called by Qt; what happened while nobody looked is drawn now."""
        super().showEvent(event)
        self._session.refresh()

    def figure(self) -> Figure:
        """The picture of the tab that is seen, for a worksheet."""
        return self.tab.figure()

    def look_as(self, other: "PlotsPanel") -> None:
        """See the same tab in the same way as another panel of this kind."""
        self.tabs.setCurrentIndex(other.tabs.currentIndex())
        self.switches.epochs.setChecked(other.switches.epochs.isChecked())
        self.switches.values.setChecked(other.switches.values.isChecked())
        self._epochs.see_as(other._epochs)
        for index, theirs in other._made.items():
            if isinstance(theirs, SurfaceTab) and isinstance(tab := self._tab_at(index), SurfaceTab):
                tab.look_as(theirs)

    def hold_axes(self) -> None:
        """Let the axes of the curves stay as they are, wherever the run stands."""
        if self.tab.plot is not None:
            self.tab.plot.hold_axes()

    @Slot(object)
    def _on_proof_wanted(self, where: Where) -> None:
        """Bring the tab that shows it to the front, where one does."""
        for index, kind in enumerate(TABS):
            if kind.shows is where and self.tabs.isTabVisible(index):
                self.tabs.setCurrentIndex(index)

    @Slot()
    def _show_floor(self) -> None:
        for tab in self._made.values():
            if isinstance(tab, LossTab):
                tab.set_floor(self._session.findings.floor)

    @Slot()
    def _show_ghosts(self) -> None:
        """The other branches of the run, where they are others than those that are drawn."""
        record = self._session.timeline.record
        shown = state_of(record)
        if shown == self._ghosts:
            return
        self._ghosts = shown
        curves = curves_of(record)
        for tab in self._made.values():
            if isinstance(tab, CurvesTab):
                tab.show_ghosts(curves)
        self._session.refresh()

    def _connect_switches(self, remembered: Remembered) -> None:
        self.switches.fit.clicked.connect(self._on_fit)
        self.switches.epochs.toggled.connect(self._on_logarithmic_epochs)
        self.switches.values.toggled.connect(self._on_logarithmic_values)
        remembered.switch("plots/logarithmic_epochs", self.switches.epochs)
        remembered.switch("plots/logarithmic_values", self.switches.values)

    def _add_actions(self) -> None:
        """What the menu of a right click has beside the picture."""
        commands: tuple[tuple[str, Callable[[], None]], ...] = (
            (tr("Zoom In"), self._on_zoom_in),
            (tr("Zoom Out"), self._on_zoom_out),
            (tr("All Epochs"), self._on_fit),
        )
        self._zooms = [QAction(text, self) for text, _ in commands]
        for action, (_, command) in zip(self._zooms, commands, strict=True):
            action.triggered.connect(command)
        separator = QAction(self)
        separator.setSeparator(True)
        self._zooms.append(separator)
        self.addActions(self._zooms)

    def _tab_at(self, index: int) -> PlotTab:
        """The tab there, which is made where it isn't there yet."""
        if index not in self._made:
            self._made[index] = self._make(index)
        return self._made[index]

    def _make(self, index: int) -> PlotTab:
        tab = make_tab(TABS[index], self._session)
        assert isinstance(tab, QWidget)
        self.pages.addWidget(tab)
        tab.needs_changed.connect(self._session.refresh)
        if tab.plot is not None:
            tab.plot.epochs = self._epochs  # what one of them looks at, the others do too
            tab.plot.zoom_changed.connect(self._on_zoom_changed)
        tab.set_logarithmic(self.switches.values.isChecked())
        tab.show_data(self._session.prepared)
        if isinstance(tab, CurvesTab):
            tab.show_ghosts(curves_of(self._session.timeline.record))
        return tab

    @Slot(int)
    def _on_tab_changed(self, index: int) -> None:
        self.tab = tab = self._tab_at(index)
        assert isinstance(tab, QWidget)
        self.pages.setCurrentWidget(tab)
        self._show_switches()
        if self._newest is not None:
            self.show_snapshot(self._newest)
        self._session.refresh()

    def _show_switches(self) -> None:
        plot = self.tab.plot
        self.switches.values.setVisible(self.tab.has_logarithm)
        self.switches.epochs.setVisible(plot is not None)
        self.switches.fit.setVisible(plot is not None and plot.epochs.zoomed)
        self.switches.place(px(RIGHT))
        for action in self._zooms:
            action.setVisible(plot is not None)

    @Slot()
    def _on_zoom_changed(self) -> None:
        self._show_switches()

    @Slot()
    def _on_fit(self) -> None:
        if self.tab.plot is not None:
            self.tab.plot.fit()

    @Slot()
    def _on_zoom_in(self) -> None:
        if self.tab.plot is not None:
            self.tab.plot.zoom(1 / CLOSER)

    @Slot()
    def _on_zoom_out(self) -> None:
        if self.tab.plot is not None:
            self.tab.plot.zoom(CLOSER)

    @Slot(bool)
    def _on_logarithmic_epochs(self, logarithmic: bool) -> None:
        self._epochs.logarithmic = logarithmic
        for tab in self._made.values():
            if tab.plot is not None:
                tab.plot.show_epochs()

    @Slot(bool)
    def _on_logarithmic_values(self, logarithmic: bool) -> None:
        for tab in self._made.values():
            tab.set_logarithmic(logarithmic)
