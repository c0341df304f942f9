"""A person asks which training points made an answer, and trains without one of them."""

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from nnplay.gui.paint.points import FADES, VALUE_GROUPS
from nnplay.gui.panels.output.influence.boundary_before import boundary_path
from nnplay.gui.panels.output.influence.lighting import caveats, lit_by
from nnplay.gui.widgets.number_format import number_text
from nnplay.gui.window.main_window import MainWindow
from nnplay.training.edits import with_value
from nnplay.training.experiment import DataSpec, Experiment, HiddenLayer, ModelSpec, TrainingSpec
from nnplay.training.influence import Pushes
from nnplay.training.influence.difference import difference
from nnplay.training.prepared import prepare
from nnplay.training.trainer import Trainer
from tests.gui.panels.output.output_hands import BUMPS, point_at
from tests.gui.panels.output.test_sample_choice import click_row, lone
from tests.gui.window_hands import step

WindowMaker = Callable[[Experiment], MainWindow]
Press = Callable[[MainWindow, str], None]
LEFT = Qt.MouseButton.LeftButton
PATIENCE = 20_000
CIRCLES = Experiment(
    data=DataSpec(kind="circles", samples=40, train_share=0.5),
    model=ModelSpec(hidden_layers=(HiddenLayer(units=4, activation="tanh"),)),
    training=TrainingSpec(learning_rate=0.1, batch_size=5),
)


def test_points_that_made_an_answer_light_up_and_one_is_left_out(
    qtbot: QtBot, make_window: WindowMaker, press: Press
) -> None:
    window = make_window(CIRCLES)
    session, panel = window.session, window.panel("output")
    influence, points, row = panel.influence, panel.view.points, panel.influence.row
    assert not row.isVisible()
    step(qtbot, window, press, 12)
    qtbot.mouseClick(panel.checks.influence, LEFT)
    assert row.isVisible()
    qtbot.waitUntil(lambda: influence.is_ready, timeout=PATIENCE)
    assert "Point at a place" in row.sentence.text()

    # at a place: their colours are those of the pushes' signs, the strongest one stands out
    point_at(qtbot, panel, 1.5, 1.0)
    qtbot.waitUntil(lambda: points._lit is not None, timeout=PATIENCE)
    prepared = session.prepared
    X = prepared.on_plane(np.array([panel._place]))
    pushes = influence._influence.at(X)
    groups, fades = points._lit
    np.testing.assert_array_equal(groups[prepared.train], pushes.values > 0)
    assert fades[prepared.train[np.argmax(np.abs(pushes.values))]] == 0
    assert row.sentence.text().startswith("Together ≈ ")
    raised, lowered = (
        number_text(pushes.values.clip(min=0.0).sum(), 2),
        number_text(pushes.values.clip(max=0.0).sum(), 2),
    )
    assert f"raised it: +{raised}, lowered it: {lowered}" in panel.legend.points.text
    assert {scatter.opts["symbol"] for scatter in points._scatters.values() if scatter.isVisible()} == {"t", "t1"}
    assert not len(np.intersect1d(points.shown, prepared.test))
    assert "p(class 1) went from" in row.sentence.toolTip()
    assert "An approximation" in row.sentence.toolTip()
    assert panel.view.heatmap.opacity() < 0.5
    panel.view.show_lit((((1.5, 1.0),),), tied=False)  # what a finding means stands back
    panel.view.grab()
    assert panel.view.overlay.lit is None

    # while it trains, and beside the plane, all is as usual
    panel.view.moved.emit(None)
    panel.view.grab()
    assert panel.view.overlay.lit is not None
    panel.view.show_lit((), tied=False)
    assert points._lit is None
    assert panel.view.heatmap.opacity() == 1.0
    assert "raised it" not in panel.legend.points.text
    step(qtbot, window, press, 1)
    qtbot.waitUntil(lambda: influence.is_ready, timeout=PATIENCE)

    # without the chosen point: the same run again, as a branch
    assert not row.without.isEnabled()
    with qtbot.waitSignal(session.refused):
        press(window, "Ctrl+Shift+X")
    left_out = lone(panel)
    click_row(qtbot, panel, left_out)
    assert row.without.isEnabled()
    before, steps = session.trainer.network.parameters.copy(), session.timeline.record.step
    kept = Trainer(CIRCLES)
    kept.network.parameters[...] = before
    messages: list[str] = []
    session.message.connect(messages.append)
    qtbot.mouseClick(row.without, LEFT)
    qtbot.waitUntil(lambda: len(session.timeline.record.branches) == 2, timeout=PATIENCE)
    record = session.timeline.record
    assert record.step == steps
    assert record.current.name == f"Without sample {left_out + 1}"
    weights = session.trainer.sample_weights
    assert weights is not None
    assert prepared.train[np.flatnonzero(weights == 0.0)].tolist() == [left_out]
    assert not np.array_equal(session.trainer.network.parameters, before)
    assert points._crossed.tolist() == [left_out]
    assert "left out" in panel.legend.points.text
    assert not panel.before.path.isEmpty()
    assert "boundary before" in panel.legend.points.text
    point_at(qtbot, panel, 1.5, 1.0)
    qtbot.waitUntil(lambda: "raised it" in panel.legend.points.text, timeout=PATIENCE)
    assert "left out, boundary before" in panel.legend.points.text
    panel.view.moved.emit(None)
    told = difference(kept, session.trainer, left_out)
    assert f"went from {told.before:.4f} to {told.after:.4f}" in messages[-1]

    # with it again it is the run that there was, to the bit
    assert row.without.text() == "With it again"
    press(window, "Ctrl+Shift+X")
    qtbot.waitUntil(lambda: len(record.branches) == 3, timeout=PATIENCE)
    np.testing.assert_array_equal(session.trainer.network.parameters, before)
    assert not len(points._crossed)
    step(qtbot, window, press, 1)
    assert panel.before.path.isEmpty()
    assert "boundary before" not in panel.legend.points.text
    press(window, "Ctrl+Z")
    qtbot.waitUntil(lambda: record.current is record.branches[1], timeout=PATIENCE)

    # the training panel tells it, and lets it count again
    training = window.panel("training")
    assert training.left_out.text() == "1 point"
    training.left_out.click()
    assert session.experiment.training.left_out == ()
    assert session.trainer.sample_weights is None
    press(window, "Ctrl+Z")
    assert len(session.experiment.training.left_out) == 1
    press(window, "Ctrl+Z")
    qtbot.waitUntil(lambda: record.current is record.branches[0], timeout=PATIENCE)
    np.testing.assert_array_equal(session.trainer.network.parameters, before)
    assert session.experiment.training.left_out == ()

    qtbot.mouseClick(panel.checks.influence, LEFT)
    assert not row.isVisible()


def test_the_run_up_to_an_earlier_moment_is_asked_there(qtbot: QtBot, make_window: WindowMaker, press: Press) -> None:
    window = make_window(CIRCLES)
    session, panel = window.session, window.panel("output")
    step(qtbot, window, press, 6)
    panel.checks.influence.click()
    session.timeline.look_at(8)
    qtbot.waitUntil(lambda: panel.influence.is_ready, timeout=PATIENCE)
    influence = panel.influence._influence
    assert influence.steps[-1] == 8
    X = session.prepared.on_plane(np.array([(1.0, 1.0)]))
    assert influence.at(X).after == session.trainer.network.forward(X)[0, 0]
    assert not panel.influence.row.without.isEnabled()

    # behind a closed panel nothing is read, until somebody looks
    window.place("output").close()
    session.timeline.look_at(4)
    qtbot.waitUntil(lambda: session.timeline.step == 4, timeout=PATIENCE)
    QApplication.processEvents()
    assert panel.influence._influence is influence
    assert not panel.influence._bites.isActive()
    window.place("output").show()
    qtbot.waitUntil(lambda: panel.influence.is_ready, timeout=PATIENCE)
    assert panel.influence._influence.steps[-1] == 4


def test_a_boundary_is_where_the_likeliest_class_changes() -> None:
    across = np.broadcast_to(np.linspace(0.0, 1.0, 64), (64, 64))
    two = boundary_path((across - 0.3 + 0.5)[:, :, None]).boundingRect()
    assert (two.left(), two.top(), two.right(), two.bottom()) == pytest.approx((0.3, 0.0, 0.3, 1.0), abs=1e-6)
    three = boundary_path(np.stack([0.4 - across, np.full((64, 64), 0.1), across.T - 0.5], axis=2)).boundingRect()
    assert three.left() == pytest.approx(0.0, abs=1e-6)
    assert three.right() == pytest.approx(1.0, abs=1e-6)
    assert boundary_path(np.ones((64, 64, 1))).isEmpty()


def test_stronger_pushes_stand_out_more() -> None:
    for experiment, raised in ((CIRCLES, 1), (BUMPS, VALUE_GROUPS - 1)):
        prepared = prepare(experiment)
        values = np.zeros(len(prepared.train))
        values[:5] = 1.0, -0.3, 0.1, -0.05, 0.01
        groups, fades = lit_by(Pushes(values, 0.0, 1.0), prepared)
        assert groups[prepared.train[:5]].tolist() == [raised, 0, raised, 0, raised]
        assert fades[prepared.train[:5]].tolist() == [0, 1, 2, 3, 4]
        nothing = lit_by(Pushes(np.zeros(len(prepared.train)), 0.0, 0.0), prepared)[1]
        assert (nothing == len(FADES) - 1).all()


def test_what_is_an_approximation_is_told() -> None:
    plain = caveats(Trainer(CIRCLES))
    for path, value, told in (
        ("model.batch_norm", True, "Batch norm"),
        ("model.dropout", 0.2, "Dropout"),
        ("training.clip_norm", 1.0, "clipping"),
        ("training.l2", 0.1, "penalties"),
        ("training.optimizer", "adam", "optimiser"),
    ):
        assert told not in plain
        assert told in caveats(Trainer(with_value(CIRCLES, path, value)))
