"""What a soak counts: faults, each written down at once, so that a crash takes none of them along."""

import json
from collections import Counter
from dataclasses import asdict, dataclass
from pathlib import Path

KINDS = ("exception", "crash", "warning", "freeze", "undo", "not finite", "memory")
"""Every kind of fault, in the order in which they are counted."""


@dataclass(frozen=True)
class Fault:
    """One fault.

    Attributes
    ----------
    kind
        One of `KINDS`.
    key
        What tells it from others: the same cause has the same key.
    what
        All that is known of it: a traceback, a figure.
    act
        The number of the act in which it came.
    """

    kind: str
    key: str
    what: str
    act: int = -1


class FaultFile:
    """Writes faults down as JSON lines."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.act = -1
        self.count = 0

    def add(self, kind: str, key: str, what: str) -> None:
        """Write one down."""
        self.count += 1
        with self._path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(asdict(Fault(kind, key, what, self.act))) + "\n")


def faults_in(path: Path) -> list[Fault]:
    """All that were written down."""
    if not path.exists():
        return []
    return [Fault(**json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines()]


def figures(faults: list[Fault]) -> str:
    """How many there are of each kind, on one line."""
    counts = Counter(fault.kind for fault in faults)
    return ", ".join(f"{kind} {counts[kind]}" for kind in KINDS)
