"""What is drawn of a layer, in the numbers that it outputs."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Indices = NDArray[np.intp]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class AxisNames:
    """What is seen to the right and upwards.

    Attributes
    ----------
    across, up
        Titles; "" for what is no axis.
    ways
        (2, 2) the main directions in the picture, each as long as it holds of the variance, at most 1, where it is
        they that are seen; else None, and what is seen are numbers with a scale.
    """

    across: str = ""
    up: str = ""
    ways: Floats | None = None


@dataclass(frozen=True, eq=False)
class SpacePicture:
    """What is drawn.

    Attributes
    ----------
    points
        (n, 2) places.
    groups, training
        (n,) the class of each, or the step of its value; and whether it trains.
    grid
        (lines, R, 2).
    lines
        (S, 2, 2) of the next layer.
    hues
        The colour of each line; "" for graphite.
    told
        (S,) the lines that are looked at.
    rings
        (m, 2) places that are looked at.
    lit
        The points that a finding means.
    axes
        What is seen.
    regression
        Whether groups are steps of a value.
    strong
        Whether the lines are those that part the classes.
    sides
        The colours at the right and at the left of the one line there is; None where there is no such line.
    """

    points: Floats
    groups: Indices
    training: Flags
    grid: Floats
    lines: Floats
    hues: tuple[str, ...]
    told: Flags
    rings: Floats
    lit: Indices = field(default_factory=lambda: np.empty(0, np.intp))
    axes: AxisNames = field(default_factory=AxisNames)
    regression: bool = False
    strong: bool = False
    sides: tuple[str, str] | None = None
