"""A class has one name, wherever in the window it is named."""

from collections.abc import Callable

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from nnplay.data import Table
from nnplay.gui.panels.network.layout import Unit
from nnplay.gui.panels.network.shape import shape_of
from nnplay.gui.panels.network.text import unit_name
from nnplay.gui.panels.output.colour_key import ClassColours
from nnplay.gui.panels.plots.confusion import class_names
from nnplay.gui.window.main_window import MainWindow
from nnplay.training.experiment import YOURS, DataSpec, Experiment, HiddenLayer, ModelSpec
from tests.gui.panels.output.output_hands import point_at

WindowMaker = Callable[[Experiment], MainWindow]
POINTS = np.random.default_rng(2).normal(size=(30, 2))


def signs(*names: str) -> Experiment:
    """Points of as many classes as there are names."""
    targets = np.arange(30.0) % len(names)
    loss = "binary_cross_entropy" if len(names) == 2 else "categorical_cross_entropy"
    return Experiment(
        data=DataSpec(kind=YOURS, table=Table(POINTS, targets, "classification", ("a", "b"), names)),
        model=ModelSpec(loss=loss, hidden_layers=(HiddenLayer(units=2, activation="tanh"),)),
    )


@pytest.mark.parametrize(
    ("names", "titles"),
    [
        (("-1", "1"), ("class −1", "class 1")),
        (("0", "1", "2"), ("class 0", "class 1", "class 2")),
        (("setosa", "7"), ("setosa", "class 7")),
    ],
)
def test_a_class_has_one_name_everywhere(
    qtbot: QtBot, make_window: WindowMaker, names: tuple[str, ...], titles: tuple[str, ...]
):
    window = make_window(signs(*names))
    output, session = window.panel("output"), window.session
    assert output.readout.text() == f"Click puts {titles[0]}, right click puts {titles[1]}"
    for index, title in enumerate(titles):
        assert output.swatches.button(index).accessibleName() == f"Draw {title}"
        assert f"Draw {title} with" in output.swatches.button(index).toolTip()
    qtbot.waitUntil(lambda: output._shown.answer is not None)
    output.discrete.click()
    assert output.legend.bar.key == ClassColours("class", titles)
    output.discrete.click()
    assert class_names(session.prepared)[0] == titles
    if len(names) == 2:
        point_at(qtbot, output, 0.5, 0.5)
        qtbot.waitUntil(lambda: f"p({titles[1]})" in output.readout.text())
        assert output.legend.points.text.startswith(f"{titles[0]}, {titles[1]}, training")
        assert output.legend.points.text.endswith(f"colour: p({titles[1]})")
    else:
        shape = shape_of(session.experiment, session.prepared)
        assert shape.right == titles
        assert titles[1] in unit_name(shape, Unit(2, 1))


def test_a_hint_shows_the_colour_beside_the_name(make_window: WindowMaker):
    window = make_window(signs("-1", "1"))
    readout, palette = window.panel("output").readout, window.session.theme.palette
    picture = readout.grab().toImage()
    colours = {picture.pixelColor(x, y).name().upper() for x in range(picture.width()) for y in range(picture.height())}
    assert {palette.classes[0], palette.classes[1]} <= colours
