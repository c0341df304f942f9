"""A person moves in the time of a run, changes something there, and goes on from there; nothing of it is lost."""

import gc
import weakref
from collections.abc import Callable

import msgspec
import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from nnplay.gui.session.best_moment import go_to_best
from nnplay.gui.session.session import Session
from nnplay.training.edits import with_data_set, with_value
from nnplay.training.experiment import Experiment
from nnplay.training.moment import Moment
from nnplay.training.record import Branch
from nnplay.training.trainer import Trainer

SessionMaker = Callable[[Experiment], Session]
SPIRALS = with_value(Experiment(), "training.batch_size", 10)


@pytest.fixture
def session(make_session: SessionMaker) -> Session:
    """A session on a run that has not begun."""
    return make_session(SPIRALS)


def train(qtbot: QtBot, session: Session, epochs: int) -> None:
    """Press Step One Epoch so many times."""
    for _ in range(epochs):
        session.step_epoch()
        qtbot.waitUntil(lambda: not session.running)


def bits(trainer: Trainer) -> bytes:
    """All that a run is, but for what was measured."""
    moment = Moment.of(trainer, with_history=False)
    arrays = b"".join(array.tobytes() for array in moment.arrays())
    return arrays + repr((moment.epoch, moment.under_way.position, moment.network.generator)).encode()


def test_the_window_stands_at_any_moment_of_the_run(qtbot: QtBot, session: Session):
    seen = [bits(session.trainer)]
    for _ in range(6):
        train(qtbot, session, 1)
        seen.append(bits(session.trainer))
    for epoch in (3, 0, 5, 2):
        session.timeline.look_at_epoch(epoch)
        assert bits(session.trainer) == seen[epoch]
        assert session.look(frozenset()).figures.epoch == epoch
    session.timeline.leave()
    assert bits(session.trainer) == seen[6]
    assert session.timeline.looked_at is None


def test_a_branch_that_is_gone_is_left_alone(qtbot: QtBot, session: Session):
    time = session.timeline
    train(qtbot, session, 3)
    gone = time.record.current
    session.reset()
    train(qtbot, session, 2)
    end, count, said = bits(session.trainer), session.undo_stack.count(), list[str]()
    session.message.connect(said.append)
    for act in (time.return_to, time.delete, lambda branch: time.rename(branch, "gone")):
        act(gone)
        assert said.pop() == "The run doesn't have this branch any more"
        assert (session.undo_stack.count(), gone.name, gone.hidden) == (count, "", False)
    assert bits(session.trainer) == end


def test_the_undo_steps_of_branches_keep_no_run_that_was_left(qtbot: QtBot, session: Session):
    time = session.timeline
    train(qtbot, session, 3)
    first = time.record.current
    time.look_at_epoch(1)
    session.change("rate", with_value(session.settle(), "training.learning_rate", 0.05))
    train(qtbot, session, 1)
    assert time.record.current is not first
    other, end = time.record.current, bits(session.trainer)
    time.return_to(first)
    time.rename(other, "other")
    time.delete(other)
    left = weakref.ref(time.record), weakref.ref(session.trainer.network)
    session.reset()

    def freed() -> bool:
        gc.collect()
        return all(each() is None for each in left)

    qtbot.waitUntil(freed)
    for _ in range(4):
        session.undo_stack.undo()
    assert time.record.current is other
    assert bits(session.trainer) == end
    for _ in range(4):
        session.undo_stack.redo()
    assert session.trainer.epoch == 0


def test_steps_go_on_through_what_was(qtbot: QtBot, session: Session):
    train(qtbot, session, 3)
    end = bits(session.trainer)
    session.timeline.back_epoch()
    session.timeline.back_epoch()
    assert session.trainer.epoch == 1
    session.timeline.back_batch()
    assert (session.trainer.epoch, session.trainer.batch) == (0, session.trainer.batches - 1)
    session.step_batch()
    session.step_epoch()
    assert session.trainer.epoch == 2
    session.step_epoch()
    assert session.timeline.looked_at is None
    assert bits(session.trainer) == end
    assert len(session.timeline.record.branches) == 1


def test_the_experiment_is_that_of_the_moment(qtbot: QtBot, session: Session):
    train(qtbot, session, 2)
    session.change("Learning rate 0.1", with_value(session.experiment, "training.learning_rate", 0.1))
    train(qtbot, session, 2)
    session.timeline.look_at_epoch(1)
    assert session.experiment.training.learning_rate == SPIRALS.training.learning_rate
    session.timeline.leave()
    assert session.experiment.training.learning_rate == 0.1
    (entry,) = session.timeline.record.current.log
    assert entry.words == "Learning rate 0.5 → 0.1"


def test_a_change_at_an_earlier_moment_is_a_branch_that_undo_takes_back(qtbot: QtBot, session: Session):
    train(qtbot, session, 4)
    end = bits(session.trainer)
    session.timeline.look_at_epoch(2)
    session.change("Learning rate 0.1", with_value(session.experiment, "training.learning_rate", 0.1))
    record = session.timeline.record
    assert len(record.branches) == 2
    train(qtbot, session, 1)
    assert session.trainer.epoch == 3
    branched = bits(session.trainer)
    session.undo_stack.undo()
    assert session.experiment.training.learning_rate == SPIRALS.training.learning_rate
    session.undo_stack.undo()
    assert bits(session.trainer) == end
    session.undo_stack.redo()
    session.undo_stack.redo()
    assert bits(session.trainer) == branched
    assert session.experiment.training.learning_rate == 0.1


def test_a_long_run_says_its_epochs_with_commas(
    qtbot: QtBot, make_session: SessionMaker, monkeypatch: pytest.MonkeyPatch
):
    session = make_session(SPIRALS)
    train(qtbot, session, 2)
    said: list[str] = []
    session.message.connect(said.append)
    session.timeline.look_at_epoch(1)
    monkeypatch.setattr(Branch, "place_of", lambda *_: (8_075_856, 0))
    session.timeline.take_up()
    assert said[-1] == "A branch goes on from epoch 8,075,856"
    assert session.undo_stack.undoText() == "Go on from epoch 8,075,856"


def test_undo_at_an_earlier_moment_is_of_the_run_itself(qtbot: QtBot, session: Session):
    train(qtbot, session, 1)
    session.network_edits.set_weight(0, 0, 0, 2.0)
    train(qtbot, session, 1)
    session.timeline.look_at_epoch(1)
    session.undo_stack.undo()
    assert session.timeline.looked_at is None
    assert session.trainer.epoch == 2
    assert len(session.timeline.record.branches) == 1


@pytest.mark.parametrize("edit", ["weight", "bias", "unit", "rate", "optimizer", "phase"])
def test_an_edit_undone_and_done_again_leaves_a_log_that_gives_the_same_run(qtbot: QtBot, session: Session, edit: str):
    train(qtbot, session, 2)
    before = bits(session.trainer)
    acts = {
        "weight": lambda: session.network_edits.set_weight(0, 0, 0, 2.0),
        "bias": lambda: session.network_edits.set_bias(0, 0, 2.0),
        "unit": lambda: session.network_edits.set_unit_enabled(0, 1, enabled=False),
        "rate": lambda: session.change("Rate", with_value(session.experiment, "training.learning_rate", 0.1)),
        "optimizer": lambda: session.change("Adam", with_value(session.experiment, "training.optimizer", "adam")),
        "phase": session.step_phase,
    }
    acts[edit]()
    session.undo_stack.undo()
    assert bits(session.trainer) == before
    assert session.timeline.record.edits == 0
    session.undo_stack.redo()
    train(qtbot, session, 2)
    session.undo_stack.undo()  # now what was trained stays, or is left
    session.undo_stack.redo()
    train(qtbot, session, 1)
    record = session.timeline.record
    again = record.moment_at(record.step)
    assert again.network.parameters.tobytes() == session.trainer.network.parameters.tobytes()
    assert again.network.generator == session.trainer.network.state().generator
    session.timeline.back_batch()
    step = session.timeline.step
    session.timeline.go_to_start()
    session.timeline.look_at(step)
    session.step_batch()
    assert session.timeline.looked_at is None


def test_a_fresh_start_has_a_record_of_its_own_and_undo_brings_the_old_one_back(qtbot: QtBot, session: Session):
    train(qtbot, session, 2)
    session.timeline.look_at_epoch(1)
    session.timeline.take_up()
    train(qtbot, session, 3)
    moment = bits(session.trainer)
    session.reset()
    assert session.timeline.record.step == 0
    assert len(session.timeline.record.branches) == 1
    session.undo_stack.undo()
    assert bits(session.trainer) == moment
    assert len(session.timeline.record.branches) == 2
    session.timeline.look_at_epoch(2)
    assert session.trainer.epoch == 2


def test_branches_are_named_returned_to_and_deleted(qtbot: QtBot, session: Session):
    train(qtbot, session, 3)
    end = bits(session.trainer)
    session.timeline.look_at_epoch(1)
    session.timeline.take_up()
    train(qtbot, session, 1)
    first, second = session.timeline.record.branches
    session.timeline.rename(second, "smaller")
    session.timeline.return_to(first)
    assert bits(session.trainer) == end
    session.timeline.delete(second)
    assert session.timeline.record.branches == (first,)
    session.undo_stack.undo()
    assert [branch.name for branch in session.timeline.record.branches] == ["", "smaller"]
    session.undo_stack.undo()
    assert session.timeline.record.current is second
    session.undo_stack.undo()
    assert second.name != "smaller"


def test_what_is_done_while_it_trains_is_in_the_log(qtbot: QtBot, session: Session):
    session.toggle_training()
    qtbot.waitUntil(lambda: session.ask(lambda trainer: trainer.epoch).result() > 2)
    session.change("Rate", with_value(session.experiment, "training.learning_rate", 0.2))
    session.network_edits.set_unit_enabled(0, 0, enabled=False)
    session.timeline.back_epoch()
    assert not session.running
    record = session.timeline.record
    assert record.edits == 2
    assert np.array_equal(record.moment_at(record.step).network.parameters, record.trainer.network.parameters)


def test_names_of_data_change_no_moment(qtbot: QtBot, session: Session):
    train(qtbot, session, 1)
    session.timeline.go_to_start()
    session.name_data(msgspec.structs.replace(session.experiment.data, name="mine"))
    assert session.timeline.looked_at is None
    assert session.experiment.data.name == "mine"


def test_one_key_goes_back_to_the_lowest_test_loss(qtbot: QtBot, make_session: SessionMaker):
    session = make_session(with_data_set(Experiment(), "moons"))
    session.change("Rate", with_value(session.experiment, "training.learning_rate", 2.0))
    losses = []
    for _ in range(20):
        train(qtbot, session, 1)
        losses.append(session.trainer.figures.test.loss)
    go_to_best(session.timeline)
    assert session.trainer.figures.test.loss == min(losses)
