"""What the units of the drawing compute for the sample that is looked at, as their strips show it."""

from collections.abc import Sequence

import numpy as np

from nnplay.gui.panels.network.layout import Unit
from nnplay.gui.panels.network.shape import NetworkShape
from nnplay.gui.panels.network.unit_pictures import UnitPictures
from nnplay.gui.panels.network.unit_values import UnitValue
from nnplay.gui.panels.network.weight_numbers import weight_text
from nnplay.gui.theme.class_colours import class_colour
from nnplay.gui.theme.colormaps import diverging_lut, lut_index
from nnplay.gui.theme.palette import Palette
from nnplay.gui.widgets.number_format import decimal_text, number_text
from nnplay.training.probes.maps import Array
from nnplay.training.probes.sample import SampleActivations


def sample_values(
    sample: SampleActivations,
    shape: NetworkShape,
    pictures: UnitPictures,
    ends: tuple[float, float],
    palette: Palette,
) -> dict[Unit, UnitValue]:
    """The values of all units; none for a sample of another network.

    Parameters
    ----------
    ends
        Between which targets the colours of an output that is a value go.
    """
    layers = (sample.inputs, *sample.activations)
    if tuple(len(layer) for layer in layers) != shape.sizes:
        return {}
    values: dict[Unit, UnitValue] = {}
    if shape.picture is None:
        values |= signed_values(0, sample.inputs, pictures.shares_of_inputs(sample.inputs), palette)
    for layer, (outputs, activation) in enumerate(zip(sample.activations, shape.kinds.activations, strict=False)):
        values |= signed_values(layer + 1, outputs, pictures.shares_of_hidden(outputs, layer, activation), palette)
    return values | output_values(len(shape.sizes) - 1, sample.activations[-1], shape.kinds.output, ends, palette)


def output_values(
    column: int, outputs: Array, kind: str, ends: tuple[float, float], palette: Palette
) -> dict[Unit, UnitValue]:
    """The values of outputs of one kind, see `OutputKinds`; those that are values have the ends of their colours."""
    if kind == "value":
        low, high = ends
        shares = (outputs - low) / (high - low) * 2.0 - 1.0
        return signed_values(column, outputs, shares, palette, [number_text(value, 3) for value in outputs])
    colours = [class_colour(palette, index) for index in range(len(outputs))]
    if kind == "binary":
        colours = _colours(2.0 * outputs - 1.0, palette)
    return {
        Unit(column, index): UnitValue(
            decimal_text(value, 2), colours[index], float(np.clip(value, 0.0, 1.0)), kind == "classes"
        )
        for index, value in enumerate(outputs)
    }


def signed_values(
    column: int, values: Array, shares: Array, palette: Palette, texts: Sequence[str] = ()
) -> dict[Unit, UnitValue]:
    """The values of a column's units, and where on the scale −1 … 1 of its colours they are."""
    colours = _colours(shares, palette)
    texts = texts or [weight_text(value) for value in values]
    return {
        Unit(column, index): UnitValue(text, colour)
        for index, (text, colour) in enumerate(zip(texts, colours, strict=True))
    }


def _colours(shares: Array, palette: Palette) -> list[str]:
    """The colours of numbers −1 … 1."""
    table = diverging_lut(palette)
    return ["#{:02x}{:02x}{:02x}".format(*table[index][:3]) for index in lut_index(shares)]
