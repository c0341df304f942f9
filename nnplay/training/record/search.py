"""Back until: the very step at which a condition came true last, by going back from one kept moment to another."""

from collections.abc import Callable

from nnplay.training.conditions import CONDITIONS, Condition, Watcher, check_fits
from nnplay.training.record.branch import Branch
from nnplay.training.record.recording import Recording
from nnplay.training.record.replay import Replay

Progress = Callable[[int, int], bool]
"""Told (steps looked at, of how many at most); False to give up."""
STRIDE = 256
"""Steps of the forward search between two calls of `Progress`."""


def find_last(
    record: Recording,
    condition: Condition,
    branch: Branch | None = None,
    until: int | None = None,
    progress: Progress = lambda _done, _of: True,
) -> int | None:
    """The last step up to `until` after which the condition came true; None where it never did, or was given up.

    It takes as long as what is looked at takes to be computed: from the end back to the place that is found, or all of
    it for conditions that are about all that was.

    Parameters
    ----------
    branch
        The one that the run is on if left out.
    until
        The end of the branch if left out.

    Raises
    ------
    InputError
        A condition on what the run doesn't have.
    """
    branch = branch or record.current
    check_fits(condition, record.trainer)
    end = record.end_of(branch) if until is None else min(until, record.end_of(branch))
    search = _Search(branch, record.cursor(), CONDITIONS[condition.kind].watcher, condition)
    if search.watcher().whole:
        return search.forwards(end, progress)
    return search.backwards(end, progress)


class _Search:
    def __init__(
        self, branch: Branch, replay: Replay, make: Callable[[Condition], Watcher], condition: Condition
    ) -> None:
        self._branch, self._make, self._condition = branch, make, condition
        self._replay = replay

    def watcher(self) -> Watcher:
        return self._make(self._condition)

    def forwards(self, end: int, progress: Progress) -> int | None:
        """All of it, from the start."""
        found, watcher, start = None, self.watcher(), 0
        while progress(start, end):
            stop = min(start + STRIDE, end)
            last = self._look(start, stop, watcher)
            found = found if last is None else last
            if stop == end:
                return found
            start = stop
        return None

    def backwards(self, end: int, progress: Progress) -> int | None:
        """One interval between two kept moments after another, the newest first."""
        stop, by_epoch = end, self.watcher().each == "epoch"
        starts = [kept.step for kept in self._branch.kept() if not by_epoch or kept.moment.under_way.position == 0]
        for start in (*sorted({step for step in starts if step < end}, reverse=True), 0):
            if not progress(end - stop, end):
                return None
            found = self._look(start, stop, self.watcher())
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
