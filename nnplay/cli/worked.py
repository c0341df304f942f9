"""`nnplay worked`: one step of a small network, written out as on a board."""

import argparse

from nnplay.errors import InputError, a_whole_number
from nnplay.experiments.document import read_document
from nnplay.experiments.run_record import resumed
from nnplay.experiments.worked.blanks import Blanks
from nnplay.experiments.worked.export import check_path, write_sheet
from nnplay.experiments.worked.from_run import example_of
from nnplay.experiments.worked.sheet import sheet_of
from nnplay.training.slices import Point
from nnplay.training.trainer import Trainer


def worked_command(arguments: argparse.Namespace) -> int:
    """Write the sheet, print what was written; return the exit code.

    Raises
    ------
    DocumentError, InputError, TooLargeError
        What can't be read, is too large to be worked by hand, or can't be written.
    """
    check_path(arguments.out, overwrite=arguments.force)  # said before the run is read
    document = read_document(arguments.file)
    trainer = Trainer(document.experiment) if document.run is None else resumed(document.experiment, document.run)
    example = example_of(trainer, _sample(trainer, arguments.sample))
    sheet = sheet_of(example, Blanks(arguments.blanks))
    for path in write_sheet(
        sheet, arguments.out, digits=arguments.digits, answers=arguments.answers, overwrite=arguments.force
    ):
        print(path)
    return 0


def _sample(trainer: Trainer, place: int | None) -> Point | None:
    """The inputs of the sample at this place of the data, from 1."""
    if place is None:
        return None
    inputs = trainer.prepared.table.inputs
    if place > len(inputs):
        raise InputError("--sample", place, a_whole_number(1, len(inputs)))
    return tuple(inputs[place - 1].tolist())
