"""The choices of the bar at the top that an option alone doesn't say: learning rates and speeds, as texts."""

from nnplay.gui.session.pace import FASTEST, TrainingPace
from nnplay.gui.widgets.choice_box import Choice
from nnplay.gui.widgets.number_format import number_text
from nnplay.texts import tr
from nnplay.training.ladders import RATES

PACES = (
    *(TrainingPace(rate, by_phase=True) for rate in (1.0, 2.0, 5.0)),
    *(TrainingPace(rate) for rate in (1.0, 2.0, 5.0, 10.0, 30.0, 60.0, 100.0, 300.0, 1000.0)),
    FASTEST,
)
"""From a phase a second, which can be read, over slow motion by epochs to as fast as it goes."""
OTHER_RATE = -1.0
"""Stands for a learning rate that is typed."""


def rate_choices(rate: float) -> list[Choice]:
    """The usual learning rates with `rate` among them, and the way to type another."""
    rates = sorted({*RATES, rate})
    return [*((each, rate_text(each)) for each in rates), (OTHER_RATE, tr("another…"))]


def rate_text(rate: float) -> str:
    """A learning rate as the bar writes it."""
    return number_text(rate, 6)


def pace_text(pace: TrainingPace) -> str:
    """A speed as the bar writes it."""
    if pace.rate is None:
        return tr("max")
    if pace.by_phase:
        return tr("{n} phase / s|{n} phases / s", "", round(pace.rate))
    return tr("{epochs} / s", epochs=f"{pace.rate:,.0f}")
