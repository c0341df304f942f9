"""Undo brings a run back as trained as it was, and redo as it was when undone, to the last bit."""

import gc
import weakref
from collections.abc import Callable

import msgspec
import pytest
from pytestqt.qtbot import QtBot

from nnplay.gui.session.session import Session
from nnplay.nn import NeuralNetwork
from nnplay.training.diagnosis import Fix
from nnplay.training.experiment import DataSpec, Experiment, HiddenLayer, ModelSpec, TrainingSpec
from nnplay.training.run_control import Goal
from nnplay.training.trainer import Trainer
from tests.gui.window_hands import PATIENCE
from tests.training.same_run import assert_same

SessionMaker = Callable[[Experiment], Session]
replace = msgspec.structs.replace
WILD = Experiment(
    data=DataSpec(kind="moons", samples=60, noise=0.1, train_share=0.7),
    model=ModelSpec(
        hidden_layers=(HiddenLayer(units=5, activation="tanh"), HiddenLayer(units=3)), batch_norm=True, dropout=0.3
    ),
    training=TrainingSpec(optimizer="adam", learning_rate=0.01, batch_size=8, l2=0.001),
    seed=3,
)

WIDER = replace(WILD, model=replace(WILD.model, hidden_layers=(HiddenLayer(units=6), HiddenLayer(units=3))))
OTHER_RATE = replace(WILD, training=replace(WILD.training, learning_rate=0.02))


def train(qtbot: QtBot, session: Session, epochs: int = 0, batches: int = 0) -> None:
    for goal in [Goal.EPOCH] * epochs + [Goal.BATCH] * batches:
        session.step_epoch() if goal is Goal.EPOCH else session.step_batch()
        qtbot.waitUntil(lambda: not session.running, timeout=PATIENCE)


@pytest.fixture
def begun(qtbot: QtBot, make_session: SessionMaker) -> Callable[[], Session]:
    """Makes sessions whose run rests within an epoch, with a unit off and another weight."""

    def make() -> Session:
        session = make_session(WILD)
        train(qtbot, session, epochs=4)
        session.network_edits.set_unit_enabled(0, 2, False)
        session.network_edits.set_weight(1, 0, 1, 0.75)
        train(qtbot, session, epochs=2, batches=3)
        assert session.trainer.batch == 3
        return session

    return make


def test_a_run_that_was_undone_to_is_the_one_that_nothing_happened_to(qtbot: QtBot, begun: Callable[[], Session]):
    session, whole = begun(), begun()
    assert_same(session.trainer, whole.trainer)
    session.change("Wider", WIDER)
    train(qtbot, session, epochs=3, batches=2)
    session.undo_stack.undo()
    assert session.experiment == WILD
    assert_same(session.trainer, whole.trainer)
    for _ in range(5):
        train(qtbot, session, epochs=1)
        train(qtbot, whole, epochs=1)
        assert_same(session.trainer, whole.trainer)


def test_a_run_that_was_redone_is_as_it_was_when_undone(qtbot: QtBot, begun: Callable[[], Session]):
    session, whole = begun(), begun()
    for each in (session, whole):
        each.change("Wider", WIDER)
        train(qtbot, each, epochs=2)
        each.network_edits.set_unit_enabled(0, 5, False)
        train(qtbot, each, epochs=1, batches=2)
    for _ in range(2):  # the change itself, and the unit that was switched off after it
        session.undo_stack.undo()
    train(qtbot, session, epochs=1, batches=1)
    for _ in range(2):
        session.undo_stack.redo()
    assert session.experiment == WIDER
    assert_same(session.trainer, whole.trainer)
    train(qtbot, session, epochs=5)
    train(qtbot, whole, epochs=5)
    assert_same(session.trainer, whole.trainer)


def test_what_is_left_by_undo_goes_on_where_it_was_left_each_time(qtbot: QtBot, begun: Callable[[], Session]):
    session, whole = begun(), begun()
    wide = Trainer(WIDER)
    session.change("Wider", WIDER)
    for _ in range(3):
        train(qtbot, session, epochs=1)
        wide.run_epoch()
        assert_same(session.trainer, wide)
        session.undo_stack.undo()
        train(qtbot, session, epochs=1)
        train(qtbot, whole, epochs=1)
        assert_same(session.trainer, whole.trainer)
        session.undo_stack.redo()


def test_a_change_that_is_applied_at_once_leaves_the_training_when_undone(qtbot: QtBot, begun: Callable[[], Session]):
    session = begun()
    trainer = session.trainer
    session.change("Other rate", OTHER_RATE)
    train(qtbot, session, epochs=1)
    epoch, parameters = trainer.epoch, trainer.network.parameters.copy()
    session.undo_stack.undo()
    assert session.trainer is trainer
    assert trainer.experiment == WILD
    assert (trainer.epoch, trainer.network.parameters.tolist()) == (epoch, parameters.tolist())


FIX = Fix("Use another rate", "", OTHER_RATE, "Back to the start, with another rate")


@pytest.mark.parametrize("change", ["reset", "new_start", "use_fix", "replace_run"])
def test_every_way_to_another_run_can_be_undone(qtbot: QtBot, begun: Callable[[], Session], change: str):
    session, whole = begun(), begun()
    changes = {
        "reset": session.reset,
        "new_start": session.new_start,
        "use_fix": lambda: session.findings.use_fix(FIX),
        "replace_run": lambda: session.replace_run("Open another", Trainer(WIDER)),
    }
    changes[change]()
    qtbot.waitUntil(lambda: not session.running or session.trainer.epoch > 0, timeout=PATIENCE)
    session.pause()
    qtbot.waitUntil(lambda: not session.running, timeout=PATIENCE)
    session.undo_stack.undo()
    assert_same(session.trainer, whole.trainer)
    train(qtbot, session, epochs=2)
    train(qtbot, whole, epochs=2)
    assert_same(session.trainer, whole.trainer)


def test_a_run_that_was_left_takes_the_memory_of_its_moment_only(qtbot: QtBot, begun: Callable[[], Session]):
    session = begun()

    def freed(network: weakref.ref[NeuralNetwork]) -> bool:
        gc.collect()
        return network() is None

    for change in (lambda: session.change("Wider", WIDER), session.undo_stack.undo, session.undo_stack.redo):
        left = weakref.ref(session.trainer.network)
        change()
        qtbot.waitUntil(lambda network=left: freed(network), timeout=PATIENCE)


def test_undo_goes_on_training_where_that_was_going_on(qtbot: QtBot, begun: Callable[[], Session]):
    session = begun()
    session.change("Wider", WIDER)
    session.toggle_training()
    qtbot.waitUntil(lambda: session.trainer.epoch > 2, timeout=PATIENCE)
    session.undo_stack.undo()
    assert session.running
    epoch = session.trainer.epoch
    assert epoch >= 6
    qtbot.waitUntil(lambda: session.trainer.epoch > epoch, timeout=PATIENCE)
