"""PNG: read back by Qt, which reads it for the window too."""

import numpy as np

from nnplay.pictures.png import data_address, png


def test_pixels_are_read_back(qapp: object) -> None:
    from PySide6.QtGui import QImage

    pixels = np.random.default_rng(0).integers(0, 256, (5, 7, 3)).astype(np.uint8)
    image = QImage.fromData(png(pixels), "PNG")
    assert (image.width(), image.height()) == (7, 5)
    found = [[image.pixelColor(x, y).getRgb()[:3] for x in range(7)] for y in range(5)]
    np.testing.assert_array_equal(found, pixels)
    assert data_address(pixels).startswith("data:image/png;base64,iVBOR")
