"""What the output shows: values, classes, test points, misclassified ones, a unit in its place."""

import itertools
from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot

from nnplay.data import Table
from nnplay.gui.paint.heatmap import sampled
from nnplay.gui.panels.output.panel import OutputPanel
from nnplay.gui.window.main_window import MainWindow
from nnplay.training.experiment import YOURS, DataSpec, Experiment, HiddenLayer, ModelSpec, TrainingSpec
from tests.gui.panels.output.output_hands import (
    BUMPS,
    CIRCLES,
    LEFT,
    PATIENCE,
    RIGHT,
    SPIRALS,
    XOR,
    Opener,
    click,
    colour_at,
    point_at,
    replace,
    session_of,
    table_of,
)


def test_values_stand_under_the_pointer_and_follow_the_training(qtbot: QtBot, open_panel: Opener):
    panel = open_panel(XOR)
    point_at(qtbot, panel, 1.0, 0.0)
    first = panel.readout.text()
    assert first.startswith("x₁")
    assert "p(class 1) 0." in first
    session_of(panel).step_epoch()
    qtbot.waitUntil(lambda: not session_of(panel).running and panel.readout.text() != first, timeout=PATIENCE)
    qtbot.mouseMove(panel.canvas, QPoint(2, 2))
    assert panel.readout.text().startswith("Click puts class 0")


def test_at_rest_the_value_is_the_networks_own(qtbot: QtBot, open_panel: Opener):
    panel = open_panel(XOR)
    place = panel.to_widget(QPointF(0.83, 0.21))
    point_at(qtbot, panel, 0.83, 0.21)
    exact = session_of(panel).trainer.network.forward(np.array([panel.view.to_plane(QPointF(place))]))[0, 0]
    assert panel.readout.text().endswith(f"p(class 1) {exact:.3f}")


def test_at_rest_the_value_is_exact_where_the_plane_is_two_of_more_inputs(qtbot: QtBot, open_panel: Opener):
    panel = open_panel(measured())
    place = panel.view.canvas_rect().center().toPoint() + QPoint(17, 9)
    qtbot.mouseMove(panel.canvas, place)
    prepared = session_of(panel).prepared
    point = prepared.table.inputs.mean(axis=0)
    point[2], point[0] = panel.view.to_plane(QPointF(place))
    exact = session_of(panel).trainer.network.forward(prepared.as_seen(point[None]))[0, 0]
    assert panel.readout.text().endswith(f" {exact:.3f}")


def test_while_it_trains_the_value_is_the_maps(qtbot: QtBot, open_panel: Opener):
    panel = open_panel(CIRCLES)
    session_of(panel).toggle_training()
    qtbot.waitUntil(lambda: session_of(panel).trainer.epoch > 0, timeout=PATIENCE)
    point_at(qtbot, panel, 0.83, 0.21)
    maps, place = panel._shown.answer, panel.view.to_plane(QPointF(panel.to_widget(QPointF(0.83, 0.21))))
    assert session_of(panel).running
    read = sampled(maps.layers[-1], maps.plane, np.array([place]))[0, 0]
    assert panel.readout.text().endswith(f"p(class 1) {read:.3f}")


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
    assert not panel.misclassified.isEnabled()
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


def test_shapes_give_each_class_a_marker_of_its_own(qtbot: QtBot, open_panel: Opener):
    panel = open_panel(XOR)
    box = panel.shapes

    def markers() -> list[QImage]:
        """One point of class 0, and one of class 1."""
        picture = panel.view.grab().toImage()
        places = (panel.to_widget(QPointF(*place)) for place in ((0, 0), (0, 1)))
        return [picture.copy(QRect(place - QPoint(10, 10), place + QPoint(10, 10))) for place in places]

    discs = markers()
    qtbot.mouseClick(box, LEFT, pos=QPoint(8, box.height() // 2))
    disc, other = markers()
    assert disc == discs[0]
    assert other != discs[1]
    qtbot.mouseClick(box, LEFT, pos=QPoint(8, box.height() // 2))
    assert markers() == discs


def test_test_points_can_be_left_out(qtbot: QtBot, open_panel: Opener):
    panel = open_panel(CIRCLES)
    assert len(panel.view.points.shown) == 60
    qtbot.mouseClick(panel.test_points, LEFT, pos=QPoint(8, panel.test_points.height() // 2))
    assert len(panel.view.points.shown) == len(session_of(panel).prepared.train)


def test_misclassified_points_are_ringed_until_they_are_learnt(qtbot: QtBot, open_panel: Opener):
    panel = open_panel(replace(XOR, training=TrainingSpec(learning_rate=0.5)))
    session = session_of(panel)
    qtbot.mouseClick(panel.misclassified, LEFT, pos=QPoint(8, panel.misclassified.height() // 2))
    assert len(panel.view.points._ringed) == round(4 * (1 - session.trainer.figures.train.accuracy))
    session.toggle_training()
    qtbot.waitUntil(lambda: len(panel.view.points._ringed) == 0, timeout=PATIENCE)


def test_a_unit_can_be_shown_in_place_of_the_output(open_panel: Opener):
    panel = open_panel(CIRCLES)
    output = colour_at(panel, 5.5, 5.5)
    session_of(panel).selection.pin(0, 2)
    assert panel.view.overlay.caption == "Unit 3 of layer 1"
    assert "Unit 3" in panel.view.accessibleName()
    assert any(colour_at(panel, x, y) != output for x, y in ((5.5, 5.5), (-5.5, -5.5)))
    session_of(panel).selection.pin(-1, -1)
    assert panel.view.overlay.caption == ""
    assert colour_at(panel, 5.5, 5.5) == output


def test_under_an_input_the_pinned_unit_stays_in_view(open_panel: Opener):
    panel = open_panel(CIRCLES)
    selection = session_of(panel).selection
    selection.hover(-1, 0)
    assert panel.view.overlay.caption == ""
    selection.pin(0, 2)
    selection.hover(-1, 1)
    assert panel.view.overlay.caption == "Unit 3 of layer 1"
    selection.hover(0, 0)
    assert panel.view.overlay.caption == "Unit 1 of layer 1"


def test_a_unit_that_is_gone_gives_way_to_the_output(open_panel: Opener):
    panel = open_panel(CIRCLES)
    session_of(panel).selection.pin(0, 2)
    session = session_of(panel)
    model = replace(session.experiment.model, hidden_layers=(HiddenLayer(units=1),))
    session.change("Fewer units", replace(session.experiment, model=model))
    assert panel.view.overlay.caption == ""


def test_in_a_regression_a_click_puts_a_value(qtbot: QtBot, open_panel: Opener):
    panel = open_panel(BUMPS)
    low, high = panel.board.target(), panel.board.target(second=True)
    assert low < high
    assert panel.readout.text() == f"Click puts value {low:.3f}, right click puts value {high:.3f}".replace("-", "−")
    assert panel.swatches.button(0).accessibleName() == f"Draw value {low:.3f}".replace("-", "−")


def test_swatches_keys_and_hint_call_a_class_the_same(open_panel: Opener):
    panel = open_panel(XOR)
    for experiment in (XOR, BUMPS, measured()):
        session_of(panel).change("other data", experiment)
        swatches = [panel.swatches.button(index).accessibleName() for index in range(6)]
        assert [action.text() for action in panel.actions()] == swatches
        assert [action.shortcut().toString() for action in panel.actions()] == list("123456")
    assert swatches[:2] == ["Draw no", "Draw yes"]
    session_of(panel).change("points", XOR)
    first, second = (panel.swatches.button(index).accessibleName().removeprefix("Draw ") for index in (0, 1))
    assert panel.readout.text() == f"Click puts {first}, right click puts {second}"


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


def test_the_tools_stand_apart_in_another_theme_too(qtbot: QtBot, make_window: Callable[[Experiment], MainWindow]):
    window = make_window(XOR)
    window.resize(window.minimumSize())
    qtbot.waitUntil(lambda: window.panel("output").canvas.height() < 260)
    qtbot.keyClick(window, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    QApplication.processEvents()
    strip = window.panel("output").strip
    buttons = [button.geometry() for button in strip.buttons.values()]
    for one, other in itertools.combinations(buttons, 2):
        assert not one.intersects(other)
    assert buttons[-1].bottom() <= strip.height()


def test_pictures_with_a_number_to_learn_have_a_pad_and_no_plane(open_panel: Opener):
    pictures = Table(np.zeros((4, 100)), np.arange(4.0), "regression", picture=(10, 10))
    model = ModelSpec(loss="mean_squared_error")
    panel = open_panel(Experiment(data=DataSpec(kind=YOURS, table=pictures), model=model))
    assert panel.digits.pad.isVisible()
    assert not panel.canvas.isVisible()
    assert not panel.strip.buttons["put"].isEnabled()


def test_of_many_classes_the_likeliest_are_told_by_name(qtbot: QtBot, open_panel: Opener):
    targets = np.arange(128.0) % 64
    places = np.column_stack([targets % 8 - 3.5, targets // 8 - 3.5]) + np.arange(128)[:, None] / 1000
    table = Table(places, targets, "classification", (), tuple(f"kind {k}" for k in range(64)))
    model = ModelSpec(loss="categorical_cross_entropy")
    panel = open_panel(Experiment(data=DataSpec(kind=YOURS, table=table), model=model))
    panel.view.moved.emit((0.5, 0.5))
    session = session_of(panel)
    outputs = session.trainer.network.forward(session.prepared.on_plane(np.array([[0.5, 0.5]])))[0]
    likeliest = np.argsort(-outputs, kind="stable")[:3]
    said = "  ".join(f"kind {k} {outputs[k]:.2f}" for k in likeliest)
    assert panel.readout.text().endswith(said)
    panel.grab()


def test_every_control_has_a_name_and_says_what_it_does(open_panel: Opener):
    panel = open_panel(XOR)
    controls = [*panel.strip.buttons.values(), *(panel.swatches.button(k) for k in range(6))]
    controls += [panel.discrete, panel.test_points, panel.misclassified, panel.shapes]
    for control in controls:
        assert control.accessibleName()
        assert len(control.toolTip()) > 8
        grouped = isinstance(control, QAbstractButton) and control.group() is not None and not control.isChecked()
        assert control.focusPolicy() & Qt.FocusPolicy.TabFocus or grouped, "arrow keys reach the others of a group"


def measured(names: tuple[str, ...] = ("Länge (cm)", "an input of a very long name", "x3")) -> Experiment:
    """A table of three inputs, of which the third and the first span a plane with long figures."""
    places = np.array([[-12_345.0, 1.0, 0.5], [54_321.0, 2.0, 0.25]])
    table = Table(places, np.array([0.0, 1.0]), "classification", names, ("no", "yes"))
    return Experiment(data=DataSpec(kind=YOURS, table=table, plane_inputs=(2, 0)))


def test_values_have_the_names_of_the_inputs_that_span_the_plane(qtbot: QtBot, open_panel: Opener):
    panel = open_panel(measured())
    place = panel.view.canvas_rect().center().toPoint()
    qtbot.mouseMove(panel.canvas, place)
    assert panel.readout.text().startswith("x₃")
    assert "  Länge (cm) " in panel.readout.text()
    session_of(panel).change("other names", measured(("an input of a very long name", "b", "c")))
    qtbot.mouseMove(panel.canvas, place + QPoint(5, 5))
    assert "  an inp…ng name " in panel.readout.text()


def test_every_figure_at_the_left_of_the_usual_planes_is_there(open_panel: Opener):
    panel = open_panel(XOR)
    assert figures_at_the_foot(panel)
    session_of(panel).change("circles", CIRCLES)
    assert figures_at_the_foot(panel)


def figures_at_the_foot(panel: OutputPanel) -> bool:
    """Whether something is written at the left of the lowest line of the canvas."""
    canvas, picture = panel.view.canvas_rect(), panel.view.grab().toImage()
    background = QColor(session_of(panel).theme.palette.panel).rgb()
    rows = range(round(canvas.bottom()) - 4, round(canvas.bottom()) + 4)
    return any(picture.pixel(x, y) != background for x in range(round(canvas.left()) - 12) for y in rows)


def test_long_figures_have_room_beside_a_square_canvas(qtbot: QtBot, open_panel: Opener):
    panel = open_panel(CIRCLES)
    usual = panel.view.canvas_rect()
    session_of(panel).change("measured", measured())
    canvas = panel.view.canvas_rect()
    assert canvas.left() > usual.left()
    assert canvas.width() == pytest.approx(canvas.height(), abs=1.0)
    picture = panel.view.grab().toImage()
    background = QColor(session_of(panel).theme.palette.panel).rgb()
    highest = [
        (x, y)
        for x in range(round(canvas.left()) - 4)
        for y in range(round(canvas.top()) + 12)
        if picture.pixel(x, y) != background
    ]
    assert len(highest) > 40
    assert min(x for x, _ in highest) > 1  # whole, and not cut
    below = range(round(canvas.bottom()) + 3, picture.height())
    assert all(picture.pixel(picture.width() - 1, y) == background for y in below)
    session_of(panel).undo_stack.undo()
    assert panel.view.canvas_rect() == usual


def test_a_table_of_other_inputs_says_why_nothing_can_be_drawn(open_panel: Opener):
    panel = open_panel(CIRCLES)
    hint, tip = panel.readout.text(), panel.strip.buttons["put"].toolTip()
    session_of(panel).change("measured", measured())
    assert panel.readout.text() == "No drawing here: each point has 3 inputs, not two"
    assert panel.strip.buttons["put"].toolTip() == panel.readout.text()
    assert panel.readout.fontMetrics().horizontalAdvance(panel.readout.text()) <= 332  # in the narrowest window
    session_of(panel).undo_stack.undo()
    assert (panel.readout.text(), panel.strip.buttons["put"].toolTip()) == (hint, tip)


def test_the_hint_shows_the_colours_of_what_a_click_puts(open_panel: Opener):
    panel = open_panel(CIRCLES)
    palette = session_of(panel).theme.palette
    picture = panel.readout.grab().toImage()
    seen = {picture.pixelColor(x, y).name() for x in range(picture.width()) for y in range(picture.height())}
    assert {QColor(colour).name() for colour in palette.classes[:2]} <= seen
    assert "●" not in panel.readout.text()
    panel.readout.resize(120, panel.readout.height())
    narrow = panel.readout.grab().toImage()
    seen = {narrow.pixelColor(x, y).name() for x in range(narrow.width()) for y in range(narrow.height())}
    assert QColor(palette.classes[0]).name() not in seen, "where the words don't fit, they are cut"
