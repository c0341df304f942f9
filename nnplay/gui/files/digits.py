"""The pictures of MNIST and its relatives, from the files that a person has on disk."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QDialog, QFileDialog

from nnplay.data import Table
from nnplay.data.file_error import FileError
from nnplay.data.idx import labels_beside, names_for, read_image_shape, read_images
from nnplay.gui.files.file_actions import FileActions
from nnplay.gui.files.file_thread import Progress
from nnplay.texts import tr
from nnplay.training.edits import check_table, named_data, with_table
from nnplay.training.experiment import Experiment
from nnplay.training.trainer import Trainer

IMAGES = ("*images*ubyte", "*images*ubyte.gz", "*idx3*")
"""What the names of files of images look like."""
IDX_ENDINGS = ("-ubyte", "-ubyte.gz")
"""What the names of files of images or labels end in."""


@dataclass(frozen=True)
class ImportedPictures:
    """A fresh run on a table of pictures, the experiment that it changed, and the files that the table came from."""

    trainer: Trainer
    before: Experiment
    images: Path
    labels: Path


class DigitImport(FileActions):
    """Import of pictures with their labels, as a person sees it."""

    @Slot()
    def ask_import(self) -> None:
        """Ask for the file of images and import it."""
        title = tr("Import digits: choose the file of images")
        kinds = tr("IDX images ({patterns});;All files (*)", patterns=" ".join(IMAGES))
        name, _ = QFileDialog.getOpenFileName(self._window, title, str(Path.home()), kinds)
        if name:
            self.import_path(Path(name))

    def import_path(self, images: Path) -> None:
        """Read these images with the labels beside them; ask for the labels where there are none."""
        self._attempt(lambda: self._begin(images))

    def _begin(self, images: Path) -> None:
        shape = read_image_shape(images)
        samples, rows, columns = shape
        classes = len(names_for(images))
        check_table(self._session.experiment, samples, rows * columns, classes, (rows, columns))
        labels = self._labels_of(images, shape)
        if labels is None:
            return
        before = self._session.experiment

        def read(progress: Progress) -> ImportedPictures:
            table = read_images(images, labels, class_names=names_for(images), progress=progress)
            # here and not in the window's thread, which would stand still for seconds
            return ImportedPictures(Trainer(_on_pictures(before, table, images)), before, images, labels)

        self._do(tr("Reading {file}", file=images.name), read, self._take)

    def _labels_of(self, images: Path, shape: tuple[int, ...]) -> Path | None:
        """The file of the usual name, else the one that a person chooses; None where they choose none."""
        try:
            return labels_beside(images)
        except FileError:
            from nnplay.gui.files.labels_dialog import LabelsDialog  # rarely wanted: not at the start

            dialog = LabelsDialog(images, shape, self._window)
            try:
                return dialog.labels if dialog.exec() == QDialog.DialogCode.Accepted else None
            finally:
                dialog.deleteLater()

    def _take(self, read: ImportedPictures) -> None:
        session, table = self._session, read.trainer.prepared.table
        session.settle()
        text = tr("Import {n} picture|Import {n} pictures", "", len(table))
        if session.experiment == read.before:
            goes_on = session.running
            session.replace_run(text, read.trainer)
            if goes_on:
                session.toggle_training()
        else:  # a person went on playing meanwhile
            session.change(text, _on_pictures(session.experiment, table, read.images))
        session.message.emit(_what_was_read(read, session.experiment.model.dtype == "float32"))


def _on_pictures(experiment: Experiment, table: Table, images: Path) -> Experiment:
    return named_data(with_table(experiment, table, (0, 1)), images.stem)


def _what_was_read(read: ImportedPictures, single: bool) -> str:
    """How many pictures there are now, where they are from, and whether they are trained in single precision."""
    count, images, labels = len(read.trainer.prepared.table), read.images.name, read.labels.name
    if single:
        return tr(
            "{n} picture of {images}, with the labels of {labels}, trained in 32 bits|"
            "{n} pictures of {images}, with the labels of {labels}, trained in 32 bits",
            "",
            count,
            images=images,
            labels=labels,
        )
    return tr(
        "{n} picture of {images}, with the labels of {labels}|{n} pictures of {images}, with the labels of {labels}",
        "",
        count,
        images=images,
        labels=labels,
    )
