"""What happens in the phase of a step that is walked through: a sentence, its formula with its numbers, its NumPy."""

import textwrap

from PySide6.QtCore import QRect, QSize, Qt, Slot
from PySide6.QtGui import QFont, QFontDatabase, QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from nnplay.gui.guard import Guarded
from nnplay.gui.panels.network.caption_lines import HIGH, LOW, CaptionLines
from nnplay.gui.session.part_address import address_of, part_of
from nnplay.gui.session.session import Session
from nnplay.gui.theme.scale import px
from nnplay.gui.theme.sizes import set_font, set_margins, set_spacing
from nnplay.gui.theme.style import set_role
from nnplay.gui.widgets.buttons import IconButton
from nnplay.gui.widgets.number_label import NumberLabel
from nnplay.gui.widgets.plain_text import PlainLabel, set_tip
from nnplay.texts import tr
from nnplay.training.arithmetic.captions import phase_lines, phase_sentence
from nnplay.training.arithmetic.expression import Number
from nnplay.training.arithmetic.numpy_lines import numpy_line
from nnplay.training.chosen_sample import first_row_in
from nnplay.training.step_walk import StepWalk

OTHERS = 350
"""Pixels at the factor 1 that drawing and sentence need of a panel before there is more of the lines."""
CODE_SIZE, MARGIN, BELOW = 12, 6, 2


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
        self._code_height = 0
        self.setAccessibleName(tr("Phase of the step"))
        self._switches, self._above = QVBoxLayout(), QHBoxLayout()
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
        self._fit()
        if self._walk is not None and event.size().width() != event.oldSize().width():
            self._show_texts(self._walk)

    def hasHeightForWidth(self) -> bool:
        """Called by Qt; the sentence has as many rows as the longest of the walk, whatever it says."""
        return False

    def set_room(self, height: int) -> None:
        """The panel is so high: where there is much room more of the formulas is seen."""
        self.lines.set_height(min(max(height - px(OTHERS), px(LOW)), px(HIGH)))

    def sizeHint(self) -> QSize:
        """Called by Qt; the same whatever is hidden where there is less room."""
        switch = px(BELOW) + self.numpy.sizeHint().height()
        height = self._height_with(switch, self.lines.sizeHint().height()) + self._code_height
        return QSize(super().sizeHint().width(), height)

    def minimumSizeHint(self) -> QSize:
        """Called by Qt; the sentence, the buttons beside it, and a row of the formulas."""
        return QSize(super().minimumSizeHint().width(), self._height_with(0, self.lines.minimumSizeHint().height()))

    def _height_with(self, switch: int, lines: int) -> int:
        above = max(self.sentence.minimumHeight(), self.forward.sizeHint().height() + switch)
        return px(MARGIN) + above + px(MARGIN) + lines

    def _fit(self) -> None:
        """In a low panel the formulas are scrolled, and what can be done without steps back."""
        roomy = self.height() >= self.sizeHint().height()
        self.numpy.setVisible(roomy)
        self.code.setVisible(roomy and self.numpy.isChecked())

    @property
    def _walk(self) -> StepWalk | None:
        return self._session.walk.walk

    @property
    def _room_for_words(self) -> int:
        """The width of the sentence, which stands beside the switches."""
        switches = self._switches.sizeHint().width() + self._above.spacing()
        return self.width() - switches

    def _add_parts(self) -> None:
        session = self._session
        self.back = self._button("back_phase", tr("Back One Phase"), tr("The phase before"))
        self.forward = self._button("step_phase", tr("Step One Phase"), tr("The next phase"))
        self.back.clicked.connect(session.back_phase)
        self.forward.clicked.connect(session.step_phase)
        self.place = NumberLabel(tr("{place} of {count}", place=10, count=25), tr("Place of the phase in its step"))
        set_role(self.place, "quiet")
        self.sentence = PlainLabel()
        self.sentence.setWordWrap(True)
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.sentence.setAccessibleName(tr("What happens in the phase"))
        self.numpy = QCheckBox(tr("NumPy"))
        tip = tr("Shows the line of NumPy that computes this phase; it changes nothing that is learnt")
        set_tip(self.numpy, tip)
        self.numpy.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves Space to Train
        self.numpy.setAccessibleDescription(tip)
        self.lines = CaptionLines(session.theme, self._is_pointed)
        self.lines.pointed.connect(self._on_pointed)
        self.code = PlainLabel()
        self.code.setAccessibleName(tr("The phase as NumPy"))
        set_role(self.code, "quiet")
        set_font(self.code, code_font)
        self._lay_out()

    def _lay_out(self) -> None:
        """The formulas have the whole width, as what is cut off has to be scrolled to."""
        steps, switches, above = QHBoxLayout(), self._switches, self._above
        set_spacing(steps, 4)
        for widget in (self.back, self.place, self.forward):
            steps.addWidget(widget)
        switches.addLayout(steps)
        switches.addWidget(self.numpy)
        set_spacing(switches, BELOW)
        set_spacing(above, 12)
        above.addWidget(self.sentence, 1, Qt.AlignmentFlag.AlignTop)
        above.addLayout(switches)
        column = QVBoxLayout(self)
        set_margins(column, 0, MARGIN, 0, 0)
        set_spacing(column, MARGIN)
        column.addLayout(above)
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
        if walk is None:
            return
        trace, digits = walk.trace, self._session.digits.count
        row = first_row_in(self._session.selection.samples, trace, self._session.prepared)
        lines = phase_lines(trace, walk.phase, part_of(self._session.selection.inspected), row)
        self.place.show_text(tr("{place} of {count}", place=walk.cursor + 1, count=len(walk.phases)))
        self.lines.show_lines(lines, digits)
        self._show_texts(walk)

    def _show_texts(self, walk: StepWalk) -> None:
        """Sentence and NumPy, in as many rows as the longest of the walk needs: no phase is higher than another."""
        sentences = [phase_sentence(walk.trace, phase) for phase in walk.phases]
        metrics, room = self.sentence.fontMetrics(), QRect(0, 0, max(self._room_for_words, 1), 1000)
        heights = (metrics.boundingRect(room, Qt.TextFlag.TextWordWrap, text).height() for text in sentences)
        self.sentence.setText(sentences[walk.cursor])
        self.sentence.setFixedHeight(max(heights))
        self.setAccessibleDescription(self.sentence.text())
        if self.numpy.isChecked():
            metrics = QFontMetrics(code_font())
            letters = max(100 * self.width() // metrics.horizontalAdvance("m" * 100), 20)
            rows = [textwrap.wrap(numpy_line(walk.trace, phase), letters) for phase in walk.phases]
            self.code.setText("\n".join(rows[walk.cursor]))
            self.code.setFixedHeight(max(map(len, rows)) * metrics.lineSpacing())
        self._code_height = self.code.minimumHeight() + px(MARGIN) if self.numpy.isChecked() else 0
        self.updateGeometry()
        self._fit()

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
