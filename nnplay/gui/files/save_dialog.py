"""Asks where to write a file, and sees to it that its name says what is in it."""

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtWidgets import QDialog, QFileDialog, QMessageBox, QWidget

from nnplay.data.regular_file import is_regular
from nnplay.gui.widgets.plain_text import message_box
from nnplay.texts import tr


def ask_where(window: QWidget, title: str, proposed: Path, kinds: Mapping[str, str]) -> Path | None:
    """The file that a person chose; None where they thought better of it.

    Parameters
    ----------
    proposed
        A folder, or a file in it whose name is there to be changed.
    kinds
        The suffix, with its point, of each kind of file: ``{"Experiments": ".nnplay"}``. A name without
        any of them gets that of the kind chosen.
    """
    filters = {f"{kind} (*{suffix})": suffix for kind, suffix in kinds.items()}
    dialog = QFileDialog(window, title)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setLabelText(QFileDialog.DialogLabel.LookIn, tr("Save in:"))
    dialog.setNameFilters(list(filters))
    dialog.filterSelected.connect(lambda chosen: dialog.setDefaultSuffix(filters[chosen][1:]))
    dialog.setDefaultSuffix(next(iter(kinds.values()))[1:])
    is_folder = proposed.is_dir()
    dialog.setDirectory(str(proposed if is_folder else proposed.parent))
    if not is_folder:
        dialog.selectFile(proposed.name)
    try:
        if dialog.exec() != QDialog.DialogCode.Accepted:
            return None
        chosen = Path(dialog.selectedFiles()[0])
        suffix = filters[dialog.selectedNameFilter()]
    finally:
        dialog.deleteLater()
    if chosen.suffix.lower() in kinds.values():
        return chosen
    path = chosen.with_name(chosen.name + suffix)  # "run 1.5" has a point, but no suffix
    return path if not is_regular(path) or _may_replace(window, path) else None


def file_name(title: str) -> str:
    """What a person called something as the name of a file: without what no folder on any system takes."""
    return "".join(" " if sign in '<>:"/\\|?*' else sign for sign in title).strip(" .") or "nnplay"


def _may_replace(window: QWidget, path: Path) -> bool:
    question = tr("{file} is there already. Replace it?", file=path.name)
    buttons = QMessageBox.StandardButton.Yes | QMessageBox.StandardButton.No
    box = message_box(QMessageBox.Icon.Question, question, buttons, window)
    return box.exec() == QMessageBox.StandardButton.Yes
