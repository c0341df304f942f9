"""File ▸ Open Recent: the files opened or saved last, and below them what was left without being saved."""

from pathlib import Path

from PySide6.QtCore import QDateTime, QLocale
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from nnplay.experiments.summary import Summary, read_summary
from nnplay.gui.files.copies import left_over, written_at
from nnplay.gui.files.experiment_files import Files
from nnplay.gui.files.file_dialogs import FileDialogs
from nnplay.gui.widgets.number_format import count_text
from nnplay.gui.widgets.plain_text import menu_text, set_tip
from nnplay.texts import one_line, tr
from nnplay.training.titles import data_title


class RecentMenu(QMenu):
    """What was open lately, the newest first in each of its two sections.

    Parameters
    ----------
    folder
        Where the windows keep their copies.
    """

    def __init__(self, window: QWidget, files: Files, dialogs: FileDialogs, folder: Path) -> None:
        super().__init__(tr("Open Recent"), window)
        self._files = files
        self._dialogs = dialogs
        self._folder = folder
        self._titles: dict[tuple[Path, float], str] = {}
        self.setToolTipsVisible(True)
        files.changed.connect(self.fill)
        self.aboutToShow.connect(self.fill)
        self.fill()

    def fill(self) -> None:
        """Show what there is now."""
        for action in self.actions():
            self.removeAction(action)
            action.deleteLater()  # not at once: it may be the one that has just been chosen
        for number, path in enumerate(self._files.recent, 1):
            action = self.addAction(menu_text(one_line(path.name)))
            action.setShortcut(QKeySequence(f"Ctrl+Shift+O, {number}"))
            set_tip(action, one_line(str(path)))
            action.triggered.connect(lambda _=False, chosen=path: self._dialogs.open_path(chosen))
        copies = left_over(self._folder)
        if copies:
            self.addSeparator()
            self.addAction(tr("Not saved")).setEnabled(False)  # a style sheet shows no section's title
        for path in copies:
            title = self._title(path)
            action = self.addAction(menu_text(title))
            set_tip(action, one_line(str(path)))
            action.triggered.connect(lambda _=False, chosen=path, of=title: self._dialogs.open_copy(chosen, of))
        self.setEnabled(not self.isEmpty())

    def _title(self, path: Path) -> str:
        """What the copy is called; read once for each time that it was written."""
        key = path, written_at(path)
        if key not in self._titles:
            self._titles[key] = copy_title(read_summary(path), path)
        return self._titles[key]


def copy_title(summary: Summary | None, path: Path) -> str:
    """The data, the time and the epochs of a copy; its name in place of the data where it can't be read."""
    written = QDateTime.fromSecsSinceEpoch(round(written_at(path)))
    time = QLocale().toString(written, tr("d MMM HH:mm", "when a copy was written"))
    if summary is None:
        return tr("{file}, {time}", file=path.name, time=time)
    return tr(
        "{data}, {time}, {epochs} epoch|{data}, {time}, {epochs} epochs",
        "",
        summary.epoch,
        data=data_title(summary.kind, summary.name),
        time=time,
        epochs=count_text(summary.epoch),
    )
