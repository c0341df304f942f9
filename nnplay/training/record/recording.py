"""The record of a run: moments, the log of edits, and the branches that were taken, all to be gone back to.

It is written while the run trains, between two steps, and read between two steps or while the run is paused. Places
are steps from where the record begins; at a step all edits count that were made there.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Self

from nnplay.errors import InputError, NnplayError, a_whole_number
from nnplay.texts import tr
from nnplay.training.experiment import Experiment
from nnplay.training.history import Rows
from nnplay.training.moment import Moment, trainer_at
from nnplay.training.prepared import PreparedData
from nnplay.training.record.branch import Branch, Fork, RecordStart
from nnplay.training.record.curves import cut_rows, thin_histories
from nnplay.training.record.edits import DivergenceEdit, RunEdit
from nnplay.training.record.keeping import CURSOR_BYTES, HISTORIES, MOST_BYTES, Keeper, KeptMoment, Others, interval_for
from nnplay.training.record.log import LogEntry
from nnplay.training.record.parting import part, shorten
from nnplay.training.record.replay import Replay
from nnplay.training.trainer import NEVER, Trainer


class RunChangedError(NnplayError):
    """A run went another way meanwhile."""


class Recording:
    """Everything that a run was, from the place where its trainer stands now.

    Parameters
    ----------
    trainer
        The run that goes on.
    most_bytes
        What the record may take; the start of a network that is larger than that comes on top.
    interval
        Steps from one kept moment to the next as long as nothing is thinned; None for those that cost next to nothing.

    Attributes
    ----------
    trainer
        The run that goes on, on the branch `current`.
    branches
        All of them that weren't deleted, oldest first.
    problem
        Why an earlier record of the run couldn't be read; "" where nothing is wrong.
    """

    def __init__(self, trainer: Trainer, most_bytes: int = MOST_BYTES, interval: int | None = None) -> None:
        self.start = RecordStart.of(trainer)
        self._most_bytes = most_bytes
        self.problem = ""
        self._keeper = Keeper(interval or interval_for(trainer), most_bytes - CURSOR_BYTES)
        self._interval = interval
        self._replay = self.cursor(CURSOR_BYTES)
        self._branches = [Branch(0, "", self.start)]
        self._keys, self._others = 1, Others(0, 0)
        self.current = self._branches[0]
        self.trainer = trainer
        self._attach(self.current, trainer)

    @classmethod
    def restored(cls, trainer: Trainer, start: RecordStart, branches: Sequence[Branch], current: Branch) -> Self:
        """The record of a run that was taken up from a file, with its branches, of which it is on one."""
        recording = cls(trainer)
        recording._take_up(start, branches, current)
        return recording

    # ---- while it goes on

    @property
    def step(self) -> int:
        """Steps made, on the way that the run took."""
        return self._clock.step_of(self.trainer.epoch, self.trainer.batch)

    def edit(self, edit: RunEdit, words: str, prepared: PreparedData | None = None) -> LogEntry:
        """Do an edit of the run, between two steps, and log it.

        Parameters
        ----------
        words
            How a person calls it: ``"Learning rate 0.1 → 0.01"``.
        prepared
            The data after it, where they are prepared already.
        """
        step = self.step
        edit.apply(self.trainer, prepared)
        return self._log(LogEntry.after(self.trainer, step, edit, words))

    def note_divergence(self, words: str) -> LogEntry:
        """Log that the next step was tried and left the finite numbers; the trainer says so by itself."""
        return self._log(LogEntry.after(self.trainer, self.step, DivergenceEdit(), words))

    @property
    def edits(self) -> int:
        """Entries of the log, on the way that the run took."""
        return self._edits

    def went_back(self, edits: int) -> list[LogEntry]:
        """The run was put back, to the bit, to where its log had so many entries; what lies behind is forgotten.

        Returns
        -------
        list of LogEntry
            Those that are forgotten, for `went_forth`.
        """
        branch = self.current
        kept = edits - (0 if branch.fork is None else branch.fork.edits)
        gone = branch.own[kept:]
        del branch.own[kept:]
        self._replay.forget()
        self._attach(branch, self.trainer)
        branch.end = self.step
        part(self._branches, branch, edits, gone, self._keys)
        self._keys += 1
        branch.moments.cut(branch.end, edits)
        self._fit()
        return gone

    def went_forth(self, entries: Sequence[LogEntry]) -> None:
        """The run was put, to the bit, to where it had these entries, too."""
        self.current.own.extend(entries)
        self._attach(self.current, self.trainer)

    def thin(self, most_bytes: int) -> None:
        """Keep less of what can be computed again, of a run that is left."""
        self._keeper = Keeper(self._keeper.interval, most_bytes)
        self._fit()

    def keep_now(self) -> None:
        """Keep the moment where the run stands, as its newest: where it is paused, left or saved."""
        branch, trainer, step = self.current, self.trainer, self.step
        branch.end = step
        branch.moments.set_newest(KeptMoment.of(trainer, step, self._edits))
        before = branch.history.nbytes
        branch.history, branch.history_interval = trainer.history.rows(), trainer.history.interval
        self._take_in(branch.history.nbytes - before)

    # ---- what it was

    @property
    def branches(self) -> tuple[Branch, ...]:
        """All of them that weren't deleted, oldest first."""
        return tuple(branch for branch in self._branches if not branch.hidden)

    @property
    def all_branches(self) -> tuple[Branch, ...]:
        """Also those that were deleted and may come back, each behind the one it leaves."""
        return tuple(self._branches)

    @property
    def needed_branches(self) -> tuple[Branch, ...]:
        """Those that weren't deleted, and those that they come from."""
        needed = {id(branch) for shown in self.branches for branch in shown.way()}
        return tuple(branch for branch in self._branches if id(branch) in needed)

    def end_of(self, branch: Branch) -> int:
        """Steps made up to its end."""
        return self.step if branch is self.current else branch.end

    def moment_at(self, step: int, branch: Branch | None = None) -> Moment:
        """The moment after so many steps, with its history up to there; the same bytes as it had.

        Raises
        ------
        InputError
            A step that the branch didn't come to.
        """
        branch = branch or self.current
        self._check(branch, step)
        self._replay.seek(branch, step)
        moment = Moment.of(self._replay.trainer, with_history=False)
        rows, interval = self.history_at(step, branch)
        return replace(moment, history=rows, history_interval=interval)

    def approach(self, step: int, seconds: float, branch: Branch | None = None) -> int:
        """Compute for so long at most toward a moment.

        Returns
        -------
        int
            How many steps are still to be made; 0 where `moment_at` has it at once.

        Raises
        ------
        InputError
            A step that the branch didn't come to.
        """
        branch = branch or self.current
        self._check(branch, step)
        return self._replay.approach(branch, step, seconds)

    def kept_near(self, step: int, branch: Branch | None = None) -> tuple[int, Moment] | None:
        """The last moment up to a step that is kept, and after how many steps it is; nothing is computed."""
        branch = branch or self.current
        kept = branch.nearest(step, branch.edits_at(step))
        if kept is None or kept.edits != branch.edits_at(kept.step):
            return None
        rows, interval = self.history_at(kept.step, branch)
        return kept.step, replace(kept.moment, history=rows, history_interval=interval)

    def history_at(self, step: int, branch: Branch | None = None) -> tuple[Rows, int]:
        """The curve up to a step: rows of the history, and epochs of a row."""
        branch = branch or self.current
        if branch is self.current:
            rows, interval = self.trainer.history.rows(), self.trainer.history.interval
        else:
            rows, interval = branch.history, branch.history_interval
        return cut_rows(rows, branch.place_of(step)[0]), interval

    def prepared_for(self, experiment: Experiment) -> PreparedData:
        """The data of an experiment that holds somewhere in it: those that are there, where they are the same."""
        return self._replay.prepared_for(experiment)

    def cursor(self, most_bytes: int = 0) -> Replay:
        """A cursor of its own to go through the record with, on the data of the run where they are the same."""
        return Replay(most_bytes, lambda: self.trainer)

    def step_of(self, epoch: int, branch: Branch | None = None) -> int:
        """After how many steps so many epochs were done first; the branch's end where it didn't come so far."""
        branch = branch or self.current
        return branch.step_of(epoch, self.end_of(branch))

    def bytes(self) -> int:
        """What the record takes, about."""
        return self._others.bytes + self.current.moments.bytes

    # ---- other ways

    def branch_from(self, step: int, name: str = "", edits: int | None = None) -> Trainer:
        """Go back to a moment of the current branch, and on from there; what was stays, as a branch of its own.

        Parameters
        ----------
        edits
            How many entries of the log hold there; None for all that were made up to this step.

        Returns
        -------
        Trainer
            The run that goes on from there: at the end of the branch that there is.
        """
        base = self.current
        self._check(base, step)
        if edits is None and step == self.step:
            return self.trainer
        self.keep_now()
        edits = base.edits_at(step) if edits is None else edits
        self._replay.seek(base, step, edits)
        rows, interval = self.history_at(step, base)
        trainer = self._trainer_here(rows, interval)
        branch = Branch(self._keys, name, self.start, Fork(base.owner(step, edits), step, edits), end=step)
        branch.moments.add(KeptMoment.of(self._replay.trainer, step, edits))
        self._keys += 1
        self._branches.append(branch)
        self._attach(branch, trainer)
        return trainer

    def return_to(self, branch: Branch, trainer: Trainer | None = None) -> Trainer:
        """Go to the end of another branch, to go on there.

        Parameters
        ----------
        trainer
            One that stands there still.
        """
        if branch is self.current:
            return self.trainer
        self.keep_now()
        if trainer is None:
            self._replay.seek(branch, branch.end)
            trainer = self._trainer_here(branch.history, branch.history_interval)
        self._attach(branch, trainer)
        return trainer

    def apart(self) -> "Recording":
        """The same run and the way that it came, to go on with elsewhere: what is done there changes nothing here.

        It shares the moments that are kept, and takes as much memory beside them as this record may.
        """
        self.keep_now()
        trainer = trainer_at(self.trainer.experiment, self.trainer.prepared, Moment.of(self.trainer))
        way = self.current.copied_way()
        copy = Recording(trainer, self._most_bytes)
        copy._take_up(self.start, way, way[-1])
        return copy

    def adopt(self, branch: Branch, trainer: Trainer) -> None:
        """Go to the end of a branch that was made apart, where `trainer` stands; it is one of these branches then.

        Raises
        ------
        RunChangedError
            Where the way that it leaves is another one since; nothing has changed then.
        """
        fork = self.check_adopted(branch)
        self.keep_now()
        branch.key, branch.fork = self._keys, fork
        self._keys += 1
        self._branches.append(branch)
        self._attach(branch, trainer)

    def check_adopted(self, branch: Branch) -> Fork:
        """Where a branch that was made apart leaves one of these; raises as `adopt` does."""
        fork = branch.fork
        left = [each for each in self._branches if fork is not None and each.key == fork.branch.key]
        if fork is None or not left or not branch.leaves(left[0]) or self.end_of(left[0]) < fork.step:
            raise RunChangedError(tr("The run was changed meanwhile: what was computed no longer belongs to it"))
        return replace(fork, branch=left[0])

    def hide(self, branch: Branch, *, hidden: bool) -> None:
        """Delete a branch so that it can come back: of its moments only those stay that others need, and the newest."""
        branch.hidden = hidden
        if hidden and not any(each.fork is not None and each.fork.branch is branch for each in self._branches):
            branch.moments.clear()

    def delete(self, branch: Branch) -> None:
        """Delete a branch; what others have of it stays.

        Raises
        ------
        InputError
            For the one that the run is on.
        """
        if branch is self.current:
            raise InputError("branch", branch.name, tr("another than the one that the run is on"))
        branch.hidden = True
        shorten(self._branches)
        self._replay.forget()
        self._fit()

    # ---- how it is done

    def _take_up(self, start: RecordStart, branches: Sequence[Branch], current: Branch) -> None:
        self.start, self._branches = start, list(branches)
        self._keys = 1 + max(branch.key for branch in branches)
        self._attach(current, self.trainer)

    def _attach(self, branch: Branch, trainer: Trainer) -> None:
        self.trainer.looks_at, self.trainer.diverged = NEVER, lambda _: None
        self.current, self.trainer = branch, trainer
        self._edits = branch.edits
        self._clock = branch.clock_after(self._edits)
        trainer.look, trainer.diverged = self._look, lambda _: self.note_divergence(tr("Diverged"))
        self._fit()
        trainer.looks_at = self._next_epoch()

    def _next_epoch(self) -> int:
        # the engine may have become another one
        interval = max(self._keeper.interval, self._interval or interval_for(self.trainer))
        return self.trainer.epoch + max(-(-interval // self.trainer.batches), 1)

    def _look(self, trainer: Trainer) -> int:
        """Keep the moment at the end of an epoch; when the next one is due."""
        branch = self.current
        branch.end = self.step
        branch.moments.add(KeptMoment.of(trainer, branch.end, self._edits))
        self._take_in(0)
        return self._next_epoch()

    def _log(self, entry: LogEntry) -> LogEntry:
        self.current.own.append(entry)
        self._edits, self._clock = self._edits + 1, entry.clock
        self.current.end = entry.step
        self._take_in(entry.bytes())
        # another batch size may make it sooner; later it must not become, however many edits there are
        self.trainer.looks_at = min(self.trainer.looks_at, self._next_epoch())
        return entry

    def _take_in(self, size: int) -> None:
        """So many bytes more beside the moments: thin only where that is too much, as there may be many branches."""
        self._others = self._others.with_more(size)
        if not self._keeper.has_room(self.current.moments, self._others):
            self._fit()

    def _fit(self) -> None:
        """Thin what takes too much, and count what there is beside the moments of the current branch."""
        thin_histories(self._branches, (self._most_bytes - CURSOR_BYTES) // HISTORIES)
        arrays = {id(array): array.nbytes for branch in self._branches for array in branch.arrays()}
        start = 0 if self.start.moment is None else KeptMoment.made(0, 0, self.start.moment).size
        other = start + sum(arrays.values()) + sum(branch.bytes() for branch in self._branches)
        others = [each.moments for each in self._branches if each is not self.current]
        self._keeper.fit([*others, self.current.moments], other)
        self._others = Others(other + sum(each.bytes for each in others), sum(map(len, others)))

    def _trainer_here(self, rows: Rows, interval: int) -> Trainer:
        replayed = self._replay.trainer
        moment = Moment.of(replayed, with_history=False)
        moment = replace(moment, history=rows, history_interval=interval)
        return trainer_at(replayed.experiment, self.prepared_for(replayed.experiment), moment)

    def _check(self, branch: Branch, step: int) -> None:
        end = self.end_of(branch)
        if not 0 <= step <= end:
            raise InputError("step", step, a_whole_number(0, end))
