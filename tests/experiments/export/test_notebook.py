"""The notebook: valid, and executed it comes to the losses that nnplay came to."""

import ast
import json
from typing import Any

import numpy as np
import pytest

from nnplay.experiments.export import FORMATS
from nnplay.nn import INITIALIZERS
from nnplay.training.edits import with_value
from nnplay.training.experiment import DataSpec
from tests.experiments.export import runs
from tests.heavy import needs

ONE_INPUT = runs.imported("one_input.csv")
PICTURES = runs.imported("pictures_8x8.csv")
CASES = runs.CASES | {"one input": ONE_INPUT, "pictures": PICTURES}
IN_JUPYTER = ["three classes", "regression", "text columns", "one input", "pictures"]


def notebook(run: runs.ExportedRun) -> Any:
    return json.loads(FORMATS["notebook"].files(run)[".ipynb"])


def cells(run: runs.ExportedRun, kind: str) -> list[str]:
    return [cell["source"] for cell in notebook(run)["cells"] if cell["cell_type"] == kind]


@pytest.mark.parametrize("name", CASES)
def test_its_code_comes_to_the_loss_that_nnplay_came_to(name: str) -> None:
    run = runs.trained(CASES[name], epochs=6)
    found = executed(run)
    assert found["losses"][-1] == pytest.approx(run.trainer.figures.train.loss, rel=1e-12, abs=1e-13)
    assert len(found["losses"]) == 6


def executed(run: runs.ExportedRun) -> dict[str, Any]:
    """What its cells define, but those that draw."""
    found: dict[str, Any] = {}
    for source in cells(run, "code"):
        code = (
            source.replace("%matplotlib inline", "")
            .replace("import matplotlib.pyplot as plt", "")
            .replace("from matplotlib.colors import LinearSegmentedColormap", "")
        )
        if "plt." in code or "BETWEEN" in code:
            ast.parse(code)  # plots are drawn in the test below
            continue
        exec(compile(code, "cell", "exec"), found)
    return found


@pytest.mark.parametrize("name", INITIALIZERS)
def test_every_start_is_the_same(name: str) -> None:
    import msgspec

    wanted = runs.experiment(layers=("tanh", "relu"))
    model = msgspec.structs.replace(wanted.model, initializer=name, initializer_scale=0.7)
    run = runs.trained(msgspec.structs.replace(wanted, model=model), epochs=0)
    found: dict[str, Any] = {"np": np}
    (start,) = [source for source in cells(run, "code") if "def draw" in source]
    exec(start, found)
    for mine, theirs in zip(found["W"], run.network.weights, strict=True):
        np.testing.assert_allclose(mine, theirs, rtol=1e-14)


def test_weights_that_the_experiment_brings_are_its_start() -> None:
    drawn = runs.trained(runs.experiment(batch_norm=True), epochs=0)
    given = tuple((drawn.network.parameters + 0.25).tolist())
    run = runs.trained(with_value(drawn.experiment, "model.start", given), epochs=6)
    assert executed(run)["losses"][-1] == pytest.approx(run.trainer.figures.train.loss, rel=1e-12)


def test_settings_are_told_and_names_have_no_meaning_in_markdown() -> None:
    run = runs.trained(runs.imported("markup_names.csv"), name="a <b>*run*</b>")
    (first, *_) = cells(run, "markdown")
    assert "<b>" not in first
    assert "| Learning rate |" in first


@needs("nbformat", "nbclient", "ipykernel", "matplotlib")
@pytest.mark.filterwarnings("ignore")
def test_they_run_in_jupyter_with_their_plots() -> None:
    """One after the other in one kernel, which takes seconds to start, and forgets what was before."""
    import nbformat
    from nbclient import NotebookClient

    exported = {name: runs.trained(CASES[name], epochs=3) for name in IN_JUPYTER}
    books = [nbformat.reads(FORMATS["notebook"].files(run)[".ipynb"].decode(), 4) for run in exported.values()]
    for book in books:
        nbformat.validate(book)
    whole = nbformat.from_dict(books[0])
    whole.cells = [cell for book in books for cell in (*book.cells, nbformat.v4.new_code_cell("%reset -f"))]
    NotebookClient(whole, timeout=120).execute()
    for run, book in zip(exported.values(), books, strict=True):
        outputs = [out for cell in book.cells if cell.cell_type == "code" for out in cell.outputs]
        printed = "".join(out.get("text", "") for out in outputs)
        assert f"loss {run.trainer.figures.train.loss:.6g}" in printed
        assert len([out for out in outputs if "image/png" in out.get("data", {})]) >= 3


def test_every_cell_has_an_id() -> None:
    book = notebook(runs.trained(runs.experiment(DataSpec()), epochs=0))
    names = [cell["id"] for cell in book["cells"]]
    assert len(set(names)) == len(names)
    assert book["nbformat_minor"] == 5
