"""The record of a run as JSON has it: its start, its branches with their logs, and the moments that there is room for.

It belongs to the run and the experiment of the same file: the start is told by what is another choice there, and the
end of the branch that the run is on is the run itself. What is read is checked in `record_reading.py`.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Annotated, Any

import msgspec
import numpy as np
from msgspec import Meta

from nnplay.errors import InputError, a_whole_number
from nnplay.experiments.run_record import Index, RunRecord, Steps, record_of
from nnplay.training.experiment import encode_extra
from nnplay.training.moment import Moment
from nnplay.training.record import ExperimentEdit, Recording, RunEdit
from nnplay.training.record.branch import Branch
from nnplay.training.record.edits import OptimizerEdit
from nnplay.training.record.keeping import KeptMoment
from nnplay.training.record.log import Clock, LogEntry

FORMAT = 1
"""Of the record alone; another one is refused, since a run can be opened without its record."""
MOST_SAVED = 5_000_000
"""Bytes that a record takes of a file at most, with the moments that fit."""
MOST_LOGS = 20_000_000
"""Bytes that it may take without any: what a person did is kept although that is more."""
MOST_BRANCHES, MOST_ENTRIES, MOST_KEPT = 10_000, 100_000, 10_000
MOST_NAME = 200

Name = Annotated[str, Meta(max_length=MOST_NAME)]


class _FilePart(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What all parts of a record share in a file."""


class ClockRecord(_FilePart, frozen=True, kw_only=True):
    """How steps become epochs: see `nnplay.training.record.log.Clock`."""

    epoch: Steps
    batch: Index = 0
    batches: Annotated[int, Meta(ge=1, le=10**9)]


class EntryRecord(_FilePart, frozen=True, kw_only=True):
    """An edit: after how many steps it took effect, how a person calls it, and how steps become epochs from then on."""

    step: Steps
    words: Name
    edit: RunEdit
    clock: ClockRecord


class MomentRecord(_FilePart, frozen=True, kw_only=True):
    """A moment: after how many steps and entries of the log, and the run there, without its history."""

    step: Steps
    edits: Index
    run: RunRecord


class ForkRecord(_FilePart, frozen=True, kw_only=True):
    """Where a branch leaves another, which is told by its place in the list, from 0."""

    branch: Index
    step: Steps
    edits: Index


class BranchRecord(_FilePart, frozen=True, kw_only=True):
    """A branch: its own entries and moments, and where it ends; `newest` is None for the one that the run is on."""

    name: Name = ""
    fork: ForkRecord | None = None
    hidden: bool = False
    end: Steps
    newest: RunRecord | None = None
    log: Annotated[list[EntryRecord], Meta(max_length=MOST_ENTRIES)] = []
    moments: Annotated[list[MomentRecord], Meta(max_length=MOST_KEPT)] = []


class RecordingRecord(_FilePart, frozen=True, kw_only=True):
    """The record of a run.

    Attributes
    ----------
    format
        The version of this part of the file.
    start_values
        Path → value, for what the experiment of the file was at the record's start.
    start
        Null where the run began with what the seed gives.
    current
        The place of the branch that the run is on.
    """

    format: int = FORMAT
    start_values: dict[str, Any] = {}
    start: RunRecord | None = None
    start_clock: ClockRecord
    branches: Annotated[list[BranchRecord], Meta(min_length=1, max_length=MOST_BRANCHES)]
    current: Index

    def __post_init__(self) -> None:
        if self.format != FORMAT:
            raise InputError("format", self.format, a_whole_number(FORMAT, FORMAT))


@dataclass(frozen=True)
class _TakenBranch:
    """A branch as it was between two steps; `newest` is None for the one that the run is on, and for hidden ones."""

    branch: Branch
    base: int | None
    end: int
    hidden: bool
    newest: Moment | None
    log: tuple[LogEntry, ...]
    moments: tuple[KeptMoment, ...]


class TakenRecord:
    """A record as it was between two steps: soon taken, as nothing is copied, and written down later in any thread."""

    def __init__(self, recording: Recording) -> None:
        recording.keep_now()
        branches = recording.needed_branches
        places = {id(branch): place for place, branch in enumerate(branches)}
        self._experiment, self._start = recording.trainer.experiment, recording.start
        self._current = places[id(recording.current)]
        self._branches = [_taken(recording, branch, places) for branch in branches]

    def record(self, most_bytes: int = MOST_SAVED) -> RecordingRecord | None:
        """The record as a file has it; None where there are too many branches, or their logs are too long for one.

        Parameters
        ----------
        most_bytes
            What it may take; the start, the ends of the branches and their logs may take more, and then are all of it.
        """
        start = self._start.moment
        back = ExperimentEdit.between(self._experiment, self._start.experiment)
        record = RecordingRecord(
            start_values=_builtins(back),
            start=None if start is None else record_of(start),
            start_clock=_clock_record(self._start.clock),
            branches=[_branch_record(taken) for taken in self._branches[:MOST_BRANCHES]],
            current=self._current,
        )
        room = most_bytes - _size(record)
        if most_bytes - room > MOST_LOGS or len(self._branches) > MOST_BRANCHES:
            return None
        chosen: list[list[MomentRecord]] = [[] for _ in self._branches]
        for place, kept in _spread(self._branches):
            moment = MomentRecord(step=kept.step, edits=kept.edits, run=record_of(kept.moment))
            room -= _size(moment) + 1
            if room < 0:
                break
            chosen[place].append(moment)
        filled = [
            msgspec.structs.replace(each, moments=sorted(moments, key=lambda moment: (moment.step, moment.edits)))
            for each, moments in zip(record.branches, chosen, strict=True)
        ]
        return msgspec.structs.replace(record, branches=filled)


def _taken(recording: Recording, branch: Branch, places: dict[int, int]) -> _TakenBranch:
    newest = None
    if branch is not recording.current and not branch.hidden:
        kept = branch.moments.newest
        if kept is not None and kept.place == (branch.end, branch.edits):
            newest = replace(kept.moment, history=branch.history, history_interval=branch.history_interval)
        else:
            newest = recording.moment_at(branch.end, branch)
    return _TakenBranch(
        branch=branch,
        base=None if branch.fork is None else places[id(branch.fork.branch)],
        end=branch.end,
        hidden=branch.hidden,
        newest=newest,
        log=tuple(branch.own),
        moments=tuple(branch.moments.between),
    )


def _branch_record(taken: _TakenBranch) -> BranchRecord:
    fork, base = taken.branch.fork, taken.base
    return BranchRecord(
        name=taken.branch.name[:MOST_NAME],
        fork=None if fork is None or base is None else ForkRecord(branch=base, step=fork.step, edits=fork.edits),
        hidden=taken.hidden,
        end=taken.end,
        newest=None if taken.newest is None else record_of(taken.newest),
        log=[_entry_record(entry) for entry in taken.log],
    )


def _entry_record(entry: LogEntry) -> EntryRecord:
    edit, clock = _builtin(entry.edit), _clock_record(entry.clock)
    return EntryRecord(step=entry.step, words=entry.words[:MOST_NAME], edit=edit, clock=clock)


def _builtin(edit: RunEdit) -> RunEdit:
    """The edit with values as JSON has them."""
    if isinstance(edit, ExperimentEdit):
        return ExperimentEdit(values=_builtins(edit))
    if isinstance(edit, OptimizerEdit):
        return OptimizerEdit(steps=edit.steps, memory={name: each.tolist() for name, each in edit.memory.items()})
    return edit


def _builtins(edit: ExperimentEdit) -> dict[str, Any]:
    return {path: msgspec.to_builtins(value, enc_hook=encode_extra) for path, value in edit.values.items()}


def _clock_record(clock: Clock) -> ClockRecord:
    return ClockRecord(epoch=clock.epoch, batch=clock.batch, batches=clock.batches)


def _size(record: msgspec.Struct) -> int:
    return len(msgspec.json.encode(record, enc_hook=encode_extra))


def _spread(branches: list[_TakenBranch]) -> Iterator[tuple[int, KeptMoment]]:
    """The moments of all branches, with the branch's place, so that those that come first are evenly spread."""
    moments = [(place, kept) for place, branch in enumerate(branches) for kept in branch.moments]
    finite = [each for each in moments if _is_finite(each[1].moment)]
    stride = 1 << max(len(finite) - 1, 0).bit_length()
    given: set[int] = set()
    while stride:
        for index in range(0, len(finite), stride):
            if index not in given:
                given.add(index)
                yield finite[index]
        stride //= 2


def _is_finite(moment: Moment) -> bool:
    """After a divergence the optimiser's memory may not be, and then JSON can't hold it."""
    return all(np.isfinite(array).all() for array in moment.optimizer.arrays.values())
