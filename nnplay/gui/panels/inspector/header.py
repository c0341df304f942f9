"""What stands beside the panel's title: its tabs, what is inspected, and how many digits there are."""

from PySide6.QtCore import QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from nnplay.gui.panels.inspector.subject_label import SubjectLabel
from nnplay.gui.session.digits_shown import DigitsShown
from nnplay.gui.theme.fonts import label_font
from nnplay.gui.theme.sizes import set_font, set_margins, set_spacing
from nnplay.gui.theme.style import set_role
from nnplay.gui.theme.theme import Theme
from nnplay.gui.widgets.buttons import IconButton
from nnplay.gui.widgets.card import SectionTitle
from nnplay.gui.widgets.choice_box import FlatCombo
from nnplay.gui.widgets.plain_text import PlainLabel
from nnplay.gui.widgets.roomy_tabs import RoomyTabs
from nnplay.limits import LEAST_DIGITS, MOST_DIGITS
from nnplay.texts import tr


class Header(QWidget):
    """The controls in the panel's title bar.

    Attributes
    ----------
    tabs
        Numbers and Matrices.
    subject
        What is inspected, and for which sample.
    by_hand
        The button of the worked example.

    Signals
    -------
    by_hand_wanted
        Write the whole step out, as on a board.
    """

    by_hand_wanted = Signal()

    def __init__(self, theme: Theme, digits: DigitsShown, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._digits = digits
        self.tabs = RoomyTabs("plots", "narrow_plots")
        self.tabs.setAccessibleName(tr("Inspector"))
        tabs = (
            (tr("Numbers"), tr("What is selected, as formulas with their numbers in them")),
            (tr("Matrices"), tr("The matrices of a layer, with all their numbers")),
        )
        for index, (text, tip) in enumerate(tabs):
            self.tabs.addTab(text)
            self.tabs.setTabToolTip(index, tip)
        self.subject = SubjectLabel(theme)
        self.digits = FlatCombo(
            tr("Digits"), tr("Decimals of every number of a step's arithmetic, in all views"), snug=True
        )
        for count in range(LEAST_DIGITS, MOST_DIGITS + 1):
            self.digits.addItem(str(count), count)
        tip = tr("Write a whole step of a small network out, with blanks to fill in")
        self.by_hand = IconButton(theme, "pencil", tr("Worked example"), tip, role="tool")
        self.by_hand.clicked.connect(self.by_hand_wanted)
        self._lay_out()
        self.digits.currentIndexChanged.connect(self._on_chosen)
        digits.changed.connect(self._show_digits)
        self._show_digits()

    @Slot()
    def _show_digits(self) -> None:
        with QSignalBlocker(self.digits):
            self.digits.setCurrentIndex(self.digits.findData(self._digits.count))

    @Slot(int)
    def _on_chosen(self, index: int) -> None:
        self._digits.set_count(self.digits.itemData(index))

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        set_margins(row, 0, 0, 0, 0)
        set_spacing(row, 12)
        label = PlainLabel(tr("Digits"))
        set_font(label, lambda: label_font(12))
        set_role(label, "quiet")
        label.setBuddy(self.digits)
        row.addWidget(SectionTitle(tr("Inspector")))
        row.addWidget(self.tabs)
        row.addWidget(self.subject, 1)
        row.addWidget(label)
        row.addWidget(self.digits)
        row.addWidget(self.by_hand)
