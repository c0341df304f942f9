"""What the colours of the canvas mean: a slope of numbers, or a colour for each class; told by what is shown."""

from dataclasses import dataclass

import numpy as np

from nnplay.data import Table
from nnplay.gui.paint.colour_scale import falls_below_zero
from nnplay.gui.paint.heatmap import banded
from nnplay.gui.paint.marks import class_title, class_titles, value_range
from nnplay.gui.paint.round_ticks import round_ticks
from nnplay.gui.session.selection import UnitAddress
from nnplay.gui.theme.colormaps import Bytes
from nnplay.gui.widgets.number_format import number_text
from nnplay.nn import ACTIVATIONS
from nnplay.texts import one_line, tr
from nnplay.training.prepared import PreparedData

ROWS = 240
"""Steps of a slope."""
TICKS = 4
FIGURES = 2

Tick = tuple[float, str]


@dataclass(frozen=True)
class Slope:
    """Numbers, from one end of the colours towards the other.

    Attributes
    ----------
    title
        What is shown by colour.
    ticks
        (place from 0 at the lower end to 1, text).
    start
        Where the lower end is in the table of colours: −1 is all orange, 0 the middle; the upper end is at 1.
    rooted
        Whether the colours follow the square root, so that weak numbers show.
    in_bands
        Whether there are steps.
    """

    title: str
    ticks: tuple[Tick, ...]
    start: float = -1.0
    rooted: bool = False
    in_bands: bool = False

    def indices(self) -> Bytes:
        """(ROWS,) of the 256 colours from orange to blue, the lower end first."""
        places = np.linspace(self.start, 1.0, ROWS, dtype=np.float32)
        if self.rooted:
            places = np.sign(places) * np.sqrt(np.abs(places))
        places = (places + 1) * np.float32(127.5)
        if self.in_bands:
            places = banded(places)
        return np.rint(places).astype(np.uint8)


@dataclass(frozen=True)
class ClassColours:
    """A colour for each class, by its name."""

    title: str
    names: tuple[str, ...]


ColourKey = Slope | ClassColours


def key_of_output(prepared: PreparedData, outputs: int, *, squared: bool, discrete: bool) -> ColourKey:
    """What the network's output is painted in, which has so many `outputs`; `squared` is its loss."""
    table = prepared.table
    if table.task == "regression":
        ticks = round_ticks(*value_range(table), TICKS)
        low, high = value_range(table)
        places = tuple(
            ((place - low) / (high - low), text) for place, text in zip(ticks.places, ticks.texts, strict=True)
        )
        name = target_name(prepared)
        title = tr("{name} {unit}", name=name, unit=ticks.unit) if ticks.unit else name
        return Slope(title, places, in_bands=discrete)
    if outputs > 2 or discrete or prepared.plane_is_line:
        return ClassColours(tr("class"), titles_of(table))
    return Slope(output_name(table, squared=squared), ((0.0, "0"), (0.5, "0.5"), (1.0, "1")))


def key_of_unit(unit: UnitAddress, activation: str, scale: float | None, *, discrete: bool) -> Slope:
    """What a hidden unit's outputs are painted in: up to `scale`, or between the ends that its activation has."""
    title = tr("unit {number} of layer {layer}", number=unit.unit + 1, layer=unit.layer + 1)
    limits = ACTIVATIONS[activation].limits
    if scale is None and limits is not None:
        low, high = limits
        return Slope(title, _ends(low, high), low, in_bands=discrete)
    most = scale or 1.0
    below = falls_below_zero(activation)
    return Slope(title, _ends(-most if below else 0.0, most), -1.0 if below else 0.0, rooted=True, in_bands=discrete)


def titles_of(table: Table) -> tuple[str, ...]:
    """The classes, of which there are two at least."""
    titles = class_titles(table)
    return titles if len(titles) > 1 else tuple(class_title(table, index) for index in range(2))


def target_name(prepared: PreparedData) -> str:
    """What a regression's target is called."""
    preparation = prepared.spec.preparation
    name = preparation.target if preparation is not None else None
    return tr("target") if name is None else one_line(name)


def output_name(table: Table, *, squared: bool) -> str:
    """What the output of a network for two classes is called."""
    return tr("ŷ") if squared else tr("p({name})", name=class_title(table, 1))


def _ends(low: float, high: float) -> tuple[Tick, ...]:
    middle = (low + high) / 2
    places = ((0.0, low), (0.5, middle), (1.0, high))
    return tuple((place, number_text(float(f"{value:.{FIGURES}g}"))) for place, value in places)
