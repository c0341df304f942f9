"""At rest the drawing depends on what is shown alone, and a key says what its widths mean."""

import numpy as np
import pytest
from PySide6.QtCore import QRect, QRectF, QSize
from PySide6.QtGui import QColor, QImage, QPainter
from pytestqt.qtbot import QtBot

from nnplay.gui.panels.network.edges import EdgePainter
from nnplay.gui.panels.network.layout import Room, lay_out
from nnplay.gui.panels.network.panel import NetworkPanel
from nnplay.gui.panels.network.weight_key import HEIGHT, key_of, key_values, paint_weight_key
from nnplay.gui.theme.palette import LIGHT
from nnplay.gui.theme.theme import Theme
from nnplay.training.experiment import DataSpec, Experiment, HiddenLayer, ModelSpec
from tests.gui.panels.network.network_hands import CIRCLES, DIGITS, PanelMaker

RELU = Experiment(
    data=DataSpec(kind="circles", samples=60), model=ModelSpec(hidden_layers=(HiddenLayer(units=4, activation="relu"),))
)


def train(panel: NetworkPanel, qtbot: QtBot, epochs: int) -> None:
    """Frames come meanwhile, and the scales follow them."""
    for _ in range(epochs):
        epoch = panel.session.trainer.epoch + 1
        panel.session.step_epoch()
        qtbot.waitUntil(lambda epoch=epoch: panel.snapshot.figures.epoch == epoch and not panel.session.running)


def settled(panel: NetworkPanel, qtbot: QtBot, bias: float) -> QImage:
    """The drawing once it shows the last frame of a run at rest."""
    qtbot.waitUntil(lambda: panel.actions_.weights is not None and panel.actions_.weights.biases[-1][0] == bias)
    return panel.grab().toImage()


@pytest.mark.parametrize("experiment", [CIRCLES, RELU, DIGITS], ids=["tanh and relu", "relu", "digits"])
def test_the_same_weights_look_the_same_however_they_came(
    make_panel: PanelMaker, qtbot: QtBot, experiment: Experiment
) -> None:
    panel = make_panel(experiment)
    session = panel.session
    train(panel, qtbot, 3)
    network = session.trainer.network
    bias = float(network.biases[-1][0])
    before = settled(panel, qtbot, bias)
    session.network_edits.set_weight(len(network.weights) - 1, 1, 0, 25.0)
    session.network_edits.set_bias(len(network.weights) - 1, 0, 40.0)
    assert settled(panel, qtbot, 40.0) != before
    session.undo_stack.undo()
    session.undo_stack.undo()
    assert settled(panel, qtbot, bias) == before
    other = NetworkPanel(session)  # opened on the same weights
    qtbot.addWidget(other)
    other.resize(panel.size())
    other.show()
    qtbot.waitUntil(lambda: other.snapshot is not None)
    assert settled(other, qtbot, bias) == before


@pytest.mark.parametrize(
    ("full", "values"),
    [
        (2.0, (-2, -1, -0.5, 0.5, 1, 2)),
        (4.9, (-4, -2, -1, 1, 2, 4)),
        (0.35, (-0.3, -0.1, -0.05, 0.05, 0.1, 0.3)),
        (1200.0, (-1000, -500, -200, 200, 500, 1000)),
    ],
)
def test_the_key_has_round_numbers_up_to_the_widest_edge(full: float, values: tuple[float, ...]) -> None:
    assert key_values(full) == pytest.approx(values)


@pytest.mark.usefixtures("qapp")
def test_an_edge_is_drawn_as_the_key_has_its_weight() -> None:
    edges = EdgePainter(Theme("light", styled=False))
    edges.set_layout(lay_out([2, 2, 1], Room(500, 400, 54)))
    assert key_of(edges) == ()
    edges.show_weights([np.array([[4.0, -4.0], [0.5, 1.0]]), np.array([[2.0], [-1.0]])])
    widths = dict(key_of(edges))
    assert set(widths) == {-4, -2, -1, 1, 2, 4}
    assert widths[4] > widths[2] > widths[1]
    for bundle, edge, weight in ((0, 0, 4.0), (0, 3, 1.0), (1, 0, 2.0), (1, 1, -1.0)):
        drawn = edges._pens[int(edges._signs[bundle][edge])][round(edges.strength(bundle, edge) * 23)]
        assert drawn.widthF() == widths[weight], "in every layer"
        assert drawn.color() == edges.pen(weight).color()


@pytest.mark.usefixtures("qapp")
def test_the_key_shows_both_colours_and_fits_little_room() -> None:
    edges = EdgePainter(Theme("light", styled=False))
    edges.set_layout(lay_out([2, 2, 1], Room(500, 400, 54)))
    edges.show_weights([np.array([[2.0, -2.0], [0.5, 1.0]]), np.array([[2.0], [-1.0]])])
    for width in (500, 300, 200):
        image = QImage(QSize(width, round(HEIGHT)), QImage.Format.Format_RGB32)
        image.fill(QColor(LIGHT.panel))
        painter = QPainter(image)
        paint_weight_key(painter, QRectF(image.rect()), edges, LIGHT)
        painter.end()
        found = [image.pixelColor(x, 10) for x in range(width)]
        assert any(colour.red() > colour.blue() + 90 for colour in found)
        assert any(colour.blue() > colour.red() + 90 for colour in found)
        rim = image.copy(QRect(0, 0, 2, image.height()))
        assert all(rim.pixelColor(x, y) == QColor(LIGHT.panel) for x in range(2) for y in range(rim.height()))
