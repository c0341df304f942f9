"""How what is set of the other inputs is written, and from where to where it goes."""

from nnplay.errors import InputError, a_finite_number
from nnplay.gui.panels.output.shown import input_title
from nnplay.gui.widgets.number_format import LARGE, number_text
from nnplay.limits import MOST_NUMBER
from nnplay.texts import one_line, tr
from nnplay.training.reading import number_in
from nnplay.training.slices import Point, SliceInput

FIGURES = 4
STEPS = 200
MOST_TOLD = 12
"""Inputs that a sentence names at most."""


def value_text(value: float | None) -> str:
    """A number as the sentence and the boxes write it: 3.758, 123457, 1.2e−5."""
    if value is not None and 10**FIGURES <= abs(value) < LARGE:
        return number_text(round(value))
    return number_text(value, FIGURES)


def value_in(text: str, name: str) -> float:
    """The number that a text says.

    Raises
    ------
    InputError
        It says none, or one that no input can have.
    """
    try:
        value = number_in(text)
        if abs(value) <= MOST_NUMBER:
            return value
    except ValueError:
        pass
    raise InputError(one_line(name), text, a_finite_number())


def slice_text(inputs: tuple[SliceInput, ...], point: Point) -> str:
    """``"Slice at petal length 3.7, petal width 1.2"``, the one that matters most first; of many the first ones."""
    told = [_told(one, point) for one in inputs[:MOST_TOLD]]
    rest = len(inputs) - len(told)
    values = ", ".join(told)
    if rest:
        return tr("Slice at {values}, and {n} more|Slice at {values}, and {n} more", "", rest, values=values)
    return tr("Slice at {values}", values=values)


def ladder(low: float, high: float, *, whole: bool) -> tuple[float, ...]:
    """The values of a slider from `low` to `high`: every whole number where there are no others and not too many."""
    if whole and high - low <= STEPS:
        return tuple(low + k for k in range(int(high - low) + 1))
    if not low < high:
        return (low,)
    return tuple(low + (high - low) * (k / STEPS) for k in range(STEPS + 1))


def _told(one: SliceInput, point: Point) -> str:
    name = input_title(one.name, None)
    if one.categories:
        return tr("{name} {value}", name=name, value=one_line(one.categories[one.category(point)]))
    return tr("{name} {value}", name=name, value=value_text(point[one.inputs[0]]))
