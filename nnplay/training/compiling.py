"""A kernel compiled before it is used, which takes some seconds, once: then it is kept, and loaded within a second.

`python -m nnplay.training.compiling float64` does it, as a process that may be ended.
"""

import os
import subprocess
import sys
from pathlib import Path

import nnplay
from nnplay.nn.compiled.cache import is_kept
from nnplay.nn.network import NeuralNetwork


def prepare(dtype: str) -> None:
    """Compile the kernel of this precision, or load it."""
    NeuralNetwork([1, 1], dtype=dtype, engine="compiled").compiled()


class Compilation:
    """Another process that compiles, so that whoever waits for it can do without it.

    Attributes
    ----------
    done
        Whether there is nothing to wait for any more.
    """

    def __init__(self, dtype: str) -> None:
        self._process = None if is_kept(dtype) else self._start(dtype)

    @property
    def done(self) -> bool:
        """Whether the kernel is kept, or can't be compiled, which its first use says."""
        return self._process is None or self._process.poll() is not None

    def cancel(self) -> None:
        """End it; the next one begins again."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()

    @staticmethod
    def _start(dtype: str) -> subprocess.Popen[bytes]:
        home = str(Path(nnplay.__file__).parents[1])
        path = os.pathsep.join([home, *filter(None, [os.environ.get("PYTHONPATH")])])
        return subprocess.Popen(
            [sys.executable, "-m", "nnplay.training.compiling", dtype],
            env=os.environ | {"PYTHONPATH": path},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )


_begun: dict[str, Compilation] = {}


def is_awaited(dtype: str) -> bool:
    """Whether the kernel of this precision isn't there yet: another process compiles it, which this begins once."""
    if dtype not in _begun:
        _begun[dtype] = Compilation(dtype)
    return not _begun[dtype].done


if __name__ == "__main__":
    prepare(sys.argv[1])
