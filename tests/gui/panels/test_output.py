"""The output used as a person does: mouse and keys on the canvas, and what is seen afterwards."""

from collections.abc import Callable

import msgspec
import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QWheelEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from nnplay.data import Table
from nnplay.gui.panels.output import OutputPanel
from nnplay.gui.session import Session
from nnplay.training.experiment import YOURS, DataSpec, Experiment, HiddenLayer, ModelSpec, TrainingSpec

replace = msgspec.structs.replace
LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton
SHIFT, NONE = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.NoModifier
PATIENCE = 20_000
NOTHING = Table(np.empty((0, 2)), np.empty(0), "classification", (), ("0", "1"))
XOR = Experiment(seed=1)
EMPTY = Experiment(data=DataSpec(kind=YOURS, table=NOTHING))
CIRCLES = Experiment(
    data=DataSpec(kind="circles", samples=60, train_share=0.5),
    model=ModelSpec(hidden_layers=(HiddenLayer(units=3, activation="tanh"),)),
)
SPIRALS = Experiment(
    data=DataSpec(kind="spirals", samples=60, classes=3), model=ModelSpec(loss="categorical_cross_entropy")
)
BUMPS = Experiment(
    data=DataSpec(kind="gaussian_bumps", samples=60, classes=1), model=ModelSpec(loss="mean_squared_error")
)
Opener = Callable[[Experiment], OutputPanel]


@pytest.fixture
def open_panel(qtbot: QtBot, make_session: Callable[[Experiment], Session]) -> Opener:
    def make(experiment: Experiment) -> OutputPanel:
        panel = OutputPanel(make_session(experiment))
        panel.window_ = QWidget()
        qtbot.addWidget(panel.window_)
        panel.setParent(panel.window_)
        panel.window_.resize(480, 540)
        panel.setGeometry(0, 0, 480, 540)
        panel.window_.show()
        panel.window_.activateWindow()
        with qtbot.waitActive(panel.window_):
            pass
        qtbot.waitUntil(lambda: session_of(panel).prepared.plane is None or panel._map.maps is not None)
        return panel

    return make


def session_of(panel: OutputPanel) -> Session:
    return panel._session


def table_of(panel: OutputPanel) -> Table:
    return session_of(panel).prepared.table


def click(qtbot: QtBot, panel: OutputPanel, x1: float, x2: float, button: Qt.MouseButton = LEFT) -> None:
    qtbot.mouseClick(panel.canvas, button, pos=panel.to_widget(QPointF(x1, x2)))


def drag(qtbot: QtBot, panel: OutputPanel, *way: tuple[float, float], shift: bool = False, let_go: bool = True) -> None:
    places = [panel.to_widget(QPointF(*place)) for place in way]
    qtbot.mousePress(panel.canvas, LEFT, SHIFT if shift else NONE, places[0])
    for place in places[1:]:
        qtbot.mouseMove(panel.canvas, place)
    if let_go:
        qtbot.mouseRelease(panel.canvas, LEFT, NONE, places[-1])


def take(qtbot: QtBot, panel: OutputPanel, key: str) -> None:
    qtbot.mouseClick(panel.strip.buttons[key], LEFT)


def press_undo(qtbot: QtBot, panel: OutputPanel) -> None:
    qtbot.mouseClick(panel.strip.buttons["undo"], LEFT)


def point_at(qtbot: QtBot, panel: OutputPanel, x1: float, x2: float) -> None:
    qtbot.mouseMove(panel.canvas, QPoint(2, 2))
    qtbot.mouseMove(panel.canvas, panel.to_widget(QPointF(x1, x2)))


def reach_by_keyboard(panel: OutputPanel) -> None:
    panel.discrete.setFocus()
    panel.view.setFocus(Qt.FocusReason.TabFocusReason)


def colour_at(panel: OutputPanel, x1: float, x2: float) -> QColor:
    return panel.view.grab().toImage().pixelColor(panel.to_widget(QPointF(x1, x2)))


# drawing


def test_xor_is_drawn_in_four_clicks(qtbot: QtBot, open_panel: Opener):
    panel = open_panel(EMPTY)
    for x1, x2, button in ((-3, -3, LEFT), (3, 3, LEFT), (-3, 3, RIGHT), (3, -3, RIGHT)):
        click(qtbot, panel, x1, x2, button)
    table = table_of(panel)
    np.testing.assert_allclose(table.inputs, [[-3, -3], [3, 3], [-3, 3], [3, -3]], atol=0.05)
    np.testing.assert_array_equal(table.targets, [0, 0, 1, 1])
    assert session_of(panel).undo_stack.count() == 4


def test_undo_takes_each_point_back(qtbot: QtBot, open_panel: Opener):
    panel = open_panel(EMPTY)
    click(qtbot, panel, 1, 1)
    click(qtbot, panel, 2, 2)
    press_undo(qtbot, panel)
    assert len(table_of(panel)) == 1
    press_undo(qtbot, panel)
    assert table_of(panel) == NOTHING
    assert not panel.strip.buttons["undo"].isEnabled()


def test_clear_empties_the_canvas_and_undo_fills_it_again(qtbot: QtBot, open_panel: Opener):
    panel = open_panel(XOR)
    before = table_of(panel)
    take(qtbot, panel, "clear")
    assert len(table_of(panel)) == 0
    press_undo(qtbot, panel)
    assert table_of(panel) == before
    assert session_of(panel).experiment == XOR


def test_drawing_into_a_generated_set_makes_it_ones_own_with_the_same_points(qtbot: QtBot, open_panel: Opener):
    panel = open_panel(XOR)
    session = session_of(panel)
    before, network = table_of(panel), session.trainer.network
    click(qtbot, panel, 0.5, 0.5)
    data = session.experiment.data
    assert data.kind == YOURS
    assert data.plane == (-0.5, 1.5, -0.5, 1.5)
    np.testing.assert_array_equal(table_of(panel).inputs[:4], before.inputs)
    assert session.trainer.network is network, "the network goes on"


def test_a_point_on_the_canvas_is_seen_in_its_colour(qtbot: QtBot, open_panel: Opener):
    panel = open_panel(EMPTY)
    click(qtbot, panel, 2, 2, RIGHT)
    seen = colour_at(panel, 2, 2)
    assert seen.blue() > seen.red() + 80


def test_a_third_class_brings_a_network_that_can_tell_three(qtbot: QtBot, open_panel: Opener):
    panel = open_panel(XOR)
    qtbot.mouseClick(panel.swatches.button(2), LEFT)
    click(qtbot, panel, 0.5, 0.5)
    session = session_of(panel)
    assert session.prepared.outputs == 3
    assert session.experiment.model.loss == "categorical_cross_entropy"
    press_undo(qtbot, panel)
    assert session.experiment == XOR


def test_number_keys_choose_the_class(qtbot: QtBot, open_panel: Opener):
    panel = open_panel(EMPTY)
    qtbot.keyClick(panel.window_, Qt.Key.Key_2)
    qtbot.waitUntil(panel.swatches.button(1).isChecked)
    click(qtbot, panel, 0, 0)
    assert table_of(panel).targets[0] == 1


def test_a_brush_stroke_is_previewed_and_is_one_step_of_undo(qtbot: QtBot, open_panel: Opener):
    panel = open_panel(EMPTY)
    take(qtbot, panel, "brush")
    drag(qtbot, panel, (-4, 0), (-1, 0), (3, 0), let_go=False)
    assert len(table_of(panel)) == 0
    qtbot.mouseRelease(panel.canvas, LEFT, NONE, panel.to_widget(QPointF(3, 0)))
    assert len(table_of(panel)) > 10
    press_undo(qtbot, panel)
    assert len(table_of(panel)) == 0


def test_the_eraser_takes_points_out(qtbot: QtBot, open_panel: Opener):
    panel = open_panel(XOR)
    take(qtbot, panel, "erase")
    click(qtbot, panel, 0, 0)
    assert len(table_of(panel)) == 3


def test_selected_points_are_moved_given_a_class_and_deleted(qtbot: QtBot, open_panel: Opener):
    panel = open_panel(XOR)
    before = table_of(panel)
    take(qtbot, panel, "rectangle")
    drag(qtbot, panel, (-0.4, -0.4), (0.4, 1.4))
    assert len(panel.board.selection) == 2
    drag(qtbot, panel, (0, 0), (0.2, 0))
    moved = table_of(panel).inputs - before.inputs
    np.testing.assert_allclose(moved[[0, 1]], [[0.2, 0]] * 2, atol=0.02)
    np.testing.assert_array_equal(moved[[2, 3]], 0)
    qtbot.mouseClick(panel.swatches.button(1), LEFT)
    np.testing.assert_array_equal(table_of(panel).targets[[0, 1]], [1, 1])
    panel.view.setFocus()
    qtbot.keyClick(panel.view, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: len(table_of(panel)) == 2)
    for _ in range(3):
        press_undo(qtbot, panel)
    assert table_of(panel) == before


def test_jitter_moves_every_point_a_little(qtbot: QtBot, open_panel: Opener):
    panel = open_panel(CIRCLES)
    before = table_of(panel)
    take(qtbot, panel, "jitter")
    moved = np.abs(table_of(panel).inputs - before.inputs)
    assert (moved > 0).all()
    assert np.median(moved) < 0.3
    np.testing.assert_array_equal(table_of(panel).targets, before.targets)


def test_arrows_and_enter_put_points_without_a_mouse(qtbot: QtBot, open_panel: Opener):
    panel = open_panel(EMPTY)
    reach_by_keyboard(panel)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Return):
        qtbot.keyClick(panel.view, key)
    qtbot.keyClick(panel.view, Qt.Key.Key_Left)
    qtbot.keyClick(panel.view, Qt.Key.Key_Return, SHIFT)
    np.testing.assert_allclose(table_of(panel).inputs, [[1.0, 0.5], [0.5, 0.5]])
    np.testing.assert_array_equal(table_of(panel).targets, [0, 1])
    assert panel.readout.text().startswith("x₁")


def test_arrows_and_enter_select_in_two_presses(qtbot: QtBot, open_panel: Opener):
    panel = open_panel(XOR)
    take(qtbot, panel, "rectangle")
    reach_by_keyboard(panel)
    qtbot.keyClick(panel.view, Qt.Key.Key_Return)
    for key in [Qt.Key.Key_Right] * 8 + [Qt.Key.Key_Up] * 8 + [Qt.Key.Key_Return]:
        qtbot.keyClick(panel.view, key)
    np.testing.assert_array_equal(panel.board.selection, [3])


def test_escape_leaves_a_stroke_undone(qtbot: QtBot, open_panel: Opener):
    panel = open_panel(XOR)
    take(qtbot, panel, "brush")
    drag(qtbot, panel, (0, 0), (1, 1), let_go=False)
    panel.view.setFocus()
    qtbot.keyClick(panel.view, Qt.Key.Key_Escape)
    qtbot.mouseRelease(panel.canvas, LEFT, NONE, panel.to_widget(QPointF(1, 1)))
    assert session_of(panel).experiment == XOR


def test_the_wheel_changes_the_circle_of_the_brush(qtbot: QtBot, open_panel: Opener):
    panel = open_panel(XOR)
    take(qtbot, panel, "brush")
    before = panel.board.tool.radius
    middle = QPointF(panel.canvas.rect().center())
    turn = QWheelEvent(
        middle, middle, QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton, NONE, Qt.ScrollPhase.NoScrollPhase, False
    )
    QApplication.sendEvent(panel.canvas, turn)
    assert panel.board.tool.radius > before


def test_a_second_click_on_the_brush_opens_its_options(qtbot: QtBot, open_panel: Opener):
    panel = open_panel(XOR)
    take(qtbot, panel, "brush")
    assert not panel.strip._options.isVisible()
    take(qtbot, panel, "brush")
    options = panel.strip._options
    assert options.isVisible()
    qtbot.keyClick(options.size_slider.slider, Qt.Key.Key_Right)
    assert panel.board.tool.radius == pytest.approx(0.85)
    options.hide()
    assert panel.strip.buttons["brush"].isChecked()


def test_drawing_while_it_trains_lets_training_go_on(qtbot: QtBot, open_panel: Opener):
    panel = open_panel(CIRCLES)
    session = session_of(panel)
    session.toggle_training()
    qtbot.waitUntil(lambda: session.trainer.epoch > 2, timeout=PATIENCE)
    click(qtbot, panel, 0, 0)
    assert session.running
    assert len(table_of(panel)) == 61
    qtbot.waitUntil(lambda: len(session.trainer.prepared.table) == 61, timeout=PATIENCE)


def test_five_hundred_acts_are_undone_to_the_exact_start(qtbot: QtBot, open_panel: Opener):
    panel = open_panel(XOR)
    generator = np.random.default_rng(0)
    for place in generator.uniform(-0.4, 1.4, (500, 2)):
        click(qtbot, panel, *place)
    assert len(table_of(panel)) == 504
    stack = session_of(panel).undo_stack
    while stack.canUndo():
        stack.undo()
    assert session_of(panel).experiment == XOR


def test_a_refused_point_is_told_and_changes_nothing(qtbot: QtBot, open_panel: Opener, monkeypatch: pytest.MonkeyPatch):
    panel = open_panel(XOR)
    monkeypatch.setattr("nnplay.data.drawing.MAX_POINTS", 4)
    with qtbot.waitSignal(session_of(panel).message) as told:
        click(qtbot, panel, 0.5, 0.5)
    assert "at most 4" in told.args[0]
    assert session_of(panel).experiment == XOR


# looking


def test_values_stand_under_the_pointer_and_follow_the_training(qtbot: QtBot, open_panel: Opener):
    panel = open_panel(XOR)
    point_at(qtbot, panel, 1.0, 0.0)
    first = panel.readout.text()
    assert first.startswith("x₁")
    assert "p(blue) 0." in first
    session_of(panel).step_epoch()
    qtbot.waitUntil(lambda: not session_of(panel).running and panel.readout.text() != first, timeout=PATIENCE)
    qtbot.mouseMove(panel.canvas, QPoint(2, 2))
    assert panel.readout.text().startswith("Click puts orange")


def test_at_rest_the_value_is_the_networks_own(qtbot: QtBot, open_panel: Opener):
    panel = open_panel(XOR)
    place = panel.to_widget(QPointF(0.83, 0.21))
    point_at(qtbot, panel, 0.83, 0.21)
    exact = session_of(panel).trainer.network.forward(np.array([panel.view.to_plane(QPointF(place))]))[0, 0]
    assert panel.readout.text().endswith(f"p(blue) {exact:.3f}")


def test_every_class_has_its_probability(qtbot: QtBot, open_panel: Opener):
    panel = open_panel(SPIRALS)
    point_at(qtbot, panel, 1.0, 2.0)
    figures = [float(word) for word in panel.readout.text().split()[4:]]
    assert len(figures) == 3
    assert sum(figures) == pytest.approx(1.0, abs=0.002)


def test_a_regression_shows_its_value(qtbot: QtBot, open_panel: Opener):
    panel = open_panel(BUMPS)
    point_at(qtbot, panel, 1.0, 2.0)
    assert "ŷ" in panel.readout.text()
    assert not panel.wrong.isEnabled()
    click(qtbot, panel, 0, 0)
    click(qtbot, panel, 1, 1, RIGHT)
    low, high = table_of(panel).targets[-2:]
    assert low < 0 < high


def test_discrete_leaves_no_slope(qtbot: QtBot, open_panel: Opener):
    panel = open_panel(CIRCLES)
    smooth = {colour_at(panel, x, 5.5).name() for x in np.linspace(-5.5, 5.5, 40)}
    qtbot.mouseClick(panel.discrete, LEFT, pos=QPoint(8, panel.discrete.height() // 2))
    hard = {colour_at(panel, x, 5.5).name() for x in np.linspace(-5.5, 5.5, 40)}
    assert len(hard) <= 2 < len(smooth)


def test_test_points_can_be_left_out(qtbot: QtBot, open_panel: Opener):
    panel = open_panel(CIRCLES)
    assert len(panel.view.points.shown) == 60
    qtbot.mouseClick(panel.test_points, LEFT, pos=QPoint(8, panel.test_points.height() // 2))
    assert len(panel.view.points.shown) == len(session_of(panel).prepared.train)


def test_wrong_ones_are_ringed_until_they_are_learnt(qtbot: QtBot, open_panel: Opener):
    panel = open_panel(replace(XOR, training=TrainingSpec(learning_rate=0.5)))
    session = session_of(panel)
    qtbot.mouseClick(panel.wrong, LEFT, pos=QPoint(8, panel.wrong.height() // 2))
    assert len(panel.view.points._ringed) == round(4 * (1 - session.trainer.figures.train.accuracy))
    session.toggle_training()
    qtbot.waitUntil(lambda: len(panel.view.points._ringed) == 0, timeout=PATIENCE)


def test_a_unit_can_be_shown_in_place_of_the_output(open_panel: Opener):
    panel = open_panel(CIRCLES)
    output = colour_at(panel, 5.5, 5.5)
    panel.show_unit(0, 2)
    assert panel.view.overlay.caption == "Unit 3 of layer 1"
    assert "Unit 3" in panel.view.accessibleName()
    assert any(colour_at(panel, x, y) != output for x, y in ((5.5, 5.5), (-5.5, -5.5)))
    panel.show_unit(0, None)
    assert panel.view.overlay.caption == ""
    assert colour_at(panel, 5.5, 5.5) == output


def test_a_unit_that_is_gone_gives_way_to_the_output(open_panel: Opener):
    panel = open_panel(CIRCLES)
    panel.show_unit(0, 2)
    session = session_of(panel)
    model = replace(session.experiment.model, hidden_layers=(HiddenLayer(units=1),))
    session.change("Fewer units", replace(session.experiment, model=model))
    assert panel.view.overlay.caption == ""


def test_the_canvas_is_square_and_the_tools_beside_it(open_panel: Opener):
    panel = open_panel(XOR)
    for size in ((360, 380), (520, 560), (900, 300), (300, 900)):
        panel.window_.resize(*size)
        panel.setGeometry(0, 0, *size)
        canvas = panel.view.canvas_rect()
        assert canvas.width() == pytest.approx(canvas.height(), abs=1.5)
        assert canvas.width() > 100
        strip = panel.strip.geometry()
        assert strip.left() >= panel.view.geometry().left() + canvas.right()
        lowest = max(button.geometry().bottom() for button in panel.strip.buttons.values())
        assert lowest <= strip.height()


def test_without_a_plane_there_is_a_sentence_in_its_place(open_panel: Opener):
    pictures = Table(np.zeros((4, 100)), np.array([0.0, 1.0, 0.0, 1.0]), "classification", (), ("0", "1"))
    panel = open_panel(Experiment(data=DataSpec(kind=YOURS, table=pictures)))
    assert panel.sentence.isVisible()
    assert not panel.canvas.isVisible()
    assert not panel.strip.buttons["put"].isEnabled()


def test_every_control_has_a_name_and_says_what_it_does(open_panel: Opener):
    panel = open_panel(XOR)
    controls = [*panel.strip.buttons.values(), *(panel.swatches.button(k) for k in range(6))]
    controls += [panel.discrete, panel.test_points, panel.wrong, panel.shapes]
    for control in controls:
        assert control.accessibleName()
        assert len(control.toolTip()) > 8
        grouped = isinstance(control, QAbstractButton) and control.group() is not None and not control.isChecked()
        assert control.focusPolicy() & Qt.FocusPolicy.TabFocus or grouped, "arrow keys reach the others of a group"
