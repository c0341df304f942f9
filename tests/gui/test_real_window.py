"""The real window on a real X server, driven from outside by xdotool."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.screen_needs import INPUT, LIBRARIES, SCREEN

PATIENCE = 60.0
HERE = Path(__file__).parent
pytestmark = pytest.mark.real_window(SCREEN, INPUT, LIBRARIES)


class Server:
    """Xvfb on a free display."""

    def __init__(self) -> None:
        read, write = os.pipe()
        self._process = subprocess.Popen(
            ["Xvfb", "-displayfd", str(write), "-screen", "0", "1600x1000x24", "-nolisten", "tcp", "-noreset"],
            pass_fds=(write,),
            stderr=subprocess.DEVNULL,
        )
        os.close(write)
        with os.fdopen(read) as pipe:
            self.display = ":" + pipe.readline().strip()

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait(PATIENCE)


class RealWindow:
    """The program in a process of its own, what it tells, and a person's hands."""

    def __init__(self, display: str, folder: Path) -> None:
        self._env = {**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
        self.process = subprocess.Popen(
            [sys.executable, str(HERE / "real_window.py"), str(folder)],
            stdout=subprocess.PIPE,
            env=self._env,
            text=True,
        )
        self._told = threading.Condition()
        self._newest: dict[str, Any] = {}
        self._ended = False
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            with self._told:
                self._newest = json.loads(line)
                self._told.notify_all()
        with self._told:
            self._ended = True
            self._told.notify_all()

    def end(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait(PATIENCE)
        self._reader.join(PATIENCE)
        assert self.process.stdout is not None
        self.process.stdout.close()

    def wait_for(self, condition: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        with self._told:
            met = self._told.wait_for(lambda: self._ended or (self._newest and condition(self._newest)), PATIENCE)
            assert met, self._newest
            assert not self._ended, "the program ended"
            return self._newest

    def xdotool(self, *arguments: str) -> str:
        return subprocess.run(
            ["xdotool", *arguments], env=self._env, check=True, capture_output=True, text=True, timeout=PATIENCE
        ).stdout

    def focus(self) -> None:
        self.wait_for(lambda told: True)
        self._id = self.xdotool("search", "--sync", "--onlyvisible", "--name", "nnplay").split()[0]
        self.xdotool("windowfocus", "--sync", self._id)
        self.wait_for(lambda told: told["active"])

    def click(self, x: int, y: int, button: int = 1) -> None:
        self.xdotool("mousemove", "--sync", "--window", self._id, str(x), str(y))
        self.xdotool("click", str(button))


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    server = Server()
    yield server
    server.stop()


@pytest.fixture
def window(server: Server, tmp_path: Path) -> Iterator[RealWindow]:
    window = RealWindow(server.display, tmp_path)
    try:
        window.focus()
        yield window
    finally:
        window.end()


def test_a_person_trains_xor_switches_the_theme_and_quits(window: RealWindow):
    first = window.wait_for(lambda told: told["colours"] > 50)
    assert first["epoch"] == 0
    window.xdotool("key", "Right")
    window.wait_for(lambda told: told["epoch"] == 1 and told["resting"])
    window.xdotool("key", "space")
    window.wait_for(lambda told: told["loss"] < 0.05)
    window.xdotool("key", "space")
    before = window.wait_for(lambda told: told["resting"])
    window.xdotool("key", "ctrl+d")
    after = window.wait_for(lambda told: told["theme"] != before["theme"])
    window.wait_for(lambda told: abs(told["lightness"] - before["lightness"]) > 100)
    assert after["epoch"] == before["epoch"]
    window.xdotool("key", "ctrl+q")
    assert window.process.wait(PATIENCE) == 0


def test_a_click_on_the_output_draws_a_point(window: RealWindow):
    told = window.wait_for(lambda told: told["colours"] > 50)
    assert told["points"] == 4
    window.click(*told["canvas"])
    window.wait_for(lambda told: told["points"] == 5)
    window.xdotool("key", "ctrl+z")
    window.wait_for(lambda told: told["points"] == 4)
