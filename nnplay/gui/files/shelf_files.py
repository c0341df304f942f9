"""Keeps the shelf: what a person drew or imported is in a file of its own without a Save, and there at the next start.

What is open is kept with the autosave's beat, and when another data set takes its place. Writing, and the reading of
what is large, happens in a thread.
"""

from functools import partial

from msgspec.structs import replace
from PySide6.QtCore import QFileSystemWatcher, QTimer, Slot
from PySide6.QtWidgets import QWidget

from nnplay.errors import NnplayError
from nnplay.experiments.glance import WHOLE_BYTES, cut, is_long
from nnplay.gui.files.file_actions import FileActions
from nnplay.gui.files.file_thread import FileThread, Progress
from nnplay.gui.files.shelf_folder import ShelfFolder
from nnplay.gui.files.shelf_steps import DeleteEntry, RenameEntry
from nnplay.gui.files.shelf_writer import ShelfWriter
from nnplay.gui.session.session import Session
from nnplay.gui.session.shelf import ShelfEntry
from nnplay.texts import one_line, tr
from nnplay.training.edits import FIRST_OF, with_data_set, with_own
from nnplay.training.experiment import MOST_NAME, YOURS, DataSpec, Experiment
from nnplay.training.prepared import task_of
from nnplay.training.trainer import Trainer


class ShelfFiles(FileActions):
    """The shelf of one window on the disk.

    Parameters
    ----------
    folder
        Where the data sets are kept.
    copied_at
        When the copy was written that the window goes on with; None where it goes on with none.
    """

    def __init__(self, session: Session, window: QWidget, folder: ShelfFolder, copied_at: float | None = None) -> None:
        super().__init__(session, window)
        self._shelf = session.shelf
        self._folder = folder
        self._copied_at = copied_at
        self._writer = ShelfWriter(self._folder, self)
        self._writer.failed.connect(self._on_not_kept)
        self._writer.written.connect(self._on_kept)
        self._current: DataSpec | None = None
        self._deleted: set[str] = set()
        self._seen: dict[str, float] = {}
        self._looking: FileThread | None = None
        self._taking_in = QTimer(self, singleShot=True, interval=0)
        self._taking_in.timeout.connect(self._take_in)
        self._watcher = QFileSystemWatcher(self)
        self._watcher.directoryChanged.connect(self.look)
        self._shelf.chosen.connect(self.choose)
        self._shelf.rename_wanted.connect(self.rename)
        self._shelf.delete_wanted.connect(self.delete)
        session.experiment_changed.connect(self._on_experiment_changed)

    def start(self) -> None:
        """Show what is kept, and keep from now on."""
        self._folder.tidy()
        self._watch()
        self.look()
        self._on_experiment_changed(self._session.experiment)

    @property
    def writing(self) -> bool:
        """Whether something is being written."""
        return self._writer.busy

    @Slot()
    def keep(self) -> None:
        """Keep what is open as it is now, and what couldn't be kept before."""
        data = self._current
        if data is not None and self._folder.holds(data.key) and (self._has_points(data) or self._is_kept(data.key)):
            self._writer.put(data)
        self._writer.go_on()
        self._watch()

    def _watch(self) -> None:
        """Hear of what other windows keep, once there is a folder."""
        if not self._watcher.directories() and self._folder.folder.is_dir():
            self._watcher.addPath(str(self._folder.folder))

    def close(self) -> None:
        """Keep what is open, wait until it is on the disk, and leave all of it over."""
        if self._taking_in.isActive():
            self._taking_in.stop()
            self._take_in()
        self._end_looking()
        self.keep()
        self._writer.finish()
        self._folder.release()

    @Slot(str)
    def choose(self, key: str) -> None:
        """Go over to a data set of the shelf; that of another window is copied."""
        session, entry = self._session, self._shelf.entry(key)
        before = session.settle()
        if entry is None or before.data.key == key:
            return
        mine, ours = self._folder.holds(key), self._folder.hold(key)
        name = entry.data.name

        def make(_progress: Progress) -> Trainer:
            data = entry.data if entry.whole and mine else replace(self._folder.read(key), name=name)
            return Trainer(with_own(before, data if ours else self._shelf.fresh(data, name)))

        self._do(tr("Opening {file}", file=name), make, lambda trainer: self._go_over(key, before, trainer))

    def _go_over(self, key: str, before: Experiment, trainer: Trainer) -> None:
        session, data = self._session, trainer.experiment.data
        if session.settle() is not before:  # a person went on playing meanwhile
            self.choose(key)
            return
        if data.key == key:
            self._writer.is_kept_as(data)
        else:
            self._folder.hold(data.key)
        goes_on = session.running
        session.replace_run(tr("Data set {name}", name=data.name), trainer)
        if goes_on:
            session.toggle_training()
        if data.key != key:
            session.message.emit(tr("It is open in another window: this is a copy, {name}", name=data.name))

    @Slot(str, str)
    def rename(self, key: str, name: str) -> None:
        """Give a data set another name; Undo brings back the old one."""
        entry, new = self._shelf.entry(key), one_line(name).strip()[:MOST_NAME]
        session = self._session
        session.settle()
        if entry is None or entry.data.name == new or not self._may_touch(entry):
            return
        if not new:
            session.refused.emit(tr("A data set needs a name"))
            return
        text = tr("Rename {old} to {name}", old=entry.data.name, name=new)
        if session.experiment.data.key == key:
            data = replace(session.experiment.data, name=new)
            session.change(text, replace(session.experiment, data=data))
        else:
            session.undo_stack.add(text, RenameEntry(key, new, self.put_name))
        session.message.emit(text)

    @Slot(str)
    def delete(self, key: str) -> None:
        """Take a data set from the shelf; Undo brings it back."""
        entry, session = self._shelf.entry(key), self._session
        experiment = session.settle()
        if entry is None or not self._may_touch(entry):
            return
        text = tr("Delete {name}", name=entry.data.name)
        step = DeleteEntry(entry, self.put_away, self.bring_back)
        if experiment.data.key == key:
            other = with_data_set(experiment, FIRST_OF[task_of(experiment.data)])
            session.replace_run(text, Trainer(other), before=step)
        else:
            session.undo_stack.add(text, step)
        session.message.emit(tr("Deleted {name}; Undo brings it back", name=entry.data.name))

    def put_name(self, key: str, name: str) -> str:
        """Let a data set have this name, and give the one that it had."""
        entry = self._shelf.entry(key)
        if entry is None:
            return name
        data = replace(entry.data, name=name)
        self._shelf.put(ShelfEntry(data, entry.whole))
        if self._current is not None and self._current.key == key:
            self._session.name_data(data)
        elif entry.whole:
            self._writer.put(data)
        else:
            self._writer.rename(key, name)
        self._writer.go_on()
        return entry.data.name

    def put_away(self, entry: ShelfEntry) -> None:
        """Take it from the shelf."""
        key = entry.data.key
        self._deleted.add(key)
        self._writer.forget(key)
        self._folder.delete(key)
        self._seen.pop(key, None)
        self._shelf.remove(key)

    def bring_back(self, entry: ShelfEntry) -> None:
        """Put it on the shelf again."""
        key = entry.data.key
        self._deleted.discard(key)
        self._folder.bring_back(key)
        if self._current is None or self._current.key != key:
            self._shelf.put(entry)
        else:
            self._shelf.put(ShelfEntry(self._current))
        if entry.whole:
            self._writer.put(entry.data)
            self._writer.go_on()

    @Slot()
    def look(self) -> None:
        """Show what other windows have put there, changed and deleted; what is large comes a little later."""
        files = self._folder.files()
        for key in set(self._seen) - set(files):
            entry = self._shelf.entry(key)
            if entry is not None and not (entry.whole and self._folder.holds(key)):
                self._shelf.remove(key)
        changed = [key for key, time in files.items() if self._seen.get(key) != time]
        self._seen = files
        large = []
        for key in (key for key in changed if not self._folder.holds(key)):
            if self._folder.size(key) > WHOLE_BYTES:
                large.append(key)
            else:
                self._show(self._look_at(key))
        if large and self._looking is None:
            self._looking = FileThread(lambda _: [self._look_at(key) for key in large], self)
            self._looking.finished.connect(self._on_looked)
            self._looking.start()
        elif large:
            self._seen = {key: time for key, time in files.items() if key not in large}  # the next time

    def _look_at(self, key: str) -> ShelfEntry | NnplayError:
        try:
            return self._folder.look(key)
        except NnplayError as error:
            return error

    def _show(self, found: ShelfEntry | NnplayError) -> None:
        if isinstance(found, ShelfEntry):
            self._shelf.put(found)
        else:  # the window may not be there yet
            QTimer.singleShot(0, self, partial(self._session.refused.emit, str(found)))

    @Slot()
    def _on_looked(self) -> None:
        thread = self._looking
        if thread is None or not thread.isFinished():
            return
        self._end_looking()
        for found in thread.result if isinstance(thread.result, list) else ():
            if not (isinstance(found, ShelfEntry) and self._folder.holds(found.data.key)):
                self._show(found)
        self.look()

    def _end_looking(self) -> None:
        thread, self._looking = self._looking, None
        if thread is not None:
            thread.wait()
            thread.deleteLater()

    @Slot(object)
    def _on_experiment_changed(self, experiment: Experiment) -> None:
        data = experiment.data if experiment.data.kind == YOURS else None
        left, self._current = self._current, data
        if left is not None and (data is None or data.key != left.key):
            self._leave(left)
        if data is None:
            return
        if self._folder.holds(data.key):
            if data.key not in self._deleted:
                self._shelf.put(ShelfEntry(data))
        elif not self._is_known_new(data):
            self._taking_in.start()

    def _is_known_new(self, data: DataSpec) -> bool:
        """Whether it is one that has just been given its key here; it is held from now on."""
        fresh = bool(data.key) and data.key not in self._folder.files() and self._shelf.entry(data.key) is None
        if fresh and self._folder.hold(data.key):
            self._shelf.put(ShelfEntry(data))
            return True
        return False

    def _leave(self, left: DataSpec) -> None:
        """Another data set takes its place."""
        key = left.key
        if not self._folder.holds(key) or key in self._deleted:
            return
        if not self._is_kept(key) and (self._session.undo_stack.undoing or not self._has_points(left)):
            self._shelf.remove(key)  # redo brings it back; an empty one nobody misses
            return
        self._writer.put(left)
        self._writer.go_on()

    @Slot()
    def _take_in(self) -> None:
        """Find out whether points that came from a file are those of the shelf, or a data set of their own."""
        data = self._current
        if data is None or self._folder.holds(data.key):
            return
        if not data.key or not self._folder.hold(data.key):
            self._give_key(data)
            return
        written = self._folder.files().get(data.key)
        if written is None or (self._copied_at is not None and self._copied_at >= written):
            self._shelf.put(ShelfEntry(data))
            return
        self._do(
            tr("Reading {file}", file=data.name),
            lambda _: self._folder.read(data.key),
            lambda kept: self._compare(data, kept),
            reads=False,
        )

    def _compare(self, data: DataSpec, kept: DataSpec) -> None:
        current = self._current
        if current is None or current.key != data.key:
            return
        if (kept.table, kept.preparation) == (data.table, data.preparation):
            self._writer.is_kept_as(kept)
            self._shelf.put(ShelfEntry(current))
        else:  # what is on the shelf was drawn on meanwhile, and stays
            self._folder.let_go(data.key)
            self._give_key(current)

    def _give_key(self, data: DataSpec) -> None:
        fresh = self._shelf.fresh(data, data.name or tr("Points"), numbered=not data.name)
        self._folder.hold(fresh.key)
        self._session.name_data(fresh)

    def _may_touch(self, entry: ShelfEntry) -> bool:
        if self._folder.hold(entry.data.key):
            return True
        self._session.refused.emit(tr("{name} is open in another window", name=entry.data.name))
        return False

    def _is_kept(self, key: str) -> bool:
        return self._writer.knows(key) or key in self._seen

    @staticmethod
    def _has_points(data: DataSpec) -> bool:
        return data.table is not None and len(data.table) > 0

    @Slot(str)
    def _on_kept(self, key: str) -> None:
        """What is long stays in its file alone while another data set is open."""
        entry, current = self._shelf.entry(key), self._current
        if entry is not None and entry.whole and is_long(entry.data) and (current is None or current.key != key):
            few = cut(entry.data)
            self._writer.is_kept_as(few)
            self._shelf.put(ShelfEntry(few, whole=False))

    @Slot(object)
    def _on_not_kept(self, error: Exception) -> None:
        if isinstance(error, NnplayError | OSError):
            self._session.refused.emit(tr("A data set could not be kept: {reason}", reason=error))
        else:
            self._session.failed.emit(error)
