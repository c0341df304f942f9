"""From a run to files: refused before anything is made, there whole or not at all."""

import errno
import os
from pathlib import Path

import pytest

from nnplay.errors import InputError
from nnplay.experiments import whole_files
from nnplay.experiments.explain import DocumentError
from nnplay.experiments.export import FORMATS, export_run
from nnplay.experiments.export.exported import named_arrays
from nnplay.nn import ACTIVATIONS, INITIALIZERS, OPTIMIZERS, OUTPUTS, NeuralNetwork
from nnplay.texts import tr
from nnplay.training.edits import with_value
from tests.experiments.export import runs


@pytest.fixture(scope="module")
def run() -> runs.ExportedRun:
    return runs.trained(runs.CASES["optimizer sgd"], epochs=1)


def test_every_format_has_a_row_with_a_sentence() -> None:
    assert set(FORMATS) == {
        "numpy", "torch", "keras", "notebook", "onnx", "safetensors", "csv", "tensorboard", "report",
    }  # fmt: skip
    for key, each in FORMATS.items():
        assert each.key == key
        assert tr(each.label)
        assert tr(each.help)
        assert each.suffix.startswith(".")


@pytest.mark.parametrize("key", FORMATS)
def test_all_files_are_written(key: str, run: runs.ExportedRun, tmp_path: Path) -> None:
    wanted = FORMATS[key]
    path = tmp_path / f"net{wanted.suffix}"
    written = export_run(run, wanted, path)
    assert written == (path, *(path.with_suffix(suffix) for suffix in wanted.beside))
    assert sorted(tmp_path.iterdir()) == sorted(written)


@pytest.mark.parametrize("key", [key for key in FORMATS if key != "tensorboard"])  # which has the time in it
def test_the_same_run_gives_the_same_files(key: str, run: runs.ExportedRun) -> None:
    assert FORMATS[key].files(run) == FORMATS[key].files(run)


@pytest.mark.parametrize("key", FORMATS)
def test_a_run_that_was_exported_is_none_the_worse(key: str) -> None:
    run, other = runs.trained(runs.CASES["everything"]), runs.trained(runs.CASES["everything"])
    FORMATS[key].files(run)
    assert runs.next_losses(run, 3) == runs.next_losses(other, 3)


@pytest.mark.parametrize("name", ["net", "net.txt", "net.npz"])
def test_the_name_ends_as_the_format_says(name: str, run: runs.ExportedRun, tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match=r"the name of this export ends with \.py"):
        export_run(run, FORMATS["numpy"], tmp_path / name)


@pytest.mark.parametrize("key", [key for key, each in FORMATS.items() if each.suffix == ".py"])
@pytest.mark.parametrize("module", ["numpy", "torch", "keras", "random", "pathlib"])
def test_no_program_hides_what_it_imports(key: str, module: str, run: runs.ExportedRun, tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match=rf"{module}\.py: .* in place of the module {module}; choose another name"):
        export_run(run, FORMATS[key], tmp_path / f"{module}.py", overwrite=True)
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_nothing_imports_may_have_any_name(run: runs.ExportedRun, tmp_path: Path) -> None:
    assert export_run(run, FORMATS["report"], tmp_path / "numpy.html")


def test_what_is_there_is_not_replaced(run: runs.ExportedRun, tmp_path: Path) -> None:
    for name in ("net.py", "net.npz"):  # the file itself, and what lies beside it
        path = tmp_path / name
        path.write_text("mine")
        with pytest.raises(DocumentError, match=f"{name}: there is such a file already; --force replaces it"):
            export_run(run, FORMATS["numpy"], tmp_path / "net.py")
        assert [each.read_text() for each in tmp_path.iterdir()] == ["mine"]
        path.unlink()


def test_it_is_replaced_where_that_is_wanted(run: runs.ExportedRun, tmp_path: Path) -> None:
    path = tmp_path / "net.csv"
    path.write_text("mine")
    export_run(run, FORMATS["csv"], path, overwrite=True)
    assert path.read_text().startswith("layer,")


def test_there_is_no_folder(run: runs.ExportedRun, tmp_path: Path) -> None:
    for path in (tmp_path / "none" / "net.csv", tmp_path / ("x" * 300) / "net.csv"):
        with pytest.raises(DocumentError, match="there is no such folder to write to"):
            export_run(run, FORMATS["csv"], path)
    (tmp_path / "net.csv").mkdir()
    with pytest.raises(DocumentError, match="this is a folder"):
        export_run(run, FORMATS["csv"], tmp_path / "net.csv", overwrite=True)


@pytest.mark.parametrize(("code", "reason"), [(errno.ENOSPC, "No space left"), (errno.EACCES, "Permission denied")])
@pytest.mark.parametrize("at", [1, 2])
def test_a_full_disk_and_a_folder_without_rights_leave_nothing(
    code: int, reason: str, at: int, run: runs.ExportedRun, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "net.py").write_text("mine")
    calls = []

    def fail(descriptor: int) -> None:
        calls.append(descriptor)
        if len(calls) == at:
            raise OSError(code, os.strerror(code))

    monkeypatch.setattr(whole_files.os, "fsync", fail)
    with pytest.raises(DocumentError, match=rf"net.py: the file can't be written \({reason}"):
        export_run(run, FORMATS["numpy"], tmp_path / "net.py", overwrite=True)
    assert [(each.name, each.read_text()) for each in tmp_path.iterdir()] == [("net.py", "mine")]


def test_a_stack_is_several_networks() -> None:
    with pytest.raises(InputError, match="network is a stack of 3 networks; allowed is one network"):
        named_arrays(NeuralNetwork([2, 1], stack=3))


@pytest.mark.parametrize("key", ["numpy", "torch", "keras", "notebook", "onnx"])
def test_what_has_no_code_is_refused(key: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Unknown(ACTIVATIONS["tanh"]):  # type: ignore[misc]
        name = "unknown"

    monkeypatch.setitem(ACTIVATIONS, "unknown", Unknown)
    run = runs.trained(runs.experiment(layers=("unknown",)), epochs=1)
    path = tmp_path / f"net{FORMATS[key].suffix}"
    with pytest.raises(DocumentError, match="the activation unknown"):
        export_run(run, FORMATS[key], path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("output", OUTPUTS)
def test_squared_errors_of_squashed_outputs_have_a_graph_and_no_program(output: str) -> None:
    squared = with_value(runs.experiment(), "model.loss", "mean_squared_error")
    run = runs.trained(with_value(squared, "model.output", output), epochs=1)
    for key in ("numpy", "torch", "keras", "notebook"):
        assert f"squared errors of {output}" in FORMATS[key].refused(run)
    assert FORMATS["onnx"].refused(run) is None


@pytest.mark.parametrize(("key", "name", "registry"), [
    ("numpy", "optimizer", OPTIMIZERS), ("torch", "optimizer", OPTIMIZERS), ("notebook", "initializer", INITIALIZERS),
])  # fmt: skip
def test_so_is_an_optimizer_or_a_start(
    key: str, name: str, registry, run: runs.ExportedRun, monkeypatch: pytest.MonkeyPatch
) -> None:
    import msgspec

    monkeypatch.setitem(registry, "unknown", registry["momentum" if name == "optimizer" else "zeros"])
    experiment, part = run.experiment, "training" if name == "optimizer" else "model"
    changed = msgspec.structs.replace(getattr(experiment, part), **{name: "unknown"})
    wanted = runs.trained(msgspec.structs.replace(experiment, **{part: changed}), epochs=0)
    assert f"the {name} unknown" in FORMATS[key].refused(wanted)
