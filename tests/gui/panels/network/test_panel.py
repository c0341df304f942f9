"""The network panel as a person uses it: pointer, wheel and keys on a real session."""

import itertools

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QCursor
from pytestqt.qtbot import QtBot

from nnplay.data import FEATURES, Table
from nnplay.gui.panels.network.layout import Unit
from nnplay.gui.panels.network.panel import DrawingViewer, NetworkPanel
from nnplay.gui.session.pace import TrainingPace
from nnplay.training.edits import with_data_set, with_table, with_units
from nnplay.training.experiment import YOURS, DataSpec, Experiment, HiddenLayer, ModelSpec
from nnplay.training.probes.maps import MapsProbe
from nnplay.training.trainer import Trainer
from tests.gui.panels.network.network_hands import (
    CIRCLES,
    LEFT,
    PanelMaker,
    bias_place,
    edge_place,
    hidden,
    menu,
    place,
)


def test_plus_and_minus_change_the_number_of_layers(make_panel: PanelMaker, qtbot: QtBot) -> None:
    panel = make_panel()
    assert panel.header.label.text() == "2 hidden layers"
    qtbot.mouseClick(panel.header.more, LEFT)
    assert hidden(panel) == [(4, "tanh"), (3, "relu"), (3, "relu")]
    assert panel.header.label.text() == "3 hidden layers"
    assert len(panel.under.footers) == 3
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
    controls = panel.under.footers[1].controls
    qtbot.mouseClick(controls.more, LEFT)
    assert hidden(panel)[1] == (4, "relu")
    assert controls.units.text() == "4 units"
    for _ in range(3):
        qtbot.mouseClick(controls.fewer, LEFT)
    assert hidden(panel)[1][0] == 1
    assert controls.units.text() == "1 unit"
    assert not controls.fewer.isEnabled()


def test_a_layer_has_an_activation_of_its_own(make_panel: PanelMaker, qtbot: QtBot) -> None:
    panel = make_panel()
    chooser = panel.under.footers[0].controls.activation
    chooser.setFocus()
    qtbot.keyClick(chooser, Qt.Key.Key_Down)
    assert hidden(panel)[0][1] != "tanh"
    assert hidden(panel)[1] == (3, "relu")
    assert chooser.value() == hidden(panel)[0][1]


def test_a_click_lets_the_network_see_a_feature(make_panel: PanelMaker, qtbot: QtBot) -> None:
    panel = make_panel()
    qtbot.mouseClick(panel.under.chips.chips["x1^2"], LEFT)
    assert panel.session.experiment.data.features == ("x1", "x2", "x1^2")
    assert len(panel.session.trainer.network.weights[0]) == 3
    assert panel.under.ends[0].text() == "3 features"
    assert not panel.under.chips.chips["x1^2"].isVisible()
    qtbot.mouseClick(panel.canvas, LEFT, pos=place(panel, Unit(0, 0)))
    assert panel.session.experiment.data.features == ("x2", "x1^2")


@pytest.mark.parametrize("index", range(len(FEATURES)), ids=list(FEATURES))
def test_every_feature_is_switched_by_a_click_and_back(make_panel: PanelMaker, qtbot: QtBot, index: int) -> None:
    panel = make_panel()
    name, seen = list(FEATURES)[index], ("x1", "x2")
    now = seen
    for wanted in (tuple(f for f in FEATURES if (f in seen) != (f == name)), seen):
        if name in now:
            qtbot.mouseClick(panel.canvas, LEFT, pos=place(panel, Unit(0, now.index(name))))
        else:
            qtbot.mouseClick(panel.under.chips.chips[name], LEFT)
        now = panel.session.experiment.data.features
        assert now == wanted
        assert len(panel.session.trainer.network.weights[0]) == len(wanted)
        assert panel.canvas.layout_.columns[0].total == len(wanted)
        chips = panel.under.chips.chips
        assert {feature for feature in chips if chips[feature].isVisible()} == set(FEATURES) - set(wanted)
        qtbot.waitUntil(lambda: panel.snapshot is not None)


def test_the_last_feature_stays(make_panel: PanelMaker, qtbot: QtBot) -> None:
    panel = make_panel()
    qtbot.mouseClick(panel.canvas, LEFT, pos=place(panel, Unit(0, 0)))
    with qtbot.waitSignal(panel.session.refused) as said:
        qtbot.mouseClick(panel.canvas, LEFT, pos=place(panel, Unit(0, 0)))
    assert "last feature" in said.args[0]
    assert panel.session.experiment.data.features == ("x2",)


def test_a_click_pins_a_unit_and_one_on_the_background_lets_it_go(make_panel: PanelMaker, qtbot: QtBot) -> None:
    panel = make_panel()
    with qtbot.waitSignal(panel.canvas.unit_pinned) as pinned:
        qtbot.mouseClick(panel.canvas, LEFT, pos=place(panel, Unit(1, 2)))
    assert pinned.args == [0, 2]
    with qtbot.waitSignal(panel.canvas.unit_pinned) as pinned:
        qtbot.mouseClick(panel.canvas, LEFT, pos=place(panel, Unit(3, 0)))
    assert pinned.args == [2, 0]
    with qtbot.waitSignal(panel.canvas.unit_pinned) as pinned:
        qtbot.mouseClick(panel.canvas, LEFT, pos=QPoint(3, 3))
    assert pinned.args == [-1, -1]


def test_the_pin_goes_with_its_unit(make_panel: PanelMaker, qtbot: QtBot) -> None:
    panel = make_panel()
    qtbot.mouseClick(panel.canvas, LEFT, pos=place(panel, Unit(2, 2)))
    with qtbot.waitSignal(panel.canvas.unit_pinned) as pinned:
        qtbot.mouseClick(panel.under.footers[1].controls.fewer, LEFT)
    assert pinned.args == [-1, -1]


def test_hovering_tells_the_unit_and_the_card_says_its_numbers(make_panel: PanelMaker, qtbot: QtBot) -> None:
    panel = make_panel()
    with qtbot.waitSignal(panel.canvas.unit_hovered) as hovered:
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


def test_at_full_speed_the_flow_has_the_frames_of_the_drawing(
    make_panel: PanelMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    panel = make_panel()
    painted: list[bool] = []
    monkeypatch.setattr(panel.canvas, "redraw", lambda: painted.append(True))
    panel.show_snapshot(panel.snapshot)
    assert not painted
    panel.show_drawing(panel.snapshot)
    assert len(painted) == 1
    panel.session.set_pace(TrainingPace(20.0))
    panel.show_snapshot(panel.snapshot)
    assert len(painted) == 2


def test_a_click_on_an_edge_edits_its_weight(make_panel: PanelMaker, qtbot: QtBot) -> None:
    panel = make_panel()
    qtbot.mouseClick(panel.canvas, LEFT, pos=edge_place(panel, 1, 3, 2))
    editor = panel.actions_.editor
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
    editor = panel.actions_.editor
    assert editor.label.text() == "Bias of output"
    qtbot.keyClicks(editor.box.lineEdit(), "-1.25")
    qtbot.keyClick(editor.box, Qt.Key.Key_Return)
    assert panel.session.trainer.network.biases[2][0] == -1.25
    qtbot.waitUntil(lambda: panel.actions_.weights.biases[2][0] == -1.25)


def test_escape_leaves_the_weight_as_it_was(make_panel: PanelMaker, qtbot: QtBot) -> None:
    panel = make_panel()
    before = panel.session.trainer.network.parameters.copy()
    qtbot.mouseClick(panel.canvas, LEFT, pos=edge_place(panel, 1, 0, 0))
    qtbot.keyClicks(panel.actions_.editor.box.lineEdit(), "7")
    qtbot.keyClick(panel.actions_.editor.box, Qt.Key.Key_Escape)
    assert not panel.actions_.editor.isVisible()
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


def test_x_switches_the_unit_under_the_pointer_wherever_the_keyboard_is(make_panel: PanelMaker, qtbot: QtBot) -> None:
    panel = make_panel()
    panel.activateWindow()
    qtbot.waitUntil(panel.isActiveWindow)
    panel.canvas.clearFocus()
    qtbot.mouseMove(panel.canvas, QPoint(3, 3))
    qtbot.keyClick(panel, Qt.Key.Key_X)
    assert panel.session.undo_stack.count() == 0, "nothing is under the pointer"
    qtbot.mouseMove(panel.canvas, place(panel, Unit(1, 1)))
    qtbot.keyClick(panel, Qt.Key.Key_X)
    qtbot.waitUntil(lambda: panel.canvas.off == {Unit(1, 1)})
    qtbot.mouseMove(panel.canvas, QPoint(3, 3))
    qtbot.keyClick(panel, Qt.Key.Key_X)
    assert panel.session.trainer.network.disabled_units == {(0, 1)}


def test_the_menu_of_a_unit_has_what_can_be_done_with_it(make_panel: PanelMaker, qtbot: QtBot) -> None:
    panel = make_panel()
    qtbot.mouseMove(panel.canvas, place(panel, Unit(1, 0)))
    opened = menu(panel, Unit(1, 0))
    texts = [action.text() for action in opened.actions() if not action.isSeparator()]
    assert texts[:4] == ["Pin", "Switch Off", "Edit Bias…", "Edit Weight"]
    assert texts[4:] == ["Inspect", "Inspect Bias", "Inspect Weight"]
    weights = next(action.menu() for action in opened.actions() if action.text() == "Edit Weight")
    assert [action.text().split(":")[0] for action in weights.actions()] == ["From x₁", "From x₂"]
    opened.actions()[1].trigger()
    opened.close()
    assert panel.session.trainer.network.disabled_units == {(0, 0)}


@pytest.mark.parametrize("off", [QPoint(3, 3), QPoint(-40, 30)], ids=["on the background", "beside the drawing"])
def test_nothing_is_pointed_at_when_a_menu_was_closed_elsewhere(
    make_panel: PanelMaker, qtbot: QtBot, off: QPoint
) -> None:
    panel = make_panel()
    qtbot.mouseMove(panel.canvas, QPoint(3, 3))
    qtbot.mouseMove(panel.canvas, place(panel, Unit(1, 1)))
    opened = menu(panel, Unit(1, 1))
    QCursor.setPos(panel.canvas.mapToGlobal(off))
    opened.close()
    assert panel.canvas.hovered is None
    assert not panel.card.isVisible()


@pytest.mark.parametrize("under", [Unit(1, 1), Unit(1, 3)], ids=["its own unit", "another one"])
def test_what_is_under_the_pointer_when_a_menu_closes_is_pointed_at(
    make_panel: PanelMaker, qtbot: QtBot, under: Unit
) -> None:
    panel = make_panel()
    qtbot.mouseMove(panel.canvas, QPoint(3, 3))
    qtbot.mouseMove(panel.canvas, place(panel, Unit(1, 1)))
    opened = menu(panel, Unit(1, 1))
    QCursor.setPos(panel.canvas.mapToGlobal(place(panel, under)))
    opened.close()
    assert panel.canvas.hovered == under
    assert panel.card.isVisible()


def test_inputs_of_a_table_that_span_the_plane_have_a_ramp(make_panel: PanelMaker) -> None:
    """The third spans it across, the first along; the second is the same everywhere."""
    inputs = np.array([[-3.0, 1.0, 2.0], [3.0, 2.0, -2.0]])
    table = Table(inputs, np.array([0.0, 1.0]), "classification", ("a", "b", "c"), ("no", "yes"))
    panel = make_panel(Experiment(data=DataSpec(kind=YOURS, table=table, plane_inputs=(2, 0))))
    picture = panel.grab().toImage()

    def colours(unit: Unit) -> list[int]:
        box = panel.canvas.layout_.box(unit)
        third = round(box.width / 3)
        x, y = place(panel, unit).toTuple()
        at = panel.canvas.mapTo(panel, QPoint(0, 0))
        ends = [(x - third, y), (x + third, y), (x, y - third), (x, y + third)]
        return [picture.pixel(at.x() + px, at.y() + py) for px, py in ends]

    left, right, top, bottom = colours(Unit(0, 2))
    assert left != right
    assert top == bottom
    left, right, top, bottom = colours(Unit(0, 0))
    assert left == right
    assert top != bottom
    assert len(set(colours(Unit(0, 1)))) == 1


def rows_and_columns(panel: NetworkPanel, unit: Unit) -> tuple[int, int]:
    """How many different colours the picture of a unit has along a line upwards, and along one across."""
    picture, box = panel.grab().toImage(), panel.canvas.layout_.box(unit)
    x, y = (panel.canvas.mapTo(panel, QPoint(0, 0)) + place(panel, unit)).toTuple()
    steps = range(-round(box.width / 3), round(box.width / 3))
    return len({picture.pixel(x, y + step) for step in steps}), len({picture.pixel(x + step, y) for step in steps})


def test_units_of_one_input_have_bands(make_panel: PanelMaker, qtbot: QtBot) -> None:
    """Upwards nothing changes; and an input far from zero goes from one end of the colours to the other."""
    table = Table(np.linspace(1e6, 1.001e6, 30)[:, None], np.arange(30.0), "regression", ("year",))
    data = DataSpec(kind=YOURS, table=table, standardize=True, standardize_target=True)
    model = ModelSpec(hidden_layers=(HiddenLayer(units=3, activation="tanh"),), loss="mean_squared_error")
    panel = make_panel(Experiment(data=data, model=model))
    qtbot.waitUntil(lambda: bool(panel._of_units))
    for unit in (Unit(0, 0), Unit(1, 0), Unit(1, 1), Unit(1, 2), Unit(2, 0)):
        upwards, across = rows_and_columns(panel, unit)
        assert upwards == 1
        assert across > 4


def test_the_units_pictures_are_those_of_the_slice(make_panel: PanelMaker, qtbot: QtBot) -> None:
    generator = np.random.default_rng(2)
    table = Table(generator.normal(size=(40, 4)), generator.integers(0, 2, 40).astype(float))
    model = ModelSpec(hidden_layers=(HiddenLayer(units=3, activation="tanh"),))
    panel = make_panel(Experiment(data=DataSpec(kind=YOURS, table=table), model=model))
    qtbot.waitUntil(lambda: bool(panel._of_units))
    before = panel.grab().toImage()
    panel.session.selection.set_slice((0.0, 0.0, 9.0, -9.0))
    assert DrawingViewer(panel).needs >= {MapsProbe((0.0, 0.0, 9.0, -9.0))}
    qtbot.waitUntil(lambda: panel.grab().toImage() != before)
    panel.session.selection.set_slice(None)
    qtbot.waitUntil(lambda: panel.grab().toImage() == before)


def test_other_room_while_other_data_are_coming(make_panel: PanelMaker) -> None:
    panel = make_panel()
    before, widths = panel.session.experiment, itertools.cycle((610, 590))
    three_inputs = Table(np.eye(3), np.arange(3.0), "regression", ("a", "b", "c"))
    panel.session.data_changed.connect(lambda _data: panel.canvas.resize(next(widths), 500))
    for experiment in (with_data_set(before, "digits"), before, with_table(before, three_inputs), before):
        panel.session.replace_run("other data", Trainer(experiment))
        assert panel.canvas.width() in (610, 590)
        assert len(panel.canvas.layout_.columns) == len(experiment.model.hidden_layers) + 2


def test_a_unit_stays_pinned_where_the_drawing_gets_too_low_for_it(make_panel: PanelMaker, qtbot: QtBot) -> None:
    panel = make_panel(with_units(CIRCLES, 0, 12), height=900)
    unit = Unit(1, panel.canvas.layout_.columns[1].shown - 1)
    panel.canvas.choose(unit)
    panel.resize(660, 380)
    qtbot.waitUntil(lambda: not panel.canvas.exists(unit))
    assert panel.session.selection.pinned == (0, unit.position)
    assert panel.canvas.chosen is None, "keys are for what can be seen"
    panel.resize(660, 900)
    qtbot.waitUntil(lambda: panel.canvas.exists(unit))
    assert panel.canvas.chosen == unit
    panel.session.change("fewer units", with_units(CIRCLES, 0, 2))
    assert panel.session.selection.pinned is None
