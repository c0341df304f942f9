"""The window of the worked example: what is given, the way to the new weights section by section, blanks, export."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from nnplay.errors import NnplayError
from nnplay.experiments.worked.blanks import Blanks
from nnplay.experiments.worked.example import TEACHERS, WorkedExample
from nnplay.experiments.worked.export import KINDS
from nnplay.experiments.worked.sheet import WorkedSheet, sheet_of
from nnplay.gui.files.worked.answers import Answers, Verdict
from nnplay.gui.files.worked.blank_field import BlankField
from nnplay.gui.files.worked.form import ExampleForm
from nnplay.gui.files.worked.pages import GivenPage, SectionPage
from nnplay.gui.guard import Guarded
from nnplay.gui.session.session import Session
from nnplay.gui.theme.fonts import label_font
from nnplay.gui.theme.sizes import set_font, set_margins, set_spacing
from nnplay.gui.theme.style import set_role
from nnplay.gui.widgets.card import Card
from nnplay.gui.widgets.choice_box import ChoiceBox
from nnplay.gui.widgets.plain_text import PlainLabel, set_tip, tip_text
from nnplay.gui.widgets.screen_fit import size_dialog
from nnplay.limits import LEAST_DIGITS, MOST_DIGITS
from nnplay.texts import mark, tr

SIZE, SMALLEST = (1120, 780), (760, 480)
BLANKS = {
    Blanks.NONE: mark("none"),
    Blanks.RESULTS: mark("results"),
    Blanks.NUMBERS: mark("all computed numbers"),
}


class WorkedWindow(Guarded, QDialog):
    """A sheet, its blanks and the form of its numbers; training may go on behind it.

    Parameters
    ----------
    present
        Gives the example of the run as it is now.

    Signals
    -------
    export_asked(sheet, suffix, answers)
        A person wants it as a file, with the answers at its end or without.

    Attributes
    ----------
    sheet
        What is shown.
    """

    export_asked = Signal(object, str, bool)

    def __init__(
        self, session: Session, answers: Answers, present: Callable[[], WorkedExample], window: QWidget
    ) -> None:
        super().__init__(window)
        self.setObjectName("worked_example")
        self.setWindowTitle(tr("Worked Example"))
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        self._session, self._answers, self._present = session, answers, present
        self._last: BlankField | None = None
        self._pages: list[GivenPage | SectionPage] = []
        self.sheet: WorkedSheet = sheet_of(TEACHERS)
        self._build()
        self._lay_out()
        size_dialog(self, SIZE, SMALLEST)
        answers.changed.connect(self._on_answers)
        session.digits.changed.connect(self._on_digits)
        session.theme.changed.connect(self._on_theme)

    # what is shown

    @Slot()
    def show_present(self) -> None:
        """The network as it is now; where it can't be worked by hand, say why and keep what is shown."""
        try:
            example = self._present()
            self.show_example(example)
        except NnplayError as error:
            self.say(str(error))

    @Slot()
    def show_round_numbers(self) -> None:
        """An example with round numbers."""
        self.show_example(TEACHERS)

    def show_example(self, example: WorkedExample) -> None:
        """Another example.

        Raises
        ------
        InputError, DivergedError
            Its step can't be made; what was shown stays.
        """
        sheet = sheet_of(example, self.blanks.value())
        self.say("")
        self._show(sheet)
        self.form.show_example(example)

    def say(self, problem: str) -> None:
        """Say what is wrong; "" for nothing."""
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))

    @property
    def fields(self) -> list[BlankField]:
        """The blanks of the page that is in front."""
        page = self.tabs.currentWidget()
        return list(page.fields) if isinstance(page, SectionPage) else []

    @property
    def has_progress(self) -> bool:
        """Whether anything was typed into blanks or into the form."""
        return self._answers.has_any(self.sheet.example) or self.form.edited

    # what stands on it

    def _build(self) -> None:
        self.form = ExampleForm(self.sheet.example)
        self.form.changed.connect(self._on_typed)
        self.form.refused.connect(self.say)
        self.present_button = self._button(
            tr("Present Network"), tr("Work the coming step of the network in the window, on the chosen sample")
        )
        self.present_button.clicked.connect(self.show_present)
        self.round_button = self._button(tr("Round Numbers"), tr("Work an example with numbers as on a board"))
        self.round_button.clicked.connect(self.show_round_numbers)
        self.form_switch = QCheckBox(tr("Type numbers"))
        set_tip(self.form_switch, tr("Show the form in which inputs, weights and the optimiser are typed"))
        self.form_switch.toggled.connect(self.form.setVisible)
        tip = tr("Which numbers are left out, to be filled in by you")
        self.blanks = ChoiceBox(tr("Blanks"), [(each, tr(text)) for each, text in BLANKS.items()], tip)
        self.blanks.chosen.connect(self._on_blanks)
        counts = [(count, str(count)) for count in range(LEAST_DIGITS, MOST_DIGITS + 1)]
        self.digits = ChoiceBox(tr("Decimals"), counts, tr("How many decimals numbers have, here and in the inspector"))
        self.digits.chosen.connect(self._session.digits.set_count)
        self.progress = PlainLabel()
        set_font(self.progress, lambda: label_font(15, bold=True))
        self.show_button = self._button(tr("Show Answer"), tr("Fill in the blank that the keyboard was in last"))
        self.show_button.clicked.connect(self._on_show_answer)
        self.empty_button = self._button(tr("Empty Blanks"), tr("Take away everything that was filled in"))
        self.empty_button.clicked.connect(lambda: self._answers.forget(self.sheet.example))
        self._add_export()
        self.problem = PlainLabel()
        self.problem.setWordWrap(True)
        set_role(self.problem, "alarm")
        self.tabs = QTabWidget()
        self.tabs.tabBar().setAccessibleName(tr("Sections"))
        self.tabs.tabBar().setUsesScrollButtons(True)
        self.tabs.currentChanged.connect(self._on_page)

    def _add_export(self) -> None:
        menu = QMenu(self)
        menu.setToolTipsVisible(True)
        for suffix, text in KINDS.items():
            action = menu.addAction(tr("{kind}…", kind=tr(text)))
            action.setData(suffix)
            action.triggered.connect(lambda _=False, chosen=suffix: self._ask_export(chosen))
        menu.addSeparator()
        self.with_answers = QAction(tr("Answers at the End"), menu)
        self.with_answers.setCheckable(True)
        set_tip(self.with_answers, tr("Whether a file with blanks has what is right on its last page"))
        menu.addAction(self.with_answers)
        self._session.remembered.switch("worked/answers", self.with_answers)
        self.export = self._button(tr("Export…"), tr("Write the sheet as it is, with its blanks, to a file"))
        self.export.setMenu(menu)

    def _lay_out(self) -> None:
        head, foot, middle = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        for row in (head, foot, middle):
            set_margins(row, 0, 0, 0, 0)
            set_spacing(row, 10)
        sources: tuple[QWidget, ...] = (self.present_button, self.round_button, self.form_switch)
        for widget in sources:
            head.addWidget(widget)
        head.addStretch(1)
        looks: tuple[QWidget, ...] = (self.blanks, self.digits, self.export)
        for widget in looks:
            head.addWidget(widget)
        foot.addWidget(self.progress)
        foot.addStretch(1)
        foot.addWidget(self.show_button)
        foot.addWidget(self.empty_button)
        self.form.setVisible(False)
        middle.addWidget(self.form)
        middle.addWidget(Card("", self.tabs), 1)
        column = QVBoxLayout(self)
        set_margins(column, 20, 16, 20, 14)
        set_spacing(column, 10)
        column.addLayout(head)
        column.addWidget(self.problem)
        column.addLayout(middle, 1)
        column.addLayout(foot)
        self.say("")
        self.blanks.set_value(Blanks.NONE)
        self._show(self.sheet)
        self.tabs.tabBar().setFocus()

    def _button(self, text: str, tip: str) -> QPushButton:
        button = QPushButton(text)
        button.setAutoDefault(False)  # Enter is for the blanks
        button.setAccessibleDescription(tip)
        set_tip(button, tip)
        return button

    # what follows from what

    def _show(self, sheet: WorkedSheet) -> None:
        """Put a sheet's pages in place of those there are; the same section stays in front."""
        front = max(self.tabs.currentIndex(), 0)
        self.sheet, self._last = sheet, None
        self.tabs.blockSignals(True)
        for page in self._pages:
            page.deleteLater()
        self.tabs.clear()
        theme = self._session.theme
        self._pages = [GivenPage(sheet, theme)]
        for number, section in enumerate(sheet.sections, 1):
            closing = sheet.conclusion if number == len(sheet.sections) else ""
            self._pages.append(SectionPage(number, section, closing, sheet.example, self._answers, theme))
        titles = [tr("Given"), *(section.title for section in sheet.sections)]
        for page, title in zip(self._pages, titles, strict=True):
            self.tabs.setTabToolTip(self.tabs.addTab(page, title), tip_text(page.words))
            if isinstance(page, SectionPage):
                page.focused.connect(self._on_focused)
        self.tabs.setCurrentIndex(min(front, self.tabs.count() - 1))
        self.tabs.blockSignals(False)
        self._on_digits()

    @Slot()
    def _on_page(self) -> None:
        page = self.tabs.currentWidget()
        if isinstance(page, SectionPage):
            page.fill()
        if isinstance(page, SectionPage | GivenPage):
            page.show_digits(self._session.digits.count)

    @Slot(object)
    def _on_typed(self, example: WorkedExample) -> None:
        try:
            sheet = sheet_of(example, self.blanks.value())
        except NnplayError as error:
            self.say(str(error))
            return
        self.say("")
        self._show(sheet)

    @Slot(object)
    def _on_blanks(self, blanks: Blanks) -> None:
        self._show(sheet_of(self.sheet.example, blanks))

    @Slot(object)
    def _on_focused(self, field: BlankField) -> None:
        self._last = field
        page = self.tabs.currentWidget()
        if isinstance(page, SectionPage):
            page.ensureWidgetVisible(field, 40, 60)

    @Slot()
    def _on_show_answer(self) -> None:
        """Of the blank that had the keyboard, else of the first that isn't right."""
        field = self._last or next((each for each in self.fields if each.verdict is not Verdict.RIGHT), None)
        if field is not None:
            field.show_answer()
            field.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_answers(self) -> None:
        page = self.tabs.currentWidget()
        if isinstance(page, SectionPage):
            page.judge()
        self._tell_progress()

    @Slot()
    def _on_digits(self) -> None:
        self.digits.set_value(self._session.digits.count)
        self._on_page()
        self._tell_progress()

    @Slot()
    def _on_theme(self) -> None:
        for page in self._pages:
            if isinstance(page, SectionPage):
                page.relay()
        self._on_page()

    def _tell_progress(self) -> None:
        blanks = self.sheet.blanks
        right = self._answers.right(self.sheet.example, blanks, self._session.digits.count)
        told = tr("{right} of {n} right|{right} of {n} right", "", len(blanks), right=right)
        self.progress.setText(told if blanks else "")
        for button in (self.show_button, self.empty_button):
            button.setEnabled(bool(blanks))

    def _ask_export(self, suffix: str) -> None:
        self.export_asked.emit(self.sheet, suffix, self.with_answers.isChecked())
