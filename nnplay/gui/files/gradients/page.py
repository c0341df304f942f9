"""The page of Check Gradients…: is backpropagation right, and each gradient beside the difference it is to equal."""

from collections.abc import Callable
from typing import cast

from PySide6.QtCore import QModelIndex, Qt, Slot
from PySide6.QtGui import QFontMetrics, QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from nnplay.errors import NnplayError
from nnplay.gui.files.file_thread import Progress
from nnplay.gui.files.gradients.names import ParameterNames
from nnplay.gui.files.gradients.table import DIFFERENCE, ERROR, GRADIENT, PARAMETER, GradientTable
from nnplay.gui.files.tables.work_bar import WorkBar
from nnplay.gui.session.selection import WeightAddress
from nnplay.gui.session.session import Session
from nnplay.gui.theme.fonts import figure_font, label_font
from nnplay.gui.theme.scale import px
from nnplay.gui.theme.sizes import set_font, set_margins, set_row_height, set_spacing
from nnplay.gui.theme.style import set_role
from nnplay.gui.widgets.plain_text import PlainLabel, set_tip
from nnplay.gui.widgets.screen_fit import size_dialog
from nnplay.texts import tr
from nnplay.training.gradient_check import GradientsChecked, check_step, step_to_check
from nnplay.training.prepared import PreparedData

SIZE, SMALLEST = (880, 560), (640, 360)
ROW_HEIGHT = 26
FIGURE_ROOM = "−0.000123457"
"""The widest gradient that is shown."""
BESIDE = 26
"""Pixels beside a text in its cell, and for the sign of how the rows are sorted."""
INSPECTOR = "inspector"


class GradientPage(QDialog):
    """A sentence, what was compared, and the table; the window stays open to everything beside it."""

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("gradient_page")
        self.setWindowTitle(tr("Check Gradients"))
        self._session, self._window = session, window
        self._names: ParameterNames | None = None
        self._build()
        self._lay_out()
        size_dialog(self, SIZE, SMALLEST)
        self.finished.connect(self.bar.stop)
        session.theme.changed.connect(self._on_theme_changed)

    @Slot()
    def check(self) -> None:
        """Check the step that comes next, or the one that is walked through, in a thread."""
        walk = self._session.walk.walk
        trace = None if walk is None else walk.trace
        asked = self._session.ask(lambda trainer: (step_to_check(trainer, trace), trainer.prepared))

        def work(progress: Progress) -> tuple[GradientsChecked, PreparedData]:
            step, prepared = asked.result()
            return check_step(step, progress), prepared

        self.again.setEnabled(False)
        self.stop.show()
        self.bar.begin(work)

    # what stands on it

    def _build(self) -> None:
        self.verdict, self.scope = PlainLabel(tr("Checking…")), PlainLabel()
        set_font(self.verdict, lambda: label_font(15, bold=True))
        set_role(self.scope, "quiet")
        for label in (self.verdict, self.scope):
            label.setWordWrap(True)
        self.bar = WorkBar(tr("Checking gradients"), self._window)
        self.bar.done.connect(self._on_done)
        self.bar.failed.connect(self._on_failed)
        self.table = GradientTable(self._session.theme, self)
        self.view = QTableView()
        self.view.setModel(self.table)
        self.view.setAccessibleName(tr("Gradients"))
        self.view.setAccessibleDescription(
            tr("A parameter each: its gradient by backpropagation and by differences; Enter opens it in the inspector")
        )
        self.view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.view.setTabKeyNavigation(False)
        self.view.setWordWrap(False)
        self.view.setShowGrid(False)
        self.view.verticalHeader().setVisible(False)
        header = self.view.horizontalHeader()
        header.setHighlightSections(False)
        header.setSortIndicator(-1, Qt.SortOrder.DescendingOrder)
        header.setSortIndicatorClearable(True)
        self.view.setSortingEnabled(True)
        set_font(self.view, figure_font)
        set_row_height(self.view, ROW_HEIGHT)
        self.view.clicked.connect(self._on_clicked)
        self.view.activated.connect(self._on_activated)
        self.view.selectionModel().currentRowChanged.connect(self._on_current)
        self._add_buttons()

    def _add_buttons(self) -> None:
        self.stop = self._button(tr("Cancel"), tr("Leave the check that is going on"), self._on_cancel)
        room = self.stop.sizePolicy()
        room.setRetainSizeWhenHidden(True)
        self.stop.setSizePolicy(room)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.again = self._button(
            tr("Check Again"), tr("The network as it is now, and the batch that comes next"), self.check
        )
        self.copy = self._button(tr("Copy"), tr("All rows with all their figures, for a spreadsheet"), self._on_copy)
        for button in (self.again, self.copy):
            self.buttons.addButton(button, QDialogButtonBox.ButtonRole.ActionRole)
        self.copy.setEnabled(False)
        self.buttons.rejected.connect(self.reject)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Copy), self, self._on_copy)

    def _button(self, text: str, tip: str, do: Callable[[], None]) -> QPushButton:
        button = QPushButton(text)
        set_tip(button, tip)
        button.setAccessibleDescription(tip)
        button.setAutoDefault(False)  # Enter is the table's
        button.clicked.connect(lambda: do())
        return button

    def _lay_out(self) -> None:
        below = QHBoxLayout()
        set_spacing(below, 12)
        below.addWidget(self.bar, 1)
        below.addWidget(self.stop)
        below.addWidget(self.buttons)
        column = QVBoxLayout(self)
        set_margins(column, 20, 18, 20, 16)
        set_spacing(column, 10)
        column.addWidget(self.verdict)
        column.addWidget(self.scope)
        column.addWidget(self.view, 1)
        column.addLayout(below)
        self._fit_columns()

    def _fit_columns(self) -> None:
        header, metrics = self.view.horizontalHeader(), QFontMetrics(self.view.font())
        header.setSectionResizeMode(PARAMETER, QHeaderView.ResizeMode.Stretch)
        reason = GradientTable.widest_reason()
        for column, widest in ((GRADIENT, FIGURE_ROOM), (DIFFERENCE, FIGURE_ROOM), (ERROR, reason)):
            name = str(self.table.headerData(column, Qt.Orientation.Horizontal))
            room = max(map(metrics.horizontalAdvance, (widest, name)))
            self.view.setColumnWidth(column, room + px(BESIDE))

    @Slot()
    def _on_theme_changed(self) -> None:
        self._fit_columns()
        self.view.viewport().update()

    # what a person does

    @Slot()
    def _on_cancel(self) -> None:
        self.bar.stop()
        self._rest()
        if self._names is None:
            self.verdict.setText(tr("Not checked"))

    @Slot()
    def _on_copy(self) -> None:
        if self._names is None:
            return
        QGuiApplication.clipboard().setText(self.table.as_text())
        count = self.table.rowCount()
        self._session.message.emit(tr("{n} row copied|{n} rows copied", "", count))

    @Slot(QModelIndex, QModelIndex)
    def _on_current(self, now: QModelIndex, before: QModelIndex) -> None:
        if now.isValid() and before.isValid():  # else it is Qt that goes to the first row, as the focus comes
            self._choose(now)

    @Slot(QModelIndex)
    def _on_clicked(self, index: QModelIndex) -> None:
        self._choose(index)

    @Slot(QModelIndex)
    def _on_activated(self, index: QModelIndex) -> None:
        """A double click, or Enter: it is opened."""
        if self._choose(index):
            self._session.requests.panel.emit(INSPECTOR)

    def _choose(self, index: QModelIndex) -> bool:
        """Let the parameter of a row be what is inspected, where the network still has it."""
        names, network = self._names, self._session.trainer.network
        if names is None or names.layer_sizes != network.layer_sizes:
            self._session.refused.emit(tr("The network has another shape now: check its gradients again"))
            return False
        selection, address = self._session.selection, self.table.parameter(index.row()).address
        if isinstance(address, WeightAddress):
            selection.inspect(address)
        else:
            selection.inspect(None)
            selection.pin(*address)
        return True

    # what comes of it

    def _rest(self) -> None:
        self.again.setEnabled(True)
        self.stop.hide()

    @Slot(object)
    def _on_done(self, result: object) -> None:
        found, prepared = cast("tuple[GradientsChecked, PreparedData]", result)
        network = found.step.network
        self._names = ParameterNames(network.layer_sizes, network.batch_norm, prepared)
        self.view.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.DescendingOrder)
        self.table.show_check(found, self._names)
        self.view.setEnabled(True)
        self.view.scrollToTop()
        self.verdict.setText(found.verdict)
        set_role(self.verdict, "alarm" if found.beyond else "")
        self.scope.setText("\n".join(found.scope))
        self.copy.setEnabled(True)
        self._rest()

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        """It can't be: what was shown before stays, greyed."""
        self.view.setEnabled(False)
        set_role(self.verdict, "alarm")
        self._rest()
        if isinstance(error, NnplayError):
            self.verdict.setText(str(error))
        else:
            self.verdict.setText(tr("Something went wrong inside nnplay."))
            self._session.failed.emit(error)
