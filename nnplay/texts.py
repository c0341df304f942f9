"""Every sentence that a person reads goes through `tr`, so that it can be translated where it is shown.

A sentence is one text with named places: ``tr("{count} of {total} points", count=2, total=4)``; nothing is glued from
parts, whose order other languages have otherwise. Figures and formulas are put into the places as they are to be read.

`pyside6-lupdate` finds the texts (CONTRIBUTING.md has the command): those of `tr` by its name, and those that stand
where no translation is known yet, such as a label on a class, by `mark`.
"""

import re
from collections.abc import Callable

Translate = Callable[[str, str, int | None], str]
"""(text, note, number) → the text in the person's language; the text itself where there is no translation."""


def tr(text: str, note: str = "", number: int | None = None, /, **names: object) -> str:
    """The text in the person's language, with its places filled.

    Parameters
    ----------
    text
        In English. With a `number` it has two forms, ``"{n} unit|{n} units"``, of which the number chooses one; other
        languages may have more. ``{n}`` is the number, with commas between thousands.
    note
        For translators, where one English text has two meanings.
    names
        What stands in the places; texts on one line, as `one_line` puts them.

    Raises
    ------
    KeyError
        A place that nothing is given for.
    """
    found = _translate(text, note, number)
    if number is not None:
        names["n"] = f"{number:,}"
    if not names:
        return found
    return found.format_map({key: one_line(value) if isinstance(value, str) else value for key, value in names.items()})


def one_line(text: str) -> str:
    """A name or value of a file or a person as it can be read in a sentence, a list or a menu.

    Line breaks and control characters are a space, what turns the direction of writing is left out, and halves of
    characters, as names of files may have them, are a replacement character.
    """
    if text.isascii() and text.isprintable():
        return text
    return _HALVES.sub("\ufffd", _TURNS.sub("", _BREAKS.sub(" ", text)))


PLAIN = 4
"""Numbers below this power of ten are written out, also where they have fewer figures than digits."""


def number(value: float, figures: int = 6) -> str:
    """A number in a sentence, in as few figures as it has, at most `figures`: −0.003, 110 of 106.9, 1e−8."""
    mantissa, e, exponent = f"{value:.{figures}g}".partition("e")
    if e and 0 < int(exponent) < PLAIN:
        mantissa, e = f"{float(f'{mantissa}e{exponent}'):.0f}", ""
    return (f"{mantissa}e{int(exponent)}" if e else mantissa).replace("-", "−")


def mark(text: str) -> str:
    """The text as it is: one that `tr` is given later, and that translators are to find here."""
    return text


def install(translate: Translate | None) -> None:
    """Translate by this function from now on; None for English."""
    global _translate
    _translate = translate or english


def english(text: str, _note: str, number: int | None) -> str:
    """The text itself, in the form that goes with the number."""
    one, _, many = text.partition("|")
    return text if number is None else one if number == 1 else many or one


_BREAKS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_TURNS = re.compile(r"[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_HALVES = re.compile(r"[\ud800-\udfff]")

_translate: Translate = english
