"""The plots used as a person does: tabs, the logarithm, and values under the pointer."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QSettings, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from nnplay.data import Table
from nnplay.gui.files.export import picture_of, svg_of
from nnplay.gui.paint.line_plot import LinePlot
from nnplay.gui.panels.plots.curves import LossTab, RSquaredTab
from nnplay.gui.panels.plots.panel import PlotsPanel
from nnplay.gui.session.session import Session
from nnplay.gui.theme.theme import Theme
from nnplay.gui.widgets.number_format import amount_text, r_squared_text
from nnplay.training.experiment import YOURS, DataSpec, Experiment, ModelSpec
from nnplay.training.probes.curves import CurvesProbe
from nnplay.training.trainer import Trainer

LEFT = Qt.MouseButton.LeftButton
PATIENCE = 20_000
XOR = Experiment(seed=1)
CIRCLES = Experiment(data=DataSpec(kind="circles", samples=40, train_share=0.5))
BUMPS = Experiment(
    data=DataSpec(kind="gaussian_bumps", samples=40, classes=1), model=ModelSpec(loss="mean_squared_error")
)
Opener = Callable[[Experiment], PlotsPanel]


@pytest.fixture
def open_panel(qtbot: QtBot, make_session: Callable[[Experiment], Session]) -> Opener:
    def make(experiment: Experiment) -> PlotsPanel:
        panel = PlotsPanel(make_session(experiment))
        panel.window_ = QWidget()
        qtbot.addWidget(panel.window_)
        column = QVBoxLayout(panel.window_)
        column.addWidget(panel.header)
        column.addWidget(panel, 1)
        panel.window_.resize(480, 280)
        panel.window_.show()
        qtbot.waitUntil(lambda: figures(panel) != "")
        return panel

    return make


def figures(panel: PlotsPanel) -> str:
    return panel.tab.plot.legend.text()


def step(qtbot: QtBot, panel: PlotsPanel) -> None:
    session, before = panel._session, figures(panel)
    session.step_epoch()
    qtbot.waitUntil(lambda: not session.running and figures(panel) != before, timeout=PATIENCE)


def choose(qtbot: QtBot, panel: PlotsPanel, index: int) -> None:
    qtbot.mouseClick(panel.tabs, LEFT, pos=panel.tabs.tabRect(index).center())


def test_the_corner_has_the_newest_loss(qtbot: QtBot, open_panel: Opener):
    panel = open_panel(XOR)
    for _ in range(3):
        step(qtbot, panel)
    assert figures(panel) == f"training {panel._session.trainer.figures.train.loss:.4f}"


def test_the_dot_before_the_first_epoch_is_where_the_loss_is_now(qtbot: QtBot, open_panel: Opener):
    panel = open_panel(XOR)
    assert isinstance(panel.tab, LossTab)
    plot, before = panel.tab.plot, figures(panel)

    def dark() -> list[int]:
        """The rows in which something as dark as the dot stands beside the axis."""
        image = panel.window_.screen().grabWindow(panel.window_.winId()).toImage()
        corner = plot.viewport().mapTo(panel.window_, plot.view_box.sceneBoundingRect().topLeft().toPoint())
        rows = range(corner.y(), corner.y() + plot.viewport().height() - 30)
        return [y for y in rows if image.pixelColor(corner.x() + 2, y).lightness() < 90]

    qtbot.waitUntil(lambda: len(dark()) > 2)
    place = dark()
    panel._session.network_edits.set_bias(1, 0, 0.6)
    qtbot.waitUntil(lambda: figures(panel) != before)
    qtbot.waitUntil(lambda: len(dark()) > 2 and dark() != place)


def test_test_figures_stand_beside_the_training_ones(open_panel: Opener):
    panel = open_panel(CIRCLES)
    now = panel._session.trainer.figures
    assert figures(panel) == f"training {now.train.loss:.4f}  test {now.test.loss:.4f}"


def test_the_accuracy_tab_has_percents(qtbot: QtBot, open_panel: Opener):
    panel = open_panel(CIRCLES)
    choose(qtbot, panel, 1)
    now = panel._session.trainer.figures
    assert figures(panel) == f"training {100 * now.train.accuracy:.1f} %  test {100 * now.test.accuracy:.1f} %"
    assert not panel.switches.values.isVisible()


def test_a_regression_has_no_accuracy(qtbot: QtBot, open_panel: Opener):
    panel = open_panel(CIRCLES)
    choose(qtbot, panel, 1)
    panel._session.change("Bumps", BUMPS)
    assert not panel.tabs.isTabVisible(1)
    assert panel.tabs.currentIndex() == 0
    assert panel.tab.title == "Loss"


def test_log_changes_the_axis_and_back(qtbot: QtBot, open_panel: Opener):
    panel = open_panel(XOR)
    box = panel.tab.plot.view_box
    linear = box.viewRange()[1]
    qtbot.mouseClick(panel.switches.values, LEFT)
    assert box.viewRange()[1][0] < 0
    qtbot.mouseClick(panel.switches.values, LEFT)
    assert box.viewRange()[1] == linear


def test_values_of_an_epoch_stand_under_the_pointer(qtbot: QtBot, open_panel: Opener):
    panel = open_panel(XOR)
    first = f"{panel._session.trainer.figures.train.loss:.4f}"
    for _ in range(3):
        step(qtbot, panel)
    plot = panel.tab.plot
    qtbot.mouseMove(plot.viewport(), QPoint(1, 1))
    qtbot.mouseMove(plot.viewport(), plot._to_pixels(0.2, 0.3).toPoint())
    assert figures(panel) == f"epoch 0  training {first}"


def test_tabs_are_reached_by_keyboard(qtbot: QtBot, open_panel: Opener):
    panel = open_panel(CIRCLES)
    qtbot.keyClick(panel.tabs, Qt.Key.Key_Right)
    assert panel.tab.title == "Accuracy"
    assert panel.tabs.accessibleName()
    assert panel.switches.values.accessibleName()


def test_it_asks_for_no_more_than_it_draws(open_panel: Opener):
    assert open_panel(XOR).needs == {CurvesProbe()}


def bumps(scale: float) -> Experiment:
    """A regression of some hundreds of `scale`, trained on a scaled target."""
    generator = np.random.default_rng(0)
    inputs = generator.normal(size=(80, 2))
    table = Table(inputs, scale * (300 + 100 * inputs[:, 0] + generator.normal(size=80)), "regression")
    data = DataSpec(kind=YOURS, table=table, standardize_target=True, train_share=0.8)
    return Experiment(data=data, model=ModelSpec(loss="mean_squared_error"))


@pytest.mark.parametrize("scale", [1.0, 1e6, 1e-9])
def test_a_regression_has_its_figures_in_its_own_unit(qtbot: QtBot, open_panel: Opener, scale: float):
    panel = open_panel(bumps(scale))
    seen = [panel.tabs.tabText(index) for index in range(panel.tabs.count()) if panel.tabs.isTabVisible(index)]
    assert seen == ["Loss", "R²", "RMSE", "MAE", "Gradients", "Activations", "Slice"]
    for _ in range(6):
        step(qtbot, panel)
    metrics = panel._session.trainer.figures
    for title, text in (
        ("R²", lambda m: r_squared_text(m.r2)),
        ("RMSE", lambda m: amount_text(m.rmse)),
        ("MAE", lambda m: amount_text(m.mae)),
    ):
        index = next(k for k in range(panel.tabs.count()) if panel.tabs.tabText(k) == title)
        choose(qtbot, panel, index)
        told = f"training {text(metrics.train)}  test {text(metrics.test)}"
        qtbot.waitUntil(lambda told=told: figures(panel) == told)
        picture = panel.tab.plot.grab().toImage()
        ink = QColor(panel._session.theme.palette.text)
        canvas = panel.tab.plot.view_box.sceneBoundingRect().toRect()
        inked = [
            (x, y)
            for x in range(canvas.left(), canvas.right())
            for y in range(canvas.top(), canvas.bottom())
            if picture.pixelColor(x, y).lightness() < ink.lightness() + 40
        ]
        assert len(inked) > 20, title  # the curve is there, whatever the size of its numbers
    assert 0.5 * 100 * scale > metrics.train.rmse > 0


def test_a_worse_r_squared_than_the_means_is_seen(qtbot: QtBot, theme: Theme):
    plot = LinePlot(theme, RSquaredTab.scale)
    qtbot.addWidget(plot)
    plot.resize(400, 200)
    plot.show()

    def show(*values: float) -> None:
        plot.show_lines(np.arange(4.0), np.repeat(np.array(values)[:, None], 3, axis=1), np.full((4, 3), np.nan))

    show(0.2, 0.4, 0.5, 0.9)
    assert plot.view_box.viewRange()[1][0] == 0.0
    show(-0.3, 0.4, 0.5, 0.9)
    assert -0.6 < plot.view_box.viewRange()[1][0] <= -0.5
    assert not plot._marks.arrows
    show(-1e300, -12.5, -3.0, 0.5)
    assert -1.1 < plot.view_box.viewRange()[1][0] < -1.0
    canvas = plot.view_box.sceneBoundingRect()
    assert plot._to_pixels(2.0, -3.0).y() > canvas.bottom(), "the curve leaves the plot and is no line at −1"
    assert next(x for x, _ in plot._marks.arrows) == plot._to_pixels(0.0, 0.0).x(), "and arrows say where"
    picture, middle = plot.grab().toImage(), plot._to_pixels(1.4, -0.95).toPoint()
    assert picture.pixelColor(middle).name().upper() == theme.palette.panel
    qtbot.mouseMove(plot.viewport(), plot._to_pixels(0.0, 0.5).toPoint())
    assert "−1e300" in plot.legend.text()


def test_what_was_measured_on_other_data_is_not_drawn_again(qtbot: QtBot, open_panel: Opener):
    panel = open_panel(CIRCLES)
    for _ in range(3):
        step(qtbot, panel)
    panel._session.replace_run("Bumps", Trainer(bumps(1.0)))
    assert panel._newest is None or panel._newest.figures.epoch == 0


def ends(panel: PlotsPanel) -> list[list[float]]:
    return panel.tab.plot.view_box.viewRange()


def test_after_undo_the_axes_are_those_of_the_run_that_is_shown(qtbot: QtBot, open_panel: Opener):
    panel = open_panel(bumps(1.0))
    session = panel._session
    for title in ("Loss", "RMSE", "MAE"):
        choose(qtbot, panel, next(k for k in range(panel.tabs.count()) if panel.tabs.tabText(k) == title))
        axis, told = panel.tab.plot._axis, figures(panel)
        before = axis.high
        session.replace_run("Larger", Trainer(bumps(1000.0)))
        qtbot.waitUntil(lambda told=told: figures(panel) != told)
        assert axis.high > 100 * before
        session.undo_stack.undo()
        qtbot.waitUntil(lambda told=told: figures(panel) == told)
        assert axis.high == before


def test_a_drag_looks_at_a_part_and_the_button_at_all_again(qtbot: QtBot, open_panel: Opener):
    panel = open_panel(CIRCLES)
    for _ in range(3):
        step(qtbot, panel)
    plot, place = panel.tab.plot, panel.switches.values.mapTo(panel, QPoint(0, 0))
    assert not panel.switches.fit.isVisible()
    qtbot.mousePress(plot.viewport(), LEFT, pos=plot._to_pixels(0.5, 0.3).toPoint())
    for epoch in (2.0, 5.0):
        qtbot.mouseMove(plot.viewport(), plot._to_pixels(epoch, 0.3).toPoint())
    qtbot.mouseRelease(plot.viewport(), LEFT, pos=plot._to_pixels(5.0, 0.3).toPoint())
    assert panel.switches.fit.isVisible()
    assert panel.switches.values.mapTo(panel, QPoint(0, 0)) == place, "nothing moves for it"
    part = ends(panel)[0]
    assert part == [pytest.approx(0.5, abs=0.1), pytest.approx(5.0, abs=0.1)]
    choose(qtbot, panel, 1)
    assert ends(panel)[0] == part, "the other curves look at the same epochs"
    qtbot.mouseClick(panel.switches.fit, LEFT)
    assert ends(panel)[0] == [0.0, 10.0]
    assert not panel.switches.fit.isVisible()


def test_the_menu_zooms_too(open_panel: Opener):
    panel = open_panel(CIRCLES)
    menu = {action.text(): action for action in panel.actions()}
    menu["Zoom In"].trigger()
    assert ends(panel)[0] == [2.5, 7.5]
    menu["Zoom Out"].trigger()
    assert ends(panel)[0] == [0.0, 10.0]
    menu["Zoom In"].trigger()
    menu["All Epochs"].trigger()
    assert ends(panel)[0] == [0.0, 10.0]


def test_a_reset_shows_all_epochs(qtbot: QtBot, open_panel: Opener):
    panel = open_panel(CIRCLES)
    for _ in range(3):
        step(qtbot, panel)
    panel.tab.plot.zoom(0.5)
    assert panel.switches.fit.isVisible()
    panel._session.reset()
    qtbot.waitUntil(lambda: not panel.switches.fit.isVisible())
    assert ends(panel)[0] == [0.0, 10.0]


def test_logarithmic_axes_are_remembered(qtbot: QtBot, make_session: Callable[[Experiment], Session], tmp_path: Path):
    settings = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)

    def opened() -> PlotsPanel:
        session = make_session(CIRCLES)
        session.remembered.keep_in(settings)
        panel = PlotsPanel(session)
        qtbot.addWidget(panel)
        panel.resize(480, 280)
        panel.show()
        return panel

    first = opened()
    qtbot.mouseClick(first.switches.epochs, LEFT)
    qtbot.mouseClick(first.switches.values, LEFT)
    again = opened()
    assert again.switches.epochs.isChecked()
    assert ends(again)[0] == [0.0, pytest.approx(np.log10(11.0))]
    assert ends(again)[1][0] < 0


def test_a_figure_has_the_curve_the_axes_and_the_legend_and_no_pointer(qtbot: QtBot, open_panel: Opener):
    panel = open_panel(CIRCLES)
    for _ in range(3):
        step(qtbot, panel)
    palette = panel._session.theme.palette
    without = picture_of(panel.figure(), palette.panel, 2.0)
    plot = panel.tab.plot
    qtbot.mouseMove(plot.viewport(), QPoint(1, 1))
    qtbot.mouseMove(plot.viewport(), plot._to_pixels(1.0, 0.3).toPoint())
    assert plot.pointed
    assert picture_of(panel.figure(), palette.panel, 2.0) == without
    assert plot.pointed, "on the screen it is still there"
    drawing = svg_of(panel.figure(), palette.panel, "Loss", 96).decode()
    for text in ("training", "test", "epochs"):
        assert f">{text}<" in drawing


def test_the_axis_of_gradients_depends_on_what_is_shown_where_the_run_rests(qtbot: QtBot, open_panel: Opener):
    panel = open_panel(CIRCLES)
    choose(qtbot, panel, next(k for k in range(panel.tabs.count()) if panel.tabs.tabText(k) == "Gradients"))
    chart = panel.tab.chart
    qtbot.waitUntil(lambda: chart.rows > 0)
    before = (chart._decades.low, chart._decades.high)
    sizes = chart._gradients.sizes
    chart.show_measured(replace(chart._gradients, sizes=sizes * 1e-2), running=True)
    chart.show_measured(replace(chart._gradients, sizes=sizes), running=True)
    assert (chart._decades.low, chart._decades.high) != before, "while it trains the axis rests"
    chart.show_measured(replace(chart._gradients, sizes=sizes))
    assert (chart._decades.low, chart._decades.high) == before
