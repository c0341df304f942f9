import numpy as np
import pytest

from nnplay.gui.theme.colormaps import class_lut, diverging_lut, ink_lut, lut_index, mix_classes, packed
from nnplay.gui.theme.palette import DARK, LIGHT, Palette, rgb


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_diverging_goes_from_orange_over_the_middle_to_blue(palette: Palette) -> None:
    lut = diverging_lut(palette, strength=1.0)
    assert lut.shape == (256, 4)
    assert lut.dtype == np.uint8
    assert tuple(lut[0, :3]) == rgb(palette.negative)
    assert tuple(lut[255, :3]) == rgb(palette.positive)
    assert np.abs(lut[127, :3].astype(int) - rgb(palette.middle)).max() <= 1
    assert (lut[:, 3] == 255).all()


def test_area_colours_are_weaker_than_full_ones() -> None:
    weak = diverging_lut(LIGHT)
    assert weak[255, 0] > rgb(LIGHT.positive)[0]


def test_class_lut_ends_in_the_class_colour() -> None:
    assert tuple(class_lut(DARK, 3, 1.0)[255, :3]) == rgb(DARK.classes[3])
    assert tuple(ink_lut(DARK)[255, :3]) == rgb(DARK.text)


def test_lut_index_takes_every_number() -> None:
    assert lut_index(np.array([-1.0, 1.0, -9.0, 9.0])).tolist() == [0, 255, 0, 255]
    assert lut_index(np.array([0.0, np.nan])).tolist() == [128, 128]
    assert lut_index(np.array([np.inf, -np.inf])).tolist() == [255, 0]


def test_certain_classes_take_their_colour_and_undecided_points_the_middle() -> None:
    probabilities = np.array([[[1.0, 0.0, 0.0], [1 / 3, 1 / 3, 1 / 3]]])
    mixed = mix_classes(probabilities, LIGHT, strength=1.0)
    assert mixed.shape == (1, 2, 4)
    assert tuple(mixed[0, 0, :3]) == rgb(LIGHT.classes[0])
    assert tuple(mixed[0, 1, :3]) == rgb(LIGHT.middle)


def test_packed_is_argb() -> None:
    assert packed(np.array([[0x12, 0x34, 0x56, 0xFF]], dtype=np.uint8)).tolist() == [0xFF123456]


def test_tables_cannot_be_written() -> None:
    with pytest.raises(ValueError, match="read-only"):
        diverging_lut(LIGHT)[0] = 0


def test_numbers_beyond_32_bits_take_the_ends() -> None:
    assert lut_index(np.array([1e300, -1e300, 1e38])).tolist() == [255, 0, 255]
