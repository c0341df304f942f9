"""Every sentence that a person reads goes through `tr`, so that it can be translated where it is shown.

A sentence is one text with named places: ``tr("{count} of {total} points", count=2, total=4)``; nothing is glued from
parts, whose order other languages have otherwise. Figures and formulas are put into the places as they are to be read.

`pyside6-lupdate` finds the texts (CONTRIBUTING.md has the command): those of `tr` by its name, and those that stand
where no translation is known yet, such as a label on a class, by `mark`.
"""

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
        What stands in the places.

    Raises
    ------
    KeyError
        A place that nothing is given for.
    """
    found = _translate(text, note, number)
    if number is not None:
        names["n"] = f"{number:,}"
    return found.format_map(names) if names else found


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


_translate: Translate = english
