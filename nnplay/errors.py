"""The errors of nnplay: one small tree, each message naming the field, the value and what is allowed."""

import contextlib
import itertools
import math
from collections.abc import Callable, Iterable, Iterator
from typing import cast

from nnplay.limits import GIGABYTE, MOST_BYTES, MOST_NUMBER
from nnplay.texts import mark, number, tr

SHOWN = 60
"""A longer value is shown shortened."""


class NnplayError(Exception):
    """Base of every error that nnplay raises on purpose."""


class Described(str):
    """A value in words of our own, which stand without quotes: ``text with 100 values``."""

    __slots__ = ()


class InputError(NnplayError, ValueError):
    """A value from outside that can't be taken.

    Parameters
    ----------
    field
        Where the value stands, as a path a person can follow: ``model.hidden_layers[0].units``.
    value
        What was received; shown shortened.
    allowed
        What would have been taken, as the end of a sentence: ``"a whole number from 1 to 512"``.
    """

    def __init__(self, field: str, value: object, allowed: str) -> None:
        self.field = field
        self.value = value
        self.allowed = allowed
        shown = shortened(str(value) if isinstance(value, Described) else written(value, repr))
        super().__init__(tr("{field} is {value}; allowed is {allowed}", field=field, value=shown, allowed=allowed))


class TooLargeError(NnplayError):
    """More memory is needed than there is, or than an experiment may have."""

    @classmethod
    def of_experiment(cls, needed: int) -> "TooLargeError":
        """Make the error of an experiment that needs so many bytes."""
        size, most = math.ceil(10 * needed / GIGABYTE) / 10, MOST_BYTES / GIGABYTE
        return cls(
            tr(
                "the experiment needs {size} GB of memory; allowed is up to {most} GB: "
                "fewer samples, inputs or units, or smaller batches",
                size=f"{size:,.1f}",
                most=f"{most:g}",
            )
        )


@contextlib.contextmanager
def memory_checked() -> Iterator[None]:
    """Where memory doesn't suffice within, or within the function that it stands above, that is said as all else is.

    Raises
    ------
    TooLargeError
        In place of a MemoryError.
    """
    try:
        yield
    except MemoryError:
        raise TooLargeError(tr("there is not enough memory for this; fewer samples or inputs need less")) from None


class DivergedError(NnplayError):
    """Training left the finite numbers; the network keeps the last finite weights."""


def shortened(text: str, limit: int = SHOWN) -> str:
    """The text, or its beginning where it is longer than `limit`."""
    return text if len(text) <= limit else text[: limit - 1] + "…"


def written(value: object, write: Callable[[object], str]) -> str:
    """The value as `write` writes it, but of a long one not much more than is shown: a file may be full of it."""
    try:
        return write(_beginning(value, [SHOWN]))
    except ValueError:  # Python writes no whole number of more than a few thousand digits
        return tr("a very large number")


def _beginning(value: object, left: list[int]) -> object:
    """The value up to so many parts, all of which take a character at least."""
    left[0] -= 1
    if isinstance(value, str):
        return value[: 2 * SHOWN]
    if type(value) in (list, tuple):
        parts = itertools.takewhile(lambda _: left[0] > 0, cast("Iterable[object]", value))
        shown = [_beginning(part, left) for part in parts]
        return tuple(shown) if isinstance(value, tuple) else shown
    if isinstance(value, dict):
        items = itertools.takewhile(lambda _: left[0] > 0, value.items())
        return {_beginning(key, left): _beginning(part, left) for key, part in items}
    return value


def one_of(names: Iterable[object]) -> str:
    """What is allowed where it is one of some names: ``"one of relu, tanh"``."""
    return tr("one of {names}", names=", ".join(map(str, names)))


_WHOLE_NUMBERS: dict[tuple[str, ...], str] = {
    (): mark("a whole number"),
    ("low",): mark("a whole number from {low}"),
    ("high",): mark("a whole number to {high}"),
    ("low", "high"): mark("a whole number from {low} to {high}"),
}
_NUMBERS: dict[tuple[str, ...], str] = {
    (): mark("a number"),
    ("low",): mark("a number from {low}"),
    ("above",): mark("a number above {above}"),
    ("high",): mark("a number to {high}"),
    ("below",): mark("a number to below {below}"),
    ("low", "high"): mark("a number from {low} to {high}"),
    ("low", "below"): mark("a number from {low} to below {below}"),
    ("above", "high"): mark("a number above {above} and at most {high}"),
    ("above", "below"): mark("a number above {above} and below {below}"),
}


def a_whole_number(low: int | None = None, high: int | None = None) -> str:
    """What is allowed where it is a whole number; None for a range without that end."""
    ends = _known(low=low, high=high)
    return tr(_WHOLE_NUMBERS[tuple(ends)], **ends)


def a_number(
    low: float | None = None, high: float | None = None, *, above: float | None = None, below: float | None = None
) -> str:
    """What is allowed where it is a number: `low` and `high` are allowed themselves, `above` and `below` aren't."""
    ends = _known(low=low, above=above, high=high, below=below)
    return tr(_NUMBERS[tuple(ends)], **ends)


def a_finite_number() -> str:
    """What is allowed where it is an input, a target or a weight."""
    return tr("a finite number of at most {most} in magnitude", most=number(MOST_NUMBER))


def _known(**ends: float | None) -> dict[str, str]:
    """The ends that a range has, as they are read."""
    return {
        name: str(end) if isinstance(end, int) else number(end, 10) for name, end in ends.items() if end is not None
    }
