"""The targets that a person draws with, and the colours of targets."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from nnplay.data import Table
from nnplay.gui.paint.marks import groups_of, value_range
from nnplay.gui.paint.points import group_colour
from nnplay.gui.panels.output.tools.drawing_board import VALUES
from nnplay.gui.theme.palette import Palette


def drawn_targets(table: Table) -> NDArray[np.float64]:
    """Those that the swatches stand for: classes, or values of a regression from its lowest to its highest."""
    if table.task != "regression":
        return np.arange(float(len(VALUES)))
    low, high = value_range(table)
    return np.array([low + share * (high - low) for share in VALUES])


def target_colours(table: Table, targets: ArrayLike, palette: Palette) -> tuple[str, ...]:
    """The colour of each of these targets."""
    regression, groups = table.task == "regression", groups_of(table, np.asarray(targets))
    return tuple(group_colour(palette, int(group), regression=regression) for group in groups)
