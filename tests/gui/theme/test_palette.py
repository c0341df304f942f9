from itertools import product

import pytest

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
