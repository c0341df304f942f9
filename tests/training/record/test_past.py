"""Changing the past gives the run that a person would have had who had done it so."""

import pytest

from nnplay.data.file_error import ReadCancelled
from nnplay.errors import InputError
from nnplay.training.edits import with_value
from nnplay.training.experiment import Experiment
from nnplay.training.moment import Moment
from nnplay.training.record import (
    DivergenceEdit,
    ExperimentEdit,
    ParameterEdit,
    Recording,
    RunEdit,
    UnitEdit,
    with_edit_added,
    with_edit_changed,
    with_edit_removed,
    with_edits_moved,
)
from nnplay.training.record.past import NoSuchEditError
from nnplay.training.record.recording import RunChangedError
from nnplay.training.trainer import Trainer
from tests.training.conditions.full_record import MOONS
from tests.training.record.same_moment import assert_same_moment

RATE = ExperimentEdit.between(MOONS, with_value(MOONS, "training.learning_rate", 0.01))
BATCH = ExperimentEdit.between(MOONS, with_value(MOONS, "training.batch_size", 5))
WEIGHT = ParameterEdit(layer=0, row=1, unit=2, value=0.5)
OFF = UnitEdit(layer=0, unit=0, enabled=False)
STEPS = 300
EDITS = [(40, RATE), (70, BATCH), (70, WEIGHT), (190, OFF)]


def recorded(*edits: tuple[int, object]) -> Recording:
    """A run of `STEPS` with these edits at these steps."""
    record = Recording(Trainer(MOONS))
    rest = list(edits)
    for step in range(STEPS + 1):
        while rest and rest[0][0] == step:
            record.edit(rest.pop(0)[1], "an edit")
        if step < STEPS:
            record.trainer.step()
    return record


def test_an_edit_is_moved_forwards_and_backwards() -> None:
    for places, step, as_if in [
        ([1, 2], 130, [(40, RATE), (130, BATCH), (130, WEIGHT), (190, OFF)]),
        ([0], 130, [(70, BATCH), (70, WEIGHT), (130, RATE), (190, OFF)]),
        ([2], 10, [(10, WEIGHT), (40, RATE), (70, BATCH), (190, OFF)]),
        ([3], 70, [(40, RATE), (70, BATCH), (70, WEIGHT), (70, OFF)]),
        ([1], 300, [(40, RATE), (70, WEIGHT), (190, OFF), (300, BATCH)]),
        ([1, 2], 70, EDITS),
    ]:
        record = recorded(*EDITS)
        old = record.current
        trainer = with_edits_moved(record, places, step, "moved")
        assert trainer is record.trainer
        assert record.step == STEPS
        other = recorded(*as_if)
        assert_same_moment(Moment.of(trainer), Moment.of(other.trainer))
        assert [(entry.step, entry.edit) for entry in record.current.log] == as_if
        for at in (0, 39, 71, 188, STEPS):
            assert_same_moment(record.moment_at(at), other.moment_at(at))
        plain = recorded(*EDITS)
        assert_same_moment(record.moment_at(STEPS, old), Moment.of(plain.trainer))  # what was is there still
        assert [branch.name for branch in record.branches] == ["", "moved"]


def test_an_edit_is_changed_and_removed() -> None:
    record, rate = recorded(*EDITS), ExperimentEdit(values={"training.learning_rate": 0.05})
    trainer = with_edit_changed(record, 0, rate, "another rate")
    assert trainer is not None
    assert_same_moment(Moment.of(trainer), Moment.of(recorded((40, rate), *EDITS[1:]).trainer))
    assert trainer.experiment.training.learning_rate == 0.05
    assert trainer.experiment.training.batch_size == 5
    trainer = with_edit_removed(record, 0)
    assert trainer is not None
    assert_same_moment(Moment.of(trainer), Moment.of(recorded(*EDITS[1:]).trainer))
    assert trainer.experiment.training.learning_rate == MOONS.training.learning_rate


def test_an_edit_is_added() -> None:
    batch = ExperimentEdit(values={"training.batch_size": 7})
    for step, edit, as_if in [
        (0, batch, [(0, batch), *EDITS]),
        (70, RATE, [*EDITS[:3], (70, RATE), EDITS[3]]),
        (STEPS, OFF, [*EDITS, (STEPS, OFF)]),
    ]:
        record = recorded(*EDITS)
        trainer = with_edit_added(record, step, edit, "one more", "added")
        assert trainer is record.trainer
        assert [(entry.step, entry.edit) for entry in record.current.log] == as_if
        assert_same_moment(Moment.of(trainer), Moment.of(recorded(*as_if).trainer))
        assert [branch.name for branch in record.branches] == ["", "added"]
    with pytest.raises(InputError):
        with_edit_added(recorded(*EDITS), STEPS + 1, OFF, "too late")


def test_it_is_computed_apart_and_taken_up() -> None:
    record = recorded(*EDITS)
    before = Moment.of(record.trainer)
    apart = record.apart()
    with_edits_moved(apart, [0], 130, "moved")
    assert len(record.branches) == 1
    assert record.current is record.branches[0]
    assert_same_moment(Moment.of(record.trainer), before)
    record.adopt(apart.current, apart.trainer)
    assert record.current.name == "moved"
    assert record.current.fork is not None
    assert record.current.fork.branch is record.branches[0]
    as_if = recorded((70, BATCH), (70, WEIGHT), (130, RATE), (190, OFF))
    for at in (0, 39, 71, STEPS):
        assert_same_moment(record.moment_at(at), as_if.moment_at(at))
    record.trainer.step()  # it goes on, recorded
    assert record.step == STEPS + 1
    assert_same_moment(Moment.of(record.return_to(record.branches[0])), before)


def test_what_was_computed_apart_is_refused_where_the_run_is_another_one() -> None:
    record = recorded(*EDITS)
    apart = record.apart()
    with_edit_removed(apart, 2)
    record.went_back(1)
    with pytest.raises(RunChangedError, match="changed meanwhile"):
        record.adopt(apart.current, apart.trainer)
    assert len(record.branches) == 1


@pytest.mark.parametrize("place", range(len(EDITS)))
def test_it_is_refused_by_a_run_that_took_the_place_of_its_own(place: int) -> None:
    apart = recorded(*EDITS).apart()
    with_edit_removed(apart, place)  # without the first edit, nothing of the log is before it
    other = recorded(*EDITS)
    with pytest.raises(RunChangedError, match="changed meanwhile"):
        other.adopt(apart.current, apart.trainer)
    assert len(other.branches) == 1


def test_an_edit_that_can_not_be_there_is_refused_and_nothing_changes() -> None:
    record = recorded(*EDITS)
    before = Moment.of(record.trainer)
    for edit, problem in (
        (UnitEdit(layer=7, unit=0, enabled=False), "no such unit"),
        (ParameterEdit(layer=0, row=0, unit=99, value=1.0), "no such weight"),
        (ExperimentEdit(values={"data.kind": "circles"}), "start afresh"),
    ):
        with pytest.raises(NoSuchEditError, match=problem):
            with_edit_changed(record, 1, edit, "Other")
        assert len(record.branches) == 1
        assert_same_moment(Moment.of(record.trainer), before)


def test_edits_are_called_anew_where_they_are() -> None:
    record = recorded((40, RATE), (70, ExperimentEdit(values={"training.learning_rate": 0.05})))

    def describe(edit: RunEdit, before: Experiment, _words: str) -> str:
        assert isinstance(edit, ExperimentEdit)
        return f"{before.training.learning_rate} → {edit.values['training.learning_rate']}"

    with_edit_removed(record, 0, describe=describe)
    assert [entry.words for entry in record.current.log] == [f"{MOONS.training.learning_rate} → 0.05"]


def test_the_curve_of_the_new_branch_is_its_own() -> None:
    record = recorded(*EDITS)
    with_edit_removed(record, 3)
    other = recorded(*EDITS[:3])
    rows, others = record.trainer.history.rows(), other.trainer.history.rows()
    assert rows.tobytes() == others.tobytes()


def test_who_gives_up_has_what_was() -> None:
    record = recorded(*EDITS)
    trainer, branch, told = record.trainer, record.current, []

    def progress(done: int, of: int) -> None:
        told.append((done, of))
        if len(told) == 3:
            raise ReadCancelled("cancelled")

    with pytest.raises(ReadCancelled):
        with_edits_moved(record, [1], 100, progress=progress)
    assert (record.trainer, record.current, record.branches) == (trainer, branch, (branch,))
    assert told[0] == (0, 230)
    trainer.run_epoch()
    for step in (50, 150, record.step):
        record.moment_at(step)


def test_what_is_no_edit_of_the_log_is_refused() -> None:
    record = recorded(*EDITS)
    for place in (-1, 4):
        with pytest.raises(InputError):
            with_edit_removed(record, place)
    with pytest.raises(InputError, match="from 0 to 300"):
        with_edits_moved(record, [0], 301)
    record.note_divergence("diverged")
    with pytest.raises(InputError):
        with_edit_removed(record, 4)


def test_a_past_that_diverges_ends_there() -> None:
    record = recorded(*EDITS)
    wild = ExperimentEdit(values={"training.learning_rate": 1000.0, "training.optimizer": "sgd"})
    trainer = with_edit_changed(record, 0, wild, "a wild rate")
    assert trainer is not None
    if isinstance(record.current.log[-1].edit, DivergenceEdit):
        assert record.step < STEPS
    else:
        assert record.step == STEPS
    assert_same_moment(record.moment_at(record.step), Moment.of(trainer))
