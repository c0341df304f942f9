"""Hover card and editor cover nothing of what they speak of, wherever it is and however small the drawing."""

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from nnplay.gui.panels.network.about import about_bias, about_edge, about_unit
from nnplay.gui.panels.network.layout import Unit
from nnplay.gui.panels.network.panel import NetworkPanel
from nnplay.gui.panels.network.pointing import Pointed
from nnplay.training.experiment import DataSpec, Experiment, HiddenLayer, ModelSpec
from tests.gui.panels.network.network_hands import CIRCLES, DIGITS, PanelMaker

XOR = Experiment()
DEEP = Experiment(data=DataSpec(kind="circles", samples=60), model=ModelSpec(hidden_layers=(HiddenLayer(units=5),) * 6))
LONG = Experiment(data=DataSpec(kind="circles", samples=60), model=ModelSpec(hidden_layers=()))
SOME = 12
"""Edges of a bundle that are pointed at, from its first to its last."""
SIZES = [(660, 600), (400, 320), (1000, 420)]


def covered(card: QRect, about: list[QRect]) -> list[QRect]:
    return [part for part in about if part.intersects(card)]


@pytest.fixture(params=[1.0, 2.0], ids=["scale 1", "scale 2"])
def scale(request: pytest.FixtureRequest) -> float:
    return request.param


@pytest.mark.parametrize("experiment", [XOR, CIRCLES, DEEP, LONG, DIGITS], ids=["xor", "two", "deep", "none", "digits"])
def test_the_card_covers_none_of_what_it_speaks_of(
    make_panel: PanelMaker, qtbot: QtBot, experiment: Experiment, scale: float
) -> None:
    panel = make_panel(experiment)
    panel.session.theme.set_scale(scale)
    qtbot.waitUntil(lambda: panel.actions_.weights is not None)
    for size in SIZES:
        panel.resize(*(round(side * scale) for side in size))
        QApplication.processEvents()
        assert_card_is_beside(panel)


def assert_card_is_beside(panel: NetworkPanel) -> None:
    canvas, layout = panel.canvas, panel.canvas.layout_
    things = [(Pointed(unit), about_unit(canvas, unit)) for unit in layout.units()]
    things += [(Pointed(bias=unit), about_bias(canvas, unit)) for unit in layout.units() if unit.column]
    for number, bundle in enumerate(layout.bundles):
        edges = range(0, len(bundle.rows), max(len(bundle.rows) // SOME, 1)) if bundle.rows[0] >= 0 else ()
        things += [(Pointed(edge=(number, edge)), about_edge(canvas, number, edge)) for edge in edges]
    for pointed, about in things:
        canvas._set_pointed(Pointed())
        canvas._set_pointed(pointed)
        assert panel.card.isVisible()
        assert canvas.rect().contains(panel.card.geometry())
        assert covered(panel.card.geometry(), about) == []


@pytest.mark.parametrize("experiment", [XOR, DEEP, LONG], ids=["xor", "deep", "none"])
def test_the_editor_covers_none_of_what_it_edits(
    make_panel: PanelMaker, qtbot: QtBot, experiment: Experiment, scale: float
) -> None:
    panel = make_panel(experiment)
    panel.session.theme.set_scale(scale)
    qtbot.waitUntil(lambda: panel.actions_.weights is not None)
    for size in SIZES:
        panel.resize(*(round(side * scale) for side in size))
        QApplication.processEvents()
        assert_editor_is_beside(panel)


def assert_editor_is_beside(panel: NetworkPanel) -> None:
    canvas, editor = panel.canvas, panel.actions_.editor
    for unit in canvas.layout_.units():
        if unit.column:
            canvas.bias_clicked.emit(unit.column - 1, unit.position)
            assert canvas.rect().contains(editor.geometry())
            assert covered(editor.geometry(), about_bias(canvas, Unit(*unit))) == []
            editor.leave()
    for number, bundle in enumerate(canvas.layout_.bundles):
        ends = list(enumerate(zip(bundle.rows.tolist(), bundle.targets.tolist(), strict=True)))
        for edge, (row, target) in ends[:: max(len(ends) // SOME, 1)]:
            canvas.weight_clicked.emit(number, row, target)
            assert covered(editor.geometry(), about_edge(canvas, number, edge)) == []
            editor.leave()
