"""A way out that the status line suggests beside what it says, as a button."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Suggestion:
    """What the button says, its sentence, and what it does."""

    text: str
    tip: str
    action: Callable[[], None]
