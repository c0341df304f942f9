"""The shelf: the data sets that a person drew or imported, each with a name, as the gallery shows them.

What is on it is kept by `nnplay.gui.files.shelf_files`, which listens to what is wanted here.
"""

import secrets
import time
from collections.abc import Iterable
from dataclasses import dataclass

import msgspec
from PySide6.QtCore import QObject, Signal

from nnplay.data import DATA_SETS
from nnplay.texts import tr
from nnplay.training.experiment import MOST_NAME, YOURS, DataSpec, Experiment
from nnplay.training.titles import data_title

replace = msgspec.structs.replace


@dataclass(frozen=True, eq=False)
class ShelfEntry:
    """One data set on the shelf.

    Attributes
    ----------
    data
        Its name, its key and its points; of a large one in a file only as many as a small picture needs.
    whole
        Whether these are all of its points.
    """

    data: DataSpec
    whole: bool = True


class Shelf(QObject):
    """The entries, and what a person wants of them.

    Signals
    -------
    changed(key)
        The entry is there, or is another one, or is gone.
    chosen(key)
        A person wants to go over to it.
    rename_wanted(key, name)
        A person wants it to have another name.
    delete_wanted(key)
        A person doesn't want it any longer.
    """

    changed = Signal(str)
    chosen = Signal(str)
    rename_wanted = Signal(str, str)
    delete_wanted = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entries: dict[str, ShelfEntry] = {}

    def entries(self) -> list[ShelfEntry]:
        """All of them, the newest first: keys begin with the time at which they were made."""
        return [self._entries[key] for key in sorted(self._entries, reverse=True)]

    def entry(self, key: str) -> ShelfEntry | None:
        """The one of this key."""
        return self._entries.get(key)

    def put(self, entry: ShelfEntry) -> None:
        """Show this one, in place of the one of its key."""
        before = self._entries.get(entry.data.key)
        if before is None or before.data is not entry.data or before.whole != entry.whole:
            self._entries[entry.data.key] = entry
            self.changed.emit(entry.data.key)

    def remove(self, key: str) -> None:
        """Show it no longer."""
        if self._entries.pop(key, None) is not None:
            self.changed.emit(key)

    def named(self, experiment: Experiment, before: DataSpec) -> Experiment:
        """The experiment with a key and a name for points of one's own that have none: they are a new data set.

        Parameters
        ----------
        before
            What they were drawn into.
        """
        data = experiment.data
        if data.kind != YOURS or data.key:
            return experiment
        drawn_into = before.kind != YOURS and data.table is not None and len(data.table)
        stem = data.name or (data_title(before.kind) if drawn_into else tr("Points"))
        numbered = not data.name
        return replace(experiment, data=self.fresh(data, stem, numbered=numbered))

    def fresh(self, data: DataSpec, stem: str, *, numbered: bool = False) -> DataSpec:
        """The same points as a data set of its own, under a name that no other one has."""
        return replace(data, key=fresh_key(), name=free_name(stem, self._names(), numbered=numbered))

    def _names(self) -> set[str]:
        return {entry.data.name for entry in self._entries.values()}


def free_name(stem: str, taken: Iterable[str], *, numbered: bool = False) -> str:
    """The stem itself where nothing has that name, else with the first number that makes it a name of its own.

    Parameters
    ----------
    numbered
        Whether there is a number in any case, from 1.
    """
    known = {*taken, *(tr(data_set.title) for data_set in DATA_SETS.values())}
    stem = stem[: MOST_NAME - 6].strip()
    name, number = (tr("{name} {number}", name=stem, number=1), 1) if numbered else (stem, 1)
    while name in known:
        number += 1
        name = tr("{name} {number}", name=stem, number=number)
    return name


def fresh_key() -> str:
    """A key that no data set has had; a later one sorts behind it."""
    return f"{time.time_ns() // 1000:014x}{secrets.token_hex(3)}"
