"""Stop When: a run of the window ends where `nnplay train --stop-when` ends it, at any pace, and can be trained on."""

import json
from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from nnplay.cli import main
from nnplay.experiments import Document, write_document
from nnplay.gui.session.notice import Notice
from nnplay.gui.session.pace import FASTEST, TrainingPace
from nnplay.gui.session.session import Session
from nnplay.training.conditions import CONDITIONS, condition_in
from nnplay.training.edits import with_activation, with_value
from nnplay.training.experiment import Experiment
from nnplay.training.run_control import RunState
from tests.training.conditions.expected import EXPECTED
from tests.training.conditions.full_record import MOONS

PATIENCE = 30_000
STOPS = [words for words in EXPECTED if CONDITIONS[condition_in(words).kind].stops]
SessionMaker = Callable[[Experiment], Session]


class Told:
    """What a session said."""

    def __init__(self, session: Session) -> None:
        self.messages: list[str] = []
        self.notices: list[Notice] = []
        session.message.connect(self.messages.append)
        session.found.connect(self.notices.append)


@pytest.fixture
def session(make_session: SessionMaker) -> Session:
    return make_session(MOONS)


@pytest.fixture
def told(session: Session) -> Told:
    return Told(session)


def train(qtbot: QtBot, session: Session) -> None:
    """Press Train, and wait until the run has ended by itself."""
    session.toggle_training()
    qtbot.waitUntil(lambda: not session.running, timeout=PATIENCE)


def step_of(words: str, capsys: pytest.CaptureFixture[str], path: str) -> int:
    """Where the command line ends the run."""
    main(["train", path, "--json", "--epochs", "400", "--stop-when", words])
    return json.loads(capsys.readouterr().out)["stopped_by"]["steps"]


def test_it_ends_at_the_very_step_at_which_the_command_line_ends_it(
    qtbot: QtBot, session: Session, tmp_path, capsys: pytest.CaptureFixture[str]
):
    path = str(tmp_path / "moons.nnplay")
    write_document(Document(experiment=MOONS), tmp_path / "moons.nnplay")
    for words in STOPS:
        expected = step_of(words, capsys, path)
        session.reset()
        session.stop_when.set_condition(condition_in(words))
        if expected:  # else it is true at the start already, which ends no run here
            train(qtbot, session)
            assert session.trainer.place.updates == expected, words


def test_it_says_where_and_is_still_there_and_train_goes_on(qtbot: QtBot, session: Session, told: Told):
    session.stop_when.set_condition(condition_in("a unit died"))
    train(qtbot, session)
    assert told.messages == ["A unit died: the run stops there", "A unit died: stopped at epoch 0, batch 1"]
    assert told.notices[0].sentence == told.messages[-1]
    assert session.state is RunState.PAUSED
    train(qtbot, session)
    assert session.trainer.place.updates == 3
    assert told.messages[-1] == "A unit died: stopped at epoch 0, batch 3"
    told.notices[-1].suggestion.action()
    assert session.stop_when.condition is None
    session.step_epoch()
    qtbot.waitUntil(lambda: not session.running)
    assert session.trainer.place == (1, 0, 4)


def test_what_is_true_already_ends_nothing_until_it_is_true_anew(qtbot: QtBot, session: Session, told: Told):
    for _ in range(3):
        session.step_epoch()
        qtbot.waitUntil(lambda: not session.running)
    session.stop_when.set_condition(condition_in("loss < 0.3"))
    assert told.messages[-1] == "Loss below 0.3: true here already; the run stops where it comes true anew"
    train(qtbot, session)
    assert session.trainer.epoch == 5  # in the fourth it was above
    session.reset()
    train(qtbot, session)
    assert session.trainer.epoch == 3


def test_pauses_steps_and_looks_back_don_t_change_where_it_ends(qtbot: QtBot, session: Session):
    words = "test.loss rises for 12"
    session.stop_when.set_condition(condition_in(words))
    train(qtbot, session)
    expected = session.trainer.place
    session.reset()
    while session.trainer.epoch < expected.epoch - 2:
        session.step_epoch()
        qtbot.waitUntil(lambda: not session.running)
        session.step_batch()
        qtbot.waitUntil(lambda: not session.running)
    session.timeline.back_epoch()
    session.timeline.leave()
    train(qtbot, session)
    assert session.trainer.place == expected


def test_by_phase_it_ends_there_too(qtbot: QtBot, session: Session, told: Told):
    session.stop_when.set_condition(condition_in("a unit died"))
    session.set_pace(TrainingPace(1000.0, by_phase=True))
    train(qtbot, session)
    assert told.messages[-1] == "A unit died: stopped at epoch 0, batch 1"
    train(qtbot, session)
    assert told.messages[-1] == "A unit died: stopped at epoch 0, batch 3"
    while session.trainer.place.updates < 4:  # by hand
        session.step_phase()
    assert told.messages[-1] == "A unit died: stopped at epoch 1"
    session.back_phase()
    session.step_phase()
    assert len(told.notices) == 3


def test_a_branch_and_what_undo_brings_back_are_watched_from_there(qtbot: QtBot, session: Session):
    session.stop_when.set_condition(condition_in("epoch 9"))
    train(qtbot, session)
    assert session.trainer.place == (9, 0, 36)
    session.timeline.look_at_epoch(4)
    train(qtbot, session)
    assert session.trainer.place == (9, 0, 36)
    assert len(session.timeline.record.branches) == 2
    session.undo_stack.undo()
    session.reset()
    train(qtbot, session)
    assert session.trainer.epoch == 9


def test_while_it_runs_it_can_be_set_and_taken_away(qtbot: QtBot, session: Session):
    session.set_pace(TrainingPace(0.1))
    session.toggle_training()
    session.stop_when.set_condition(condition_in("epoch 3"))
    session.stop_when.set_condition(condition_in("epoch 4"))
    session.set_pace(FASTEST)
    qtbot.waitUntil(lambda: not session.running, timeout=PATIENCE)
    assert session.trainer.place == (4, 0, 16)
    session.stop_when.set_condition(condition_in("epoch 1000000"))
    session.toggle_training()
    session.stop_when.set_condition(None)
    assert session._run._control.watch is None, "a run costs nothing more than one without"
    now = session.ask(lambda trainer: trainer.epoch).result()
    qtbot.waitUntil(lambda: session.ask(lambda trainer: trainer.epoch).result() > now, timeout=PATIENCE)
    session.toggle_training()
    qtbot.waitUntil(lambda: not session.running)


def test_it_waits_where_the_run_does_not_have_what_it_is_about(qtbot: QtBot, session: Session):
    news = []
    session.stop_when.changed.connect(lambda: news.append(session.stop_when.problem))
    session.stop_when.set_condition(condition_in("a unit died"))
    session.change("tanh", with_activation(session.experiment, "tanh"))
    assert "ReLU" in session.stop_when.problem
    session.step_epoch()
    qtbot.waitUntil(lambda: not session.running)
    assert session.trainer.epoch == 1
    session.undo_stack.undo()
    assert session.stop_when.problem == ""
    assert len(news) == 3
    session.reset()
    train(qtbot, session)
    assert session.trainer.place.updates == 1
    session.stop_when.set_condition(condition_in("test.loss < 0.6"))
    session.change("All for training", with_value(session.experiment, "data.train_share", 1.0))
    assert session.stop_when.problem == "This run has no test set"
