"""At a pace by phase a run walks through step after step by itself, and behaves as any run does."""

import msgspec
import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from nnplay.data import Table
from nnplay.gui.session.pace import FASTEST, TrainingPace
from nnplay.gui.session.session import Session
from nnplay.gui.theme.theme import Theme
from nnplay.training.experiment import YOURS, DataSpec, Experiment, ModelSpec, TrainingSpec
from nnplay.training.run_control import RunState
from nnplay.training.trainer import Trainer
from tests.training.same_run import assert_same, looked_at

PATIENCE = 30_000
QUICK = TrainingPace(1000.0, by_phase=True)
SLOW = TrainingPace(0.001, by_phase=True)
"""One phase at once, and the next one after a quarter of an hour."""
replace = msgspec.structs.replace


@pytest.fixture
def session(qapp):
    session = Session(Experiment(), Theme(qapp))
    yield session
    session.close()


def stepped(steps: int, experiment: Experiment | None = None) -> Trainer:
    trainer = Trainer(experiment or Experiment())
    for _ in range(steps):
        trainer.step()
    trainer.finish()
    return trainer


def play(qtbot: QtBot, session: Session, pace: TrainingPace, cursor: int = 0) -> None:
    """Play until a phase is come to."""
    session.set_pace(pace)
    session.toggle_training()
    qtbot.waitUntil(lambda: session.walk.walk is not None and session.walk.walk.cursor >= cursor, timeout=PATIENCE)


def test_it_walks_through_step_after_step(qtbot: QtBot, session: Session):
    session.set_pace(QUICK)
    session.toggle_training()
    assert (session.running, session.playing, session.state) == (True, True, RunState.RUNNING)
    qtbot.waitUntil(lambda: session.trainer.epoch >= 3, timeout=PATIENCE)
    session.toggle_training()
    assert (session.running, session.state) == (False, RunState.PAUSED)
    assert session.walk.walk is not None, "the walk stays open where it was paused"
    session.settle()
    assert_same(looked_at(session.trainer), stepped(session.trainer.epoch))


def test_it_goes_on_from_the_phase_where_it_was_paused(qtbot: QtBot, session: Session):
    play(qtbot, session, SLOW)
    session.toggle_training()
    for _ in range(3):
        session.step_phase()
    walk = session.walk.walk
    session.toggle_training()
    qtbot.waitUntil(lambda: walk.cursor == 4, timeout=PATIENCE)
    assert session.walk.walk is walk
    assert session.trainer.epoch == 0


def test_by_hand_nothing_is_stepped_while_it_plays(qtbot: QtBot, session: Session):
    play(qtbot, session, SLOW)
    for step in (session.step_phase, session.back_phase, session.step_batch, session.step_epoch):
        step()
    assert session.walk.walk.cursor == 0
    assert session.trainer.epoch == 0


def test_another_speed_by_phase_holds_at_once(qtbot: QtBot, session: Session):
    play(qtbot, session, SLOW)
    session.set_pace(QUICK)
    qtbot.waitUntil(lambda: session.trainer.epoch > 0, timeout=PATIENCE)
    assert session.playing


def test_from_phases_to_epochs_the_step_is_made_and_the_run_goes_on(qtbot: QtBot, session: Session):
    play(qtbot, session, SLOW)
    with qtbot.waitSignal(session.walk.changed):
        session.set_pace(FASTEST)
    assert session.walk.walk is None
    assert (session.running, session.playing) == (True, False)
    qtbot.waitUntil(lambda: session.ask(lambda trainer: trainer.epoch).result() > 5, timeout=PATIENCE)
    session.pause()
    qtbot.waitUntil(lambda: not session.running, timeout=PATIENCE)
    assert_same(looked_at(session.trainer), stepped(session.trainer.epoch))


def test_from_epochs_to_phases_a_run_plays_by_phase(qtbot: QtBot, session: Session):
    session.toggle_training()
    session.set_pace(QUICK)
    assert session.playing
    qtbot.waitUntil(lambda: session.walk.walk is not None, timeout=PATIENCE)
    session.pause()
    session.settle()
    assert_same(looked_at(session.trainer), stepped(session.trainer.epoch))


def test_a_speed_by_phase_that_is_chosen_at_rest_begins_nothing(session: Session):
    session.set_pace(QUICK)
    assert not session.running
    session.step_phase()
    session.set_pace(FASTEST)
    assert not session.running
    assert session.walk.walk is not None


def test_a_change_that_is_applied_lets_it_go_on_with_the_next_step(qtbot: QtBot, session: Session):
    play(qtbot, session, SLOW)
    experiment = session.experiment
    changed = replace(experiment, training=replace(experiment.training, learning_rate=0.1))
    session.change("Rate", changed)
    assert session.walk.walk is None
    assert session.playing
    assert session.trainer.epoch == 1, "the step was made with the rate that held"
    np.testing.assert_array_equal(session.trainer.network.parameters, stepped(1).network.parameters)


@pytest.mark.parametrize("act", ["reset", "new_start"])
def test_after_a_fresh_start_it_goes_on_as_a_run_does(qtbot: QtBot, session: Session, act: str):
    play(qtbot, session, SLOW)
    getattr(session, act)()
    assert session.playing
    assert session.trainer.epoch == 0
    qtbot.waitUntil(lambda: session.walk.walk is not None, timeout=PATIENCE)


def test_another_run_from_elsewhere_comes_paused(qtbot: QtBot, session: Session):
    play(qtbot, session, SLOW)
    session.replace_run("Open", Trainer(Experiment(seed=7)))
    assert not session.running
    assert session.walk.walk is None
    session.undo_stack.undo()
    assert_same(looked_at(session.trainer), stepped(1))


def test_undo_and_redo_complete_the_step_first(qtbot: QtBot, session: Session):
    play(qtbot, session, SLOW)
    session.undo_stack.undo()
    assert session.playing
    assert_same(looked_at(session.trainer), stepped(0))
    session.undo_stack.redo()
    assert_same(looked_at(session.trainer), stepped(1))


def test_closing_completes_the_step_and_ends_it(qtbot: QtBot, session: Session):
    play(qtbot, session, SLOW)
    session.close()
    assert not session.running
    assert_same(looked_at(session.trainer), stepped(1))


def test_it_ends_where_a_step_diverges_and_that_is_said(qtbot: QtBot, session: Session):
    experiment = Experiment(
        data=DataSpec(kind="gaussian_bumps", samples=50),
        model=ModelSpec(loss="mean_squared_error"),
        training=TrainingSpec(learning_rate=1e300),
    )
    session.replace_run("Diverges", Trainer(experiment))
    session.set_pace(QUICK)
    with qtbot.waitSignal(session.found, timeout=PATIENCE):
        session.toggle_training()
    assert (session.running, session.state) == (False, RunState.DIVERGED)


def test_after_a_divergence_a_phase_is_a_pause_again(qtbot: QtBot, session: Session):
    test_it_ends_where_a_step_diverges_and_that_is_said(qtbot, session)
    experiment = session.experiment
    session.change("Rate", replace(experiment, training=replace(experiment.training, learning_rate=1e-6)))
    session.step_phase()
    assert session.state is RunState.PAUSED


@pytest.mark.parametrize(("points", "batch_norm"), [(0, False), (1, True)])
def test_it_ends_where_there_is_nothing_to_train_on(qtbot: QtBot, session: Session, points: int, batch_norm: bool):
    table = Table(np.full((points, 2), 0.5), np.ones(points))
    data = replace(session.experiment.data, kind=YOURS, table=table)
    model = replace(session.experiment.model, batch_norm=batch_norm)
    session.replace_run("Few", Trainer(replace(session.experiment, data=data, model=model)))
    session.set_pace(QUICK)
    with qtbot.waitSignal(session.refused):
        session.toggle_training()
    assert not session.running
    with qtbot.waitSignal(session.refused):
        session.step_phase()
    assert session.walk.walk is None


def test_it_ends_where_its_points_are_taken_away(qtbot: QtBot, session: Session):
    play(qtbot, session, QUICK)
    data = replace(session.experiment.data, kind=YOURS, table=Table(np.empty((0, 2)), np.empty(0)))
    session.change("Erase all", replace(session.experiment, data=data))
    qtbot.waitUntil(lambda: not session.running, timeout=PATIENCE)


def test_it_leaves_a_drag_alone(qtbot: QtBot, session: Session):
    pending = []
    session.undo_stack.settling.connect(lambda: pending.append("settled"))
    session.set_pace(QUICK)
    session.toggle_training()
    pending.clear()
    qtbot.waitUntil(lambda: session.trainer.epoch > 2, timeout=PATIENCE)
    assert pending == []
