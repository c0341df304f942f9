"""Folds over the plane: all by a switch, a unit's in its hue, and the formula of the region under the pointer."""

import re
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from nnplay.data.selection import nearest_segment
from nnplay.gui.panels.output.folds.formula import formula_text, formulas_at
from nnplay.gui.panels.output.panel import OutputPanel
from nnplay.gui.session.selection import UnitAddress
from nnplay.training.edits import with_value
from nnplay.training.experiment import DataSpec, Experiment, HiddenLayer, ModelSpec
from nnplay.training.probes.folds import FoldsProbe, RegionsProbe
from tests.gui.panels.output.output_hands import (
    CIRCLES,
    LEFT,
    PATIENCE,
    SPIRALS,
    Opener,
    session_of,
)

FOLDED = Experiment(
    data=DataSpec(kind="circles", samples=40), model=ModelSpec(hidden_layers=(HiddenLayer(units=5),) * 2), seed=4
)


def switch(qtbot: QtBot, panel: OutputPanel) -> None:
    qtbot.mouseClick(panel.checks.folds, LEFT, pos=QPoint(8, panel.checks.folds.height() // 2))


def move_to(qtbot: QtBot, panel: OutputPanel, x1: float, x2: float) -> None:
    qtbot.mouseMove(panel.canvas, QPoint(2, 2))
    qtbot.mouseMove(panel.canvas, panel.to_widget(QPointF(x1, x2)))


def is_near(panel: OutputPanel, place: np.ndarray, hue: str) -> bool:
    """Whether this hue is painted within two pixels of a place."""
    image, pixel, ink = panel.view.grab().toImage(), panel.to_widget(QPointF(*place)), QColor(hue)
    around = [image.pixelColor(pixel + QPoint(x, y)) for x in range(-2, 3) for y in range(-2, 3)]
    return any(max(abs(a - b) for a, b in zip(one.getRgb(), ink.getRgb(), strict=True)) < 24 for one in around)


def number(text: str) -> float:
    return float(text.replace("−", "-").replace(" ", ""))


def test_while_paused_the_formula_of_the_region_is_read_under_the_pointer(qtbot: QtBot, open_panel: Opener):
    panel = open_panel(FOLDED)
    session = session_of(panel)
    session.step_epoch()
    qtbot.waitUntil(lambda: session.trainer.epoch == 1 and not session.running, timeout=PATIENCE)
    sentence = panel.folds.row.sentence
    assert panel.folds.needs == frozenset() and not panel.folds.row.isVisible()
    switch(qtbot, panel)
    qtbot.waitUntil(lambda: panel.folds._regions is not None)
    assert sentence.text() == "Point between the lines to read the network’s formula there"
    canvas = panel.canvas.size()
    move_to(qtbot, panel, 2.1, 3.3)
    assert panel.folds._place == pytest.approx((2.1, 3.3), abs=0.1)
    panel.folds.point((2.1, 3.3))
    match = re.fullmatch(r"z = (\S+) x₁ ([+−] \S+) x₂ ([+−] \S+)", sentence.text())
    assert match is not None, sentence.text()
    terms = [number(part) for part in match.groups()]
    workspace = session.trainer.network.workspace(1)
    workspace.forward(session.prepared.on_plane(np.array([[2.1, 3.3]])), training=False)
    assert terms[0] * 2.1 + terms[1] * 3.3 + terms[2] == pytest.approx(
        float(workspace.output.z[0, 0]), rel=5e-3, abs=5e-3
    )
    assert "sum before the sigmoid" in sentence.toolTip() and panel.folds.row.units.text() == ""
    panel.folds.point(None)
    assert sentence.text().startswith("Point between") and panel.canvas.size() == canvas

    # of inputs that the network sees standardised it is in the units of the axes, and says so
    session.change("standardised", with_value(FOLDED, "data.standardize", True))
    qtbot.waitUntil(lambda: panel.folds._regions is not None, timeout=PATIENCE)
    panel.folds.point((2.1, 3.3))
    assert panel.folds.row.units.text() == "in the axes’ units"
    terms = [number(part) for part in re.fullmatch(r"z = (\S+) x₁ ([+−] \S+) x₂ ([+−] \S+)", sentence.text()).groups()]
    prepared, network = session.prepared, session.trainer.network
    p = network.forward(
        (np.array([[2.1, 3.3]]) - prepared.standardizer.mean) / prepared.standardizer.standard_deviation
    )
    assert terms[0] * 2.1 + terms[1] * 3.3 + terms[2] == pytest.approx(np.log(p / (1 - p)).item(), rel=5e-3, abs=5e-3)
    panel.folds.point(None)
    assert panel.folds.row.units.text() == ""


def test_lines_are_live_and_regions_wait_for_a_pause(qtbot: QtBot, open_panel: Opener):
    panel = open_panel(FOLDED)
    session = session_of(panel)
    switch(qtbot, panel)
    qtbot.waitUntil(lambda: panel.folds._lines is not None)
    before = panel.folds._lines.segments
    session.toggle_training()
    qtbot.waitUntil(lambda: session.running and panel.folds._regions is None, timeout=PATIENCE)
    assert panel.folds.needs == frozenset({FoldsProbe(live=True)})
    qtbot.waitUntil(lambda: not np.array_equal(panel.folds._lines.segments, before), timeout=PATIENCE)
    session.pause()
    qtbot.waitUntil(lambda: panel.folds._regions is not None, timeout=PATIENCE)
    switch(qtbot, panel)
    assert panel.needs.isdisjoint({FoldsProbe(), RegionsProbe()})


def test_the_line_of_the_unit_that_is_looked_at_is_drawn_in_its_hue_without_the_switch(
    qtbot: QtBot, open_panel: Opener
):
    panel = open_panel(FOLDED)
    session, palette = session_of(panel), session_of(panel).theme.palette
    session.selection.point_at(UnitAddress(0, 1))
    qtbot.waitUntil(lambda: panel.folds._lines is not None)
    start, end = panel.folds._lines.of(0, 1)[0]
    place = start + 0.96 * (end - start)  # beyond all points
    assert is_near(panel, place, palette.unit(1))
    session.selection.point_at(None)
    assert not is_near(panel, place, palette.unit(1))


def test_the_pointer_on_a_line_points_at_its_unit(qtbot: QtBot, open_panel: Opener):
    panel = open_panel(FOLDED)
    selection = session_of(panel).selection
    switch(qtbot, panel)
    qtbot.waitUntil(lambda: panel.folds._lines is not None)
    lines = panel.folds._lines
    place = tuple((lines.segments[0, 0] + 0.3 * (lines.segments[0, 1] - lines.segments[0, 0])).tolist())
    panel.folds.point(place)
    line = nearest_segment(lines.segments, place, panel.view.pixel_size(), 1.0)
    assert selection.pointed == UnitAddress(int(lines.layers[line]), int(lines.units[line]))
    panel.folds.point(None)
    assert selection.pointed is None


def test_what_has_no_folds_says_why(qtbot: QtBot, open_panel: Opener):
    panel = open_panel(CIRCLES)  # of tanh units
    session_of(panel).selection.point_at(UnitAddress(0, 1))
    assert panel.folds.needs == frozenset()
    switch(qtbot, panel)
    qtbot.waitUntil(lambda: "hidden layer 1 has tanh" in panel.folds.row.sentence.text())


def test_a_sample_that_is_pointed_at_elsewhere_is_ringed(open_panel: Opener):
    panel = open_panel(FOLDED)
    selection, view = session_of(panel).selection, panel.view
    inputs = tuple(session_of(panel).prepared.table.inputs[3].tolist())
    selection.point_at_sample(inputs)
    assert view._pointed == inputs
    selection.point_at_sample(None)
    assert view._pointed is None


def test_formulas_are_written_as_by_hand(open_panel: Opener):
    assert formula_text("z", np.array([1.3, -0.2, 0.4]), ("x₁", "x₂")) == "z = 1.3 x₁ − 0.2 x₂ + 0.4"
    assert formula_text("z", np.array([-1.0, 0.0, -2.5]), ("x₁", "x₂")) == "z = −1 x₁ − 2.5"
    assert formula_text("ŷ", np.array([0.0, -0.0, 0.0]), ("x₁", "x₂")) == "ŷ = 0"
    prepared = session_of(open_panel(SPIRALS)).prepared
    three = formulas_at((0.0, 0.0), np.arange(9.0).reshape(3, 3), prepared)
    assert three == ["z of class 2 = 6 x₁ + 7 x₂ + 8", "z of class 1 = 3 x₁ + 4 x₂ + 5", "z of class 0 = 1 x₂ + 2"]
    ten = np.zeros((10, 3))
    ten[7, 2] = 5.0
    many = replace(prepared.table, class_names=tuple("abcdefghij"))
    assert formulas_at((0.0, 0.0), ten, replace(prepared, table=many))[0] == "z of h = 5"
