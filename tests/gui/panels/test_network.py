"""The network panel as a person uses it: pointer, wheel and keys on a real session."""

from collections.abc import Callable
from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from nnplay.gui.items.network_layout import Unit
from nnplay.gui.panels.network import NetworkPanel
from nnplay.gui.session import Session
from nnplay.training.experiment import DataSpec, Experiment, HiddenLayer, ModelSpec, TrainingSpec

LEFT = Qt.MouseButton.LeftButton
CIRCLES = Experiment(
    data=DataSpec(kind="circles", samples=60),
    model=ModelSpec(
        hidden_layers=(HiddenLayer(units=4, activation="tanh"), HiddenLayer(units=3, activation="relu")),
    ),
    training=TrainingSpec(learning_rate=0.1, batch_size=10),
)
DIGITS = Experiment(
    data=DataSpec(kind="digits", samples=100, classes=10),
    model=ModelSpec(hidden_layers=(HiddenLayer(units=128), HiddenLayer(units=64)), loss="categorical_cross_entropy"),
)
PanelMaker = Callable[..., NetworkPanel]


@pytest.fixture
def make_panel(qtbot: QtBot, make_session: Callable[[Experiment], Session]) -> PanelMaker:
    """Makes panels, shown with their first snapshot; `panel.session` is the session behind."""

    def make(experiment: Experiment = CIRCLES, width: int = 660, height: int = 600) -> NetworkPanel:
        session = make_session(experiment)
        panel = NetworkPanel(session)
        panel.session = session  # type: ignore[attr-defined]
        panel.resize(width, height)
        qtbot.addWidget(panel)
        qtbot.addWidget(panel.header)
        panel.show()
        panel.header.show()
        panel.activateWindow()
        qtbot.waitExposed(panel)
        session.refresh()
        qtbot.waitUntil(lambda: panel.snapshot is not None)
        return panel

    return make


def place(panel: NetworkPanel, unit: Unit) -> QPoint:
    canvas = panel.canvas
    return canvas.view.to_widget(*canvas.layout_.box(unit).centre).toPoint()


def bias_place(panel: NetworkPanel, unit: Unit) -> QPoint:
    canvas = panel.canvas
    return canvas.view.to_widget(*canvas.layout_.bias_place(unit)).toPoint()


def edge_place(panel: NetworkPanel, number: int, source: int, target: int) -> QPoint:
    bundle = panel.canvas.layout_.bundles[number]
    edge = np.flatnonzero((bundle.sources == source) & (bundle.targets == target))[0]
    return panel.canvas.view.to_widget(*bundle.points[edge, 3]).toPoint()


def hidden(panel: NetworkPanel) -> list[tuple[int, str]]:
    return [(layer.units, layer.activation) for layer in panel.session.experiment.model.hidden_layers]


def tab_into(panel: NetworkPanel, qtbot: QtBot) -> None:
    panel.canvas.clearFocus()
    panel.canvas.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(panel.canvas.hasFocus)


def wheel(widget: QWidget, at: QPoint, notches: int) -> None:
    nothing = Qt.KeyboardModifier.NoModifier
    event = QWheelEvent(
        QPointF(at),
        widget.mapToGlobal(QPointF(at)),
        QPoint(),
        QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton,
        nothing,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(widget, event)


def test_plus_and_minus_change_the_number_of_layers(make_panel: PanelMaker, qtbot: QtBot) -> None:
    panel = make_panel()
    assert panel.header.label.text() == "2 hidden layers"
    qtbot.mouseClick(panel.header.more, LEFT)
    assert hidden(panel) == [(4, "tanh"), (3, "relu"), (3, "relu")]
    assert panel.header.label.text() == "3 hidden layers"
    assert len(panel.footers) == 3
    for _ in range(3):
        qtbot.mouseClick(panel.header.fewer, LEFT)
    assert hidden(panel) == []
    assert not panel.header.fewer.isEnabled()
    panel.session.undo_stack.undo()
    assert hidden(panel) == [(4, "tanh")]


def test_ten_layers_are_the_most(make_panel: PanelMaker, qtbot: QtBot) -> None:
    panel = make_panel()
    for _ in range(12):
        qtbot.mouseClick(panel.header.more, LEFT)
    assert len(hidden(panel)) == 10
    assert not panel.header.more.isEnabled()


def test_buttons_under_a_layer_change_its_units(make_panel: PanelMaker, qtbot: QtBot) -> None:
    panel = make_panel()
    controls = panel.footers[1].controls
    qtbot.mouseClick(controls.more, LEFT)
    assert hidden(panel)[1] == (4, "relu")
    assert controls.label.text() == "4 units"
    for _ in range(3):
        qtbot.mouseClick(controls.fewer, LEFT)
    assert hidden(panel)[1][0] == 1
    assert controls.label.text() == "1 unit"
    assert not controls.fewer.isEnabled()


def test_a_layer_has_an_activation_of_its_own(make_panel: PanelMaker, qtbot: QtBot) -> None:
    panel = make_panel()
    chooser = panel.footers[0].controls.activation
    chooser.setFocus()
    qtbot.keyClick(chooser, Qt.Key.Key_Down)
    assert hidden(panel)[0][1] != "tanh"
    assert hidden(panel)[1] == (3, "relu")
    assert chooser.value() == hidden(panel)[0][1]


def test_a_click_lets_the_network_see_a_feature(make_panel: PanelMaker, qtbot: QtBot) -> None:
    panel = make_panel()
    qtbot.mouseClick(panel.canvas, LEFT, pos=place(panel, Unit(0, 2)))
    assert panel.session.experiment.data.features == ("x1", "x2", "x1^2")
    assert len(panel.session.trainer.network.weights[0]) == 3
    assert panel.ends[0].text() == "3 features"
    assert Unit(0, 2) not in panel.canvas.off
    qtbot.mouseClick(panel.canvas, LEFT, pos=place(panel, Unit(0, 0)))
    assert panel.session.experiment.data.features == ("x2", "x1^2")


def test_the_last_feature_stays(make_panel: PanelMaker, qtbot: QtBot) -> None:
    panel = make_panel()
    qtbot.mouseClick(panel.canvas, LEFT, pos=place(panel, Unit(0, 0)))
    with qtbot.waitSignal(panel.session.message) as said:
        qtbot.mouseClick(panel.canvas, LEFT, pos=place(panel, Unit(0, 1)))
    assert "last feature" in said.args[0]
    assert panel.session.experiment.data.features == ("x2",)


def test_a_click_pins_a_unit_and_another_lets_it_go(make_panel: PanelMaker, qtbot: QtBot) -> None:
    panel = make_panel()
    with qtbot.waitSignal(panel.unit_pinned) as pinned:
        qtbot.mouseClick(panel.canvas, LEFT, pos=place(panel, Unit(1, 2)))
    assert pinned.args == [0, 2]
    with qtbot.waitSignal(panel.unit_pinned) as pinned:
        qtbot.mouseClick(panel.canvas, LEFT, pos=place(panel, Unit(3, 0)))
    assert pinned.args == [2, 0]
    with qtbot.waitSignal(panel.unit_pinned) as pinned:
        qtbot.mouseClick(panel.canvas, LEFT, pos=place(panel, Unit(3, 0)))
    assert pinned.args == [-1, -1]


def test_the_pin_goes_with_its_unit(make_panel: PanelMaker, qtbot: QtBot) -> None:
    panel = make_panel()
    qtbot.mouseClick(panel.canvas, LEFT, pos=place(panel, Unit(2, 2)))
    with qtbot.waitSignal(panel.unit_pinned) as pinned:
        qtbot.mouseClick(panel.footers[1].controls.fewer, LEFT)
    assert pinned.args == [-1, -1]


def test_hovering_tells_the_unit_and_the_card_says_its_numbers(make_panel: PanelMaker, qtbot: QtBot) -> None:
    panel = make_panel()
    with qtbot.waitSignal(panel.unit_hovered) as hovered:
        qtbot.mouseMove(panel.canvas, place(panel, Unit(1, 1)))
    assert hovered.args == [0, 1]
    assert panel.card.isVisible()
    assert panel.card.title.text() == "Unit 2 of layer 1"
    assert panel.card.value.text() == "bias 0.000 · tanh"
    assert panel.rect().contains(panel.card.geometry())
    qtbot.mouseMove(panel.canvas, QPoint(3, 3))
    assert not panel.card.isVisible()


def test_the_card_follows_the_training(make_panel: PanelMaker, qtbot: QtBot) -> None:
    panel = make_panel()
    qtbot.mouseMove(panel.canvas, edge_place(panel, 0, 0, 0))
    assert panel.card.title.text() == "Weight from x₁ to unit 1 of layer 1"
    before = panel.card.value.text()
    assert before == f"{panel.session.trainer.network.weights[0][0, 0]:.3f}".replace("-", "−")
    panel.session.step_epoch()
    qtbot.waitUntil(lambda: panel.snapshot.figures.epoch == 1 and not panel.session.running)
    after = f"{panel.session.trainer.network.weights[0][0, 0]:.3f}".replace("-", "−")
    qtbot.waitUntil(lambda: panel.card.value.text() == after)
    assert after != before


def test_a_click_on_an_edge_edits_its_weight(make_panel: PanelMaker, qtbot: QtBot) -> None:
    panel = make_panel()
    qtbot.mouseClick(panel.canvas, LEFT, pos=edge_place(panel, 1, 3, 2))
    editor = panel.acts.editor
    assert editor.isVisible()
    assert editor.label.text() == "Weight from unit 4 of layer 1 to unit 3 of layer 2"
    qtbot.keyClicks(editor.box.lineEdit(), "2.5")
    qtbot.keyClick(editor.box, Qt.Key.Key_Return)
    assert not editor.isVisible()
    assert panel.session.trainer.network.weights[1][3, 2] == 2.5
    panel.session.undo_stack.undo()
    assert panel.session.trainer.network.weights[1][3, 2] != 2.5


def test_a_click_on_a_bias_dot_edits_the_bias(make_panel: PanelMaker, qtbot: QtBot) -> None:
    panel = make_panel()
    qtbot.mouseClick(panel.canvas, LEFT, pos=bias_place(panel, Unit(3, 0)))
    editor = panel.acts.editor
    assert editor.label.text() == "Bias of Output"
    qtbot.keyClicks(editor.box.lineEdit(), "-1.25")
    qtbot.keyClick(editor.box, Qt.Key.Key_Return)
    assert panel.session.trainer.network.biases[2][0] == -1.25
    qtbot.waitUntil(lambda: panel.snapshot.biases[2][0] == -1.25)


def test_escape_leaves_the_weight_as_it_was(make_panel: PanelMaker, qtbot: QtBot) -> None:
    panel = make_panel()
    before = panel.session.trainer.network.parameters.copy()
    qtbot.mouseClick(panel.canvas, LEFT, pos=edge_place(panel, 1, 0, 0))
    qtbot.keyClicks(panel.acts.editor.box.lineEdit(), "7")
    qtbot.keyClick(panel.acts.editor.box, Qt.Key.Key_Escape)
    assert not panel.acts.editor.isVisible()
    np.testing.assert_array_equal(panel.session.trainer.network.parameters, before)
    assert panel.session.undo_stack.count() == 0


def test_x_switches_the_unit_under_the_pointer_off_and_on(make_panel: PanelMaker, qtbot: QtBot) -> None:
    panel = make_panel()
    qtbot.mouseMove(panel.canvas, place(panel, Unit(1, 1)))
    qtbot.keyClick(panel.canvas, Qt.Key.Key_X)
    qtbot.waitUntil(lambda: Unit(1, 1) in panel.canvas.off)
    assert panel.session.trainer.network.disabled_units == {(0, 1)}
    assert panel.card.value.text() == "switched off"
    qtbot.keyClick(panel.canvas, Qt.Key.Key_X)
    qtbot.waitUntil(lambda: Unit(1, 1) not in panel.canvas.off)
    assert not panel.session.trainer.network.disabled_units


def menu(panel: NetworkPanel, unit: Unit) -> QMenu:
    at = place(panel, unit)
    reason = QContextMenuEvent.Reason.Mouse
    QApplication.sendEvent(panel.canvas, QContextMenuEvent(reason, at, panel.canvas.mapToGlobal(at)))
    return QApplication.activePopupWidget()


def test_the_menu_of_a_unit_has_what_can_be_done_with_it(make_panel: PanelMaker, qtbot: QtBot) -> None:
    panel = make_panel()
    qtbot.mouseMove(panel.canvas, place(panel, Unit(1, 0)))
    opened = menu(panel, Unit(1, 0))
    texts = [action.text() for action in opened.actions() if not action.isSeparator()]
    assert texts == ["Pin", "Switch Off", "Edit Bias…", "Edit Weight"]
    weights = opened.actions()[-1].menu()
    assert [action.text().split(":")[0] for action in weights.actions()] == ["From x₁", "From x₂"]
    opened.actions()[1].trigger()
    opened.close()
    assert panel.session.trainer.network.disabled_units == {(0, 0)}


def test_one_walks_from_unit_to_unit_by_keys(make_panel: PanelMaker, qtbot: QtBot) -> None:
    panel = make_panel()
    canvas = panel.canvas
    tab_into(panel, qtbot)
    assert canvas.current == Unit(0, 0)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Right):
        qtbot.keyClick(canvas, key)
    assert canvas.current.column == 2
    assert panel.card.isVisible()
    assert "layer 2" in canvas.accessibleDescription()
    with qtbot.waitSignal(panel.unit_pinned) as pinned:
        qtbot.keyClick(canvas, Qt.Key.Key_Return)
    assert pinned.args == [1, canvas.current.position]
    qtbot.keyClick(canvas, Qt.Key.Key_Plus)
    assert hidden(panel)[1][0] == 4
    qtbot.keyClick(canvas, Qt.Key.Key_Minus)
    assert hidden(panel)[1][0] == 3


def test_keys_switch_features_and_edit_biases_and_weights(make_panel: PanelMaker, qtbot: QtBot) -> None:
    panel = make_panel()
    canvas = panel.canvas
    tab_into(panel, qtbot)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Return):
        qtbot.keyClick(canvas, key)
    assert "x1^2" in panel.session.experiment.data.features
    qtbot.waitUntil(lambda: panel.snapshot is not None)
    qtbot.keyClick(canvas, Qt.Key.Key_Right)
    unit = canvas.current.position
    qtbot.keyClick(canvas, Qt.Key.Key_B)
    qtbot.keyClicks(panel.acts.editor.box.lineEdit(), "0.5")
    qtbot.keyClick(panel.acts.editor.box, Qt.Key.Key_Return)
    assert panel.session.trainer.network.biases[0][unit] == 0.5
    assert canvas.hasFocus()
    assert canvas.walking
    qtbot.keyClick(canvas, Qt.Key.Key_W)
    assert panel.acts.editor.label.text().startswith("Weight from")


def test_the_focus_is_visible(make_panel: PanelMaker, qtbot: QtBot) -> None:
    panel = make_panel()
    plain = panel.canvas.grab().toImage()
    tab_into(panel, qtbot)
    box = panel.canvas.layout_.box(Unit(0, 0))
    at = QPoint(round(box.centre[0]), round(box.y - 4))
    assert panel.canvas.grab().toImage().pixelColor(at) != plain.pixelColor(at)


def test_arrows_stay_with_the_window_after_a_click(make_panel: PanelMaker, qtbot: QtBot) -> None:
    panel = make_panel()
    qtbot.mouseClick(panel.canvas, LEFT, pos=place(panel, Unit(1, 0)))
    panel.canvas.setFocus(Qt.FocusReason.MouseFocusReason)
    qtbot.keyClick(panel.canvas, Qt.Key.Key_Right)
    assert panel.canvas.current is None


def test_wheel_zooms_drag_pans_double_click_fits(make_panel: PanelMaker, qtbot: QtBot) -> None:
    panel = make_panel()
    canvas = panel.canvas
    at = place(panel, Unit(1, 1))
    wheel(canvas, at, 3)
    assert canvas.view.zoom == pytest.approx(1.2**3)
    assert (place(panel, Unit(1, 1)) - at).manhattanLength() <= 1, "what is under the pointer stays there"
    footer = panel.footers[0].geometry().center().x()
    assert abs(footer - at.x()) <= 2, "the controls stay under their column"
    ground = QPoint(canvas.width() - 4, 4)
    qtbot.mousePress(canvas, LEFT, pos=ground)
    qtbot.mouseMove(canvas, ground - QPoint(60, -20))
    qtbot.mouseMove(canvas, ground - QPoint(80, -20))
    qtbot.mouseRelease(canvas, LEFT, pos=ground - QPoint(80, -20))
    moved = place(panel, Unit(1, 1)) - at
    assert abs(moved.x() + 80) <= 2
    assert abs(moved.y() - 20) <= 2
    qtbot.mouseDClick(canvas, LEFT, pos=QPoint(3, 3))
    assert canvas.view.is_fitted


def test_a_drag_over_a_unit_does_not_pin_it(make_panel: PanelMaker, qtbot: QtBot) -> None:
    panel = make_panel()
    at = place(panel, Unit(1, 1))
    qtbot.mousePress(panel.canvas, LEFT, pos=at)
    qtbot.mouseMove(panel.canvas, at + QPoint(40, 0))
    qtbot.mouseRelease(panel.canvas, LEFT, pos=at + QPoint(40, 0))
    assert panel.canvas.pinned is None


def test_narrow_columns_keep_their_controls_behind_a_button(make_panel: PanelMaker, qtbot: QtBot) -> None:
    deep = Experiment(
        data=DataSpec(kind="circles", samples=60), model=ModelSpec(hidden_layers=(HiddenLayer(units=8),) * 10)
    )
    panel = make_panel(deep, 500, 420)
    footers = panel.footers
    assert all(footer.button.isVisible() for footer in footers)
    for left, right in pairwise(footers):
        assert left.button.mapTo(panel, left.button.rect().topRight()).x() < right.button.mapTo(panel, QPoint()).x()
    qtbot.mouseClick(footers[3].button, LEFT)
    qtbot.waitUntil(footers[3].controls.isVisible)
    qtbot.mouseClick(footers[3].controls.more, LEFT)
    assert hidden(panel)[3][0] == 9
    assert footers[3].button.text() == "9"


def test_wide_layers_over_pixels_stay_legible(make_panel: PanelMaker, qtbot: QtBot) -> None:
    panel = make_panel(DIGITS)
    layout = panel.canvas.layout_
    assert panel.ends[0].text() == "784 pixels"
    assert panel.ends[1].text() == "10 outputs"
    assert layout.columns[1].more == 128 - layout.columns[1].shown > 100
    qtbot.mouseMove(panel.canvas, place(panel, Unit(1, 0)))
    assert panel.card.title.text() == "Unit 1 of layer 1"
    image = panel.canvas.grab().toImage()
    box = layout.box(Unit(1, 0))
    inside = {image.pixel(round(box.x + dx), round(box.y + dy)) for dx in range(5, 25, 3) for dy in range(5, 25, 3)}
    assert len(inside) > 20, "its weights are a picture"
    qtbot.mouseMove(panel.canvas, place(panel, Unit(3, 7)))
    assert panel.card.title.text() == "Output “7”"


def test_a_snapshot_of_another_network_is_passed_over(make_panel: PanelMaker, qtbot: QtBot) -> None:
    panel = make_panel()
    old = panel.snapshot
    qtbot.mouseClick(panel.header.more, LEFT)
    panel.show_snapshot(old)
    assert panel.snapshot is not old


def test_reset_shows_the_start_again(make_panel: PanelMaker, qtbot: QtBot) -> None:
    panel = make_panel()
    start = panel.canvas.grab().toImage()
    for epoch in (1, 2, 3):
        panel.session.step_epoch()
        qtbot.waitUntil(lambda epoch=epoch: panel.snapshot.figures.epoch == epoch and not panel.session.running)
    assert panel.canvas.grab().toImage() != start
    panel.session.reset()
    qtbot.waitUntil(lambda: panel.snapshot is not None and panel.snapshot.figures.epoch == 0)
    assert panel.canvas.grab().toImage() == start


def test_dark_draws_on_dark(make_panel: PanelMaker, qtbot: QtBot) -> None:
    panel = make_panel()
    panel.session.theme.set_mode("dark")
    image = panel.canvas.grab().toImage()
    assert image.pixelColor(3, 3).lightness() < 60
    x, y = panel.canvas.layout_.box(Unit(1, 0)).centre
    assert image.pixelColor(round(x), round(y)).lightness() < 200


def test_every_control_has_a_name(make_panel: PanelMaker) -> None:
    panel = make_panel()
    assert panel.canvas.accessibleName() == "Network drawing, 2 – 4 – 3 – 1"
    for footer in panel.footers:
        controls = footer.controls
        for control in (controls.fewer, controls.more, controls.activation, footer.button):
            assert control.accessibleName()
            assert control.toolTip()
