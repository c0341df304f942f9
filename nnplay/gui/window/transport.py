"""The bar at the top: start, stop and step the training, the epoch in large figures, and what is changed most."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from nnplay.gui.session.frames import Beat
from nnplay.gui.session.session import Session
from nnplay.gui.theme.fonts import EPOCH_SIZE
from nnplay.gui.theme.sizes import (
    add_spacing,
    set_fixed_height,
    set_fixed_width,
    set_margins,
    set_minimum_width,
    set_spacing,
)
from nnplay.gui.theme.style import set_role
from nnplay.gui.widgets.buttons import IconButton
from nnplay.gui.widgets.card import SectionTitle
from nnplay.gui.widgets.choice_box import Choice, ChoiceBox
from nnplay.gui.widgets.figure import Figure
from nnplay.gui.widgets.labelled_slider import LabelledSlider
from nnplay.gui.window.actions import Actions
from nnplay.gui.window.bar_choices import (
    FASTEST,
    NO_PENALTY,
    OTHER_RATE,
    PACES,
    Penalty,
    penalty_choices,
    penalty_of,
    penalty_text,
    problem_choices,
    rate_choices,
    rate_text,
)
from nnplay.texts import tr
from nnplay.training.edits import with_activation, with_penalty, with_problem
from nnplay.training.experiment import Experiment
from nnplay.training.options import OPTIONS
from nnplay.training.prepared import task_of
from nnplay.training.probes.probe import Probes
from nnplay.training.run_control import RunState
from nnplay.training.snapshot import Snapshot

RATE, OPTIMIZER = OPTIONS["training.learning_rate"], OPTIONS["training.optimizer"]
ACTIVATION = OPTIONS["model.hidden_layers.N.activation"]
MIXED, NO_LAYER = "mixed", "none"
"""Stand for an activation where the hidden layers have not one activation in common."""
BETWEEN, BESIDE_BUTTONS = 4, 4
"""Pixels between two choices, whose backgrounds have a margin of their own, and what buttons have more."""
SPEED_WIDTH = 108


class Transport(QFrame):
    """Buttons, epoch and the choices a person changes most."""

    needs: Probes = frozenset()

    def __init__(self, session: Session, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "transport")
        self._session = session
        self._row = QHBoxLayout(self)
        set_margins(self._row, 16, 10, 16, 10)
        set_spacing(self._row, BETWEEN)
        self._add_buttons(actions)
        self._add_epoch()
        self._add_choices()
        self._row.addStretch(4)
        self.theme = self._button("theme", actions.theme, "quiet")
        session.experiment_changed.connect(self.show_experiment)
        session.state_changed.connect(self._on_state_changed)
        session.add_viewer(self, Beat.FIGURES)
        self.show_experiment(session.experiment)

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
        penalty = penalty_of(training)
        self.penalty.set_choices(penalty_choices(penalty))
        self.penalty.set_value(penalty, penalty_text(penalty))
        self.problem.set_value(task_of(experiment.data))

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Called at frame rate."""
        self.epoch.show_text(f"{snapshot.figures.epoch:07,d}" if snapshot.figures.epoch < 1e6 else _long(snapshot))

    def _add_buttons(self, actions: Actions) -> None:
        self.reset = self._button("reset", actions.reset)
        self.train = self._button("play", actions.train, "primary")
        set_minimum_width(self.train, 64)
        self.step = self._button("step", actions.step)
        self.new_start = self._button("new_start", actions.new_start)
        for button in (self.reset, self.train, self.step, self.new_start):
            set_fixed_height(button, 44)
        for button in (self.reset, self.step, self.new_start):
            set_fixed_width(button, 44)

    def _button(self, name: str, action: QAction, role: str = "") -> IconButton:
        button = IconButton(self._session.theme, name, action.text(), action.toolTip(), icon_size=20, role=role)
        button.clicked.connect(action.trigger)
        action.enabledChanged.connect(button.setEnabled)
        self._row.addWidget(button)
        add_spacing(self._row, BESIDE_BUTTONS)
        return button

    def _add_epoch(self) -> None:
        column = QVBoxLayout()
        set_spacing(column, 0)
        self.epoch = Figure("000,000", tr("Epoch"), size=EPOCH_SIZE, bold=True)
        column.addWidget(SectionTitle(tr("Epoch")))
        column.addWidget(self.epoch)
        add_spacing(self._row, 16)
        self._row.addLayout(column)
        add_spacing(self._row, 16)

    def _add_choices(self) -> None:
        self._add_speed()
        self.rate = self._choice(RATE.label, rate_choices(RATE.ladder[0]), RATE.help, self._on_rate)
        self.activation = self._choice(ACTIVATION.label, ACTIVATION.choices, ACTIVATION.help, self._on_activation)
        self.optimizer = self._choice(OPTIMIZER.label, OPTIMIZER.choices, OPTIMIZER.help, self._on_optimizer)
        self.penalty = self._choice(
            tr("Regularisation"),
            penalty_choices(NO_PENALTY),
            tr("A price on large weights: L1 drives them to zero, L2 keeps them small"),
            self._on_penalty,
        )
        tip = tr("Whether the target is a class or a number")
        self.problem = self._choice(tr("Problem"), problem_choices(), tip, self._on_problem)

    def _add_speed(self) -> None:
        """A slider, and in force while it is dragged: speed changes nothing that is learnt."""
        self.pace = LabelledSlider(
            tr("Speed"),
            PACES,
            lambda pace: tr("max") if pace == FASTEST else tr("{epochs} / s", epochs=f"{pace:.0f}"),
            tr("How many epochs a second, at most: slow to watch it learn, fast to see what it comes to"),
            captioned=True,
        )
        self.pace.set_value(FASTEST)
        set_fixed_width(self.pace, SPEED_WIDTH)
        self.pace.slider.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves → to Step
        self.pace.value_changed.connect(lambda pace: self._session.set_pace(None if pace == FASTEST else pace))
        self._row.addWidget(self.pace)
        self._row.addStretch(1)

    def _choice(self, label: str, choices: list[Choice], tooltip: str, on_chosen: Callable[..., None]) -> ChoiceBox:
        box = ChoiceBox(label, choices, tooltip)
        box.chosen.connect(on_chosen)
        self._row.addWidget(box)
        self._row.addStretch(1)
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

    def _on_penalty(self, penalty: Penalty) -> None:
        chosen = " ".join(penalty_text(penalty).split())
        self._change(tr("Regularisation"), chosen, with_penalty(self._session.settle(), *penalty))

    def _on_problem(self, task: str) -> None:
        chosen = dict(problem_choices())[task]
        self._change(tr("Problem"), chosen, with_problem(self._session.settle(), task))

    def _change(self, choice: str, chosen: str, experiment: Experiment) -> None:
        self._session.change(tr("{choice} {value}", choice=choice, value=chosen), experiment)

    def _on_state_changed(self, state: RunState) -> None:
        running = state is RunState.RUNNING
        self.train.set_icon("pause" if running else "play", tr("Pause") if running else tr("Train"))


def _long(snapshot: Snapshot) -> str:
    return f"{snapshot.figures.epoch:,d}"
