"""Numbers as a person types them: a decimal point or comma, a true minus, spaces between thousands."""

import math
import re

_BETWEEN_THOUSANDS = re.compile(r"(?<=\d)\s(?=\d{3}(?!\d))")


def number_in(text: str) -> float:
    """The number that a text says.

    Raises
    ------
    ValueError
        It says none, or one that is not finite.
    """
    number = float(_BETWEEN_THOUSANDS.sub("", text.strip()).replace(",", ".").replace("−", "-"))
    if not math.isfinite(number):
        raise ValueError(text)
    return number


def whole_in(text: str) -> int:
    """The whole number that a text says; a comma is refused, since one person's thousands are another's decimals.

    Raises
    ------
    ValueError
        It says none.
    """
    number = number_in(text)
    if "," in text or not number.is_integer():
        raise ValueError(text)
    return int(number)
