"""The engine of a run, as a person chooses it, reads it and trains by it."""

import sys
from collections.abc import Callable
from pathlib import Path

import msgspec
import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from nnplay.gui.files import engine_fetch
from nnplay.gui.files.waiting import Waiting, WaitingDialog
from nnplay.gui.session import engine
from nnplay.gui.session.session import Session
from nnplay.gui.window.main_window import MainWindow
from nnplay.gui.window.status import StatusLine
from nnplay.training import awaiting
from nnplay.training.experiment import DataSpec, Experiment, HiddenLayer, ModelSpec, TrainingSpec
from nnplay.training.run_control import RunState
from nnplay.training.trainer import Trainer
from tests.nn.compiled.warm import needs_numba

replace = msgspec.structs.replace
MOONS = Experiment(
    data=DataSpec(kind="moons", samples=60),
    model=ModelSpec(hidden_layers=(HiddenLayer(units=4, activation="tanh"),)),
    training=TrainingSpec(learning_rate=0.1, batch_size=10, optimizer="adam"),
)
COMPILED = replace(MOONS, training=replace(MOONS.training, engine="compiled"))
WIDE = replace(COMPILED, model=ModelSpec(hidden_layers=(HiddenLayer(units=128), HiddenLayer(units=64))))
WindowMaker = Callable[[Experiment], MainWindow]
PATIENCE = 120_000


def state(window: MainWindow) -> str:
    return window.findChild(StatusLine)._state.text()


@needs_numba
def test_it_is_chosen_trains_and_is_told(qtbot: QtBot, make_window: WindowMaker) -> None:
    window = make_window(MOONS)
    window.place("training").raise_()
    session, combo = window.session, window.panel("training").engine
    assert "compiled" not in state(window)
    combo.setFocus()
    qtbot.keyClick(combo, Qt.Key.Key_Down)
    combo.activated.emit(combo.currentIndex())
    assert session.experiment.training.engine == "compiled"
    qtbot.waitUntil(lambda: state(window).startswith("Paused · compiled"), timeout=PATIENCE)
    says = window.panel("training").engine_says
    assert says.isVisible() and "the same numbers again" in says.text()
    session.toggle_training()
    qtbot.waitUntil(lambda: session.trainer.epoch > 30, timeout=PATIENCE)
    qtbot.waitUntil(lambda: "epochs/s · compiled" in state(window), timeout=PATIENCE)
    session.toggle_training()
    qtbot.waitUntil(lambda: not session.running, timeout=PATIENCE)
    plain = Trainer(COMPILED)
    while plain.place != session.trainer.place:
        plain.step()
    np.testing.assert_array_equal(plain.network.parameters, session.trainer.network.parameters)
    session.undo_stack.undo()
    assert session.experiment.training.engine == "numpy"
    assert not says.isVisible()


def test_without_numba_it_says_so_and_numpy_trains_after_a_click(
    qtbot: QtBot, make_window: WindowMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (awaiting, engine, engine_fetch):
        monkeypatch.setattr(module, "is_installed", lambda: False)
    monkeypatch.setattr(engine_fetch, "fetch_command", lambda: None)  # as of a Python that `main.py` didn't make
    window = make_window(COMPILED)
    window.place("training").raise_()
    session = window.session
    assert window.banner.button.accessibleName() == "Use NumPy"
    window.banner.dismiss()
    assert "numba is missing" in state(window)
    assert "pip install nnplay[compiled]" in window.panel("training").engine_says.text()
    session.toggle_training()
    assert not session.running
    qtbot.waitUntil(window.banner.isVisible, timeout=PATIENCE)
    assert window.banner.sentence.text().startswith("Compiled steps need numba")
    qtbot.mouseClick(window.banner.button, Qt.MouseButton.LeftButton)
    assert session.running
    assert session.experiment.training.engine == "numpy"
    qtbot.waitUntil(lambda: session.trainer.epoch > 3, timeout=PATIENCE)
    session.toggle_training()
    qtbot.waitUntil(lambda: not session.running, timeout=PATIENCE)


class Coming:
    """A kernel that is being compiled."""

    is_coming = compiles = True
    problem = ""


def test_nothing_says_training_while_it_waits_for_compiled_steps(
    qtbot: QtBot, make_window: WindowMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    kernel = Coming()
    monkeypatch.setattr(engine, "is_installed", lambda: True)
    monkeypatch.setattr(engine, "coming_kernel", lambda _: kernel)
    monkeypatch.setattr(Session, "state", property(lambda _: RunState.RUNNING))
    window = make_window(COMPILED)
    window.session.engine.look()
    window.session.state_changed.emit(RunState.RUNNING)
    flow = window.panel("network").canvas._flow
    assert state(window).startswith("Waiting · compiling the steps, once …")
    assert flow.seconds is None
    kernel.is_coming = False
    qtbot.waitUntil(lambda: flow.seconds is not None, timeout=PATIENCE)
    window.session.refresh()
    qtbot.waitUntil(lambda: state(window).startswith("Training"), timeout=PATIENCE)


def test_wide_layers_are_numpys_and_that_is_said(qtbot: QtBot, make_window: WindowMaker) -> None:
    window = make_window(WIDE)
    window.place("training").raise_()
    assert "NumPy, as layers are wide" in state(window)
    assert "faster for layers as wide as these" in window.panel("training").engine_says.text()
    window.session.step_epoch()
    qtbot.waitUntil(lambda: window.session.trainer.epoch == 1 and not window.session.running, timeout=PATIENCE)


@pytest.mark.parametrize("ends", ["fetched", "without a network", "cancelled"])
def test_it_is_fetched_behind_a_bar_where_main_py_started_the_window(
    qtbot: QtBot, make_window: WindowMaker, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, ends: str
) -> None:
    there = tmp_path / "numba"
    programs = {
        "fetched": f"import pathlib; pathlib.Path({str(there)!r}).touch()",
        "without a network": "import sys; sys.exit('nnplay: fetching failed: the cable is out.')",
        "cancelled": "import time; time.sleep(600)",
    }
    for module in (engine, engine_fetch):
        monkeypatch.setattr(module, "is_installed", there.exists)
    monkeypatch.setattr(engine_fetch, "fetch_command", lambda: [sys.executable, "-c", programs[ends]])
    window = make_window(COMPILED)
    qtbot.waitUntil(window.banner.isVisible, timeout=PATIENCE)
    assert window.banner.button.accessibleName() == "Fetch numba"
    assert window.banner.button.text() == "Fe&tch numba", "Alt+F and Alt+E are menus'"
    qtbot.mouseClick(window.banner.button, Qt.MouseButton.LeftButton)
    if ends == "cancelled":
        qtbot.waitUntil(lambda: window.findChild(WaitingDialog, "waiting").isVisible(), timeout=PATIENCE)
        qtbot.mouseClick(window.findChild(WaitingDialog, "waiting").cancel, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.findChild(Waiting) is None, timeout=PATIENCE)
    if ends == "fetched":
        assert window.banner.isHidden(), "what was missing is there"
        qtbot.waitUntil(lambda: state(window).startswith("Paused · compiled"), timeout=PATIENCE)
    else:
        assert "numba is missing" in state(window)
    if ends == "without a network":
        assert window.banner.sentence.text() == "Fetching failed: the cable is out."
