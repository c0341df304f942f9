"""The Keras program: it says what nnplay says, and trains."""

from pathlib import Path

import numpy as np
import pytest

from tests.experiments.export import runs
from tests.experiments.export.programs import program
from tests.heavy import GIGABYTES, needs

pytestmark = [
    needs("keras", by=GIGABYTES),
    pytest.mark.filterwarnings("ignore"),
]


@pytest.mark.parametrize("name", runs.CASES)
def test_it_says_the_same_and_trains(name: str, tmp_path: Path) -> None:
    run = runs.trained(runs.CASES[name])
    if len(run.network.layer_sizes) > 2:
        run.network.set_unit_enabled(0, 1, enabled=False)
    module = program(run, tmp_path, "keras")
    rows = run.table.inputs
    found = module.model.predict(module.prepare(rows), verbose=0)
    np.testing.assert_allclose(found, run.network.forward(run.prepared.as_seen(rows)), rtol=1e-6, atol=1e-6)
    losses = module.train(2)
    assert len(losses) == 2
    assert np.isfinite(losses).all()


def test_rows_of_a_table_go_the_same_way(tmp_path: Path) -> None:
    run = runs.trained(runs.CASES["text columns"])
    rows = [{"Port": "C", "Age": None, "Sex": "female", "Fare": 80.5, "Class": "1"}]
    plain = program(run, tmp_path)
    (tmp_path / "keras").mkdir()
    np.testing.assert_allclose(program(run, tmp_path / "keras", "keras").predict(rows), plain.predict(rows), atol=1e-6)
