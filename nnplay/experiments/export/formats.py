"""The formats that a run leaves in: one row each, which the command line, the window and the tests read."""

from collections.abc import Callable
from dataclasses import dataclass

from nnplay.experiments.export import onnx, safetensors, weights_csv
from nnplay.experiments.export.code import numpy_script, torch_script
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
    )
}
"""Every format by its key, in the order of the menu."""
