"""File ▸ Export ▸ Network…: the run in the format of another tool; and weights that come back in."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QDialog, QFileDialog

from nnplay.gui.files.file_actions import FileActions
from nnplay.gui.files.file_thread import Progress
from nnplay.gui.files.save_dialog import ask_where, file_name
from nnplay.texts import tr
from nnplay.training.experiment import Experiment
from nnplay.training.moment import Moment, trainer_at
from nnplay.training.titles import data_title
from nnplay.training.trainer import Trainer

WEIGHTS_SUFFIX = ".safetensors"
"""Of files that weights come back from."""

# what exports is imported when it is wanted: not at the start


class NetworkExport(FileActions):
    """The page that asks for a format, and what is done with the answer."""

    @Slot()
    def ask_export(self) -> None:
        """Ask for a format and a file, and write the run to it as it is now."""
        from nnplay.gui.files.network_export_page import NetworkExportPage

        self._session.settle()
        trainer = self._copied()
        page = NetworkExportPage(trainer, self._window)
        try:
            if page.exec() == QDialog.DialogCode.Accepted:
                self._export(trainer, page.chosen)
        finally:
            page.deleteLater()

    @Slot()
    def ask_weights(self) -> None:
        """Ask for a file of weights, and start the experiment from them."""
        kinds = tr("Weights (*{suffix})", suffix=WEIGHTS_SUFFIX)
        name, _ = QFileDialog.getOpenFileName(self._window, tr("Import weights"), str(Path.home()), kinds)
        if name:
            self.import_path(Path(name))

    def import_path(self, path: Path) -> None:
        """Start the experiment from the weights of this file, as one step that can be undone, or say why not."""
        self._do(
            tr("Reading {file}", file=path.name),
            partial(_started_from, self._session.settle(), path),
            lambda trainer: self._session.replace_run(tr("Weights of {file}", file=path.name), trainer),
        )

    def _copied(self) -> Trainer:
        """A trainer at the moment of the run, which nobody else trains."""
        experiment, prepared, moment = self._session.ask(
            lambda trainer: (trainer.experiment, trainer.prepared, Moment.of(trainer))
        ).result()
        return trainer_at(experiment, prepared, moment)

    def _export(self, trainer: Trainer, key: str) -> None:
        from nnplay.experiments.export import FORMATS, ExportedRun, export_run

        wanted = FORMATS[key]
        data = trainer.experiment.data
        proposed = Path.home() / (file_name(data_title(data.kind, data.name)) + wanted.suffix)
        path = ask_where(self._window, tr("Export the network"), proposed, {tr(wanted.label): wanted.suffix})
        if path is None:
            return

        def write(_progress: Progress) -> tuple[Path, ...]:
            return export_run(ExportedRun(path.stem, trainer), wanted, path, overwrite=True)

        self._write_chosen(path, wanted.beside, write)


def _started_from(experiment: Experiment, path: Path, _progress: Progress) -> Trainer:
    from nnplay.experiments.from_weights import trainer_from

    return trainer_from(experiment, path)
