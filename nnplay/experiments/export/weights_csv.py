"""Weights as CSV: a row for every number, with all its digits."""

import csv
import io
from collections.abc import Iterator
from typing import Any

import numpy as np

from nnplay.experiments.export.exported import ExportedRun, Files, named_arrays

HEADER = ("layer", "array", "from", "to", "value")
"""Layers and units are counted from 1; `from` is an input's name, a unit, or empty for what a unit has by itself."""


def files(run: ExportedRun) -> Files:
    """Every weight and bias of a run's network, and its batch norm."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(HEADER)
    writer.writerows(_rows(run))
    return {".csv": text.getvalue().encode("utf-8", "replace")}


def _rows(run: ExportedRun) -> Iterator[tuple[int, str, str, int, str]]:
    for name, array in named_arrays(run.network).items():
        kind, _, layer = name.partition(".")
        number = int(layer) + 1
        if array.ndim == 1:
            for unit, value in enumerate(array.tolist(), 1):
                yield number, kind, "", unit, _digits(value, array.dtype)
            continue
        sources = run.prepared.feature_names if number == 1 else [str(unit + 1) for unit in range(len(array))]
        for source, row in zip(sources, array.tolist(), strict=True):
            for unit, value in enumerate(row, 1):
                yield number, kind, source, unit, _digits(value, array.dtype)


def _digits(value: float, dtype: np.dtype[Any]) -> str:
    return repr(value) if dtype == np.float64 else str(np.float32(value))
