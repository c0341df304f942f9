"""The status line: what happened last, and how the run stands."""

import math

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QStatusBar, QWidget

from nnplay.gui.session.frames import Beat
from nnplay.gui.session.session import Session
from nnplay.gui.theme.fonts import figure_font
from nnplay.gui.theme.scale import px
from nnplay.gui.theme.sizes import set_fixed_height, set_font, set_margins
from nnplay.gui.theme.style import set_role
from nnplay.gui.widgets.number_format import FIGURE_SPACE
from nnplay.gui.widgets.plain_text import PlainLabel
from nnplay.gui.widgets.short_label import ShortLabel
from nnplay.gui.window.stop_sign import StopSign
from nnplay.texts import mark, tr
from nnplay.training.history import Figures
from nnplay.training.prepared import PreparedData
from nnplay.training.probes.probe import Probes
from nnplay.training.run_control import RunState
from nnplay.training.snapshot import Snapshot

STATES = {
    RunState.PAUSED: mark("Paused"),
    RunState.RUNNING: mark("Training"),
    RunState.DIVERGED: mark("Diverged"),
    RunState.FAILED: mark("Stopped by an error"),
}

HEIGHT = 25
"""Pixels: two lines of a message stand over it."""
WIDTH_STEP = 24
"""Pixels by which the room of the figures grows or shrinks, so that it seldom does."""


class StatusLine(QStatusBar):
    """Left: one sentence about the last action. Right: how the run stands, in figures."""

    needs: Probes = frozenset()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Status"))
        self.setSizeGripEnabled(False)
        self._session = session
        set_margins(self, 16, 2, 16, 6)
        self._state = PlainLabel()
        set_role(self._state, "quiet")
        set_font(self._state, figure_font)
        self._state.setAccessibleName(tr("State of the run"))
        self._state.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._figures: Figures | None = None
        self._add_sentence()
        self.addPermanentWidget(self._state)
        self.stop_sign = StopSign(session)  # at the end, where no figure moves it
        self.addPermanentWidget(self.stop_sign)
        session.message.connect(self.say)
        session.state_changed.connect(self._on_state_changed)
        session.data_changed.connect(self._on_data_changed)
        session.walk.changed.connect(self._on_walk_changed)
        session.experiment_changed.connect(self._on_engine_changed)
        session.engine.changed.connect(self._on_engine_changed)
        session.add_viewer(self, Beat.FIGURES)
        self._on_state_changed(session.state)

    @property
    def figures_label(self) -> QWidget:
        """Where the figures stand."""
        return self._state

    def say(self, sentence: str) -> None:
        """Say what happened."""
        self.sentence.show_text(sentence)

    def currentMessage(self) -> str:
        """A menu's hint for as long as there is one, else the last sentence."""
        return super().currentMessage() or self.sentence.text()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Called at frame rate."""
        broken = not math.isfinite(snapshot.figures.train.loss) and len(self._session.prepared.X_train)
        if not broken:  # the last finite ones stay: they are those of the weights that are kept
            self._figures = snapshot.figures
        self._show(self._session.state, snapshot.epochs_per_second)

    def _add_sentence(self) -> None:
        """Not as a message of the bar's own: a menu's hints would wipe it out."""
        self.sentence = ShortLabel(tr("Last action"))
        whole = QWidget()
        set_fixed_height(whole, HEIGHT)
        row = QHBoxLayout(whole)
        set_margins(row, 0, 0, 0, 0)
        row.addWidget(self.sentence)
        row.addStretch(1)
        self.addWidget(whole, 1)

    def _on_state_changed(self, state: RunState) -> None:
        self._show(state, 0.0)

    @Slot()
    def _on_walk_changed(self) -> None:
        if not self._session.running or self._session.playing:
            self._show(self._session.state, 0.0)

    @Slot()
    def _on_engine_changed(self) -> None:
        """Another engine may be at work, or is where it trains, which a frame says."""
        if not self._session.running:
            self._show(self._session.state, 0.0)

    @Slot()
    def _on_data_changed(self) -> None:
        """The figures were those of other samples, perhaps of another run."""
        self._figures = None

    def _show(self, state: RunState, rate: float) -> None:
        text = tr(STATES[state])
        if self._session.playing:
            text = tr("Training by phase")
        elif state is RunState.PAUSED and self._session.walk.walk is not None:
            text = tr("Paused in a step")
        elif state is RunState.RUNNING and rate > 0:
            text = tr("{state} · {rate} epochs/s", state=text, rate=f"{rate:,.0f}")
        if word := self._session.engine.word:
            text = tr("{state} · {engine}", state=text, engine=word)
        runs = state is RunState.RUNNING
        counts = "" if self._figures is None else misclassified_text(self._figures, self._session.prepared, steady=runs)
        self._write(f"{text}    {counts}" if counts else text, WIDTH_STEP if runs else 1)

    def _write(self, text: str, step: int) -> None:
        """In a room of whole steps: while it stays, the label is painted alone, else the whole line is laid out."""
        needed, step = self._state.fontMetrics().horizontalAdvance(text) + 1, px(step)
        if not needed <= self._state.width() < needed + 2 * step or self._state.height() != px(HEIGHT):
            self._state.setFixedSize(-(-needed // step) * step, px(HEIGHT))
        self._state.setText(text)


def misclassified_text(figures: Figures, prepared: PreparedData, *, steady: bool = False) -> str:
    """How many samples of training and, where there is one, test set are not told right; "" for numbers.

    Where it is to be `steady`, it is as wide whatever the counts are, so that they move nothing beside them.
    """
    train, test = figures.train.accuracy, None if figures.test is None else figures.test.accuracy
    if train is None or not len(prepared.X_train):
        return ""
    wrong, every = _counts(train, len(prepared.X_train), steady=steady)
    if test is None:
        return tr("{wrong} of {all} misclassified", wrong=wrong, all=every)
    test_wrong, test_all = _counts(test, len(prepared.X_test), steady=steady)
    names = {"wrong": wrong, "all": every, "test_wrong": test_wrong, "test_all": test_all}
    return tr("{wrong} of {all} misclassified · test {test_wrong} of {test_all}", **names)


def _counts(accuracy: float, samples: int, *, steady: bool) -> tuple[str, str]:
    """The misclassified ones, and all."""
    wrong, every = f"{round((1.0 - accuracy) * samples):,}", f"{samples:,}"
    return wrong.rjust(len(every), FIGURE_SPACE) if steady else wrong, every
