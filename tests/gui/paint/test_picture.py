"""A picture owns its numbers; what is made of it must not look at them when they are gone."""

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from nnplay.gui.paint.picture import Picture

GREEN, RED = 0xFF00FF00, 0xFFFF0000


@pytest.mark.parametrize("side", [8, 16])
def test_an_enlarged_picture_has_pixels_of_its_own(qtbot: QtBot, side: int):
    pixels = np.full((8, 8), GREEN, np.uint32)
    enlarged = Picture(pixels, smooth=False).enlarged(side)
    pixels[:] = RED  # as when others get the memory
    assert enlarged.toImage().pixel(3, 3) == GREEN
