"""What takes long in a record is done in bites, so that whoever asks for it can do something else in between."""

import pytest

from nnplay.training.edits import with_value
from nnplay.training.record import ExperimentEdit, Recording, look_for_spots, replay, spots_of
from nnplay.training.trainer import Trainer
from tests.training.conditions.full_record import MOONS
from tests.training.record.same_moment import assert_same_moment


def recorded(epochs: int, interval: int | None = None) -> Recording:
    record = Recording(Trainer(MOONS), interval=interval)
    for epoch in range(epochs):
        if epoch == 20:
            record.edit(
                ExperimentEdit.between(
                    record.trainer.experiment, with_value(record.trainer.experiment, "training.learning_rate", 0.02)
                ),
                "slower",
            )
        record.trainer.run_epoch()
    return record


def test_a_moment_is_come_to_in_bites_of_one_step_at_least() -> None:
    record, other = recorded(60, interval=1_000_000), recorded(60)
    for step in (record.step // 2, record.step // 2 - 5, 0, record.step):
        bites = 1
        while record.approach(step, seconds=0.0):
            bites += 1
        assert bites <= record.step + 3  # and the edits
        assert not record.approach(step, seconds=0.0)
        assert_same_moment(record.moment_at(step), other.moment_at(step))


def test_no_step_is_made_while_steps_are_compiled(monkeypatch: pytest.MonkeyPatch) -> None:
    record = recorded(60, interval=1_000_000)
    with monkeypatch.context() as patch:
        patch.setattr(replay, "awaits_kernel", lambda _: True)
        assert record.approach(10, seconds=0.0) == 10
        assert record.approach(10, seconds=60.0) == 10  # a short look, as another process compiles
    assert record.approach(10, seconds=0.0) == 9


def test_another_place_may_be_wanted_before_one_is_come_to() -> None:
    record, other = recorded(60, interval=1_000_000), recorded(60)
    assert record.approach(record.step - 10, seconds=0.0) == record.step - 11
    assert record.approach(record.step // 3, seconds=0.0) == record.step // 3 - 2
    assert_same_moment(record.moment_at(record.step // 3), other.moment_at(record.step // 3))


def test_the_kept_moment_before_a_place_takes_no_step() -> None:
    record = recorded(60, interval=1)
    for step in (record.step - 1, record.step // 2, 20 * record.trainer.batches):
        near = record.kept_near(step)
        if near is None:
            continue
        assert near[0] <= step
        assert_same_moment(near[1], record.moment_at(near[0]))
    assert record.kept_near(record.step - 1) is not None
    assert recorded(5, interval=1_000_000).kept_near(3) is None


def test_spots_are_looked_for_in_bites_and_say_which_unit_died() -> None:
    record = recorded(60)
    came = list(look_for_spots(record))
    assert came.count(None) > 3
    spots = [spot for spot in came if spot is not None]
    assert sorted(spots, key=lambda spot: spot.step) == list(spots_of(record))
    (died,) = [spot for spot in spots if spot.marked_label == "A unit died"]
    assert died.units
    assert _silent(record, died.step) - _silent(record, died.step - 1) == set(died.units)


def _silent(record: Recording, step: int) -> set[tuple[int, int]]:
    """The hidden units that output nothing for every training sample."""
    trainer = Trainer(record.current.experiment_at(record.current.edits_at(step)))
    record.moment_at(step).restore(trainer)
    outputs = trainer.network.layer_outputs(trainer.prepared.X_train)[:-1]
    return {
        (layer, unit)
        for layer, values in enumerate(outputs)
        for unit in range(values.shape[1])
        if not values[:, unit].any()
    }
