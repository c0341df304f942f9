"""What would need too much memory is refused in a sentence, and everything stays as it was."""

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from nnplay.gui.window.main_window import MainWindow
from nnplay.training import budget
from nnplay.training.edits import with_units, with_value
from nnplay.training.experiment import DataSpec, Experiment

WindowMaker = Callable[[Experiment], MainWindow]
Change = Callable[[Experiment], Experiment | None]


@pytest.mark.parametrize(
    "change",
    [lambda experiment: with_units(experiment, 0, 512), lambda experiment: with_value(experiment, "seed", 7)],
)
def test_an_edit_that_needs_too_much_is_refused(
    qtbot: QtBot, make_window: WindowMaker, monkeypatch: pytest.MonkeyPatch, change: Change
):
    session = make_window(Experiment(data=DataSpec(kind="circles", samples=60))).session
    before, trainer = session.experiment, session.trainer
    monkeypatch.setattr(budget, "MOST_BYTES", 1000)
    wanted = change(before)
    assert wanted is not None
    shown: list[Experiment] = []
    session.experiment_changed.connect(shown.append)
    with qtbot.waitSignal(session.refused) as refused:
        session.change("A change", wanted)
    assert refused.args is not None
    assert "GB of memory; allowed is up to" in refused.args[0]
    assert session.experiment == before
    assert session.trainer is trainer
    assert session.undo_stack.count() == 0
    assert shown == [before]  # what was chosen shows again what holds
