"""What is seen of a table before it is imported: its sheet, what each column is used as, and what comes of that.

A person's corrections are kept as a list, so that they can be done again on a sheet that was read in another way.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from nnplay.data.tables import roles
from nnplay.data.tables.choice import Choice, Kind, Missing, Role
from nnplay.data.tables.layout import Layout
from nnplay.data.tables.making import check_import, make_import
from nnplay.data.tables.sheet import Sheet
from nnplay.data.tables.suggestion import suggested_choice
from nnplay.errors import NnplayError
from nnplay.gui.files.file_thread import Progress
from nnplay.gui.files.tables.source import TableSource
from nnplay.gui.files.tables.words import settings_of
from nnplay.training.edits import check_table, with_import
from nnplay.training.experiment import Experiment

Correction = Callable[[Sheet, Choice], Choice]

FEW_CELLS = 200_000
"""A table of up to so many cells is looked at, and made, within some hundredths of a second."""


@dataclass(frozen=True, eq=False)
class SheetLook:
    """What the import page shows.

    Attributes
    ----------
    sheet, suggested
        What was read, and what its columns were taken for at first.
    missing
        How many cells of each column are missing.
    choice
        What they are used as.
    notes
        What is dropped, filled or changed, a sentence each.
    problem
        Why it can't be imported so; "" where it can.
    refused
        Why the last correction was not taken; "" where it was.
    settings
        With which settings training will start; "" where that isn't known yet.
    """

    sheet: Sheet
    suggested: Choice
    missing: tuple[int, ...]
    choice: Choice
    notes: tuple[str, ...]
    problem: str = ""
    refused: str = ""
    settings: str = ""


def first_look(
    source: TableSource,
    layout: Layout,
    experiment: Experiment,
    corrections: Sequence[Correction],
    progress: Progress,
) -> SheetLook:
    """Read a table and look at it; in a thread.

    Raises
    ------
    NnplayError
        It can't be read so.
    """
    sheet = source.read(layout, progress)
    suggested = suggested_choice(sheet)
    missing = tuple(int(np.count_nonzero(column.missing)) for column in sheet.columns)
    return look_again(SheetLook(sheet, suggested, missing, suggested, ()), experiment, corrections)


def look_again(look: SheetLook, experiment: Experiment, corrections: Sequence[Correction]) -> SheetLook:
    """The same sheet with these corrections of the suggestion; in a thread where it `is_long`.

    Parameters
    ----------
    experiment
        What the table will take the place in.
    """
    sheet, choice, refused = look.sheet, look.suggested, ""
    for correction in corrections:
        try:
            choice, refused = correction(sheet, choice), ""
        except NnplayError as error:
            refused = str(error)
    made = partial(SheetLook, sheet, look.suggested, look.missing, choice, refused=refused)
    try:
        checked = check_import(sheet, choice)
        check_table(experiment, checked.rows, checked.preparation.inputs)
        return made(checked.notes, settings="" if is_long(sheet) else _settings(sheet, choice, experiment))
    except NnplayError as error:
        return made(sheet.notes, str(error))


def is_long(sheet: Sheet) -> bool:
    """Whether a look at it may take more than a tenth of a second."""
    return sheet.rows * len(sheet.columns) > FEW_CELLS


def _settings(sheet: Sheet, choice: Choice, experiment: Experiment) -> str:
    return settings_of(with_import(experiment, make_import(sheet, choice)))


# corrections: a column that isn't there any more leaves all as it is


def used_as(name: str, role: Role, kind: Kind | None = None) -> Correction:
    """Use the column of this name as that; taken for what it was taken for where `kind` is None."""

    def correction(sheet: Sheet, choice: Choice) -> Choice:
        column = next((k for k, each in enumerate(sheet.columns) if each.name == name), None)
        if column is None:
            return choice
        if role == "target":
            choice = roles.with_target(sheet, choice, column)
        else:
            choice = roles.with_role(sheet, choice, column, role)
        return choice if kind is None else roles.with_kind(sheet, choice, column, kind)

    return correction


def no_target(sheet: Sheet, choice: Choice) -> Choice:
    """Learn none of the columns."""
    return roles.with_target(sheet, choice, None)


def filled(wanted: Missing) -> Correction:
    """Leave rows with missing values out, or fill these in."""
    return lambda _sheet, choice: roles.with_missing(choice, wanted)


def picture(shape: tuple[int, int] | None) -> Correction:
    """Take the inputs for the pixels of pictures, or not."""
    return lambda sheet, choice: roles.with_picture(sheet, choice, shape)
