"""Charts with a row a layer: what they say, and that everything fits from one layer to eleven."""

import math

import numpy as np
import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from nnplay.gui.paint.axis_ranges import GrowingDecades
from nnplay.gui.panels.plots.activation_rows import ActivationRows
from nnplay.gui.panels.plots.gradient_bars import GradientBars
from nnplay.gui.theme.palette import LIGHT
from nnplay.gui.theme.theme import Mode, Theme
from nnplay.gui.widgets.number_format import statistic_text
from nnplay.training.probes.activations import BINS, Activations, layer_activations
from nnplay.training.probes.gradients import GradientSizes


def sizes(*values: float) -> GradientSizes:
    return GradientSizes(np.array(values), 500, 4000)


def activations(*names: str, span: tuple[float, float] = (-1.0, 1.0)) -> Activations:
    generator = np.random.default_rng(0)
    layers = [layer_activations(name, np.tanh(generator.normal(size=(500, 6))), span) for name in names]
    return Activations(tuple(layers), span, 500, 500)


@pytest.fixture
def bars(qtbot: QtBot, theme: Theme) -> GradientBars:
    bars = GradientBars(theme)
    qtbot.addWidget(bars)
    bars.resize(460, 184)
    bars.show()
    return bars


@pytest.fixture
def rows(qtbot: QtBot, theme: Theme) -> ActivationRows:
    rows = ActivationRows(theme)
    qtbot.addWidget(rows)
    rows.resize(460, 184)
    rows.show()
    return rows


def bar_lengths(bars: GradientBars, colour: QColor) -> list[int]:
    """Pixels of each row that are in the colour of the bars."""
    picture: QImage = bars.grab().toImage()
    chart = bars.chart_rect()
    lengths = []
    for index in range(bars.rows):
        y = int(bars.row_rect(index).center().y())
        seen = [picture.pixelColor(x, y) for x in range(int(chart.left()), int(chart.right()))]
        lengths.append(sum(each.name() == colour.name() for each in seen))
    return lengths


def test_bars_are_as_long_as_the_logarithm(bars: GradientBars):
    bars.show_measured(sizes(1e-6, 1e-4, 1e-2))
    low, middle, high = bar_lengths(bars, QColor("#545964"))
    assert low <= 4
    assert middle == pytest.approx(bars.chart_rect().width() / 3, abs=4)
    assert high == pytest.approx(2 * bars.chart_rect().width() / 3, abs=4)


def test_zero_has_no_bar_and_says_so(bars: GradientBars, qtbot: QtBot):
    bars.show_measured(sizes(0.0, 0.0))
    assert bars.text() == "layer 1 0, output 0"
    assert bars.accessibleDescription() == bars.text()
    assert bar_lengths(bars, QColor("#545964")) == [0, 0]
    qtbot.mouseMove(bars, QPoint(1, 1))
    qtbot.mouseMove(bars, bars.row_rect(0).center().toPoint())
    assert "No gradient" in bars.card.hint.text()


def test_the_card_has_more_figures_and_the_ratio(bars: GradientBars, qtbot: QtBot):
    bars.show_measured(sizes(2.5e-6, 5e-3))
    qtbot.mouseMove(bars, QPoint(1, 1))
    qtbot.mouseMove(bars, bars.row_rect(0).center().toPoint())
    assert bars.card.isVisible()
    assert bars.card.value.text() == "2.500000e−6"
    assert bars.card.hint.text() == "1/2,000 of the output layer’s"
    bars.show_measured(sizes(5e-2, 5e-3))  # it follows its numbers
    assert bars.card.hint.text() == "10 times the output layer’s"


def test_without_samples_it_says_why(bars: GradientBars):
    bars.show_measured(None)
    assert "No training samples" in bars.accessibleDescription()
    assert bars.rows == 0
    bars.grab()


def test_numbers_that_are_not_finite_are_drawn_as_what_they_are(bars: GradientBars):
    bars.show_measured(sizes(math.inf, math.nan, 1e-3))
    assert bars.text() == "layer 1 –, layer 2 –, output 1.00e−3"
    bars.grab()


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("height", [91, 184])
@pytest.mark.parametrize("count", [1, 11])
def test_all_rows_fit(bars: GradientBars, theme: Theme, count: int, height: int, mode: Mode):
    theme.set_mode(mode)
    bars.resize(430, height)
    bars.show_measured(sizes(*np.logspace(-9, -1, count)))
    assert bars.row_rect(count - 1).bottom() <= height + 0.01
    bars.grab()


def test_an_axis_of_decades_rests_while_numbers_waver():
    axis = GrowingDecades(slack=2)
    ends = [axis.fit(least, 1.1 * least * 1000) for least in (0.9e-5, 1.1e-5) * 10]
    assert len(set(ends[1:])) == 1


def test_decades_follow_what_has_gone_far_away():
    axis = GrowingDecades(slack=2)
    axis.fit(1e-2, 0.5)
    assert axis.fit(2e-9, 5e-8) == (-9, -7)


def test_rows_say_their_figures(rows: ActivationRows):
    shown = activations("tanh", "relu")
    rows.show_measured(shown)
    first, second = shown.layers
    assert rows.row_texts(0) == (
        "1  tanh",
        statistic_text(first.mean),
        statistic_text(first.standard_deviation),
        f"{100 * first.saturated:.1f} %",
    )
    assert rows.row_texts(1)[0] == "2  ReLU"
    assert rows.row_texts(1)[3] == f"{second.dead} of 6"
    assert rows.accessibleDescription() == rows.text()


def test_a_bin_under_the_pointer_says_how_many(rows: ActivationRows, qtbot: QtBot):
    shown = activations("tanh")
    rows.show_measured(shown)
    chart = rows.chart_rect()
    qtbot.mouseMove(rows, QPoint(1, 1))
    qtbot.mouseMove(rows, QPoint(int(chart.left() + chart.width() * 20.5 / 40), int(rows.row_rect(0).center().y())))
    there = shown.layers[0].counts[20]
    assert rows.card.title.text() == "Layer 1  tanh: from 0 to 0.05"
    assert rows.card.value.text() == f"{there} of 3,000 outputs, {100 * there / 3000:.1f} %"


def test_beside_the_histogram_the_card_says_what_the_last_figure_means(rows: ActivationRows, qtbot: QtBot):
    rows.show_measured(activations("tanh", "relu"))
    qtbot.mouseMove(rows, QPoint(1, 1))
    qtbot.mouseMove(rows, QPoint(440, int(rows.row_rect(0).center().y())))
    assert rows.card.hint.text().startswith("Saturated: outputs below −0.96 or above 0.96: ")
    qtbot.mouseMove(rows, QPoint(440, int(rows.row_rect(1).center().y())))
    assert rows.card.hint.text() == "Dead: units that output 0 for every sample: 0 of 6"
    qtbot.mouseMove(rows, QPoint(440, 4))
    assert not rows.card.isVisible()


def test_negative_outputs_are_orange_and_positive_ones_blue(rows: ActivationRows):
    rows.show_measured(activations("tanh"))
    picture = rows.grab().toImage()
    chart = rows.chart_rect()
    y = int(rows.row_rect(0).bottom()) - 4
    seen = [picture.pixelColor(x, y).name().upper() for x in range(int(chart.left()), int(chart.right()))]
    assert LIGHT.negative in seen[: len(seen) // 2]
    assert LIGHT.positive in seen[len(seen) // 2 :]
    assert LIGHT.positive not in seen[: len(seen) // 2 - 2]


def test_narrow_bars_have_no_stripes(rows: ActivationRows):
    rows.resize(350, 184)
    measured = activations("tanh")
    measured.layers[0].counts[:] = 100
    rows.show_measured(measured)
    chart = rows.chart_rect()
    assert chart.width() < 3 * BINS
    picture, y = rows.grab().toImage(), int(rows.row_rect(0).center().y())
    seen = {picture.pixelColor(x, y).name().upper() for x in range(int(chart.left()) + 2, int(chart.right()) - 2)}
    assert seen == {LIGHT.negative, LIGHT.positive}


def test_no_hidden_layer_is_said(rows: ActivationRows):
    rows.show_measured(activations())
    assert "no hidden layer" in rows.accessibleDescription()
    rows.grab()


@pytest.mark.parametrize("count", [1, 10])
@pytest.mark.parametrize("height", [91, 184])
def test_all_histograms_fit(rows: ActivationRows, count: int, height: int):
    rows.resize(430, height)
    rows.show_measured(activations(*["sigmoid"] * count, span=(0.0, 1.0)))
    assert rows.row_rect(count - 1).bottom() <= height + 0.01
    assert rows.chart_rect().width() > 100
    rows.grab()
