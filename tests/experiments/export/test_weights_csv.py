"""Weights as CSV: every number of the network, with all its digits."""

import csv
import io

import numpy as np
import pytest

from nnplay.experiments.export import FORMATS
from nnplay.experiments.export.exported import named_arrays
from tests.experiments.export import runs


@pytest.mark.parametrize("wanted", [runs.CASES["everything"], runs.in_32_bits(runs.CASES["optimizer adam"])])
def test_every_number_is_there(wanted) -> None:
    run = runs.trained(wanted)
    text = FORMATS["csv"].files(run)[".csv"].decode()
    rows = list(csv.DictReader(io.StringIO(text)))
    for name, array in named_arrays(run.network).items():
        kind, _, layer = name.partition(".")
        of_array = [row for row in rows if row["array"] == kind and row["layer"] == str(int(layer) + 1)]
        values = np.array([float(row["value"]) for row in of_array], array.dtype).reshape(array.shape)
        np.testing.assert_array_equal(values, array)
    assert rows[0]["from"] == "x1"
    assert rows[0]["to"] == "1"
    assert len(rows) == sum(array.size for array in named_arrays(run.network).values())
