"""An image together with the numbers it is made of, which Qt doesn't keep alive by itself."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPixmap


class Picture:
    """Opaque pixels as Qt draws them without a conversion.

    Parameters
    ----------
    pixels
        (rows, columns) of 0xAARRGGBB.
    smooth
        Whether it may be blurred where it is enlarged; weights, one a pixel, may not.
    """

    def __init__(self, pixels: NDArray[np.uint32], *, smooth: bool = True) -> None:
        self.smooth = smooth
        self._pixels = np.ascontiguousarray(pixels)
        rows, columns = pixels.shape
        self.image = QImage(self._pixels.data, columns, rows, 4 * columns, QImage.Format.Format_RGB32)
        self.side = columns
        """Its width in pixels."""

    def enlarged(self, side: int) -> QPixmap:
        """A copy of that side with pixels of its own: without a scale to change Qt would go on using these here."""
        way = Qt.TransformationMode.SmoothTransformation if self.smooth else Qt.TransformationMode.FastTransformation
        return QPixmap.fromImage(self.image.scaled(side, side, mode=way).copy())
