"""The progress window of a first start, on a screen of its own."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.screen_needs import SCREEN, TKINTER

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.real_window(SCREEN, TKINTER)
PROLOGUE = """
import sys, tkinter
sys.path.insert(0, {root!r})
from nnplay.bootstrap import window
from nnplay.bootstrap.fetching import StartCancelledError, StartError
said = []
"""


@pytest.fixture(scope="module")
def screen() -> Iterator[dict[str, str]]:
    """The environment variables of a process that draws on a screen of its own."""
    command = ["Xvfb", "-displayfd", "1", "-screen", "0", "800x600x24", "-nolisten", "tcp", "-noreset"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:
        assert server.stdout is not None
        number = server.stdout.readline().strip()
        yield dict(os.environ, DISPLAY=f":{number}")
        server.terminate()


def run(code: str, screen: dict[str, str]) -> str:
    code = PROLOGUE.format(root=str(ROOT)) + code
    done = subprocess.run([sys.executable, "-c", code], env=screen, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_it_shows_the_words_and_closes_by_itself(screen: dict[str, str]) -> None:
    code = """
def work():
    yield "fetching a"
    for _ in range(5):
        yield ""
    yield "fetching b"
window.show(work, said.append)
print(said)
"""
    assert run(code, screen) == "['  fetching a', '  fetching b']"


def test_it_stays_responsive_while_the_work_goes_on(screen: dict[str, str]) -> None:
    """Events of its own come through between any two looks at work that has no end."""
    code = """
def work():
    while True:
        yield ""
shown = window.ProgressWindow(work, said.append)
ticks = []
def tick():
    ticks.append(1)
    if len(ticks) == 20:
        shown.destroy()
    else:
        shown.after(1, tick)
shown.after(1, tick)
shown.mainloop()
print(len(ticks), shown.finished)
"""
    assert run(code, screen) == "20 False"


def test_a_failure_is_read_there_and_can_be_tried_again(screen: dict[str, str]) -> None:
    code = """
tries = []
def work():
    tries.append(1)
    yield "fetching"
    if len(tries) == 1:
        raise StartError("the cable is out")
shown = window.ProgressWindow(work, said.append)
def look():
    if shown.failure is None:
        shown.after(10, look)
        return
    print(shown._now.cget("text"), "|", shown._close.cget("text"))
    shown._again.invoke()
shown.after(10, look)
shown.mainloop()
print(len(tries), shown.finished, shown.failure)
"""
    assert run(code, screen).splitlines() == ["The cable is out | Close", "2 True None"]


def test_closing_it_ends_the_work(screen: dict[str, str]) -> None:
    code = """
def work():
    try:
        while True:
            yield ""
    finally:
        print("ended")
class Closed(window.ProgressWindow):
    def mainloop(self):
        self.after(50, self.destroy)
        super().mainloop()
window.ProgressWindow = Closed
try:
    window.show(work, said.append)
except StartCancelledError:
    print("cancelled")
"""
    assert run(code, screen).splitlines() == ["ended", "cancelled"]


def test_without_a_screen_nothing_is_begun(screen: dict[str, str]) -> None:
    code = """
def work():
    print("begun")
    yield ""
try:
    window.show(work, said.append)
except tkinter.TclError:
    print("no window")
"""
    assert run(code, dict(screen, DISPLAY=":4711")) == "no window"
