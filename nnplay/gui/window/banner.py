"""What a person must see, at the foot of the window: why something was refused, or what was found and what helps."""

from functools import partial

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAccessible, QAccessibleEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenuBar, QPushButton, QSizePolicy, QWidget

from nnplay.gui.guard import Guarded
from nnplay.gui.session.notice import Notice, Suggestion
from nnplay.gui.session.session import Session
from nnplay.gui.theme.fonts import label_font
from nnplay.gui.theme.scale import px
from nnplay.gui.theme.sheets import DOT
from nnplay.gui.theme.sizes import set_fixed_size, set_font, set_margins, set_spacing
from nnplay.gui.theme.style import set_role
from nnplay.gui.widgets.buttons import IconButton
from nnplay.gui.widgets.focus_back import give_back
from nnplay.gui.widgets.plain_text import PlainLabel, menu_text, set_tip
from nnplay.gui.window.focus import rest
from nnplay.gui.window.status import StatusLine
from nnplay.texts import tr
from nnplay.training.experiment import Experiment
from nnplay.training.run_control import RunState

REFUSAL_MS = 8000
"""Milliseconds for which a refusal stands, unless something else happens."""
ASIDE_MS = 4000
"""Milliseconds for which it lets what was just done be read, which it stands over."""
BESIDE, BELOW, APART = 10, 2, 16
"""Pixels to the edges of what it stands over, and to the figures of the status line."""
SIZE, CLOSE = 12, 28
"""Pixels of its letters, and of what closes it: two lines are no higher than the status line."""
LINES = 2
"""Lines of a sentence that has more of which it takes the room of those figures, too."""


class Banner(Guarded, QFrame):
    """One sentence at the foot of the window, with a button for what helps and one that closes it; the newest wins.

    A refusal goes after some seconds, or when anything else is done. What was found stays until the experiment or its
    run is another one: a refusal stands before it only for its while. A finding of the diagnosis stands behind both,
    and goes when it is over; what shows it is a button of its own.

    It covers no view, and moves none: it stands over the status line, and steps aside for a while for what that says
    anew. Before a class, where there is none, the room of it is left free.

    Parameters
    ----------
    status
        The status line.

    Signals
    -------
    shown(visible)
        It has come or gone.
    """

    shown = Signal(bool)

    def __init__(self, session: Session, status: StatusLine) -> None:
        super().__init__(status.window())
        self._session = session
        self._status = status
        self._found: Notice | None = None
        self._refusal: Notice | None = None
        self._told: Notice | None = None
        self._rule = self._hint = ""
        self._experiment = session.experiment
        self._came_from: QWidget | None = None
        set_role(self, "banner")
        self.setAccessibleName(tr("Message"))
        self.hide()
        self._add_parts()
        self._read = QTimer(self, singleShot=True, interval=REFUSAL_MS)
        self._read.timeout.connect(self._on_read)
        self._aside = QTimer(self, singleShot=True, interval=ASIDE_MS)
        self._aside.timeout.connect(self._show)
        session.refused.connect(self._on_refused)
        session.found.connect(self._on_found)
        session.notices.past.connect(self._on_past)
        session.findings.told_changed.connect(self._on_told)
        session.message.connect(self._on_done)
        session.state_changed.connect(self._on_state_changed)
        session.experiment_changed.connect(self._on_experiment_changed)
        session.undo_stack.indexChanged.connect(self._withdraw)
        session.theme.changed.connect(self._stand)
        status.messageChanged.connect(self._on_hint)
        for place in (self.window(), status, status.figures_label):
            place.installEventFilter(self)

    @property
    def notice(self) -> Notice | None:
        """What it says now."""
        return self._refusal or self._found or self._told

    def go_to(self) -> None:
        """Bring the keyboard to what helps, else to what closes it; Escape brings it back."""
        if self.isHidden():
            return
        self._came_from = self.window().focusWidget()
        target = self.close_button if self.button.isHidden() else self.button
        target.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def dismiss(self) -> bool:
        """Take away what it says; whether it said anything."""
        said = not self.isHidden()
        if self._refusal is not None:
            self._refusal = None
        elif self._found is not None:
            self._found = None
        else:
            self._session.findings.close_told()
        self._show()
        return said

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Called by Qt; Escape closes it."""
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Called by Qt for what it stands over or beside; figures that leave more room than before move nothing."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.Show, QEvent.Type.Hide):
            beside = watched is self._status.figures_label and not self.isHidden()
            if not beside or self._place_of(self._status.figures_label).left() <= self.geometry().right():
                self._stand()
        return False

    def _add_parts(self) -> None:
        row = QHBoxLayout(self)
        set_margins(row, 12, 1, 6, 1)
        set_spacing(row, 10)
        self._dot = QFrame()
        set_fixed_size(self._dot, DOT, DOT)
        set_role(self._dot, "dot")
        self.sentence = PlainLabel()
        self.sentence.setWordWrap(True)
        set_font(self.sentence, lambda: label_font(SIZE))
        self.sentence.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.show_button, self.button = QPushButton(tr("Show &Me"), self), QPushButton(self)
        self.button.setObjectName("suggestion")
        set_role(self.button, "offer")
        set_role(self.show_button, "aside")
        tip = tr("Open the view that shows it, and mark what is meant")
        self.show_button.setAccessibleName(tr("Show Me"))
        self.show_button.setAccessibleDescription(tip)
        set_tip(self.show_button, tip)
        for button in (self.show_button, self.button):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setAutoDefault(True)  # Return presses it, as Space does
        self.show_button.clicked.connect(self._on_show_clicked)
        self.button.clicked.connect(self._on_clicked)
        tip = tr("Close this message; Escape does so, too")
        self.close_button = IconButton(
            self._session.theme, "close", tr("Close the message"), tip, icon_size=12, role="quiet"
        )
        set_fixed_size(self.close_button, CLOSE, CLOSE)
        self.close_button.clicked.connect(self.dismiss)
        row.addWidget(self._dot)
        row.addWidget(self.sentence, 1)
        row.addWidget(self.show_button)
        row.addWidget(self.button)
        row.addWidget(self.close_button)

    # what is said

    @Slot(str)
    def _on_refused(self, sentence: str) -> None:
        self._refusal = Notice(sentence)
        self._read.start()
        self._tell()

    @Slot(object)
    def _on_found(self, notice: Notice) -> None:
        self._found, self._refusal = notice, None
        self._experiment = self._session.experiment
        self._tell()

    @Slot(object)
    def _on_past(self, notice: Notice) -> None:
        if self._found is notice:
            self._found = None
            self._show()

    @Slot()
    def _on_told(self) -> None:
        """Another finding is told, or its numbers are others: a screen reader is told of the former."""
        findings = self._session.findings
        told, before = findings.told, self._rule
        self._rule = "" if told is None else told.rule
        self._told = None
        if told is not None:
            rule, fix = told.rule, told.fix
            way_out = None if fix is None else Suggestion(fix.label, fix.tip, partial(findings.use, rule))
            self._told = Notice(told.sentence, way_out, partial(findings.show, rule))
        if self._rule not in ("", before) and self.notice is self._told:
            self._tell()
        else:
            self._show()

    @Slot(str)
    def _on_done(self, _sentence: str) -> None:
        """Something was done: what was refused before is past, and what was found lets it be read."""
        self._refusal = None
        if not self._is_used():
            self._aside.start()
        self._show()

    @Slot(str)
    def _on_hint(self, hint: str) -> None:
        """A menu's hint stands in the status line, or no longer."""
        self._hint = hint
        self._show()

    @Slot(object)
    def _on_state_changed(self, state: RunState) -> None:
        self._refusal = None
        if state is RunState.RUNNING:
            self._found = None
        self._show()

    @Slot()
    def _withdraw(self) -> None:
        """Another experiment, or another run: what was said is not of this one."""
        self._found = self._refusal = None
        self._show()

    @Slot(object)
    def _on_experiment_changed(self, experiment: Experiment) -> None:
        if experiment is not self._experiment:  # else it is only told again, to controls that had asked for another
            self._found = None
            self._show()

    @Slot()
    def _on_read(self) -> None:
        """Time to read it has passed; not for whoever is about to do something with it."""
        if self._is_used():
            self._read.start()
        else:
            self._refusal = None
            self._show()

    def _is_used(self) -> bool:
        """Whether somebody is about to do something with it."""
        return self.underMouse() or self.isAncestorOf(self.window().focusWidget() or self.window())

    @Slot()
    def _on_clicked(self) -> None:
        notice = self.notice
        if notice is not None and notice.suggestion is not None:
            notice.suggestion.action()

    @Slot()
    def _on_show_clicked(self) -> None:
        notice = self.notice
        if notice is not None and notice.show is not None:
            notice.show()

    # how it is shown

    def _tell(self) -> None:
        """Show it, and tell it to a screen reader at once."""
        self._aside.stop()
        self._show()
        QAccessible.updateAccessibility(QAccessibleEvent(self.sentence, QAccessible.Event.Alert))

    @Slot()
    def _show(self) -> None:
        notice = self.notice
        if notice is None or (self._refusal is None and (self._hint or self._aside.isActive())):
            self._leave()
            return
        self.sentence.setText(notice.sentence)
        self.setAccessibleDescription(notice.sentence)
        set_role(self._dot, "dot" if self._refusal is None else "alarm_dot")
        self.show_button.setVisible(notice.show is not None)
        way_out = notice.suggestion
        self.button.setVisible(way_out is not None)
        if way_out is not None:
            self.button.setText(self._with_key(way_out.text))
            self.button.setAccessibleName(way_out.text)
            self.button.setAccessibleDescription(way_out.tip)
            set_tip(self.button, way_out.tip)
        self._stand()
        if self.isHidden():
            self.show()
            self.shown.emit(True)

    def _with_key(self, text: str) -> str:
        """A text whose first letter takes it with Alt, or the first one that opens no menu and shows nothing."""
        bar = self.window().findChild(QMenuBar)
        menus = [] if bar is None else bar.actions()
        others = [*(action.text() for action in menus), self.show_button.text()]
        taken = {text[text.index("&") + 1].lower() for text in others if "&" in text}
        place = next((n for n, letter in enumerate(text) if letter.isalpha() and letter.lower() not in taken), None)
        return menu_text(text) if place is None else f"{menu_text(text[:place])}&{menu_text(text[place:])}"

    def _leave(self) -> None:
        """Go, and give the keyboard back."""
        if self.isHidden():
            return
        focused = self.isAncestorOf(self.window().focusWidget() or self.window())
        self.hide()
        self.shown.emit(False)
        if focused and not give_back(self._came_from):
            rest(self.window())
        self._came_from = None

    @Slot()
    def _stand(self) -> None:
        """As high as the sentence needs it, and as wide as leaves the figures of the status line to be read."""
        if self.notice is None:
            return
        foot = self.window().rect() if self._status.isHidden() else self._place_of(self._status)
        foot.adjust(px(BESIDE), 0, -px(BESIDE), -px(BELOW))
        beside = self._place_of(self._status.figures_label).left() - px(APART) - foot.left()
        if not self._status.isHidden() and self._lines_in(beside) <= LINES:
            foot.setWidth(beside)
        foot.setTop(foot.bottom() + 1 - self.heightForWidth(foot.width()))
        self.setGeometry(foot)
        self.raise_()

    def _place_of(self, widget: QWidget) -> QRect:
        return QRect(widget.mapTo(self.window(), QPoint(0, 0)), widget.size())

    def _lines_in(self, width: int) -> int:
        """How many lines the sentence has in a banner of a width."""
        room = width - self.minimumSizeHint().width()  # which is that of all but the sentence
        if room <= 0:
            return LINES + 1
        return round(self.sentence.heightForWidth(room) / self.sentence.fontMetrics().lineSpacing())
