"""Branches side by side: their curves, and a table of their figures and of the settings in which they differ."""

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QHeaderView, QTableView, QVBoxLayout, QWidget

from nnplay.gui.files.past.figures import BESTS, FIGURES, BranchFigures, differences
from nnplay.gui.files.tables.text_table import Index, TextTable
from nnplay.gui.paint.ghosts import Ghost
from nnplay.gui.paint.line_plot import LinePlot, Scale
from nnplay.gui.paint.swatch import swatch
from nnplay.gui.theme.fonts import figure_font
from nnplay.gui.theme.scale import px
from nnplay.gui.theme.sizes import set_font, set_margins, set_row_height, set_spacing
from nnplay.gui.theme.theme import Theme
from nnplay.gui.widgets.choice_box import FlatCombo
from nnplay.gui.widgets.number_format import percent_text, r_squared_text
from nnplay.gui.widgets.plain_text import set_tip
from nnplay.texts import mark, tr
from nnplay.training.history import COLUMNS, EPOCH, FIRST

ROW_HEIGHT, NARROWEST = 24, 110
SIDE_BY_SIDE = 12
"""Branches that are compared at most, the first of those chosen."""
LOSS = "loss"
CURVES = {
    LOSS: (mark("Loss"), Scale()),
    "accuracy": (mark("Accuracy"), Scale(grows=False, text=percent_text, tick=lambda value: percent_text(value, 0))),
    "r2": (mark("R²"), Scale(grows=False, lowest=-1.0, text=r_squared_text)),
}
"""Figure → what it is called, and how it is drawn."""


class Comparison(QWidget):
    """Shows the branches that are chosen.

    Signals
    -------
    wanted(branch, best)
        A person wants to go to the end of a branch, or to its best moment.

    Attributes
    ----------
    figure
        Which curves are drawn.
    table
        The figures, a branch a column.
    """

    wanted = Signal(object, bool)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._branches: Sequence[BranchFigures] = ()
        self.figure = FlatCombo(tr("Curves"), tr("Which curves are drawn: training solid, test dashed"))
        self.figure.set_choices([(key, tr(name)) for key, (name, _) in CURVES.items()])
        self.plots = {key: LinePlot(theme, scale, self) for key, (_, scale) in CURVES.items()}
        for key, plot in self.plots.items():
            plot.setAccessibleName(tr("{figure} of the chosen branches", figure=tr(CURVES[key][0])))
        self.table = _Table(theme, self.devicePixelRatioF(), self)
        self.view = QTableView()
        self.view.setModel(self.table)
        self.view.setAccessibleName(tr("Figures of the chosen branches"))
        tip = tr("A double click, or Enter, goes to the end of a branch; on its best loss or epoch, to that moment")
        self.view.setAccessibleDescription(tip)
        set_tip(self.view, tip)
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.view.setTabKeyNavigation(False)
        self.view.setShowGrid(False)
        self.view.verticalHeader().setVisible(False)
        for each in (self.view, self.view.horizontalHeader()):
            each.setTextElideMode(Qt.TextElideMode.ElideMiddle)  # names and changes differ at their ends
        self.view.activated.connect(self._on_activated)
        set_font(self.view, figure_font)
        set_row_height(self.view, ROW_HEIGHT)
        left = QVBoxLayout()
        set_spacing(left, 2)
        left.addWidget(self.figure, 0, Qt.AlignmentFlag.AlignLeft)
        for plot in self.plots.values():
            left.addWidget(plot, 1)
        row = QHBoxLayout(self)
        set_margins(row, 0, 0, 0, 0)
        set_spacing(row, 16)
        row.addLayout(left, 1)
        row.addWidget(self.view, 1)
        self.figure.activated.connect(self._show_curves)
        theme.changed.connect(self.view.viewport().update)
        self._show_curves()

    def show_branches(self, branches: Sequence[BranchFigures]) -> None:
        """Compare these, which are the first ones of those that are chosen."""
        self._branches = branches[:SIDE_BY_SIDE]
        self.table.show_branches(self._branches)
        header = self.view.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        header.setMinimumSectionSize(px(NARROWEST))
        if self._branches:
            header.setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        self.figure.set_choices([(key, tr(name)) for key, (name, _) in CURVES.items() if self._has(key)])
        self._show_curves()

    def _has(self, figure: str) -> bool:
        place = COLUMNS.index(f"train_{figure}")
        return figure == LOSS or any(np.isfinite(each.rows[:, FIRST, place]).any() for each in self._branches)

    @Slot(QModelIndex)
    def _on_activated(self, index: QModelIndex) -> None:
        if index.column() > 0:
            best = FIGURES[index.row()] in BESTS if index.row() < len(FIGURES) else False
            self.wanted.emit(self._branches[index.column() - 1].branch, best)

    @Slot()
    def _show_curves(self) -> None:
        chosen = self.figure.value()
        for key, plot in self.plots.items():
            plot.setVisible(key == chosen)
        first, second = COLUMNS.index(f"train_{chosen}"), COLUMNS.index(f"test_{chosen}")
        plot = self.plots[chosen]
        plot.show_ghosts(
            [
                Ghost(
                    each.branch.key,
                    each.name,
                    each.rows[:, FIRST, EPOCH],
                    (each.rows[:, FIRST, first], each.rows[:, FIRST, second]),
                )
                for each in self._branches
            ]
        )
        plot.show_lines(np.zeros(0), np.zeros((0, 3)), np.zeros((0, 3)))


class _Table(TextTable):
    """A figure or a setting a row, a branch a column."""

    def __init__(self, theme: Theme, ratio: float, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self._ratio = theme, ratio
        self._branches: Sequence[BranchFigures] = ()

    def show_branches(self, branches: Sequence[BranchFigures]) -> None:
        """Show these side by side."""
        self._branches = branches
        rows = [[tr(name), *(each.texts[place] for each in branches)] for place, name in enumerate(FIGURES)]
        rows += [[name, *values] for name, values in differences(branches)]
        rows += [[tr("Changed in it"), *(each.changes or "–" for each in branches)]]
        self.show_rows(["", *(each.name for each in branches)] if branches else [], rows if branches else [])

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Figures stand at the right."""
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column():
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return super().data(index, role)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """A branch's name with its hue."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DecorationRole and section:
            return swatch(self._theme.palette.branch(self._branches[section - 1].branch.key), self._ratio)
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return super().headerData(section, orientation, role)
