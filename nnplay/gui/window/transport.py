"""The bar at the top: start, stop and step the training, its figures in large, and what is changed most."""

import math
from collections.abc import Callable

from PySide6.QtCore import QEvent, QSize, Qt, Slot
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSpacerItem, QWidget

from nnplay.gui.guard import Guarded
from nnplay.gui.session.ahead import sees_ahead
from nnplay.gui.session.frames import Beat
from nnplay.gui.session.session import Session
from nnplay.gui.theme.scale import px
from nnplay.gui.theme.sizes import set_fixed_height, set_fixed_width, set_margins, set_minimum_width
from nnplay.gui.theme.style import set_role
from nnplay.gui.widgets.buttons import IconButton
from nnplay.gui.widgets.card import SectionTitle
from nnplay.gui.widgets.choice_box import Choice, ChoiceBox
from nnplay.gui.widgets.choice_list import Detail, Details, activation_detail, details_of, lined_detail
from nnplay.gui.widgets.labelled_slider import LabelledSlider
from nnplay.gui.widgets.number_format import NONE, glance_text, percent_text, r_squared_text
from nnplay.gui.widgets.number_label import NumberLabel
from nnplay.gui.widgets.plain_text import set_tip
from nnplay.gui.widgets.titled import Titled
from nnplay.gui.window.actions import Actions
from nnplay.gui.window.bar_choices import OTHER_RATE, PACES, pace_text, rate_choices, rate_text
from nnplay.gui.window.bar_figures import (
    ACCURACY,
    CLOSE,
    CLOSE_SIZE,
    LOSS,
    PENALTY_TIP,
    R_SQUARED,
    ROOMY,
    SIZE,
    WIDEST,
    EpochFigure,
    FigurePair,
    Rule,
    regression_tips,
)  # fmt: skip
from nnplay.gui.window.step_button import BackButton, StepButton
from nnplay.texts import tr
from nnplay.training.edits import with_activation
from nnplay.training.experiment import Experiment
from nnplay.training.history import Figures, Metrics
from nnplay.training.options import OPTIONS
from nnplay.training.prepared import PreparedData
from nnplay.training.probes.probe import Probes
from nnplay.training.run_control import RunState
from nnplay.training.snapshot import Snapshot

RATE, OPTIMIZER = OPTIONS["training.learning_rate"], OPTIONS["training.optimizer"]
ACTIVATION = OPTIONS["model.hidden_layers.N.activation"]
MIXED, NO_LAYER = "mixed", "none"
"""Stand for an activation where the hidden layers have not one activation in common."""
BUTTON, TRAIN_WIDTH = 44, (64, 52)
MARGINS = (12, 6)
BETWEEN_BUTTONS, BETWEEN_GROUPS = (8, 4), (22, 10)
"""Pixels where there is room, and where there is less."""
BETWEEN_CHOICES = (12, 4)
COUNTED_BELOW = 3.0
"""Epochs a second from which on batches go by too fast to be counted."""
LEVELS = 8
"""In how many ways the bar can be laid out: see `Transport._show_level`."""


class Transport(Guarded, QFrame):
    """Buttons, figures and the choices a person changes most; where there is little room, less of them."""

    needs: Probes = frozenset()

    def __init__(self, session: Session, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "transport")
        self._session = session
        self._level = 0
        self._has_penalty = False
        self._needed: dict[int, int] = {}
        self._gaps: list[tuple[QSpacerItem, QWidget, tuple[int, int]]] = []
        self._row = QHBoxLayout(self)
        set_margins(self._row, MARGINS[0], MARGINS[1], MARGINS[0], MARGINS[1])
        self._row.setSpacing(0)
        self._add_buttons(actions)
        self._add_figures()
        self._row.addStretch(1)
        self._add_choices()
        self.theme = self._button("theme", actions.theme, "quiet")
        self._columns = (
            self.epoch_figure, self.loss, self.score, self.penalty, self.pace_column, self.rate, self.activation,
            self.optimizer,
        )  # fmt: skip
        session.experiment_changed.connect(self.show_experiment)
        session.data_changed.connect(self.show_data)
        session.state_changed.connect(self._on_state_changed)
        session.theme.changed.connect(self._fit_anew)
        session.add_viewer(self, Beat.FIGURES)
        self.show_data(session.prepared)
        self.show_experiment(session.experiment)
        self._show_level(self._level)  # how much there is room for is known when it is laid out

    @property
    def epoch(self) -> NumberLabel:
        """The epoch that is shown."""
        return self.epoch_figure.epoch

    def show_experiment(self, experiment: Experiment) -> None:
        """Show the choices of `experiment`."""
        training = experiment.training
        activations = {layer.activation for layer in experiment.model.hidden_layers} or {NO_LAYER}
        activation = activations.pop() if len(activations) == 1 else MIXED
        self.rate.set_choices(rate_choices(training.learning_rate))
        self.rate.set_value(training.learning_rate)
        self.activation.set_value(activation, {MIXED: tr("mixed"), NO_LAYER: tr("none")}.get(activation))
        self.activation.setEnabled(bool(experiment.model.hidden_layers))
        self.optimizer.set_value(training.optimizer)
        has_penalty = training.l1 > 0 or training.l2 > 0
        if has_penalty != self._has_penalty:
            self._has_penalty = has_penalty
            if self._needed:  # else it is laid out when it has a width
                self._fit_anew()

    def show_data(self, prepared: PreparedData) -> None:
        """Show the figures that there are of these data."""
        self.score.set_names(ACCURACY if prepared.table.task == "classification" else R_SQUARED)
        for pair in (self.loss, self.score):
            pair.set_with_test(len(prepared.X_test) > 0)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Called at frame rate."""
        figures, samples = snapshot.figures, len(self._session.prepared.X_train)
        lasts = figures.epoch == self.epoch_figure.shown  # the first epoch of a run has no rate yet
        slow = 0 < snapshot.epochs_per_second < COUNTED_BELOW or (lasts and not snapshot.epochs_per_second)
        self.epoch_figure.show_epoch(figures.epoch)
        counted = slow or not self._session.running or self._session.playing
        self.epoch_figure.show_batch(snapshot.batch if counted else 0, snapshot.batches, samples)
        if math.isfinite(figures.train.loss) or not samples:
            self._show_figures(figures)  # else those of the weights that are kept stay

    def minimumSizeHint(self) -> QSize:
        """The window may be narrower than all of it: then there is less of it."""
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Called by Qt."""
        super().resizeEvent(event)
        self._fit()

    def event(self, event: QEvent) -> bool:
        """Called by Qt; what is in it may need other room than it did, as after another style sheet."""
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest and self._wanted_width() != self._needed.get(self._level):
            self._fit_anew()
        return done

    def _show_figures(self, figures: Figures) -> None:
        train, test = figures.train, figures.test
        self.loss.show_texts(glance_text(train.loss), NONE if test is None else glance_text(test.loss))
        self.score.show_texts(_score_text(train), NONE if test is None else _score_text(test))
        if self._has_penalty:
            self.penalty_figure.show_text(glance_text(figures.penalty))
        if train.rmse is not None:
            self.score.set_tips(*regression_tips(figures))

    def _fit_anew(self) -> None:
        """Lay it out again, since something in it is of another size, or isn't there any more."""
        self._needed.clear()
        self._show_level(self._level)
        self._fit()

    def _fit(self) -> None:
        """Show as much as there is room for."""
        level = next((level for level in range(LEVELS) if self._needed_at(level) <= self.width()), LEVELS - 1)
        if level != self._level:
            self._show_level(level)

    def _needed_at(self, level: int) -> int:
        if level not in self._needed:
            self._show_level(level)
            self._needed[level] = self._wanted_width()
        return self._needed[level]

    def _wanted_width(self) -> int:
        """Of all of it, a test set's figures included, so that data with one and without don't move the window."""
        return self._row.sizeHint().width() + self.loss.room_for_test() + self.score.room_for_test()

    def _show_level(self, level: int) -> None:
        """Lay it out closer and closer: from level to level something more gives way.

        The gaps and a long name; the places beside each other of training and test set; the button that the menu has,
        too, and room in the choices for longer texts; the penalty; at last, at a large scale on a small screen, speed
        and choices.
        """
        self._level = level
        close, tight = level >= 1, level >= 2
        self.rate.label.setText(tr("Rate") if close else RATE.label)
        self.penalty.setVisible(self._has_penalty and level < 4)
        self.theme.setVisible(level < 3)
        for choice in (self.rate, self.activation, self.optimizer):
            choice.combo.set_snug(level >= 3)
        self.pace.setVisible(level < 5)
        self.optimizer.setVisible(level < 6)
        self.activation.setVisible(level < 7)
        self.penalty_figure.plan(WIDEST, CLOSE_SIZE if tight else SIZE)
        set_minimum_width(self.train, TRAIN_WIDTH[level >= 3])
        self.step.set_close(level >= 3)
        for gap, part, lengths in self._gaps:
            gap.changeSize(0 if part.isHidden() else px(lengths[close]), 0)
        for column in self._columns:
            column.set_lines(CLOSE if tight else ROOMY)
        self.pace.updateGeometry()
        self._row.invalidate()

    def _add_buttons(self, actions: Actions) -> None:
        self.reset = self._button("reset", actions.reset)
        self.train = self._button("play", actions.train, "primary")
        self.step = StepButton(self._session.theme, actions)
        self.back = BackButton(self.step, self._session.theme, actions)
        self._add(self.back, BETWEEN_BUTTONS)
        self._add(self.step, BETWEEN_BUTTONS)
        self.new_start = self._button("new_start", actions.new_start)
        for button in (self.reset, self.train, self.back, self.step, self.new_start):
            set_fixed_height(button, BUTTON)
        for button in (self.reset, self.back, self.new_start):
            set_fixed_width(button, BUTTON)

    def _button(self, name: str, action: QAction, role: str = "") -> IconButton:
        button = IconButton(self._session.theme, name, action.text(), action.toolTip(), icon_size=20, role=role)
        button.clicked.connect(action.trigger)
        action.enabledChanged.connect(button.setEnabled)
        self._add(button, BETWEEN_BUTTONS)
        return button

    def _add(self, part: QWidget, lengths: tuple[int, int]) -> None:
        """A part of the bar, with a gap before it."""
        gap = QSpacerItem(0, 0)
        self._row.addSpacerItem(gap)
        self._row.addWidget(part)
        self._gaps.append((gap, part, lengths))

    def _add_figures(self) -> None:
        self.epoch_figure = EpochFigure()
        self.loss, self.score = FigurePair(LOSS), FigurePair(ACCURACY)
        self.penalty_figure = NumberLabel(WIDEST, tr("Penalty"), size=SIZE, grows=False)
        self.penalty = Titled(SectionTitle(tr("Penalty")), self.penalty_figure, ROOMY)
        for widget in (self.penalty.label, self.penalty_figure):
            set_tip(widget, tr(PENALTY_TIP))
        self.penalty_figure.setAccessibleDescription(tr(PENALTY_TIP))
        for part in (self.epoch_figure, self.loss, self.score, self.penalty):
            self._add(part, BETWEEN_GROUPS)

    def _add_choices(self) -> None:
        self._add(Rule(), BETWEEN_CHOICES)
        self._add_speed()
        other = {OTHER_RATE: Detail(tr("Type any rate, in the Training panel"))}
        self.rate = self._choice(RATE.label, rate_choices(RATE.ladder[0]), RATE.help, self._on_rate, other)
        sees_ahead(self._session.requests, RATE, self.rate, self.rate.label)
        self.activation = self._choice(
            ACTIVATION.label,
            ACTIVATION.choices,
            ACTIVATION.help,
            self._on_activation,
            details_of(ACTIVATION, activation_detail),
        )
        self.optimizer = self._choice(
            OPTIMIZER.label, OPTIMIZER.choices, OPTIMIZER.help, self._on_optimizer, details_of(OPTIMIZER, lined_detail)
        )

    def _add_speed(self) -> None:
        """A slider, and in force while it is dragged: speed changes nothing that is learnt."""
        self.pace = LabelledSlider(
            tr("Speed"),
            range(len(PACES)),
            lambda place: pace_text(PACES[int(place)]),
            tr("How many phases or epochs a second, at most; at max a run begins slowly, until this is moved"),
            lines=ROOMY,
        )
        self.pace.set_value(PACES.index(self._session.pace))
        assert self.pace.column is not None
        self.pace_column = self.pace.column
        self.pace.slider.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves → to Step
        self.pace.value_changed.connect(lambda place: self._session.set_pace(PACES[place]))
        self._add(self.pace, BETWEEN_CHOICES)

    def _choice(
        self,
        label: str,
        choices: list[Choice],
        tooltip: str,
        on_chosen: Callable[..., None],
        details: Details,
    ) -> ChoiceBox:
        box = ChoiceBox(label, choices, tooltip, ROOMY, details=details)
        box.chosen.connect(on_chosen)
        self._add(box, BETWEEN_CHOICES)
        return box

    def _on_rate(self, rate: float) -> None:
        if rate == OTHER_RATE:
            self.show_experiment(self._session.experiment)
            self._session.requests.option.emit(RATE.path)
        else:
            self._change(RATE.label, rate_text(rate), RATE.put(self._session.settle(), rate))

    def _on_activation(self, name: str) -> None:
        chosen = dict(ACTIVATION.choices)[name]
        self._change(ACTIVATION.label, chosen, with_activation(self._session.settle(), name))

    def _on_optimizer(self, name: str) -> None:
        chosen = dict(OPTIMIZER.choices)[name]
        self._change(OPTIMIZER.label, chosen, OPTIMIZER.put(self._session.settle(), name))

    def _change(self, choice: str, chosen: str, experiment: Experiment) -> None:
        self._session.change(tr("{choice} {value}", choice=choice, value=chosen), experiment)

    @Slot(object)
    def _on_state_changed(self, state: RunState) -> None:
        running = state is RunState.RUNNING
        self.train.set_icon("pause" if running else "play", tr("Pause") if running else tr("Train"))


def _score_text(metrics: Metrics) -> str:
    """Accuracy, or R²."""
    if metrics.accuracy is not None:
        return percent_text(metrics.accuracy)
    return NONE if metrics.r2 is None else r_squared_text(metrics.r2)
