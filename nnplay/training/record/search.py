"""Back until: the very step at which a condition came true last, by going back from one kept moment to another."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from nnplay.training.conditions import CONDITIONS, Condition, Watcher, check_fits
from nnplay.training.record.branch import Branch
from nnplay.training.record.keeping import KeptMoments
from nnplay.training.record.recording import Recording
from nnplay.training.trainer import Trainer

Progress = Callable[[int, int], bool]
"""Told (steps looked at, of how many at most); False to give up."""
STRIDE = 256
"""Steps of the forward search between two calls of `Progress`."""


@dataclass(frozen=True)
class Found:
    """Where a search backwards came to.

    Attributes
    ----------
    step
        After how many steps.
    since
        Whether this is where the condition came true, and it has been since, up to where the search began.
    """

    step: int
    since: bool = False


class Search:
    """Looks for the places of one condition on the way to the end of a branch.

    It is made while the run is paused, and keeps what it reads: it may go on in another thread while the run does.

    Parameters
    ----------
    branch
        The one that the run is on if left out.

    Raises
    ------
    InputError
        A condition on what the run doesn't have.
    """

    def __init__(self, record: Recording, condition: Condition, branch: Branch | None = None) -> None:
        branch = branch or record.current
        check_fits(condition, record.trainer)
        self._branch, self._condition = _as_it_is(branch, record.end_of(branch)), condition
        self._replay = record.cursor()

    def last(self, until: int | None = None, progress: Progress = lambda _done, _of: True) -> int | None:
        """The last step up to `until` after which it came true; None where it never did, or was given up.

        It takes as long as what is looked at takes to be computed: from the end back to the place that is found, or all
        of it for conditions that are about all that was.
        """
        return self._last(self._watcher, until, progress)

    def before(self, here: int, progress: Progress, *, again: bool = False) -> Found | None:
        """Where one comes to who goes back from a place until the condition is true.

        Where something has been true for a while there, that is where it came true.

        Parameters
        ----------
        again
            This place was found so, and what was before it is looked for.
        """
        until = here - 1 if again else here
        found = None if until < 0 else self.last(until, progress)
        watcher = self._watcher()
        if found is None or not watcher.lasting or found != self._last_seen(watcher, until):
            return None if found is None else Found(found)
        start = self._last(lambda: _Begins(self._watcher()), found, progress)
        return None if start is None else Found(start, since=start < here)

    def _watcher(self) -> Watcher:
        return CONDITIONS[self._condition.kind].watcher(self._condition)

    def _last_seen(self, watcher: Watcher, until: int) -> int:
        """The last place, up to this one, that the watcher is to see."""
        epoch, batch = self._branch.place_of(until)
        return self._branch.step_of(epoch, until) if watcher.each == "epoch" and batch else until

    def _last(self, make: Callable[[], Watcher], until: int | None, progress: Progress) -> int | None:
        end = self._branch.end if until is None else min(until, self._branch.end)
        return self._forwards(make(), end, progress) if make().whole else self._backwards(make, end, progress)

    def _forwards(self, watcher: Watcher, end: int, progress: Progress) -> int | None:
        """All of it, from the start."""
        found, start = None, 0
        while progress(start, end):
            stop = min(start + STRIDE, end)
            last = self._look(start, stop, watcher)
            found = found if last is None else last
            if stop == end:
                return found
            start = stop
        return None

    def _backwards(self, make: Callable[[], Watcher], end: int, progress: Progress) -> int | None:
        """One interval between two kept moments after another, the newest first."""
        stop, by_epoch = end, make().each == "epoch"
        starts = [kept.step for kept in self._branch.kept() if not by_epoch or kept.moment.under_way.position == 0]
        for start in (*sorted({step for step in starts if step < end}, reverse=True), 0):
            if not progress(end - stop, end):
                return None
            found = self._look(start, stop, make())
            if found is not None:
                return found
            stop = start
        return None

    def _look(self, start: int, stop: int, watcher: Watcher) -> int | None:
        """The last step behind `start`, and up to `stop`, where it came true; at 0 the start itself counts."""
        replay, found = self._replay, None
        replay.seek(self._branch, start, self._branch.edits_at(start - 1))  # before the edits made there
        if (start == 0 or not watcher.whole) and watcher.see(replay.trainer) and start == 0:
            found = 0

        def seen() -> bool:
            return watcher.is_due(replay.trainer) and watcher.see(replay.trainer)

        last = replay.advance(stop, self._branch.edits_at(stop - 1), seen)
        return found if last is None else last


class _Begins(Watcher):
    """Comes true where what another one watches does, having not been true before."""

    def __init__(self, watcher: Watcher) -> None:
        self._watcher, self._held = watcher, False

    def see(self, trainer: Trainer) -> bool:
        """Whether that is here."""
        before, self._held = self._held, self._watcher.see(trainer)
        return before < self._held

    def is_due(self, trainer: Trainer) -> bool:
        """As the other one."""
        return self._watcher.is_due(trainer)


def _as_it_is(branch: Branch, end: int) -> Branch:
    """A branch that stays as it is now, whatever becomes of the record."""
    way = [branch]
    while (fork := way[-1].fork) is not None:
        way.append(fork.branch)
    copied: Branch | None = None
    for each in reversed(way):
        moments = KeptMoments()
        for kept in each.moments.between:
            moments.add(kept)
        moments.set_newest(each.moments.newest)
        fork = None if copied is None or each.fork is None else replace(each.fork, branch=copied)
        copied = replace(each, fork=fork, own=list(each.own), moments=moments)
    assert copied is not None
    copied.end = end
    return copied
