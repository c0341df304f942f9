"""A page on which a person chooses a condition: from a list with its number, or in the words of the command line."""

from abc import abstractmethod
from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt, Slot
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from nnplay.errors import InputError
from nnplay.gui.files.until.form import ConditionForm
from nnplay.gui.files.until.proposals import problems, proposals, with_selected
from nnplay.gui.session.part_names import part_names
from nnplay.gui.session.selection import UnitAddress, WeightAddress
from nnplay.gui.session.session import Session
from nnplay.gui.theme.fonts import label_font
from nnplay.gui.theme.scale import px
from nnplay.gui.theme.sizes import set_fixed_width, set_font, set_margins, set_spacing
from nnplay.gui.theme.style import set_role
from nnplay.gui.widgets.card import SectionTitle
from nnplay.gui.widgets.plain_text import PlainLabel, set_tip, tip_text
from nnplay.gui.widgets.screen_fit import move_within, size_dialog
from nnplay.texts import tr
from nnplay.training.conditions import CONDITIONS, Condition, condition_in, words_of

SIZE, SMALLEST = (640, 460), (560, 400)
LIST = 190
PLACE = (16, 120)
"""Pixels from the corner of the window: what is gone back to is seen at its right."""
LINES = 3
"""Of text that a sentence has room for, so that nothing below it moves."""
LONGEST = 240
"""Characters of a refusal that fit there."""
KIND = Qt.ItemDataRole.UserRole


class ConditionPage(QDialog):
    """The list, the places of what is chosen there, and its words; the window stays open to everything beside it.

    Parameters
    ----------
    name
        What the settings and tests call it.
    action, tip
        What the button says that does it, and what that does.
    stops
        Whether the condition is to end a run: only what is known when it happens can.

    Attributes
    ----------
    go
        The button.
    """

    def __init__(
        self, session: Session, window: QWidget, name: str, title: str, action: str, tip: str, *, stops: bool
    ) -> None:
        super().__init__(window)
        self.setObjectName(name)
        self.setWindowTitle(title)
        self._session, self._name, self._stops = session, name, stops
        self._conditions = proposals(session)
        self._selected = dict(self._conditions)
        self._missing: dict[str, str] = {}
        self._key = next(iter(CONDITIONS))
        self._typed = ""  # what is wrong with what was typed
        self._complaint = False  # whether the answer is about that, or about what the run doesn't have
        self._build(action, tip)
        self._lay_out()
        size_dialog(self, SIZE, SMALLEST)
        self.move(window.mapToGlobal(QPoint(*map(px, PLACE))))
        move_within(self)
        self._recall()
        for signal in (session.experiment_changed, session.data_changed):
            signal.connect(self.refresh)
        selection = session.selection
        for news in (selection.changed, selection.inspected_changed, selection.sample_changed):
            news.connect(self._on_selected)
        session.theme.changed.connect(self.refresh)

    @property
    def condition(self) -> Condition:
        """The one that is chosen."""
        return self._conditions[self._key]

    @property
    def problem(self) -> str:
        """Why it can't be used, in a sentence; "" where it can."""
        return self._typed or self._missing[self._key]

    @Slot()
    def refresh(self) -> None:
        """See which conditions the run can have, and show what is chosen."""
        conditions = self._conditions
        self._missing = self._session.ask(lambda trainer: problems(conditions, trainer)).result()
        if self._stops:
            late = tr("Only what comes later tells when: Back Until finds it")
            self._missing |= {key: late for key, kind in CONDITIONS.items() if not kind.stops}
        self._show()

    def show_condition(self, condition: Condition) -> None:
        """Let this one be chosen."""
        self._key, self._typed = condition.kind, ""
        self.say("")
        self._conditions[condition.kind] = condition
        self.refresh()

    def remember(self) -> None:
        """Let it be chosen at the next start, too."""
        self._session.remembered.set_text(self._name, words_of(self.condition))

    @abstractmethod
    def use(self) -> None:
        """Do with the chosen condition what the page is for."""

    def say(self, sentence: str) -> None:
        """Say what came of it."""
        self.answer.setText(sentence)
        set_role(self.answer, "")
        self._complaint = False

    # what stands on it

    def _build(self, action: str, tip: str) -> None:
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Conditions"))
        set_tip(self.list, tr("What there can be a condition on; what is grey this run doesn't have"))
        for key, kind in CONDITIONS.items():
            item = QListWidgetItem(kind.label, self.list)
            item.setData(KIND, key)
        self.list.currentItemChanged.connect(self._on_item)
        self.title, self.help, self.part, self.answer = PlainLabel(), PlainLabel(), PlainLabel(), PlainLabel()
        set_font(self.title, lambda: label_font(15, bold=True))
        for label in (self.help, self.answer):
            label.setWordWrap(True)
            label.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        for label in (self.help, self.part):
            set_role(label, "quiet")
        self.answer.setAccessibleName(tr("What came of it"))
        self.form = ConditionForm()
        self.form.changed.connect(self._on_form)
        self.form.refused.connect(self._on_refused)
        self.words = QLineEdit()
        self.words.setAccessibleName(tr("In words"))
        words_tip = tr("The condition as the command line takes it, to be copied or typed")
        self.words.setAccessibleDescription(words_tip)
        set_tip(self.words, words_tip)
        self.words.textEdited.connect(self._on_words)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.buttons.button(QDialogButtonBox.StandardButton.Close).setAutoDefault(False)
        self.buttons.rejected.connect(self.reject)
        self.go = self._button(action, tip, self.use)
        self.go.setDefault(True)  # Enter presses it
        self.buttons.addButton(self.go, QDialogButtonBox.ButtonRole.ActionRole)

    def _button(self, text: str, tip: str, do: Callable[[], None]) -> QPushButton:
        button = QPushButton(text)
        button.setAutoDefault(False)
        button.setAccessibleDescription(tip)
        set_tip(button, tip)
        button.clicked.connect(lambda: do())
        return button

    def _lay_out(self) -> None:
        set_fixed_width(self.list, LIST)
        right = QVBoxLayout()
        set_spacing(right, 8)
        right.addWidget(self.title)
        right.addWidget(self.help)
        right.addWidget(self.form)
        right.addWidget(self.part)
        right.addStretch(1)
        right.addWidget(SectionTitle(tr("In words")))
        right.addWidget(self.words)
        right.addWidget(self.answer)
        above, self.foot = QHBoxLayout(), QHBoxLayout()
        set_spacing(above, 20)
        above.addWidget(self.list)
        above.addLayout(right, 1)
        set_spacing(self.foot, 12)
        self.foot.addStretch(1)
        self.foot.addWidget(self.buttons)
        column = QVBoxLayout(self)
        set_margins(column, 20, 18, 20, 16)
        set_spacing(column, 14)
        column.addLayout(above, 1)
        column.addLayout(self.foot)

    # showing

    def _recall(self) -> None:
        """What was used last."""
        try:
            last = condition_in(self._session.remembered.text(self._name), stops=self._stops)
        except InputError:
            self.refresh()
            return
        self.show_condition(with_selected(last, self._session))

    def _show(self) -> None:
        condition, kind = self.condition, CONDITIONS[self._key]
        self._grey_list()
        self.title.setText(kind.label)
        self.help.setText(tr("{sentence}.", sentence=kind.help))
        for label, lines in ((self.help, LINES), (self.answer, LINES)):
            label.setMinimumHeight(lines * label.fontMetrics().lineSpacing())
        self.form.show_condition(condition, with_test=len(self._session.prepared.X_test) > 0)
        self.part.setText(self._part_name(condition))
        self._write_words()
        self._tell_problem()

    def _write_words(self) -> None:
        """The line keeps what was typed where that is the same, or isn't complete yet."""
        if self._typed:
            return
        try:
            same = condition_in(self.words.text()) == self.condition
        except InputError:
            same = False
        if not same:
            self.words.setText(words_of(self.condition))

    def _tell_problem(self) -> None:
        problem = self.problem
        if problem:
            self._complain(problem)
        elif self._complaint:
            self.say("")
        self._allow(not problem)

    def _complain(self, problem: str) -> None:
        self.answer.setText(tr("{sentence}.", sentence=problem))
        set_role(self.answer, "alarm")
        self._complaint = True

    def _allow(self, usable: bool) -> None:
        """Whether the chosen condition can be used."""
        self.go.setEnabled(usable)

    def _grey_list(self) -> None:
        colours = self._session.theme.palette
        self.list.blockSignals(True)
        for row in range(self.list.count()):
            item = self.list.item(row)
            key = item.data(KIND)
            problem = self._missing[key]
            item.setForeground(QColor(colours.disabled if problem else colours.text))
            item.setToolTip(tip_text(problem or CONDITIONS[key].help))
            item.setData(Qt.ItemDataRole.AccessibleDescriptionRole, problem or CONDITIONS[key].help)
            if key == self._key:
                self.list.setCurrentItem(item)
        self.list.blockSignals(False)

    def _part_name(self, condition: Condition) -> str:
        """What the unit, weight or bias is called that it is about; "" where it is about none."""
        layer, unit = condition.layer, condition.unit
        if layer is None or unit is None or self._missing[condition.kind]:
            return ""
        names = part_names(self._session.prepared, self._session.trainer.network.layer_sizes)
        of_unit = condition.kind == "unit_died"
        return names.of(UnitAddress(layer, unit) if of_unit else WeightAddress(layer, condition.row, unit))

    # what a person does

    @Slot()
    def _on_item(self) -> None:
        item = self.list.currentItem()
        if item is not None:
            self.show_condition(self._conditions[item.data(KIND)])

    @Slot(object)
    def _on_form(self, condition: Condition) -> None:
        self.show_condition(condition)

    @Slot(str)
    def _on_refused(self, problem: str) -> None:
        self._session.refused.emit(problem)
        self._complain(problem)

    @Slot(str)
    def _on_words(self, text: str) -> None:
        try:
            condition = condition_in(text, tr("The condition"), stops=self._stops)
        except InputError as error:
            said = str(error)
            known = tr("These are no words of a condition yet: choose one from the list and change it")
            self._typed = said if len(said) <= LONGEST else known
            self._tell_problem()
            return
        self.show_condition(condition)

    @Slot()
    def _on_selected(self) -> None:
        """Another unit, weight or point was clicked: it is meant, where a condition is about one."""
        now = proposals(self._session)
        others = {key: each for key, each in now.items() if each != self._selected[key]}
        self._selected = now
        if others:
            self._conditions |= {key: with_selected(self._conditions[key], self._session) for key in others}
            self.refresh()
