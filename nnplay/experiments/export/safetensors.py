"""Safetensors: arrays by name behind a header in JSON, with the experiment as metadata; and back again.

The file is the header's length as 8 bytes, the header, then the arrays' bytes one after the other, little-endian.
"""

import json
import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from nnplay import __version__
from nnplay.data.file_error import FileError
from nnplay.data.regular_file import open_regular, unreadable
from nnplay.experiments.export.exported import Array, ExportedRun, Files, named_arrays
from nnplay.limits import GIGABYTE
from nnplay.nn import NeuralNetwork
from nnplay.texts import tr

DTYPES = {"F64": "<f8", "F32": "<f4", "F16": "<f2", "I64": "<i8"}
MOST_HEADER = 100_000_000
ALIGNED = 8


def files(run: ExportedRun) -> Files:
    """The weights, biases and batch norm of a run's network, with the experiment."""
    about = {"nnplay": __version__, "experiment": run.settings(), "epoch": str(run.trainer.epoch)}
    return {".safetensors": packed(named_arrays(run.network), about)}


def packed(arrays: Mapping[str, Array], about: Mapping[str, str]) -> bytes:
    """The bytes of a file with these arrays and these texts about them."""
    header: dict[str, object] = {"__metadata__": dict(about)}
    parts: list[bytes] = []
    start = 0
    for name, array in arrays.items():
        kind = "F32" if array.dtype == np.float32 else "F64"
        data = np.ascontiguousarray(array, DTYPES[kind]).tobytes()
        header[name] = {"dtype": kind, "shape": list(array.shape), "data_offsets": [start, start + len(data)]}
        parts.append(data)
        start += len(data)
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % ALIGNED)
    return len(text).to_bytes(8, "little") + text + b"".join(parts)


def read_arrays(path: Path) -> dict[str, Array]:
    """The arrays of a file by name.

    Raises
    ------
    FileError
        It can't be read, or is no such file.
    """
    try:
        file, _ = open_regular(path, GIGABYTE)
        with file:
            data = file.read(GIGABYTE + 1)
    except OSError as error:
        raise unreadable(path, error) from error
    size = int.from_bytes(data[:8], "little")
    broken = FileError(str(path), tr("this is no safetensors file, which begins with a header that lists its arrays"))
    if len(data) < 8 or size > min(len(data) - 8, MOST_HEADER):
        raise broken
    try:
        header = json.loads(data[8 : 8 + size])
        header.pop("__metadata__", None)
        body = memoryview(data)[8 + size :]
        return {name: _array(path, name, entry, body) for name, entry in header.items()}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise broken from None


def _array(path: Path, name: str, entry: dict[str, Any], body: memoryview) -> Array:
    """One array, in the numbers that it stands in."""
    kind = DTYPES.get(entry["dtype"])
    if kind is None:
        problem = tr("{name} has numbers of type {type}; allowed are {types}", name=name, type=str(entry["dtype"]),
                     types=", ".join(DTYPES))  # fmt: skip
        raise FileError(str(path), problem)
    start, stop = entry["data_offsets"]
    shape = tuple(entry["shape"])
    if not 0 <= start <= stop <= len(body) or stop - start != math.prod(shape) * np.dtype(kind).itemsize:
        raise ValueError(name)
    array: Array = np.frombuffer(body[start:stop], kind).reshape(shape)
    return array


def read_weights(path: Path, network: NeuralNetwork) -> None:
    """Put the arrays of a file into a network of the same shapes; nothing changes where one doesn't fit.

    The names are those of `named_arrays`, or those of an exported PyTorch module: ``dense_1.weight`` (O, I).

    Raises
    ------
    FileError
        It can't be read, or doesn't fit the network.
    """
    own, found = named_arrays(network), _renamed(read_arrays(path))
    lacking, unknown = [name for name in own if name not in found], [name for name in found if name not in own]
    if lacking or unknown:
        raise FileError(str(path), _of_another_network(own, lacking, unknown))
    for name, array in own.items():
        if found[name].shape != array.shape:
            problem = tr("{name} is of shape {found}; the network's is {wanted}", name=name,
                         found=str(found[name].shape), wanted=str(array.shape))  # fmt: skip
            raise FileError(str(path), problem)
        if not (np.abs(found[name]) <= np.finfo(array.dtype).max).all():
            problem = tr("{name} has numbers that are not finite", name=name)
            raise FileError(str(path), problem)
        if name.startswith("running_variances") and (found[name] < 0).any():
            raise FileError(str(path), tr("{name} has negative numbers, which no variance is", name=name))
    for name, array in own.items():
        array[...] = found[name]


def _of_another_network(own: Mapping[str, Array], lacking: list[str], unknown: list[str]) -> str:
    shown = ", ".join((lacking or unknown)[:3])
    if lacking:
        return tr("it lacks {names}, which the network has; expected are {all}", names=shown, all=_listed(own))
    return tr("it has {names}, which the network has not; expected are {all}", names=shown, all=_listed(own))


def _listed(own: Mapping[str, Array]) -> str:
    names = list(own)
    return ", ".join(names) if len(names) <= 6 else ", ".join([*names[:5], "…", names[-1]])


TORCH_NAMES = {
    ("dense", "weight"): "weights",
    ("dense", "bias"): "biases",
    ("norm", "weight"): "gammas",
    ("norm", "bias"): "betas",
    ("norm", "running_mean"): "running_means",
    ("norm", "running_var"): "running_variances",
}
"""How the exported PyTorch module calls its arrays."""


def _renamed(arrays: Mapping[str, Array]) -> dict[str, Array]:
    """The arrays under the names of `named_arrays`; others keep theirs."""
    found = {}
    for name, array in arrays.items():
        layer, _, kind = name.partition(".")
        part, _, number = layer.rpartition("_")
        own = TORCH_NAMES.get((part, kind))
        if kind == "num_batches_tracked":
            continue
        if own is None or not number.isdecimal():
            found[name] = array
        else:
            found[f"{own}.{int(number) - 1}"] = array.T if own == "weights" else array
    return found
