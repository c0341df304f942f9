"""The folder in which data sets of one's own are kept: a file each, which one window at a time writes.

A file is an experiment without a run. A window holds a data set by a lock file beside it from the first time that it
is open in the window until the window is closed, since undo may bring it back all that time.
"""

import contextlib
import re
import time
from pathlib import Path

from msgspec.structs import replace

from nnplay.data.packing import PackedRecords
from nnplay.errors import NnplayError
from nnplay.experiments import Document, read_document, write_document
from nnplay.experiments.glance import read_glance
from nnplay.gui.files.copies import SUFFIX, Copy, make_folder, remove_half_written, written_at
from nnplay.gui.files.last_time import BROKEN
from nnplay.gui.session.shelf import ShelfEntry
from nnplay.texts import tr
from nnplay.training.edits import with_own
from nnplay.training.experiment import KEY, MOST_KEY, DataSpec, Experiment

FOLDER = "data-sets"
DELETED = ".deleted"
DELETED_STAY = 7 * 24 * 3600.0
"""Seconds after which a deleted data set is really gone; until its window is closed, undo brings it back."""


class ShelfFolder:
    """The files of one window's shelf.

    Parameters
    ----------
    packed
        What was packed for the window's copy, which has the same points.
    """

    def __init__(self, folder: Path, packed: PackedRecords) -> None:
        self.folder = folder
        self._held: dict[str, Copy] = {}
        self._packed = packed

    def path(self, key: str) -> Path:
        """The file of a data set."""
        return self.folder / f"{key}{SUFFIX}"

    def hold(self, key: str) -> bool:
        """Keep other windows from it until this one is closed; False where another one holds it.

        Where the folder can't be written to nobody holds anything, and nothing is kept.
        """
        if key not in self._held:
            copy = Copy(self.path(key))
            if not copy.hold() and copy.held_by_another:
                return False
            self._held[key] = copy
        return True

    def holds(self, key: str) -> bool:
        """Whether it is this window's."""
        return key in self._held

    def held_by_another(self, key: str) -> bool:
        """Whether it is open in another window."""
        return key not in self._held and Copy(self.path(key)).held_by_another

    def let_go(self, key: str) -> None:
        """Leave one over for other windows."""
        copy = self._held.pop(key, None)
        if copy is not None:
            copy.release()

    def release(self) -> None:
        """Leave all of them over."""
        for copy in self._held.values():
            copy.release()
        self._held.clear()

    def files(self) -> dict[str, float]:
        """The keys of all data sets that are kept, with the time at which each was written.

        A file of another name was put there by somebody else, and is left alone.
        """
        paths = self.folder.glob(f"*{SUFFIX}")
        return {path.stem: written_at(path) for path in paths if _is_key(path.stem) and path.is_file()}

    def size(self, key: str) -> int:
        """Bytes of its file; 0 where there is none."""
        try:
            return self.path(key).stat().st_size
        except OSError:
            return 0

    def look(self, key: str) -> ShelfEntry:
        """What stands in the gallery of it.

        Raises
        ------
        NnplayError
            The file can't be read: it has another name by now, which the sentence says.
        """
        try:
            data, whole = read_glance(self.path(key))
        except BROKEN as error:
            raise self._broken(key, error) from error
        return ShelfEntry(_keyed(data, key), whole)

    def read(self, key: str) -> DataSpec:
        """All of it.

        Raises
        ------
        NnplayError
            As `look` does.
        """
        try:
            return _keyed(read_document(self.path(key)).experiment.data, key)
        except BROKEN as error:
            raise self._broken(key, error) from error

    def write(self, data: DataSpec) -> None:
        """Keep it as it is now.

        Raises
        ------
        NnplayError
            It can't be written; what was kept before is whole.
        """
        make_folder(self.folder)
        document = Document(experiment=with_own(Experiment(), data))
        write_document(document, self.path(data.key), self._packed, private=True)

    def delete(self, key: str) -> None:
        """Put it out of sight."""
        with contextlib.suppress(FileNotFoundError):
            self.path(key).replace(self.path(key).with_suffix(DELETED))

    def bring_back(self, key: str) -> None:
        """Undo `delete`."""
        with contextlib.suppress(FileNotFoundError):
            self.path(key).with_suffix(DELETED).replace(self.path(key))

    def tidy(self) -> None:
        """At a start: take away what was deleted long ago, and locks and halves of files of killed windows."""
        for deleted in self.folder.glob(f"*{DELETED}"):
            if time.time() - written_at(deleted) > DELETED_STAY:
                with contextlib.suppress(OSError):
                    deleted.unlink()
        for lock in self.folder.glob("*.lock"):
            copy = Copy(lock.with_suffix(SUFFIX))
            if copy.hold():
                copy.release()
        remove_half_written(self.folder)

    def _broken(self, key: str, error: Exception) -> NnplayError:
        if not self.path(key).is_file():
            return NnplayError(tr("That data set is no longer there: another window deleted it"))
        copy = Copy(self.path(key))
        if copy.held_by_another and key not in self._held:
            return NnplayError(str(error))
        reason = str(error) if isinstance(error, NnplayError) else repr(error)
        aside = copy.set_aside()
        return NnplayError(
            tr("A data set of yours can't be read ({reason}). It is kept as {file}.", reason=reason, file=aside)
        )


def _is_key(stem: str) -> bool:
    return 0 < len(stem) <= MOST_KEY and re.fullmatch(KEY, stem) is not None


def _keyed(data: DataSpec, key: str) -> DataSpec:
    """The data by the key of their file, whatever the file itself says."""
    return data if data.key == key else replace(data, key=key)
