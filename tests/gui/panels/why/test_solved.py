"""Runs that don't learn, each diagnosed and solved by the button that the window offers, as one step that is undone."""

from collections.abc import Callable
from dataclasses import dataclass
from fnmatch import fnmatchcase

import pytest
from pytestqt.qtbot import QtBot

from nnplay.gui.window.main_window import MainWindow
from nnplay.training.diagnosis import Way
from nnplay.training.experiment import DataSpec, Experiment, HiddenLayer, ModelSpec, TrainingSpec
from tests.gui.panels.why.why_hands import (
    LEFT,
    PATIENCE,
    XOR,
    Press,
    WindowMaker,
    asked,
    loss,
    panel_of,
    pause,
    told,
    train_until_told,
)
from tests.training.diagnosis.runs import FAULTY


@dataclass(frozen=True)
class Case:
    """What doesn't learn, the rule that says why, what its button says (* for digits), and a loss that is learnt."""

    experiment: Experiment
    rule: str
    button: str
    learnt: float = 0.1


CASES = {
    "a failing start of XOR": Case(XOR, "hidden_layers_at_fault", "Use ELU, keep the weights", 0.05),
    "zeros as weights": Case(FAULTY["units_alike"][0], "units_alike", "Start from Xavier normal"),
    "ten sigmoid layers": Case(FAULTY["vanishing_gradient"][0], "vanishing_gradient", "Use 3 layers of tanh"),
    "a rate too large": Case(FAULTY["worse_than_guessing"][0], "worse_than_guessing", "Go back and use rate 0.1"),
    "a rate too small": Case(FAULTY["rate_too_low"][0], "rate_too_low", "Use rate 0.* from here on"),
    "inputs of different scales": Case(
        FAULTY["inputs_of_different_scales"][0], "inputs_of_different_scales", "Standardise the inputs"
    ),
    "squared errors of sure outputs": Case(FAULTY["squared_error_flat"][0], "squared_error_flat", "Use cross-entropy"),
}


@pytest.mark.parametrize("name", CASES)
def test_a_run_is_diagnosed_and_solved_by_its_button(qtbot: QtBot, make_window: WindowMaker, press: Press, name: str):
    case = CASES[name]
    window = make_window(case.experiment)
    session, banner = window.session, window.banner
    train_until_told(qtbot, press, window, case.rule)
    finding = session.findings.told
    assert finding is not None and finding.proofs
    assert banner.sentence.text() == finding.sentence
    assert fnmatchcase(banner.button.accessibleName(), case.button)
    before = session.experiment
    qtbot.mouseClick(banner.button, LEFT)
    assert session.running
    assert session.undo_stack.count() == 1
    qtbot.waitUntil(lambda: loss(window) < case.learnt, timeout=PATIENCE)
    qtbot.waitUntil(lambda: told(window) != case.rule, timeout=PATIENCE)
    pause(qtbot, press, window)
    press(window, "Ctrl+Z")
    assert session.experiment == before
    assert session.undo_stack.index() == 0
    if finding.fix is not None and finding.fix.way is Way.AFRESH:
        qtbot.waitUntil(lambda: told(window) == case.rule, timeout=PATIENCE)  # it is the run that it was
        press(window, "Ctrl+Shift+Z")
        qtbot.waitUntil(lambda: told(window) != case.rule, timeout=PATIENCE)


BY_HEART = Experiment(
    data=DataSpec(kind="spirals", samples=80, noise=0.3, train_share=0.5),
    model=ModelSpec(hidden_layers=(HiddenLayer(units=32, activation="tanh"),) * 2, initializer="xavier_normal"),
    training=TrainingSpec(optimizer="adam", learning_rate=0.01, batch_size=10),
    seed=1,
)


def accuracy_of(window: MainWindow) -> float:
    """Of the test set."""
    return float(asked(window, lambda trainer: trainer.figures.test.accuracy))  # type: ignore[arg-type]


def test_a_spiral_learnt_by_heart_goes_on_from_its_best_moment(qtbot: QtBot, make_window: WindowMaker, press: Press):
    window = make_window(BY_HEART)
    session = window.session
    train_until_told(qtbot, press, window, "learnt_by_heart")
    pause(qtbot, press, window)
    record, step, epoch = session.timeline.record, session.timeline.step, session.trainer.epoch
    worst, before = session.trainer.figures.test.loss, accuracy_of(window)
    card = panel_of(window).cards["learnt_by_heart"]
    qtbot.waitUntil(card.isVisible)
    assert card.fix.accessibleName() == "Back to the best, with 640 points and L2 0.001"
    assert card.width() <= panel_of(window).area.viewport().width(), "a long button has two lines"
    qtbot.mouseClick(card.fix, LEFT)
    assert session.undo_stack.count() == 1, "back and the points are one step"
    assert session.experiment.data.samples == 640
    assert len(record.branches) == 2 and record.current.fork is not None
    begun: Callable[[], bool] = lambda: asked(window, lambda trainer: trainer.epoch) > 0  # noqa: E731
    qtbot.waitUntil(begun, timeout=PATIENCE)
    assert session.running
    qtbot.waitUntil(lambda: accuracy_of(window) > 0.85 > before, timeout=PATIENCE)
    assert asked(window, lambda trainer: trainer.figures.test.loss) < worst
    qtbot.waitUntil(lambda: told(window) == "", timeout=PATIENCE)
    pause(qtbot, press, window)
    press(window, "Ctrl+Z")
    assert session.experiment == BY_HEART
    assert session.timeline.record.current is record.branches[0] and session.timeline.step == step
    press(window, "Ctrl+Shift+Z")
    press(window, "Space")
    qtbot.waitUntil(lambda: session.running)
    press(window, "Ctrl+Z")
    assert session.experiment == BY_HEART and session.running, "undone while it trains, it trains on"
    qtbot.waitUntil(lambda: asked(window, lambda trainer: trainer.epoch) > epoch, timeout=PATIENCE)
    pause(qtbot, press, window)
    assert session.timeline.record.current is record.branches[0]
    qtbot.waitUntil(lambda: told(window) == "learnt_by_heart", timeout=PATIENCE)
