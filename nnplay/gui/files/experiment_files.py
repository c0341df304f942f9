"""Experiment files as the window uses them: open, save, and the ones opened lately.

Opening is a change like any other: Ctrl+Z brings back what was open before, and Save goes to its file again.
"""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QSettings, Signal

from nnplay.data.regular_file import is_regular
from nnplay.errors import NnplayError
from nnplay.experiments import Document, read_document, record_of, started, write_document
from nnplay.gui.files.file_thread import Progress
from nnplay.gui.files.on_disk import OnDisk
from nnplay.gui.session.session import Session
from nnplay.resources import resource_path
from nnplay.texts import mark, tr
from nnplay.training.experiment import Experiment
from nnplay.training.trainer import Trainer

SUFFIX = ".nnplay"
MOST_RECENT = 8
PRESETS = {
    "xor": mark("The tutorial's XOR"),
    "circles": mark("Circles"),
    "spirals": mark("Spirals"),
    "too_large_a_rate": mark("Too large a learning rate"),
    "zeros_as_weights": mark("Zeros as weights"),
    "ten_sigmoid_layers": mark("Ten sigmoid layers: the gradient that vanishes"),
    "digits": mark("Digits"),
}
"""The files in resources/presets, as File ▸ New calls them; marked texts."""


class Files(QObject):
    """The file that the session's experiment came from or goes to.

    Parameters
    ----------
    settings
        Where the recent ones are remembered.

    Signals
    -------
    changed
        Another file is open, or the list of recent ones is another.
    leaving
        What is open gives way to the copy of another window: a moment to keep it in its own.
    """

    changed = Signal()
    leaving = Signal()

    def __init__(self, session: Session, settings: QSettings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._settings = settings
        self.path: Path | None = None
        self.on_disk = OnDisk()

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

    def take(self, trainer: Trainer, path: Path) -> None:
        """Go over to the run that was read from an experiment file, which is open from now on."""
        self._replace_run(trainer, tr("Open {file}", file=path.name), path.resolve())
        self.on_disk.note(path.resolve())
        self._remember(path.resolve())

    def take_copy(self, trainer: Trainer, title: str) -> None:
        """Go over to the run of a copy, which belongs to no file of a person's."""
        self.leaving.emit()
        self._replace_run(trainer, tr("Open {file}", file=title), None)

    def new(self, preset: str) -> None:
        """Open a fresh experiment from the preset of this name, which no file belongs to."""
        text = tr("New: {preset}", preset=tr(PRESETS[preset]))
        self._replace_run(read_run(preset_path(preset)), text, None)

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
        write_document(self.document(), target)
        self.on_disk.note(target.resolve())
        self._remember(target.resolve())
        self._belong_to(target.resolve())
        self._session.message.emit(tr("Saved {file}", file=target.name))

    def document(self) -> Document:
        """Experiment and run as they are now."""
        return Document(experiment=self._session.settle(), run=record_of(self._session.moment()))

    def _replace_run(self, trainer: Trainer, text: str, path: Path | None) -> None:
        self._session.replace_run(text, trainer, _Belong(path, self._belong_to))

    def _belong_to(self, path: Path | None) -> Path | None:
        """Let what is open belong to this file, and give the one that it belonged to."""
        before, self.path = self.path, path
        self.changed.emit()
        return before

    def _remember(self, path: Path) -> None:
        names = [str(path), *(str(other) for other in self.recent if other != path)]
        self._settings.setValue("files/recent", names[:MOST_RECENT])
        self._settings.sync()  # before another window adds its own to them
        self.changed.emit()


class _Belong:
    """What is open belongs to another file; undone and redone, to the one that it belonged to when that was left."""

    def __init__(self, path: Path | None, belong_to: Callable[[Path | None], Path | None]) -> None:
        self._path, self._belong_to = path, belong_to

    def redo(self) -> None:
        """Go over to the other file."""
        self._path = self._belong_to(self._path)

    undo = redo

    def arrays(self) -> tuple[()]:
        """None."""
        return ()


def recent_files(settings: QSettings) -> list[Path]:
    """The files opened or saved last, newest first, without those that are gone."""
    settings.sync()  # another window may have opened or saved one meanwhile
    names = settings.value("files/recent", [])
    names = [names] if isinstance(names, str) else names if isinstance(names, Sequence) else []
    return [path for path in map(Path, names) if is_regular(path)]


def read_run(path: Path, progress: Progress = lambda _done, _total: None) -> Trainer:
    """Read an experiment file, and make the run that goes on from it; in a thread where it may take long.

    Raises
    ------
    NnplayError
        The file can't be taken.
    """
    progress(0, 2)
    document = read_document(path)
    progress(1, 2)
    trainer = started(document.experiment, document.run)
    progress(2, 2)
    return trainer


def with_suffix(path: Path) -> Path:
    """The path as an experiment file's; a point inside the name is no suffix."""
    return path if path.suffix.lower() == SUFFIX else path.with_name(path.name + SUFFIX)


def preset_path(name: str) -> Path:
    """Where the preset `name` is."""
    return resource_path(f"presets/{name}{SUFFIX}")


def tutorial() -> Trainer:
    """The tutorial's experiment, which the first start opens on."""
    try:
        return read_run(preset_path("xor"))
    except NnplayError:
        return Trainer(Experiment())
