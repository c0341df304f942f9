"""A kernel compiled before it is used, which takes some seconds, once: then it is kept, and loaded within a second.

`python -m nnplay.training.compiling float64` does it, as a process that may be ended.
"""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np

import nnplay
from nnplay.nn.batches import Batches
from nnplay.nn.compiled.cache import is_kept, mark_kept
from nnplay.nn.network import NeuralNetwork
from nnplay.nn.optimizers import SGD
from nnplay.nn.stretch import Stretch


def prepare(dtype: str) -> None:
    """Compile the kernel of this precision, or load it."""
    network, sample = NeuralNetwork([1, 1], dtype=dtype, engine="compiled"), np.zeros((1, 1))
    network.train_batches(Batches(sample, sample, None), SGD(0.0), Stretch(1, 1, np.zeros(1)))
    mark_kept(dtype)


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


if __name__ == "__main__":
    prepare(sys.argv[1])
