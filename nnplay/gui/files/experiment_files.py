"""Experiment files as the window uses them: open, save, and the ones opened lately.

Opening is a change like any other: Ctrl+Z brings back what was open before, and Save goes to its file again.
"""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QSettings, Signal
from PySide6.QtGui import QUndoCommand

from nnplay.errors import NnplayError
from nnplay.experiments import Document, read_document, record_of, started, write_document
from nnplay.gui.guard import Guarded
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
    """

    changed = Signal()

    def __init__(self, session: Session, settings: QSettings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._settings = settings
        self.path: Path | None = None

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
        self._replace_run(read_document(path), tr("Open {file}", file=path.name), path.resolve())
        self._remember(path.resolve())

    def new(self, preset: str) -> None:
        """Open a fresh experiment from the preset of this name, which no file belongs to."""
        text = tr("New: {preset}", preset=tr(PRESETS[preset]))
        self._replace_run(read_document(preset_path(preset)), text, None)

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
        self._remember(target.resolve())
        self._belong_to(target.resolve())
        self._session.message.emit(tr("Saved {file}", file=target.name))

    def document(self) -> Document:
        """Experiment and run as they are now."""
        return Document(experiment=self._session.experiment, run=record_of(self._session.moment()))

    def _replace_run(self, document: Document, text: str, path: Path | None) -> None:
        trainer, stack = started(document.experiment, document.run), self._session.undo_stack
        stack.beginMacro(text)
        try:
            self._session.replace_run(text, trainer)
            stack.push(_Belong(self.path, path, self._belong_to))
        finally:
            stack.endMacro()

    def _belong_to(self, path: Path | None) -> None:
        self.path = path
        self.changed.emit()

    def _remember(self, path: Path) -> None:
        names = [str(path), *(str(other) for other in self.recent if other != path)]
        self._settings.setValue("files/recent", names[:MOST_RECENT])
        self.changed.emit()


class _Belong(Guarded, QUndoCommand):
    """What is open belongs to another file."""

    def __init__(self, before: Path | None, after: Path | None, belong_to: Callable[[Path | None], None]) -> None:
        super().__init__()
        self._before, self._after, self._belong_to = before, after, belong_to

    def redo(self) -> None:
        """Called by the stack, the first time when the command is pushed."""
        self._belong_to(self._after)

    def undo(self) -> None:
        """Called by the stack."""
        self._belong_to(self._before)


def with_suffix(path: Path) -> Path:
    """The path as an experiment file's; a point inside the name is no suffix."""
    return path if path.suffix.lower() == SUFFIX else path.with_name(path.name + SUFFIX)


def preset_path(name: str) -> Path:
    """Where the preset `name` is."""
    return resource_path(f"presets/{name}{SUFFIX}")


def tutorial() -> Trainer:
    """The tutorial's experiment, which the first start opens on."""
    try:
        return Trainer(read_document(preset_path("xor")).experiment)
    except NnplayError:
        return Trainer(Experiment())
