import numpy as np
import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor, QFontMetricsF
from pytestqt.qtbot import QtBot

from nnplay.gui.paint.curves import DASH, GAP, thinned, with_dash_ends
from nnplay.gui.paint.legend import GAP as LEGEND_GAP
from nnplay.gui.paint.legend import SAMPLE
from nnplay.gui.paint.line_plot import LinePlot, Scale
from nnplay.gui.theme.palette import LIGHT
from nnplay.gui.theme.theme import Theme
from nnplay.gui.widgets.number_format import percent_text

NONE = np.full(101, np.nan)


def show(plot: LinePlot, epochs: np.ndarray, *lines: np.ndarray) -> None:
    """Intervals of one epoch each."""
    plot.show_lines(epochs, *(np.repeat(line[:, None], 3, axis=1) for line in lines))


@pytest.fixture
def plot(qtbot: QtBot, theme: Theme) -> LinePlot:
    plot = LinePlot(theme, Scale())
    qtbot.addWidget(plot)
    plot.resize(460, 230)
    plot.show()
    return plot


def falling(rows: int) -> np.ndarray:
    return 0.7 * np.exp(-np.arange(rows) / rows * 3)


def range_of(plot: LinePlot) -> list[list[float]]:
    return plot.view_box.viewRange()


def test_thinning_keeps_the_highest_and_the_lowest():
    x = np.arange(10_000.0)
    y = np.sin(x / 500)
    y[4321], y[4444] = 9.0, -9.0
    thin_x, thin_y = thinned(x, y, width=25.0)
    assert len(thin_x) <= 2 * 401
    assert thin_y.max() == 9.0
    assert thin_y.min() == -9.0
    assert thin_x[0] == 0
    assert thin_x[-1] == 9999
    assert (np.diff(thin_x) >= 0).all()


def test_few_points_stay_as_they_are():
    x, y = np.arange(5.0), np.array([1.0, np.nan, 2.0, 3.0, 2.0])
    thin_x, thin_y = thinned(x, y, width=0.1)
    np.testing.assert_array_equal(thin_x, x)
    np.testing.assert_array_equal(thin_y, y)


def test_dashes_lie_on_the_line():
    x, y = np.array([0.0, 100.0]), np.array([0.0, 50.0])
    dashed_x, dashed_y = with_dash_ends(x, y, pixel=1.0)
    np.testing.assert_allclose(dashed_y, dashed_x / 2)
    assert {DASH, DASH + GAP} <= set(dashed_x)


def test_the_axis_of_epochs_rests_while_a_run_goes_on(plot: LinePlot):
    seen = set()
    for rows in range(2, 400):
        show(plot, np.arange(float(rows)), falling(rows), np.full(rows, np.nan))
        seen.add(tuple(range_of(plot)[0]))
    assert len(seen) <= 20
    show(plot, np.arange(3.0), falling(3), np.full(3, np.nan))
    assert range_of(plot)[0][1] == 10, "after a reset it starts again"


def test_axes_begin_anew_with_a_run(plot: LinePlot):
    show(plot, np.arange(26.0), np.linspace(2.0, 1.1, 26), np.full(26, np.nan))
    assert [end for _, end in range_of(plot)] == pytest.approx([25, 2], rel=0.03)
    for loss, top in ((0.8, 0.8), (2.4, 2.5), (0.8, 0.8)):  # another data set each, before it trains
        show(plot, np.zeros(1), np.array([loss]), np.full(1, np.nan))
        assert [end for _, end in range_of(plot)] == pytest.approx([10, top], rel=0.03)


def test_a_low_plot_has_a_scale(plot: LinePlot):
    plot.resize(346, 96)
    for top in (0.8, 1.0, 1.2, 1.5, 2.0, 3.0, 4.0, 6.0, 8.0, 7e20):
        show(plot, np.zeros(1), np.array([top]), np.full(1, np.nan))
        show(plot, np.arange(2.0), np.array([top, top]), np.full(2, np.nan))
        assert len(plot._left._tickLevels[0]) >= 2, top


def test_figures_cover_no_curve(plot: LinePlot):
    show(plot, np.arange(101.0), 1 - falling(101), NONE)
    assert plot.legend.isVisible()
    assert plot.legend.geometry().bottom() < plot._to_pixels(0.0, range_of(plot)[1][1]).y()


def test_the_widest_figure_stands_clear_of_its_name(plot: LinePlot):
    metrics = QFontMetricsF(plot.legend.font())
    value = plot.value_text(1.41e294)
    show(plot, np.arange(2.0), np.array([0.7, 1.41e294]), np.array([0.7, 1.41e294]))
    assert plot.legend.text() == f"training {value}  test {value}"
    samples = 2 * (SAMPLE + LEGEND_GAP)
    words = sum(metrics.horizontalAdvance(text) for text in ("training ", value, "test ", value))
    assert samples + words <= plot.legend.width() <= plot.width()


def test_losses_larger_than_the_axis_widen_it(plot: LinePlot):
    show(plot, np.arange(3.0), np.array([7.2, 5.0, 3.0]), np.full(3, np.nan))
    assert range_of(plot)[1][0] == 0
    assert range_of(plot)[1][1] >= 7.2


def test_logarithmic_shows_decades_and_leaves_out_what_has_no_logarithm(plot: LinePlot):
    plot.set_logarithmic(True)
    losses = np.array([1.0, 0.1, 0.0, 0.001])
    show(plot, np.arange(4.0), losses, np.full(4, np.nan))
    low, high = range_of(plot)[1]
    assert low <= -3
    assert high >= 0
    plot.set_logarithmic(False)
    assert range_of(plot)[1][0] == 0


def test_without_a_test_set_there_is_one_line_and_one_figure(plot: LinePlot):
    show(plot, np.arange(101.0), falling(101), NONE)
    assert not plot.curves[1].item.isVisible()
    assert plot.legend.text() == f"training {falling(101)[-1]:.4f}"


def test_the_corner_has_the_newest_values(plot: LinePlot):
    show(plot, np.arange(101.0), falling(101), falling(101) + 0.1)
    assert plot.legend.text() == f"training {falling(101)[-1]:.4f}  test {falling(101)[-1] + 0.1:.4f}"


def test_exact_values_stand_under_the_pointer_and_follow_the_training(qtbot: QtBot, plot: LinePlot):
    show(plot, np.arange(101.0), falling(101), NONE)
    qtbot.mouseMove(plot.viewport(), pixel_of(plot, 40))
    assert plot.legend.text().startswith("epoch 40  ")
    assert f"{falling(101)[40]:.4f}" in plot.legend.text()
    show(plot, np.arange(101.0), falling(101) / 2, NONE)
    assert f"{falling(101)[40] / 2:.4f}" in plot.legend.text()
    qtbot.mouseMove(plot.viewport(), QPoint(2, 2))
    assert not plot.legend.text().startswith("epoch")


def test_the_training_line_is_drawn_where_its_values_are(plot: LinePlot):
    show(plot, np.arange(101.0), np.full(101, 0.5), NONE)
    image = plot.grab().toImage()
    place = pixel_of(plot, 30, 0.5)
    column = [image.pixelColor(place.x(), place.y() + offset) for offset in (-1, 0, 1)]
    assert min(colour.lightness() for colour in column) < 100
    assert image.pixelColor(place.x(), place.y() - 12) == QColor(LIGHT.panel)


@pytest.mark.parametrize(
    ("value", "text"), [(0.01234, "0.0123"), (0.0, "0.0000"), (1.5e-7, "1.50e−7"), (4e6, "4.00e6")]
)
def test_values_are_written_in_few_figures(plot: LinePlot, value: float, text: str):
    assert plot.value_text(value) == text


def test_accuracy_is_written_in_percent(qtbot: QtBot, theme: Theme):
    plot = LinePlot(theme, Scale(grows=False, text=percent_text))
    qtbot.addWidget(plot)
    assert plot.value_text(0.985) == "98.5 %"
    show(plot, np.arange(3.0), np.array([0.2, 0.3, 0.4]), np.full(3, np.nan))
    assert range_of(plot)[1][1] >= 1.0


def pixel_of(plot: LinePlot, epoch: float, value: float = 0.2) -> QPoint:
    return plot._to_pixels(epoch, value).toPoint()


def test_a_loss_that_explodes_is_drawn_to_the_top(plot: LinePlot):
    losses = np.logspace(0, 284, 13)
    show(plot, np.arange(13.0), losses, np.full(13, np.nan))
    picture = plot.grab().toImage()
    ratio = picture.devicePixelRatio()
    canvas = plot.view_box.sceneBoundingRect()

    def dark(x: float, low: float, high: float) -> bool:
        rows = range(int(low * ratio), int(high * ratio))
        near = range(int((x - 3) * ratio), int((x + 4) * ratio))
        return any(picture.pixelColor(column, row).lightness() < 90 for row in rows for column in near)

    end = plot._to_pixels(12.0, float(losses[-1]))
    before = plot._to_pixels(11.5, 0.0)
    assert canvas.top() <= end.y() < canvas.center().y()
    assert dark(before.x(), end.y(), canvas.bottom())
