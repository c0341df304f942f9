"""Windows that are killed, and what is left of them: `python -m tests.soak.kills --seed 1 --count 52`.

Copies are kept every 0.3 s here, in place of half a minute. Killed at a random moment or within the very write, told to
end by the desktop, two at once, on a full disk and in a folder that can't be written: each time the next start must
bring back what was open at most a copy ago. The exit code is 1 where something was lost.
"""

import argparse
import contextlib
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from nnplay.errors import NnplayError
from nnplay.experiments import read_document
from tests.soak.kill_window import COPY_MS, MOMENTS

ROOT = Path(__file__).parents[2]
SLACK_SECONDS = 1.5
"""For the write itself, and a machine that others use too."""
PATIENCE_SECONDS = 40.0
Lines = list[dict[str, Any]]


class Window:
    """A window in a process of its own, with its home in `home`."""

    def __init__(self, home: Path, way: str, mark: int = 1) -> None:
        home.mkdir(parents=True, exist_ok=True)
        env = {name: value for name, value in os.environ.items() if not name.startswith("XDG_")}
        env = {"QT_QPA_PLATFORM": "offscreen", **env, "HOME": str(home), "PYTHONPATH": str(ROOT)}
        command = [sys.executable, "-m", "tests.soak.kill_window", way, str(mark)]
        self.process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=env, cwd=ROOT, text=True
        )
        self._lines: Lines = []
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def lines(self) -> Lines:
        """What it has told."""
        return list(self._lines)

    def _read(self) -> None:
        assert self.process.stdout is not None
        for text in self.process.stdout:
            if text.startswith("{") and text.endswith("}\n"):
                self._lines.append(json.loads(text))

    def wait(self, until: Callable[[Lines], bool]) -> bool:
        """Whether that came, and before it ended."""
        end = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < end:
            if until(self.lines()):
                return True
            if self.process.poll() is not None:
                self._reader.join()
                return until(self.lines())
            time.sleep(0.02)
        return False

    def end(self, how: signal.Signals) -> int:
        """Send the signal, and wait for the end; the exit code."""
        self.process.send_signal(how)
        try:
            return self.process.wait(PATIENCE_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            return 99

    def close(self) -> None:
        """End it, and read what it told last."""
        if self.process.poll() is None:
            self.end(signal.SIGKILL)
        self.process.wait()
        self._reader.join()
        assert self.process.stdout is not None
        self.process.stdout.close()


def started(lines: Lines) -> bool:
    """Whether the window makes changes."""
    return any("mark" in line for line in lines)


def found(home: Path) -> set[int]:
    """The marks of all that is left: what the next start opens, and every copy in the folder."""
    window = Window(home, "look")
    window.wait(lambda lines: any("open" in line for line in lines))
    with contextlib.suppress(subprocess.TimeoutExpired):
        window.process.wait(PATIENCE_SECONDS)
    window.close()
    marks = {line["open"] for line in window.lines() if "open" in line}
    for path in home.rglob("*.nnplay*"):
        try:
            marks.add(read_document(path).experiment.seed)
        except NnplayError:
            continue
    return marks


def lost(lines: Lines, marks: set[int], ended: float) -> str:
    """What was lost of a window that told these lines; "" where nothing was that was older than a copy."""
    told = {line["mark"]: line["time"] for line in lines if "mark" in line}
    kept = max((mark for mark in marks if mark in told), default=None)
    if kept is None:
        return "all of it"
    replaced = told.get(kept + 1, ended)  # it held until the next one
    age = ended - replaced
    return f"{age:.1f} s" if age > COPY_MS / 1000 + SLACK_SECONDS else ""


def at_a_random_moment(home: Path, generator: random.Random) -> str:
    window = Window(home, "play")
    window.wait(started)
    time.sleep(COPY_MS / 1000 + generator.uniform(0.2, 2.0))
    window.end(signal.SIGKILL)
    return _left(window, home)


def in_the_write(home: Path, generator: random.Random) -> str:
    window = Window(home, f"{generator.choice(MOMENTS)}:{generator.randint(2, 5)}")
    window.wait(lambda _: False)
    return _left(window, home)


def _left(window: Window, home: Path) -> str:
    window.close()
    lines = window.lines()
    ended = lines[-1]["time"] if lines else 0.0
    wrong = lost(lines, found(home), ended)
    halves = [path.name for path in home.rglob("*.new")]
    return wrong or (f"{len(halves)} half-written files were left" if halves else "")


def told_to_end(home: Path, generator: random.Random) -> str:
    how = generator.choice((signal.SIGTERM, signal.SIGHUP))
    window = Window(home, "play")
    window.wait(started)
    time.sleep(generator.uniform(0.0, 1.0))
    code = window.end(how)
    window.close()
    last = max((line["mark"] for line in window.lines() if "mark" in line), default=0)
    left = found(home)
    return (
        "" if last in left and code == 0 else f"{how.name}: exit code {code}, {last} was open, {sorted(left)} is left"
    )


def two_at_once(home: Path, generator: random.Random) -> str:
    windows = [Window(home, "play", 1), Window(home, "play", 5001)]
    for window in windows:
        window.wait(started)
    time.sleep(COPY_MS / 1000 + generator.uniform(0.5, 1.5))
    generator.shuffle(windows)
    ends = []
    for window in windows:
        window.end(generator.choice((signal.SIGKILL, signal.SIGTERM)))
        window.close()
        ends.append((window.lines(), window.lines()[-1]["time"]))
    marks = found(home)
    wrong = [lost(lines, marks, ended) for lines, ended in ends]
    return "; ".join(f"of window {number + 1}: {each}" for number, each in enumerate(wrong) if each)


def on_a_full_disk(home: Path, _: random.Random) -> str:
    window = Window(home, "full")
    full = window.wait(lambda lines: any("full" in line for line in lines))
    told = window.wait(lambda lines: any("refused" in line for line in lines))
    window.end(signal.SIGKILL)
    window.close()
    lines = window.lines()
    end = next((line["time"] for line in lines if "full" in line), 0.0)
    failed = [line["failed"] for line in lines if "failed" in line]
    before = [line for line in lines if line["time"] <= end]
    if not full or not told or failed:
        return f"a full disk was told {'in a sentence' if told else 'by nothing'}; errors: {failed}"
    return lost(before, found(home), end)


def in_a_closed_folder(home: Path, _: random.Random) -> str:
    home.mkdir(parents=True)
    (home / ".local").write_text("")  # a file where the folder would be: nobody can write there, root neither
    (home / ".config").write_text("")
    window = Window(home, "play")
    told = window.wait(lambda lines: any("refused" in line for line in lines))
    code = window.end(signal.SIGTERM)
    window.close()
    failed = [line["failed"] for line in window.lines() if "failed" in line]
    return "" if told and code == 0 and not failed else f"told: {told}, exit code {code}, errors: {failed}"


def on_the_shelf(home: Path, generator: random.Random) -> str:
    """What was left for another data set is there to the point, and what was open as it was at most a copy ago."""
    window = Window(home, "shelf")
    window.wait(started)
    time.sleep(COPY_MS / 1000 + generator.uniform(0.5, 4.0))
    window.end(signal.SIGKILL)
    window.close()
    lines = window.lines()
    ended = lines[-1]["time"] if lines else 0.0
    kept = {}
    for path in home.rglob("data-sets/*.nnplay"):
        data = read_document(path).experiment.data
        assert data.table is not None
        kept[data.key] = len(data.table)
    old = [line for line in lines if "key" in line and ended - line["time"] > COPY_MS / 1000 + SLACK_SECONDS]
    due = {line["key"]: line["points"] for line in old}
    wrong = [f"{key}: {kept.get(key)} of {points}" for key, points in due.items() if kept.get(key, 0) < points]
    return ", ".join(wrong)


def replaced_by_new(home: Path, generator: random.Random) -> str:
    """What New took the place of is among the unsaved ones, also where the kill comes right behind it."""
    window = Window(home, "new")
    window.wait(lambda lines: any("replaced" in line for line in lines))
    time.sleep(generator.uniform(0.0, 2.0))
    window.end(signal.SIGKILL)
    window.close()
    lines = window.lines()
    ended = lines[-1]["time"] if lines else 0.0
    marks = found(home)
    due = [line["replaced"] for line in lines if "replaced" in line and ended - line["time"] > SLACK_SECONDS]
    wrong = [str(mark) for mark in due if mark not in marks]
    return lost(lines, marks, ended) or ", ".join(wrong)


WAYS: dict[str, tuple[int, Callable[[Path, random.Random], str]]] = {
    "killed at a random moment": (12, at_a_random_moment),
    "killed in the write": (14, in_the_write),
    "told to end": (6, told_to_end),
    "two at once": (6, two_at_once),
    "on the shelf": (6, on_the_shelf),
    "replaced by New": (6, replaced_by_new),
    "full disk": (1, on_a_full_disk),
    "closed folder": (1, in_a_closed_folder),
}
"""How often of 52, and how; each gives what was lost."""


def main() -> int:
    """Kill so many windows."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak.kills", description=__doc__.splitlines()[0])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=40)
    parser.add_argument("--way", choices=WAYS, help="this one only")
    given = parser.parse_args()
    generator = random.Random(given.seed)
    order = [name for name, (times, _) in WAYS.items() for _ in range(times)]
    generator.shuffle(order)
    done: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    for number in range(given.count):
        name = given.way or order[number % len(order)]
        with tempfile.TemporaryDirectory(prefix="nnplay-kills-") as folder:
            problem = WAYS[name][1](Path(folder) / "home", generator)
        done[name] += 1
        if problem:
            wrong[name] += 1
            print(f"{number}: {name}: lost {problem}", flush=True)
    ways = ", ".join(f"{name} {done[name]} ({wrong[name]} lost)" for name in done)
    print(f"seed {given.seed}: {done.total()} windows ended, {wrong.total()} with a loss: {ways}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
