"""What a tooltip says of a number of a formula: its symbol, what it is, and all of its digits."""

from collections.abc import Callable

from nnplay.texts import tr
from nnplay.training.arithmetic.expression import Number, Rest
from nnplay.training.arithmetic.text import symbol_text

ALL_DIGITS = ".17g"
"""Every number of 64 bits is told from all others by so many."""


def tip_of(found: object, tell: Callable[[Number], str]) -> str:
    """The tooltip of a number, or of the rest of a sum; "" for what has nothing to say."""
    if isinstance(found, Rest):
        value = all_digits(found.value)
        return tr(
            "{n} more term, together {value}: a click shows it|{n} more terms, together {value}: a click shows them",
            "",
            found.count,
            value=value,
        )
    if not isinstance(found, Number):
        return ""
    symbol, value = symbol_text(found.symbol), all_digits(found.number)
    equation = tr("{symbol} = {value}", symbol=symbol, value=value) if symbol else value
    words = tell(found)
    return tr("{equation}\n{words}", equation=equation, words=words) if words else equation


def all_digits(value: float) -> str:
    """The number with all 17 digits and a true minus."""
    return format(value, ALL_DIGITS).replace("-", "−")
