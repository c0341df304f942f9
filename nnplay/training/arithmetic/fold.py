"""Long sums in a few terms: the largest ones, and the others in one number that says how many they are."""

from dataclasses import fields, replace

from nnplay.training.arithmetic.expression import Expression, Line, Mean, Rest, Sum

TERMS = 6


def folded(line: Line, terms: int = TERMS) -> Line:
    """The line with its long sums folded to so many terms; it comes to the same value."""
    return replace(line, expression=folded_expression(line.expression, terms))


def folded_expression(expression: Expression, terms: int = TERMS) -> Expression:
    """The formula with its sums of more than `terms` + 1 terms folded: the largest ones, in their order, and a rest."""
    inside = {
        field.name: _folded_field(getattr(expression, field.name), terms)
        for field in fields(expression)  # type: ignore[arg-type]  # every node is a dataclass
        if isinstance(getattr(expression, field.name), Expression | tuple)
    }
    expression = replace(expression, **inside) if inside else expression  # type: ignore[type-var]
    if isinstance(expression, Sum | Mean) and len(expression.terms) > terms + 1:
        return replace(expression, terms=_largest(expression.terms, terms))
    return expression


def _folded_field(value: object, terms: int) -> object:
    if isinstance(value, tuple):
        return tuple(folded_expression(each, terms) for each in value)
    return folded_expression(value, terms) if isinstance(value, Expression) else value


def _largest(all_terms: tuple[Expression, ...], count: int) -> tuple[Expression, ...]:
    by_size = sorted(range(len(all_terms)), key=lambda i: -abs(all_terms[i].value))
    kept = sorted(by_size[:count])
    others = tuple(all_terms[i] for i in sorted(by_size[count:]))
    return (*(all_terms[i] for i in kept), Rest(others))
