"""Hidden space as a person uses it: a slider through the layers, points under the pointer, live while it trains."""

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from nnplay.experiments import read_document
from nnplay.gui.panels.space.panel import SpacePanel
from nnplay.gui.session.selection import UnitAddress
from nnplay.gui.session.session import Session
from nnplay.resources import resource_path
from nnplay.training.experiment import DataSpec, Experiment, HiddenLayer, ModelSpec
from nnplay.training.probes.hidden_space import MOST_PICTURES, HiddenSpaceProbe

PATIENCE = 20_000
LEFT = Qt.MouseButton.LeftButton
CIRCLES = Experiment(
    data=DataSpec(kind="circles", samples=60, train_share=0.5),
    model=ModelSpec(hidden_layers=(HiddenLayer(units=8), HiddenLayer(units=2))),
    seed=2,
)
Opener = Callable[[Experiment], SpacePanel]


@pytest.fixture
def open_panel(qtbot: QtBot, make_session: Callable[[Experiment], Session]) -> Opener:
    def make(experiment: Experiment) -> SpacePanel:
        panel = SpacePanel(make_session(experiment))
        panel.window_ = QWidget()
        qtbot.addWidget(panel.window_)
        panel.setParent(panel.window_)
        panel.window_.resize(600, 260)
        panel.setGeometry(0, 0, 600, 260)
        panel.window_.show()
        with qtbot.waitExposed(panel.window_):
            pass
        qtbot.waitUntil(lambda: panel._space is not None)
        return panel

    return make


def settle(qtbot: QtBot, panel: SpacePanel, layer: int) -> None:
    qtbot.waitUntil(lambda: panel._space is not None and panel._space.layer == layer and not panel.view.warping)


def point_at(qtbot: QtBot, panel: SpacePanel, index: int) -> None:
    qtbot.mouseMove(panel.view, QPoint(1, 1))
    qtbot.mouseMove(panel.view, panel.view.pixel_of(index).toPoint())


def lone(panel: SpacePanel) -> int:
    """A point with no other one near it."""
    points = panel.view._now.points
    apart = np.linalg.norm(points[:, None] - points[None], axis=2) + 1e9 * np.eye(len(points))
    return int(apart.min(axis=1).argmax())


def test_the_slider_goes_from_the_inputs_to_the_outputs(qtbot: QtBot, open_panel: Opener):
    panel = open_panel(CIRCLES)
    slider, side = panel.side.slider.slider, panel.side
    assert panel.side.slider.figure.text() == "layer 1"
    assert "main directions hold" in panel.view.caption and "mean of what isn’t seen" in panel.view.note
    seen = {}
    slider.setFocus()
    qtbot.keyClick(slider, Qt.Key.Key_Left)
    for layer in range(4):
        settle(qtbot, panel, layer)
        seen[side.slider.figure.text()] = (panel.view.caption, panel.view.note)
        qtbot.keyClick(slider, Qt.Key.Key_Right)
    assert list(seen) == ["inputs", "layer 1", "layer 2", "outputs"]
    assert seen["inputs"] == ("x₁ across, x₂ upwards", "lines: where the sum of a unit of the next layer is 0")
    assert seen["layer 2"][1] == "line: where the output layer changes its answer"
    assert seen["outputs"] == ("Output", "")
    picture = panel.view.grab().toImage()
    panel._session.theme.set_mode("dark")
    assert panel.view.grab().toImage() != picture


def test_two_units_can_be_chosen_where_there_are_more(qtbot: QtBot, open_panel: Opener):
    panel = open_panel(CIRCLES)
    side = panel.side
    assert [text for _, text in side.across.combo.choices()][:2] == ["main directions", "unit 1 of layer 1"]
    assert not side.up.isVisible()
    side.across.combo.setCurrentIndex(4)
    side.across.combo.activated.emit(4)
    qtbot.waitUntil(lambda: panel._space.axes == (3, 0))
    assert side.up.isVisible() and panel.view.caption == "Unit 4 of layer 1 across, Unit 1 of layer 1 upwards"
    np.testing.assert_allclose(
        panel._space.points[:, 0],
        panel._session.trainer.network.layer_outputs(
            panel._session.prepared.as_seen(panel._session.prepared.table.inputs)
        )[0][:, 3],
    )
    side.slider.slider.setValue(2)
    settle(qtbot, panel, 2)
    assert not side.across.combo.choices()[1:] and panel._space.axes == (0, 1)


def test_what_is_pointed_at_here_or_elsewhere_is_ringed(qtbot: QtBot, open_panel: Opener):
    panel = open_panel(CIRCLES)
    selection, table = panel._session.selection, panel._session.prepared.table
    index = lone(panel)
    inputs = tuple(table.inputs[panel._space.rows[index]].tolist())
    point_at(qtbot, panel, index)
    assert selection.pointed_sample == inputs
    np.testing.assert_allclose(panel._rings, [panel._space.points[index]])
    qtbot.mouseClick(panel.view, LEFT, pos=panel.view.pixel_of(index).toPoint())
    assert selection.chosen_sample == inputs
    QApplication.sendEvent(panel.view, QEvent(QEvent.Type.Leave))
    assert selection.pointed_sample is None
    for layer in (3, 0):
        panel.side.slider.slider.setValue(layer)
        settle(qtbot, panel, layer)
        np.testing.assert_allclose(
            panel.view._frame.pixels(panel._rings[0], panel.view.room), panel.view._now.points[index]
        )
    selection.choose_sample(None)
    selection.point_at_sample((1.25, -2.5))  # any place of the plane
    np.testing.assert_allclose(panel._rings, [[1.25, -2.5]])


def test_the_line_of_the_unit_that_is_looked_at_has_its_hue(qtbot: QtBot, open_panel: Opener):
    panel = open_panel(CIRCLES)
    panel._session.selection.point_at(UnitAddress(1, 0))
    palette = panel._session.theme.palette
    lines = panel._space.lines.units[:, 0].tolist()
    picture = panel.view._picture
    assert picture.hues == tuple(map(palette.unit, lines))
    assert picture.told.tolist() == [unit == 0 for unit in lines]


def test_it_is_live_and_costs_nothing_where_it_is_closed(
    qtbot: QtBot, open_panel: Opener, monkeypatch: pytest.MonkeyPatch
):
    panel = open_panel(CIRCLES)
    session, before = panel._session, panel._space.points
    session.toggle_training()
    qtbot.waitUntil(lambda: not np.array_equal(panel._space.points, before), timeout=PATIENCE)
    panel.window_.hide()
    session.pause()
    qtbot.waitUntil(lambda: not session.running, timeout=PATIENCE)
    measured = []
    monkeypatch.setattr(HiddenSpaceProbe, "measure", lambda *_: measured.append(1))
    epoch = session.trainer.epoch
    session.toggle_training()
    qtbot.waitUntil(lambda: session.trainer.epoch > epoch + 5, timeout=PATIENCE)
    session.pause()
    qtbot.waitUntil(lambda: not session.running, timeout=PATIENCE)
    session.selection.point_at_sample((1.0, 1.0))
    assert measured == []


def test_other_data_and_other_layers(qtbot: QtBot, open_panel: Opener):
    panel = open_panel(CIRCLES)
    session = panel._session
    panel.side.slider.slider.setValue(3)
    settle(qtbot, panel, 3)
    flat = ModelSpec(hidden_layers=())
    session.change("no hidden layer", Experiment(data=CIRCLES.data, model=flat))
    qtbot.waitUntil(lambda: panel._space is not None and panel._space.layer == 1)
    assert panel.side.slider.figure.text() == "outputs"
    digits = read_document(resource_path("presets/digits.nnplay")).experiment
    session.change("digits", digits)
    panel.side.slider.slider.setValue(1)
    settle(qtbot, panel, 1)
    assert len(panel._space.points) == min(MOST_PICTURES, len(session.prepared.test))
    assert len(set(panel._groups[panel._space.rows].tolist())) == 10
    point_at(qtbot, panel, index := lone(panel))
    assert session.selection.pointed_sample == tuple(session.prepared.table.inputs[panel._space.rows[index]].tolist())
