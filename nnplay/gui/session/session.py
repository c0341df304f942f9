"""Owns the current experiment, its run and the undo stack; every act of a person comes through here."""

import secrets
from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

import msgspec
from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QUndoStack

from nnplay.errors import NnplayError
from nnplay.gui.session.commands import ChangeExperiment, EditNetwork, Moment
from nnplay.gui.session.frames import Beat, FrameTimer, Viewer
from nnplay.gui.session.suggestion import lower_rate
from nnplay.gui.session.worker import TrainingThread
from nnplay.gui.theme.theme import Theme
from nnplay.gui.widgets.number_format import number_text
from nnplay.training.effects import Effect, effect_of
from nnplay.training.experiment import MAX_SEED, Experiment
from nnplay.training.prepared import PreparedData, prepare
from nnplay.training.probes.probe import Probes
from nnplay.training.record import RunRecord, capture
from nnplay.training.run_control import Goal, Outcome, RunControl, RunState
from nnplay.training.snapshot import Snapshot
from nnplay.training.trainer import Trainer

Answer = TypeVar("Answer")

UNDO_LIMIT = 1000


class Session(QObject):
    """The one object that panels talk to; it knows no panel.

    Parameters
    ----------
    experiment
        What to begin with.
    theme
        The colours, for everybody who paints.
    trainer
        A run of it to go on with; a fresh one where None.

    Signals
    -------
    experiment_changed
        The Experiment that holds now.
    data_changed
        Its PreparedData, when points, features or split are other ones.
    state_changed
        The RunState.
    message
        One sentence for the status line: what was done.
    refused
        One such sentence: why what was asked for was not done, and what can be.
    offered
        The Offer that goes with the sentence said just before; it holds until anything else happens.
    failed
        The exception that ended a run although nothing a person did explains it.
    """

    experiment_changed = Signal(object)
    data_changed = Signal(object)
    state_changed = Signal(object)
    message = Signal(str)
    refused = Signal(str)
    offered = Signal(object)
    failed = Signal(object)

    def __init__(
        self, experiment: Experiment, theme: Theme, *, trainer: Trainer | None = None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self.undo_stack = QUndoStack(self)
        self.undo_stack.setUndoLimit(UNDO_LIMIT)
        trainer = trainer or Trainer(experiment)
        self._now = Moment(trainer.experiment, trainer.prepared, trainer)
        self._control = RunControl(self._now.trainer)
        self._frames = FrameTimer(self._control, self)
        self._thread: TrainingThread | None = None

    @property
    def experiment(self) -> Experiment:
        """The experiment that holds now."""
        return self._now.experiment

    @property
    def prepared(self) -> PreparedData:
        """Its data."""
        return self._now.prepared

    @property
    def trainer(self) -> Trainer:
        """Its trainer; read it only while the run rests, since a worker changes it otherwise."""
        return self._now.trainer

    @property
    def running(self) -> bool:
        """Whether training goes on."""
        return self._thread is not None

    @property
    def state(self) -> RunState:
        """Where the run stands."""
        return RunState.RUNNING if self.running else self._control.state

    # looking

    def add_viewer(self, viewer: Viewer, beat: Beat = Beat.EVERY) -> None:
        """Show `viewer` the snapshots of its beat while it is visible, and the one that a run comes to rest at."""
        self._frames.add(viewer, beat)

    def look(self, probes: Probes) -> Snapshot | None:
        """What `probes` ask for, at once; None while a worker changes the network: frames bring it then."""
        return None if self.running else self._control.look(probes)

    def refresh(self) -> None:
        """Draw again, because somebody wants to see something else of the same network."""
        self._frames.refresh()

    # training

    def toggle_training(self) -> None:
        """Train if it rests, pause if it trains."""
        if self.running:
            self.pause()
        else:
            self._begin(Goal.ENDLESS)

    def step_epoch(self) -> None:
        """Train to the end of the epoch, and rest."""
        if not self.running:
            self._begin(Goal.EPOCH)

    def step_batch(self) -> None:
        """Train on one batch, and rest."""
        if not self.running:
            self._begin(Goal.BATCH)

    def pause(self) -> None:
        """Rest at the next step boundary; the thread ends there."""
        self._control.pause()

    @property
    def pace(self) -> float | None:
        """The most epochs a second; None for as fast as it goes."""
        return self._control.pace

    def set_pace(self, epochs_per_second: float | None) -> None:
        """Train at most that many epochs a second; None for as fast as it goes."""
        self._control.set_pace(epochs_per_second)

    def close(self) -> None:
        """End the thread; call before the window goes."""
        self._halt()

    # acts that can be taken back

    def change(self, text: str, experiment: Experiment) -> None:
        """Go over to `experiment`, as one step of the undo stack; `text` names the act.

        What can be taken over while training goes on is; all else is a fresh start, after which
        training goes on if it was going on.

        Raises
        ------
        InputError
            Where `experiment` can't be; then nothing has changed.
        """
        same_data = experiment.data == self.experiment.data and experiment.model == self.experiment.model
        prepared = self.prepared if same_data else prepare(experiment)
        effect = effect_of(self.experiment, experiment, self.prepared, prepared)
        if effect is Effect.NOTHING:
            return
        if effect is Effect.FRESH_START:
            self._push(text, Moment(experiment, prepared, Trainer(experiment, prepared)))
        else:
            self._push(text, Moment(experiment, prepared, self.trainer))
        self.message.emit(f"{text}: {'a fresh start' if effect is Effect.FRESH_START else 'taken over at once'}")

    def take_over(self, text: str, trainer: Trainer) -> None:
        """Go over to another run, of another experiment perhaps, and rest."""
        self._halt()
        self._push(text, Moment(trainer.experiment, trainer.prepared, trainer))
        self.message.emit(text)

    def ask(self, question: Callable[[Trainer], Answer]) -> Future[Answer]:
        """What `question` answers about the trainer between two steps; nothing waits until the answer is read."""
        return self._control.ask(question)

    def record(self) -> RunRecord:
        """The state of the run, taken at the next step boundary."""
        return self.ask(capture).result().record()

    def reset(self) -> None:
        """Bring the same starting weights back, at epoch 0, and rest."""
        self._halt()
        now = self._now
        self._push("Reset", Moment(now.experiment, now.prepared, Trainer(now.experiment, now.prepared)))
        self.message.emit(f"Back to the start that seed {now.experiment.seed} gives")

    def new_start(self) -> None:
        """Draw other starting weights, from another seed, and rest."""
        self._halt()
        seed = secrets.randbelow(min(10_000, MAX_SEED))
        experiment = msgspec.structs.replace(self.experiment, seed=seed)
        self._push("New start", Moment(experiment, self.prepared, Trainer(experiment, self.prepared)))
        self.message.emit(f"A new start, from seed {seed}")

    def retry(self, learning_rate: float) -> None:
        """Go back to the start of the run with another learning rate, and train on; one step of the undo stack."""
        self._halt()
        training = msgspec.structs.replace(self.experiment.training, learning_rate=learning_rate)
        experiment = msgspec.structs.replace(self.experiment, training=training)
        text = f"Go back and use {learning_rate:g}"
        self._push(text, Moment(experiment, self.prepared, Trainer(experiment, self.prepared)))
        self._begin(Goal.ENDLESS)
        self.message.emit(f"Back to the start, with learning rate {learning_rate:g}")

    def set_weight(self, layer: int, i: int, o: int, value: float) -> None:
        """Set the weight from input `i` to unit `o` of dense layer `layer`."""
        self._edit_value(f"Weight {number_text(value)}", lambda trainer: trainer.network.weights[layer], (i, o), value)

    def set_bias(self, layer: int, o: int, value: float) -> None:
        """Set the bias of unit `o` of dense layer `layer`."""
        self._edit_value(f"Bias {number_text(value)}", lambda trainer: trainer.network.biases[layer], (o,), value)

    def set_unit_enabled(self, layer: int, unit: int, enabled: bool) -> None:
        """Switch a unit of a hidden layer on or off."""

        def switch(to: bool) -> Callable[[Trainer], None]:
            def act(trainer: Trainer) -> None:
                trainer.network.set_unit_enabled(layer, unit, to)
                trainer.measure()

            return act

        text = f"Unit {unit + 1} of layer {layer + 1} {'on' if enabled else 'off'}"
        self.undo_stack.push(EditNetwork(text, switch(enabled), switch(not enabled), self._submit))
        self.message.emit(text)

    def _edit_value(self, text: str, values: Callable[[Trainer], object], place: tuple[int, ...], new: float) -> None:
        old = float(values(self.trainer)[place])  # type: ignore[index]

        def put(value: float) -> Callable[[Trainer], None]:
            def act(trainer: Trainer) -> None:
                values(trainer)[place] = value  # type: ignore[index]
                trainer.measure()

            return act

        self.undo_stack.push(EditNetwork(text, put(new), put(old), self._submit))
        self.message.emit(f"{text}, was {number_text(old, 4)}")

    # how it is done

    def _push(self, text: str, after: Moment) -> None:
        self.undo_stack.push(ChangeExperiment(text, self._now, after, self._go_to))

    def _go_to(self, moment: Moment) -> None:
        before, self._now = self._now, moment
        if moment.trainer is before.trainer:
            self._submit(lambda trainer: trainer.apply(moment.experiment, moment.prepared))
        else:
            goes_on = self._halt()
            pace = self.pace
            self._control = self._frames.control = RunControl(moment.trainer)
            self._control.pace = pace
            self._frames.refresh()
            if goes_on:
                self._begin(Goal.ENDLESS)
            self.state_changed.emit(self.state)
        if moment.prepared is not before.prepared:
            self.data_changed.emit(moment.prepared)
        self.experiment_changed.emit(moment.experiment)

    def _submit(self, act: Callable[[Trainer], None]) -> None:
        self._control.submit(act)
        self._frames.refresh()

    def _begin(self, goal: Goal) -> None:
        if not self.trainer.can_train:
            self.refused.emit("There is no point to train on yet: draw some, or choose a data set")
            return
        self._control.begin()
        self._thread = TrainingThread(self._control, goal, self)
        self._thread.finished.connect(self._on_thread_finished)
        self._thread.start()
        self._frames.start()
        self.state_changed.emit(self.state)

    def _halt(self) -> bool:
        """End the thread and wait for it, one step at most; whether there was one that would have gone on."""
        thread = self._thread
        if thread is None:
            return False
        self._control.pause()
        thread.wait()
        self._on_thread_finished()
        return True

    @Slot()
    def _on_thread_finished(self) -> None:
        thread = self._thread
        if thread is None or not thread.isFinished():
            return  # the word of a thread that has been waited for already
        self._thread = None
        outcome = thread.outcome
        thread.deleteLater()
        self._frames.stop()
        self.state_changed.emit(self.state)
        if outcome is not None and outcome.error is not None:
            self._tell_why(outcome)

    def _tell_why(self, outcome: Outcome) -> None:
        if outcome.state is RunState.DIVERGED:
            rate = f"{self.experiment.training.learning_rate:g}"
            self.message.emit(
                f"Diverged at epoch {self.trainer.epoch:,}: the learning rate {rate} is too large for this network"
            )
            self.offered.emit(lower_rate(self.experiment.training.learning_rate, self.retry))
        elif isinstance(outcome.error, NnplayError):
            self.refused.emit(str(outcome.error))
        else:
            self.failed.emit(outcome.error)
