"""The table of --data: read as the arguments say, its columns used as they say, and all else as it is suggested."""

import argparse
import csv
import sys
from collections.abc import Sequence

from tqdm import tqdm

from nnplay.cli.arguments import LAYOUT
from nnplay.data.file_error import FileError
from nnplay.data.table import Task
from nnplay.data.tables.choice import Choice, Kind
from nnplay.data.tables.imported import Imported
from nnplay.data.tables.layout import Layout
from nnplay.data.tables.making import check_import, import_checked
from nnplay.data.tables.reading import read_file
from nnplay.data.tables.roles import with_kind, with_missing, with_role
from nnplay.data.tables.sheet import Sheet
from nnplay.data.tables.suggestion import suggested_choice
from nnplay.data.tables.telling import listed
from nnplay.errors import InputError, one_of
from nnplay.texts import tr
from nnplay.training.edits import check_table
from nnplay.training.experiment import Experiment

KINDS: dict[Task, Kind] = {"classification": "class", "regression": "number"}


def read_sheet(arguments: argparse.Namespace, as_text: Sequence[str] = ()) -> Sheet:
    """The table, behind a bar that only a terminal shows."""
    layout = Layout(**{name: getattr(arguments, name) for name in LAYOUT})
    with tqdm(unit="B", unit_scale=True, leave=False, disable=not sys.stderr.isatty(), file=sys.stderr) as bar:

        def show(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        sheet = read_file(arguments.data, layout, progress=show, as_text=as_text)
    if arguments.sheet is not None and not sheet.sheets:
        raise InputError("--sheet", arguments.sheet, tr("what a spreadsheet has, and a text has not"))
    return sheet


def read_import(arguments: argparse.Namespace) -> Imported:
    """The table to train on.

    Raises
    ------
    FileError
        What can't be read, or made a table.
    InputError
        Columns that there aren't, or that can't be what is wanted of them.
    TooLargeError
        It would need too much memory.
    """
    sheet = read_sheet(arguments, () if arguments.target is None else (arguments.target,))
    choice = choice_of(sheet, arguments)
    checked = check_import(sheet, choice)
    outputs = max(len(checked.class_names), 1)
    check_table(Experiment(), checked.rows, checked.preparation.inputs, outputs, choice.picture)
    return import_checked(sheet, choice, checked)


def record_of(imported: Imported) -> dict[str, object]:
    """What became of the table, as JSON has it."""
    table = imported.table
    return {
        "rows": len(table),
        "left_out": imported.left_out,
        "filled": imported.filled,
        "inputs": list(table.input_names),
        "target": imported.preparation.target,
        "task": table.task,
        "classes": list(table.class_names),
        "notes": list(imported.notes),
    }


def choice_of(sheet: Sheet, arguments: argparse.Namespace) -> Choice:
    """What each column is used as."""
    target = None if arguments.target is None else _column(sheet, "--target", arguments.target)
    choice = suggested_choice(sheet, target=target)
    if arguments.inputs is not None:
        choice = _with_inputs(sheet, choice, arguments.inputs)
    if choice.target is None:
        if len(sheet.columns) == 1:
            raise FileError(sheet.name, tr("has one column only; at least one input and a target were expected"))
        raise FileError(sheet.name, tr("no column looks like a target, and --target names none"))
    if arguments.task is not None:
        choice = with_kind(sheet, choice, choice.target, KINDS[arguments.task])
    return choice if arguments.missing is None else with_missing(choice, arguments.missing)


def _with_inputs(sheet: Sheet, choice: Choice, listed_inputs: str) -> Choice:
    """The same with these inputs, and all other columns but the target left out."""
    wanted: list[int] = []
    for name in next(csv.reader([listed_inputs], skipinitialspace=True), []):
        column = _column(sheet, "--inputs", name)
        if column in wanted:
            raise InputError("--inputs", name, tr("each column once"))
        if column == choice.target:
            raise InputError("--inputs", name, tr("other columns than the target; --target names another one"))
        wanted.append(column)
    for column in range(len(sheet.columns)):
        if column != choice.target:
            choice = with_role(sheet, choice, column, "input" if column in wanted else "left_out")
    return choice


def _column(sheet: Sheet, option: str, key: str) -> int:
    """The place of a column, from 0, by its name or else its place from 1."""
    names = [column.name for column in sheet.columns]
    if key in names:
        return names.index(key)
    if key.strip().isdecimal() and len(key) < 10 and 1 <= int(key) <= len(names):
        return int(key) - 1
    alike = [place for place, name in enumerate(names) if name.strip().casefold() == key.strip().casefold()]
    if len(alike) == 1:
        return alike[0]
    raise InputError(option, key, one_of([listed(names)]))
