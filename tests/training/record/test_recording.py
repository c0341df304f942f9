"""What a record keeps, how much of it, and the ways that lead back."""

import inspect
import sys
from itertools import pairwise

import msgspec
import numpy as np
import pytest
from threadpoolctl import threadpool_limits

from nnplay.errors import InputError
from nnplay.training.edits import with_value
from nnplay.training.experiment import DataSpec, Experiment, HiddenLayer, ModelSpec, TrainingSpec
from nnplay.training.history import EPOCH, FIRST, HIGHEST, LOWEST, TRAIN_LOSS, History
from nnplay.training.moment import Moment
from nnplay.training.record import ExperimentEdit, ParameterEdit, Recording, UnitEdit, best_of, spots_of
from nnplay.training.record.curves import cut_rows
from nnplay.training.record.keeping import CURSOR_BYTES, MOST_BYTES, Keeper, KeptMoment, KeptMoments, thinned
from nnplay.training.trainer import Trainer
from tests.training.conditions.full_record import MOONS, ends_of_epochs, full_record
from tests.training.record.random_runs import Played
from tests.training.record.same_moment import assert_same_moment
from tests.training.same_run import assert_same

DIGITS = Experiment(
    data=DataSpec(kind="digits", samples=200, features=("x1", "x2"), train_share=0.8),
    model=ModelSpec(hidden_layers=(HiddenLayer(units=128), HiddenLayer(units=64)), loss="categorical_cross_entropy"),
    training=TrainingSpec(optimizer="adam", learning_rate=0.001, batch_size=32),
)


def run(record: Recording, epochs: int) -> None:
    for _ in range(epochs):
        record.trainer.run_epoch()


def test_a_recorded_run_is_the_same_run() -> None:
    record, plain = Recording(Trainer(MOONS)), Trainer(MOONS)
    run(record, 60)
    for _ in range(60):
        plain.run_epoch()
    assert_same(record.trainer, plain)


def test_the_seeds_start_takes_no_memory_and_another_start_is_kept() -> None:
    assert Recording(Trainer(MOONS)).start.moment is None
    begun = Trainer(MOONS)
    begun.step()
    assert Recording(begun).start.moment is not None
    touched = Trainer(MOONS)
    touched.network.weights[0][0, 0] = 1.0
    record = Recording(touched)
    run(record, 3)
    assert record.moment_at(0).network.parameters[0] == 1.0


def test_it_stays_within_its_bytes_whatever_the_length() -> None:
    most = 9_000_000  # of which a million is for the moments
    record = Recording(Trainer(MOONS), most, interval=64)
    plain, checks = Trainer(MOONS), {}
    for epoch in range(6000):
        record.trainer.run_epoch()
        plain.run_epoch()
        if epoch % 997 == 0:
            checks[record.step] = Moment.of(plain)
        if epoch % 50 == 0:
            assert record.bytes() <= most - 8_000_000
    kept = [each.step for each in record.current.kept()][::-1]
    gaps = np.diff([0, *kept])
    assert len(kept) > 50
    assert gaps[: len(gaps) // 4].mean() > 1.5 * gaps[-len(gaps) // 4 :].mean()  # older ones are sparser
    for step, moment in checks.items():
        assert_same_moment(record.moment_at(step), moment)


def test_it_stays_within_its_bytes_whatever_the_size() -> None:
    most = 20_000_000  # of which twelve are for the moments
    with threadpool_limits(limits=1, user_api="blas"):
        record = Recording(Trainer(DIGITS), most)
        while record.trainer.optimizer.steps < 330:
            record.trainer.run_epoch()
            assert record.bytes() <= most - CURSOR_BYTES
        record.keep_now()
        kept = list(record.current.kept())
        assert sum(each.size for each in kept) <= most - CURSOR_BYTES
        assert kept[0].size > 2_000_000
        assert kept[0].step == record.step  # the newest
        assert_same_moment(record.moment_at(record.step), Moment.of(record.trainer))


def test_a_run_whose_moments_do_not_fit_is_computed_from_its_start() -> None:
    record, plain = Recording(Trainer(MOONS), 8_000_500), Trainer(MOONS)
    run(record, 40)
    record.keep_now()
    assert not list(record.current.kept())
    for _ in range(30):
        plain.run_epoch()
    assert_same_moment(record.moment_at(record.step_of(30)), Moment.of(plain))
    again = Recording(plain, 8_000_500)  # whose start is larger than that, and is kept
    run(again, 3)
    again.moment_at(2)


def test_thinning_keeps_the_last_and_gaps_that_grow_with_age() -> None:
    moment = Moment.of(Trainer(MOONS), with_history=False)
    moments = [KeptMoment(step, 0, moment, 10) for step in range(0, 1000, 10)]
    steps = [kept.step for kept in thinned(moments, 40)]
    gaps = np.diff(steps)
    assert steps[-1] == 990
    assert gaps[-1] == 50
    assert gaps[0] > 100
    assert (np.diff(gaps) <= 10).all()
    assert thinned([], 40) == []
    shelf = KeptMoments()
    for kept in moments:
        shelf.add(kept)
    keeper = Keeper(64, 500)
    keeper.fit([shelf], 0)
    assert shelf.bytes <= 375
    assert keeper.interval > 64


def test_a_place_is_an_epoch_and_a_batch_also_after_other_batches() -> None:
    record = Recording(Trainer(MOONS))
    run(record, 5)
    record.trainer.step()
    record.edit(ExperimentEdit(values={"training.batch_size": 24}), "batches of 24")
    assert record.current.place_of(20) == (5, 0)
    assert record.current.place_of(21) == (5, 0)  # the epoch under way begins again
    run(record, 3)
    assert record.current.place_of(record.step) == (8, 0)
    assert [record.step_of(epoch) for epoch in (0, 2, 5, 6, 8, 99)] == [0, 8, 20, 23, 27, 27]
    for epoch in (2, 5, 6, 8):
        assert record.moment_at(record.step_of(epoch)).epoch == epoch


def test_an_edit_that_was_undone_is_forgotten() -> None:
    record = Recording(Trainer(MOONS))
    run(record, 30)
    before, step = Moment.of(record.trainer), record.step
    for edit in (UnitEdit(layer=0, unit=1, enabled=False), ExperimentEdit(values={"training.batch_size": 7})):
        old = record.trainer.experiment
        record.edit(edit, "an edit")
        record.keep_now()
        record.moment_at(step)
        record.trainer.apply(old, record.trainer.prepared)
        before.restore(record.trainer)
        assert [entry.edit for entry in record.went_back(0)] == [edit]
    assert record.current.log == []
    run(record, 30)
    plain = Trainer(MOONS)
    for _ in range(60):
        plain.run_epoch()
    assert_same_moment(record.moment_at(record.step), Moment.of(plain))
    assert_same_moment(record.moment_at(step), before)


def test_what_others_leave_of_a_branch_stays_when_that_goes_back_and_another_way() -> None:
    """As undoing a step by phase does, however long ago that was."""
    played = Played.begin(7)
    record = played.record
    played.play(20)
    before, edits, base = Moment.of(record.trainer), record.edits, record.current
    experiment = record.trainer.experiment
    played.play(300)
    for step in (250, 15, 100):
        record.branch_from(step)
        played.look()
        played.play(30)
        record.return_to(base)
    left = [branch for branch in record.branches if branch is not base]
    seen = [(branch, step, record.moment_at(step, branch)) for branch in left for step in (3, 18, 30, 90, branch.end)
            if step <= branch.end]  # fmt: skip
    record.trainer.apply(experiment, record.prepared_for(experiment))
    before.restore(record.trainer)
    assert record.went_back(edits)
    record.edit(ExperimentEdit(values={"training.learning_rate": 0.02, "training.optimizer": "sgd"}), "another way")
    played.play(300)
    for branch, step, moment in seen:
        assert_same_moment(record.moment_at(step, branch), moment)
    (trunk,) = [branch for branch in record.all_branches if branch.hidden]
    assert (trunk.fork.branch, trunk.end) == (base, 250)
    assert_same_moment(record.moment_at(record.step), Moment.of(record.trainer))
    for branch in left:
        record.delete(branch)
    assert record.all_branches == (base,)


def test_moments_are_kept_however_often_a_person_changes_something() -> None:
    record = Recording(Trainer(MOONS))
    for _ in range(600):
        record.trainer.step()
        record.edit(ParameterEdit(layer=0, unit=0, row=0, value=0.5), "a weight")
    assert record.step > 2 * 256
    assert len(list(record.current.kept())) >= 2


def test_the_curves_of_many_branches_stay_within_bytes_and_keep_their_extremes() -> None:
    record = Recording(Trainer(MOONS), 16_000_000)
    run(record, 1100)
    whole = record.trainer.history.rows()
    base = record.current
    for number in range(40):
        record.branch_from(record.step - 3, str(number))
        record.trainer.run_epoch()
        assert record.bytes() <= 16_000_000 - CURSOR_BYTES
    first = base.history
    assert 16 <= len(first) < len(whole)
    for line, find in ((LOWEST, np.nanmin), (HIGHEST, np.nanmax)):
        assert find(first[:, line, TRAIN_LOSS]) == find(whole[:, line, TRAIN_LOSS])
    record.return_to(base)
    run(record, 100)
    assert record.trainer.history.rows()[-1, HIGHEST, EPOCH] > 1150


def test_a_branch_goes_on_as_the_run_would_have() -> None:
    record, plain = Recording(Trainer(MOONS)), Trainer(MOONS)
    run(record, 50)
    record.edit(ExperimentEdit(values={"training.learning_rate": 0.01}), "a smaller rate")
    run(record, 30)
    first, end = record.current, Moment.of(record.trainer)
    trainer = record.branch_from(record.step_of(40), "from 40")
    assert record.current.name == "from 40"
    assert record.current.log == []
    run(record, 40)
    for _ in range(80):
        plain.run_epoch()
    plain.finish()
    trainer.finish()
    assert_same(trainer, plain)
    assert record.return_to(first) is record.trainer
    assert_same_moment(Moment.of(record.trainer), end)
    assert record.branch_from(record.step) is record.trainer  # its end is no other way
    assert len(record.branches) == 2


def test_a_branch_is_named_and_deleted_and_what_others_have_of_it_stays() -> None:
    played = Played.begin(3)
    record = played.record
    played.play(80)
    first = record.current
    record.branch_from(60, "middle")
    played.look()
    played.play(80)
    middle = record.current
    record.branch_from(90, "last")
    played.look()
    played.play(60)
    last = record.current
    with pytest.raises(InputError, match="another than the one"):
        record.delete(last)
    middle.name = "another name"
    record.delete(middle)
    record.delete(first)
    assert [branch.name for branch in record.branches] == ["last"]
    assert middle.end == 90
    assert first.end == 60
    for step in (0, 30, 60, 61, 89, 90, 91, record.step):
        assert_same_moment(record.moment_at(step, last), played.known(last, step))
    alone = record.branch_from(10, "alone")
    assert alone.optimizer is record.trainer.optimizer
    record.delete(last)
    assert [branch.name for branch in record.branches] == ["alone"]
    assert len(record._branches) == 2  # of the first one what the last one standing has of it
    record.moment_at(5)


def test_the_history_is_cut_to_the_moment() -> None:
    record = Recording(Trainer(MOONS))
    run(record, 40)
    rows = record.moment_at(record.step_of(25)).history
    assert rows[-1, FIRST, EPOCH] == 25
    assert rows.tobytes() == record.trainer.history.rows()[:26].tobytes()
    merged = rows[:2].copy()
    merged[1, HIGHEST, EPOCH] = 40
    merged[1, HIGHEST, TRAIN_LOSS] = 9.0
    cut = cut_rows(merged, 30)
    assert cut[1, HIGHEST, TRAIN_LOSS] == cut[1, LOWEST, TRAIN_LOSS] == merged[1, FIRST, TRAIN_LOSS]


def test_a_step_that_is_not_there_is_refused() -> None:
    record = Recording(Trainer(MOONS))
    run(record, 2)
    for step in (-1, 9):
        with pytest.raises(InputError, match="from 0 to 8"):
            record.moment_at(step)
        with pytest.raises(InputError):
            record.branch_from(step)


def test_a_divergence_is_passed_as_it_was() -> None:
    wild = with_value(MOONS, "training.learning_rate", 1000.0)
    wild = msgspec.structs.replace(wild, training=msgspec.structs.replace(wild.training, optimizer="sgd"))
    for seed in range(300, 340):
        played = Played.begin(seed)
        played.record.edit(ExperimentEdit(values={"training.learning_rate": 1000.0, "training.optimizer": "sgd"}), "")
        played.look()
        played.play(60)
        if any(entry.words == "Diverged" for entry in played.record.current.log):
            break
    else:
        pytest.fail("no run diverged")
    for step in range(played.record.step + 1):
        assert_same_moment(played.record.moment_at(step), played.known(played.record.current, step))
    assert "Diverged" in [spot.marked_label for spot in spots_of(played.record)]


def test_the_run_names_its_spots() -> None:
    record, whole = Recording(Trainer(MOONS)), full_record(Trainer(MOONS), 60)
    run(record, 60)
    found = {spot.marked_label: spot.step for spot in spots_of(record)}
    ends = ends_of_epochs(whole)
    best = min(ends, key=lambda kept: (kept.losses["test"], -kept.place.updates))
    died = next(now.place.updates for before, now in pairwise(whole) if (now.dead & ~before.dead).any())
    assert found["Best test loss"] == best.place.updates
    assert found["A unit died"] == died
    assert "Solved" not in found
    solved = Recording(Trainer(Experiment()))
    run(solved, 3000)
    assert solved.trainer.history.interval > 1
    spots = {spot.marked_label: spot.step for spot in spots_of(solved)}
    plain = Trainer(Experiment())
    while plain.learned is None:
        plain.run_epoch()
    assert spots["Solved"] == plain.learned


def test_a_branch_knows_the_best_of_the_interval_in_which_it_forks() -> None:
    """Its row of the history begins anew there, and what the run before was in that interval isn't in it."""
    history = History(capacity=64)
    record = Recording(Trainer(with_value(MOONS, "seed", 5), history=history))
    history.append(record.trainer.figures)
    run(record, 300)
    first, best = record.current, best_of(record)
    assert best is not None
    epoch, batch = first.place_of(best.step)
    assert history.interval > 1 and epoch % history.interval and not batch
    for step in range(best.step, record.step_of(epoch + history.interval), 3):
        record.branch_from(step)
        assert best_of(record) == best
        record.return_to(first)


def test_the_end_of_a_run_may_be_its_best_though_its_interval_goes_on() -> None:
    slow = with_value(MOONS, "training.learning_rate", 0.002)
    history, lowest, seen = History(capacity=4), np.inf, 0
    record, plain = Recording(Trainer(slow, history=history)), Trainer(slow)
    history.append(record.trainer.figures)
    for _ in range(40):
        run(record, 1)
        plain.run_epoch()
        plain.measure()
        assert plain.figures.test is not None
        if plain.figures.test.loss < lowest:
            lowest, best = plain.figures.test.loss, best_of(record)
            assert best is not None
            assert (best.step, best.loss) == (record.step, lowest)
            seen += history.interval > 1 and record.trainer.epoch % history.interval > 0
    assert seen > 3


def test_a_run_may_be_branched_more_often_in_a_row_than_python_may_call() -> None:
    record, times, limit = Recording(Trainer(MOONS)), 300, sys.getrecursionlimit()
    record.trainer.run_epoch()
    sys.setrecursionlimit(len(inspect.stack(0)) + times // 2)
    try:
        for number in range(times):
            record.trainer.step()
            record.trainer.step()
            record.branch_from(record.step - 1, str(number))
        assert len(record.branches) == times + 1
        plain = Trainer(MOONS)
        for _ in range(record.step):
            plain.step()
        assert_same_moment(record.moment_at(record.step), Moment.of(plain))
        assert record.moment_at(3).optimizer.steps == 3
        assert record.bytes() <= MOST_BYTES
    finally:
        sys.setrecursionlimit(limit)


def test_moments_of_ten_million_steps_stay_within_number_and_bytes() -> None:
    moment = Moment.of(Trainer(MOONS), with_history=False)
    for size, most_moments in ((5000, 4096), (2_600_000, 22)):
        keeper, shelf, step = Keeper(64, 56_000_000), KeptMoments(), 0
        while step < 10**7:
            step += keeper.interval
            shelf.add(KeptMoment(step, 0, moment, size))
            keeper.fit([shelf], 0)
            assert shelf.bytes <= 56_000_000
        steps = [kept.step for kept in shelf]
        assert most_moments / 4 < len(steps) <= most_moments
        assert steps[-1] == step
        assert max(np.diff([0, *steps])) < 12 * step / len(steps)
