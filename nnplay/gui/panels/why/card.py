"""One finding: what it is, its sentence, its numbers beside their thresholds, what shows it and what helps."""

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtGui import QEnterEvent, QFocusEvent, QFontMetrics, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from nnplay.gui.guard import Guarded
from nnplay.gui.session.findings import Findings
from nnplay.gui.theme.scale import px
from nnplay.gui.theme.sizes import set_margins, set_spacing
from nnplay.gui.theme.style import set_role
from nnplay.gui.widgets.card import SectionTitle
from nnplay.gui.widgets.number_format import number_text
from nnplay.gui.widgets.number_label import NumberLabel
from nnplay.gui.widgets.plain_text import PlainLabel, menu_text, set_tip
from nnplay.texts import mark, tr
from nnplay.training.diagnosis import Finding, Gravity, Proof

GRAVITIES = {
    Gravity.CAUSE: (mark("Cause"), mark("Why learning fails")),
    Gravity.HINT: (mark("Hint"), mark("What may be so, and may do no harm")),
    Gravity.FACT: (mark("Fact"), mark("What is so, and by itself the cause of nothing")),
}
"""What each gravity is called, and what it means."""
FIGURES = 3
BUTTON_ROOM = 180
"""Pixels for a line of what a button says."""


class FindingCard(Guarded, QFrame):
    """Shows one finding, and the newest numbers of it; what it means is marked while the pointer or focus is on it.

    A click on it, or Return, chooses it: then what it means stays marked.

    Attributes
    ----------
    rule
        That found it.
    fix, show_me
        The buttons.
    """

    def __init__(self, findings: Findings, rule: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._findings, self.rule = findings, rule
        self._shown: Finding | None = None
        set_role(self, "finding")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        column = QVBoxLayout(self)
        set_margins(column, 10, 8, 10, 10)
        set_spacing(column, 6)
        self.gravity = SectionTitle("")
        self.sentence = PlainLabel()
        self.sentence.setWordWrap(True)
        self._proofs = QGridLayout()
        set_spacing(self._proofs, 2)
        self._numbers: list[tuple[PlainLabel, NumberLabel]] = []
        self.fix, self.show_me = QPushButton(), QPushButton(tr("Show Me"))
        set_role(self.show_me, "aside")
        set_tip(self.show_me, tr("Open the view that shows it, and mark what is meant"))
        self.show_me.setAccessibleName(tr("Show Me"))
        self.show_me.setAccessibleDescription(self.show_me.toolTip())
        self.fix.clicked.connect(self._on_fix)
        self.show_me.clicked.connect(self._on_show_me)
        for button in (self.fix, self.show_me):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setAutoDefault(True)  # Return presses it, as Space does
        buttons = QHBoxLayout()
        set_spacing(buttons, 8)
        buttons.addWidget(self.show_me)
        buttons.addStretch(1)
        column.addWidget(self.gravity)
        column.addWidget(self.sentence)
        column.addLayout(self._proofs)
        column.addLayout(buttons)
        column.addWidget(self.fix)

    def show_finding(self, finding: Finding) -> None:
        """Show it as it is now."""
        if finding == self._shown:
            return
        self._shown = finding
        title, tip = GRAVITIES[finding.gravity]
        self.gravity.setText(tr(title))
        set_tip(self.gravity, tr(tip))
        set_role(self.fix, "offer" if finding.gravity is Gravity.CAUSE else "aside")
        self.sentence.setText(finding.sentence)
        self.setAccessibleName(finding.sentence)
        self._show_proofs(finding.proofs)
        fix = finding.fix
        self.fix.setVisible(fix is not None)
        if fix is not None:
            self.fix.setText(menu_text(in_lines(fix.label, self.fix.fontMetrics(), px(BUTTON_ROOM))))
            self.fix.setAccessibleName(fix.label)
            self.fix.setAccessibleDescription(fix.tip)
            set_tip(self.fix, fix.tip)

    def _show_proofs(self, proofs: tuple[Proof, ...]) -> None:
        while len(self._numbers) > len(proofs):
            for label in self._numbers.pop():
                self._proofs.removeWidget(label)
                label.deleteLater()
        while len(self._numbers) < len(proofs):
            row, name, number = 2 * len(self._numbers), PlainLabel(), NumberLabel("0.0000 ≥ 0.000", "")
            name.setWordWrap(True)
            set_role(name, "quiet")
            self._proofs.addWidget(name, row, 0)
            self._proofs.addWidget(number, row + 1, 0, Qt.AlignmentFlag.AlignLeft)
            self._numbers.append((name, number))
        tip = tr("What was measured, and the threshold from which on it is told")
        for (name, number), proof in zip(self._numbers, proofs, strict=True):
            name.setText(proof.name)
            number.show_text(proof_text(proof))
            number.setAccessibleName(proof.name)
            set_tip(number, tip)

    def show_chosen(self) -> None:
        """Show whether it is the one that a person has chosen."""
        set_role(self, "finding_chosen" if self._findings.chosen == self.rule else "finding")

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Called by Qt; a click chooses it, or lets it go."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._choose()
        else:
            super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Called by Qt; Return chooses it, or lets it go."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose()
        else:
            super().keyPressEvent(event)

    def _choose(self) -> None:
        self._findings.choose("" if self._findings.chosen == self.rule else self.rule)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Called by Qt."""
        super().enterEvent(event)
        self._findings.point_at(self.rule)

    def leaveEvent(self, event: QEvent) -> None:
        """Called by Qt."""
        super().leaveEvent(event)
        self._findings.point_at("")

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Called by Qt."""
        super().focusInEvent(event)
        self._findings.point_at(self.rule)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Called by Qt."""
        super().focusOutEvent(event)
        self._findings.point_at("")

    @Slot()
    def _on_fix(self) -> None:
        self._findings.use(self.rule)

    @Slot()
    def _on_show_me(self) -> None:
        self._findings.show(self.rule)


def in_lines(text: str, metrics: QFontMetrics, room: int) -> str:
    """A text in lines that fit into a room, broken between words: Qt breaks no text of a button."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and metrics.horizontalAdvance(longer) > room:
            lines.append(word)
        else:
            lines[-1] = longer
    return "\n".join(lines)


def proof_text(proof: Proof) -> str:
    """What was measured beside the threshold of an alarm: ``0.998 ≥ 0.95``; of a mere fact ``0.25 < 0.5``."""
    value, threshold = (number_text(each, FIGURES) for each in (proof.value, proof.threshold))
    if proof.above:
        text = mark("{value} ≥ {threshold}") if proof.value >= proof.threshold else mark("{value} < {threshold}")
    else:
        text = mark("{value} ≤ {threshold}") if proof.value <= proof.threshold else mark("{value} > {threshold}")
    return tr(text, value=value, threshold=threshold)
