"""A walk by phase is a batch step, to the last bit, however it is left: 50 random experiments."""

import random
from collections.abc import Callable

import msgspec
import pytest
from pytestqt.qtbot import QtBot

from nnplay.gui.session.session import Session
from nnplay.gui.theme.theme import Theme
from nnplay.training.trainer import Trainer
from tests.training.random_experiments import random_experiment
from tests.training.same_run import assert_same, looked_at

PATIENCE = 30_000
SEEDS = range(50)
replace = msgspec.structs.replace
MakeSession = Callable[[int], Session]


@pytest.fixture
def begun(qapp):
    """Sessions of random experiments, some steps on."""
    made = []

    def make(seed: int) -> Session:
        session = Session(random_experiment(seed), Theme(qapp))
        made.append(session)
        for _ in range(seed % 4):
            session.trainer.step()
        session.trainer.finish()
        return session

    yield make
    for session in made:
        session.close()


def stepped(seed: int, steps: int) -> Trainer:
    """The same run by ordinary steps."""
    trainer = Trainer(random_experiment(seed))
    for _ in range(seed % 4 + steps):
        trainer.step()
    trainer.finish()
    return trainer


def walk(session: Session, phases: int | None = None) -> None:
    """Begin a walk and go on by so many phases, or through."""
    session.step_phase()
    found = session.walk.walk
    assert found is not None
    for _ in range(len(found.phases) - 1 if phases is None else phases):
        session.step_phase()


def rests(qtbot: QtBot, session: Session) -> None:
    qtbot.waitUntil(lambda: not session.running, timeout=PATIENCE)


def settle(_qtbot: QtBot, session: Session, ordinary: Trainer) -> None:
    session.settle()
    ordinary.step()


def batch(qtbot: QtBot, session: Session, ordinary: Trainer) -> None:
    session.step_batch()
    rests(qtbot, session)
    ordinary.step()
    ordinary.step()


def epoch(qtbot: QtBot, session: Session, ordinary: Trainer) -> None:
    session.step_epoch()
    rests(qtbot, session)
    ordinary.step()
    ordinary.run_epoch()


def other_rate(_qtbot: QtBot, session: Session, ordinary: Trainer) -> None:
    experiment = session.experiment
    changed = replace(experiment, training=replace(experiment.training, learning_rate=0.001))
    session.change("Rate", changed)
    ordinary.step()
    ordinary.apply(changed, ordinary.prepared)


def weight(_qtbot: QtBot, session: Session, ordinary: Trainer) -> None:
    session.network_edits.set_weight(0, 0, 0, 0.25)
    ordinary.step()
    ordinary.network.weights[0][0, 0] = 0.25
    ordinary.measure()


def reset(_qtbot: QtBot, session: Session, ordinary: Trainer) -> None:
    session.reset()
    session.undo_stack.undo()
    ordinary.step()


def undo(_qtbot: QtBot, session: Session, _ordinary: Trainer) -> None:
    session.undo_stack.undo()


def undo_and_redo(_qtbot: QtBot, session: Session, ordinary: Trainer) -> None:
    session.undo_stack.undo()
    session.undo_stack.redo()
    ordinary.step()


def back(_qtbot: QtBot, session: Session, _ordinary: Trainer) -> None:
    while session.walk.walk is not None:
        session.back_phase()


WAYS_OUT = (settle, batch, epoch, other_rate, weight, reset, undo, undo_and_redo, back)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_walk_is_a_batch_step_and_is_left_at_any_phase_by_any_way(qtbot: QtBot, begun: MakeSession, seed: int):
    session = begun(seed)
    walk(session)
    assert session.walk.walk is not None
    assert session.walk.walk.through
    assert_same(looked_at(session.trainer), stepped(seed, 1))
    session.undo_stack.undo()
    assert_same(looked_at(session.trainer), stepped(seed, 0))
    if seed % 2:
        chance, ordinary = random.Random(seed), stepped(seed, 0)
        walk(session, chance.randrange(len(Trainer(session.experiment).coming_step().layers) * 4))
        WAYS_OUT[seed // 2 % len(WAYS_OUT)](qtbot, session, ordinary)
        ordinary.finish()
        assert session.walk.walk is None
        assert_same(looked_at(session.trainer), ordinary)


def test_the_ways_out_are_all_taken():
    assert {seed // 2 % len(WAYS_OUT) for seed in SEEDS if seed % 2} == set(range(len(WAYS_OUT)))
