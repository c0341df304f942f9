"""One moment of a run as the window draws it: a frozen record with arrays of its own, made at a step boundary."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeVar, cast

from nnplay.training.history import Figures
from nnplay.training.probes.probe import Probe

Answer = TypeVar("Answer")


@dataclass(frozen=True)
class Snapshot:
    """The figures that are always there, and the answers to the probes that were asked for.

    Attributes
    ----------
    figures
        Epoch, losses, accuracies and penalty, measured after the last whole epoch or edit, or where the run was paused.
    batch
        Steps done in the epoch under way; 0 at its start.
    batches
        Steps of an epoch.
    learned
        The first epoch after which the figures said that the training samples are learnt; None where they never did.
    disabled_units
        The (hidden layer, unit) pairs that are switched off.
    epochs_per_second
        Of the last second of training; 0 while it is paused.
    learning_rate
        The one in force now, after the schedule.
    answers
        What each probe measured; None where there was nothing to measure.
    """

    figures: Figures
    batch: int
    batches: int
    learned: int | None
    disabled_units: frozenset[tuple[int, int]]
    epochs_per_second: float
    learning_rate: float
    answers: Mapping[Probe[Any], object]

    def answer(self, probe: Probe[Answer]) -> Answer | None:
        """What `probe` measured; None where it wasn't asked for, or where there was nothing to measure."""
        return cast("Answer | None", self.answers.get(probe))
