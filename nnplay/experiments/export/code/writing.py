"""Code as text: pieces that are put together, and values as a person would write them in a program."""

import io
import textwrap
from collections.abc import Mapping

import numpy as np

from nnplay.data.standardize import CONSTANT
from nnplay.experiments.export.exported import Array, ExportedRun, named_arrays

WIDTH = 100


def code(text: str) -> str:
    """A piece of a program, as it stands between triple quotes."""
    return textwrap.dedent(text).strip("\n")


def lines(*parts: str | bool | None, depth: int = 0) -> str:
    """Those lines that there are, one below the other, so many levels deep."""
    return textwrap.indent("\n".join(part for part in parts if isinstance(part, str)), "    " * depth)


def sections(*parts: str | bool | None) -> str:
    """Those sections that there are, two lines apart, as functions stand."""
    return "\n\n\n".join(part for part in parts if isinstance(part, str) and part)


def value(found: object) -> str:
    """A list, a text or a number as a literal; a list that is long has a line for each of its parts."""
    if isinstance(found, str):
        quoted = repr(found)
        return quoted if '"' in quoted else f'"{quoted[1:-1]}"'
    if isinstance(found, tuple):
        return f"({', '.join(map(value, found))})"
    if not isinstance(found, list):
        return repr(found)
    parts = [value(part) for part in found]
    line = f"[{', '.join(parts)}]"
    return line if len(line) <= WIDTH else "\n".join(["[", *(f"    {part}," for part in parts), "]"])


def import_line(run: ExportedRun, name: str) -> str:
    """How a program is imported for one of its functions."""
    module = run.name if run.name.isidentifier() else "…"
    return f"from {module} import {name}"


def network_in_words(run: ExportedRun) -> str:
    """The sizes of the layers, and how long they were trained."""
    sizes = list(run.network.layer_sizes)
    return f"a network {sizes}, trained for {run.trainer.epoch:,} epochs"


def saved_arrays(run: ExportedRun) -> dict[str, np.ndarray]:
    """What lies beside a program: the points, what prepares them, and all that the network and its optimiser know."""
    prepared, trainer = run.prepared, run.trainer
    arrays: dict[str, np.ndarray] = {
        "inputs": prepared.table.inputs,
        "targets": prepared.table.targets,
        "train": prepared.train,
        "test": prepared.test,
    }
    if prepared.standardizer is not None:
        arrays["feature_mean"] = prepared.standardizer.mean
        arrays["feature_standard_deviation"] = prepared.standardizer.standard_deviation
        if prepared.standardizer.rounded.size:
            arrays["feature_rounding"] = rounding_of(run)
    arrays |= named_arrays(run.network)
    arrays |= disabled_masks(run)
    for name, each in memory_of(run).items():
        arrays |= {f"{name}.{place}": array for place, array in enumerate(each)}
    under_way = trainer.epoch_under_way()
    if under_way.position:
        order = np.arange(len(prepared.train)) if under_way.order is None else under_way.order
        arrays["rest_of_epoch"] = order[under_way.position :]
    return arrays


def memory_of(run: ExportedRun) -> dict[str, list[Array]]:
    """What the optimiser remembers by name: an array for each weight, bias, gamma and beta, in this order."""
    network, optimizer = run.network, run.optimizer
    memory = {}
    for name in optimizer.memory:
        flat = optimizer.state.get(name, np.zeros_like(network.parameters))
        views = network.layout.views(flat)
        memory[name] = [*views.weights, *views.biases, *views.gammas, *views.betas]
    return memory


def disabled_masks(run: ExportedRun) -> dict[str, Array]:
    """1 for a unit that is on and 0 for one that is switched off; nothing where all are on."""
    if not run.network.disabled_units:
        return {}
    return {f"enabled.{layer}": units.enabled for layer, units in enumerate(run.network.hidden_layers)}


def rounding_of(run: ExportedRun) -> Array:
    """How far from its mean each feature may be and count as constant; 0 for those that change."""
    standardizer = run.prepared.standardizer
    assert standardizer is not None
    rounding: Array = np.zeros_like(standardizer.mean)
    rounding[standardizer.rounded] = CONSTANT * np.abs(standardizer.mean[standardizer.rounded])
    return rounding


def as_npz(arrays: Mapping[str, np.ndarray]) -> bytes:
    """The bytes of a .npz file."""
    file = io.BytesIO()
    np.savez_compressed(file, allow_pickle=False, **arrays)
    return file.getvalue()
