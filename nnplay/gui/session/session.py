"""Owns the current experiment, its run and the undo stack; every change that a person makes comes through here."""

import secrets
from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

import msgspec
from PySide6.QtCore import QObject, Signal, Slot

from nnplay.errors import InputError, NnplayError, TooLargeError
from nnplay.gui.session.commands import ApplyExperiment, LeftRun, ReplaceRun
from nnplay.gui.session.digits_shown import DigitsShown
from nnplay.gui.session.engine import Engine
from nnplay.gui.session.film import Film
from nnplay.gui.session.findings import Findings
from nnplay.gui.session.frames import Beat, Viewer
from nnplay.gui.session.network_edits import NetworkEdits
from nnplay.gui.session.notices import Notices
from nnplay.gui.session.pace import TrainingPace
from nnplay.gui.session.phase_steps import PhaseSteps
from nnplay.gui.session.phase_walk import PhaseWalk
from nnplay.gui.session.possible import prepared_if_possible
from nnplay.gui.session.remembered import Remembered
from nnplay.gui.session.requests import Requests
from nnplay.gui.session.run import Run
from nnplay.gui.session.selection import Selection
from nnplay.gui.session.shelf import Shelf
from nnplay.gui.session.stop_when import StopWhen
from nnplay.gui.session.timeline import Timeline
from nnplay.gui.session.undo_stack import UndoStack, UndoStep
from nnplay.gui.theme.theme import Theme
from nnplay.texts import tr
from nnplay.training.edits import with_fitting_start, with_new_start
from nnplay.training.effects import Effect, effect_of
from nnplay.training.experiment import MAX_SEED, YOURS, DataSpec, Experiment
from nnplay.training.moment import Moment, trainer_at
from nnplay.training.prepared import PreparedData, prepared_after
from nnplay.training.probes.probe import Probes
from nnplay.training.record import ExperimentEdit, Recording
from nnplay.training.run_control import Goal, RunState
from nnplay.training.snapshot import Snapshot
from nnplay.training.trainer import Trainer

Answer = TypeVar("Answer")


class Session(QObject):
    """The one object that panels talk to; it knows no panel.

    Parameters
    ----------
    experiment
        What to begin with.
    theme
        The colours, for everybody who paints.
    record
        That of a run of it to go on with; a fresh one where None.

    Signals
    -------
    experiment_changed
        The Experiment that holds now.
    data_changed
        Its PreparedData, when points, features or split are other ones.
    state_changed
        The RunState.

    Attributes
    ----------
    notices; message, refused, found, failed
        What a person is told, and its signals.
    timeline
        The record of the run, and the moment of it that is looked at.
    film, stop_when, findings
        What plays it from its start, the condition that it ends at, and why learning fails.
    walk, network_edits
        The walk through a training step by phase, and edits of single weights, biases and units.
    engine
        Who computes its steps.
    """

    experiment_changed = Signal(object)
    data_changed = Signal(object)
    state_changed = Signal(object)

    def __init__(
        self, experiment: Experiment, theme: Theme, *, record: Recording | None = None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self.selection = Selection(self)
        self.remembered = Remembered(self)
        self.digits = DigitsShown(self.remembered, self)
        self.requests = Requests(self)
        self.shelf = Shelf(self)
        self.notices = Notices(self)
        self.message, self.refused = self.notices.message, self.notices.refused
        self.found, self.failed = self.notices.found, self.notices.failed
        self.undo_stack = UndoStack(lambda: self._experiment.data.arrays(), self)
        record = record or Recording(Trainer(experiment))
        self._experiment, self._prepared = record.trainer.experiment, record.trainer.prepared
        self.selection.keep_slice_of(self._prepared.table)
        self._run = Run(record.trainer, self)
        self._run.state_changed.connect(self.state_changed)
        self._run.frames.learned.connect(self._on_learned)
        self.timeline = Timeline(record, self._run, self.undo_stack, self._show, self.notices, self)
        self.film = Film(self.timeline, self._run, self)
        self.stop_when = StopWhen(self._run, self.timeline, self.notices, self.experiment_changed, self)
        self.findings = Findings(self, self._run, self.timeline, self.notices, self.requests)
        self.walk = PhaseWalk(self.undo_stack, lambda: self.trainer, self._submit, self)
        self._phase_steps = PhaseSteps(self._run, self.walk, self._ready, self.refused, self)
        self.network_edits = NetworkEdits(
            self.undo_stack, lambda: self.trainer, self._submit, self._take_up, self.message
        )
        self.engine = Engine(self, self)

    @property
    def experiment(self) -> Experiment:
        """The experiment that holds now."""
        return self._experiment

    @property
    def prepared(self) -> PreparedData:
        """Its data."""
        return self._prepared

    @property
    def trainer(self) -> Trainer:
        """The one that is seen, also at an earlier moment of the run; read it only while the run is paused."""
        return self._run.trainer

    @property
    def running(self) -> bool:
        """Whether training goes on, in a thread of its own or by phase."""
        return self._run.running

    @property
    def playing(self) -> bool:
        """Whether it goes on by phase, in no thread."""
        return self._run.playing

    @property
    def pace(self) -> TrainingPace:
        """How fast it goes at most."""
        return self._run.pace

    @property
    def state(self) -> RunState:
        """Where the run stands."""
        return self._run.state

    # looking

    def add_viewer(self, viewer: Viewer, beat: Beat = Beat.EVERY) -> None:
        """Show `viewer` the snapshots of its beat while it is visible, and the one that a run pauses at."""
        self._run.frames.add(viewer, beat)

    def look(self, probes: Probes) -> Snapshot | None:
        """What `probes` ask for, at once; None while a worker changes the network: frames bring it then."""
        return self._run.look(probes)

    def refresh(self) -> None:
        """Draw again, because somebody wants to see something else of the same network."""
        self._run.frames.refresh()

    # training

    def toggle_training(self) -> None:
        """Train if it is paused, pause if it trains; at a pace by phase it goes on in the middle of a step."""
        if self.running:
            self.pause()
        elif self.pace.by_phase:
            self.undo_stack.settling.emit()
            self._begin(Goal.ENDLESS)
        else:
            self.settle()
            self._begin(Goal.ENDLESS)

    def step_epoch(self) -> None:
        """Train to the end of the epoch, and pause; where an earlier moment is looked at, see the next one."""
        self._step(Goal.EPOCH, self.timeline.forth_epoch)

    def step_batch(self) -> None:
        """Train on one batch, and pause; where an earlier moment is looked at, see what came of it."""
        self._step(Goal.BATCH, self.timeline.forth_batch)

    def step_phase(self) -> None:
        """Come to the next phase of the step that comes next."""
        if not self.running:
            self.undo_stack.settling.emit()
            self._phase_steps.forward()

    def back_phase(self) -> None:
        """Come to the phase before; after a walk to its last one."""
        if not self.running:
            self.undo_stack.settling.emit()
            self._phase_steps.back()

    def pause(self) -> None:
        """Pause at the next step boundary, where the thread ends; by phase at the phase that there is."""
        self._run.pause()

    def set_pace(self, pace: TrainingPace) -> None:
        """Go at most so fast; a step that is walked through is made before a run goes on by epochs."""
        if self.playing and not pace.by_phase:
            self.walk.complete()
        self._run.set_pace(pace)

    def close(self) -> None:
        """Commit what is pending and end the thread; call before the window goes."""
        self.timeline.stay()
        self.timeline.rest()

    # changes that can be undone

    def settle(self) -> Experiment:
        """Let what a person has begun to change be committed or left, and give the experiment that holds then.

        Whoever makes a change begins with it: a slider that hasn't come to rest is a change of its own before it.
        """
        self.undo_stack.settle()
        return self._experiment

    def change(self, text: str, experiment: Experiment, *, as_one: bool = False) -> None:
        """Go over to `experiment`, as one step of the undo stack; `text` names the change.

        At an earlier moment the branch is a step before it, or where `as_one` a part of it.

        What can be applied while training goes on is; all else is a fresh start, after which
        training goes on if it was going on.

        Raises
        ------
        InputError
            Where `experiment` can't be; then nothing has changed.
        """
        if self.undo_stack.doing:
            return  # a control that goes with the old experiment has still something typed in it
        self.settle()
        experiment = with_fitting_start(self.experiment, self.shelf.named(experiment, self._experiment.data))
        try:
            prepared = prepared_if_possible(experiment, self._prepared_for)
        except (TooLargeError, InputError) as error:
            self._refuse(error)
            return
        effect = effect_of(self.experiment, experiment, self.prepared, prepared)
        if effect is Effect.NOTHING:
            return
        if effect is Effect.FRESH_START:
            self._go_over(text, Trainer(experiment, prepared))
            self.message.emit(tr("{change}: a fresh start", change=text))
        else:
            branch = self.timeline.branching() if as_one else ()
            if not branch:
                self._take_up()
            change = ApplyExperiment(text, self.experiment, experiment, prepared, self._apply)
            self.undo_stack.add(text, *branch, change)
            self.message.emit(tr("{change}: applied at once", change=text))

    def replace_run(self, text: str, run: Trainer | Recording, *also: UndoStep, before: UndoStep | None = None) -> None:
        """Go over to another run, and pause; `also` is done behind it, `before` before it, undone in reverse."""
        self.settle()
        self._run.halt()
        record = run if isinstance(run, Recording) else Recording(run)
        steps = (before, ReplaceRun(record, self._replace, self._resume), *also)
        self.undo_stack.add(text, *(step for step in steps if step is not None))
        self.requests.keys.emit()
        self.message.emit(text)

    def name_data(self, data: DataSpec) -> None:
        """Let the data that there are have the name and the key of `data`, as no change that a person makes."""
        self.timeline.leave()
        named = msgspec.structs.replace(self._experiment.data, name=data.name, key=data.key)
        experiment = msgspec.structs.replace(self._experiment, data=named)
        edit = ExperimentEdit.between(self._experiment, experiment)
        self._apply(experiment, None, lambda record, prepared: record.edit(edit, "", prepared))

    def ask(self, question: Callable[[Trainer], Answer]) -> Future[Answer]:
        """What `question` answers about the trainer between two steps; nothing waits until the answer is read."""
        return self._run.ask(question)

    def moment(self) -> Moment:
        """The moment of the run itself, taken at the next step boundary."""
        return self.timeline.ask(lambda record: Moment.of(record.trainer)).result()

    def reset(self) -> None:
        """Bring the same starting weights back, at epoch 0; training goes on from there if it was going on."""
        self._start_over(tr("Reset"), Trainer(self.settle(), self.prepared))
        self.notices.say_start(self.experiment)

    def new_start(self) -> None:
        """Draw other starting weights, from another seed; training goes on from there if it was going on."""
        seed = secrets.randbelow(min(10_000, MAX_SEED))
        self._start_over(tr("New start"), Trainer(with_new_start(self.settle(), seed), self.prepared))
        self.message.emit(tr("A new start, from seed {seed}", seed=seed))

    def start_with(self, text: str, experiment: Experiment) -> None:
        """Train `experiment` from its start, as one step of the undo stack; raises what `prepared_if_possible` does."""
        self.settle()
        prepared = prepared_if_possible(experiment, self._prepared_for)
        self._start_over(text, Trainer(experiment, prepared), train=True)

    # how it is done

    def _refuse(self, error: NnplayError) -> None:
        self.refused.emit(str(error))
        self.experiment_changed.emit(self._experiment)  # what was chosen shows what holds

    def _begin(self, goal: Goal) -> None:
        if self._ready():
            self._run.begin(goal)

    def _step(self, goal: Goal, look: Callable[[], None]) -> None:
        if self.timeline.looked_at is not None:
            look()
        elif not self.running:
            self._take_up()
            self._begin(goal)

    def _take_up(self) -> None:
        self.settle()
        self.timeline.take_up()

    def _submit(self, change: Callable[[Recording], object]) -> None:
        record = self.timeline.record
        self._run.submit(lambda _trainer: change(record))

    def _ready(self) -> bool:
        """Whether there is something to train on; the run goes on from the moment that is seen."""
        ready = self.engine.is_ready()
        if ready:
            self.timeline.take_up()
        return ready

    def _prepared_for(self, experiment: Experiment) -> PreparedData:
        """The data of an experiment: those there are, where they are the same."""
        return prepared_after(self.prepared, self.experiment, experiment)

    def _go_over(self, text: str, trainer: Trainer) -> None:
        self.undo_stack.add(text, ReplaceRun(Recording(trainer), self._replace, self._resume))

    def _start_over(self, text: str, trainer: Trainer, *, train: bool = False) -> None:
        goes_on = self._run.halt()
        self._go_over(text, trainer)
        if goes_on or train:
            self._begin(Goal.ENDLESS)

    def _resume(self, left: LeftRun) -> LeftRun:
        """Go over to a run that was left."""
        trainer = trainer_at(left.experiment, self._prepared_for(left.experiment), left.moment)
        return self._replace(Recording.restored(trainer, left.start, left.branches, left.current))

    def _replace(self, record: Recording) -> LeftRun:
        """Go over to another run, and go on training if that was going on."""
        goes_on = self._run.halt()
        self.timeline.forget_look()
        left = LeftRun.of(self.timeline.record)
        self.timeline.record = record
        self._run.replace(record.trainer, goes_on=goes_on)
        before, self._experiment, self._prepared = self._prepared, record.trainer.experiment, record.trainer.prepared
        if YOURS in (before.spec.kind, self._prepared.spec.kind) and before.table != self._prepared.table:
            self.selection.pin(0, -1)  # what a unit stood for went with the table
        if goes_on:
            self._begin(Goal.ENDLESS)
        self.state_changed.emit(self.state)
        self._tell_change(before)
        return left

    def _show(self, trainer: Trainer) -> None:
        """Show another moment of the run."""
        if trainer is self._run.trainer:
            self._run.show_again()
        else:
            self._run.replace(trainer)
            self.state_changed.emit(self.state)
        if trainer.experiment is not self._experiment:
            before, self._experiment, self._prepared = self._prepared, trainer.experiment, trainer.prepared
            self._tell_change(before)
        self._prepared = trainer.prepared  # the same, in other arrays perhaps

    def _apply(
        self, experiment: Experiment, prepared: PreparedData | None, change: Callable[[Recording, PreparedData], object]
    ) -> None:
        """Let another experiment hold for the network there is."""
        prepared = prepared or self._prepared_for(experiment)
        before, self._experiment, self._prepared = self._prepared, experiment, prepared
        self._submit(lambda record: change(record, prepared))
        self._tell_change(before)

    def _tell_change(self, before: PreparedData) -> None:
        if self._prepared is not before:
            self.selection.keep_slice_of(self._prepared.table)
            self.data_changed.emit(self._prepared)
        self.experiment_changed.emit(self._experiment)

    @Slot(int)
    def _on_learned(self, epoch: int) -> None:
        self.notices.say_learned(epoch, self._prepared.table.task)
