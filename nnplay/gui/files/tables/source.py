"""Where a table comes from: a file or the clipboard, which can be read again with another layout."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from nnplay.data.tables.layout import Layout
from nnplay.data.tables.reading import read_file, read_text
from nnplay.data.tables.sheet import Sheet
from nnplay.gui.files.file_thread import Progress
from nnplay.texts import tr


@dataclass(frozen=True)
class TableSource:
    """What a table is read from.

    Attributes
    ----------
    name
        The file's name, or what stands for the clipboard.
    title
        What a data set that is made of it is called.
    read
        Reads it in a layout, and tells (done, in all).
    """

    name: str
    title: str
    read: Callable[[Layout, Progress], Sheet]

    @classmethod
    def of_file(cls, path: Path) -> "TableSource":
        """A file."""
        return cls(path.name, path.stem, lambda layout, progress: read_file(path, layout, progress=progress))

    @classmethod
    def of_clipboard(cls, text: str) -> "TableSource":
        """The text of the clipboard."""
        return cls(tr("clipboard"), tr("Pasted"), lambda layout, progress: read_text(text, layout, progress=progress))
