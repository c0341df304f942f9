"""The tab of the numbers: every line about what is inspected, and its activation as a curve."""

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSizeF, Qt, Slot
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QWidget

from nnplay.gui.guard import Guarded
from nnplay.gui.paint.figure import Figure, paint_widget
from nnplay.gui.panels.inspector.activation_plot import ActivationPlot, ActivationPoint
from nnplay.gui.panels.inspector.formula_list import FormulaList
from nnplay.gui.panels.inspector.formula_view import FormulaView
from nnplay.gui.panels.inspector.inspected import Inspected
from nnplay.gui.panels.inspector.sections import items_of
from nnplay.gui.session.part_address import address_of
from nnplay.gui.session.selection import Address, UnitAddress, WeightAddress
from nnplay.gui.session.session import Session
from nnplay.gui.theme.fonts import label_font
from nnplay.gui.theme.scale import px
from nnplay.gui.theme.sizes import set_font, set_margins, set_spacing
from nnplay.gui.theme.style import set_role
from nnplay.gui.widgets.plain_text import PlainLabel
from nnplay.texts import mark, tr
from nnplay.training.arithmetic.expression import Number
from nnplay.training.arithmetic.functions import derivative_value
from nnplay.training.chosen_sample import inputs_of_row
from nnplay.training.slices import Point

HINT = mark("Click a unit, a weight or a bias of the network to see its numbers, and a point to choose the sample")
INPUT_HINT = mark("An input has no arithmetic of its own: click a unit, a weight or a bias")
FIGURE_GAP = 16
WIDTH, NARROW, ROOMY = 216, 164, 760
"""Pixels at the factor 1: of the curve where there is room, of the one where there is little, and how much that is."""


class NumbersPage(Guarded, QWidget):
    """Shows the arithmetic of one unit, weight or bias for one sample.

    Parameters
    ----------
    spend
        Is told the seconds that painting took.

    Attributes
    ----------
    points_at_sample
        Whether the sample that is pointed at is one of a term here: the sample shown stays the one chosen.
    """

    def __init__(self, session: Session, spend: Callable[[float], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._selection = session, session.selection
        self._look: Inspected | None = None
        self._shown: tuple[object, ...] = ()
        self.points_at_sample = False
        self.hint = PlainLabel(tr(HINT))
        self.hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.hint.setWordWrap(True)
        set_font(self.hint, lambda: label_font(13))
        set_role(self.hint, "quiet")
        self.view = FormulaView(session.theme, self._is_marked, self._tell, spend)
        self.plot = ActivationPlot(session.theme)
        content = QWidget()
        row = QHBoxLayout(content)
        set_margins(row, 0, 0, 0, 0)
        set_spacing(row, 12)
        row.addWidget(self.view, 1)
        row.addWidget(self.plot)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.hint)
        self._stack.addWidget(content)
        self.view.pointed.connect(self._on_pointed)
        self.view.chosen.connect(self._on_chosen)
        self._selection.pointed_changed.connect(self._on_pointed_elsewhere)
        session.digits.changed.connect(self._on_digits_changed)

    def show_look(self, look: Inspected) -> None:
        """Show the numbers of another moment, or of something else that is inspected."""
        self._look = look
        address = self._address
        if address is None or address.layer < 0:
            self.hint.setText(tr(HINT) if address is None else tr(INPUT_HINT))
            self._stack.setCurrentIndex(0)
            return
        walk = look.walk
        now = (look.step, address, self._session.digits.count, walk, None if walk is None else walk.cursor)
        if now == self._shown and self._stack.currentIndex() == 1:
            return
        self._shown = now
        self._stack.setCurrentIndex(1)
        self.view.show_items(items_of(look, address), self._session.digits.count, look.note)
        point = _point_of(look, address)
        self.plot.setVisible(bool(point.name))
        self.plot.show_point(point)

    def clear(self, why: str = "") -> None:
        """Show nothing, and say why, or else what can be done."""
        self._look, self._shown = None, ()
        self.hint.setText(why or tr(HINT))
        self._stack.setCurrentIndex(0)

    def figure(self, title: str) -> Figure:
        """All lines, also those that are scrolled out of sight, and the curve, for a worksheet."""
        if self._stack.currentIndex() == 0 or self._look is None or self._address is None:
            return Figure(title, QSizeF(self.hint.size()), lambda painter: paint_widget(painter, self.hint))
        lines, width = FormulaList(), self.view.line_width
        items, digits = items_of(self._look, self._address), self._session.digits.count
        lines.show(items, digits, width, (0.0, 0.0), self._look.note)
        across, down = (FIGURE_GAP + self.plot.width(), self.plot.height()) if self.plot.isVisible() else (0, 0)
        size = QSizeF(width + across, max(lines.height, down))
        palette = self._session.theme.palette

        def paint(painter: QPainter) -> None:
            lines.paint(painter, palette, QRectF(0, 0, width, lines.height), lambda _: False, None)
            if across:
                painter.translate(width + FIGURE_GAP, 0)
                paint_widget(painter, self.plot)

        return Figure(title, size, paint)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Called by Qt; where there is little room the formulas need it more."""
        super().resizeEvent(event)
        self.plot.setFixedWidth(px(WIDTH if self.width() >= px(ROOMY) else NARROW))

    @property
    def _address(self) -> Address | None:
        """What is inspected, where the network has it."""
        address, look = self._selection.inspected, self._look
        return None if address is None or look is None or not look.names.parts.has(address) else address

    def _is_marked(self, number: Number) -> bool:
        pointed = self._selection.pointed
        return pointed is not None and address_of(number.part) == pointed

    def _tell(self, number: Number) -> str:
        """What a number belongs to, in words."""
        look, part = self._look, number.part
        address = address_of(part)
        words = "" if look is None or address is None else look.names.parts.of(address)
        if look is None or part is None or part.sample is None or look.step.row is None:
            return words
        sample = tr("Sample {number} of the batch", number=part.sample + 1)
        return tr("{unit}, {sample}", unit=words, sample=sample) if words else sample

    @Slot(object)
    def _on_pointed(self, number: Number | None) -> None:
        self._selection.point_at(None if number is None else address_of(number.part))
        other = self._other_sample(number)
        if other is not None or self.points_at_sample:
            self.points_at_sample = other is not None
            self._selection.point_at_sample(other)

    @Slot(object)
    def _on_chosen(self, number: Number) -> None:
        other = self._other_sample(number)
        if other is not None:
            self._on_pointed(None)
            self._selection.choose_sample(other)
            return
        address = address_of(number.part)
        if isinstance(address, WeightAddress):
            self._selection.inspect(address)
        elif isinstance(address, UnitAddress) and address.layer >= 0:
            self._selection.pin(address.layer, address.unit)

    @Slot()
    def _on_pointed_elsewhere(self) -> None:
        self.view.viewport().update()

    @Slot()
    def _on_digits_changed(self) -> None:
        if self._look is not None:
            self.show_look(self._look)

    def _other_sample(self, number: Number | None) -> Point | None:
        """The inputs of the sample that a term is of, where it isn't the one that is shown."""
        look = self._look
        if look is None or number is None or number.part is None or number.part.sample is None:
            return None
        shown, row = look.step.sample, number.part.sample
        if shown is not None and (shown[0] is not look.step.batch or shown[1] == row):
            return None
        return inputs_of_row(row, look.step.batch, look.names.prepared)


def _point_of(look: Inspected, address: Address) -> ActivationPoint:
    """Where the unit's activation is for the sample, and for the batch."""
    trace, row = look.step.sample or (look.step.batch, None)
    layer, batch = trace.layers[address.layer], look.step.batch.layers[address.layer]
    taken = layer.z if layer.norm is None else layer.norm.output
    all_taken = batch.z if batch.norm is None else batch.norm.output
    name = "" if layer.activation == "softmax" else layer.activation
    z = None if row is None else float(taken[row, address.unit])
    a = 0.0 if row is None else float(layer.a[row, address.unit])
    slope = derivative_value(name, z) if name and z is not None else 0.0
    letter = "z" if layer.norm is None else "u"
    return ActivationPoint(name, letter, z, a, slope, all_taken[:, address.unit].astype(float))
