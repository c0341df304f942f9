"""Small pictures of what networks output over the plane."""

import numpy as np
from numpy.typing import NDArray

from nnplay.data import Table
from nnplay.gui.paint.heatmap import FEW_CLASSES, FINER_MIXED, finer
from nnplay.gui.paint.marks import value_range
from nnplay.gui.paint.picture import Picture
from nnplay.gui.theme.colormaps import lut_index, mix_classes, packed, packed_lut
from nnplay.gui.theme.palette import Palette

Array = NDArray[np.floating]


def map_picture(outputs: Array, table: Table, palette: Palette) -> Picture:
    """The outputs (O, R, R) of one network, in the colours of the large map, x₂ upwards."""
    rows = outputs[:, ::-1]
    if table.task == "regression":
        low, high = value_range(table)
        return _of_signed(2.0 * (rows[0] - low) / (high - low) - 1.0, palette)
    if len(rows) == 1:
        return _of_signed(2.0 * rows[0] - 1.0, palette)
    shares = rows / np.maximum(rows.sum(axis=0), 1e-30)  # sigmoids need not add up to 1
    if len(rows) == 2:
        return _of_signed(2.0 * shares[1] - 1.0, palette)
    fine = np.stack([finer(one, FINER_MIXED) for one in shares]) if len(shares) <= FEW_CLASSES else shares
    return Picture(packed(mix_classes(np.moveaxis(fine, 0, -1), palette)))


def _of_signed(values: Array, palette: Palette) -> Picture:
    return Picture(packed_lut(palette)[lut_index(finer(values))])
