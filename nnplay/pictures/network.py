"""A network as a picture: units in columns, weights as lines, blue above zero and orange below, thick where large."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnplay.pictures.colours import NEGATIVE, PANEL, POSITIVE, QUIET, TEXT
from nnplay.pictures.svg import drawing, element, label
from nnplay.texts import tr

MOST_UNITS = 10
"""Of a layer that are drawn; the last place then tells how many more there are."""
ACROSS, DOWN, RADIUS, MARGIN = 130, 34, 9, 104
NAMED = 14
"""Letters of an input's name."""

Weights = Sequence[NDArray[np.floating[Any]]]


def network_picture(
    sizes: Sequence[int],
    weights: Weights = (),
    activations: Sequence[str] = (),
    inputs: Sequence[str] = (),
    outputs: Sequence[str] = (),
) -> str:
    """The picture as SVG.

    Parameters
    ----------
    sizes
        Units of every layer, inputs first.
    weights
        (I, O) of each dense layer; without them all lines are thin and grey.
    activations
        What the hidden layers' activations are called.
    inputs, outputs
        What the inputs and outputs are called.
    """
    shown = [min(size, MOST_UNITS) for size in sizes]
    height = DOWN * max(shown) + 60
    places = [_places(layer, count, height) for layer, count in enumerate(shown)]
    parts = [line for layer, _ in enumerate(sizes[1:]) for line in _edges(layer, sizes, places, weights)]
    for layer, size in enumerate(sizes):
        parts += _units(places[layer], size)
        parts.append(label(places[layer][0][0], height - 8, _under(layer, sizes, activations), size=11))
    if inputs and len(inputs) == sizes[0]:
        parts += _names(places[0], inputs, -RADIUS - 6, "end", sizes[0])
    if outputs and len(outputs) == sizes[-1]:
        parts += _names(places[-1], outputs, RADIUS + 6, "start", sizes[-1])
    width = ACROSS * (len(sizes) - 1) + 2 * MARGIN
    return drawing(width, height, parts, tr("a network of {sizes} units", sizes=" → ".join(map(str, sizes))))


def _places(layer: int, count: int, height: float) -> list[tuple[float, float]]:
    top = (height - 30 - DOWN * (count - 1)) / 2
    return [(MARGIN + ACROSS * layer, top + DOWN * unit) for unit in range(count)]


def _drawn(size: int) -> int:
    """How many units of a layer have a circle."""
    return size if size <= MOST_UNITS else MOST_UNITS - 1


def _edges(
    layer: int, sizes: Sequence[int], places: Sequence[Sequence[tuple[float, float]]], weights: Weights
) -> list[str]:
    sources, targets = _drawn(sizes[layer]), _drawn(sizes[layer + 1])
    found = weights[layer][:sources, :targets] if weights else np.zeros((sources, targets))
    largest = float(np.abs(found).max(initial=0.0)) or 1.0
    lines = []
    for (source, target), weight in np.ndenumerate(found):
        (x1, y1), (x2, y2) = places[layer][source], places[layer + 1][target]
        share = abs(float(weight)) / largest
        colour = QUIET if not weights else POSITIVE if weight > 0 else NEGATIVE
        width, opacity = 0.6 + 3.4 * share, 0.15 + 0.75 * share if weights else 0.3
        lines.append(
            element("line", x1=x1, y1=y1, x2=x2, y2=y2, stroke=colour, stroke_width=width, stroke_opacity=opacity)
        )
    return lines


def _units(places: Sequence[tuple[float, float]], size: int) -> list[str]:
    drawn = _drawn(size)
    circles = [element("circle", cx=x, cy=y, r=RADIUS, fill=PANEL, stroke=TEXT) for x, y in places[:drawn]]
    if drawn < size:
        x, y = places[-1]
        circles.append(label(x, y + 4, tr("{n} more|{n} more", "", size - drawn), colour=TEXT))
    return circles


def _names(
    places: Sequence[tuple[float, float]], names: Sequence[str], aside: float, anchor: str, size: int
) -> list[str]:
    short = [name if len(name) <= NAMED else f"{name[: NAMED - 1]}…" for name in names[: _drawn(size)]]
    return [label(x + aside, y + 4, name, anchor=anchor) for (x, y), name in zip(places, short, strict=False)]


def _under(layer: int, sizes: Sequence[int], activations: Sequence[str]) -> str:
    """What stands below a layer."""
    if layer == 0:
        return tr("{n} input|{n} inputs", "", sizes[0])
    if layer == len(sizes) - 1:
        return tr("{n} output|{n} outputs", "", sizes[-1])
    return activations[layer - 1] if activations else tr("{n} unit|{n} units", "", sizes[layer])
