"""What was open when the program ended last: the newest copy that no window holds and that can be read."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from nnplay.errors import NnplayError
from nnplay.gui.files.copies import Copy, left_over, tidy
from nnplay.gui.files.experiment_files import read_run
from nnplay.texts import tr
from nnplay.training.record import Recording

BROKEN = (NnplayError, ArithmeticError, LookupError, MemoryError, RecursionError, TypeError, ValueError)
"""What reading a broken copy can raise."""


class CopyError(NnplayError):
    """A copy that can't be opened, and where it is kept."""


@dataclass(frozen=True)
class LastTime:
    """What to go on with.

    Attributes
    ----------
    run
        The record of the run; None for a first start.
    copy
        The copy that it was read from, held where the folder can be written to.
    problem
        What a person must know of copies that couldn't be opened.
    """

    run: Recording | None = None
    copy: Copy | None = None
    problem: CopyError | None = None

    def broken(self, error: Exception) -> "LastTime":
        """What is left when no window can be built on it: the copy is set aside."""
        assert self.copy is not None
        kept = tr("What was open last time can't be shown. It is kept as {file}.", file=_set_aside(self.copy))
        problem = _joined(self.problem, kept)
        problem.__cause__ = error
        return LastTime(problem=problem)


def last_time(folder: Path, saved: Sequence[Path] = ()) -> LastTime:
    """What was open last time; copies that can't be read are set aside, so that nothing overwrites them.

    Parameters
    ----------
    saved
        Files that a person saved or opened lately: no copy of what is in one of them need be kept.
    """
    tidy(folder, saved)
    problem = None
    for path in left_over(folder):
        copy = Copy(path)
        if not copy.hold() and copy.held_by_another:
            continue  # another window has just begun with it
        if not path.is_file():
            copy.release()
            continue
        try:
            return LastTime(read_run(path), copy, problem)
        except BROKEN as error:
            reason = str(error) if isinstance(error, NnplayError) else repr(error)
            kept = tr(
                "A copy of what was open can't be read ({reason}). It is kept as {file}.",
                reason=reason,
                file=_set_aside(copy),
            )
            problem = _joined(problem, kept)
    return LastTime(problem=problem)


def _set_aside(copy: Copy) -> Path:
    aside = copy.set_aside()
    copy.release()
    return aside


def _joined(problem: CopyError | None, sentence: str) -> CopyError:
    return CopyError(sentence if problem is None else f"{problem}\n\n{sentence}")
