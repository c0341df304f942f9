"""What a branch is told by in figures: those of its end and of its best epoch, also where nothing was measured."""

from collections.abc import Callable

import msgspec
import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from nnplay.data import Table
from nnplay.gui.files.past.figures import FIGURES, figures_of, names_of_figures
from nnplay.gui.files.past.table import NAME
from nnplay.gui.widgets.number_format import count_text, figure_text, percent_text, r_squared_text
from nnplay.gui.window.main_window import MainWindow
from nnplay.training.edits import with_own, with_value
from nnplay.training.experiment import DataSpec, Experiment, HiddenLayer, ModelSpec, TrainingSpec
from nnplay.training.history import CAPACITY, Figures
from nnplay.training.record import Recording
from nnplay.training.trainer import Trainer

MOONS = Experiment(
    data=DataSpec(kind="moons", samples=40, noise=0.2, train_share=0.6),
    model=ModelSpec(hidden_layers=(HiddenLayer(units=3),), dropout=0.2),
    training=TrainingSpec(learning_rate=0.02, optimizer="adam", batch_size=12),
)
X = np.linspace(-1.0, 1.0, 24)[:, None]
LINE = msgspec.structs.replace(
    MOONS,
    data=DataSpec(kind="yours", table=Table(X, X[:, 0] ** 2, "regression"), train_share=0.75),
    model=ModelSpec(hidden_layers=(HiddenLayer(units=3, activation="tanh"),), loss="mean_squared_error"),
)
EPOCHS = CAPACITY + 7
"""So many that not every epoch has a row of its own in the history."""


def whole(experiment: Experiment, epochs: int, more: int) -> list[Figures]:
    """What is measured after each epoch, and after so many steps more."""
    trainer = Trainer(experiment)
    told = [trainer.figures]
    while trainer.epoch < epochs:
        trainer.step()
        if trainer.batch == 0:
            trainer.measure()
            told.append(trainer.figures)
    for _ in range(more):
        trainer.step()
    trainer.measure()
    return [*told, trainer.figures]


def expected(told: list[Figures], epochs: int) -> dict[str, str]:
    """What the page should say of it."""
    *ends, end = told
    assert end.test is not None
    losses = [each.test.loss for each in ends if each.test is not None]
    score = [
        percent_text(each.accuracy) if each.accuracy is not None else r_squared_text(each.r2 or 0.0)
        for each in (end.train, end.test)
    ]
    return {
        "from": "",
        "to": count_text(epochs),
        "loss": figure_text(end.train.loss),
        "test_loss": figure_text(end.test.loss),
        "best_loss": figure_text(min(losses)),
        "best_epoch": count_text(int(np.argmin(losses))),
        "score": score[0],
        "test_score": score[1],
    }


@pytest.mark.parametrize("experiment", [MOONS, LINE], ids=["classes", "regression"])
def test_they_are_those_of_the_end_and_of_the_very_best_epoch(
    experiment: Experiment, qtbot: QtBot, make_window: Callable[[Experiment], MainWindow]
) -> None:
    window = make_window(experiment)
    session, timeline = window.session, window.session.timeline
    trainer = timeline.trainer
    while trainer.epoch < EPOCHS:
        trainer.step()
    session.step_batch()
    qtbot.waitUntil(lambda: not session.running)
    first = timeline.record.current
    timeline.look_at_epoch(20)
    session.change("Rate", with_value(session.experiment, "training.learning_rate", 0.001))
    session.step_batch()
    qtbot.waitUntil(lambda: not session.running)
    session.requests.action.emit("branches")
    page = window.past.page
    assert page is not None
    row = next(row for row, each in enumerate(page.table.branches) if each.branch is first)
    cells = dict(zip(FIGURES, range(NAME + 1, NAME + 1 + len(FIGURES)), strict=True))
    wanted = expected(whole(experiment, EPOCHS, 1), EPOCHS)
    qtbot.waitUntil(lambda: page.table.cell(row, cells["best_epoch"]) == wanted["best_epoch"])
    assert {figure: page.table.cell(row, column) for figure, column in cells.items()} == wanted
    names = dict(zip(FIGURES, names_of_figures(page.table.branches), strict=True))
    assert names["best_loss"] == "Best test loss"
    assert names["test_score"] == ("Test R²" if experiment is LINE else "Test accuracy")
    timeline.return_to(first)
    session.refresh()
    assert [page.table.cell(row, column) for column in cells.values()] == list(wanted.values())
    assert figure_text(session.trainer.figures.train.loss) == wanted["loss"]


def test_a_run_without_a_point_has_no_losses() -> None:
    empty = DataSpec(kind="yours", table=Table(np.empty((0, 2)), np.empty(0), "classification", class_names=("a", "b")))
    (figures,) = figures_of(Recording(Trainer(with_own(Experiment(), empty))))
    assert figures.texts[2:] == ("", "", "", "", "", "")
