"""The copies that windows keep of what is open in them: a file a window, which no other window writes.

A window holds its copy by a lock file with the process's id beside it. A copy that nobody holds is left over: its
window was closed, or it was killed. The next start goes on with the newest of them and offers the others.
"""

import contextlib
import filecmp
import os
import time
from collections.abc import Sequence
from itertools import count
from pathlib import Path

from PySide6.QtCore import QLockFile

NAME = "autosave"
SUFFIX = ".nnplay"
LOCK = ".lock"
SET_ASIDE = ".unreadable"
MOST_KEPT = 10
"""Copies beyond the newest so many are deleted; those of killed windows at the next start but one at the earliest."""
ABANDONED_AFTER = 60
"""Seconds after which a lock may be taken that says no process, or one whose id another process has by now."""


class Copy:
    """The copy of one window.

    Parameters
    ----------
    path
        The file; its lock is beside it.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock_path = path.with_suffix(LOCK)
        self._lock = QLockFile(str(self._lock_path))
        self._lock.setStaleLockTime(0)  # a window may be open for days: only the process counts

    @classmethod
    def fresh(cls, folder: Path) -> "Copy":
        """One that no window has had, held; not held where the folder can't be written to."""
        for number in count(1):
            copy = cls(folder / (f"{NAME}-{number}{SUFFIX}" if number > 1 else f"{NAME}{SUFFIX}"))
            if os.path.lexists(copy.path):
                continue
            if copy.hold():
                if not os.path.lexists(copy.path):
                    return copy
                copy.release()
            elif not copy.held_by_another:
                return copy
        raise AssertionError("there is no end of numbers")

    @property
    def held_by_another(self) -> bool:
        """Whether another window has it."""
        return not self._lock.isLocked() and os.path.lexists(self._lock_path)

    def hold(self) -> bool:
        """Keep other windows from it; False where another one holds it, or the folder can't be written to."""
        if self._lock.isLocked():
            return True
        with contextlib.suppress(OSError):
            make_folder(self.path.parent)
        held = self._lock.tryLock(0) or (
            # Qt never removes a lock here that a living process holds on to
            self._is_old() and self._lock.removeStaleLockFile() and self._lock.tryLock(0)
        )
        if held:
            with contextlib.suppress(OSError):
                self._lock_path.chmod(0o600)
        return held

    def release(self) -> None:
        """Leave it over for the next start."""
        self._lock.unlock()

    def set_aside(self) -> Path:
        """Give it a name of its own that no window writes to, and tell it; the same where it can't be renamed."""
        for number in count(1):
            aside = self.path.with_name(f"{self.path.stem}{f'-{number}' if number > 1 else ''}{SET_ASIDE}")
            if not os.path.lexists(aside):
                with contextlib.suppress(OSError):
                    return self.path.rename(aside)
                break
        return self.path

    def _is_old(self) -> bool:
        return time.time() - written_at(self._lock_path) > ABANDONED_AFTER


def make_folder(folder: Path) -> None:
    """Make the folder of the copies, which is nobody else's to read."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)


def written_at(path: Path) -> float:
    """When it was written, in seconds since 1970; now where it has gone meanwhile."""
    try:
        return path.stat().st_mtime
    except OSError:
        return time.time()


def remove_half_written(folder: Path, name: str = "") -> None:
    """Take away what killed windows had half written of the files whose names begin so."""
    for half in folder.glob(f".{name}*{SUFFIX}.*.new"):
        target = folder / half.name[1 : half.name.index(SUFFIX) + len(SUFFIX)]
        if not Copy(target).held_by_another:
            _remove(half)


def left_over(folder: Path) -> list[Path]:
    """The copies that no window holds, the newest first."""
    paths = [path for path in folder.glob(f"{NAME}*{SUFFIX}") if path.is_file() and not Copy(path).held_by_another]
    return sorted(paths, key=written_at, reverse=True)


def tidy(folder: Path, saved: Sequence[Path] = ()) -> None:
    """At a start: take away the locks of killed windows, what they had half written, and copies that nobody misses.

    Those are the oldest ones, and those that are the same as a newer one or as a file that a person has; the newest
    stays, since it is what was open last. One whose window was killed stays this time, so that it is offered first.

    Parameters
    ----------
    saved
        Files that a person saved or opened lately.
    """
    killed = set()
    for lock in folder.glob(f"{NAME}*{LOCK}"):
        copy = Copy(lock.with_suffix(SUFFIX))
        if copy.hold():
            killed.add(copy.path)
            copy.release()
    remove_half_written(folder, NAME)
    stay: list[Path] = []
    for path in left_over(folder):
        enough = len(stay) >= MOST_KEPT or any(_same(path, other) for other in (*saved, *stay))
        if not stay or path in killed or not enough:
            stay.append(path)
            continue
        copy = Copy(path)
        if copy.hold():
            _remove(path)
            copy.release()


def _same(path: Path, other: Path) -> bool:
    try:
        return filecmp.cmp(path, other, shallow=False)
    except OSError:
        return False


def _remove(path: Path) -> None:
    with contextlib.suppress(OSError):
        path.unlink()
