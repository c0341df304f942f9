"""What an experiment file holds of a run: its experiment, where it stands, and its record."""

import msgspec

from nnplay.errors import InputError
from nnplay.experiments.document import Document
from nnplay.experiments.explain import DocumentError, explained
from nnplay.experiments.record_file import RecordingRecord, TakenRecord
from nnplay.experiments.record_reading import recording_of
from nnplay.experiments.run_record import record_of
from nnplay.training.moment import Moment
from nnplay.training.record import Recording
from nnplay.training.trainer import Trainer


class _RecordPart(msgspec.Struct):
    record: RecordingRecord


class TakenRun:
    """A run and its record as they were between two steps, to be written down later, in any thread.

    Parameters
    ----------
    moment
        Where it stands, if that was taken already.
    """

    def __init__(self, recording: Recording, moment: Moment | None = None) -> None:
        self._experiment = recording.trainer.experiment
        self._moment = moment or Moment.of(recording.trainer)
        self._record = TakenRecord(recording)

    def document(self) -> Document:
        """The document of it, which takes some time to make."""
        record = self._record.record()
        return Document(
            experiment=self._experiment, run=record_of(self._moment), record=msgspec.UNSET if record is None else record
        )


def document_of(recording: Recording, moment: Moment | None = None) -> Document:
    """The document of a run between two steps."""
    return TakenRun(recording, moment).document()


def recording_in(document: Document, trainer: Trainer, source: str) -> Recording:
    """The record that a document has of the run which `trainer` has taken up from it; a fresh one where it has none.

    Parameters
    ----------
    source
        The name that errors begin with.

    Raises
    ------
    DocumentError
        It can't be read, or doesn't fit the run; the field is named.
    TooLargeError
        It doesn't fit into memory.
    """
    if document.record is msgspec.UNSET:
        return Recording(trainer)
    tree = {"record": document.record}
    try:
        part = msgspec.convert(tree, _RecordPart)
    except msgspec.ValidationError as error:
        raise explained(error, tree, _RecordPart, source) from error
    try:
        return recording_of(part.record, trainer)
    except InputError as error:
        raise DocumentError.of_field(source, error.field, error.value, error.allowed) from error
