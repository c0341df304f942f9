"""A data set in a file at a glance: what it is called, and as many of its points as a small picture needs."""

from pathlib import Path
from typing import Any

import msgspec
import numpy as np

from nnplay.data import Table
from nnplay.data.packing import unpack_head
from nnplay.errors import InputError
from nnplay.experiments.document import MAX_BYTES, read_document
from nnplay.experiments.explain import DocumentError
from nnplay.texts import tr
from nnplay.training.experiment import YOURS, DataSpec

WHOLE_BYTES = 2_000_000
"""Files up to this size are read whole, which takes less than a frame or two."""
MANY_VALUES = 1_000_000
SOME_ROWS, SOME_VALUES = 50, 200_000
"""Of longer ones at least so many rows are read, or as many as so many values are."""


def read_glance(path: Path) -> tuple[DataSpec, bool]:
    """The data set in an experiment file, and whether these are all of its points.

    Raises
    ------
    NnplayError
        The file can't be read, or has no points of one's own.
    """
    try:
        size = path.stat().st_size
    except OSError:
        size = 0  # which reading it explains
    data = read_document(path).experiment.data if size <= WHOLE_BYTES or size > MAX_BYTES else _head(path)
    if data.kind != YOURS:
        raise DocumentError(str(path), tr("there are no points of one's own in it"))
    return data, size <= WHOLE_BYTES


def is_long(data: DataSpec) -> bool:
    """Whether the points take so much memory that they stay in their file while nobody needs them."""
    return data.table is not None and data.table.inputs.size > MANY_VALUES


def cut(data: DataSpec) -> DataSpec:
    """The same with as many points as a small picture needs."""
    table = data.table
    assert table is not None
    rows = max(SOME_ROWS, SOME_VALUES // table.inputs.shape[1])
    return msgspec.structs.replace(data, table=table.select(np.arange(min(rows, len(table)))))


def _head(path: Path) -> DataSpec:
    try:
        data: Any = msgspec.json.decode(path.read_bytes())["experiment"]["data"]
        record = data["table"]
        columns = max(len(record["input_names"]), 1)
        rows = max(SOME_ROWS, SOME_VALUES // columns)
        head = {name: np.array(unpack_head(name, record[name], rows)) for name in ("inputs", "targets")}
        picture = tuple(record["picture"]) if record.get("picture") else None
        names = tuple(record["input_names"]), tuple(record["class_names"])
        table = Table(head["inputs"], head["targets"], record["task"], *names, picture)
        return msgspec.convert(data | {"table": table}, DataSpec)
    except (OSError, InputError) as error:
        raise DocumentError(str(path), str(error)) from error
    except (LookupError, TypeError, ValueError, RecursionError) as error:  # msgspec's errors are ValueErrors, too
        raise DocumentError(str(path), tr("this is not an experiment, or it is damaged")) from error
