from itertools import product

import numpy as np
import pytest

from nnplay.gui.theme.class_colours import _oklab
from nnplay.gui.theme.palette import DARK, LIGHT, Palette, contrast, mix, rgb

BACKGROUNDS_OF = {
    "text": ("window", "panel", "field", "hover", "pressed", "middle"),
    "quiet": ("window", "panel", "field", "hover", "middle"),
    "disabled": ("window", "panel", "field"),
    "alarm": ("window", "panel", "field", "hover"),
    "on_accent": ("accent", "accent_hover"),
}
PAIRS = [
    (palette, role, behind) for palette in (LIGHT, DARK) for role in BACKGROUNDS_OF for behind in BACKGROUNDS_OF[role]
]


@pytest.mark.parametrize(
    ("palette", "role", "behind"), PAIRS, ids=[f"{palette.name}-{role}-{behind}" for palette, role, behind in PAIRS]
)
def test_text_can_be_read(palette: Palette, role: str, behind: str) -> None:
    assert contrast(getattr(palette, role), getattr(palette, behind)) >= 4.5


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_focus_can_be_seen(palette: Palette) -> None:
    for behind in ("window", "panel", "field", "accent"):
        assert contrast(palette.focus, getattr(palette, behind)) >= 3.0, behind


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_classes_differ_from_each_other_and_from_the_background(palette: Palette) -> None:
    assert palette.classes[:2] == (palette.negative, palette.positive)
    assert len(palette.classes) == 10
    for first, second in product(palette.classes, repeat=2):
        if first != second:
            assert sum((a - b) ** 2 for a, b in zip(rgb(first), rgb(second), strict=True)) > 40**2, (first, second)
    for colour in palette.classes:
        assert contrast(colour, palette.panel) >= 1.9, colour


# what the cones of eyes without the long, the middle or the short ones see (Machado et al. 2009), in linear RGB
_SEEN = {
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}


def seen(colour: str, eyes: str) -> str:
    channels = np.array(rgb(colour)) / 255.0
    linear = np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)
    linear = np.clip(np.array(_SEEN[eyes]) @ linear, 0.0, 1.0)
    curved = np.where(linear <= 0.0031308, 12.92 * linear, 1.055 * linear ** (1 / 2.4) - 0.055)
    return "#" + "".join(f"{value:02X}" for value in np.rint(255.0 * curved).astype(int))


def apart(first: str, second: str) -> float:
    one, other = _oklab([first, second])
    return float(np.linalg.norm(one - other))


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_the_colours_of_the_way_back_are_told_apart_by_all_eyes_and_from_all_others(palette: Palette) -> None:
    back = palette.back_positive, palette.back_negative
    for colour in back:
        assert contrast(colour, palette.panel) >= 4.5
        for other in (palette.positive, palette.negative, *palette.classes):
            assert apart(colour, other) > 0.11, (colour, other)
    assert apart(*back) > 0.2
    for eyes in _SEEN:
        assert apart(*(seen(colour, eyes) for colour in back)) > 0.2, eyes


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21.0)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.005)
    assert contrast("#FFFFFF", "#777777") == contrast("#777777", "#FFFFFF")


def test_mix_goes_from_the_first_colour_to_the_second() -> None:
    assert mix("#000000", "#FFFFFF", 0.0) == "#000000"
    assert mix("#000000", "#FFFFFF", 1.0) == "#FFFFFF"
    assert mix("#102030", "#304050", 0.5) == "#203040"


def test_the_two_palettes_are_light_and_dark() -> None:
    assert DARK.is_dark
    assert not LIGHT.is_dark
    assert contrast(LIGHT.window, "#000000") > contrast(DARK.window, "#000000")


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_branches_are_seen_and_look_like_nothing_else_in_a_plot(palette: Palette) -> None:
    others = (palette.text, palette.quiet, palette.positive, palette.negative, palette.alarm)
    for place, colour in enumerate(palette.branches):
        assert contrast(colour, palette.panel) >= 3.0, colour
        first, *rest = _oklab([colour, *others, *palette.branches[:place]])
        assert min(np.linalg.norm(first - other) for other in rest) > 0.07, colour
    assert palette.branch(len(palette.branches) + 2) == palette.branches[2]
