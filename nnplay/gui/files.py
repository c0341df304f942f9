"""Experiment files as the window uses them: open, save, recent ones, and a copy kept so that nothing is lost.

Opening is an act like any other: Ctrl+Z brings back what was open before. What is open at exit, or
when the program is killed, is there again at the next start.
"""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QSettings, QTimer, Signal

from nnplay.data.shipped import resource_path
from nnplay.errors import NnplayError
from nnplay.experiments import Document, read_document, write_document
from nnplay.gui.session import Session
from nnplay.training.experiment import Experiment
from nnplay.training.record import resumed
from nnplay.training.trainer import Trainer

SUFFIX = ".nnplay"
MOST_RECENT = 8
AUTOSAVE_MS = 30_000
AUTOSAVE_NAME = "autosave" + SUFFIX


class Files(QObject):
    """The file that the session's experiment came from or goes to.

    Parameters
    ----------
    folder
        Where the copy is kept.

    Signals
    -------
    changed
        Another file is open, or the list of recent ones is another.
    """

    changed = Signal()

    def __init__(self, session: Session, settings: QSettings, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._settings = settings
        self._folder = folder
        self._saved: Document | None = None
        self.path: Path | None = None
        self._timer = QTimer(self, interval=AUTOSAVE_MS)
        self._timer.timeout.connect(self.autosave)
        self._timer.start()

    @property
    def recent(self) -> list[Path]:
        """The files opened or saved last, newest first, without those that are gone."""
        names = self._settings.value("files/recent", [])
        names = [names] if isinstance(names, str) else names if isinstance(names, Sequence) else []
        return [path for path in map(Path, names) if path.is_file()]

    def open(self, path: Path) -> None:
        """Open an experiment file, and go on with its run where it has one.

        Raises
        ------
        NnplayError
            The file can't be taken; what is open stays.
        """
        self._take_over(read_document(path), f"Open {path.name}")
        self._belongs_to(path)

    def new(self, preset: str) -> None:
        """Open a fresh experiment from the preset of this name, which no file belongs to."""
        self._take_over(read_document(preset_path(preset)), f"New from {preset}")
        self.path = None
        self.changed.emit()

    def save(self, path: Path | None = None) -> None:
        """Write experiment and run to `path`, or to the file that is open.

        Raises
        ------
        NnplayError
            The file can't be written; an old one of that name is whole.
        ValueError
            No path, and no file is open.
        """
        target = path or self.path
        if target is None:
            raise ValueError("there is no file to save to yet")
        if not target.suffix:
            target = target.with_suffix(SUFFIX)
        write_document(self.document(), target)
        self._belongs_to(target)
        self._session.message.emit(f"Saved {target.name}")

    def document(self) -> Document:
        """Experiment and run as they are now."""
        return Document(experiment=self._session.experiment, run=self._session.record())

    def autosave(self) -> None:
        """Keep a copy of what is open; a disk that can't take it stops nobody from playing."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            document = self.document()
            if document != self._saved:
                write_document(document, self._folder / AUTOSAVE_NAME)
                self._saved = document
        except (NnplayError, OSError) as error:
            self._session.message.emit(f"No copy could be kept: {error}")

    def _take_over(self, document: Document, text: str) -> None:
        self._session.take_over(text, started(document))

    def _belongs_to(self, path: Path) -> None:
        self.path = path.resolve()
        names = [str(self.path), *(str(other) for other in self.recent if other != self.path)]
        self._settings.setValue("files/recent", names[:MOST_RECENT])
        self.changed.emit()


def started(document: Document) -> Trainer:
    """A trainer at the moment that a document holds.

    Raises
    ------
    InputError
        Data, model and run don't fit together.
    """
    run = document.run
    return Trainer(document.experiment) if run is None else resumed(document.experiment, run)


def preset_path(name: str) -> Path:
    """Where the preset `name` is."""
    return resource_path(f"presets/{name}{SUFFIX}")


def last_time(folder: Path) -> Trainer | None:
    """What was open when the program ended last; None for a first start.

    A copy that can't be read is set aside under another name, so that it is neither in the way nor lost.
    """
    path = folder / AUTOSAVE_NAME
    try:
        return started(read_document(path)) if path.is_file() else None
    except NnplayError:
        path.replace(path.with_suffix(".unreadable"))
        return None


def tutorial() -> Trainer:
    """The tutorial's experiment, which the first start opens on."""
    try:
        return started(read_document(preset_path("xor")))
    except NnplayError:
        return Trainer(Experiment())
