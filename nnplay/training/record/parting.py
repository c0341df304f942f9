"""What branches have of each other, where one is taken back or deleted: it stays as long as another one needs it."""

from dataclasses import replace

from nnplay.training.record.branch import Branch, Fork
from nnplay.training.record.log import LogEntry


def part(branches: list[Branch], branch: Branch, edits: int, gone: list[LogEntry], key: int) -> None:
    """A branch was taken back to its end; those that leave it behind that come from a hidden branch then.

    Parameters
    ----------
    edits
        Entries of its log now.
    gone
        Those that it had behind them.
    key
        Of the hidden branch, where there is to be one.
    """
    left = [each for each in branches if each.fork is not None and each.fork.is_behind(branch, branch.end, edits)]
    if not left:
        return
    forks = [each.fork for each in left if each.fork is not None]
    end, own = max(fork.step for fork in forks), gone[: max(fork.edits for fork in forks) - edits]
    trunk = Branch(key, "", branch.start, Fork(branch, branch.end, edits), own, end=end, hidden=True)
    for kept in branch.moments.between:
        if kept.place > (branch.end, edits) and kept.step <= end and kept.edits <= edits + len(own):
            trunk.moments.add(kept)
    for each, fork in zip(left, forks, strict=True):
        each.fork = replace(fork, branch=trunk)
    branches.insert(branches.index(branch) + 1, trunk)


def shorten(branches: list[Branch]) -> None:
    """Of hidden branches only what others have of them stays; of those without others nothing."""
    for branch in reversed(branches.copy()):
        if branch.hidden:
            _shorten(branches, branch)


def _shorten(branches: list[Branch], branch: Branch) -> None:
    forks = [each.fork for each in branches if each.fork is not None and each.fork.branch is branch]
    if not forks:
        branches.remove(branch)
        return
    branch.end = max(fork.step for fork in forks)
    edits = max(fork.edits for fork in forks)
    branch.moments.cut(branch.end, edits)
    del branch.own[max(edits - (branch.fork.edits if branch.fork else 0), 0) :]
