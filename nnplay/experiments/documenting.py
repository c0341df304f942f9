"""What an experiment file holds of a run: its experiment, where it stands, and its record."""

import msgspec

from nnplay.experiments.document import Document
from nnplay.experiments.record_file import record_of_recording
from nnplay.experiments.run_record import record_of
from nnplay.training.moment import Moment
from nnplay.training.record import Recording


def document_of(recording: Recording, moment: Moment | None = None) -> Document:
    """The document of a run between two steps.

    Parameters
    ----------
    moment
        Where it stands, if that was taken already.
    """
    run = record_of(moment or Moment.of(recording.trainer))
    record = record_of_recording(recording)
    return Document(
        experiment=recording.trainer.experiment, run=run, record=msgspec.UNSET if record is None else record
    )
