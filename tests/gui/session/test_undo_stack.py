"""The undo stack in bounds: what steps share counts once, and the oldest go first."""

import gc
from collections.abc import Callable, Sequence

import msgspec
import numpy as np
import pytest
from numpy.typing import NDArray
from pytestqt.qtbot import QtBot

from nnplay.data import Table
from nnplay.gui.session import undo_stack
from nnplay.gui.session.session import Session
from nnplay.gui.session.undo_stack import UndoStack
from nnplay.training.edits import with_table
from nnplay.training.experiment import DataSpec, Experiment, HiddenLayer, ModelSpec, TrainingSpec

SessionMaker = Callable[[Experiment], Session]
replace = msgspec.structs.replace
KB = np.zeros(128)
WIDE = Experiment(
    data=DataSpec(kind="circles", samples=50),
    model=ModelSpec(hidden_layers=(HiddenLayer(units=200), HiddenLayer(units=200))),
    training=TrainingSpec(optimizer="adam", learning_rate=0.01, batch_size=10),
)
WEIGHTS = 2 * 200 + 200 + 200 * 200 + 200 + 200 + 1


class Noted:
    """A step that notes what is done, and keeps some arrays."""

    def __init__(self, name: str, done: list[str], arrays: Sequence[NDArray[np.float64]] = ()) -> None:
        self._name, self._done, self._arrays = name, done, arrays

    def redo(self) -> None:
        self._done.append(f"do {self._name}")

    def undo(self) -> None:
        self._done.append(f"undo {self._name}")

    def arrays(self) -> Sequence[NDArray[np.float64]]:
        return self._arrays


@pytest.fixture
def done() -> list[str]:
    return []


def names(stack: UndoStack) -> list[str]:
    return [stack.text(index) for index in range(stack.count())]


def test_steps_of_one_change_are_undone_in_turn(qtbot: QtBot, done: list[str]):
    stack = UndoStack(lambda: ())
    stack.add("Both", Noted("a", done), Noted("b", done))
    stack.undo()
    stack.redo()
    assert done == ["do a", "do b", "undo b", "undo a", "do a", "do b"]


def test_the_oldest_steps_go_first_and_nothing_is_done_again(
    qtbot: QtBot, done: list[str], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(undo_stack, "MOST_BYTES", 3 * KB.nbytes)
    stack = UndoStack(lambda: ())
    for index in range(5):
        stack.add(str(index), Noted(str(index), done, [KB.copy()]))
        assert stack.bytes_kept() <= 3 * KB.nbytes
        assert stack.index() == stack.count()
        assert stack.undoText() == str(index)
        assert stack.canUndo()
    assert names(stack) == ["2", "3", "4"]
    assert done == [f"do {index}" for index in range(5)]
    for _ in range(3):
        stack.undo()
    assert not stack.canUndo()
    for _ in range(3):
        stack.redo()
    assert done[5:] == ["undo 4", "undo 3", "undo 2", "do 2", "do 3", "do 4"]


def test_the_newest_step_stays_however_large_it_is(qtbot: QtBot, done: list[str], monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(undo_stack, "MOST_BYTES", 100)
    stack = UndoStack(lambda: ())
    for name in "ab":
        stack.add(name, Noted(name, done, [KB.copy()]))
    assert names(stack) == ["b"]


def test_what_steps_share_counts_once_and_what_is_in_use_not_at_all(qtbot: QtBot, done: list[str]):
    used, shared = KB.copy(), KB.copy()
    stack = UndoStack(lambda: [used])
    for name in "abc":
        stack.add(name, Noted(name, done, [used, shared]))
    assert stack.bytes_kept() == KB.nbytes


def test_what_a_dropped_step_kept_is_freed(qtbot: QtBot, done: list[str], monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(undo_stack, "MOST_BYTES", KB.nbytes)
    stack = UndoStack(lambda: ())
    for name in "ab":
        stack.add(name, Noted(name, done, [KB.copy()]))
    gc.collect()
    assert sum(isinstance(each, Noted) for each in gc.get_objects()) == 1


def test_a_reset_keeps_one_moment_and_no_data(qtbot: QtBot, make_session: SessionMaker):
    session = make_session(WIDE)
    for count in range(1, 6):
        session.step_batch()
        qtbot.waitUntil(lambda: not session.running)
        session.reset()
        kept = 3 * 8 * WEIGHTS  # the parameters, and Adam's two memories of them
        assert count * kept <= session.undo_stack.bytes_kept() <= count * (kept + 100_000)


def test_points_of_ones_own_are_kept_once(qtbot: QtBot, make_session: SessionMaker):
    inputs = np.random.default_rng(0).uniform(-5, 5, (5000, 2))
    table = Table(inputs, (inputs[:, 0] > 0).astype(float))
    session = make_session(with_table(WIDE, table, (0, 1)))
    small = replace(WIDE, model=ModelSpec())
    session.change("Other data", replace(small, data=DataSpec(kind="moons", samples=50)))
    before = session.undo_stack.bytes_kept()
    assert before >= table.inputs.nbytes
    for _ in range(3):
        session.undo_stack.undo()
        assert session.prepared.table == table
        session.undo_stack.redo()
    for rate in (0.1, 0.2, 0.3):
        data = session.experiment.training
        session.change("Rate", replace(session.experiment, training=replace(data, learning_rate=rate)))
    assert session.undo_stack.bytes_kept() <= before + 10_000


def test_a_step_that_comes_from_within_another_is_left_out(qtbot: QtBot, done: list[str]):
    stack = UndoStack(lambda: ())

    class Nested(Noted):
        def redo(self) -> None:
            super().redo()
            stack.add("Inner", Noted("inner", done))

    stack.add("Outer", Nested("outer", done))
    stack.undo()
    stack.redo()
    assert names(stack) == ["Outer"]
    assert done == ["do outer", "undo outer", "do outer"]
