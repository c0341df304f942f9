"""A walk by phase is taken back by Undo, and completed by whatever comes beside it."""

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication, QWidget

from nnplay.gui.session import phase_steps
from nnplay.gui.session.session import Session
from nnplay.gui.theme.theme import Theme
from nnplay.training.experiment import Experiment
from nnplay.training.trainer import Trainer
from tests.training.same_run import assert_same, looked_at


@pytest.fixture
def session(qapp):
    session = Session(Experiment(), Theme(qapp))
    yield session
    session.close()


def stepped(steps: int) -> Trainer:
    trainer = Trainer(Experiment())
    for _ in range(steps):
        trainer.step()
    trainer.finish()
    return trainer


def test_walking_through_makes_one_step(session):
    for _ in range(len(Trainer(Experiment()).coming_step().layers) * 4 + 3):
        assert session.walk.walk is None or not session.walk.walk.through
        session.step_phase()
    assert session.walk.walk.through
    assert_same(looked_at(session.trainer), stepped(1))


def test_the_next_phase_after_the_update_is_the_first_of_the_next_step(session):
    session.step_phase()
    session.walk.complete()
    session.step_phase()
    assert session.walk.walk.cursor == 0
    assert_same(looked_at(session.trainer), stepped(1))


def test_no_step_is_walked_through_while_steps_are_compiled(session, monkeypatch):
    """The window would wait for ten seconds."""
    refused = []
    session.refused.connect(refused.append)
    with monkeypatch.context() as patch:
        patch.setattr(phase_steps, "awaits_kernel", lambda _: True)
        session.step_phase()
    assert refused == ["The steps are being compiled, once: that takes some seconds; try again then"]
    assert session.walk.walk is None
    session.step_phase()
    assert session.walk.walk is not None


@pytest.mark.parametrize("act", ["settle", "close"])
def test_leaving_in_the_middle_completes_the_step(session, act):
    for _ in range(4):
        session.step_phase()
    getattr(session, act)()
    assert session.walk.walk is None
    assert_same(looked_at(session.trainer), stepped(1))


def test_undo_takes_the_step_back_and_redo_makes_it(session):
    for _ in range(4):
        session.step_phase()
    session.undo_stack.undo()
    assert session.walk.walk is None
    assert_same(looked_at(session.trainer), stepped(0))
    session.undo_stack.redo()
    assert_same(looked_at(session.trainer), stepped(1))


def test_back_from_the_first_phase_is_no_step(session):
    session.step_phase()
    session.step_phase()
    for _ in range(3):
        session.back_phase()
    assert session.walk.walk is None
    assert_same(looked_at(session.trainer), stepped(0))
    session.undo_stack.redo()
    assert_same(looked_at(session.trainer), stepped(1))


def test_undo_brings_back_what_was_trained_since_by_redo(session, qtbot):
    session.step_phase()
    session.step_epoch()
    qtbot.waitUntil(lambda: not session.running)
    trained = session.trainer.network.parameters.copy()
    session.undo_stack.undo()
    assert_same(looked_at(session.trainer), stepped(0))
    session.undo_stack.redo()
    np.testing.assert_array_equal(session.trainer.network.parameters, trained)


def test_a_change_in_the_middle_applies_to_the_step_that_is_made(session):
    for _ in range(4):
        session.step_phase()
    session.network_edits.set_weight(0, 0, 0, 0.25)
    assert session.trainer.epoch == 1
    session.undo_stack.undo()
    assert_same(looked_at(session.trainer), stepped(1))


def test_a_walk_that_has_ended_is_come_back_into(session):
    for _ in range(4):
        session.step_phase()
    session.settle()
    assert session.walk.can_go_back
    session.back_phase()
    assert session.walk.walk.through
    assert_same(looked_at(session.trainer), stepped(1))
    session.back_phase()
    assert_same(looked_at(session.trainer), stepped(0))
    session.step_phase()
    session.settle()
    assert_same(looked_at(session.trainer), stepped(1))


def test_back_goes_through_one_step_after_the_other(session):
    for _ in range(3):
        session.step_phase()
        session.settle()
    for steps in (3, 2, 1):
        session.back_phase()
        assert session.walk.walk.through
        assert_same(looked_at(session.trainer), stepped(steps))
        while session.walk.walk is not None:
            session.back_phase()
        assert_same(looked_at(session.trainer), stepped(steps - 1))
    assert not session.walk.can_go_back
    session.back_phase()
    assert session.walk.walk is None


def test_after_training_or_a_change_there_is_no_way_back_into_a_walk(session, qtbot):
    session.step_phase()
    session.network_edits.set_weight(0, 0, 0, 0.5)
    assert not session.walk.can_go_back
    session.undo_stack.undo()
    assert session.walk.can_go_back, "undone, the walk is the last thing that was done"
    session.step_batch()
    qtbot.waitUntil(lambda: not session.running)
    assert not session.walk.can_go_back


class Viewer(QWidget):
    """Notes the epochs that it is shown."""

    needs = frozenset()

    def __init__(self):
        super().__init__()
        self.looked = []

    def show_snapshot(self, snapshot):
        self.looked.append(snapshot.figures.epoch)


def test_only_the_update_shows_the_run_anew(session, qtbot):
    session.step_phase()
    viewer = Viewer()
    qtbot.addWidget(viewer)
    session.add_viewer(viewer)
    viewer.show()
    qtbot.waitUntil(lambda: viewer.looked == [0])
    for _ in session.walk.walk.phases[2:]:
        session.step_phase()
        QApplication.processEvents()
    assert viewer.looked == [0]
    session.step_phase()
    qtbot.waitUntil(lambda: viewer.looked == [0, 1])
