"""The formula of a region as a person reads it: z = 1.3 x₁ − 0.2 x₂ + 0.4."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from nnplay.gui.paint.marks import class_title
from nnplay.gui.panels.output.shown import input_title
from nnplay.gui.widgets.number_format import number_text
from nnplay.gui.widgets.plain_text import cut_inside
from nnplay.texts import tr
from nnplay.training.prepared import PreparedData

Floats = NDArray[np.float64]

FIGURES = 4
LONGEST = 14
"""Letters of a class's name."""


def formulas_at(place: tuple[float, float], formulas: Floats, prepared: PreparedData) -> list[str]:
    """The formula of each output (K, 3) of the region that a place lies in; of several the largest one there first.

    All are in the units of the axes, whatever the network sees.
    """
    names = tuple(input_title(prepared.table.input_names[index]) for index in prepared.spec.plane_inputs)
    if prepared.table.task == "regression":
        return [formula_text("ŷ", formulas[0], names)]
    if len(formulas) == 1:
        return [formula_text("z", formulas[0], names)]
    order = np.argsort(-(formulas @ (*place, 1.0)), kind="stable").tolist()
    titles = (cut_inside(class_title(prepared.table, k), LONGEST) for k in order)
    return [
        formula_text(tr("z of {name}", name=title), formulas[k], names) for k, title in zip(order, titles, strict=True)
    ]


def formula_text(result: str, terms: Floats, names: Sequence[str]) -> str:
    """``z = 1.3 x₁ − 0.2 x₂ + 0.4``; what is 0 is left out."""
    written = ""
    for value, name in zip(terms.tolist(), (*names, ""), strict=True):
        if value == 0.0:
            continue
        size = number_text(abs(value), FIGURES)
        sign = (" − " if value < 0.0 else " + ") if written else ("−" if value < 0.0 else "")
        written += sign + (f"{size} {name}" if name else size)
    return f"{result} = {written or 0}"
