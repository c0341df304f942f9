"""A way out that the status line suggests beside what it says, as a button."""

from collections.abc import Callable
from dataclasses import dataclass

from nnplay.texts import tr

STEP_DOWN = 10.0
"""Instead of a learning rate that was too large, the suggestion is that one divided by this."""


@dataclass(frozen=True)
class Suggestion:
    """What the button says, its sentence, and what it does."""

    text: str
    tip: str
    action: Callable[[], None]


def lower_rate(rate: float, retry: Callable[[float], None]) -> Suggestion:
    """To go back and use a tenth of `rate`, which `retry` does."""
    lower = float(f"{rate / STEP_DOWN:.6g}")
    text = tr("Go back and use {rate}", rate=f"{lower:g}")
    tip = tr("Bring the starting weights back and train with a learning rate of {rate}", rate=f"{lower:g}")
    return Suggestion(text, tip, lambda: retry(lower))
