"""Hidden space as a person uses it: a slider through the layers, points under the pointer, live while it trains."""

from collections.abc import Callable

import numpy as np
import pytest
from msgspec.structs import replace
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from nnplay.experiments import read_document
from nnplay.gui.panels.space.panel import SpacePanel
from nnplay.gui.session.selection import UnitAddress
from nnplay.gui.session.session import Session
from nnplay.gui.theme.fonts import label_font
from nnplay.resources import resource_path
from nnplay.training.diagnosis import Finding, Gravity, Where
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


def test_what_goes_beyond_the_picture_is_cut_off_by_its_round_corners(qtbot: QtBot, open_panel: Opener):
    panel = open_panel(CIRCLES)
    settle(qtbot, panel, 1)
    view, palette = panel.view, panel._session.theme.palette
    left, top = view.canvas.left(), view.canvas.top()
    view._now.grid[...] = [left - 9, top + 11]  # all lines of the grid cross the upper left corner
    view._now.grid[..., 1::2, :] = [left + 11, top - 9]
    image = view.grab().toImage()
    assert image.pixelColor(1, 1) == QColor(palette.panel)
    assert image.pixelColor(5, 1) != QColor(palette.panel)


def test_the_slider_goes_from_the_inputs_to_the_outputs(qtbot: QtBot, open_panel: Opener):
    panel = open_panel(CIRCLES)
    slider, side = panel.side.slider.slider, panel.side
    assert panel.side.slider.figure.text() == "layer 1"
    assert (
        panel.view.caption.startswith("Layer 1: the two main directions hold")
        and "mean of what isn’t seen" in panel.view.note
    )
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
    assert seen["outputs"] == ("Output", "points lie at different heights so that none covers another")
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
    few = replace(digits.data, samples=1000, train_share=0.4)
    session.change("digits", replace(digits, data=few))
    panel.side.slider.slider.setValue(1)
    settle(qtbot, panel, 1)
    assert len(panel._space.points) == MOST_PICTURES
    assert panel.key.text.startswith("0, 1, 2, 3") and panel.key.text.endswith(", 500 test samples")
    assert panel.view._picture.training.all()
    assert len(set(panel._groups[panel._space.rows].tolist())) == 10
    point_at(qtbot, panel, index := lone(panel))
    card = panel._card.card
    assert card.isVisible() and card.value.text() == str(panel._groups[panel._space.rows[index]])
    assert not card.picture.pixmap().isNull()
    panel.setGeometry(0, 0, 686, 180)  # as in the smallest window: the card is whole, and the classes keep their names
    card.hide()
    point_at(qtbot, panel, index)
    assert card.isVisible() and panel.view.rect().contains(card.geometry())
    entries, _ = panel.key._fitting(QFontMetricsF(label_font(12)), panel.view.width())
    assert [entry.text for entry in entries] == list("0123456789")
    assert session.selection.pointed_sample == tuple(session.prepared.table.inputs[panel._space.rows[index]].tolist())


def test_what_is_merged_lies_on_each_other_and_the_finding_about_it_is_lit(
    qtbot: QtBot, open_panel: Opener, monkeypatch: pytest.MonkeyPatch
):
    start = (0.0,) * 8 + (1.0,) + (0.0,) * 8  # of four units one is 1 everywhere
    xor = read_document(resource_path("presets/xor.nnplay")).experiment
    panel = open_panel(replace(xor, model=replace(xor.model, start=start)))
    session, view = panel._session, panel.view
    view.grab()
    assert [(one.count, one.parts) for one in view._merged] == [(4, ((0, 2), (1, 2)))]
    assert len(view._picture.lit) == 0
    plain = view.grab().toImage()
    finding = Finding("merged", "", Gravity.CAUSE, points=((0, 1, 2),), tied=True, where=Where.SPACE)
    monkeypatch.setattr(type(session.findings), "lit", finding)
    session.findings.lit_changed.emit()
    assert panel._space.rows[view._picture.lit].tolist() == [0, 1, 2]
    assert view.grab().toImage() != plain
    panel.side.see(2, None)
    settle(qtbot, panel, 2)
    session.requests.proof.emit(Where.SPACE)
    settle(qtbot, panel, 1)
    point_at(qtbot, panel, 0)
    assert panel._card.card.hint.text() == "4 samples lie here"


def test_the_line_under_the_pointer_names_its_unit_and_marks_it(qtbot: QtBot, open_panel: Opener):
    panel = open_panel(CIRCLES)
    view, selection, card = panel.view, panel._session.selection, panel._card.card
    ends = view._frame.pixels(panel._space.lines.segments[0], view.room)
    along = ends[0] + np.linspace(0.0, 1.0, 2001)[:, None] * (ends[1] - ends[0])
    far = np.linalg.norm(along[:, None] - view._now.points[None], axis=2).min(axis=1)
    inside = ((along > (30.0, 10.0)) & (along < (view.canvas.width() - 9.0, view.canvas.height() - 9.0))).all(axis=1)
    x, y = along[np.where(inside, far, 0.0).argmax()]
    qtbot.mouseMove(view, QPoint(1, 1))
    qtbot.mouseMove(view, QPoint(round(x), round(y)))
    unit = int(panel._space.lines.units[0, 0])
    assert selection.pointed == UnitAddress(1, unit)
    assert card.isVisible() and card.title.text() == f"Unit {unit + 1} of layer 2"
    assert view._picture.told.tolist() == [one == unit for one in panel._space.lines.units[:, 0]]
    QApplication.sendEvent(view, QEvent(QEvent.Type.Leave))
    assert selection.pointed is None and not card.isVisible()


def test_an_earlier_moment_and_what_was_undone_are_seen(qtbot: QtBot, open_panel: Opener):
    panel = open_panel(CIRCLES)
    session, first = panel._session, panel._space.points
    session.step_epoch()
    qtbot.waitUntil(lambda: session.trainer.epoch == 1 and not session.running, timeout=PATIENCE)
    qtbot.waitUntil(lambda: not np.array_equal(panel._space.points, first))
    session.timeline.go_to_start()
    qtbot.waitUntil(lambda: np.allclose(panel._space.points, first))
    session.timeline.rest()
    changed = replace(session.experiment, model=replace(CIRCLES.model, hidden_layers=CIRCLES.model.hidden_layers[:1]))
    session.change("one layer less", changed)
    qtbot.waitUntil(lambda: panel.side.slider.slider.maximum() == 2)
    session.undo_stack.undo()
    qtbot.waitUntil(lambda: panel.side.slider.slider.maximum() == 3 and panel._space is not None)


MODELS = {
    "batch norm and dropout": replace(CIRCLES, model=replace(CIRCLES.model, batch_norm=True, dropout=0.3)),
    "regression": Experiment(
        data=DataSpec(kind="gaussian_bumps", samples=40), model=ModelSpec(loss="mean_squared_error")
    ),
    "classes": Experiment(
        data=DataSpec(kind="spirals", samples=60, classes=4), model=ModelSpec(loss="categorical_cross_entropy")
    ),
    "one number": replace(CIRCLES, model=ModelSpec(hidden_layers=(HiddenLayer(units=1),))),
}


def test_it_is_there_for_any_network(qtbot: QtBot, open_panel: Opener):
    panel = open_panel(CIRCLES)
    session, view = panel._session, panel.view
    for name, experiment in MODELS.items():
        session.change(name, experiment)
        for layer in (1, len(experiment.model.hidden_layers) + 1):
            panel.side.see(layer, None)
            settle(qtbot, panel, layer)
            assert np.isfinite(view._now.points).all() and view.grab().toImage().allGray() is False, name
    session.trainer.network.set_unit_enabled(0, 0, False)
    session.refresh()
    panel.side.see(1, None)
    qtbot.waitUntil(lambda: not panel._space.points.any())
    view.grab()
    session.trainer.network.parameters[...] = np.inf
    panel.side.see(2, None)
    qtbot.waitUntil(lambda: "overflow" in view.sentence)
    view.grab()


def test_a_figure_has_the_key_below_the_picture(open_panel: Opener):
    panel = open_panel(CIRCLES)
    figure = panel.figure()
    assert figure.size.height() > panel.view.height()
    picture = QImage(figure.size.toSize(), QImage.Format.Format_RGB32)
    picture.fill(0xFFFFFF)
    painter = QPainter(picture)
    figure.paint(painter)
    painter.end()
    below = picture.copy(0, panel.view.height() + 1, picture.width(), picture.height())
    line = panel.key.sizeHint().height()
    for rows in (range(line), range(line + 2, below.height())):  # the key, and what the lines are
        assert any(below.pixelColor(x, y).rgb() & 0xFFFFFF != 0xFFFFFF for x in range(60) for y in rows)
