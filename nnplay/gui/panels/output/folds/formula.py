"""The formula of a region as a person reads it: z = 1.3 x₁ − 0.2 x₂ + 0.4."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from nnplay.gui.paint.marks import class_title
from nnplay.gui.panels.output.shown import input_title
from nnplay.gui.widgets.number_format import number_text
from nnplay.gui.widgets.plain_text import cut_inside
from nnplay.texts import tr
from nnplay.training.experiment import ModelSpec
from nnplay.training.prepared import PreparedData

Floats = NDArray[np.float64]

FIGURES = 4
LETTERS, ROOM = (24, 12, 8, 5), 52
"""How many letters are left of a name so that the line has no more than those."""


def formulas_at(place: tuple[float, float], formulas: Floats, prepared: PreparedData) -> list[str]:
    """The formula of each output (K, 3) of the region that a place lies in; of several the largest one there first.

    All are in the units of the axes, whatever the network sees.
    """
    spec, table = prepared.spec, prepared.table
    names = [input_title(table.input_names[index]) for index in spec.plane_inputs]
    results, order = ["ŷ" if table.task == "regression" else "z"], [0]
    if len(formulas) > 1:
        order = np.argsort(-(formulas @ (*place, 1.0)), kind="stable").tolist()
        results = [class_title(table, k) for k in order]
    for longest in LETTERS:
        shown = [cut_inside(name, longest) for name in names]
        titles = results if len(order) == 1 else [tr("z of {name}", name=cut_inside(name, longest)) for name in results]
        lines = [formula_text(title, formulas[k], shown) for k, title in zip(order, titles, strict=True)]
        if len(lines[0]) <= ROOM:
            break
    return lines


def units_of(prepared: PreparedData) -> str:
    """In which units the formula is, where one may ask: the network sees others than those of the axes."""
    return tr("in the axes’ units") if prepared.standardizer is not None else ""


def meaning_of(prepared: PreparedData, model: ModelSpec) -> str:
    """What the formula's result is, and its inputs, in sentences."""
    if prepared.table.task == "regression":
        parts = [tr("ŷ is the answer, in the target’s own unit.")]
    elif model.gives_sums:
        parts = [tr("z is what the output answers.")]
    elif prepared.outputs == 1:
        name = class_title(prepared.table, 1)
        parts = [tr("z is the sum before the sigmoid: p({name}) is above 0.5 where z is above 0.", name=name)]
    else:
        parts = [tr("z is a class’s sum before the softmax: the class with the largest one is the answer.")]
    if prepared.standardizer is not None:
        parts.append(tr("The inputs are in the units of the axes, though the network sees them standardised."))
    return " ".join(parts)


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
