"""Long sums in a few terms: the largest ones, and the others in one number that says how many they are."""

from collections.abc import Sequence
from dataclasses import fields, replace

import numpy as np

from nnplay.training.arithmetic.expression import Expression, Line, Mean, Rest, Sum, Terms, values_of

TERMS = 6


Choices = list[tuple[int, ...]]
"""Which terms of each folded sum are shown, in the order in which the sums stand in a line."""


def folded(line: Line, terms: int = TERMS, choices: Choices | None = None) -> Line:
    """The line with its long sums folded to so many terms; it comes to the same value.

    Parameters
    ----------
    choices
        A list that is kept while the numbers of the line change: the same terms are shown then. Empty at first.
    """
    places = None if choices is None else _Places(choices)
    return replace(line, expression=folded_expression(line.expression, terms, places))


class _Places:
    """Goes through the choices of one line."""

    def __init__(self, choices: Choices) -> None:
        self._choices, self._next = choices, 0

    def choose(self, all_terms: Sequence[Expression], count: int) -> tuple[int, ...]:
        """The terms that were chosen at this place before, where they are there; else the largest ones."""
        place, self._next = self._next, self._next + 1
        if place == len(self._choices):
            self._choices.append(_largest(all_terms, count))
        elif self._choices[place][-1] >= len(all_terms):  # of a batch that had more samples
            self._choices[place] = _largest(all_terms, count)
        return self._choices[place]


def folded_expression(expression: Expression, terms: int = TERMS, places: _Places | None = None) -> Expression:
    """The formula with its sums of more than `terms` + 1 terms folded: the largest ones, in their order, and a rest."""
    inside = {
        field.name: _folded_field(getattr(expression, field.name), terms, places)
        for field in fields(expression)  # type: ignore[arg-type]  # every node is a dataclass
        if isinstance(getattr(expression, field.name), Expression | tuple)
    }
    expression = replace(expression, **inside) if inside else expression  # type: ignore[type-var]
    if isinstance(expression, Sum | Mean) and len(expression.terms) > terms + 1:
        chosen = (_largest if places is None else places.choose)(expression.terms, terms)
        return replace(expression, terms=_parted(expression.terms, chosen))
    return expression


def _folded_field(value: object, terms: int, places: _Places | None) -> object:
    if isinstance(value, tuple):
        return tuple(folded_expression(each, terms, places) for each in value)
    return folded_expression(value, terms, places) if isinstance(value, Expression) else value


def _largest(all_terms: Sequence[Expression], count: int) -> tuple[int, ...]:
    """The places of the largest terms, in their order."""
    by_size = np.argsort(-np.abs(values_of(all_terms)), kind="stable")
    return tuple(sorted(by_size[:count].tolist()))


def _parted(all_terms: Sequence[Expression], chosen: tuple[int, ...]) -> tuple[Expression, ...]:
    """The chosen terms, and the others in a rest."""
    shown = set(chosen)
    others = [i for i in range(len(all_terms)) if i not in shown]
    rest = all_terms.at(others) if isinstance(all_terms, Terms) else tuple(all_terms[i] for i in others)
    return (*(all_terms[i] for i in chosen), Rest(rest))
