"""The past changed: an edit of the log added, moved, changed or removed, and the run computed again from there."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass

from nnplay.errors import DivergedError, InputError, NnplayError, a_whole_number
from nnplay.texts import number, tr
from nnplay.training.effects import Effect, effect_of
from nnplay.training.experiment import Experiment
from nnplay.training.one_thread import one_thread
from nnplay.training.prepared import PreparedData, prepared_after
from nnplay.training.record.edits import DivergenceEdit, ExperimentEdit, ParameterEdit, RunEdit, UnitEdit
from nnplay.training.record.recording import Recording
from nnplay.training.trainer import Trainer

Progress = Callable[[int, int], None]
"""Told (steps computed, of how many); raises where they aren't wanted any more."""
Describe = Callable[[RunEdit, Experiment, str], str]
"""The words of an edit, what holds before it and what it was called: "0.1 → 0.01" may be "0.5 → 0.01" elsewhere."""
STRIDE = 64


def as_it_was_called(_edit: RunEdit, _before: Experiment, words: str) -> str:
    """The same words, wherever the edit is."""
    return words


class NoSuchEditError(NnplayError):
    """An edit that can't be made where it would be now."""


@dataclass(frozen=True)
class _Planned:
    step: int
    edit: RunEdit
    words: str


def with_edits_moved(
    record: Recording,
    places: Sequence[int],
    step: int,
    name: str = "",
    progress: Progress = lambda _done, _of: None,
    describe: Describe = as_it_was_called,
) -> Trainer:
    """The run as it would have been with edits of its log, all of one step, at another one.

    Parameters
    ----------
    places
        Those of the entries in the log of the current branch, in its order.
    name
        Of the new branch, which is the current one from then on.
    describe
        Calls each edit that is made again.

    Returns
    -------
    Trainer
        The run at the end of the new branch, after as many steps as the old one had, or where it diverged.

    Raises
    ------
    Exception
        What `progress` raises; nothing has changed then.
    InputError
        An entry or a step that the run doesn't have.
    NoSuchEditError
        One of the edits can't be made where it would be; nothing has changed then.
    """
    entries = [_entry(record, place) for place in places]
    _check_step(record, step)
    new = [_Planned(step, entry.edit, entry.words) for entry in entries]
    return _again(record, places, new, name, progress, describe)


def with_edit_changed(
    record: Recording,
    place: int,
    edit: RunEdit,
    words: str,
    name: str = "",
    progress: Progress = lambda _done, _of: None,
    describe: Describe = as_it_was_called,
) -> Trainer:
    """The run as it would have been with another edit at the same step; all else as `with_edits_moved`."""
    return _again(record, [place], [_Planned(_entry(record, place).step, edit, words)], name, progress, describe)


def with_edit_removed(
    record: Recording,
    place: int,
    name: str = "",
    progress: Progress = lambda _done, _of: None,
    describe: Describe = as_it_was_called,
) -> Trainer:
    """The run as it would have been without an edit; all else as `with_edits_moved`."""
    _entry(record, place)
    return _again(record, [place], [], name, progress, describe)


def with_edit_added(
    record: Recording,
    step: int,
    edit: RunEdit,
    words: str,
    name: str = "",
    progress: Progress = lambda _done, _of: None,
    describe: Describe = as_it_was_called,
) -> Trainer:
    """The run as it would have been with one more edit, the last of its step; all else as `with_edits_moved`."""
    _check_step(record, step)
    edits = record.current.edits_at(step)
    rest = [_Planned(entry.step, entry.edit, entry.words) for entry in record.current.log[edits:]]
    rest = [planned for planned in rest if not isinstance(planned.edit, DivergenceEdit)]
    return _from(record, step, edits, [_Planned(step, edit, words), *rest], name, progress, describe)


def _check_step(record: Recording, step: int) -> None:
    if not 0 <= step <= record.step:
        raise InputError("step", step, a_whole_number(0, record.step))


def _entry(record: Recording, place: int) -> _Planned:
    log = record.current.log
    if not 0 <= place < len(log) or isinstance(log[place].edit, DivergenceEdit):
        raise InputError("place", place, tr("that of an edit in the log"))
    return _Planned(log[place].step, log[place].edit, log[place].words)


def _again(
    record: Recording,
    places: Sequence[int],
    new: Sequence[_Planned],
    name: str,
    progress: Progress,
    describe: Describe,
) -> Trainer:
    log, place = record.current.log, min(places)
    others = [
        _Planned(entry.step, entry.edit, entry.words) for index, entry in enumerate(log) if index not in set(places)
    ]
    first = min([log[place].step, *(planned.step for planned in new)])
    # what was made at this step before the edit stays before it; one that comes from elsewhere comes last there
    edits = min(place, sum(entry.step <= first for entry in others))
    rest = [entry for entry in others[edits:] if not isinstance(entry.edit, DivergenceEdit)]
    if new:
        behind = sum(entry.step <= new[0].step for entry in rest) if new[0].step != log[place].step else 0
        rest[behind:behind] = new
    return _from(record, first, edits, rest, name, progress, describe)


def _from(
    record: Recording,
    first: int,
    edits: int,
    rest: list[_Planned],
    name: str,
    progress: Progress,
    describe: Describe,
) -> Trainer:
    """The run again from a place of the current branch, as a branch, with these edits behind it."""
    base, end, left = record.current, record.step, record.trainer
    record.branch_from(first, name, edits)
    branch = record.current
    try:
        _train(record, rest, end, progress, describe)
    except BaseException:
        record.return_to(base, left)
        record.delete(branch)
        raise
    return record.trainer


def _train(record: Recording, rest: list[_Planned], end: int, progress: Progress, describe: Describe) -> None:
    """To the end, with the edits in their places, or to where it diverges."""
    start = record.step
    with suppress(DivergedError):
        while True:
            step = record.step
            while rest and rest[0].step <= step:
                planned = rest.pop(0)
                prepared = _prepared_for(planned, record.trainer)
                words = describe(planned.edit, record.trainer.experiment, planned.words)
                record.edit(planned.edit, words, prepared)
            if step >= end:
                return
            progress(step - start, end - start)
            with one_thread():
                left = min(STRIDE, end - step, rest[0].step - step if rest else end)
                while left:
                    left -= record.trainer.advance(left).steps


def _prepared_for(planned: _Planned, trainer: Trainer) -> PreparedData | None:
    """The data after an edit that changes the experiment; raises NoSuchEditError for what can't be done there."""
    edit, network = planned.edit, trainer.network
    problem = ""
    prepared = None
    if isinstance(edit, ExperimentEdit):
        old = trainer.experiment
        try:
            new = edit.experiment_after(old)
            prepared = prepared_after(trainer.prepared, old, new)
            if effect_of(old, new, trainer.prepared, prepared) is Effect.FRESH_START:
                problem = tr("the network would have to start afresh")
        except NnplayError as error:
            problem = str(error)
    elif isinstance(edit, UnitEdit) and not _has_unit(network.layer_sizes[1:-1], edit.layer, edit.unit):
        problem = tr("the network has no such unit")
    elif isinstance(edit, ParameterEdit) and not _has_unit(network.layer_sizes[1:], edit.layer, edit.unit):
        problem = tr("the network has no such weight")
    if problem:
        epoch = number(trainer.epoch)
        raise NoSuchEditError(
            tr("“{edit}” can't be at epoch {epoch}: {problem}", edit=planned.words, epoch=epoch, problem=problem)
        )
    return prepared


def _has_unit(sizes: tuple[int, ...], layer: int, unit: int) -> bool:
    return 0 <= layer < len(sizes) and 0 <= unit < sizes[layer]
