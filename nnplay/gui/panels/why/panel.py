"""Why learning fails: all that the diagnosis finds of the run that is seen, the causes first."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from nnplay.gui.guard import Guarded
from nnplay.gui.panels.why.card import FindingCard
from nnplay.gui.session.session import Session
from nnplay.gui.theme.sizes import set_margins, set_minimum_width
from nnplay.gui.theme.style import set_role
from nnplay.gui.widgets.plain_text import PlainLabel, set_tip
from nnplay.gui.widgets.scroll_column import ScrollColumn
from nnplay.texts import tr
from nnplay.training.diagnosis.gate import FIRST_EPOCH

WIDTH = 258
SPACING, FOOT = 10, 6


class WhyPanel(Guarded, QWidget):
    """A card for each finding, and at the foot what is told by itself.

    Attributes
    ----------
    cards
        By the rules that found them, in their order.
    quiet, floor
        The switches.
    """

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._findings = session, session.findings
        self.cards: dict[str, FindingCard] = {}
        self.area = ScrollColumn(SPACING)
        self.nothing = PlainLabel()
        self.nothing.setWordWrap(True)
        self.nothing.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # Ctrl+8 comes to it, and leaves Space to the run
        set_role(self.nothing, "quiet")
        self.area.column.addWidget(self.nothing)
        self.area.column.addStretch(1)
        self.quiet = self._switch(
            tr("Quiet"), tr("Tell no finding at the foot of the window: what is found still stands here")
        )
        self.floor = self._switch(
            tr("Floor in the loss plot"),
            tr("Draw the least loss that any output layer could reach on what the hidden layers output"),
        )
        whole = QVBoxLayout(self)
        set_margins(whole, 0, 0, 0, 0)
        whole.addWidget(self.area, 1)
        foot = QVBoxLayout()
        set_margins(foot, 13, FOOT, 13, FOOT)
        foot.addWidget(self.floor)
        foot.addWidget(self.quiet)
        whole.addLayout(foot)
        set_minimum_width(self, WIDTH)
        self.quiet.toggled.connect(self._findings.set_quiet)
        self.floor.toggled.connect(self._findings.set_floor)
        session.remembered.switch("why/quiet", self.quiet)
        session.remembered.switch("why/floor", self.floor)
        self._findings.list_in(self)
        self._findings.changed.connect(self._show)
        self._findings.judged_changed.connect(self._show)
        self._findings.chosen_changed.connect(self._show_chosen)
        self._show()

    def showEvent(self, event: QShowEvent) -> None:
        """Called by Qt; what happened while nobody looked is judged now."""
        super().showEvent(event)
        self._session.refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        """Called by Qt; nothing is pointed at behind another tab."""
        super().hideEvent(event)
        self._findings.point_at("")

    def _switch(self, text: str, tip: str) -> QCheckBox:
        box = QCheckBox(text)
        box.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keys where they were
        box.setAccessibleName(text)
        box.setAccessibleDescription(tip)
        set_tip(box, tip)
        return box

    @Slot()
    def _show_chosen(self) -> None:
        for card in self.cards.values():
            card.show_chosen()

    @Slot()
    def _show(self) -> None:
        """A card for each finding that there is, in their order; one that stays keeps its place."""
        found, column = self._findings.found, self.area.column
        rules = [finding.rule for finding in found]
        for rule in [rule for rule in self.cards if rule not in rules]:
            card = self.cards.pop(rule)
            column.removeWidget(card)
            card.hide()
            card.deleteLater()
        before = list(self.cards)
        for finding in found:
            if finding.rule not in self.cards:
                self.cards[finding.rule] = FindingCard(self._findings, finding.rule)
            self.cards[finding.rule].show_finding(finding)
        if rules != before:
            self.cards = {rule: self.cards[rule] for rule in rules}
            for place, card in enumerate(self.cards.values(), 1):  # behind what is said where there is none
                if column.indexOf(card) != place:
                    column.insertWidget(place, card)
        self.nothing.setVisible(not found)
        if self._findings.judged:
            self.nothing.setText(tr("Nothing is found that keeps this run from learning."))
        else:
            self.nothing.setText(
                tr(
                    "It is too early to tell: what keeps a run from learning is looked for from epoch {n} on.",
                    n=FIRST_EPOCH,
                )
            )
