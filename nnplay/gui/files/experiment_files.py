"""Experiment files as the window uses them: open, save, and the ones opened lately.

Opening is a change like any other: Ctrl+Z brings back what was open before, and Save goes to its file again.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple, TypeAlias

from PySide6.QtCore import QObject, QSettings, Signal, Slot

from nnplay.data.regular_file import is_regular
from nnplay.errors import NnplayError
from nnplay.experiments import Document, document_of, read_document, recording_in, started, write_document
from nnplay.gui.files.file_thread import Progress
from nnplay.gui.files.on_disk import OnDisk
from nnplay.gui.files.saved_state import SavedState
from nnplay.gui.session.session import Session
from nnplay.resources import resource_path
from nnplay.texts import mark, tr
from nnplay.training.experiment import Experiment
from nnplay.training.moment import Moment
from nnplay.training.record import Recording
from nnplay.training.trainer import Trainer

SUFFIX = ".nnplay"
MOST_RECENT = 8
Belonging: TypeAlias = tuple[Path | None, SavedState | None]
"""The file that is open, and what was saved there; None where there is none, and where nothing was."""


class Preset(NamedTuple):
    """What File ▸ New calls it, and what there is to watch; marked texts."""

    title: str
    watch: str


PRESETS = {
    "xor": Preset(
        mark("The tutorial's XOR"), mark("Four points: the boundary bends until opposite corners share a colour")
    ),
    "circles": Preset(mark("Circles"), mark("Each hidden unit draws one line: watch them close around the disc")),
    "spirals": Preset(mark("Spirals"), mark("The hard one: the loss stays on a plateau, then falls as the arms part")),
    "too_large_a_rate": Preset(
        mark("Too large a learning rate"),
        mark("The loss jumps up and down: make the learning rate smaller, and it falls"),
    ),
    "zeros_as_weights": Preset(
        mark("Zeros as weights"), mark("All units of a layer stay the same: nothing tells them apart at the start")
    ),
    "ten_sigmoid_layers": Preset(
        mark("Ten sigmoid layers: the gradient that vanishes"),
        mark("The tab Gradients: that of layer 1 is almost nothing, and the loss hardly falls"),
    ),
    "digits": Preset(mark("Digits"), mark("The weights of the first layer become pictures; draw a digit on the pad")),
}
"""The files in resources/presets."""


class Files(QObject):
    """The file that the session's experiment came from or goes to.

    Parameters
    ----------
    settings
        Where the recent ones are remembered.
    fresh
        Whether what is open at first is nobody's work yet, and not what was left unsaved.

    Signals
    -------
    changed
        Another file is open, or the list of recent ones is another.
    leaving
        What is open gives way to another file or a new experiment, and isn't saved as it is: a moment to keep it.
    modified_changed(modified)
        Something has been changed or trained since it was opened or saved, or that was undone.
    """

    changed = Signal()
    leaving = Signal()
    modified_changed = Signal(bool)

    def __init__(
        self, session: Session, settings: QSettings, parent: QObject | None = None, *, fresh: bool = True
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._settings = settings
        self.path: Path | None = None
        self.on_disk = OnDisk()
        self._saved = SavedState(session.experiment, session.moment()) if fresh else None
        self._modified = not fresh
        session.state_changed.connect(self._look)
        session.experiment_changed.connect(self._look)
        session.undo_stack.indexChanged.connect(self._look)
        session.walk.changed.connect(self._look)

    @property
    def modified(self) -> bool:
        """Whether anything has been changed or trained since it was opened or saved."""
        session = self._session
        if session.running or self._saved is None:
            return True
        trainer = session.timeline.trainer
        return not self._saved.holds(trainer.experiment, trainer)

    @property
    def recent(self) -> list[Path]:
        """The files opened or saved last, newest first, without those that are gone."""
        return recent_files(self._settings)

    def open(self, path: Path) -> None:
        """Open an experiment file here and now, and go on with its run where it has one.

        Raises
        ------
        NnplayError
            The file can't be taken; what is open stays.
        """
        self.take(read_run(path), path)

    def take(self, run: Recording, path: Path) -> None:
        """Go over to the run that was read from an experiment file, which is open from now on."""
        self._replace_run(run, tr("Open {file}", file=path.name), path.resolve())
        self.on_disk.note(path.resolve())
        self._remember(path.resolve())

    def take_copy(self, run: Recording, title: str) -> None:
        """Go over to the run of a copy, which belongs to no file of a person's."""
        self._replace_run(run, tr("Open {file}", file=title), None, saved=False)

    def new(self, preset: str) -> None:
        """Open a fresh experiment from the preset of this name, which no file belongs to, and say what to watch."""
        title, watch = map(tr, PRESETS[preset])
        self._replace_run(read_run(preset_path(preset)), tr("New: {preset}", preset=title), None)
        self._session.message.emit(tr("New: {preset}. {watch}", preset=title, watch=watch))

    def save(self, path: Path | None = None) -> None:
        """Write experiment and run to `path`, or to the file that is open where None, which there must be then.

        Raises
        ------
        NnplayError
            The file can't be written; an old one of that name is whole.
        """
        target = path or self.path
        assert target is not None
        target = with_suffix(target)
        self._session.settle()
        document, state = self._session.timeline.ask(_documented).result()
        write_document(document, target)
        self.on_disk.note(target.resolve())
        self._remember(target.resolve())
        self._belong_to((target.resolve(), state))
        self._session.message.emit(tr("Saved {file}", file=target.name))

    def document(self) -> Document:
        """Experiment and run as they are now."""
        self._session.settle()
        return self._session.timeline.ask(_documented).result()[0]

    def keep_unsaved(self) -> None:
        """Something else takes the place of what is open: let it be kept where it is saved nowhere."""
        if self.modified:
            self.leaving.emit()

    def _replace_run(self, run: Recording, text: str, path: Path | None, *, saved: bool = True) -> None:
        state = SavedState(run.trainer.experiment, Moment.of(run.trainer)) if saved else None
        also = _Belong((path, state), self._belong_to, self.keep_unsaved)
        self._session.replace_run(text, run, also, before=_KeepUnsaved(self.keep_unsaved))
        if run.problem:
            self._session.refused.emit(run.problem)
        self._look()

    def _belong_to(self, to: Belonging) -> Belonging:
        """Let what is open belong to this file, as it was saved there, and give those of before."""
        before = self.path, self._saved
        self.path, self._saved = to
        self.changed.emit()
        self._look()
        return before

    @Slot()
    def _look(self) -> None:
        modified = self.modified
        if modified != self._modified:
            self._modified = modified
            self.modified_changed.emit(modified)

    def _remember(self, path: Path) -> None:
        names = [str(path), *(str(other) for other in self.recent if other != path)]
        self._settings.setValue("files/recent", names[:MOST_RECENT])
        self._settings.sync()  # before another window adds its own to them
        self.changed.emit()


class _KeepUnsaved:
    """Before another run takes the place of what is open, that is kept."""

    def __init__(self, keep: Callable[[], None]) -> None:
        self.redo = keep

    def undo(self) -> None:
        """What was there before is there again."""

    def arrays(self) -> tuple[()]:
        """None."""
        return ()


class _Belong:
    """What is open belongs to another file; undone and redone, to the one that it belonged to when that was left."""

    def __init__(self, to: Belonging, belong_to: Callable[[Belonging], Belonging], keep: Callable[[], None]) -> None:
        self._to, self._belong_to, self._keep = to, belong_to, keep

    def redo(self) -> None:
        """Go over to the other file."""
        self._to = self._belong_to(self._to)

    def undo(self) -> None:
        """Go back, and keep what was done there."""
        self._keep()
        self.redo()

    def arrays(self) -> tuple[()]:
        """None."""
        return ()


def _documented(record: Recording) -> tuple[Document, SavedState]:
    state = SavedState(record.trainer.experiment, Moment.of(record.trainer))
    return document_of(record, state.moment), state


def recent_files(settings: QSettings) -> list[Path]:
    """The files opened or saved last, newest first, without those that are gone."""
    settings.sync()  # another window may have opened or saved one meanwhile
    names = settings.value("files/recent", [])
    names = [names] if isinstance(names, str) else names if isinstance(names, Sequence) else []
    return [path for path in map(Path, names) if is_regular(path)]


def read_run(path: Path, progress: Progress = lambda _done, _total: None) -> Recording:
    """Read an experiment file, and make the run that goes on from it, with its record; in a thread if it takes long.

    Raises
    ------
    NnplayError
        The file can't be taken.
    """
    progress(0, 2)
    document = read_document(path)
    progress(1, 2)
    trainer = started(document.experiment, document.run)
    try:
        run = recording_in(document, trainer, path.name)
    except NnplayError as error:
        run = Recording(trainer)
        run.problem = tr("The run is open, but its timeline can't be read and begins anew ({problem})", problem=error)
    progress(2, 2)
    return run


def with_suffix(path: Path) -> Path:
    """The path as an experiment file's; a point inside the name is no suffix."""
    return path if path.suffix.lower() == SUFFIX else path.with_name(path.name + SUFFIX)


def preset_path(name: str) -> Path:
    """Where the preset `name` is."""
    return resource_path(f"presets/{name}{SUFFIX}")


def tutorial() -> Recording:
    """The tutorial's experiment, which the first start opens on."""
    try:
        return read_run(preset_path("xor"))
    except NnplayError:
        return Recording(Trainer(Experiment()))
