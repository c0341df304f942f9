"""Below the canvas, where there are more than two inputs: what slice through them it shows, and what sets it."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from nnplay.gui.guard import Guarded
from nnplay.gui.panels.output.slice.row import HEIGHT, SliceRow
from nnplay.gui.panels.output.slice.values import slice_text
from nnplay.gui.session.session import Session
from nnplay.gui.theme.fonts import label_font
from nnplay.gui.theme.scale import px
from nnplay.gui.theme.sizes import set_font, set_margins, set_spacing
from nnplay.gui.widgets.buttons import IconButton
from nnplay.gui.widgets.plain_text import set_tip
from nnplay.gui.widgets.short_label import ShortLabel
from nnplay.texts import tr
from nnplay.training.prepared import PreparedData
from nnplay.training.slices import Point, SliceInput, slice_inputs

HEADER = 24
LEAST_ROWS, MOST_ROWS = 2, 6
SHARE = 4
"""It takes this part of the panel's height, where two rows need no more: the canvas comes first."""
AHEAD = 4
"""Rows that are made below those that are seen, so that the keyboard finds the next one."""


class SlicePanel(Guarded, QWidget):
    """A sentence, and a row for each of the inputs that don't span the plane; rows are made when they come in sight.

    Attributes
    ----------
    offered
        Whether it is seen where there are such inputs.
    own_answers
        Whether each point is to have the colour of what the network answers for it.
    rows
        Those that are made, the input that matters most first.
    """

    moved = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.offered = True
        self._inputs: tuple[SliceInput, ...] = ()
        self._of: tuple[object, object] | None = None
        self.rows: list[SliceRow] = []
        self.sentence = ShortLabel(tr("The slice that is shown"))
        set_font(self.sentence, lambda: label_font(12))
        self.own_answers = QCheckBox(tr("Own answers"))
        tip = tr("Draw each point in the colour of what the network answers for it, and not in that of its target")
        set_tip(self.own_answers, tip)
        self.own_answers.setAccessibleDescription(tip)
        self.own_answers.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        tip = tr("Bring the slice back to the mean of the samples")
        self.back = IconButton(session.theme, "reset", tr("Mean"), tip, icon_size=14, role="quiet")
        self.back.clicked.connect(self._on_back)
        self._scroll, self._content = QScrollArea(), _Rows()
        self._lay_out()
        session.selection.slice_changed.connect(self.show_slice)

    @property
    def inputs(self) -> tuple[SliceInput, ...]:
        """What can be set, the one that matters most first."""
        return self._inputs

    @property
    def point(self) -> Point:
        """Where the slice is."""
        return self._session.selection.slice or self._session.prepared.usual_point

    def show_data(self, prepared: PreparedData) -> None:
        """Offer the inputs of these data, in an order that stays as long as they do."""
        spanning = prepared.spec.plane_inputs
        of = (prepared.table, spanning)
        if self._of is None or self._of[0] is not of[0] or self._of[1] != of[1]:
            self._of = of
            wide = prepared.plane is not None and prepared.table.inputs.shape[1] > len(set(spanning))
            self._inputs = slice_inputs(prepared.table, prepared.spec.preparation, spanning) if wide else ()
            for row in self.rows:
                row.hide()
                row.deleteLater()
            self.rows = []
            self._scroll.verticalScrollBar().setValue(0)
        self.setVisible(bool(self._inputs) and self.offered)
        self.show_slice()
        self._make_rows()

    def fit(self, height: int) -> None:
        """Take a part of this height, and no less than two rows."""
        self._content.setFixedHeight(len(self._inputs) * px(HEIGHT))
        most = max((height // SHARE - px(HEADER)) // px(HEIGHT), LEAST_ROWS)
        shown = min(len(self._inputs), most, MOST_ROWS)
        self._scroll.setFixedHeight(shown * px(HEIGHT))
        self._make_rows()

    @Slot()
    def show_slice(self) -> None:
        """Show where the slice is now."""
        if not self._inputs:
            return
        point = self.point
        self.sentence.show_text(slice_text(self._inputs, point))
        self.back.setEnabled(self._session.selection.slice is not None)
        for row in self.rows:
            row.show_point(point)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Called by Qt."""
        super().resizeEvent(event)
        self._make_rows()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """What has the focus in a row comes into sight."""
        if event.type() == QEvent.Type.FocusIn and isinstance(watched, QWidget):
            self._scroll.ensureWidgetVisible(watched, 0, px(HEIGHT) // 2)
        return False

    def _lay_out(self) -> None:
        header = QHBoxLayout()
        set_spacing(header, 8)
        header.addWidget(self.sentence, 1)
        header.addWidget(self.own_answers)
        header.addWidget(self.back)
        self._scroll.setWidget(self._content)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for area in (self._scroll.viewport(), self._content):
            area.setAutoFillBackground(False)
        self._scroll.verticalScrollBar().valueChanged.connect(self._make_rows)
        column = QVBoxLayout(self)
        set_margins(column, 0, 0, 0, 0)
        set_spacing(column, 0)
        column.addLayout(header)
        column.addWidget(self._scroll)

    @Slot()
    def _make_rows(self) -> None:
        """Those down to the last one in sight, and some more."""
        if not self._inputs:
            return
        last = (self._scroll.verticalScrollBar().value() + self._scroll.height()) // px(HEIGHT) + AHEAD
        table, point = self._session.prepared.table, self.point
        for one in self._inputs[len(self.rows) : last]:
            row = SliceRow(one, table.inputs[:, one.inputs[0]], self._content)
            row.moved.connect(self._session.selection.set_slice)
            row.reset.connect(self._on_reset)
            row.refused.connect(self._session.refused)
            for part in row.findChildren(QWidget):
                part.installEventFilter(self)
            row.show_point(point)
            self.rows.append(row)
            self._content.place(row, len(self.rows) - 1)
            row.show()

    @Slot()
    def _on_back(self) -> None:
        self._session.selection.set_slice(None)

    @Slot(object)
    def _on_reset(self, one: SliceInput) -> None:
        usual = self._session.prepared.usual_point
        point = one.with_values_of(self.point, usual)
        self._session.selection.set_slice(None if point == usual else point)


class _Rows(Guarded, QWidget):
    """Holds rows at their places."""

    def place(self, row: QWidget, index: int) -> None:
        """Put it at its place."""
        row.setGeometry(0, index * px(HEIGHT), self.width(), px(HEIGHT))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Called by Qt; rows are as wide as there is room."""
        super().resizeEvent(event)
        for index, row in enumerate(self.findChildren(SliceRow)):
            self.place(row, index)
