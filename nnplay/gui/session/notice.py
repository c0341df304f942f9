"""What a person must see: a sentence, and where there is one a way out, which is done by a click."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Suggestion:
    """What the button says, its sentence, and what it does."""

    text: str
    tip: str
    action: Callable[[], None]


@dataclass(frozen=True)
class Notice:
    """What was found, in one sentence, and what helps.

    Attributes
    ----------
    show
        Opens the view that shows that it is so.
    """

    sentence: str
    suggestion: Suggestion | None = None
    show: Callable[[], None] | None = None
