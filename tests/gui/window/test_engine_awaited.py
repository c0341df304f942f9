"""As long as steps are being compiled, or can't be, the window does everything else, and says what it can't do."""

import sys
import threading
from collections.abc import Callable, Iterator

import msgspec
import pytest
from pytestqt.qtbot import QtBot

from nnplay.gui.files import engine_fetch
from nnplay.gui.session import engine
from nnplay.gui.session.best_moment import go_to_best
from nnplay.gui.window.main_window import MainWindow
from nnplay.gui.window.status import StatusLine
from nnplay.nn import adjusting
from nnplay.training import awaiting, compiling
from nnplay.training.edits import with_value
from nnplay.training.experiment import DataSpec, Experiment, HiddenLayer, ModelSpec, TrainingSpec
from nnplay.training.record import Branch, ExperimentEdit, Recording
from nnplay.training.trainer import Trainer

MOONS = Experiment(
    data=DataSpec(kind="moons", samples=60, train_share=0.8),
    model=ModelSpec(hidden_layers=(HiddenLayer(units=4, activation="relu"),)),
    training=TrainingSpec(batch_size=10, engine="compiled"),
)
WindowMaker = Callable[[Experiment], MainWindow]
PATIENCE = 30_000
AWAITED = "The steps are being compiled, once: that takes some seconds; try again then"


def recorded() -> Recording:
    """A run of two branches and an edit, which was compiled elsewhere; of its moments few are kept."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(adjusting, "is_compiled_faster", lambda _: False)  # NumPy's steps are the same
        record = Recording(Trainer(MOONS), interval=1_000_000)
        for epoch in range(30):
            if epoch == 10:
                before = record.trainer.experiment
                record.edit(ExperimentEdit.between(before, with_value(before, "training.l2", 0.1)), "L2")
            record.trainer.run_epoch()
        record.branch_from(60)
        for _ in range(5):
            record.trainer.run_epoch()
    record.trainer.network.engine = "compiled"
    record._replay = record.cursor()  # what it made by NumPy is no part of it
    return record


@pytest.fixture
def window(make_window: WindowMaker) -> MainWindow:
    window = make_window(msgspec.structs.replace(MOONS, training=TrainingSpec()))
    window.session.replace_run("Opened", recorded())
    return window


@pytest.fixture
def stuck(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Steps are being compiled for as long as the test takes."""
    ended = threading.Event()
    for module in (awaiting, engine, engine_fetch):
        monkeypatch.setattr(module, "is_installed", lambda: True)
    monkeypatch.setattr(compiling, "is_kept", lambda _: True)
    monkeypatch.setattr(compiling, "have_kernel", lambda _: ended.wait())
    monkeypatch.setattr(awaiting, "_kernels", {})
    yield
    ended.set()


@pytest.fixture
def missing(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (awaiting, engine, engine_fetch):
        monkeypatch.setattr(module, "is_installed", lambda: False)
    monkeypatch.setattr(awaiting, "_kernels", {})
    monkeypatch.setitem(sys.modules, "nnplay.nn.compiled.engine", None)


def other_branch(window: MainWindow) -> Branch:
    record = window.session.timeline.record
    (other,) = (branch for branch in record.branches if branch is not record.current)
    other.moments.clear()
    other.moments.set_newest(None)  # as where there are many branches
    return other


ACTS: dict[str, Callable[[MainWindow], object]] = {
    "best": lambda window: go_to_best(window.session.timeline),
    "branch": lambda window: window.session.timeline.return_to(other_branch(window)),
    "phase": lambda window: window.session.step_phase(),
    "ahead": lambda window: window.actions_.see_ahead.trigger(),
}


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.usefixtures("stuck")
def test_what_needs_a_step_now_is_refused_while_steps_are_compiled(window: MainWindow, act: str) -> None:
    session, refused = window.session, list[str]()
    session.refused.connect(refused.append)
    place, branch = session.trainer.place, session.timeline.record.current
    ACTS[act](window)
    assert refused == [AWAITED]
    assert session.trainer.place == place
    assert (session.timeline.record.current, session.timeline.looked_at) == (branch, None)


@pytest.mark.usefixtures("stuck")
def test_everything_else_waits_between_the_turns_of_the_window(qtbot: QtBot, window: MainWindow) -> None:
    session, time = window.session, window.session.timeline
    window.panel("output").checks.influence.setChecked(True)
    window.past.open_page()
    time.look_at(70)
    assert time.coming == 70
    turns = list[float]()
    time.comes.connect(lambda: turns.append(time.share))
    qtbot.waitUntil(lambda: len(turns) > 5, timeout=PATIENCE)
    assert time.coming == 70
    session.film.toggle()
    assert time.looked_at == 0
    qtbot.waitUntil(lambda: time.coming is not None, timeout=PATIENCE)
    session.undo_stack.undo()
    session.undo_stack.redo()
    place = session.trainer.place
    session.toggle_training()
    status = window.findChild(StatusLine)
    qtbot.waitUntil(lambda: "loading the compiled steps" in status._state.text(), timeout=PATIENCE)
    session.toggle_training()
    qtbot.waitUntil(lambda: not session.running, timeout=PATIENCE)
    assert session.trainer.place == place


@pytest.mark.usefixtures("stuck")
def test_the_window_closes_while_a_run_waits(qtbot: QtBot, window: MainWindow) -> None:
    session, place = window.session, window.session.trainer.place
    session.toggle_training()
    qtbot.waitUntil(lambda: "Waiting" in window.findChild(StatusLine)._state.text(), timeout=PATIENCE)
    window.close()
    assert not session.running
    assert session.trainer.place == place


@pytest.mark.parametrize("act", ["best", "branch", "moment", "film"])
@pytest.mark.usefixtures("missing")
def test_without_numba_a_compiled_run_says_what_it_needs(qtbot: QtBot, window: MainWindow, act: str) -> None:
    acts = ACTS | {
        "moment": lambda window: window.session.timeline.look_at(70),
        "film": lambda window: window.session.film.toggle(),
    }
    session, refused = window.session, list[str]()
    session.refused.connect(refused.append)
    acts[act](window)
    qtbot.waitUntil(lambda: bool(refused), timeout=PATIENCE)
    assert refused[0] == "These steps of the run were compiled, and can't be computed again without numba"
    assert not session.film.playing
    assert session.timeline.coming is None
    window.panel("output").checks.influence.setChecked(True)
    window.past.open_page()
