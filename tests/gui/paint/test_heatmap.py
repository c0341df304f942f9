import numpy as np
import pytest
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from nnplay.gui.paint.heatmap import FINER, finer, likeliest, sampled
from nnplay.gui.panels.output.plane_view import PlaneView
from nnplay.gui.theme.theme import Theme

PLANE = (-6.0, 6.0, -6.0, 6.0)


def ramp(resolution: int = 21) -> np.ndarray:
    """Rises with x₁ from 0 to 1."""
    return np.tile(np.linspace(0, 1, resolution, dtype=np.float32), (resolution, 1))


def colour_at(view: PlaneView, x1: float, x2: float) -> QColor:
    return view.grab().toImage().pixelColor(view.to_pixels((x1, x2)).toPoint())


@pytest.fixture(params=["light", "dark"])
def view(request: pytest.FixtureRequest, qtbot: QtBot, theme: Theme) -> PlaneView:
    theme.set_mode(request.param)
    view = PlaneView(theme)
    qtbot.addWidget(view)
    view.resize(*view.canvas_size(300, 300))
    view.show()
    return view


def test_finer_keeps_the_grid_and_is_linear_in_between():
    values = np.random.default_rng(0).random((5, 5)).astype(np.float32)
    fine = finer(values)
    assert fine.shape == (4 * FINER + 1, 4 * FINER + 1)
    np.testing.assert_allclose(fine[::FINER, ::FINER], values, rtol=1e-6)
    between = values[0, 0] + (values[0, 1] - values[0, 0]) / FINER
    assert fine[0, 1] == pytest.approx(between, rel=1e-6)


def test_sampled_reads_a_plane_exactly():
    x1, x2 = np.meshgrid(np.linspace(-6, 6, 13), np.linspace(-6, 6, 13))
    maps = np.stack([2 * x1 - 3 * x2 + 1, x1 * 0 + 5])
    points = np.random.default_rng(1).uniform(-6, 6, (40, 2))
    expected = np.stack([2 * points[:, 0] - 3 * points[:, 1] + 1, np.full(40, 5.0)], axis=1)
    np.testing.assert_allclose(sampled(maps, PLANE, points), expected, atol=1e-12)


def test_sampled_beyond_the_border_takes_the_border():
    maps = ramp()[None]
    np.testing.assert_allclose(sampled(maps, PLANE, np.array([[-9.0, 0.0], [9.0, 20.0]])).ravel(), [0.0, 1.0])


def test_the_likeliest_class_wins_everywhere():
    right = ramp()
    classes = likeliest(np.stack([1 - right, right, np.full_like(right, 0.4)]))
    middle_row = classes[len(classes) // 2]
    assert middle_row[0] == 0
    assert middle_row[-1] == 1
    assert set(np.unique(classes)) == {0, 1}


def test_class_1_is_blue_class_0_orange_and_x1_runs_to_the_right(view: PlaneView):
    view.heatmap.show_probability(ramp())
    left, right = colour_at(view, -5.5, 0), colour_at(view, 5.5, 0)
    assert left.red() > left.blue() + 40
    assert right.blue() > right.red() + 40


def test_x2_runs_upwards(view: PlaneView):
    view.heatmap.show_probability(ramp().T)
    assert colour_at(view, 0, 5.5).blue() > colour_at(view, 0, -5.5).blue()


def test_discrete_has_two_colours_and_no_slope(view: PlaneView):
    view.heatmap.show_probability(ramp())
    view.heatmap.set_discrete(True)
    assert colour_at(view, 0.8, 0) == colour_at(view, 5.5, 0)
    assert colour_at(view, -0.8, 0) == colour_at(view, -5.5, 0)
    view.heatmap.set_discrete(False)
    assert colour_at(view, 0.8, 0) != colour_at(view, 5.5, 0)


def test_a_number_in_bands_is_level_within_one(view: PlaneView):
    view.heatmap.show_numbers(2 * ramp() - 1, -1.0, 1.0)
    view.heatmap.set_discrete(True)
    assert colour_at(view, 0.35, 2) == colour_at(view, 0.85, -2)
    assert colour_at(view, 0.6, 0) != colour_at(view, 1.8, 0)


def test_numbers_that_are_not_finite_paint_without_a_word(view: PlaneView):
    values = ramp()
    values[3, 3], values[5, 5] = np.nan, np.inf
    view.heatmap.show_numbers(values, 0.0, 1.0)
    assert colour_at(view, -5.5, 0).red() > colour_at(view, -5.5, 0).blue()


def test_a_sure_class_has_its_own_colour_and_a_tie_the_middle(view: PlaneView, theme: Theme):
    sure, never = np.ones((11, 11), np.float32), np.zeros((11, 11), np.float32)
    view.heatmap.show_probabilities(np.stack([never, never, sure]))
    green = colour_at(view, 0, 0)
    assert green.green() > max(green.red(), green.blue())
    view.heatmap.show_probabilities(np.stack([sure, sure, sure]) / 3)
    assert colour_at(view, 0, 0) == QColor(theme.palette.middle)


def test_another_theme_paints_the_same_map_again(view: PlaneView, theme: Theme):
    view.heatmap.show_probability(np.full((11, 11), 0.5, np.float32))
    theme.toggle()
    middle = QColor(theme.palette.middle)
    seen = colour_at(view, 0, 0)
    assert abs(seen.lightness() - middle.lightness()) <= 2


@pytest.mark.parametrize(("low", "high"), [(-1e100, 1e100), (1e99, 1e100), (1e-300, 3e-300), (0.0, 5e-324)])
def test_levels_beyond_what_32_bits_hold_paint_without_a_word(view: PlaneView, low: float, high: float):
    for values in (ramp(), ramp() * np.float32(1e12)):
        view.heatmap.show_numbers(values, low, high)
        assert colour_at(view, 0, 0).isValid()


def test_a_map_says_the_middle_where_the_levels_are_far_wider(view: PlaneView, theme: Theme):
    view.heatmap.show_numbers(ramp(), -1e100, 1e100)
    assert colour_at(view, 5, 0) == colour_at(view, -5, 0)
