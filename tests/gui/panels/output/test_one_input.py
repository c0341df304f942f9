"""Data with one input: a strip with the curve of the answer over it, drawn on as it is seen."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from nnplay.data import Table
from nnplay.data.tables.preparation import Preparation, SourceColumn
from nnplay.gui.panels.output.panel import OutputPanel
from nnplay.training.experiment import YOURS, DataSpec, Experiment, HiddenLayer, ModelSpec
from tests.gui.panels.output.output_hands import (
    LEFT,
    PATIENCE,
    RIGHT,
    Opener,
    click,
    colour_at,
    drag,
    point_at,
    press_undo,
    reach_by_keyboard,
    replace,
    session_of,
    table_of,
    take,
)

LINE = Experiment(
    data=DataSpec(
        kind=YOURS,
        plane=(-6, 6, -6, 6),
        table=Table(np.array([[-4.0], [-2.0], [3.0]]), np.array([0.0, 1.0, 0.0]), input_names=("weight",)),
    ),
    model=ModelSpec(hidden_layers=(HiddenLayer(units=3, activation="tanh"),)),
    seed=3,
)
THREE = Experiment(
    data=DataSpec(
        kind=YOURS,
        table=Table(
            np.array([[1e-5], [2e-5], [3e-5]]), np.arange(3.0), input_names=("dose",), class_names=("lo", "mid", "hi")
        ),
        standardize=True,
    ),
    model=ModelSpec(loss="categorical_cross_entropy"),
)
PRICES = Experiment(
    data=DataSpec(
        kind=YOURS,
        table=Table(np.array([[50.0], [100.0], [150.0]]), np.array([2e5, 3e5, 5e5]), "regression", ("area",)),
        preparation=Preparation(columns=(SourceColumn(name="area"),), target="price <b>&"),
        standardize=True,
        standardize_target=True,
    ),
    model=ModelSpec(loss="mean_squared_error", hidden_layers=(HiddenLayer(units=3, activation="tanh"),)),
)


def swapped(plane_inputs: tuple[int, int]) -> Experiment:
    table = Table(np.array([[-4.0, 1.0], [2.0, 3.0]]), np.array([0.0, 1.0]), input_names=("a", "b"))
    return Experiment(data=DataSpec(kind=YOURS, plane_inputs=plane_inputs, table=table))


def curve_height(panel: OutputPanel, x: float, curve: int = 0) -> float:
    """How high a curve is drawn at a place of the input, in what stands beside the axis."""
    left, right, low, high = panel.view.plane
    drawn = panel.view.curves._curves[curve].item
    assert drawn.isVisible()
    return low + float(np.interp((x - left) / (right - left), *drawn.getData())) * (high - low)


def answer(panel: OutputPanel, x: float) -> np.ndarray:
    prepared, network = session_of(panel).prepared, session_of(panel).trainer.network
    outputs: np.ndarray = prepared.to_target_units(network.forward(prepared.as_seen(np.array([[x]]))))[0]
    return outputs


def test_a_click_puts_a_point_of_one_input_and_of_the_chosen_class(qtbot: QtBot, open_panel: Opener):
    panel = open_panel(LINE)
    click(qtbot, panel, 1.0, 0.8)
    click(qtbot, panel, 2.0, 0.1, RIGHT)
    table = table_of(panel)
    assert table.input_names == ("weight",)
    np.testing.assert_allclose(table.inputs[3:], [[1], [2]], atol=0.05)
    assert table.targets[3:].tolist() == [0, 1]
    assert session_of(panel).prepared.plane_points[3:, 1].tolist() == [0, 1], "a class has its own height"
    press_undo(qtbot, panel)
    press_undo(qtbot, panel)
    assert table_of(panel) == LINE.data.table


def test_the_curve_is_the_probability_and_the_background_the_likelier_class(open_panel: Opener):
    panel = open_panel(LINE)
    for x in (-5.0, 0.5, 5.0):
        assert curve_height(panel, x) == pytest.approx(answer(panel, x)[0], abs=0.01)
        heights = [h for h in (0.2, 0.4, 0.6, 0.85) if abs(h - answer(panel, x)[0]) > 0.05]
        assert len({colour_at(panel, x, h).rgb() for h in heights}) == 1
    assert panel.view.up.text == "p(class 1)"
    assert panel.view.across.text == "weight"


def test_the_curve_follows_the_training(qtbot: QtBot, open_panel: Opener):
    panel = open_panel(LINE)
    before = curve_height(panel, 2.0)
    session_of(panel).step_epoch()
    qtbot.waitUntil(lambda: not session_of(panel).running and curve_height(panel, 2.0) != before, timeout=PATIENCE)
    assert curve_height(panel, 2.0) == pytest.approx(answer(panel, 2.0)[0], abs=0.01)


def test_more_classes_have_a_curve_each_and_points_below_them(open_panel: Opener):
    panel = open_panel(THREE)
    for x in (1e-5, 2.4e-5):
        curves = [curve_height(panel, x, curve) for curve in range(3)]
        np.testing.assert_allclose(curves, answer(panel, x), atol=0.01)
    heights = session_of(panel).prepared.plane_points[:, 1]
    assert 0 > heights[0] > heights[1] > heights[2] > panel.view.plane[2]
    assert panel.view.across.text == "dose ×1e−5"
    assert panel.view.up.text == "probability"


def test_a_regression_has_the_target_upwards_and_a_click_puts_one(qtbot: QtBot, open_panel: Opener):
    panel = open_panel(PRICES)
    assert panel.view.up.text == "price <b>&"
    assert panel.view.plane[2] < 2e5
    assert panel.view.plane[3] > 5e5
    assert curve_height(panel, 80.0) == pytest.approx(answer(panel, 80.0)[0], rel=0.01)
    assert not panel.swatches.isVisible()
    assert panel.readout.text() == "Click puts a point; its height is the target"
    click(qtbot, panel, 120.0, 250_000.0)
    click(qtbot, panel, 60.0, 450_000.0, RIGHT)
    np.testing.assert_allclose(table_of(panel).inputs[3:, 0], [120, 60], rtol=0.02)
    np.testing.assert_allclose(table_of(panel).targets[3:], [250_000, 450_000], rtol=0.02)
    qtbot.keyClick(panel.view, Qt.Key.Key_3)
    press_undo(qtbot, panel)
    press_undo(qtbot, panel)
    assert table_of(panel) == PRICES.data.table


def test_a_point_of_a_regression_is_dragged_to_another_target(qtbot: QtBot, open_panel: Opener):
    panel = open_panel(PRICES)
    take(qtbot, panel, "rectangle")
    drag(qtbot, panel, (140.0, 480_000.0), (155.0, 515_000.0))
    assert panel.board.selection.tolist() == [2]
    assert "change value" not in panel.readout.text()
    drag(qtbot, panel, (150.0, 500_000.0), (130.0, 300_000.0))
    assert table_of(panel).inputs[2, 0] == pytest.approx(130, rel=0.02)
    assert table_of(panel).targets[2] == pytest.approx(300_000, rel=0.02)
    panel.board.choose(0)
    assert table_of(panel).targets[2] == pytest.approx(300_000, rel=0.02), "no other value than that of its place"
    take(qtbot, panel, "brush")
    drag(qtbot, panel, (60.0, 250_000.0), (70.0, 250_000.0))
    sprayed = table_of(panel).targets[3:]
    assert len(set(sprayed)) == len(sprayed) > 2
    assert np.abs(sprayed - 250_000).max() < 60_000


def test_the_pointer_reads_the_input_the_answer_and_the_nearest_point(qtbot: QtBot, open_panel: Opener):
    panel = open_panel(LINE)
    point_at(qtbot, panel, 3.0, 0.4)
    said = panel.readout.text()
    assert said.startswith("weight")
    assert said.count("weight") == 1
    assert "p(class 1) 0." in said
    assert said.endswith("nearest point class 0")


def test_the_pointer_reads_a_number_in_its_own_unit(qtbot: QtBot, open_panel: Opener):
    panel = open_panel(PRICES)
    point_at(qtbot, panel, 101.0, 400_000.0)
    read = float(panel.readout.text().split("ŷ")[1].split()[0].replace(",", ""))
    assert read == pytest.approx(answer(panel, 101.0)[0], rel=0.01)
    assert "300,000" in panel.readout.text().split("nearest point")[1]


def test_points_of_a_line_are_selected_moved_erased_and_shaken(qtbot: QtBot, open_panel: Opener):
    panel = open_panel(LINE)
    take(qtbot, panel, "rectangle")
    drag(qtbot, panel, (-5.0, -0.1), (-1.0, 1.1))
    assert panel.board.selection.tolist() == [0, 1]
    drag(qtbot, panel, (-4.0, 0.0), (-3.0, 0.6))
    np.testing.assert_allclose(table_of(panel).inputs, [[-3], [-1], [3]], atol=0.05)
    assert table_of(panel).targets.tolist() == [0, 1, 0]
    drag(qtbot, panel, (2.0, -0.1), (4.0, 0.1), shift=True)
    assert panel.board.selection.tolist() == [0, 1, 2]
    qtbot.keyClick(panel.view, Qt.Key.Key_Delete)
    assert table_of(panel).inputs.shape == (0, 1)
    press_undo(qtbot, panel)
    take(qtbot, panel, "erase")
    drag(qtbot, panel, (3.0, 0.02), (3.0, 0.0))
    np.testing.assert_allclose(table_of(panel).inputs, [[-3], [-1]], atol=0.05)
    before = table_of(panel).inputs
    take(qtbot, panel, "jitter")
    assert (table_of(panel).inputs != before).all()
    assert table_of(panel).targets.tolist() == [0, 1]


def test_arrows_and_enter_put_a_point_on_the_strip(qtbot: QtBot, open_panel: Opener):
    panel = open_panel(PRICES)
    left, right, low, high = panel.view.plane
    reach_by_keyboard(panel)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Return):
        qtbot.keyClick(panel.view, key)
    assert table_of(panel).inputs[-1, 0] == pytest.approx((left + right) / 2 + (right - left) / 24)
    assert table_of(panel).targets[-1] == pytest.approx((low + high) / 2 + (high - low) / 12)


def test_a_unit_has_its_own_curve_and_scale(open_panel: Opener):
    panel = open_panel(PRICES)
    output = curve_height(panel, 80.0)
    session_of(panel).selection.pin(0, 1)
    assert panel.view.up.text == panel.view.overlay.caption == "Unit 2 of layer 1"
    prepared = session_of(panel).prepared
    activations = session_of(panel).trainer.network.layer_outputs(prepared.as_seen(np.array([[50.0], [150.0]])))[0][
        :, 1
    ]
    (low, high, *_), _ = panel.view._upwards
    x, heights = panel.view.curves._curves[0].item.getData()
    left, right = panel.view.plane[:2]
    drawn = low + np.interp((np.array([50.0, 150.0]) - left) / (right - left), x, heights) * (high - low)
    np.testing.assert_allclose(drawn, activations, atol=0.02 * (high - low))
    session_of(panel).selection.pin(-1, -1)
    assert panel.view.up.text == "price <b>&"
    assert curve_height(panel, 80.0) == output


def test_misclassified_points_are_ringed_on_a_strip(qtbot: QtBot, open_panel: Opener):
    panel = open_panel(LINE)
    qtbot.mouseClick(panel.misclassified, LEFT, pos=QPoint(8, panel.misclassified.height() // 2))
    wrong = [
        k for k, x in enumerate((-4.0, -2.0, 3.0)) if (answer(panel, x)[0] > 0.5) != bool(LINE.data.table.targets[k])
    ]
    assert panel.view.points._ringed.tolist() == wrong


def test_what_makes_no_sense_on_a_strip_cant_be_chosen(open_panel: Opener):
    panel = open_panel(PRICES)
    assert not any(box.isEnabled() for box in (panel.discrete, panel.misclassified, panel.shapes))
    session_of(panel).change("classes", LINE)
    assert all(box.isEnabled() for box in (panel.discrete, panel.misclassified, panel.shapes))


@pytest.mark.parametrize("scale", [1e-300, 1e-5, 1.0, 1e8, 1e99])
def test_one_input_of_any_scale_is_drawn_on(qtbot: QtBot, open_panel: Opener, scale: float):
    table = Table(np.array([[1.0], [2.0], [4.0]]) * scale, np.array([1.0, 2.0, 4.0]) * scale, "regression")
    data = replace(PRICES.data, table=table)
    panel = open_panel(replace(PRICES, data=data))
    click(qtbot, panel, 3.0 * scale, 2.5 * scale)
    qtbot.waitUntil(lambda: panel.view.curves._curves[0].item.isVisible())
    np.testing.assert_allclose(table_of(panel).inputs[-1] / scale, [3], rtol=0.05)
    np.testing.assert_allclose(table_of(panel).targets[-1] / scale, 2.5, rtol=0.05)
    assert curve_height(panel, 2.0 * scale) == pytest.approx(answer(panel, 2.0 * scale)[0], rel=0.02)


def test_a_plane_with_its_inputs_exchanged_is_drawn_on_as_it_is_seen(qtbot: QtBot, open_panel: Opener):
    panel = open_panel(swapped((1, 0)))
    click(qtbot, panel, 5.0, -3.0)
    np.testing.assert_allclose(table_of(panel).inputs, [[-4, 1], [2, 3], [-3, 5]], atol=0.05)
    take(qtbot, panel, "rectangle")
    drag(qtbot, panel, (0.0, -5.0), (2.0, -3.5))
    assert panel.board.selection.tolist() == [0]


def test_two_inputs_of_which_one_is_seen_are_not_drawn_on(qtbot: QtBot, open_panel: Opener):
    panel = open_panel(swapped((0, 0)))
    click(qtbot, panel, 1.0, 0.5)
    assert table_of(panel) == session_of(panel).experiment.data.table == swapped((0, 0)).data.table
    assert panel.readout.text().endswith("No drawing here: each point has two inputs, and one of them isn't shown")
    assert [row.input.name for row in panel.slice.rows] == ["b"]
