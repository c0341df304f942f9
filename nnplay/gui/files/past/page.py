"""The page of the branches: a list to return to one, name or delete it, and those that are chosen side by side."""

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, Qt, QTimer, Slot
from PySide6.QtGui import QFont, QFontMetrics, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QSplitter,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from nnplay.gui.files.past.comparison import Comparison
from nnplay.gui.files.past.figures import BranchFigures, figures_of, figures_there
from nnplay.gui.files.past.measured import BestFinder, Measured
from nnplay.gui.files.past.table import CHANGES, NAME, BranchTable
from nnplay.gui.guard import Guarded
from nnplay.gui.session.best_moment import go_to_best
from nnplay.gui.session.branches import state_of
from nnplay.gui.session.session import Session
from nnplay.gui.theme.fonts import figure_font
from nnplay.gui.theme.scale import px
from nnplay.gui.theme.sizes import set_font, set_margins, set_row_height, set_spacing
from nnplay.gui.theme.style import set_role
from nnplay.gui.widgets.plain_text import PlainLabel, set_tip
from nnplay.gui.widgets.screen_fit import size_dialog
from nnplay.texts import one_line, tr
from nnplay.training.record import Branch, Recording

SIZE, SMALLEST = (1240, 640), (640, 420)
ROW_HEIGHT = 26
NARROWEST_NAME, WIDEST_NAME, BESIDE_NAME = 200, 420, 44
"""Pixels of the names' column, and of the hue and the edges in it."""
NARROWEST_CHANGES, EDGES = 220, 44
"""Pixels that the changes have at least, beside which one scrolls, and those of the page's edges."""
FIGURE_ROOM, BESIDE = "0.00e−000", 20
"""The widest figure, and pixels beside it."""
EVERY_MS = 1000
"""While a run goes on its figures are read so often."""
MOST_NAME = 60


class BranchPage(Guarded, QDialog):
    """Open beside the window, which stays open to everything."""

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("branch_page")
        self.setWindowTitle(tr("Branches"))
        self._session = session
        self.hint = PlainLabel()
        set_role(self.hint, "quiet")
        self.table = BranchTable(session.theme, self._rename, self.devicePixelRatioF(), self)
        self.view = self._made_view()
        self.comparison = Comparison(session.theme)
        self.comparison.wanted.connect(self._on_wanted)
        self._measured = Measured()
        self._finder = BestFinder(session, self._measured, self)
        self._finder.found.connect(self._on_found)
        self._shown: tuple[object, ...] = ()
        self._record: Recording | None = None
        self._clock = QTimer(self, interval=EVERY_MS)
        self._clock.timeout.connect(self.refresh)
        self._lay_out()
        size_dialog(self, SIZE, SMALLEST)
        session.timeline.changed.connect(self.refresh)
        session.state_changed.connect(self.refresh)
        session.experiment_changed.connect(self.refresh)
        session.theme.changed.connect(self._fit_columns)
        self.finished.connect(self._forget)

    def branches(self) -> list[BranchFigures]:
        """Those that are chosen in the list."""
        rows = sorted(index.row() for index in self.view.selectionModel().selectedRows())
        return [self.table.branches[row] for row in rows]

    @Slot()
    def refresh(self) -> None:
        """Show what the branches are now; what is being typed is left to be typed."""
        if not self.isVisible() or self.view.state() == QAbstractItemView.State.EditingState:
            return
        timeline = self._session.timeline
        shown = (state_of(timeline.record), self._session.running, timeline.ask(lambda record: record.step).result())
        if shown == self._shown:
            return
        self._shown = shown
        chosen = {each.branch for each in self.branches()} or {timeline.record.current}
        figures = timeline.ask(lambda record: figures_of(record, self._measured)).result()[::-1]
        before = self.table.rowCount()
        self.table.show_branches(figures, timeline.record.current)
        if before != len(figures) or self._record is not timeline.record or not self.branches():
            self._record = timeline.record
            self._choose(chosen)
        self._fit_columns()
        self._show_chosen()
        if self._session.running:
            self._finder.forget()
            self._clock.start()
        else:
            self._finder.look(timeline.record, [each.branch for each in figures])
            self._clock.stop()

    @Slot()
    def _on_found(self) -> None:
        self._shown = ()
        self.refresh()

    @Slot()
    def _forget(self) -> None:
        """Closed, it keeps nothing of the run."""
        self._clock.stop()
        self._finder.forget()
        self._shown, self._record = (), None
        self.table.show_branches((), None)
        self._show_chosen()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Called by Qt."""
        super().resizeEvent(event)
        self._fit_columns()

    # what stands on it

    def _made_view(self) -> QTableView:
        view = QTableView()
        view.setModel(self.table)
        view.setAccessibleName(tr("Branches"))
        view.setAccessibleDescription(
            tr("The ways that the run took: Enter goes to the end of one, F2 names it, Delete deletes it")
        )
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        view.setTabKeyNavigation(False)
        view.setWordWrap(False)
        view.setTextElideMode(Qt.TextElideMode.ElideMiddle)  # names and changes differ at their ends
        view.setShowGrid(False)
        view.verticalHeader().setVisible(False)
        view.horizontalHeader().setHighlightSections(False)
        set_font(view, figure_font)
        set_row_height(view, ROW_HEIGHT)
        view.activated.connect(self._on_activated)
        # what was typed changed the name while the list was being edited
        view.itemDelegate().closeEditor.connect(self.refresh, Qt.ConnectionType.QueuedConnection)
        view.selectionModel().selectionChanged.connect(self._show_chosen)
        return view

    def _lay_out(self) -> None:
        do = self._button
        self.go = do(tr("Go to Its End"), tr("Let the run be on the chosen branch, at its end (Enter)"), self._go)
        self.best = do(tr("Go to Its Best"), tr("See the chosen branch where its loss is lowest"), self._go_to_best)
        self.rename = do(tr("Rename"), tr("Name the chosen branch (F2); an empty name is made anew"), self._edit)
        self.delete = do(tr("Delete"), tr("Delete the chosen branches; Undo brings them back (Delete)"), self._delete)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        below = QHBoxLayout()
        set_spacing(below, 8)
        for button in (self.go, self.best, self.rename, self.delete):
            below.addWidget(button)
        below.addStretch(1)
        below.addWidget(buttons)
        parts = QSplitter(Qt.Orientation.Vertical)
        parts.addWidget(self.view)
        parts.addWidget(self.comparison)
        parts.setChildrenCollapsible(False)
        parts.setSizes([px(200), px(340)])
        column = QVBoxLayout(self)
        set_margins(column, 20, 16, 20, 16)
        set_spacing(column, 10)
        column.addWidget(self.hint)
        column.addWidget(parts, 1)
        column.addLayout(below)
        keys = QKeySequence.StandardKey
        for key, command in ((keys.Undo, self._session.undo_stack.undo), (keys.Redo, self._session.undo_stack.redo)):
            QShortcut(QKeySequence(key), self, command)
        for code, command in ((Qt.Key.Key_F2, self._edit), (Qt.Key.Key_Delete, self._delete)):
            QShortcut(QKeySequence(code), self.view, command, context=Qt.ShortcutContext.WidgetShortcut)
        self._fit_columns()

    def _button(self, text: str, tip: str, do: Callable[[], None]) -> QPushButton:
        button = QPushButton(text)
        set_tip(button, tip)
        button.setAccessibleDescription(tip)
        button.setAutoDefault(False)  # Enter is the list's
        button.clicked.connect(lambda: do())
        return button

    @Slot()
    def _fit_columns(self) -> None:
        header, metrics = self.view.horizontalHeader(), QFontMetrics(self.view.font())
        bold = QFont(self.view.font())
        bold.setBold(True)
        names = max((QFontMetrics(bold).horizontalAdvance(each.name) for each in self.table.branches), default=0)
        there = figures_there(self.table.branches)
        for column in range(NAME, CHANGES):
            name = str(self.table.headerData(column, Qt.Orientation.Horizontal))
            room = max(map(metrics.horizontalAdvance, (FIGURE_ROOM, name))) + px(BESIDE)
            if column == NAME:
                room = min(max(names + px(BESIDE_NAME), px(NARROWEST_NAME)), px(WIDEST_NAME))
            self.view.setColumnWidth(column, room)
            self.view.setColumnHidden(column, column != NAME and column - 1 not in there)
        figures = sum(self.view.columnWidth(column) for column in range(NAME, CHANGES))  # 0 where it is hidden
        roomy = self.width() - px(EDGES) - figures >= px(NARROWEST_CHANGES)
        modes = QHeaderView.ResizeMode
        header.setSectionResizeMode(CHANGES, modes.Stretch if roomy else modes.Interactive)
        if not roomy:
            self.view.setColumnWidth(CHANGES, px(NARROWEST_CHANGES))
        self.view.viewport().update()

    @Slot()
    def _show_chosen(self) -> None:
        chosen, current = self.branches(), self._session.timeline.record.current
        self.comparison.show_branches(chosen)
        for button in (self.go, self.best, self.rename):
            button.setEnabled(bool(chosen))
        self.delete.setEnabled(any(each.branch is not current for each in chosen))
        count = len(self.table.branches)
        if count == 1:
            text = tr("Go back to an earlier moment and train on, or change something there: that is a branch")
        elif len(chosen) < 2:
            text = tr("Choose several branches to see them side by side (Ctrl+click, or Shift and the arrows)")
        else:
            text = tr("{chosen} of {count} branches side by side", chosen=len(chosen), count=count)
        self.hint.setText(text)

    def _choose(self, branches: set[Branch]) -> None:
        self.view.clearSelection()
        selection, flag = self.view.selectionModel(), self.view.selectionModel().SelectionFlag
        for row, each in enumerate(self.table.branches):
            if each.branch in branches:
                selection.select(self.table.index(row, NAME), flag.Select | flag.Rows)
                selection.setCurrentIndex(self.table.index(row, NAME), flag.NoUpdate)

    # what a person does

    @Slot(QModelIndex)
    def _on_activated(self, index: QModelIndex) -> None:
        self._go_to(self.table.branches[index.row()].branch, best=False)

    @Slot(object, bool)
    def _on_wanted(self, branch: Branch, best: bool) -> None:
        self._go_to(branch, best=best)

    def _go(self) -> None:
        self._go_to(self._pointed(), best=False)

    def _go_to_best(self) -> None:
        self._go_to(self._pointed(), best=True)

    def _go_to(self, branch: Branch, *, best: bool) -> None:
        timeline = self._session.timeline
        timeline.return_to(branch)
        if best and timeline.record.current is branch:  # else it isn't there any more
            go_to_best(timeline)

    def _pointed(self) -> Branch:
        """Of those that are chosen the one that has the keyboard, else the first."""
        chosen, row = [each.branch for each in self.branches()], self.view.currentIndex().row()
        pointed = self.table.branches[row].branch if row >= 0 else None
        return pointed if pointed in chosen else chosen[0]

    @Slot()
    def _edit(self) -> None:
        row = self.view.currentIndex().row()
        if row >= 0:
            self.view.edit(self.table.index(row, NAME))

    @Slot()
    def _delete(self) -> None:
        chosen, current = self.branches(), self._session.timeline.record.current
        if all(each.branch is current for each in chosen):
            self.hint.setText(tr("The run is on this branch: go to another one to delete it"))
            return
        self._session.timeline.delete(*(each.branch for each in chosen if each.branch is not current))

    def _rename(self, branch: Branch, typed: str) -> None:
        name = one_line(typed).strip()[:MOST_NAME]
        if name != self._session.timeline.name_of(branch):
            self._session.timeline.rename(branch, name)
