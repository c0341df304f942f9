"""Which moments of a run are kept: as many as fit, the older ones sparser."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Self

from nnplay.training.moment import Moment
from nnplay.training.trainer import Trainer

MOST_BYTES = 64_000_000
"""What a record may take, with all that is kept for whoever moves in it."""
CURSOR_BYTES = 8_000_000
"""The part of it for moments that were computed again, near the one that is looked at."""
MOST_MOMENTS = 4096
"""More take longer to thin than to compute again."""
INTERVALS = ((50, 1024), (5000, 256))
"""(parameters, steps from one kept moment to the next at least, of networks of fewer parameters than that).

For the smallest ones a moment takes as long as ten steps, for large ones a part of one.
"""
INTERVAL = 64
"""That of all others."""
COMPILED = 8
"""Times as many steps for a run whose steps are compiled: they take a tenth of the time, to be made again, too."""
SPARSER = 3.0
"""The oldest moments are so many times farther apart than the newest, and once more."""
HISTORIES = 4
"""The part of a record that the curves of branches that were left may take."""
OVERHEAD = 3000
"""Bytes of a moment's own objects, without its arrays."""


@dataclass(frozen=True, eq=False)
class KeptMoment:
    """A moment of a run, without its history, which a record has once.

    Attributes
    ----------
    step
        Steps that the run had made.
    edits
        How many entries of its log had taken effect.
    size
        Bytes.
    """

    step: int
    edits: int
    moment: Moment
    size: int

    @classmethod
    def of(cls, trainer: Trainer, step: int, edits: int) -> Self:
        """The moment of a run between two steps."""
        return cls.made(step, edits, Moment.of(trainer, with_history=False))

    @classmethod
    def made(cls, step: int, edits: int, moment: Moment) -> Self:
        """The same of a moment that was taken."""
        return cls(step, edits, moment, OVERHEAD + sum(array.nbytes for array in moment.arrays()))

    @property
    def place(self) -> tuple[int, int]:
        """By which the moments of a branch are in order."""
        return self.step, self.edits


class KeptMoments:
    """Those of one branch, in the order of the run.

    Attributes
    ----------
    bytes
        What all of them take.
    newest
        Where the branch stood when it was paused or left last; it is not thinned.
    """

    def __init__(self) -> None:
        self.bytes = 0
        self.newest: KeptMoment | None = None
        self._items: list[KeptMoment] = []

    def __len__(self) -> int:
        return len(self._items)

    def __iter__(self) -> Iterator[KeptMoment]:
        yield from self._items
        if self.newest is not None:
            yield self.newest

    @property
    def between(self) -> Sequence[KeptMoment]:
        """Without the newest."""
        return self._items

    def copy(self) -> "KeptMoments":
        """The same moments, to be thinned apart."""
        copy = KeptMoments()
        copy.bytes, copy.newest, copy._items = self.bytes, self.newest, list(self._items)
        return copy

    def nearest(self, step: float, edits: float) -> KeptMoment | None:
        """The last one up to a place."""
        behind = bisect_right(self._items, (step, edits), key=lambda kept: kept.place)
        found = self._items[behind - 1] if behind else None
        newest = self.newest
        if newest is None or newest.step > step or newest.edits > edits:
            return found
        return newest if found is None or newest.place >= found.place else found

    def add(self, kept: KeptMoment) -> None:
        """One more, behind those there are."""
        self._items.append(kept)
        self.bytes += kept.size

    def set_newest(self, kept: KeptMoment | None) -> None:
        """Another one at the end, or none."""
        self.bytes += (kept.size if kept else 0) - (self.newest.size if self.newest else 0)
        self.newest = kept

    def thin(self, interval: int) -> None:
        """Keep those so many steps apart: see `thinned`."""
        self._keep(thinned(self._items, interval))

    def clear(self) -> None:
        """Keep the newest alone."""
        self._keep([])

    def cut(self, step: int, edits: int) -> None:
        """Forget what is behind a place."""
        if self.newest is not None and (self.newest.step > step or self.newest.edits > edits):
            self.set_newest(None)
        self._keep([kept for kept in self._items if kept.step <= step and kept.edits <= edits])

    def _keep(self, items: list[KeptMoment]) -> None:
        self._items = items
        self.bytes = sum(kept.size for kept in self)


@dataclass(frozen=True)
class Others:
    """What a record keeps beside the moments of the branch that the run is on: bytes, and moments of other branches."""

    bytes: int
    moments: int

    def with_more(self, size: int) -> "Others":
        """The same with so many bytes more."""
        return Others(self.bytes + size, self.moments)


def interval_for(trainer: Trainer) -> int:
    """Steps from one kept moment of a run to the next at least."""
    parameters = trainer.network.parameters.size
    interval = next((steps for most, steps in INTERVALS if parameters < most), INTERVAL)
    return COMPILED * interval if trainer.is_compiled else interval


class Keeper:
    """Keeps within bytes and a number of moments whatever is added.

    Attributes
    ----------
    interval
        Steps from one new moment to the next; it grows as the record is thinned.
    """

    def __init__(self, interval: int, most_bytes: int, most_moments: int = MOST_MOMENTS) -> None:
        self._most_bytes, self._most_moments = most_bytes, most_moments
        self.interval = interval

    def has_room(self, moments: KeptMoments, others: Others) -> bool:
        """Whether all that is kept fits, of which only the moments of one branch have become more."""
        fits = moments.bytes + others.bytes <= self._most_bytes
        return fits and len(moments) + others.moments <= self._most_moments

    def fit(self, branches: Sequence[KeptMoments], other_bytes: int) -> None:
        """Thin the moments of all branches where they have become too many.

        Parameters
        ----------
        branches
            The newest of the last one of them is what is kept longest.
        other_bytes
            What the record keeps beside them.
        """
        room = max(self._most_bytes - other_bytes, 0)
        if _fits(branches, room, self._most_moments):
            return
        while not _fits(branches, 3 * room // 4, 3 * self._most_moments // 4) and any(map(len, branches)):
            self.interval += max(self.interval // 4, 1)
            several = any(len(branch) > 1 for branch in branches)
            for branch in branches:
                if len(branch) > 1:
                    branch.thin(self.interval)
                elif not several:
                    branch.clear()
        for branch in branches:
            if _fits(branches, room, self._most_moments):
                return
            branch.set_newest(None)  # the newest alone don't fit


def _fits(branches: Iterable[KeptMoments], most_bytes: int, most_moments: int) -> bool:
    return sum(map(len, branches)) <= most_moments and sum(branch.bytes for branch in branches) <= most_bytes


def thinned(moments: Sequence[KeptMoment], interval: int) -> list[KeptMoment]:
    """Those so many steps apart at the new end, and more at the old one; the last stays."""
    if not moments:
        return []
    end, start = moments[-1].step, moments[0].step
    slope = SPARSER * interval / max(end - start, 1)
    kept = [moments[-1]]
    for moment in reversed(moments[:-1]):
        if kept[-1].step - moment.step >= interval + slope * (end - moment.step):
            kept.append(moment)
    return kept[::-1]
