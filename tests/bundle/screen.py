"""A screen of its own with a hand at it: Xvfb, xdotool, and pictures of what is seen."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

PATIENCE = 60.0
GRAB = """
import sys
from PySide6.QtGui import QGuiApplication
application = QGuiApplication([])
application.primaryScreen().grabWindow(0).save(sys.argv[1])
"""


class Screen:
    """What a person sees and does."""

    def __init__(self, display: str, pictures: Path) -> None:
        self.display = display
        self._pictures = pictures
        self._env = {**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}

    def window(self, title: str) -> str:
        """Wait for a window whose title has this in it, bring it to the corner, and give it the keyboard."""
        found = wait_for(lambda: self._find(title), f"a window {title!r}")
        self._do("windowmove", found, "0", "0")
        self._do("windowfocus", "--sync", found)
        return found

    def closed(self, title: str) -> None:
        """Wait until there is no such window."""
        wait_for(lambda: not self._find(title), f"the end of {title!r}")

    def key(self, *keys: str) -> None:
        """Press keys."""
        for key in keys:
            self._do("key", "--delay", "60", key)

    def type(self, text: str) -> None:
        """Type a text."""
        self._do("type", "--delay", "20", text)

    def picture(self, name: str) -> None:
        """Keep what is seen, when it has come to rest."""
        time.sleep(1.0)
        subprocess.run([sys.executable, "-c", GRAB, str(self._pictures / f"{name}.png")], env=self._env, check=True)

    def _find(self, title: str) -> str:
        done = subprocess.run(
            ["xdotool", "search", "--onlyvisible", "--name", title], env=self._env, capture_output=True, text=True
        )
        return done.stdout.split("\n")[0].strip()

    def _do(self, *words: str) -> None:
        subprocess.run(["xdotool", *words], env=self._env, check=True)


def wait_for(condition: Callable[[], object], what: str) -> str:
    """Wait until it is met, and return what it gives."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        found = condition()
        if found:
            return str(found)
        time.sleep(0.1)
    raise RuntimeError(f"{what} was waited for {PATIENCE:.0f} s")


@contextmanager
def screen(pictures: Path) -> Iterator[Screen]:
    """A screen of 1440 × 900."""
    read, write = os.pipe()
    # no reset when the last window closes: who connects meanwhile would be refused
    command = ["Xvfb", "-displayfd", str(write), "-screen", "0", "1440x900x24", "-nolisten", "tcp", "-noreset"]
    server = subprocess.Popen(command, pass_fds=(write,), stderr=subprocess.DEVNULL)
    os.close(write)
    with os.fdopen(read) as pipe:
        display = ":" + pipe.readline().strip()
    try:
        yield Screen(display, pictures)
    finally:
        server.terminate()
        server.wait(PATIENCE)
