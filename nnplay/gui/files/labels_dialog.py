"""Asks for the labels of a file of images that has none beside it."""

from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from nnplay.data.idx import read_shape, usual_labels
from nnplay.errors import NnplayError
from nnplay.gui.theme.sizes import set_margins, set_minimum_height, set_minimum_width, set_spacing
from nnplay.gui.theme.style import set_role
from nnplay.gui.widgets.plain_text import PlainLabel, set_tip
from nnplay.texts import tr

LABELS = ("*labels*ubyte", "*labels*ubyte.gz", "*idx1*")
"""What the names of files of labels look like."""


class LabelsDialog(QDialog):
    """What was found, and a button to choose the file of labels.

    Parameters
    ----------
    images
        The file of images.
    shape
        (N, rows, columns) of them.

    Attributes
    ----------
    labels
        A file with one label an image once OK can be pressed; None before.
    """

    def __init__(self, images: Path, shape: tuple[int, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("labels")
        self.setWindowTitle(tr("Import digits"))
        set_minimum_width(self, 480)
        self.labels: Path | None = None
        self._images = images
        self._count = shape[0]
        self._usual = usual_labels(images.name)
        found = tr(
            "{file} holds {n} image of {rows} × {columns} pixels.|"
            "{file} holds {n} images of {rows} × {columns} pixels.",
            "",
            self._count,
            file=images.name,
            rows=shape[1],
            columns=shape[2],
        )
        self._build(found)
        self._show(tr("No file chosen yet"))

    def _build(self, found: str) -> None:
        self.chosen = PlainLabel()
        self.chosen.setWordWrap(True)
        set_minimum_height(self.chosen, 36)
        self.choose = QPushButton(tr("Choose…"))
        set_tip(self.choose, tr("Choose the file that says what each image is"))
        self.choose.clicked.connect(self._on_choose)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        row = QHBoxLayout()
        set_spacing(row, 12)
        row.addWidget(self.chosen, 1)
        row.addWidget(self.choose)
        column = QVBoxLayout(self)
        set_margins(column, 20, 18, 20, 16)
        set_spacing(column, 12)
        for text in (found, self._missing()):
            label = PlainLabel(text)
            label.setWordWrap(True)
            column.addWidget(label)
        column.addLayout(row)
        column.addWidget(self.buttons)

    def _missing(self) -> str:
        if self._usual == self._images.name:
            return tr("No file of labels is beside it. Which file says what each image is?")
        return tr("No file of labels called {file} is beside it. Which file says what each image is?", file=self._usual)

    @Slot()
    def _on_choose(self) -> None:
        kinds = tr("IDX labels ({patterns});;All files (*)", patterns=" ".join(LABELS))
        name, _ = QFileDialog.getOpenFileName(self, tr("Choose the labels"), str(self._images.parent), kinds)
        if not name:
            return
        self.labels = None
        try:
            (count,) = read_shape(name, 1)
        except NnplayError as error:
            self._show(str(error), wrong=True)
            return
        if count != self._count:
            problem = tr(
                "{file}: has {n} label; {expected} were expected, one an image|"
                "{file}: has {n} labels; {expected} were expected, one an image",
                "",
                count,
                file=Path(name).name,
                expected=f"{self._count:,}",
            )
            self._show(problem, wrong=True)
            return
        self.labels = Path(name)
        self._show(tr("{file}: {n} label|{file}: {n} labels", "", count, file=self.labels.name))

    def _show(self, text: str, *, wrong: bool = False) -> None:
        set_role(self.chosen, "alarm" if wrong else "quiet" if self.labels is None else "")
        self.chosen.setText(text)
        okay = self.buttons.button(QDialogButtonBox.StandardButton.Ok)
        okay.setEnabled(self.labels is not None)
        (self.choose if self.labels is None else okay).setFocus()
