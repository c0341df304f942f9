"""Assembles the window: transport above, docks around the network, status line below. No more."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QSettings, Qt, QTimer, Slot
from PySide6.QtGui import QCloseEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QMainWindow, QVBoxLayout, QWidget

from nnplay.data.file_error import FileError
from nnplay.data.tables.files.refused_formats import refuse_known
from nnplay.data.tables.reading import SUFFIXES
from nnplay.gui.files.animation.export import AnimationExport
from nnplay.gui.files.animation.views import AnimatedView
from nnplay.gui.files.autosave import Autosave
from nnplay.gui.files.copies import Copy, written_at
from nnplay.gui.files.digits import IDX_ENDINGS, DigitImport
from nnplay.gui.files.engine_fetch import EngineFetch
from nnplay.gui.files.experiment_files import SUFFIX, Files
from nnplay.gui.files.file_dialogs import FileDialogs
from nnplay.gui.files.gradients.checks import GradientChecks
from nnplay.gui.files.network_export import WEIGHTS_SUFFIX, NetworkExport
from nnplay.gui.files.past.changes import PastChanges
from nnplay.gui.files.pictures import Pictures
from nnplay.gui.files.points import PointsExport
from nnplay.gui.files.prediction import Prediction
from nnplay.gui.files.shelf_files import ShelfFiles
from nnplay.gui.files.shelf_folder import FOLDER, ShelfFolder
from nnplay.gui.files.table_import import TableImport
from nnplay.gui.files.until.actions import Until
from nnplay.gui.files.work import Work
from nnplay.gui.files.worked.files import WorkedExamples
from nnplay.gui.guard import Guarded
from nnplay.gui.session.findings import PANEL_OF
from nnplay.gui.session.session import Session
from nnplay.gui.theme.sizes import set_margins, set_spacing
from nnplay.gui.widgets.card import Card
from nnplay.gui.widgets.plain_text import title_text
from nnplay.gui.widgets.screen_fit import move_within
from nnplay.gui.window.actions import Actions
from nnplay.gui.window.banner import Banner
from nnplay.gui.window.catalogue import PANELS, Area, PanelRow
from nnplay.gui.window.dock_area import DockArea, scrolling
from nnplay.gui.window.drops import FileDrops, Takers, taker_of
from nnplay.gui.window.fan.ahead import SeeAhead
from nnplay.gui.window.focus import bring_forward, go_to, leave_text, step
from nnplay.gui.window.keys import KeyPriority
from nnplay.gui.window.layout import WindowLayout, size_window
from nnplay.gui.window.menus import build_menus
from nnplay.gui.window.panel_dock import PanelDock
from nnplay.gui.window.panel_strip import PanelStrip
from nnplay.gui.window.presentation import Presentation
from nnplay.gui.window.recent import RecentMenu
from nnplay.gui.window.scaling import Scaling
from nnplay.gui.window.status import StatusLine
from nnplay.gui.window.transport import Transport
from nnplay.gui.window.view_actions import ScaleActions, banner_action, presentation_action
from nnplay.texts import tr
from nnplay.training.awaiting import give_up
from nnplay.training.diagnosis import Where
from nnplay.training.titles import data_title


class MainWindow(Guarded, QMainWindow):
    """The window on one session.

    Parameters
    ----------
    settings
        Where layout and recent files are remembered.
    folder
        Where a copy of what is open is kept.
    copy
        The copy to go on with, which is held; None for a fresh one.
    """

    def __init__(self, session: Session, settings: QSettings, folder: Path, copy: Copy | None = None) -> None:
        super().__init__()
        self.session = session
        try:
            self._build(session, settings, folder, copy)
        except Exception:
            self.deleteLater()  # nothing of half a window stays, or keeps a copy
            raise
        self.autosave.start()
        self.shelf_files.start()

    def _build(self, session: Session, settings: QSettings, folder: Path, copy: Copy | None) -> None:
        session.remembered.keep_in(settings)
        self._strips: list[PanelStrip] = []
        self._panels: dict[str, QWidget] = {}
        size_window(self)
        self._make_files(session, settings, folder, copy)
        self._make_tools(session, settings)
        self._make_places(session)
        self._lay_out(session)
        self._add_pictures()
        self._make_views(session, settings)
        recent = RecentMenu(self, self.files, self.file_dialogs, folder)
        views = (self._go_to_banner, self._present, self._size_menu)
        edit = build_menus(self, self.actions_, self._places, recent, self.file_dialogs, session.theme, views)
        self.pictures.watch(edit)
        KeyPriority(self)
        self._take_drops()
        self._layout.restore()
        self._connect(session)
        self.see_ahead = SeeAhead(session, self, self.transport.rate)

    def _make_files(self, session: Session, settings: QSettings, folder: Path, copy: Copy | None) -> None:
        """What is open, and the copies that are kept of it."""
        self.files = Files(session, settings, self, fresh=copy is None)
        self.autosave = Autosave(session, folder, copy, self)
        self.files.leaving.connect(self.autosave.leave)
        copied_at = None if copy is None else written_at(copy.path)
        self.shelf_files = ShelfFiles(session, self, ShelfFolder(folder / FOLDER, self.autosave.packed), copied_at)
        self.autosave.timer.timeout.connect(self.shelf_files.keep)
        self._show_title()
        self.setWindowModified(self.files.modified)

    def _make_tools(self, session: Session, settings: QSettings) -> None:
        """What reads, writes and opens pages, and the actions for it."""
        self.file_dialogs = FileDialogs(session, self.files, self)
        self.tables = TableImport(session, self)
        self.points = PointsExport(session, self)
        self.prediction = Prediction(session, self)
        self.gradients = GradientChecks(session, self)
        self.past = PastChanges(session, self)
        self.digits = DigitImport(session, self)
        self.network_export = NetworkExport(session, self)
        self.pictures = Pictures(session, settings, self)
        self.animation = AnimationExport(session, self)
        self.until = Until(session, self)
        self.actions_ = Actions(
            session,
            self,
            self.file_dialogs,
            self.tables,
            self.points,
            self.prediction,
            self.gradients,
            self.past,
            self.network_export,
            self.digits,
            self.pictures,
            self.animation,
            WorkedExamples(session, self),
            self.until,
            self.reset_layout,
        )

    def _connect(self, session: Session) -> None:
        """To what the session tells, and what others want of the window."""
        self.files.changed.connect(self._show_title)
        self.files.modified_changed.connect(self.setWindowModified)
        session.experiment_changed.connect(self._show_title)
        EngineFetch(session, self)
        session.requests.action.connect(self.actions_.trigger)
        session.requests.panel.connect(self._on_panel_wanted)
        session.requests.option.connect(self._on_option_wanted)
        session.requests.proof.connect(self._on_proof_wanted)
        places = self._places
        session.requests.shows = lambda key: key in places and places[key].isVisible()
        session.requests.keys.connect(self._on_keys_wanted)

    def panel(self, key: str) -> QWidget:
        """The panel of this key of `PANELS`, which is made where it isn't there yet."""
        place = self._places[key]
        return place.panel if isinstance(place, PanelDock) else self._panels[key]

    def place(self, key: str) -> QWidget:
        """Where a panel stands: its dock, or the panel itself where it has none."""
        return self._places[key]

    @property
    def docks(self) -> tuple[PanelDock, ...]:
        """All docks, area by area."""
        return self._dock_area.docks

    def open_file(self, path: Path) -> None:
        """Open an experiment, or import a table or pictures: by the ending of its name, else as an experiment."""
        take = taker_of(path, self._takers) or self.file_dialogs.open_path
        try:
            refuse_known(path.name, b"")
        except FileError:  # which the import says, with the format's name
            take = self.tables.import_path
        take(path)

    def reset_layout(self) -> None:
        """All docks back to where they were at the first start."""
        self._dock_area.reset()
        for strip in self._strips:
            strip.shown.setChecked(True)

    def remember_arrangement(self) -> None:
        """Write down where the window and its docks stand."""
        self._layout.save(self.presentation.before or self._layout.arrangement())

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab and Shift+Tab, in the order of reading."""
        return step(self, forward=forward)

    def showEvent(self, event: QShowEvent) -> None:
        """Called by Qt; only then has the window a frame, with which it fits the screen."""
        super().showEvent(event)
        QTimer.singleShot(0, self, lambda: move_within(self))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Called by Qt."""
        super().resizeEvent(event)
        for strip in self._strips:
            strip.fit(event.size().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Called by Qt for a key that nothing else takes.

        Escape closes a message, else ends a presentation, else lets go of a finding, or of what is selected.
        """
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self.banner.dismiss():
            return
        elif self.presentation.active:
            self.presentation.end()
        elif not self.session.findings.let_go():
            self.session.selection.let_go()

    def closeEvent(self, event: QCloseEvent) -> None:
        """End the threads before the window goes, and remember the layout."""
        give_up()  # compiled steps, which one of them may wait for
        for work in self.findChildren(Work):
            work.stop()
        self.session.close()
        self.shelf_files.close()
        self.autosave.close()
        self.remember_arrangement()
        super().closeEvent(event)

    def _make_places(self, session: Session) -> None:
        """A dock for each panel but the one in the middle."""
        docks: dict[Area, list[PanelDock]] = {}
        self._places: dict[str, QWidget] = {}
        self._middle = Card()
        for row in PANELS:
            make, title = partial(_make_panel, row, session, self._panels), tr(row.title)
            if row.area is Area.MIDDLE:
                self._middle = Card(title, make())
                self._places[row.key] = self._panels[row.key]
            elif row.area is Area.STRIP:
                strip = PanelStrip(row.key, title, make(), session.theme)
                session.remembered.switch(f"shown/{row.key}", strip.shown)
                self._strips.append(strip)
                self._places[row.key] = strip
            else:
                seen = not (row.closed or row.behind)
                dock = PanelDock(row.key, title, make, session.theme, closed=row.closed, seen=seen)
                docks.setdefault(row.area, []).append(dock)
                self._places[row.key] = dock
        self._dock_area = DockArea(self._middle, docks)

    def _lay_out(self, session: Session) -> None:
        """Transport above, the docks, the status line below."""
        whole = QWidget()
        column = QVBoxLayout(whole)
        set_margins(column, 0, 0, 0, 0)
        set_spacing(column, 0)
        self.transport = Transport(session, self.actions_)
        column.addWidget(self.transport)
        column.addWidget(scrolling(self._dock_area), 1)
        for strip in self._strips:
            column.addWidget(strip)
        # nobody's keys: at first, and after a click beside the controls
        whole.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setCentralWidget(whole)
        whole.setFocus()
        self._status = StatusLine(session)
        self.setStatusBar(self._status)

    def _make_views(self, session: Session, settings: QSettings) -> None:
        """How large all is, and how much of it is seen."""
        self.scaling = Scaling(session.theme, settings, self)
        self._layout = WindowLayout(self, self._dock_area, settings)
        shown = [dock for row in PANELS if row.presented and isinstance(dock := self._places[row.key], PanelDock)]
        self.presentation = Presentation(self, self._dock_area, shown, self._layout, self.scaling)
        for strip in self._strips:
            self.presentation.changed.connect(strip.set_presented)
        self.banner = Banner(session, self._status)
        session.findings.tell(self)
        self._go_to_banner = banner_action(self.actions_, self.banner)
        self._size_menu = ScaleActions(self.actions_, self.scaling, self).menu
        self._present = presentation_action(self.actions_, self.presentation)

    def _add_pictures(self) -> None:
        for row in PANELS:
            if row.picture:
                title, view_of = tr(row.title), partial(self._panels.get, row.key)
                self.pictures.add(row.key, title, view_of, menu=row.picture_menu)
                card = self._middle if row.area is Area.MIDDLE else self._places[row.key]
                self.animation.add(AnimatedView(row.key, title, card, view_of, row.make))

    def _take_drops(self) -> None:
        tables = dict.fromkeys(SUFFIXES, self.tables.import_path)
        digits = dict.fromkeys(IDX_ENDINGS, self.digits.import_path)
        self._takers: Takers = {
            SUFFIX: self.file_dialogs.open_path,
            WEIGHTS_SUFFIX: self.network_export.import_path,
            **digits,
            **tables,
        }
        FileDrops(self, self._takers)

    @Slot()
    def _show_title(self) -> None:
        path, data = self.files.path, self.session.experiment.data
        name = data_title(data.kind, data.name) if path is None else path.name
        title = tr("{file}[*] — nnplay", file=title_text(name))
        if title != self.windowTitle():
            self.setWindowFilePath("" if path is None else str(path))
            self.setWindowTitle(title)

    @Slot()
    def _on_keys_wanted(self) -> None:
        leave_text(self)

    @Slot(str)
    def _on_option_wanted(self, path: str) -> None:
        if self._make_all():
            self.session.requests.option.emit(path)

    @Slot(str)
    def _on_panel_wanted(self, key: str) -> None:
        go_to(self._place_for_all(key))

    @Slot(object)
    def _on_proof_wanted(self, where: Where) -> None:
        if self._make_all():
            self.session.requests.proof.emit(where)
        else:
            bring_forward(self._place_for_all(PANEL_OF[where]))

    def _make_all(self) -> bool:
        """Make the panels that nobody has looked at; True where one of them may have missed what is wanted."""
        filled = [dock.fill(hidden=True) for dock in self.docks]
        return any(filled)

    def _place_for_all(self, key: str) -> QWidget:
        """Where a panel stands; before a class, which it isn't for, the presentation ends."""
        place = self._places[key]
        if not place.isVisible():
            self.presentation.end()
        return place


def _make_panel(row: PanelRow, session: Session, panels: dict[str, QWidget]) -> QWidget:
    panels[row.key] = panel = row.make(session)
    return panel
