"""The tab of the matrices: which layer, which of its matrices, and the table of its numbers."""

from collections.abc import Callable

from PySide6.QtCore import QSignalBlocker, Slot
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from nnplay.gui.panels.inspector.inspected import Inspected
from nnplay.gui.panels.inspector.matrices import MatrixKind, kinds_of, matrix_of
from nnplay.gui.panels.inspector.matrix_key import MatrixKey
from nnplay.gui.panels.inspector.matrix_view import MatrixView
from nnplay.gui.session.selection import UnitAddress, WeightAddress
from nnplay.gui.session.session import Session
from nnplay.gui.theme.fonts import figure_font, label_font
from nnplay.gui.theme.sizes import set_font, set_margins, set_spacing
from nnplay.gui.theme.style import set_role
from nnplay.gui.widgets.buttons import IconButton
from nnplay.gui.widgets.choice_box import FlatCombo
from nnplay.gui.widgets.number_format import count_text
from nnplay.gui.widgets.roomy_tabs import RoomyTabs
from nnplay.gui.widgets.short_label import ShortLabel
from nnplay.texts import tr

USUAL = "W"


class MatricesPage(QWidget):
    """Shows one matrix of one layer.

    Parameters
    ----------
    spend
        Is told the seconds that painting took.
    """

    def __init__(self, session: Session, spend: Callable[[float], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._selection = session, session.selection
        self._look: Inspected | None = None
        self._kinds: tuple[MatrixKind, ...] = ()
        self._key = USUAL
        self.layers = FlatCombo(tr("Layer"), tr("The dense layer whose matrices are shown"), snug=True)
        self.layers.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.tabs = RoomyTabs("plots", "narrow_plots")
        self.tabs.setAccessibleName(tr("Matrices of the layer"))
        set_font(self.tabs, lambda: figure_font(13))
        self.words = ShortLabel(tr("What the matrix is"))
        set_font(self.words, lambda: label_font(12))
        set_role(self.words, "quiet")
        self.key = MatrixKey(session.theme)
        self.copy_button = IconButton(
            session.theme,
            "copy",
            tr("Copy matrix"),
            tr("Copy the whole matrix for a spreadsheet, with all digits"),
            role="tool",
        )
        self.view = MatrixView(session.theme, spend)
        self._lay_out()
        self.layers.currentIndexChanged.connect(self._on_layer_chosen)
        self.tabs.currentChanged.connect(self._on_tab_chosen)
        self.copy_button.clicked.connect(self._on_copy)
        self.view.pointed.connect(self._selection.point_at)
        self.view.chosen.connect(self._on_chosen)
        self.view.refused.connect(session.refused)
        self._selection.pointed_changed.connect(self._mark)
        session.digits.changed.connect(self._on_digits_changed)
        self._on_digits_changed()

    @property
    def layer(self) -> int:
        """The layer that is shown."""
        return self.layers.currentIndex()

    def show_look(self, look: Inspected) -> None:
        """Show the numbers of another moment; layer and matrix stay where they are there too."""
        before, self._look = self._look, look
        if before is None or before.names is not look.names:
            self._fill_layers(look)
        self._show()

    def look_as(self, other: "MatricesPage") -> None:
        """See the same matrix of the same layer as another page of this kind."""
        self._key, self._kinds = other._key, ()
        self.layers.setCurrentIndex(other.layer)
        self._show()

    def follow_selection(self) -> None:
        """Go to the layer of what is inspected, and scroll to it."""
        address, look = self._selection.inspected, self._look
        if address is None or look is None or not look.names.parts.has(address):
            self._mark()
            return
        self.layers.setCurrentIndex(max(address.layer, 0))
        self._mark()
        self.view.show_selected()

    def _fill_layers(self, look: Inspected) -> None:
        layer = self.layers.currentIndex()
        with QSignalBlocker(self.layers):
            self.layers.clear()
            for index in range(look.names.layers):
                self.layers.addItem(look.names.layer(index))
            self.layers.setCurrentIndex(min(max(layer, 0), look.names.layers - 1))

    def _show(self) -> None:
        look = self._look
        if look is None:
            return
        trace, layer = look.step.batch, self.layer
        kinds = kinds_of(trace, layer)
        if kinds != self._kinds:
            self._fill_tabs(kinds)
        kind = self._kinds[self.tabs.currentIndex()]
        matrix = matrix_of(trace, layer, kind)
        assert matrix is not None
        rows, columns = matrix.values.shape
        size = tr("{rows} × {columns}", rows=count_text(rows), columns=count_text(columns))
        words = tr("{size}, {matrix}", size=size, matrix=tr(kind.words))
        if words != self.words.text():  # else the row would be laid out at each step
            self.words.show_text(words)
        self.key.show_largest(matrix.largest, back=kind.back)
        self.view.show_matrix(matrix, look.names)
        self._mark()

    def _fill_tabs(self, kinds: tuple[MatrixKind, ...]) -> None:
        with QSignalBlocker(self.tabs):
            while self.tabs.count():
                self.tabs.removeTab(0)
            for index, kind in enumerate(kinds):
                self.tabs.addTab(kind.sign)
                self.tabs.setTabToolTip(index, tr(kind.words))
            keys = [kind.key for kind in kinds]
            self.tabs.setCurrentIndex(keys.index(self._key) if self._key in keys else keys.index(USUAL))
        self._kinds = kinds

    @Slot()
    def _mark(self) -> None:
        row = None if self._look is None else self._look.step.row
        self.view.mark(self._selection.pointed, self._selection.inspected, row)

    @Slot()
    def _on_digits_changed(self) -> None:
        self.view.set_digits(self._session.digits.count)

    @Slot(int)
    def _on_layer_chosen(self, _layer: int) -> None:
        self._show()

    @Slot(int)
    def _on_tab_chosen(self, index: int) -> None:
        self._key = self._kinds[index].key
        self._show()
        self.view.show_selected()

    @Slot()
    def _on_copy(self) -> None:
        if not self.view.copy_all():
            return
        self._session.message.emit(
            tr(
                "Matrix {sign} of {layer} copied",
                sign=self._kinds[self.tabs.currentIndex()].sign,
                layer=self.layers.currentText(),
            )
        )

    @Slot(object)
    def _on_chosen(self, address: UnitAddress | WeightAddress) -> None:
        if isinstance(address, WeightAddress):
            self._selection.inspect(address)
        elif address.layer >= 0:
            self._selection.pin(address.layer, address.unit)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        set_margins(row, 0, 0, 0, 0)
        set_spacing(row, 12)
        for widget, share in ((self.layers, 0), (self.tabs, 0), (self.words, 1), (self.key, 0), (self.copy_button, 0)):
            row.addWidget(widget, share)
        column = QVBoxLayout(self)
        set_margins(column, 0, 0, 0, 0)
        set_spacing(column, 6)
        column.addLayout(row)
        column.addWidget(self.view, 1)
