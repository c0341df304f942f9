"""Curves over axes: every point where it belongs, round numbers, and nothing that isn't finite."""

import re
import xml.etree.ElementTree as ET

import numpy as np
import pytest

from nnplay.pictures.charts import LEFT, Axis, Series, axis_of, chart, number
from nnplay.pictures.colours import CLASSES, class_colour
from nnplay.pictures.network import network_picture
from nnplay.pictures.svg import drawing, label


def test_ticks_are_round_and_within() -> None:
    assert Axis(0.0, 10.0, "").ticks() == [0, 2, 4, 6, 8, 10]
    assert Axis(-0.13, 0.19, "").ticks() == pytest.approx([-0.1, 0, 0.1])
    assert Axis(0.004, 20.0, "", logarithmic=True).ticks() == pytest.approx([0.01, 0.1, 1, 10])


@pytest.mark.parametrize(
    ("low", "high", "ticks"),
    [
        (0.397895, 2.36392, [0.5, 1, 2]),
        (0.012, 0.99, [0.02, 0.05, 0.1, 0.2, 0.5]),
        (0.571805, 0.748142, [0.6, 0.65, 0.7]),
        (2e9, 9e9, [2e9, 5e9]),
    ],
)
def test_a_logarithmic_axis_without_two_powers_of_ten_has_round_numbers_too(
    low: float, high: float, ticks: list[float]
) -> None:
    assert Axis(low, high, "", logarithmic=True).ticks() == pytest.approx(ticks)


@pytest.mark.parametrize("low", [1e-300, 1e-9, 1.0, 1e300])
@pytest.mark.parametrize("factor", [1 + 1e-9, 1.3, 4.0, 30.0, 1e7])
def test_every_logarithmic_axis_has_ticks_on_it(low: float, factor: float) -> None:
    axis = Axis(low, low * factor, "", logarithmic=True)
    assert 2 <= len(axis.ticks()) <= 12
    assert all(-1e-6 <= axis.share(tick) <= 1 + 1e-6 for tick in axis.ticks())


def test_an_axis_holds_all_values_and_is_logarithmic_only_where_it_may_be() -> None:
    assert axis_of([np.array([1.0, np.nan, 100.0])], "", logarithmic=True) == Axis(1.0, 100.0, "", logarithmic=True)
    assert not axis_of([np.array([0.0, 1.0])], "", logarithmic=True).logarithmic
    same = axis_of([np.array([3.0, 3.0])], "")
    assert same.low < 3.0 < same.high
    assert axis_of([], "") == Axis(0.0, 1.0, "")


def test_a_curve_leaves_out_what_is_not_finite() -> None:
    curve = Series("a", "#000000", np.arange(4.0), np.array([0.0, 1.0, np.nan, 1.0]))
    svg = chart([curve], Axis(0.0, 3.0, "x"), Axis(0.0, 1.0, "y"), "about")
    (line,) = ET.fromstring(svg).iter("{http://www.w3.org/2000/svg}polyline")
    points = line.attrib["points"].split()
    assert len(points) == 3
    assert points[0].startswith(f"{LEFT:.1f},")


def test_numbers_are_read_with_a_minus() -> None:
    assert [number(value) for value in (-0.5, 800_000.0, 1.5e-7, 0.0)] == ["−0.5", "800,000", "1.5e−07", "0"]


def test_names_have_no_meaning_in_markup() -> None:
    svg = drawing(10, 10, [label(0, 0, '<b>&"x"\n')], "<i>")
    assert "<b>" not in svg
    assert [each.text for each in ET.fromstring(svg) if each.text] == ["<i>", '<b>&"x" ']


def test_colours_of_many_classes_are_told_apart() -> None:
    found = [class_colour(place) for place in range(64)]
    assert len(set(found)) == 64
    assert all(re.fullmatch("#[0-9A-F]{6}", colour) for colour in found)


def test_the_first_colours_are_the_windows() -> None:
    from nnplay.gui.theme.palette import LIGHT
    from nnplay.pictures import colours

    assert LIGHT.classes == CLASSES
    mine = (
        colours.NEGATIVE,
        colours.MIDDLE,
        colours.POSITIVE,
        colours.TEXT,
        colours.QUIET,
        colours.LINE,
        colours.PANEL,
    )
    assert mine == (LIGHT.negative, LIGHT.middle, LIGHT.positive, LIGHT.text, LIGHT.quiet, LIGHT.line, LIGHT.panel)


def test_a_network_has_a_circle_a_unit_and_says_how_many_more_there_are() -> None:
    weights = [np.ones((3, 20)), -np.ones((20, 2))]
    svg = network_picture((3, 20, 2), weights, ("tanh",), ("a<", "b", "c"), ("yes", "no"))
    tree = ET.fromstring(svg)
    assert len(list(tree.iter("{http://www.w3.org/2000/svg}circle"))) == 3 + 9 + 2
    texts = [each.text for each in tree.iter("{http://www.w3.org/2000/svg}text")]
    assert {"a<", "yes", "tanh", "11 more", "3 inputs", "2 outputs"} <= set(texts)
