"""TensorBoard: read back by tensorboard, figure by figure."""

import math
from pathlib import Path

import numpy as np
import pytest

from nnplay.experiments.export import FORMATS, export_run
from nnplay.experiments.export.exported import named_arrays
from nnplay.experiments.export.tensorboard import tag_of
from nnplay.training.history import COLUMNS, FIRST
from tests.experiments.export import runs
from tests.heavy import needs


@needs("tensorboard")
@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("name", ["optimizer adam", "regression", "batch norm"])
def test_curves_and_weights_are_read_back(name: str, tmp_path: Path) -> None:
    from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

    run = runs.trained(runs.CASES[name], epochs=12)
    export_run(run, FORMATS["tensorboard"], tmp_path / "run.tfevents")
    found = EventAccumulator(str(tmp_path)).Reload()
    rows = run.trainer.history.rows()[:, FIRST]
    for place, column in enumerate(COLUMNS[1:], 1):
        wanted = {int(row[0]): np.float32(row[place]) for row in rows if not math.isnan(row[place])}
        if not wanted:
            assert tag_of(column) not in found.Tags()["scalars"]
            continue
        assert {event.step: np.float32(event.value) for event in found.Scalars(tag_of(column))} == wanted
    for array_name, array in named_arrays(run.network).items():
        (event,) = found.Histograms(array_name.replace(".", "/"))
        histogram = event.histogram_value
        assert event.step == 12
        assert (histogram.min, histogram.max, histogram.num) == (array.min(), array.max(), array.size)
        assert sum(histogram.bucket) == array.size
        assert histogram.sum == pytest.approx(array.sum())


def test_names_of_curves() -> None:
    assert [tag_of(column) for column in COLUMNS[1:5]] == ["loss/train", "loss/test", "penalty", "accuracy/train"]
