"""What happens in the phase of a step that is walked through: a sentence, its formula with its numbers, its NumPy."""

import textwrap

from PySide6.QtCore import Slot
from PySide6.QtGui import QFont, QFontDatabase, QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from nnplay.gui.guard import Guarded
from nnplay.gui.panels.network.caption_lines import CaptionLines
from nnplay.gui.session.part_address import address_of, part_of
from nnplay.gui.session.session import Session
from nnplay.gui.theme.fonts import label_font
from nnplay.gui.theme.scale import px
from nnplay.gui.theme.sizes import set_fixed_height, set_font, set_margins, set_spacing
from nnplay.gui.theme.style import set_role
from nnplay.gui.widgets.buttons import IconButton
from nnplay.gui.widgets.number_label import NumberLabel
from nnplay.gui.widgets.plain_text import PlainLabel, set_tip
from nnplay.gui.widgets.short_label import ShortLabel
from nnplay.texts import tr
from nnplay.training.arithmetic.captions import phase_lines, phase_sentence
from nnplay.training.arithmetic.expression import Number
from nnplay.training.arithmetic.numpy_lines import numpy_line
from nnplay.training.arithmetic.text import line_text
from nnplay.training.chosen_sample import row_in
from nnplay.training.step_walk import StepWalk

LINES_HEIGHT = 66
"""Pixels: a formula in symbols, in numbers and its value below each other, or two with fractions."""
CODE_SIZE = 12


class PhaseCaption(Guarded, QWidget):
    """There only while a step is walked through, and then of one height, so that the drawing above it stays.

    Attributes
    ----------
    back, forward
        The buttons to the phase before and the next one.
    place
        Which phase it is, of how many.
    sentence
        What happens.
    about
        Whose numbers are shown.
    lines
        The formulas.
    numpy
        The switch of the line of NumPy.
    code
        That line.
    """

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.setAccessibleName(tr("Phase of the step"))
        self._add_parts()
        session.walk.changed.connect(self._show)
        session.state_changed.connect(self._show_state)
        session.selection.sample_changed.connect(self._show)
        session.selection.inspected_changed.connect(self._show)
        session.selection.pointed_changed.connect(self.lines.viewport().update)
        session.digits.changed.connect(self._show)
        session.theme.changed.connect(self._show)
        self.numpy.toggled.connect(self._show)
        session.remembered.switch("network/numpy", self.numpy)
        self._show_state()
        self._show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Called by Qt."""
        super().resizeEvent(event)
        if self._walk is not None and event.size().width() != event.oldSize().width():
            self._show_code(self._walk)

    @property
    def _walk(self) -> StepWalk | None:
        return self._session.walk.walk

    def _add_parts(self) -> None:
        session = self._session
        self.back = self._button("back_phase", tr("Back One Phase"), tr("The phase before"))
        self.forward = self._button("step_phase", tr("Step One Phase"), tr("The next phase"))
        self.back.clicked.connect(session.back_phase)
        self.forward.clicked.connect(session.step_phase)
        self.place = NumberLabel(tr("{place} of {count}", place=10, count=15), tr("Place of the phase in its step"))
        set_role(self.place, "quiet")
        self.sentence = ShortLabel(tr("What happens in the phase"))
        set_font(self.sentence, lambda: label_font(bold=True))
        self.about = PlainLabel()
        self.about.setAccessibleName(tr("Whose numbers are shown"))
        set_role(self.about, "quiet")
        self.numpy = QCheckBox(tr("NumPy"))
        tip = tr("Shows the line of NumPy that computes this phase; it changes nothing that is learnt")
        set_tip(self.numpy, tip)
        self.numpy.setAccessibleDescription(tip)
        self.lines = CaptionLines(session.theme, self._is_pointed)
        self.lines.pointed.connect(self._on_pointed)
        set_fixed_height(self.lines, LINES_HEIGHT)
        self.code = PlainLabel()
        self.code.setAccessibleName(tr("The phase as NumPy"))
        set_role(self.code, "quiet")
        set_font(self.code, code_font)
        self._lay_out()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        set_spacing(row, 4)
        for widget in (self.back, self.place, self.forward):
            row.addWidget(widget)
        row.addSpacing(px(6))
        row.addWidget(self.sentence, 1)
        row.addWidget(self.about)
        row.addSpacing(px(6))
        row.addWidget(self.numpy)
        column = QVBoxLayout(self)
        set_margins(column, 12, 4, 12, 8)
        set_spacing(column, 4)
        column.addLayout(row)
        column.addWidget(self.lines)
        column.addWidget(self.code)

    def _button(self, icon: str, name: str, tip: str) -> IconButton:
        return IconButton(self._session.theme, icon, name, tip, icon_size=14, role="small")

    @Slot()
    def _show_state(self) -> None:
        """While the run plays by phase its steps come one behind the other; the caption stays between two of them."""
        for button in (self.back, self.forward):
            button.setEnabled(not self._session.running)
        self.setVisible(self._walk is not None or self._session.playing)

    @Slot()
    def _show(self) -> None:
        walk = self._walk
        self._show_state()
        self.code.setVisible(self.numpy.isChecked())
        if walk is None:
            return
        trace, digits = walk.trace, self._session.digits.count
        row = self._row(walk)
        lines = phase_lines(trace, walk.phase, part_of(self._session.selection.inspected), row)
        self.place.show_text(tr("{place} of {count}", place=walk.cursor + 1, count=len(walk.phases)))
        self.sentence.show_text(phase_sentence(trace, walk.phase))
        self.about.setText(_whose(row, len(trace.inputs)))
        self.lines.show_lines(lines, digits)
        self.lines.setAccessibleDescription("\n".join(line_text(line, digits) for line in lines))
        self.setAccessibleDescription(self.sentence.text())
        self._show_code(walk)

    def _show_code(self, walk: StepWalk) -> None:
        """In as many rows as the longest line of the walk needs, so that no phase is higher than another."""
        if not self.numpy.isChecked():
            return
        metrics = QFontMetrics(code_font())
        room = max((self.width() - px(28)) // max(metrics.horizontalAdvance("m"), 1), 20)
        rows = [textwrap.wrap(numpy_line(walk.trace, phase), room) for phase in walk.phases]
        self.code.setText("\n".join(rows[walk.cursor]))
        self.code.setFixedHeight(max(map(len, rows)) * metrics.lineSpacing())

    def _row(self, walk: StepWalk) -> int | None:
        """The sample that is looked at, in the step's batch."""
        sample = self._session.selection.sample
        return None if sample is None else row_in(sample, walk.trace, self._session.prepared)

    def _is_pointed(self, number: Number) -> bool:
        pointed = self._session.selection.pointed
        return pointed is not None and address_of(number.part) == pointed

    @Slot(object)
    def _on_pointed(self, number: Number | None) -> None:
        self._session.selection.point_at(None if number is None else address_of(number.part))


def code_font() -> QFont:
    """The system's font for programs."""
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    font.setPixelSize(px(CODE_SIZE))
    return font


def _whose(row: int | None, samples: int) -> str:
    if row is None:
        return tr("the batch's one sample|mean of the batch's {n} samples", "", samples)
    return tr("sample {place} of the batch's {count}", place=row + 1, count=samples)
