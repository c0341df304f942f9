"""The formats that a run leaves in: one row each, which the command line, the window and the tests read."""

from collections.abc import Callable
from dataclasses import dataclass

from nnplay.experiments.export import notebook, onnx, report, safetensors, tensorboard, weights_csv
from nnplay.experiments.export.code import keras_script, numpy_script, torch_script
from nnplay.experiments.export.exported import ExportedRun, Files
from nnplay.texts import mark


def _takes_all(_: ExportedRun) -> str | None:
    return None


@dataclass(frozen=True)
class Format:
    """A format.

    Attributes
    ----------
    key, label, help
        What the command line and the window call it, and what it is for in one sentence; texts as `mark` leaves them.
    suffix
        With which the name of the file ends.
    files
        From a run to the contents.
    beside
        The suffixes of what lies beside the file.
    refused
        Why the format can't hold a run, as a sentence; None where it can.
    """

    key: str
    label: str
    help: str
    suffix: str
    files: Callable[[ExportedRun], Files]
    beside: tuple[str, ...] = ()
    refused: Callable[[ExportedRun], str | None] = _takes_all


FORMATS: dict[str, Format] = {
    each.key: each
    for each in (
        Format(
            key="numpy",
            label=mark("Python with NumPy"),
            help=mark("a program in plain NumPy that predicts, and trains on from where the run stopped"),
            suffix=".py",
            beside=(".npz",),
            files=numpy_script.files,
            refused=numpy_script.refused,
        ),
        Format(
            key="torch",
            label=mark("Python with PyTorch"),
            help=mark("a PyTorch module with its weights, which trains on from where the run stopped"),
            suffix=".py",
            beside=(".npz",),
            files=torch_script.files,
            refused=torch_script.refused,
        ),
        Format(
            key="keras",
            label=mark("Python with Keras"),
            help=mark("a Keras model with its weights, which predicts the same"),
            suffix=".py",
            beside=(".npz",),
            files=keras_script.files,
            refused=keras_script.refused,
        ),
        Format(
            key="notebook",
            label=mark("Notebook (Jupyter)"),
            help=mark("the experiment from its start, step by step in plain NumPy with plots"),
            suffix=".ipynb",
            files=notebook.files,
            refused=notebook.refused,
        ),
        Format(
            key="onnx",
            label=mark("Network (ONNX)"),
            help=mark("the network with its data's preparation as a graph, for other runtimes"),
            suffix=".onnx",
            files=onnx.files,
            refused=onnx.refused,
        ),
        Format(
            key="safetensors",
            label=mark("Weights (safetensors)"),
            help=mark("every array of the network by name, and the experiment; nnplay reads them back"),
            suffix=".safetensors",
            files=safetensors.files,
        ),
        Format(
            key="csv",
            label=mark("Weights (CSV)"),
            help=mark("every number of the network in a row of its own, for a spreadsheet"),
            suffix=".csv",
            files=weights_csv.files,
        ),
        Format(
            key="tensorboard",
            label=mark("History (TensorBoard)"),
            help=mark("the curves of the run and its weights as histograms, in an event file"),
            suffix=tensorboard.SUFFIX,
            files=tensorboard.files,
        ),
        Format(
            key="report",
            label=mark("Report (HTML)"),
            help=mark("settings, data, figures, curves, boundary and network in one page, to read or hand in"),
            suffix=".html",
            files=report.files,
        ),
    )
}
"""Every format by its key, in the order of the menu."""
