"""A click on a point chooses it as the sample whose numbers are shown; it is ringed, and told below the canvas."""

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from nnplay.gui.panels.output.overlay import RING
from nnplay.gui.panels.output.panel import OutputPanel
from nnplay.gui.session.selection import Selection
from nnplay.gui.window.main_window import MainWindow
from nnplay.training.edits import with_data_set
from nnplay.training.experiment import Experiment
from tests.gui.panels.output.output_hands import (
    BUMPS,
    CIRCLES,
    LEFT,
    NONE,
    PATIENCE,
    RIGHT,
    SHIFT,
    XOR,
    Opener,
    click,
    drag,
    reach_by_keyboard,
    replace,
    session_of,
    table_of,
    take,
)
from tests.gui.panels.output.test_one_input import PRICES
from tests.gui.panels.output.test_slice import FLOWER

CONTROL = Qt.KeyboardModifier.ControlModifier


def selection_of(panel: OutputPanel) -> Selection:
    return session_of(panel).selection


def inputs_of(panel: OutputPanel, row: int) -> tuple[float, ...]:
    return tuple(table_of(panel).inputs[row].tolist())


def lone(panel: OutputPanel, *, training: bool = True) -> int:
    """A row whose point has no other one near it."""
    prepared = session_of(panel).prepared
    places = prepared.plane_points
    assert places is not None
    size = np.array(panel.view.pixel_size())
    apart = np.linalg.norm((places[:, None] - places[None]) / size, axis=2) + 1e9 * np.eye(len(places))
    rows = prepared.train if training else prepared.test
    return int(rows[np.argmax(apart[rows].min(axis=1))])


def pixel_of(panel: OutputPanel, row: int) -> QPoint:
    places = session_of(panel).prepared.plane_points
    assert places is not None
    return panel.to_widget(QPointF(*places[row]))


def click_row(qtbot: QtBot, panel: OutputPanel, row: int, keys: Qt.KeyboardModifier = NONE) -> None:
    qtbot.mouseClick(panel.canvas, LEFT, keys, pixel_of(panel, row))


def leave(panel: OutputPanel) -> None:
    QApplication.sendEvent(panel.view, QEvent(QEvent.Type.Leave))


def is_ringed(panel: OutputPanel, row: int) -> bool:
    """Whether the colour of text runs around the point, left and right of it."""
    image, pixel = panel.view.grab().toImage(), pixel_of(panel, row)
    ink = QColor(session_of(panel).theme.palette.text)
    out = panel.view.points.size / 2 + RING
    return all(_has(image, ink, pixel.x() + side * out, pixel.y()) for side in (-1, 1))


def _has(image: QImage, ink: QColor, x: float, y: float) -> bool:
    colours = [image.pixelColor(round(x) + dx, y) for dx in (-1, 0, 1)]
    return any(max(abs(c.red() - ink.red()), abs(c.blue() - ink.blue())) < 40 for c in colours)


@pytest.mark.parametrize("training", [True, False])
def test_a_click_on_a_point_chooses_it_and_rings_it_and_another_click_leaves_it(
    qtbot: QtBot, open_panel: Opener, training: bool
):
    panel = open_panel(CIRCLES)
    row = lone(panel, training=training)
    assert not is_ringed(panel, row)
    click_row(qtbot, panel, row)
    assert selection_of(panel).chosen_sample == inputs_of(panel, row)
    assert is_ringed(panel, row)
    assert session_of(panel).experiment == CIRCLES, "nothing was drawn"
    click_row(qtbot, panel, row)
    assert selection_of(panel).chosen_sample is None
    assert not is_ringed(panel, row)


def test_beside_all_points_the_tool_draws_and_with_shift_or_the_right_button_on_a_point_too(
    qtbot: QtBot, open_panel: Opener
):
    panel = open_panel(XOR)
    click(qtbot, panel, 0.5, 0.5)
    assert len(table_of(panel)) == 5
    click(qtbot, panel, 0.0, 0.0, RIGHT)
    assert len(table_of(panel)) == 6
    click_row(qtbot, panel, 1, SHIFT)
    assert len(table_of(panel)) == 7
    assert selection_of(panel).chosen_sample is None


def test_while_it_is_pointed_at_its_own_numbers_are_shown(qtbot: QtBot, open_panel: Opener):
    panel = open_panel(CIRCLES)
    row = lone(panel)
    qtbot.mouseMove(panel.canvas, QPoint(2, 2))
    qtbot.mouseMove(panel.canvas, pixel_of(panel, row) + QPoint(1, 1))
    click_row(qtbot, panel, row)
    selection = selection_of(panel)
    qtbot.waitUntil(lambda: selection.sample == inputs_of(panel, row))


def test_the_readout_says_which_sample_and_what_the_network_answers(qtbot: QtBot, open_panel: Opener):
    panel = open_panel(CIRCLES)
    session = session_of(panel)
    for training, word in ((True, "training"), (False, "test")):
        row = lone(panel, training=training)
        click_row(qtbot, panel, row)
        leave(panel)
        (output,) = session.trainer.network.forward(session.prepared.as_seen(table_of(panel).inputs[row : row + 1]))[0]
        text = panel.readout.text()
        assert f"sample {row + 1}  {word}  target class {int(table_of(panel).targets[row])}" in text
        assert f"{output:.3f}" in text
    with qtbot.waitSignal(session.message) as told:
        click_row(qtbot, panel, lone(panel))
    assert "for training" in told.args[0]


def test_its_answer_is_live_while_the_network_trains(qtbot: QtBot, open_panel: Opener):
    panel = open_panel(CIRCLES)
    session, row = session_of(panel), lone(panel)
    click_row(qtbot, panel, row)
    leave(panel)
    before = panel.readout.text()
    session.toggle_training()
    qtbot.waitUntil(lambda: session.running and panel.readout.text() != before, timeout=PATIENCE)
    assert selection_of(panel).chosen_sample == inputs_of(panel, row)
    session.pause()
    qtbot.waitUntil(lambda: not session.running, timeout=PATIENCE)
    assert panel.readout.text().startswith(f"sample {row + 1} ")
    assert is_ringed(panel, row)


def test_escape_leaves_the_selection_first_and_then_the_sample(qtbot: QtBot, open_panel: Opener):
    panel = open_panel(CIRCLES)
    row = lone(panel)
    take(qtbot, panel, "rectangle")
    click_row(qtbot, panel, row)
    assert panel.board.selection.tolist() == [row]
    assert selection_of(panel).chosen_sample == inputs_of(panel, row)
    qtbot.keyClick(panel.view, Qt.Key.Key_Escape)
    assert len(panel.board.selection) == 0
    assert selection_of(panel).chosen_sample is not None
    qtbot.keyClick(panel.view, Qt.Key.Key_Escape)
    assert selection_of(panel).chosen_sample is None


def test_with_a_tool_that_selects_a_click_on_the_background_leaves_it_and_a_rectangle_does_not(
    qtbot: QtBot, open_panel: Opener
):
    panel = open_panel(CIRCLES)
    row = lone(panel)
    take(qtbot, panel, "rectangle")
    click_row(qtbot, panel, row)
    drag(qtbot, panel, (-5.8, -5.8), (-5.0, -5.0))
    assert selection_of(panel).chosen_sample == inputs_of(panel, row)
    click(qtbot, panel, -5.8, 5.8)
    assert selection_of(panel).chosen_sample is None


@pytest.mark.parametrize("key", ["put", "brush", "erase", "lasso"])
def test_control_and_a_click_choose_with_any_tool(qtbot: QtBot, open_panel: Opener, key: str):
    panel = open_panel(CIRCLES)
    row = lone(panel)
    take(qtbot, panel, key)
    click_row(qtbot, panel, row, CONTROL)
    assert selection_of(panel).chosen_sample == inputs_of(panel, row)
    click(qtbot, panel, -5.8, 5.8) if key == "lasso" else click_row(qtbot, panel, row, CONTROL)
    assert selection_of(panel).chosen_sample is None
    assert session_of(panel).experiment == CIRCLES


@pytest.mark.parametrize("keys", [NONE, CONTROL])
def test_enter_chooses_where_the_cross_stands(qtbot: QtBot, open_panel: Opener, keys: Qt.KeyboardModifier):
    panel = open_panel(XOR)
    reach_by_keyboard(panel)
    x, y = panel.keyboard._place
    panel.keyboard._go(0, 0, 0.0)
    step = (panel.view.plane[1] - panel.view.plane[0]) / 24
    row = 3
    to = table_of(panel).inputs[row]
    for key, way in ((Qt.Key.Key_Right, to[0] - x), (Qt.Key.Key_Up, to[1] - y)):
        for _ in range(round(way / step)):
            qtbot.keyClick(panel.view, key)
        for _ in range(round((way - round(way / step) * step) / (step / 10))):
            qtbot.keyClick(panel.view, key, SHIFT)
    qtbot.keyClick(panel.view, Qt.Key.Key_Return, keys)
    assert selection_of(panel).chosen_sample == inputs_of(panel, row)
    assert session_of(panel).experiment == XOR


def test_it_stays_through_theme_network_and_split_and_ends_with_other_data(qtbot: QtBot, open_panel: Opener):
    panel = open_panel(CIRCLES)
    session, row = session_of(panel), lone(panel)
    click_row(qtbot, panel, row)
    leave(panel)
    session.theme.set_mode("dark")
    assert is_ringed(panel, row)
    session.change("another start", replace(session.experiment, seed=5))
    session.change("all train", replace(session.experiment, data=replace(session.experiment.data, train_share=1.0)))
    assert selection_of(panel).chosen_sample == inputs_of(panel, row)
    assert f"sample {row + 1}  training" in panel.readout.text()
    session.change("numbers", BUMPS)
    assert selection_of(panel).chosen_sample is None
    assert "sample" not in panel.readout.text()


def test_a_sample_of_a_slice_is_the_row_itself_and_stays_when_the_slice_moves(qtbot: QtBot, open_panel: Opener):
    panel = open_panel(FLOWER)
    row = lone(panel)
    click_row(qtbot, panel, row)
    assert selection_of(panel).chosen_sample == inputs_of(panel, row)
    selection_of(panel).set_slice((0.0,) * len(inputs_of(panel, row)))
    leave(panel)
    assert selection_of(panel).sample == inputs_of(panel, row)
    assert panel.readout.isVisible()
    assert panel.readout.text().startswith(f"sample {row + 1} ")
    with qtbot.assertNotEmitted(session_of(panel).message):
        click(qtbot, panel, panel.view.plane[0], panel.view.plane[3])
    assert selection_of(panel).chosen_sample is None
    with qtbot.waitSignal(session_of(panel).message) as told:
        click(qtbot, panel, panel.view.plane[0], panel.view.plane[3])
    assert "No drawing here" in told.args[0]


def test_along_one_input_a_point_is_chosen_at_its_height(qtbot: QtBot, open_panel: Opener):
    panel = open_panel(PRICES)
    row = lone(panel)
    click_row(qtbot, panel, row)
    assert selection_of(panel).chosen_sample == inputs_of(panel, row)
    assert is_ringed(panel, row)
    leave(panel)
    assert "ŷ" in panel.readout.text()


def test_a_hand_shows_where_a_click_chooses(qtbot: QtBot, open_panel: Opener):
    panel = open_panel(CIRCLES)
    row = lone(panel)
    for key, shape in (("put", Qt.CursorShape.PointingHandCursor), ("brush", Qt.CursorShape.CrossCursor)):
        take(qtbot, panel, key)
        qtbot.mouseMove(panel.canvas, panel.to_widget(QPointF(-5.8, 5.8)))
        assert panel.canvas.cursor().shape() == Qt.CursorShape.CrossCursor
        qtbot.mouseMove(panel.canvas, pixel_of(panel, row))
        assert panel.canvas.cursor().shape() == shape


def test_test_points_that_are_not_drawn_are_not_chosen(qtbot: QtBot, open_panel: Opener):
    panel = open_panel(CIRCLES)
    row = lone(panel, training=False)
    panel.test_points.setChecked(False)
    click_row(qtbot, panel, row, CONTROL)
    assert selection_of(panel).chosen_sample is None


def test_the_drawing_shows_the_chosen_sample_while_it_trains(
    qtbot: QtBot, make_window: Callable[[Experiment], MainWindow]
):
    window = make_window(with_data_set(Experiment(), "circles"))
    panel = window.panel("output")
    qtbot.waitUntil(lambda: panel._shown.answer is not None, timeout=PATIENCE)
    row = lone(panel)
    click_row(qtbot, panel, row)
    leave(panel)
    session = window.session
    session.toggle_training()
    qtbot.waitUntil(lambda: session.trainer.epoch > 5, timeout=PATIENCE)
    assert session.selection.sample == inputs_of(panel, row)
    session.pause()
    qtbot.waitUntil(lambda: not session.running, timeout=PATIENCE)


@pytest.mark.parametrize("key", ["put", "rectangle"])
def test_a_sample_is_chosen_in_the_midst_of_a_walk(qtbot: QtBot, open_panel: Opener, key: str):
    panel = open_panel(CIRCLES)
    session, row = session_of(panel), lone(panel)
    take(qtbot, panel, key)
    for _ in range(3):
        session.step_phase()
    walk = session.walk.walk
    assert walk is not None
    click_row(qtbot, panel, row)
    assert selection_of(panel).chosen_sample == inputs_of(panel, row)
    assert session.walk.walk is walk
    assert walk.cursor == 2
    drag(qtbot, panel, (-5.8, 5.8), (-5.0, 5.0))
    assert session.walk.walk is (None if key == "put" else walk)
