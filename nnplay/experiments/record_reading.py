"""A record as a file has it becomes a record to move in: each part is checked against those before it."""

import math
from dataclasses import replace
from typing import Any

import msgspec
import numpy as np

from nnplay.errors import InputError, a_finite_number, a_whole_number, one_of
from nnplay.experiments.record_file import (
    MOST_SHARED,
    BranchRecord,
    ClockRecord,
    EntryRecord,
    ForkRecord,
    RecordingRecord,
)
from nnplay.experiments.run_record import MOST_STEPS, RunRecord, check_history, history_in, moment_of
from nnplay.limits import MOST_NUMBER
from nnplay.texts import tr
from nnplay.training.experiment import DataSpec, Experiment
from nnplay.training.history import NO_ROWS, History
from nnplay.training.moment import Moment
from nnplay.training.option import hint_at
from nnplay.training.options import OPTIONS
from nnplay.training.parts import optimizer_of
from nnplay.training.prepared import prepared_after
from nnplay.training.record import ExperimentEdit, OptimizerEdit, ParameterEdit, Recording, RunEdit, UnitEdit
from nnplay.training.record.branch import Branch, Fork, RecordStart
from nnplay.training.record.keeping import KeptMoment
from nnplay.training.record.log import Clock, LogEntry, experiment_after
from nnplay.training.trainer import Trainer

AT_ONCE = tuple(path for path in OPTIONS if path.startswith("training.") or path == "model.dropout")
"""The paths that an edit may have, beside the data as a whole."""


def recording_of(record: RecordingRecord, trainer: Trainer) -> Recording:
    """The record of the run that `trainer` has taken up.

    Raises
    ------
    InputError
        Where the record doesn't fit the run, or itself; the field is named.
    TooLargeError
        Where its start doesn't fit into memory.
    """
    reader = _Reader(record, trainer)
    branches: list[Branch] = []
    for place, each in enumerate(record.branches):
        branches.append(reader.branch(branches, each, f"record.branches[{place}]"))
    if record.current >= len(branches):
        raise InputError("record.current", record.current, a_whole_number(0, len(branches) - 1))
    current = branches[record.current]
    clock = current.log[-1].clock if current.log else reader.start.clock
    same = current.experiment_at(len(current.log)) == trainer.experiment
    if current.hidden or not same or clock.step_of(trainer.epoch, trainer.batch) != current.end:
        raise InputError("record.current", record.current, tr("the branch that leads to the run of this file"))
    return Recording.restored(trainer, reader.start, branches, current)


class _Reader:
    def __init__(self, record: RecordingRecord, trainer: Trainer) -> None:
        self._experiment, self._prepared = trainer.experiment, trainer.prepared
        self._sizes = trainer.network.layer_sizes
        self._shared = 0
        edit = _with_values(record.start_values, "record.start_values")
        start = self._after(edit, trainer.experiment, "record.start_values")
        self._model = Trainer(start, prepared_after(trainer.prepared, trainer.experiment, start), History())
        moment = None if record.start is None else self._moment(record.start, start, "record.start")
        self.start = RecordStart(start, _clock(record.start_clock, 0), moment and _bare(moment))

    def branch(self, branches: list[Branch], record: BranchRecord, field: str) -> Branch:
        """The next branch, behind those that are read."""
        if (record.fork is None) != (not branches):
            raise InputError(f"{field}.fork", record.fork, tr("null for the first branch alone"))
        fork = None if record.fork is None else _fork(record.fork, branches, f"{field}.fork")
        self._shared += 0 if fork is None else fork.edits
        if fork is not None and self._shared > MOST_SHARED:
            allowed = tr("at most {n} entries that branches have of each other's logs", n=f"{MOST_SHARED:,}")
            raise InputError(f"{field}.fork.edits", fork.edits, allowed)
        key, begin = len(branches), 0 if fork is None else fork.step
        branch = Branch(key, record.name, self.start, fork, end=record.end, hidden=record.hidden)
        for index, each in enumerate(record.log):
            self._add_entry(branch, each, f"{field}.log[{index}]")
        last = branch.own[-1].step if branch.own else begin
        if record.end < last:
            raise InputError(f"{field}.end", record.end, a_whole_number(last, MOST_STEPS))
        self._add_moments(branch, record, field)
        return branch

    def _add_entry(self, branch: Branch, record: EntryRecord, field: str) -> None:
        first = branch.own[-1].step if branch.own else 0 if branch.fork is None else branch.fork.step
        if not first <= record.step <= branch.end:
            raise InputError(f"{field}.step", record.step, a_whole_number(first, branch.end))
        before = branch.experiment_at(len(branch.log))
        edit = self._edit(record.edit, before, f"{field}.edit")
        after = experiment_after(edit, before)
        branch.own.append(LogEntry(record.step, edit, record.words, after, _clock(record.clock, record.step)))

    def _add_moments(self, branch: Branch, record: BranchRecord, field: str) -> None:
        place = (0, 0) if branch.fork is None else (branch.fork.step, branch.fork.edits)
        for index, each in enumerate(record.moments):
            at = f"{field}.moments[{index}]"
            edits = branch.edits_at(each.step)
            if (each.step, each.edits) < place or each.step > branch.end:
                raise InputError(f"{at}.step", each.step, tr("steps in the order of the run"))
            if not branch.edits_at(each.step - 1) <= each.edits <= edits:
                raise InputError(f"{at}.edits", each.edits, a_whole_number(branch.edits_at(each.step - 1), edits))
            place = each.step, each.edits
            moment = self._moment(each.run, branch.experiment_at(each.edits), f"{at}.run")
            branch.moments.add(KeptMoment.made(*place, _bare(moment)))
        if record.newest is not None:
            edits = len(branch.log)
            moment = self._moment(record.newest, branch.experiment_at(edits), f"{field}.newest")
            branch.history, branch.history_interval = moment.history, moment.history_interval
            branch.moments.set_newest(KeptMoment.made(branch.end, edits, _bare(moment)))
        elif record.history is not None:
            try:
                check_history(record.history, branch.place_of(branch.end)[0])
                branch.history_interval, branch.history = history_in(record.history)
            except InputError as error:
                path = error.field.removeprefix("run.")
                raise InputError(f"{field}.history.{path}", error.value, error.allowed) from None

    def _moment(self, record: RunRecord, experiment: Experiment, field: str) -> Moment:
        """A moment of a run of this experiment, whose network is the one that all have."""
        self._model.optimizer = optimizer_of(experiment.training)
        try:
            return moment_of(record, self._model)
        except InputError as error:
            path = error.field.removeprefix("run.")
            raise InputError(f"{field}.{path}", error.value, error.allowed) from None

    def _edit(self, edit: RunEdit, experiment: Experiment, field: str) -> RunEdit:
        """The edit, where it is one of such a run."""
        if isinstance(edit, ExperimentEdit):
            read = _with_values(edit.values, f"{field}.values")
            self._after(read, experiment, f"{field}.values")
            return read
        if isinstance(edit, OptimizerEdit):
            self._check_memory(edit, experiment, field)
        if isinstance(edit, UnitEdit):
            self._check_unit(edit.layer, edit.unit, None, len(self._sizes) - 2, field)
        if isinstance(edit, ParameterEdit):
            self._check_unit(edit.layer, edit.unit, edit.row, len(self._sizes) - 1, field)
            if not math.fabs(edit.value) <= MOST_NUMBER:
                raise InputError(f"{field}.value", edit.value, a_finite_number())
        return edit

    def _check_unit(self, layer: int, unit: int, row: int | None, layers: int, field: str) -> None:
        sizes = self._sizes
        known = 0 <= layer < layers and 0 <= unit < sizes[layer + 1] and (row is None or 0 <= row < sizes[layer])
        if not known:
            raise InputError(field, (layer, unit, row), tr("a layer, a unit and an input that this network has"))

    def _check_memory(self, edit: OptimizerEdit, experiment: Experiment, field: str) -> None:
        size, names = self._model.network.parameters.size, optimizer_of(experiment.training).memory
        for name, values in edit.memory.items():
            try:
                vector = np.array(values, np.float64)
            except (TypeError, ValueError):
                vector = np.empty(0)
            if name not in names or vector.shape != (size,) or not np.isfinite(vector).all():
                allowed = tr("{n} finite number of the optimiser|{n} finite numbers of the optimiser", "", size)
                raise InputError(f"{field}.memory.{name}", values, allowed)
            edit.memory[name] = vector

    def _after(self, edit: ExperimentEdit, experiment: Experiment, field: str) -> Experiment:
        """The experiment after an edit, which needs no fresh network."""
        after = edit.experiment_after(experiment)
        prepared = prepared_after(self._prepared, self._experiment, after)
        if (prepared.inputs, prepared.outputs) != (self._sizes[0], self._sizes[-1]):
            raise InputError(f"{field}.data", (prepared.inputs, prepared.outputs), tr("data that fit the network"))
        return after


def _with_values(values: dict[str, Any], field: str) -> ExperimentEdit:
    read: dict[str, Any] = {}
    for path, value in values.items():
        if path != "data" and path not in AT_ONCE:
            raise InputError(field, path, one_of(["data", *AT_ONCE]))
        try:
            read[path] = msgspec.convert(value, DataSpec if path == "data" else hint_at(path))
        except msgspec.ValidationError:
            allowed = tr("the data of an experiment") if path == "data" else OPTIONS[path].allowed
            raise InputError(f"{field}.{path}", value, allowed) from None
    return ExperimentEdit(values=read)


def _fork(record: ForkRecord, branches: list[Branch], field: str) -> Fork:
    if record.branch >= len(branches):
        raise InputError(f"{field}.branch", record.branch, a_whole_number(0, len(branches) - 1))
    base = branches[record.branch]
    if record.step > base.end:
        raise InputError(f"{field}.step", record.step, a_whole_number(0, base.end))
    least, most = base.edits_at(record.step - 1), base.edits_at(record.step)
    if not least <= record.edits <= most:
        raise InputError(f"{field}.edits", record.edits, a_whole_number(least, most))
    return Fork(base, record.step, record.edits)


def _clock(record: ClockRecord, step: int) -> Clock:
    return Clock(step, record.epoch, record.batch, record.batches)


def _bare(moment: Moment) -> Moment:
    return replace(moment, history=NO_ROWS, history_interval=1)
