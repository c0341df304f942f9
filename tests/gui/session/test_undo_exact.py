"""After undo, and after redo, the whole state is what it was: experiment, run and file, to the last bit."""

from collections.abc import Callable
from pathlib import Path
from random import Random

import msgspec
import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from nnplay.gui.session.session import Session
from nnplay.gui.window.main_window import MainWindow
from nnplay.training.edits import with_layers, with_value
from nnplay.training.experiment import DataSpec, Experiment, HiddenLayer, ModelSpec, TrainingSpec
from nnplay.training.moment import Moment
from tests.gui.window_hands import PATIENCE
from tests.training.same_run import assert_same

SessionMaker = Callable[[Experiment], Session]
replace = msgspec.structs.replace
MOONS = Experiment(
    data=DataSpec(kind="moons", samples=60, noise=0.1, train_share=0.7),
    model=ModelSpec(hidden_layers=(HiddenLayer(units=5, activation="tanh"),), dropout=0.2),
    training=TrainingSpec(optimizer="adam", learning_rate=0.01, batch_size=8),
)
AT_ONCE = {
    "training.optimizer": "rmsprop",
    "training.batch_size": 5,
    "training.learning_rate": 0.3,
    "training.l2": 0.01,
    "model.dropout": 0.5,
    "data.noise": 0.2,
    "data.samples": 80,
    "data.train_share": 0.5,
    "data.seed": 7,
}


def train(qtbot: QtBot, session: Session, batches: int) -> None:
    for _ in range(batches):
        session.step_batch()
        qtbot.waitUntil(lambda: not session.running, timeout=PATIENCE)


def state(session: Session) -> tuple[Experiment, Moment]:
    return session.experiment, session.moment()


def assert_equal(one: tuple[Experiment, Moment], other: tuple[Experiment, Moment]) -> None:
    assert one[0] == other[0]
    mine, theirs = one[1], other[1]
    assert (mine.epoch, mine.under_way.position) == (theirs.epoch, theirs.under_way.position)
    assert mine.disabled_units == theirs.disabled_units
    assert mine.network.generator == theirs.network.generator
    assert mine.optimizer.steps == theirs.optimizer.steps
    assert mine.optimizer.arrays.keys() == theirs.optimizer.arrays.keys()
    assert (mine.figures, mine.history_interval) == (theirs.figures, theirs.history_interval)
    for a, b in zip(mine.arrays(), theirs.arrays(), strict=True):
        np.testing.assert_array_equal(a, b)


@pytest.mark.parametrize("path", AT_ONCE)
def test_a_change_that_was_applied_at_once_and_undone_has_never_been(
    qtbot: QtBot, make_session: SessionMaker, path: str
):
    session, untouched = make_session(MOONS), make_session(MOONS)
    for each in (session, untouched):
        train(qtbot, each, 25)
        assert each.trainer.batch
    session.change("Change", with_value(MOONS, path, AT_ONCE[path]))
    assert session.trainer.epoch
    changed = state(session)
    session.undo_stack.undo()
    assert session.experiment == MOONS
    assert_same(session.trainer, untouched.trainer)
    session.undo_stack.redo()
    assert_equal(state(session), changed)
    session.undo_stack.undo()
    for each in (session, untouched):
        train(qtbot, each, 9)
    assert_same(session.trainer, untouched.trainer)


def test_what_was_trained_since_stays_and_the_first_optimiser_has_its_memory(qtbot: QtBot, make_session: SessionMaker):
    session = make_session(MOONS)
    train(qtbot, session, 25)
    memory = session.trainer.optimizer.snapshot()
    session.change("RMSProp", with_value(MOONS, "training.optimizer", "rmsprop"))
    train(qtbot, session, 3)
    parameters = session.trainer.network.parameters.copy()
    session.undo_stack.undo()
    np.testing.assert_array_equal(session.trainer.network.parameters, parameters)
    back = session.trainer.optimizer.snapshot()
    assert back.steps == memory.steps == 25
    for name, array in memory.arrays.items():
        np.testing.assert_array_equal(back.arrays[name], array)


def test_another_width_or_dropout_leaves_the_data_as_they_are(qtbot: QtBot, make_session: SessionMaker):
    session = make_session(MOONS)
    prepared = session.prepared
    session.change("Layer", with_layers(MOONS, 1))  # type: ignore[arg-type]
    session.change("Dropout", with_value(session.experiment, "model.dropout", 0.1))
    assert session.prepared is prepared


def act(session: Session, qtbot: QtBot, random: Random) -> None:
    """One change of any kind."""
    units = session.experiment.model.hidden_layers[0].units
    path, value = random.choice(
        [
            *AT_ONCE.items(),
            ("training.learning_rate", random.choice((0.01, 0.02, 0.05))),
            ("training.batch_size", random.choice((None, 4, 8))),
            ("model.initializer", random.choice(("he_normal", "xavier_normal"))),
        ]
    )
    random.choice(
        [
            lambda: session.change(path, with_value(session.experiment, path, value)),
            lambda: session.change(path, with_value(session.experiment, path, value)),
            lambda: session.network_edits.set_weight(0, 0, random.randrange(units), random.uniform(-2, 2)),
            lambda: session.network_edits.set_bias(0, random.randrange(units), random.uniform(-2, 2)),
            lambda: session.network_edits.set_unit_enabled(0, random.randrange(units), random.random() < 0.5),
            session.reset,
            session.new_start,
        ]
    )()
    train(qtbot, session, random.randrange(4))


@pytest.mark.parametrize("seed", range(6))
def test_undo_all_the_way_and_redo_all_the_way(qtbot: QtBot, make_session: SessionMaker, seed: int):
    session, random = make_session(MOONS), Random(seed)
    for _ in range(30):
        act(session, qtbot, random)
    stack, states = session.undo_stack, [state(session)]
    while stack.canUndo():
        stack.undo()
        states.append(state(session))
    assert session.experiment == MOONS
    for _ in range(2):
        for index, before in enumerate(reversed(states)):
            assert_equal(state(session), before)
            if index < len(states) - 1:
                stack.redo()
        for before in states:
            assert_equal(state(session), before)
            stack.undo()


def test_the_file_that_a_new_experiment_was_saved_to_is_its_own_after_undo_and_redo(
    qtbot: QtBot, make_window: Callable[[Experiment], MainWindow], tmp_path: Path
):
    window = make_window(MOONS)
    window.files.save(tmp_path / "moons")
    window.files.new("circles")
    assert window.files.path is None
    window.files.save(tmp_path / "circles")
    window.actions_.undo.trigger()
    assert window.files.path == (tmp_path / "moons.nnplay").resolve()
    window.actions_.redo.trigger()
    assert window.files.path == (tmp_path / "circles.nnplay").resolve()
    assert window.windowTitle().startswith("circles.nnplay")
