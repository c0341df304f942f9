"""A way out that the status line offers beside what it says, as a button."""

from collections.abc import Callable
from dataclasses import dataclass

STEP_DOWN = 10.0
"""A learning rate that was too large is offered divided by this."""


@dataclass(frozen=True)
class Offer:
    """What the button says, its sentence, and what it does."""

    text: str
    tip: str
    act: Callable[[], None]


def lower_rate(rate: float, retry: Callable[[float], None]) -> Offer:
    """To go back and use a tenth of `rate`, which `retry` does."""
    lower = float(f"{rate / STEP_DOWN:.6g}")
    tip = f"Bring the starting weights back and train with a learning rate of {lower:g}"
    return Offer(f"Go back and use {lower:g}", tip, lambda: retry(lower))
