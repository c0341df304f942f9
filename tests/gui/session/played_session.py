"""Sessions that are played at random in the time of their runs, each moment of which is known and trained again."""

import contextlib
from collections.abc import Callable, Iterator
from functools import partial
from random import Random

import msgspec
import numpy as np
from PySide6.QtCore import QCoreApplication, QEventLoop

from nnplay.data import Table
from nnplay.errors import DivergedError, InputError, NnplayError
from nnplay.experiments import document_of, format_document, parse_document, recording_in, started
from nnplay.gui.session.best_moment import go_to_best
from nnplay.gui.session.session import Session
from nnplay.gui.theme.theme import Theme
from nnplay.nn import ACTIVATIONS, OPTIMIZERS, SCHEDULES
from nnplay.training.edits import with_activation, with_points, with_value
from nnplay.training.moment import Moment
from nnplay.training.record import Branch, Recording
from nnplay.training.trainer import Trainer
from tests.training.record.random_runs import random_experiment
from tests.training.record.same_moment import bytes_of

Act = tuple[str, int]
"""What to do, and the seed of how."""
CHOICES: tuple[tuple[str, tuple[object, ...]], ...] = (
    ("training.learning_rate", (0.001, 0.01, 0.1, 1000.0)),
    ("training.batch_size", (None, 3, 8, 16)),
    ("training.optimizer", tuple(sorted(OPTIMIZERS))),
    ("training.momentum", (0.0, 0.5)),
    ("training.l2", (0.0, 0.01)),
    ("training.schedule.kind", tuple(sorted(SCHEDULES))),
    ("training.class_weights", ("none", "balanced")),
    ("training.epochs", (10, 20)),
    ("model.dropout", (0.0, 0.2)),
    ("data.noise", (0.1, 0.4)),
    ("data.samples", (24, 50)),
    ("data.train_share", (0.5, 1.0)),
    ("data.plane", ((-3.0, 3.0, -3.0, 3.0), None)),
    ("data.kind", ("moons", "circles")),
    ("seed", (1, 2)),
)


def retraced(record: Recording, branch: Branch) -> Iterator[tuple[int, int, Moment]]:
    """A run of its own with the edits of a branch's log: after each step and edit their numbers and the moment."""
    start, entries = record.start, list(branch.log)
    trainer = Trainer(start.experiment)
    if start.moment is not None:
        start.moment.restore(trainer)
    step = edits = 0
    while True:
        yield step, edits, Moment.of(trainer, with_history=False)
        if edits < len(entries) and entries[edits].step == step:
            entries[edits].edit.apply(trainer)
            assert trainer.experiment == entries[edits].experiment
            edits += 1
        elif step < record.end_of(branch):
            trainer.step()
            step += 1
        else:
            return


class PlayedSession:
    """A session, and all moments that it was seen at."""

    def __init__(self, seed: int, theme: Theme) -> None:
        random = Random(seed)
        while True:
            try:
                self.session = Session(random_experiment(random), theme)
                break
            except NnplayError:
                continue
        self.session.set_pace(self.session.pace)
        self.session._run._control.begins_slowly = False
        self.refused: list[str] = []
        self.session.failed.connect(self._fail)
        self._acts: dict[str, Callable[[Random], None]] = {
            name.removeprefix("_act_"): getattr(self, name) for name in dir(self) if name.startswith("_act_")
        }

    @classmethod
    def acts(cls) -> list[str]:
        """The names of all acts."""
        return sorted(name.removeprefix("_act_") for name in dir(cls) if name.startswith("_act_"))

    def play(self, acts: list[Act]) -> None:
        """Do them all; after each the record tells what the run is."""
        for name, seed in acts:
            self._acts[name](Random(seed))
            self.wait()
            self.check()
        self.check_all()

    def wait(self) -> None:
        """Until it is paused."""
        while self.session.running:
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 5)
        QCoreApplication.processEvents()

    def check(self) -> None:
        """What holds after every act."""
        session, record = self.session, self.session.timeline.record
        assert session.experiment == session.trainer.experiment
        assert session.prepared.X_train is session.trainer.prepared.X_train
        assert record.current.experiment_at(len(record.current.log)) == record.trainer.experiment
        assert record.current in record.branches
        looked_at = session.timeline.looked_at
        if looked_at is None:
            assert session.trainer is record.trainer
        else:
            assert looked_at < record.step

    def check_all(self) -> None:
        """Every branch is what its log says, wherever one goes in it; the run stands at the end of one."""
        self.session.settle()
        record = self.session.timeline.record
        for branch in record.branches:
            known = {(step, edits): moment for step, edits, moment in retraced(record, branch)}
            last = max(known)
            if branch is record.current:
                same(known[last], Moment.of(record.trainer))
            random = Random(last[0])
            steps = [0, last[0], *(random.randint(0, last[0]) for _ in range(12))]
            for step in steps:
                same(known[step, branch.edits_at(step)], record.moment_at(step, branch))
                rows, _ = record.history_at(step, branch)
                assert rows[:, 0, 0].max(initial=0) <= known[step, branch.edits_at(step)].epoch
            for kept in branch.kept():
                same(known[kept.place], kept.moment)

    # ---- what is done

    def _fail(self, error: Exception) -> None:
        if not isinstance(error, DivergedError):
            raise error

    def _act_batches(self, random: Random) -> None:
        for _ in range(random.randint(1, 5)):
            self.session.step_batch()
            self.wait()

    def _act_epochs(self, random: Random) -> None:
        for _ in range(random.randint(1, 6)):
            self.session.step_epoch()
            self.wait()

    def _act_train(self, random: Random) -> None:
        session = self.session
        goal = session.trainer.epoch + random.randint(1, 60)
        session.toggle_training()
        while session.running and session.trainer.epoch < goal:
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 1)
        session.pause()

    def _act_change_while_training(self, random: Random) -> None:
        self.session.toggle_training()
        for _ in range(random.randint(1, 3)):
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 1)
            self._act_change(random)
        self.session.pause()

    def _act_change(self, random: Random) -> None:
        path, values = random.choice(CHOICES)
        experiment = self.session.settle()
        if random.random() < 0.1:
            self.session.change("Activation", with_activation(experiment, random.choice(sorted(ACTIVATIONS))))
            return
        with contextlib.suppress(InputError):  # batches that are too small for batch norm
            self.session.change(path, with_value(experiment, path, random.choice(values)))

    def _act_draw(self, random: Random) -> None:
        """Points of one's own: some more, or all of them erased."""
        session, generator = self.session, np.random.default_rng(random.randint(0, 9))
        experiment = session.settle()
        table = session.prepared.table
        more = random.choice([0, 1, 5])
        kept = len(table) if random.random() < 0.8 else 0
        inputs = np.concatenate([table.inputs[:kept], generator.normal(size=(more, 2))])
        targets = np.concatenate([table.targets[:kept], generator.integers(0, 2, more)])
        drawn = Table(inputs, targets, "classification", class_names=table.class_names)
        data = msgspec.structs.replace(experiment.data, kind="yours", table=drawn)
        session.change("Draw", with_points(experiment, data))

    def _act_weight(self, random: Random) -> None:
        network = self.session.trainer.network
        layer = random.randrange(len(network.weights))
        i, o = (random.randrange(size) for size in network.weights[layer].shape)
        if random.random() < 0.7:
            self.session.network_edits.set_weight(layer, i, o, random.uniform(-2, 2))
        else:
            self.session.network_edits.set_bias(layer, o, random.uniform(-2, 2))

    def _act_unit(self, random: Random) -> None:
        sizes = self.session.trainer.network.layer_sizes
        if len(sizes) > 2:
            layer = random.randrange(len(sizes) - 2)
            unit = random.randrange(sizes[layer + 1])
            self.session.network_edits.set_unit_enabled(layer, unit, random.random() < 0.4)

    def _act_undo(self, random: Random) -> None:
        for _ in range(random.randint(1, 4)):
            if self.session.undo_stack.canUndo():
                self.session.undo_stack.undo()

    def _act_redo(self, random: Random) -> None:
        for _ in range(random.randint(1, 4)):
            if self.session.undo_stack.canRedo():
                self.session.undo_stack.redo()

    def _act_look(self, random: Random) -> None:
        timeline = self.session.timeline
        timeline.look_at(random.randint(0, timeline.record.step))

    def _act_look_by_key(self, random: Random) -> None:
        timeline = self.session.timeline
        keys = (timeline.back_epoch, timeline.back_batch, timeline.go_to_start, timeline.leave)
        for _ in range(random.randint(1, 3)):
            best = partial(go_to_best, timeline)
            random.choice((*keys, best, timeline.forth_epoch, timeline.forth_batch))()

    def _act_return(self, random: Random) -> None:
        timeline = self.session.timeline
        timeline.return_to(random.choice(timeline.record.branches))

    def _act_delete(self, random: Random) -> None:
        timeline = self.session.timeline
        timeline.delete(random.choice(timeline.record.branches))

    def _act_phases(self, random: Random) -> None:
        for _ in range(random.randint(1, 9)):
            random.choice((self.session.step_phase, self.session.step_phase, self.session.back_phase))()
            self.wait()

    def _act_reset(self, random: Random) -> None:
        random.choice((self.session.reset, self.session.new_start))()

    def _act_file(self, _random: Random) -> None:
        """Save and open; after a divergence, or where there is nothing to train on, a file may begin anew."""
        session = self.session
        session.settle()
        document = parse_document(format_document(session.timeline.ask(document_of).result()), "a file")
        trainer = started(document.experiment, document.run)
        session.replace_run("Open", recording_in(document, trainer, "a file"))


def same(one: Moment, other: Moment) -> None:
    """The same to the last bit."""
    assert bytes_of(one) == bytes_of(other)
