"""A kernel compiled before it is used, which takes some seconds, once: then it is kept, and loaded within a second.

`python -m nnplay.training.compiling float64` does it, as a process that may be ended.
"""

import os
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path

import nnplay
from nnplay.nn.compiled.cache import is_kept
from nnplay.nn.engines import have_kernel

LOOK_EVERY = 0.05
"""Seconds between two looks at whether it is still wanted."""


class Kernel:
    """The kernel of a precision on its way into this process: another one compiles it, then a thread loads it.

    Attributes
    ----------
    compiles
        Whether it is compiled now, as it isn't kept.
    is_given_up
        Whether nobody wants it any more.
    problem
        Why it can't be had, where it can't.
    """

    def __init__(self, dtype: str) -> None:
        self._dtype = dtype
        self.compiles = self.is_given_up = False
        self.problem = ""
        self._thread = threading.Thread(target=self._come, name=f"nnplay-{dtype}")
        self._thread.start()

    @property
    def is_coming(self) -> bool:
        """Whether it isn't there yet, but may be."""
        return self._thread.is_alive()

    def give_up(self) -> None:
        """Let the other process be ended; the next one begins again."""
        self.is_given_up = True

    def _come(self) -> None:
        self.compiles = not is_kept(self._dtype)
        if self.compiles:
            self._compile_apart()
        if not self.is_given_up:
            try:
                have_kernel(self._dtype)
            except Exception as error:  # noqa: BLE001 - the thread's end: whoever wants a step is told
                self.problem = str(error)
        self.compiles = False

    def _compile_apart(self) -> None:
        """Until that is done; where it fails the reason is found by loading."""
        home = str(Path(nnplay.__file__).parents[1])
        path = os.pathsep.join([home, *filter(None, [os.environ.get("PYTHONPATH")])])
        with subprocess.Popen(
            [sys.executable, "-m", "nnplay.training.compiling", self._dtype],
            env=os.environ | {"PYTHONPATH": path},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        ) as process:
            while process.poll() is None:
                if self.is_given_up or not threading.main_thread().is_alive():  # the program ends
                    self.is_given_up = True
                    process.kill()
                with suppress(subprocess.TimeoutExpired):
                    process.wait(LOOK_EVERY)


if __name__ == "__main__":
    have_kernel(sys.argv[1])
