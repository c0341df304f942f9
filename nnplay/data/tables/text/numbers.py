"""Cells of text as numbers: marks between thousands, signs of currencies and per cent are taken off."""

import math
import re
from dataclasses import dataclass
from functools import lru_cache

from nnplay.limits import MOST_NUMBER

MOST_CHARACTERS = 1000
"""A longer text is no number; to read one of a hundred thousand digits takes a millisecond."""
_SIGNS = str.maketrans(dict.fromkeys("−–﹣－", "-") | dict.fromkeys("\u00a0\u2009\u202f\u2007", " ") | {"％": "%"})
_CURRENCY = (
    r"US\$|A\$|C\$|R\$|[$€£¥₹₽₩₺₴₫₱฿¢₪₦]|USD|EUR|GBP|JPY|CNY|INR|RUB|CHF|SEK|NOK|DKK|PLN|CZK|HUF|BRL|MXN|CAD|AUD|NZD|ZAR"
    r"|TRY|KRW|SGD|HKD|kr\.?|zł|Fr\.|Kč|Ft"
)
_BEFORE = re.compile(rf"([+-]?) *({_CURRENCY}) *(.+)")
_AFTER = re.compile(rf"(.*\d[.,]?) *({_CURRENCY})")
_GROUPS = {
    ".": re.compile(r"([+-]?)(\d{1,3}([ ,'’])\d{3}(?:\3\d{3})*|\d{1,2}(,)\d{2}(?:,\d{2})*,\d{3})((?:\.\d*)?)"),
    ",": re.compile(r"([+-]?)(\d{1,3}([ .'’])\d{3}(?:\3\d{3})*|\d{1,2}( )\d{2}(?: \d{2})* \d{3})((?:,\d*)?)"),
}
_D_EXPONENT = re.compile(r"([+-]?(?:\d+[.,]?\d*|[.,]\d+))[dD]([+-]?\d+)")
_WHOLE = re.compile(r"[+-]?\d+")
_BOOLEANS = {"true": 1.0, "false": 0.0}


@dataclass(frozen=True)
class ParsedNumber:
    """The number that a cell holds.

    Attributes
    ----------
    value
        Finite, at most `MOST_NUMBER` in magnitude.
    whole
        Whether it is written without decimals and exponent.
    marks
        What was taken off.
    """

    value: float
    whole: bool = False
    marks: tuple[str, ...] = ()


def parse_number(text: str, decimal: str) -> ParsedNumber | None:
    """The number that a cell holds; None if it holds none, or one that isn't finite or too large.

    Parameters
    ----------
    text
        Without blanks around it.
    decimal
        ``"."`` or ``","``.
    """
    if len(text) > MOST_CHARACTERS:
        return None
    value = _plain(text, decimal)
    if value is not None:
        return _fitting(value, text, ())
    if text.lower() in _BOOLEANS:
        return ParsedNumber(_BOOLEANS[text.lower()])
    bare, marks = _bare(text)
    value = _plain(bare, decimal)
    if value is None and (exponent := _D_EXPONENT.fullmatch(bare)):
        value = _plain(f"{exponent[1]}e{exponent[2]}", decimal)
    if value is None and (groups := _GROUPS[decimal].fullmatch(bare)):
        mark = groups[3] or groups[4]
        bare = groups[1] + groups[2].replace(mark, "") + groups[5]
        value = _plain(bare, decimal)
        marks = (*marks, mark)
    return None if value is None else _fitting(value, bare, marks)


@lru_cache(maxsize=4096)
def is_number(text: str, decimal: str) -> bool:
    """Whether a cell holds a number; kept for the cells of a beginning, which are asked for again and again."""
    return parse_number(text, decimal) is not None


def is_boolean(text: str) -> bool:
    """Whether a cell is TRUE or FALSE."""
    return text.lower() in _BOOLEANS


def _fitting(value: float, text: str, marks: tuple[str, ...]) -> ParsedNumber | None:
    if not abs(value) <= MOST_NUMBER:
        return None
    return ParsedNumber(value, _WHOLE.fullmatch(text) is not None, marks)


def _plain(text: str, decimal: str) -> float | None:
    """The number of a text of digits, decimal mark and exponent."""
    if decimal == ",":
        if "." in text:
            return None
        text = text.replace(",", ".", 1)
    if "_" in text:  # Python's own mark between digits
        return None
    try:
        value = float(text)
    except ValueError:
        return None
    return None if math.isnan(value) else value


def _bare(text: str) -> tuple[str, tuple[str, ...]]:
    """The text without what stands around its number, and what that was."""
    if not text.isascii():
        text = text.translate(_SIGNS).strip()
    marks: tuple[str, ...] = ()
    if text[:1] == "(" and text[-1:] == ")" and not {"-", "+"} & set(text):  # negative, as accountants write it
        text, marks = f"-{text[1:-1].strip()}", ("()",)
    if text.endswith("%"):
        text, marks = text[:-1].rstrip(), (*marks, "%")
    if found := _BEFORE.fullmatch(text):
        text, marks = found[1] + found[3], (*marks, found[2])
    elif found := _AFTER.fullmatch(text):
        text, marks = found[1], (*marks, found[2])
    if text[:1] in "+-" and text[1:2] == " ":
        text = text[0] + text[1:].lstrip()
    return text, marks
