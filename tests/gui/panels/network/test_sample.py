"""The sample that is looked at goes through the network that is drawn."""

import numpy as np
import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from nnplay.data import Table
from nnplay.gui.panels.network.layout import Unit
from nnplay.gui.panels.network.panel import NetworkPanel
from nnplay.training.experiment import YOURS, DataSpec, Experiment, HiddenLayer, ModelSpec
from nnplay.training.probes.sample import SampleProbe
from tests.gui.panels.network.network_hands import CIRCLES, DIGITS, PanelMaker


def picture(panel: NetworkPanel) -> QImage:
    return panel.canvas.grab().toImage()


def around(panel: NetworkPanel, unit: Unit, image: QImage) -> QImage:
    x, y, width, height = map(round, panel.canvas.layout_.box(unit))
    return image.copy(x, y, width, height)


def test_a_point_shows_what_each_unit_makes_of_it(make_panel: PanelMaker, qtbot: QtBot) -> None:
    panel = make_panel()
    qtbot.waitUntil(lambda: bool(panel._of_units))
    before = picture(panel)
    panel.session.selection.point_at_sample((1.5, -2.0))
    shown = panel.canvas.painter._sample
    network = panel.session.trainer.network
    layers = network.layer_outputs(np.array([[1.5, -2.0]]))
    assert shown[Unit(0, 0)].text == "1.50"
    assert shown[Unit(1, 2)].text == f"{layers[0][0, 2]:.2f}".replace("-", "−")
    assert shown[Unit(3, 0)].share == pytest.approx(layers[-1][0, 0])
    assert set(shown) == set(panel.canvas.layout_.units())
    after = picture(panel)
    for unit in panel.canvas.layout_.units():
        assert around(panel, unit, after) != around(panel, unit, before)
    panel.session.selection.point_at_sample(None)
    assert picture(panel) == before


def test_it_follows_the_training(make_panel: PanelMaker, qtbot: QtBot) -> None:
    panel = make_panel()
    panel.session.selection.point_at_sample((0.5, 0.5))
    before = panel.canvas.painter._sample[Unit(3, 0)]
    assert SampleProbe((0.5, 0.5)) in panel.needs
    panel.session.toggle_training()
    qtbot.waitUntil(lambda: panel.session.running and panel.canvas.painter._sample[Unit(3, 0)] != before)
    panel.session.selection.point_at_sample((-0.5, 0.25))
    qtbot.waitUntil(lambda: panel.canvas.painter._sample[Unit(0, 0)].text == "−0.50")
    assert panel.session.running
    panel.session.pause()
    qtbot.waitUntil(lambda: not panel.session.running)


def test_a_digit_becomes_the_input_s_picture_and_the_outputs_have_its_probabilities(
    make_panel: PanelMaker, qtbot: QtBot
) -> None:
    panel = make_panel(DIGITS)
    qtbot.waitUntil(lambda: bool(panel._of_units))
    before = picture(panel)
    inputs = panel.session.prepared.table.inputs
    sample = tuple(inputs[7].tolist())
    assert inputs[7].tolist() != inputs[0].tolist()
    panel.session.selection.point_at_sample(sample)
    after = picture(panel)
    assert around(panel, Unit(0, 0), after) != around(panel, Unit(0, 0), before)
    shares = [panel.canvas.painter._sample[Unit(3, digit)].share for digit in range(10)]
    assert sum(shares) == pytest.approx(1.0)
    room = after.copy(round(panel.canvas.width() - panel.canvas.layout_.room.right) + 10, 0, 30, after.height())
    assert room != before.copy(
        round(panel.canvas.width() - panel.canvas.layout_.room.right) + 10, 0, 30, after.height()
    )
    panel.session.selection.point_at_sample(None)
    assert picture(panel) == before


def test_one_of_other_data_is_passed_over(make_panel: PanelMaker, qtbot: QtBot) -> None:
    panel = make_panel()
    panel.session.selection.point_at_sample((1.0, 2.0, 3.0))
    assert panel.canvas.painter._sample == {}


def test_a_value_has_the_target_s_own_unit(make_panel: PanelMaker, qtbot: QtBot) -> None:
    table = Table(np.linspace(0.0, 1.0, 30)[:, None], np.linspace(1000.0, 2000.0, 30), "regression", ("year",))
    data = DataSpec(kind=YOURS, table=table, standardize=True, standardize_target=True)
    model = ModelSpec(hidden_layers=(HiddenLayer(units=3, activation="relu"),), loss="mean_squared_error")
    panel = make_panel(Experiment(data=data, model=model))
    panel.session.selection.point_at_sample((0.5,))
    assert 900 < float(panel.canvas.painter._sample[Unit(2, 0)].text) < 2100


def test_small_units_have_it_too(make_panel: PanelMaker, qtbot: QtBot) -> None:
    deep = Experiment(data=CIRCLES.data, model=ModelSpec(hidden_layers=(HiddenLayer(units=8, activation="tanh"),) * 10))
    panel = make_panel(deep, 420, 420)
    qtbot.waitUntil(lambda: bool(panel._of_units))
    before = picture(panel)
    panel.session.selection.point_at_sample((1.0, -1.0))
    after = picture(panel)
    assert all(around(panel, Unit(4, i), after) != around(panel, Unit(4, i), before) for i in range(8))
