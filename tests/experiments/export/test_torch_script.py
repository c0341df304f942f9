"""The PyTorch program: it says what nnplay says, and goes on training as nnplay does."""

from pathlib import Path

import numpy as np
import pytest

from tests.experiments.export import runs
from tests.experiments.export.programs import program
from tests.heavy import GIGABYTES, needs

pytestmark = needs("torch", by=GIGABYTES)


@pytest.mark.parametrize("name", runs.CASES)
def test_it_says_the_same_and_goes_on_with_the_same_losses(name: str, tmp_path: Path) -> None:
    import torch

    run = runs.trained(runs.CASES[name])
    module = program(run, tmp_path, "torch")
    rows = run.table.inputs
    with torch.no_grad():
        predicted = module.outputs_of(module.network(torch.from_numpy(module.prepare(rows)))).numpy()
    np.testing.assert_allclose(predicted, run.network.forward(run.prepared.as_seen(rows)), rtol=0, atol=1e-12)
    np.testing.assert_allclose(module.train(10), runs.next_losses(run), rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("name", ["dropout", "everything"])
def test_a_run_that_stopped_within_an_epoch_goes_on_there(name: str, tmp_path: Path) -> None:
    run = runs.trained(runs.CASES[name], steps=2)
    run.network.set_unit_enabled(0, 2, enabled=False)
    np.testing.assert_allclose(program(run, tmp_path, "torch").train(10), runs.next_losses(run), rtol=1e-9)


def test_rows_of_a_table_go_the_same_way(tmp_path: Path) -> None:
    run = runs.trained(runs.CASES["text columns"])
    rows = [{"Port": "C", "Age": None, "Sex": "female", "Fare": 80.5, "Class": "1"}]
    plain = program(run, tmp_path)
    (tmp_path / "torch").mkdir()
    np.testing.assert_allclose(program(run, tmp_path / "torch", "torch").predict(rows), plain.predict(rows), atol=1e-12)
