import numpy as np
import pytest
from PySide6.QtCore import QBuffer, QSize
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtSvg import QSvgGenerator

from nnplay.gui.panels.network.layout import Room, Unit, lay_out
from nnplay.gui.panels.network.painter import Look, NetworkPainter
from nnplay.gui.panels.network.unit_pictures import OutputKinds, UnitPictures
from nnplay.gui.theme.colormaps import diverging_lut
from nnplay.gui.theme.palette import LIGHT
from nnplay.gui.theme.theme import Mode, Theme
from nnplay.training.probes.maps import PlaneMaps

SIZE = QSize(500, 400)
LAYOUT = lay_out([2, 2, 1], Room(500, 400, 54))
WEIGHTS = (np.array([[3.0, -3.0], [0.0, 0.3]]), np.array([[3.0], [-3.0]]))
BIASES = (np.array([1.0, -1.0]), np.array([0.0]))
pytestmark = pytest.mark.usefixtures("qapp")


def drawn(painter: NetworkPainter, look: Look = Look()) -> QImage:  # noqa: B008 - frozen
    image = QImage(SIZE, QImage.Format.Format_RGB32)
    image.fill(QColor(LIGHT.panel))
    brush = QPainter(image)
    painter.paint(brush, look, SIZE)
    brush.end()
    return image


def network() -> NetworkPainter:
    painter = NetworkPainter(Theme("light", styled=False))
    painter.set_layout(LAYOUT, ["x₁", "x₂"], [])
    painter.show_parameters(WEIGHTS, BIASES)
    return painter


def at_edge(image: QImage, number: int, source: int, target: int) -> QColor:
    bundle = LAYOUT.bundles[number]
    edge = np.flatnonzero((bundle.sources == source) & (bundle.targets == target))[0]
    x, y = bundle.points[edge, 5]
    return image.pixelColor(int(x), int(y))


def is_blue(colour: QColor) -> bool:
    return colour.blue() > colour.red() + 60


def is_orange(colour: QColor) -> bool:
    return colour.red() > colour.blue() + 60


def test_edges_take_the_colour_of_their_sign_and_none_where_the_weight_is_zero() -> None:
    image = drawn(network())
    assert is_blue(at_edge(image, 0, 0, 0))
    assert is_orange(at_edge(image, 0, 0, 1))
    assert at_edge(image, 0, 1, 0) == QColor(LIGHT.panel)
    assert is_blue(at_edge(image, 1, 0, 0))
    assert is_orange(at_edge(image, 1, 1, 0))


def test_weaker_edges_are_paler() -> None:
    image = drawn(network())
    weak, strong = at_edge(image, 0, 1, 1), at_edge(image, 0, 0, 0)
    assert weak != QColor(LIGHT.panel)
    assert weak.saturation() < strong.saturation() / 2


def test_edges_of_a_unit_that_is_off_are_gone_and_it_is_crossed_out() -> None:
    painter = network()
    image = drawn(painter, Look(off=frozenset({Unit(1, 0)})))
    assert at_edge(image, 0, 0, 0) == QColor(LIGHT.panel)
    assert at_edge(image, 1, 0, 0) == QColor(LIGHT.panel)
    assert is_orange(at_edge(image, 0, 0, 1))
    x, y = LAYOUT.box(Unit(1, 0)).centre
    assert image.pixelColor(round(x), round(y)).lightness() < 160


def test_pointing_at_a_unit_lets_the_other_edges_step_back() -> None:
    painter = network()
    image = drawn(painter, Look(hovered=Unit(1, 0)))
    plain = drawn(painter)
    assert at_edge(image, 0, 0, 0) == at_edge(plain, 0, 0, 0)
    assert at_edge(image, 0, 0, 1).saturation() < at_edge(plain, 0, 0, 1).saturation() / 2


def test_bias_dots_take_the_colour_of_their_sign() -> None:
    image = drawn(network())

    def dot(unit: Unit) -> QColor:
        x, y = LAYOUT.bias_place(unit)
        return image.pixelColor(int(x), int(y))

    assert is_blue(dot(Unit(1, 0)))
    assert is_orange(dot(Unit(1, 1)))
    assert dot(Unit(2, 0)) == QColor(LIGHT.panel)


def test_the_pinned_unit_has_a_graphite_frame() -> None:
    painter = network()
    box = LAYOUT.box(Unit(1, 1))
    x, y = round(box.x + box.width / 2), round(box.y) - 2
    assert drawn(painter).pixelColor(x, y).lightness() > 150
    assert drawn(painter, Look(pinned=Unit(1, 1))).pixelColor(x, y).lightness() < 80


def test_a_fresh_start_with_the_same_weights_shows_them() -> None:
    painter = network()
    before = drawn(painter)
    painter.forget()
    drawn(painter, Look(hovered=Unit(1, 0)))
    painter.show_parameters(WEIGHTS, BIASES)
    assert drawn(painter) == before
    assert drawn(painter, Look(hovered=Unit(1, 0))) != before
    assert is_blue(at_edge(drawn(painter, Look(hovered=Unit(1, 0))), 0, 0, 0))


def test_the_flow_moves_along_strong_edges_only() -> None:
    painter = network()
    first, second = (drawn(painter, Look(flow=seconds)) for seconds in (0.0, 0.3))
    assert first != second
    bundle = LAYOUT.bundles[0]
    weak = np.flatnonzero((bundle.sources == 1) & (bundle.targets == 1))[0]
    for x, y in bundle.points[weak, 8:12]:
        assert first.pixelColor(int(x), int(y)) == second.pixelColor(int(x), int(y))


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_pictures_show_what_units_output(mode: Mode) -> None:
    ramp = np.tile(np.linspace(-1, 1, 40, dtype=np.float32), (40, 1))
    maps = PlaneMaps((-1, 1, -1, 1), np.stack([ramp, ramp.T]), (np.stack([ramp, -ramp]), (ramp[None] + 1) / 2))
    pictures = UnitPictures(Theme(mode, styled=False))
    left, right = pictures.of_layers(maps, [2, 1], OutputKinds(("tanh",), "binary"), 40)
    image = left[0].image
    assert is_orange(image.pixelColor(1, 20))
    assert is_blue(image.pixelColor(38, 20))
    assert is_blue(left[1].image.pixelColor(1, 20))
    assert right[0].image.pixelColor(1, 20) == image.pixelColor(1, 20)
    inputs = pictures.of_inputs(maps.inputs)
    assert is_blue(inputs[1].image.pixelColor(20, 1)), "x₂ grows upwards"
    assert is_orange(inputs[1].image.pixelColor(20, 38))


def test_an_output_of_zero_has_the_middle_colour() -> None:
    maps = PlaneMaps((-1, 1, -1, 1), np.zeros((2, 4, 4)), (np.zeros((1, 4, 4)), np.full((1, 4, 4), 0.5)))
    for layer in UnitPictures(Theme("light", styled=False)).of_layers(
        maps, [1, 1], OutputKinds(("relu",), "binary"), 4
    ):
        colour = layer[0].image.pixelColor(2, 2)
        middle = QColor(LIGHT.middle)
        assert abs(colour.red() - middle.red()) <= 2
        assert abs(colour.blue() - middle.blue()) <= 2


def test_classes_have_their_own_colours() -> None:
    certain = np.ones((3, 4, 4))
    maps = PlaneMaps((-1, 1, -1, 1), np.zeros((2, 4, 4)), (certain,))
    (outputs,) = UnitPictures(Theme("light", styled=False)).of_layers(maps, [3], OutputKinds((), "classes"), 4)
    hues = {picture.image.pixelColor(1, 1).hue() // 20 for picture in outputs}
    assert len(hues) == 3


def test_weights_over_pixels_are_a_picture_the_right_way_up() -> None:
    weights = np.zeros((16, 2))
    weights[1, 0], weights[15, 0] = 1.0, -1.0
    first, second = UnitPictures(Theme("light", styled=False)).of_weights(weights, 0, 2, (4, 4))
    assert first.image.width() == 4
    assert is_blue(first.image.pixelColor(1, 0))
    assert is_orange(first.image.pixelColor(3, 3))
    assert second.image.pixelColor(1, 0) == second.image.pixelColor(3, 3)


def test_weights_over_a_picture_that_is_no_square_stand_in_the_middle_of_one() -> None:
    weights = np.zeros((8, 1))
    weights[0], weights[7] = 1.0, -1.0
    (picture,) = UnitPictures(Theme("light", styled=False)).of_weights(weights, 0, 1, (2, 4))
    assert (picture.image.width(), picture.image.height()) == (4, 4)
    assert is_blue(picture.image.pixelColor(0, 1))
    assert is_orange(picture.image.pixelColor(3, 2))
    assert picture.image.pixelColor(0, 0) == picture.image.pixelColor(1, 1)


def test_an_svg_gets_curves_and_not_a_picture_of_them() -> None:
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setSize(SIZE)
    brush = QPainter(generator)
    network().paint(brush, Look(), SIZE)
    brush.end()
    text = bytes(buffer.data().data()).decode()
    assert text.count("C") > 4
    assert "x₁" in text


def test_weights_of_another_network_are_passed_over() -> None:
    painter = network()
    before = drawn(painter)
    painter.edges.show_weights((np.ones((1, 1)), np.ones((1, 1))))
    assert drawn(painter) == before


def test_weights_that_are_no_numbers_do_not_stop_the_drawing() -> None:
    painter = network()
    painter.show_parameters((np.full((2, 2), np.nan), WEIGHTS[1]), (np.array([np.nan, np.inf]), np.zeros(1)))
    drawn(painter)


def test_an_output_that_is_a_value_has_the_colours_of_the_points() -> None:
    """Orange at the lowest target, blue at the highest; far from zero too."""
    values = np.array([[2e5, 2e5], [8e5, 9e9]])[None]
    maps = PlaneMaps((-1, 1, -1, 1), np.zeros((2, 2, 2)), (values,))
    (outputs,) = UnitPictures(Theme("light", styled=False)).of_layers(
        maps, [1], OutputKinds((), "value"), 2, (2e5, 8e5)
    )
    lut = diverging_lut(LIGHT)
    image = outputs[0].image
    assert image.pixelColor(0, 1).getRgb()[:3] == tuple(lut[0][:3])
    assert image.pixelColor(0, 0).getRgb()[:3] == image.pixelColor(1, 0).getRgb()[:3] == tuple(lut[255][:3])
