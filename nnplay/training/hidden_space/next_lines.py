"""The straight lines that the next layer draws through what a layer outputs, as they are seen from two directions.

A unit of the next layer is 0 on a plane of one dimension less than its inputs. Seen from two directions it is a line
only for two inputs; of more, it is where that plane cuts the one that is seen, through the mean of the points.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnplay.training.hidden_space.seen_from import SeenFrom

Floats = NDArray[np.float64]
Indices = NDArray[np.intp]

REACH = 50.0
"""How many times as far as the points a line goes."""
NOBODY = -1


@dataclass(frozen=True)
class NextLines:
    """Lines.

    Attributes
    ----------
    segments
        (S, 2, 2) from end to end: on the way, what is above 0 lies at the right, or where the first output is larger.
    units
        (S, 2) the unit of the next layer that is 0 there and −1, or the two outputs that are equal there.
    """

    segments: Floats
    units: Indices


def next_lines(
    seen: SeenFrom,
    weights: Floats,
    biases: Floats,
    points: Floats,
    *,
    classes: bool = False,
    units: Indices | None = None,
) -> NextLines:
    """The lines of the next layer (U, O), (O,) among points (N, 2) as they are drawn.

    With `classes` they are those between the classes that the largest of its outputs tells, of which there are two or
    more; else of each of its `units`, or of all.
    """
    rises, heights = (seen.axes.T @ weights).T, seen.base @ weights + biases
    centre = points.mean(axis=0)
    radius = max(float(np.abs(points - centre).max()), np.finfo(np.float64).tiny)
    at_centre = heights + rises @ centre
    if not classes:
        chosen = np.arange(len(biases)) if units is None else units
        pairs = np.column_stack([chosen, np.full(len(chosen), NOBODY)])
        slopes, levels = rises[chosen], at_centre[chosen]
    else:
        first, second = np.triu_indices(len(biases), 1)
        pairs = np.column_stack([first, second])
        slopes, levels = rises[first] - rises[second], at_centre[first] - at_centre[second]
    steep = np.hypot(slopes[:, 0], slopes[:, 1])
    met = (steep > 0.0) & (np.abs(levels) < REACH * radius * steep)
    pairs, slopes, levels, steep = pairs[met], slopes[met], levels[met], steep[met]
    feet = -levels[:, None] * slopes / np.square(steep)[:, None]
    along = np.column_stack([-slopes[:, 1], slopes[:, 0]]) / steep[:, None]
    starts, ends = (np.full(len(pairs), end) for end in (-REACH * radius, REACH * radius))
    if classes and len(biases) > 2:
        starts, ends = _where_largest(feet, along, pairs, rises, at_centre, starts, ends)
    seen_at_all = starts < ends
    segments = centre + feet[:, None] + along[:, None] * np.column_stack([starts, ends])[..., None]
    return NextLines(segments[seen_at_all], pairs[seen_at_all])


def _where_largest(
    feet: Floats, along: Floats, pairs: Indices, rises: Floats, at_centre: Floats, starts: Floats, ends: Floats
) -> tuple[Floats, Floats]:
    """From where to where (S,) along its line no output is larger than the two that are equal there."""
    one = pairs[:, 0]
    ahead = (feet @ rises.T + at_centre)[np.arange(len(one)), one][:, None] - (feet @ rises.T + at_centre)
    gains = (along @ rises.T)[np.arange(len(one)), one][:, None] - along @ rises.T
    ahead[np.arange(len(one))[:, None], pairs] = 1.0
    gains[np.arange(len(one))[:, None], pairs] = 0.0
    crossed = np.divide(-ahead, gains, out=np.zeros_like(gains), where=gains != 0.0)
    never = ((gains == 0.0) & (ahead < 0.0)).any(axis=1)
    starts = np.maximum(starts, np.where(gains > 0.0, crossed, -np.inf).max(axis=1))
    ends = np.minimum(ends, np.where(gains < 0.0, crossed, np.inf).min(axis=1))
    return np.where(never, ends, starts), ends
