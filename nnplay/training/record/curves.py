"""The curves of a record: that of a moment, and those of branches that were left, which stay within bytes."""

from collections.abc import Sequence
from heapq import heapify, heapreplace

from nnplay.training.history import EPOCH, FIRST, HIGHEST, LOWEST, Rows, merged
from nnplay.training.record.branch import Branch

LEAST_ROWS = 16
"""Rows of a curve at least, however many branches there are."""


def cut_rows(rows: Rows, epoch: int) -> Rows:
    """A history as it was at an epoch: of an interval that goes beyond it the first figures alone."""
    kept = rows[rows[:, FIRST, EPOCH] <= epoch].copy()
    if len(kept) and kept[-1, HIGHEST, EPOCH] > epoch:
        kept[-1, LOWEST] = kept[-1, HIGHEST] = kept[-1, FIRST]
    return kept


def thin_histories(branches: Sequence[Branch], most_bytes: int) -> None:
    """Let two intervals of the longest curves become one until all of them fit."""
    total = sum(branch.history.nbytes for branch in branches)
    if total <= most_bytes:
        return
    longest = [(-len(branch.history), place) for place, branch in enumerate(branches)]
    heapify(longest)
    while total > most_bytes and -longest[0][0] > LEAST_ROWS:
        branch = branches[longest[0][1]]
        before = branch.history.nbytes
        branch.history_interval *= 2
        branch.history = merged(branch.history, branch.history_interval)
        total += branch.history.nbytes - before
        heapreplace(longest, (-len(branch.history), longest[0][1]))
