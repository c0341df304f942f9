"""The field for a typed formula: what is wrong with it stands under it while it is typed; Enter applies it."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from nnplay.data import DATA_SETS
from nnplay.data.formula import CONSTANTS, FUNCTIONS, MAX_LENGTH, FormulaError
from nnplay.errors import InputError
from nnplay.gui.guard import Guarded
from nnplay.gui.theme.fonts import figure_font, label_font
from nnplay.gui.theme.scale import follow_scale
from nnplay.gui.theme.sizes import set_font, set_margins, set_spacing
from nnplay.gui.theme.style import set_role
from nnplay.gui.widgets.plain_text import PlainLabel, set_tip
from nnplay.texts import mark, tr

TRIED_SAMPLES = 10
HINTS = {
    "formula": mark("Class 1 where its value is above zero."),
    "formula_regression": mark("Its value is what is learnt."),
}


class FormulaField(Guarded, QWidget):
    """A line to type a formula into.

    Signals
    -------
    committed(str)
        A formula that is another one than before, and from which points can be drawn.
    """

    committed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind = "formula"
        self._applied = ""
        self.edit = QLineEdit()
        self.edit.setMaxLength(MAX_LENGTH)
        set_font(self.edit, figure_font)
        self.edit.setAccessibleName(tr("Formula"))
        set_tip(
            self.edit,
            tr(
                "A formula of x and y with + - * / ^ and brackets, {names}; "
                "Enter draws points by it, Escape brings back the last one",
                names=", ".join([*CONSTANTS, *FUNCTIONS]),
            ),
        )
        self.edit.installEventFilter(self)
        self.edit.textEdited.connect(self._on_edited)
        self.edit.editingFinished.connect(self._on_finished)
        self.sentence = PlainLabel()
        set_font(self.sentence, lambda: label_font(11))
        self.sentence.setWordWrap(True)
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        follow_scale(self.sentence, lambda label: label.setMinimumHeight(2 * label.fontMetrics().lineSpacing()))
        column = QVBoxLayout(self)
        set_margins(column, 0, 0, 0, 0)
        set_spacing(column, 3)
        column.addWidget(self.edit)
        column.addWidget(self.sentence)

    def show_formula(self, kind: str, text: str) -> None:
        """Show the formula in force of data set `kind`; what is being typed stays."""
        if (kind, text) != (self._kind, self._applied) or not self.edit.hasFocus():
            self._kind, self._applied = kind, text
            self.edit.setText(text)
            self._say(problem_with(kind, text))

    @Slot()
    def settle(self) -> None:
        """Commit the formula that is being typed, or bring back the one in force, since another change comes."""
        if problem_with(self._kind, self.edit.text()):
            self._bring_back()
        else:
            self._on_finished()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Escape brings back the formula in force; leaving the field with half a formula does too."""
        if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            if event.type() == QEvent.Type.KeyPress:
                self._bring_back()
            return event.type() == QEvent.Type.KeyPress
        if event.type() == QEvent.Type.FocusOut and problem_with(self._kind, self.edit.text()):
            self._bring_back()
        return False

    def _bring_back(self) -> None:
        self.edit.setText(self._applied)
        self._say("")

    def _say(self, problem: str) -> None:
        self.sentence.setText(problem or tr(HINTS[self._kind]))
        set_role(self.sentence, "alarm" if problem else "quiet")
        self.edit.setAccessibleDescription(self.sentence.text())

    @Slot(str)
    def _on_edited(self, text: str) -> None:
        self._say(problem_with(self._kind, text))

    @Slot()
    def _on_finished(self) -> None:
        text = self.edit.text().strip()
        if text != self._applied and not problem_with(self._kind, text):
            self._applied = text
            self.committed.emit(text)


def problem_with(kind: str, text: str) -> str:
    """Why no points can be drawn by this formula, in one sentence; "" where they can."""
    if not text.strip():
        return tr("Type a formula of x and y, such as {formula}.", formula=DATA_SETS[kind].formula)
    try:
        DATA_SETS[kind].generate(samples=TRIED_SAMPLES, formula=text)
    except FormulaError as error:
        return _formula_sentence(error)
    except InputError as error:
        return tr("Needed is {allowed}.", allowed=error.allowed)
    return ""


def _formula_sentence(error: FormulaError) -> str:
    allowed = error.allowed
    if error.value == "=":
        allowed = tr("y - f(x) for y = f(x)")
    elif ", ".join(FUNCTIONS) in allowed:  # too long for the room below the field
        allowed = tr("x, y, numbers, + - * / ^ ( ) and functions such as sin")
    place = error.position + 1
    if error.ended:
        return tr("Character {place}: the end comes too early; allowed: {allowed}.", place=place, allowed=allowed)
    return tr(
        "Character {place}: “{found}” can't stand there; allowed: {allowed}.",
        place=place,
        found=error.value,
        allowed=allowed,
    )
