"""What a person must see: a sentence, where there is one a way out, which is done by a click, and what shows it."""

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
    """What was found, in one sentence, what helps, what shows that it is so, and in which panel: it isn't covered."""

    sentence: str
    suggestion: Suggestion | None = None
    proof: Suggestion | None = None
    shown_in: str = ""
