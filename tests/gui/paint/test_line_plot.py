import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from nnplay.gui.paint.axes import text_width
from nnplay.gui.paint.curves import DASH, GAP, thinned, with_dash_ends
from nnplay.gui.paint.legend import GAP as LEGEND_GAP
from nnplay.gui.paint.legend import SAMPLE
from nnplay.gui.paint.line_plot import LABEL_ROOM, RIGHT_MARGIN, LinePlot, Scale
from nnplay.gui.theme.palette import LIGHT
from nnplay.gui.theme.theme import Theme
from nnplay.gui.widgets.number_format import percent_text

NONE = np.full(101, np.nan)
NO_MODIFIER = Qt.KeyboardModifier.NoModifier


def show(plot: LinePlot, epochs: np.ndarray, *lines: np.ndarray) -> None:
    """Intervals of one epoch each."""
    plot.show_lines(epochs, *(np.repeat(line[:, None], 3, axis=1) for line in lines))


@pytest.fixture
def plot(qtbot: QtBot, theme: Theme) -> LinePlot:
    plot = LinePlot(theme, Scale())
    qtbot.addWidget(plot)
    plot.resize(464, 230)
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


@pytest.mark.parametrize("top", [1e5, 250_000.0, 1.5e-10, 3.7e-4, 1.4e294])
def test_no_figure_of_an_axis_is_left_out(plot: LinePlot, top: float):
    show(plot, np.arange(10.0), top * falling(10), NONE[:10])
    for _, text in plot._left._tickLevels[0]:
        beside = plot._left.style["tickTextOffset"][0]
        assert text_width([text]) + beside <= plot._left.width(), f"{text} has no room, and isn't written"


@pytest.mark.parametrize("epochs", [9, 800_000, 123_456_789])
def test_the_last_epoch_stands_clear_of_the_edge(plot: LinePlot, epochs: int):
    show(plot, np.linspace(0.0, epochs, 10), falling(10), NONE[:10])
    picture = plot.grab().toImage()
    background = picture.pixelColor(picture.width() - 1, picture.height() - 1)
    rows = range(picture.height() - int(plot._below.height()), picture.height())
    for x in range(picture.width() - (RIGHT_MARGIN - LABEL_ROOM), picture.width()):
        assert {picture.pixelColor(x, y).rgb() for y in rows} == {background.rgb()}


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


def intervals(rows: int, every: float = 64.0) -> tuple[np.ndarray, np.ndarray]:
    """Epochs, and (rows, 3) values that fall, of which the lowest and the highest are a little apart."""
    first = falling(rows)
    return every * np.arange(rows), np.stack([first, 0.99 * first, 1.01 * first], axis=1)


def ink(plot: LinePlot, epoch: float, value: float, *, lighter_than: int = 60) -> bool:
    """Whether anything is drawn within a pixel or two of a place."""
    place, picture = plot._to_pixels(epoch, value), plot.grab().toImage()
    near = [picture.pixelColor(round(place.x()) + x, round(place.y()) + y) for x in (-1, 0, 1) for y in (-1, 0, 1)]
    return min(colour.lightness() for colour in near) < QColor(LIGHT.panel).lightness() - lighter_than


@pytest.mark.parametrize("line", [0, 1])
@pytest.mark.parametrize("row", [37, 51, 52, 53, 54, 55])
def test_a_spike_of_one_epoch_is_drawn_and_told_whatever_the_line_is(qtbot: QtBot, plot: LinePlot, line: int, row: int):
    epochs, values = intervals(400)
    lines = [values, 0.9 * values]
    lines[line][row, 2] = 0.95
    plot.show_lines(epochs, *lines)
    assert ink(plot, epochs[row] + 32, 0.9)
    assert not ink(plot, epochs[row - 8] + 32, 0.9)
    qtbot.mouseMove(plot.viewport(), QPoint(2, 2))  # the pointer may be there from the test before
    qtbot.mouseMove(plot.viewport(), plot._to_pixels(epochs[row] + 32.0, 0.5).toPoint())
    first, last = int(epochs[row]), int(epochs[row]) + 63
    assert plot.legend.text().startswith(f"epochs {first:,} to {last:,}  ")
    assert " – 0.9500" in plot.legend.text()


@pytest.mark.parametrize("epoch", range(40, 52))
def test_a_gap_between_dashes_hides_no_spike_either(plot: LinePlot, epoch: int):
    test = np.full(101, 0.2)
    test[epoch] = 0.9
    show(plot, np.arange(101.0), np.full(101, 0.05), test)
    assert ink(plot, epoch, 0.7) or ink(plot, epoch - 0.2, 0.7)


def test_the_axes_are_those_of_what_is_shown_whatever_was_before(plot: LinePlot):
    show(plot, np.arange(101.0), falling(101), NONE)
    alone = range_of(plot)
    for before in (np.full(51, 900.0), np.full(51, 1e-4)):
        show(plot, np.arange(51.0), before, np.full(51, np.nan))
        show(plot, np.arange(101.0), falling(101), NONE)
        assert range_of(plot) == alone


def test_a_drag_shows_a_part_a_double_click_all(qtbot: QtBot, plot: LinePlot):
    show(plot, np.arange(101.0), falling(101), NONE)
    start, end = pixel_of(plot, 20), pixel_of(plot, 60)
    qtbot.mousePress(plot.viewport(), Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(plot.viewport(), (start + end) / 2)
    qtbot.mouseMove(plot.viewport(), end)
    assert plot.grab().toImage().pixelColor(pixel_of(plot, 40, 0.6)) != QColor(LIGHT.panel), "what is selected is seen"
    with qtbot.waitSignal(plot.zoom_changed):
        qtbot.mouseRelease(plot.viewport(), Qt.MouseButton.LeftButton, pos=end)
    assert plot.epochs.seen == (pytest.approx(20, abs=1), pytest.approx(60, abs=1))
    low, high = range_of(plot)[1]
    assert falling(101)[20] <= high < 0.7, "the values are those of the part"
    show(plot, np.arange(131.0), falling(131), np.full(131, np.nan))
    assert plot.epochs.seen[1] == pytest.approx(60, abs=1), "and it stays while the run goes on"
    qtbot.mouseDClick(plot.viewport(), Qt.MouseButton.LeftButton, pos=pixel_of(plot, 40))
    assert plot.epochs.seen == (0, 150)
    assert low >= 0


def test_a_plateau_that_is_zoomed_into_fills_the_plot(plot: LinePlot):
    values = 0.693 + 0.004 * np.sin(np.arange(101) / 5)
    show(plot, np.arange(101.0), values, NONE)
    plot.epochs.select(10, 90)
    plot.show_epochs()
    low, high = range_of(plot)[1]
    assert high - low < 0.02
    texts = [text for _, text in plot._left._tickLevels[0]]
    assert len(set(texts)) == len(texts) >= 2


def test_the_wheel_and_keys_zoom_and_move(qtbot: QtBot, plot: LinePlot):
    show(plot, np.arange(1001.0), falling(1001), np.full(1001, np.nan))
    wheel(plot, pixel_of(plot, 500), 120 * 6)
    near = plot.epochs.seen
    assert near[0] < 500 < near[1] < 1000
    wheel(plot, pixel_of(plot, 500), -120, Qt.KeyboardModifier.ShiftModifier)
    assert plot.epochs.seen[0] > near[0]
    plot.setFocus()
    qtbot.keyClick(plot, Qt.Key.Key_Left)
    assert plot.epochs.seen == (pytest.approx(near[0]), pytest.approx(near[1]))
    qtbot.keyClick(plot, Qt.Key.Key_PageDown)
    assert plot.epochs.seen[0] < near[0]
    qtbot.keyClick(plot, Qt.Key.Key_Home)
    assert not plot.epochs.zoomed
    qtbot.keyClick(plot, Qt.Key.Key_PageUp)
    assert plot.epochs.zoomed
    middle = plot.epochs.seen
    pan(qtbot, plot, pixel_of(plot, 500), QPoint(60, 0))
    assert plot.epochs.seen[0] < middle[0]


def wheel(plot: LinePlot, place: QPoint, angle: int, modifiers: Qt.KeyboardModifier = NO_MODIFIER) -> None:
    there, phase = QPointF(place), Qt.ScrollPhase.NoScrollPhase
    event = QWheelEvent(
        there, plot.mapToGlobal(there), QPoint(), QPoint(0, angle), Qt.MouseButton.NoButton, modifiers, phase, False
    )
    QApplication.sendEvent(plot.viewport(), event)


def pan(qtbot: QtBot, plot: LinePlot, start: QPoint, by: QPoint) -> None:
    qtbot.mousePress(plot.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ShiftModifier, start)
    for part in (1, 2, 3):
        qtbot.mouseMove(plot.viewport(), start + by * part / 3)
    qtbot.mouseRelease(plot.viewport(), Qt.MouseButton.LeftButton, pos=start + by)


def test_a_long_run_keeps_its_descent_in_sight_on_logarithmic_epochs(plot: LinePlot):
    epochs = 1024.0 * np.arange(1000)
    epochs[1:8] = [1, 2, 4, 8, 16, 32, 64]
    epochs.sort()
    values = 0.7 / (1 + epochs / 100)
    show(plot, epochs, values, np.full(1000, np.nan))
    assert plot._to_pixels(1024.0, 0.1).x() - plot._to_pixels(0.0, 0.1).x() < 2
    plot.epochs.logarithmic = True
    plot.show_epochs()
    assert plot._to_pixels(1024.0, 0.1).x() - plot._to_pixels(0.0, 0.1).x() > 100


def test_under_the_pointer_stand_whole_epochs_clear_of_the_other_axis(qtbot: QtBot, plot: LinePlot):
    show(plot, np.array([0.0, 1.0, 2.0, 2.4]), np.array([0.7, 0.6, 0.5, 0.45]), np.full(4, np.nan))
    qtbot.mouseMove(plot.viewport(), pixel_of(plot, 2.4))
    assert plot.legend.text().startswith("epoch 2  ")
    before = plot.grab().toImage()
    qtbot.mouseMove(plot.viewport(), pixel_of(plot, 0) + QPoint(1, 0))
    assert plot.legend.text().startswith("epoch 0  ")
    after, canvas = plot.grab().toImage(), plot.view_box.sceneBoundingRect()
    lowest = QRect(0, round(canvas.bottom()) - 8, round(canvas.left()) - 7, 16)
    assert before.copy(lowest) == after.copy(lowest), "the lowest figure of the values is whole"


def test_no_half_of_the_first_dot_stays(plot: LinePlot, qapp: QApplication, monkeypatch: pytest.MonkeyPatch):
    show(plot, np.zeros(1), np.array([0.7]), np.full(1, np.nan))
    qapp.processEvents()
    assert len(plot._marks.dots) == 1
    painted: list[QRect] = []
    viewport = plot.viewport()
    monkeypatch.setattr(viewport, "update", lambda *area: painted.append(viewport.rect()) or QWidget.update(viewport))
    show(plot, np.arange(2.0), np.array([0.7, 0.1]), np.full(2, np.nan))
    assert painted == [viewport.rect()], "all of it is painted anew, the margin too where half of the dot was"
    assert not plot._marks.dots


def test_the_figures_stand_still_while_the_pointer_moves(qtbot: QtBot, plot: LinePlot):
    epochs, values = intervals(100)
    values[50:, 1:] = values[50:, :1]  # of which the one half has no ranges
    plot.show_lines(epochs, values, values)
    places = set()
    for share in (0.1, 0.3, 0.7, 0.9):
        qtbot.mouseMove(plot.viewport(), plot._to_pixels(share * epochs[-1], 0.4).toPoint())
        assert plot.legend.text().startswith("epoch")
        places.add(plot.legend._row_width(plot.legend._rows[0]))
    assert len(places) == 1


def test_the_epoch_under_the_pointer_leaves_no_part_of_a_figure(qtbot: QtBot, plot: LinePlot):
    show(plot, np.arange(1001.0), falling(1001), np.full(1001, np.nan))
    canvas, panel = plot.view_box.sceneBoundingRect(), QColor(LIGHT.panel)
    figure = plot._to_pixels(400.0, 0.0).x()
    qtbot.mouseMove(plot.viewport(), QPoint(round(figure) + 38, round(canvas.center().y())))
    picture = plot.grab().toImage()
    left = range(round(figure) - 14, round(figure) - 4)
    rows = range(round(canvas.bottom()) + 4, round(canvas.bottom()) + 18)
    assert all(picture.pixelColor(x, y) == panel for x in left for y in rows)
