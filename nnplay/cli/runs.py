"""A trained run of an experiment file."""

from pathlib import Path

from nnplay.experiments.document import read_document
from nnplay.experiments.explain import DocumentError
from nnplay.experiments.run_record import resumed
from nnplay.texts import tr
from nnplay.training.trainer import Trainer


def read_run(path: Path) -> Trainer:
    """The run that a file keeps.

    Raises
    ------
    DocumentError
        The file can't be read, or keeps none.
    InputError, TooLargeError
        The run doesn't fit its experiment, or needs too much memory.
    """
    document = read_document(path)
    if document.run is None:
        raise DocumentError(str(path), tr("there is no trained run in it; nnplay train with --out keeps one"))
    return resumed(document.experiment, document.run)
