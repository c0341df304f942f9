import numpy as np
import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from nnplay.gui.paint.points import MOST_POINTS, TEST_TINT, VALUE_GROUPS, Marks, canvas_scale, marker_size, value_groups
from nnplay.gui.panels.output.plane_view import PlaneView
from nnplay.gui.theme.palette import LIGHT, mix
from nnplay.gui.theme.theme import Theme

FOUR = Marks(
    np.array([[-3.0, -3.0], [3.0, 3.0], [-3.0, 3.0], [3.0, -3.0]]),
    np.array([0, 0, 1, 1]),
    np.array([True, True, True, False]),
)


@pytest.fixture
def view(qtbot: QtBot, theme: Theme) -> PlaneView:
    view = PlaneView(theme)
    qtbot.addWidget(view)
    view.resize(*view.canvas_size(314, 300))
    view.points.show(FOUR)
    view.show()
    return view


def picture(view: PlaneView) -> QImage:
    return view.grab().toImage()


def colour_at(view: PlaneView, x1: float, x2: float, right: float = 0.0) -> QColor:
    place = view.to_pixels((x1, x2)) + QPointF(right, 0)
    return picture(view).pixelColor(place.toPoint())


def close(colour: QColor, name: str) -> bool:
    wanted = QColor(name)
    return all(abs(a - b) < 24 for a, b in zip(colour.getRgb()[:3], wanted.getRgb()[:3], strict=True))


def test_training_points_are_filled_in_the_colour_of_their_class(view: PlaneView):
    assert close(colour_at(view, -3, -3), LIGHT.negative)
    assert close(colour_at(view, -3, 3), LIGHT.positive)


def test_a_test_point_is_hollow_and_can_be_left_out(view: PlaneView):
    assert close(colour_at(view, 3, -3), mix(LIGHT.panel, LIGHT.positive, TEST_TINT))
    rim = [colour_at(view, 3, -3, right=offset) for offset in range(1, 7)]
    assert any(close(colour, LIGHT.positive) for colour in rim)
    view.points.set_test_shown(False)
    assert not any(close(colour_at(view, 3, -3, right=offset), LIGHT.positive) for offset in range(1, 7))
    assert list(view.points.shown) == [0, 1, 2]


def test_wrong_ones_are_ringed(view: PlaneView):
    before = picture(view)
    view.points.show_misclassified(np.array([0]))
    after = picture(view)
    assert before != after
    view.points.show_misclassified(np.array([], dtype=np.intp))
    assert picture(view) == before


def test_a_left_out_test_point_is_not_ringed(view: PlaneView):
    view.points.set_test_shown(False)
    before = picture(view)
    view.points.show_misclassified(np.array([3]))
    assert picture(view) == before


def test_shapes_differ_by_class(view: PlaneView):
    view.resize(*view.canvas_size(460, 460))
    before = picture(view)
    view.points.set_shapes(True)
    assert picture(view) != before
    corner = view.to_pixels((-3, 3)) + QPointF(4.3, 4.3)
    assert close(picture(view).pixelColor(corner.toPoint()), LIGHT.positive), "class 1 is a square"
    view.points.set_shapes(False)
    assert not close(picture(view).pixelColor(corner.toPoint()), LIGHT.positive)


def test_a_preview_hides_and_adds_without_touching_the_marks(view: PlaneView):
    before = picture(view)
    view.points.show_preview(np.array([True, False, False, False]), np.array([[0.0, 0.0]]), np.array([2]))
    assert close(colour_at(view, 0, 0), LIGHT.classes[2])
    assert not close(colour_at(view, -3, -3), LIGHT.negative)
    view.points.show_preview(None, np.empty((0, 2)), np.empty(0, np.intp))
    assert picture(view) == before


def test_many_points_are_thinned_evenly(view: PlaneView):
    count = 3 * MOST_POINTS
    points = np.random.default_rng(0).uniform(-6, 6, (count, 2))
    view.points.show(Marks(points, np.zeros(count, np.intp), np.ones(count, np.bool_)))
    assert len(view.points.shown) <= MOST_POINTS
    assert view.points.shown[-1] > count - 4


def test_values_fall_into_groups_from_the_lowest_to_the_highest():
    groups = value_groups(np.array([-1.0, -0.001, 0.001, 1.0]), -1.0, 1.0)
    assert list(groups) == [0, VALUE_GROUPS // 2 - 1, VALUE_GROUPS // 2, VALUE_GROUPS - 1]
    assert list(value_groups(np.array([3.0, 3.0]), 3.0, 3.0)) == [VALUE_GROUPS // 2] * 2


def test_few_points_are_large_and_small_canvases_have_small_ones():
    assert marker_size(4) > marker_size(100) > marker_size(5000)
    assert canvas_scale(200) < canvas_scale(380) == 1.0 < canvas_scale(600)
