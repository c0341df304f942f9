"""Records of JSON as rows of cells: a list of objects, an object of lists, or an object in each line."""

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import cast

from nnplay.data.file_error import FileError
from nnplay.data.tables.bounds import MAX_CELLS, MAX_COLUMNS
from nnplay.texts import tr

Cells = Sequence[object]
Record = dict[str, object]

MOST_BYTES = 60_000_000
"""Of a file of JSON."""
_MOST_MEMORY = 300_000_000
_BYTES_EACH = ((b"{", 250), (b"[", 80), (b",", 70))
_MOST_DEPTH = 4
_NAMED = ("data", "records", "rows", "items", "results", "values")


def looks_like_json(head: bytes) -> bool:
    """Whether a text begins as JSON with records does."""
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:2000]
    inner = start[1:].lstrip()[:1]
    return (start.startswith(b"[") and inner in (b"{", b"[")) or (start.startswith(b"{") and inner == b'"')


def rows_of_json(name: str, content: bytes) -> tuple[Iterator[Cells], bool]:
    """The rows of JSON, and whether the first one has the names.

    Numbers stay as they are written, so that 7 and 7.0 are two labels.

    Raises
    ------
    FileError
        No JSON, with the line where there is one, or JSON that is no table.
    """
    if sum(each * content.count(character) for character, each in _BYTES_EACH) > _MOST_MEMORY:
        raise FileError(name, tr("has too many values for a file of JSON; save the table as CSV and try again"))
    tree = _parsed(name, _text(name, content))
    if isinstance(tree, dict) and "schema_version" in tree and "experiment" in tree:
        raise FileError(name, tr("is an experiment of nnplay, and no table; open it with File ▸ Open"))
    if isinstance(tree, dict):
        return _rows_of_object(name, tree)
    if isinstance(tree, list) and tree:
        return _rows_of_list(name, tree)
    raise FileError(name, _expected())


def _text(name: str, content: bytes) -> str:
    try:
        return content.decode(json.detect_encoding(content)).removeprefix("\ufeff")
    except UnicodeDecodeError:
        raise FileError(name, tr("is no UTF-8 text, as JSON has to be")) from None


def _parsed(name: str, text: str) -> object:
    try:
        return _loaded(text)
    except RecursionError:
        raise FileError(name, tr("is JSON that is too deeply nested; a list of records was expected")) from None
    except ValueError as error:
        lines = [line for line in text.splitlines() if line.strip()]
        try:
            if len(lines) > 1:
                return [_loaded(line) for line in lines]
        except (ValueError, RecursionError):
            pass
        row = error.lineno if isinstance(error, json.JSONDecodeError) else None
        reason = error.msg if isinstance(error, json.JSONDecodeError) else str(error)
        raise FileError(name, tr("is no JSON ({error})", error=reason), row=row) from None


def _loaded(text: str) -> object:
    # hooks of Python let the window's thread have its turn meanwhile
    return json.loads(text, parse_int=_as_written, parse_float=_as_written, object_pairs_hook=_record)


def _as_written(number: str) -> str:
    return number


def _record(pairs: list[tuple[str, object]]) -> Record:
    return dict(pairs)


def _rows_of_object(name: str, tree: Record) -> tuple[Iterator[Cells], bool]:
    """An object of lists or of objects is one of columns; of several values one may be the list of records."""
    columns, data = tree.get("columns"), tree.get("data")
    if isinstance(columns, list) and isinstance(data, list) and data and all(isinstance(row, list) for row in data):
        return iter([columns, *data]), True
    for key in _NAMED:
        inner = tree.get(key)
        if isinstance(inner, list) and inner and isinstance(inner[0], dict | list):
            return _rows_of_list(name, inner)
    values = list(tree.values())
    lists_of_rows = [value for value in values if isinstance(value, list) and value and isinstance(value[0], dict)]
    if len(lists_of_rows) == 1:
        return _rows_of_list(name, lists_of_rows[0])
    if values and all(isinstance(value, dict) for value in values):
        objects = cast("list[Record]", values)
        keys = dict.fromkeys(key for value in objects for key in value)
        _check_size(name, len(keys), len(values))
        return iter([list(tree), *([value.get(key) for value in objects] for key in keys)]), True
    lists = {key: value for key, value in tree.items() if isinstance(value, list)}
    if lists and len({len(value) for value in lists.values()}) == 1:
        return iter([list(lists), *map(list, zip(*lists.values(), strict=True))]), True
    if tree and not any(isinstance(value, dict | list) for value in values):
        return iter([list(tree), values]), True
    raise FileError(name, _expected())


def _rows_of_list(name: str, tree: Sequence[object]) -> tuple[Iterator[Cells], bool]:
    if all(isinstance(row, dict) for row in tree):
        return _rows_of_records(name, cast("Sequence[Record]", tree)), True
    if all(isinstance(row, list) for row in tree):
        return iter(cast("Sequence[list[object]]", tree)), False
    if not any(isinstance(row, dict | list) for row in tree):
        return iter([cell] for cell in tree), False
    raise FileError(name, _expected())


def _rows_of_records(name: str, records: Sequence[Record]) -> Iterator[Cells]:
    """The records under the names of all of them, in the order in which they come."""
    if any(isinstance(value, dict) for record in records for value in record.values()):
        records = [dict(_bare(record)) for record in records]
    names: dict[str, None] = {}
    for record in records:
        names.update(dict.fromkeys(record))
    _check_size(name, len(records), len(names))
    yield list(names)
    for record in records:
        yield [record.get(key) for key in names]


def _bare(record: Record, depth: int = 0, before: str = "") -> Iterator[tuple[str, object]]:
    """The values of a record and of those in it: ``{"at": {"x": 1}}`` has one that is called ``at.x``."""
    for key, value in record.items():
        if isinstance(value, dict) and depth < _MOST_DEPTH:
            yield from _bare(cast("Record", value), depth + 1, f"{before}{key}.")
        else:
            yield f"{before}{key}", value


def _check_size(name: str, rows: int, columns: int) -> None:
    if columns > MAX_COLUMNS:
        most = f"{MAX_COLUMNS:,}"
        raise FileError(name, tr("has {columns} columns; up to {most} can be read", columns=f"{columns:,}", most=most))
    if rows * columns > MAX_CELLS:
        raise FileError(name, tr("has too many cells; up to {most} can be read", most=f"{MAX_CELLS:,}"))


def flattened(rows: Iterable[Cells]) -> Iterator[Cells]:
    """The rows with nothing where a list or an object stands in a cell."""
    for row in rows:
        yield [None if isinstance(cell, dict | list) else cell for cell in row]


def _expected() -> str:
    return tr(
        "is JSON without a table; a list of records was expected, such as [{example}]", example='{"x": 1, "y": 2}'
    )
