"""Data with one input: across, with nothing that changes upwards; drawn along that line."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from nnplay.data import Table
from nnplay.training.experiment import YOURS, DataSpec, Experiment
from tests.gui.panels.output.output_hands import (
    Opener,
    click,
    colour_at,
    drag,
    point_at,
    press_undo,
    session_of,
    table_of,
    take,
)

LINE = Experiment(
    data=DataSpec(
        kind=YOURS,
        plane_inputs=(0, 0),
        table=Table(np.array([[-4.0], [-2.0], [3.0]]), np.array([0.0, 1.0, 0.0]), input_names=("weight",)),
    ),
    seed=3,
)


def swapped(plane_inputs: tuple[int, int]) -> Experiment:
    table = Table(np.array([[-4.0, 1.0], [2.0, 3.0]]), np.array([0.0, 1.0]), input_names=("a", "b"))
    return Experiment(data=DataSpec(kind=YOURS, plane_inputs=plane_inputs, table=table))


def test_a_click_puts_a_point_of_one_input(qtbot: QtBot, open_panel: Opener):
    panel = open_panel(LINE)
    click(qtbot, panel, 1.0, 4.0)
    table = table_of(panel)
    assert table.inputs.shape == (4, 1)
    assert table.input_names == ("weight",)
    assert table.inputs[-1, 0] == pytest.approx(1.0, abs=0.05)
    press_undo(qtbot, panel)
    assert table_of(panel) == LINE.data.table


def test_the_map_changes_across_only(open_panel: Opener):
    panel = open_panel(LINE)
    for x1 in (-5.0, 0.5, 5.0):
        colours = {colour_at(panel, x1, x2).rgb() for x2 in (-5.0, -2.0, 2.0, 5.0)}
        assert len(colours) == 1
    assert colour_at(panel, -5.5, 3.0) != colour_at(panel, 5.5, 3.0)


def test_the_pointer_reads_one_coordinate(qtbot: QtBot, open_panel: Opener):
    panel = open_panel(LINE)
    point_at(qtbot, panel, 3.0, 2.0)
    said = panel.readout.text()
    assert said.startswith("weight")
    assert said.count("weight") == 1


def test_points_of_a_line_are_selected_moved_erased_and_shaken(qtbot: QtBot, open_panel: Opener):
    panel = open_panel(LINE)
    take(qtbot, panel, "rectangle")
    drag(qtbot, panel, (-5.0, -1.0), (-1.0, 1.0))
    assert panel.board.selection.tolist() == [0, 1]
    drag(qtbot, panel, (-4.0, 0.0), (-3.0, 2.0))
    np.testing.assert_allclose(table_of(panel).inputs, [[-3], [-1], [3]], atol=0.05)
    drag(qtbot, panel, (2.0, -1.0), (4.0, 1.0), shift=True)
    assert panel.board.selection.tolist() == [0, 1, 2]
    qtbot.keyClick(panel.view, Qt.Key.Key_Delete)
    assert table_of(panel).inputs.shape == (0, 1)
    press_undo(qtbot, panel)
    take(qtbot, panel, "erase")
    drag(qtbot, panel, (3.0, 0.2), (3.0, 0.0))
    np.testing.assert_allclose(table_of(panel).inputs, [[-3], [-1]], atol=0.05)
    before = table_of(panel).inputs
    take(qtbot, panel, "jitter")
    assert (table_of(panel).inputs != before).all()


def test_a_plane_with_its_inputs_exchanged_is_drawn_on_as_it_is_seen(qtbot: QtBot, open_panel: Opener):
    panel = open_panel(swapped((1, 0)))
    click(qtbot, panel, 5.0, -3.0)
    np.testing.assert_allclose(table_of(panel).inputs, [[-4, 1], [2, 3], [-3, 5]], atol=0.05)
    take(qtbot, panel, "rectangle")
    drag(qtbot, panel, (0.0, -5.0), (2.0, -3.5))
    assert panel.board.selection.tolist() == [0]


def test_two_inputs_of_which_one_is_seen_are_not_drawn_on(qtbot: QtBot, open_panel: Opener):
    panel = open_panel(swapped((0, 0)))
    click(qtbot, panel, 1.0, 1.0)
    assert table_of(panel) == session_of(panel).experiment.data.table == swapped((0, 0)).data.table
    assert panel.readout.text() == "No drawing here: each point has two inputs, and one of them isn't shown"
