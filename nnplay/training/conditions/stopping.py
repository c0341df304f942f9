"""Ends a run where one of some conditions comes true."""

from collections.abc import Sequence

from nnplay.errors import InputError
from nnplay.texts import tr
from nnplay.training.conditions.condition import Condition
from nnplay.training.conditions.kinds import CONDITIONS
from nnplay.training.conditions.words import condition_in, words_of
from nnplay.training.trainer import Trainer


def missing(condition: Condition, trainer: Trainer) -> str:
    """What a condition is about that the run doesn't have, in a sentence without its full stop; "" where it fits."""
    lacking = (need for need in CONDITIONS[condition.kind].needs if not need.met(condition, trainer))
    return next((tr(need.marked_missing) for need in lacking), "")


def check_fits(condition: Condition, trainer: Trainer, field: str = "condition") -> None:
    """Refuse a condition on something that the run doesn't have.

    Raises
    ------
    InputError
        Saying what is missing.
    """
    for need in CONDITIONS[condition.kind].needs:
        if not need.met(condition, trainer):
            raise InputError(field, words_of(condition), tr(need.marked_refusal))


class StopWatch:
    """Conditions that a run ends at.

    Parameters
    ----------
    conditions
        Any number of them; the first that comes true ends the run, of several at one place the first in this order.
    trainer
        The run, where the watch begins.

    Attributes
    ----------
    met
        The place of the condition that came true, from 0; None while none has.

    Raises
    ------
    InputError
        A condition that doesn't fit the run, or that can end none: only what comes later tells whether it was true.
    """

    def __init__(self, conditions: Sequence[Condition], trainer: Trainer, field: str = "condition") -> None:
        for condition in conditions:
            condition_in(words_of(condition), field, stops=True)
            check_fits(condition, trainer, field)
        self._watchers = [CONDITIONS[each.kind].watcher(each) for each in conditions]
        self._holds = [False] * len(self._watchers)
        self.met = self._look([True] * len(self._watchers), trainer)

    def __bool__(self) -> bool:
        """Whether there is any condition."""
        return bool(self._watchers)

    def see(self, trainer: Trainer) -> bool:
        """Look at the run after a step; True when it is to end here."""
        if self.met is None:
            self.met = self._look([watcher.is_due(trainer) for watcher in self._watchers], trainer)
        return self.met is not None

    def go_on(self) -> None:
        """Watch on beyond the place where one came true; what is true for a while has to come true anew."""
        self.met = None

    def _look(self, due: Sequence[bool], trainer: Trainer) -> int | None:
        """All that are due see it: each remembers what it saw."""
        met = None
        for place, (watcher, now) in enumerate(zip(self._watchers, due, strict=True)):
            if now:
                held, self._holds[place] = self._holds[place], watcher.see(trainer)
                if met is None and self._holds[place] and not (held and watcher.lasting):
                    met = place
        return met
