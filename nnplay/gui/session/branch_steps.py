"""Steps of the undo stack that name branches and delete them."""

from collections.abc import Callable, Sequence
from functools import partial

from nnplay.gui.session.branches import names_of
from nnplay.gui.session.commands import ChangeBranch
from nnplay.texts import tr
from nnplay.training.record import Branch, Recording


def renaming(branch: Branch, name: str) -> ChangeBranch[str]:
    """Call a branch so, or with "" as it calls itself."""

    def put(new: str) -> str:
        old, branch.name = branch.name, new
        return old

    return ChangeBranch(name, put)


def deleting(record: Callable[[], Recording], branches: Sequence[Branch]) -> tuple[str, list[ChangeBranch[bool]]]:
    """Delete branches, at least one, that the run isn't on; and what that is called.

    Parameters
    ----------
    record
        Gives the run's: a step of the undo stack keeps no run that was left.
    """

    def put(branch: Branch, hidden: bool) -> bool:
        old = branch.hidden
        record().hide(branch, hidden=hidden)
        return old

    if len(branches) == 1:
        text = tr("Delete {branch}", branch=names_of(record())[branches[0]])
    else:
        text = tr("Delete {n} branch|Delete {n} branches", "", len(branches))
    return text, [ChangeBranch(True, partial(put, branch)) for branch in branches]
