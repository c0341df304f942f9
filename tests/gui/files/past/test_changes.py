"""The run is computed again while the window goes on, and stays as it was where a person cancels."""

import threading
from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from nnplay.gui.files import waiting, work
from nnplay.gui.files.waiting import Waiting, WaitingDialog
from nnplay.gui.session.past import PastChange, changed, edits_of, removed
from nnplay.gui.window.main_window import MainWindow
from nnplay.training.edits import with_value
from nnplay.training.experiment import Experiment
from nnplay.training.moment import Moment
from nnplay.training.record import ExperimentEdit, Recording, UnitEdit
from nnplay.training.record.past import Progress
from nnplay.training.trainer import Trainer
from tests.training.record.same_moment import assert_same_moment

RATE = "training.learning_rate"


@pytest.fixture
def window(make_window: Callable[[Experiment], MainWindow]) -> MainWindow:
    """A window on 40 epochs, in the middle of which the rate was changed."""
    window = make_window(Experiment())
    session = window.session
    for rate in (0.1, 0.2):
        for _ in range(20 * session.trainer.batches):
            session.trainer.step()
        session.change("Rate", with_value(session.experiment, RATE, rate))
    return window


def said(window: MainWindow) -> tuple[list[str], list[str]]:
    """What is told from now on: messages and refusals."""
    messages: list[str] = []
    refusals: list[str] = []
    window.session.message.connect(messages.append)
    window.session.refused.connect(refusals.append)
    return messages, refusals


def test_cancel_leaves_all_as_it_was(qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work, "AT_ONCE_MS", 0)
    monkeypatch.setattr(waiting, "PATIENCE_MS", 0)
    session, record = window.session, window.session.timeline.record
    before, branches, steps = Moment.of(session.trainer), record.branches, session.undo_stack.count()
    (edit, _) = edits_of(record.current)
    may_end, ended = threading.Event(), threading.Event()

    def make(apart: Recording, progress: Progress) -> Trainer | None:
        removed(edit).make(apart, progress)
        try:
            while True:  # as a long run goes on for
                may_end.wait(0.02)
                progress(1, 2)
        finally:
            ended.set()

    session.requests.past.emit(PastChange("long", record.current, make))
    qtbot.waitUntil(lambda: any(each.isVisible() for each in window.findChildren(WaitingDialog)))
    (dialog,) = window.findChildren(WaitingDialog)
    assert dialog.label.text() == "Computing the run again"
    session.timeline.look_at_epoch(3)  # the window goes on meanwhile
    assert session.trainer.epoch == 3
    session.timeline.leave()
    dialog.cancel.click()
    may_end.set()
    qtbot.waitUntil(ended.is_set)
    qtbot.waitUntil(lambda: not window.findChildren(Waiting))
    assert record.branches == branches
    assert session.undo_stack.count() == steps
    assert_same_moment(Moment.of(session.trainer), before)


def test_a_run_that_diverges_is_said_to(window: MainWindow) -> None:
    session, record = window.session, window.session.timeline.record
    messages, _ = said(window)
    edit = edits_of(record.current)[0]
    session.requests.past.emit(changed(edit, ExperimentEdit(values={RATE: 1e300})))
    assert "the run diverged at epoch" in messages[-1]
    assert len(record.branches) == 2
    assert session.trainer.epoch < 40
    session.undo_stack.undo()
    assert session.trainer.epoch == 40
    assert len(record.branches) == 1


def test_what_can_not_be_is_refused_in_a_sentence(window: MainWindow) -> None:
    session, record = window.session, window.session.timeline.record
    messages, refusals = said(window)
    edit = edits_of(record.current)[0]
    session.requests.past.emit(changed(edit, UnitEdit(layer=5, unit=0, enabled=False)))
    assert refusals[-1].endswith("can't be at epoch 20: the network has no such unit")
    assert not messages
    assert len(record.branches) == 1

    def meanwhile(apart: Recording, progress: Progress) -> Trainer | None:
        made = removed(edits_of(record.current)[1]).make(apart, progress)
        record.went_back(0)  # as if undone while it was computed
        return made

    session.requests.past.emit(PastChange("late", record.current, meanwhile))
    assert "was changed meanwhile" in refusals[-1]
    assert len(record.branches) == 1


def test_edits_of_the_points_are_numbers_too(window: MainWindow) -> None:
    session, record = window.session, window.session.timeline.record
    session.change("Share", with_value(session.experiment, "data.train_share", 0.5))
    edit = edits_of(record.current)[-1]
    assert edit.words == "For training 1 → 0.5"
    assert edit.can_be_changed
    session.requests.past.emit(changed(edit, edit.with_value(0.75)))
    assert edits_of(record.current)[-1].words == "For training 1 → 0.75"
    assert session.experiment.data.train_share == 0.75


@pytest.mark.parametrize("path", ["training.clip_norm"])
def test_what_was_switched_off_can_be_a_number(window: MainWindow, path: str) -> None:
    session, record = window.session, window.session.timeline.record
    session.change("Clip", with_value(session.experiment, path, 1.0))
    session.change("No clip", with_value(session.experiment, path, None))
    edit = edits_of(record.current)[-1]
    assert edit.words == "Clip gradient at 1 → off"
    assert edit.can_be_changed
    assert edit.value is None


def test_a_run_that_goes_on_is_paused_for_it(qtbot: QtBot, window: MainWindow) -> None:
    session, record = window.session, window.session.timeline.record
    session.toggle_training()
    qtbot.waitUntil(lambda: session.ask(lambda trainer: trainer.epoch).result() > 60)
    session.requests.past.emit(removed(edits_of(record.current)[0]))
    assert not session.running
    old, new = record.branches
    assert record.current is new
    assert record.step == record.end_of(old)
    assert session.timeline.name_of(new) == "Without Learning rate 0.1"
    session.undo_stack.undo()
    assert record.branches == (old,)
