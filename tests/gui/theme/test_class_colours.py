"""A colour of its own for each of 64 classes."""

import colorsys

import pytest

from nnplay.data.table import MAX_CLASSES
from nnplay.gui.theme.class_colours import class_colour
from nnplay.gui.theme.palette import DARK, LIGHT, Palette, contrast, rgb

BOTH = pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])


@BOTH
def test_the_first_ones_are_the_palettes_own(palette: Palette) -> None:
    assert tuple(class_colour(palette, index) for index in range(10)) == palette.classes


@BOTH
def test_no_two_classes_look_alike_and_all_are_seen_on_the_cards(palette: Palette) -> None:
    colours = [class_colour(palette, index) for index in range(MAX_CLASSES)]
    assert len(set(colours)) == MAX_CLASSES
    for index, colour in enumerate(colours):
        assert contrast(colour, palette.panel) >= 1.9
        for other in colours[:index]:
            # seen as another one: by far more than what is just noticed
            assert sum((a - b) ** 2 for a, b in zip(rgb(colour), rgb(other), strict=True)) > 14**2


def test_a_class_has_the_same_hue_in_light_and_dark() -> None:
    for index in range(MAX_CLASSES):
        light, dark = (_hue(class_colour(palette, index)) for palette in (LIGHT, DARK))
        if light is not None and dark is not None:
            assert min(abs(light - dark), 1 - abs(light - dark)) < 0.12, index


def _hue(colour: str) -> float | None:
    """From 0 to 1 around the circle; None for greys, which have none that is seen."""
    hue, _, saturation = colorsys.rgb_to_hls(*(channel / 255 for channel in rgb(colour)))
    return hue if saturation > 0.15 else None
