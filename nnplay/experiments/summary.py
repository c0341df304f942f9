"""What an experiment file is about, read without the rest of it: enough to tell one copy from another."""

from pathlib import Path
from typing import NamedTuple

import msgspec

from nnplay.experiments.document import MAX_BYTES


class Summary(NamedTuple):
    """What kind of data it has, the epochs trained, and the name of points of one's own."""

    kind: str
    epoch: int
    name: str = ""


class _Data(msgspec.Struct, frozen=True):
    kind: str = "xor"
    name: str = ""


class _Experiment(msgspec.Struct, frozen=True):
    data: _Data = _Data()


class _Run(msgspec.Struct, frozen=True):
    epoch: int = 0


class _Document(msgspec.Struct, frozen=True):
    experiment: _Experiment
    run: _Run | None = None


def read_summary(path: Path) -> Summary | None:
    """What the file says of itself; None for one that can't be read."""
    try:
        if path.stat().st_size > MAX_BYTES:
            return None
        document = msgspec.json.decode(path.read_bytes(), type=_Document)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None
    data = document.experiment.data
    return Summary(data.kind, document.run.epoch if document.run is not None else 0, data.name)
