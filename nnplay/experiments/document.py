"""Experiment files (`.nnplay`): one experiment as JSON, checked field by field when read, replaced whole when written.

A file says which `schema_version` wrote it. Older ones are brought up to date step by step; newer ones are refused.
"""

import codecs
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any, TypeAlias

import msgspec

from nnplay.data import Table
from nnplay.data.file_error import FileError
from nnplay.data.packing import PackedRecords
from nnplay.data.regular_file import open_regular, unreadable
from nnplay.errors import InputError, a_whole_number, memory_checked, shortened
from nnplay.experiments.explain import DocumentError, explained
from nnplay.experiments.outline import check_outline
from nnplay.experiments.run_record import RunRecord
from nnplay.experiments.whole_files import write_whole
from nnplay.texts import tr
from nnplay.training.budget import DataShape, check_memory
from nnplay.training.experiment import YOURS, Experiment, encode_extra

SCHEMA_VERSION = 1
MAX_BYTES = 64_000_000
READABLE_BYTES = 64 * 1024
"""Files up to this size are laid out line by line for a person to read; longer ones hold tables of points."""

Tree: TypeAlias = dict[str, object]

MIGRATIONS: Mapping[int, Callable[[Tree], Tree]] = {}
"""For each older version the function that turns its tree into the next version's."""


class Document(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What an experiment file holds: the experiment, the state of its run where one was under way, and its record.

    `experiment` has no default, so that a foreign JSON file is not read as an empty experiment. The record is a
    `RecordingRecord` where it is to be written, and as JSON has it where it was read: `recording_in` reads it, so that
    a run can be opened whose record can't.
    """

    schema_version: int = SCHEMA_VERSION
    experiment: Experiment
    run: RunRecord | None = None
    record: Any = msgspec.UNSET


def read_document(path: Path) -> Document:
    """Read an experiment file.

    Raises
    ------
    DocumentError
        The file is missing, none, unreadable, too large, or not an experiment.
    TooLargeError
        The experiment needs too much memory.
    """
    return parse_document(_content(path), str(path))


def _content(path: Path) -> bytes:
    try:
        file, _ = open_regular(path, MAX_BYTES)
        with file:
            return file.read(MAX_BYTES + 1)
    except FileError as error:
        raise DocumentError(str(path), error.problem) from error
    except OSError as error:
        raise DocumentError(str(path), unreadable(path, error).problem) from error


def parse_document(data: bytes, source: str) -> Document:
    """Read an experiment from the bytes of its file.

    Parameters
    ----------
    source
        The name that errors begin with.

    Raises
    ------
    DocumentError
        One sentence with the path of the field, what stands there and what is allowed.
    TooLargeError
        The experiment needs too much memory.
    """
    with memory_checked():
        _check_size(len(data), source)
        check_outline(data, source)
        tree = _up_to_date(_tree(data, source), source)
        del data  # it and what it becomes would be there at once
        table = _table_in(tree)
        if table is None:
            document = _document(tree, source)
            check_memory(document.experiment)
            return document
        return _with_table(tree, table, source)


def write_document(
    document: Document, path: Path, packed: PackedRecords | None = None, *, private: bool = False
) -> None:
    """Write an experiment file: the old one stays whole until the new one is complete on the disk.

    Parameters
    ----------
    packed
        What was packed when the last one was written; None packs everything anew.
    private
        For nobody else to read; else an old file's permissions stay, and a new one's are as usual.

    Raises
    ------
    DocumentError
        The file can't be written, or would hold too much to be read again.
    """
    data = format_document(document, packed)
    _check_size(len(data), str(path))
    check_outline(data, str(path))  # what is written can be read again
    try:
        write_whole({path.resolve(): data}, private=private)
    except (OSError, ValueError, RuntimeError) as error:  # a NUL in the name, and links that lead to each other
        reason = getattr(error, "strerror", None) or error
        unwritable = tr("the file can't be written ({error})", error=reason)
        raise DocumentError(str(path), unwritable) from error


def format_document(document: Document, packed: PackedRecords | None = None) -> bytes:
    """Return the bytes of a document's file; the same document gives the same bytes."""
    hook = encode_extra if packed is None else partial(encode_extra, pack=packed.pack)
    data = msgspec.json.encode(document, enc_hook=hook)
    return (msgspec.json.format(data, indent=2) if len(data) <= READABLE_BYTES else data) + b"\n"


def _check_size(size: int, source: str) -> None:
    if size > MAX_BYTES:
        most = MAX_BYTES / 1e6
        raise DocumentError(source, tr("the file is too large: allowed is up to {most} MB", most=f"{most:g}"))


def _tree(data: bytes, source: str) -> Tree:
    """Return the JSON object in the bytes of a file."""
    try:
        tree = msgspec.json.decode(data.removeprefix(codecs.BOM_UTF8))
    except (msgspec.DecodeError, ValueError) as error:  # a number of ten thousand digits is none to Python
        raise DocumentError(source, tr("this is not JSON ({error})", error=error)) from error
    if not isinstance(tree, dict) or "schema_version" not in tree or "experiment" not in tree:
        foreign = tr("this is not an nnplay experiment, which is an object with schema_version and experiment")
        raise DocumentError(source, foreign)
    return tree


def _document(tree: Tree, source: str) -> Document:
    try:
        return msgspec.convert(tree, Document)
    except msgspec.ValidationError as error:
        raise explained(error, tree, Document, source) from error


def _table_in(tree: Tree) -> Tree | None:
    """The table of a file, where it has one."""
    experiment = tree["experiment"]
    data = experiment.get("data") if isinstance(experiment, dict) else None
    table = data.get("table") if isinstance(data, dict) and data.get("kind") == YOURS else None
    return table if isinstance(table, dict) else None


def _with_table(tree: Tree, record: Tree, source: str) -> Document:
    """The document with its points, which are read when all else is known to be right, and to fit into memory."""
    try:
        empty, samples = Table.outline_of(record)
        whole: Any = tree["experiment"]
        outline = _document(tree | {"experiment": whole | {"data": whole["data"] | {"table": empty}}}, source)
        inputs = empty.inputs.shape[1]
        check_memory(outline.experiment, DataShape(samples, inputs, max(empty.classes, 1)))
        data = msgspec.structs.replace(outline.experiment.data, table=Table.from_dict(record))
    except DocumentError:
        raise
    except InputError as error:
        raise DocumentError.of_field(source, f"experiment.data.{error.field}", error.value, error.allowed) from error
    experiment = msgspec.structs.replace(outline.experiment, data=data)
    check_memory(experiment)
    return msgspec.structs.replace(outline, experiment=experiment)


def _up_to_date(tree: Tree, source: str) -> Tree:
    """Return the tree as this version writes it."""
    version = tree["schema_version"]
    if isinstance(version, bool) or not isinstance(version, int) or version < 1:
        raise DocumentError.of_field(source, "schema_version", version, a_whole_number(1, SCHEMA_VERSION))
    if version > SCHEMA_VERSION:
        newer = tr(
            "this file was written by a newer nnplay: schema_version is {version}; allowed is up to {most} in this one",
            version=shortened(str(version)),
            most=SCHEMA_VERSION,
        )
        raise DocumentError(source, newer)
    for step in range(version, SCHEMA_VERSION):
        tree = MIGRATIONS[step](tree) | {"schema_version": step + 1}
    return tree
