"""A random player of the whole window: `python -m tests.soak.player --seed 1 --acts 20000`.

Every play is a process of its own, so that a crash is counted and the next one goes on. The acts are written down, one
a line; `--replay FILE` does them again, and `--shorten FILE` leaves out what the first fault in them doesn't need.
Offscreen, unless QT_QPA_PLATFORM says otherwise. The exit code is 1 where there was a fault.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from tests.soak.faults import Fault, faults_in, figures

ROOT = Path(__file__).parents[2]
MOST_ACTS = 2500
"""Acts in one process, so that what goes wrong late can be repeated."""
MOST_GROWTH = 600
"""Megabytes from the first tenth of a play to its last: all that undo may keep, and the data of what is open."""
PATIENCE_SECONDS = 3600


@dataclass
class Played:
    """What came of one play."""

    folder: Path
    acts: int
    faults: list[Fault]
    longest: float = 0.0
    dialogs: int = 0
    memory: list[float] = field(default_factory=list)


def play(folder: Path, seed: int, acts: int, repeated: Path | None = None) -> Played:
    """One play in a process of its own, with a home of its own in `folder`."""
    folder.mkdir(parents=True)
    home = {name: str(folder / "home") for name in ("HOME", "USERPROFILE", "TMPDIR")}
    (folder / "home").mkdir()
    env = {name: value for name, value in os.environ.items() if not name.startswith("XDG_")}
    env = {"QT_QPA_PLATFORM": "offscreen", **env, **home, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
    command = [sys.executable, "-m", "tests.soak.play", str(folder), str(seed), str(acts)]
    with (folder / "output.txt").open("w") as output:
        try:
            done = subprocess.run(
                [*command, *([str(repeated)] if repeated else [])],
                stdout=output,
                stderr=subprocess.STDOUT,
                env=env,
                cwd=ROOT,
                timeout=PATIENCE_SECONDS,
            )
            code = done.returncode
        except subprocess.TimeoutExpired:
            code = 99
    return _read(folder, code)


def _read(folder: Path, code: int) -> Played:
    log, end, memory = folder / "acts.jsonl", folder / "end.json", folder / "memory.txt"
    acts = len(log.read_text(encoding="utf-8").splitlines()) if log.exists() else 0
    played = Played(folder, acts, faults_in(folder / "faults.jsonl"))
    if memory.exists():
        played.memory = [float(line) for line in memory.read_text().split()]
    if end.exists():
        told = json.loads(end.read_text())
        played.longest, played.dialogs = told["longest"], told["dialogs"]
    if code or not end.exists():
        crash = (folder / "crash.txt").read_text() if (folder / "crash.txt").exists() else ""
        output = (folder / "output.txt").read_text(errors="replace")[-4000:]
        place = next((line.strip() for line in crash.splitlines() if "/nnplay/" in line), f"exit code {code}")
        what = f"exit code {code}\n{crash}\n{output}"
        played.faults.append(Fault("crash", f"crash in {place.rpartition('/nnplay/')[2]}", what, acts - 1))
    growth = _growth(played.memory)
    if growth > MOST_GROWTH:
        played.faults.append(Fault("memory", "memory grows", f"{growth:.0f} MB more in the last tenth", acts - 1))
    return played


def _growth(memory: list[float]) -> float:
    tenth = len(memory) // 10
    return statistics.median(memory[-tenth:]) - statistics.median(memory[:tenth]) if tenth else 0.0


def report(plays: list[Played], name: str) -> int:
    """Every fault once, then the line of figures; the exit code."""
    faults = [fault for each in plays for fault in each.faults]
    first = {fault.key: (fault, each) for each in reversed(plays) for fault in reversed(each.faults)}
    for key, count in Counter(fault.key for fault in faults).most_common():
        fault, each = first[key]
        print(f"\n{fault.kind}, {count} times: {key}\n  first in act {fault.act} of {each.folder / 'acts.jsonl'}")
        print(f"    {_act(each.folder, fault.act)}\n    " + "\n    ".join(fault.what.strip().splitlines()[-25:]))
    longest = max(each.longest for each in plays)
    memory = [each.memory for each in plays if len(each.memory) >= 10]
    grown = max(map(_growth, memory), default=0.0)
    peak = max((max(each) for each in memory), default=0.0)
    print(
        f"\n{name}: {sum(each.acts for each in plays)} acts in {len(plays)} plays, "
        f"{sum(each.dialogs for each in plays)} dialogs; {figures(faults)} ({len(first)} distinct); "
        f"longest without an answer {1000 * longest:.0f} ms; "
        f"memory at most {peak:.0f} MB, last tenth {grown:+.0f} MB"
    )
    return 1 if faults else 0


def _act(folder: Path, number: int) -> str:
    log = folder / "acts.jsonl"
    lines = log.read_text(encoding="utf-8").splitlines() if log.exists() else []
    return lines[number] if 0 <= number < len(lines) else ""


def main() -> int:
    """Play, repeat or shorten."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak.player", description=__doc__.splitlines()[0])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--acts", type=int, default=20_000)
    parser.add_argument("--most", type=int, default=MOST_ACTS, help="acts in one process")
    parser.add_argument("--replay", type=Path, metavar="FILE", help="the acts of an earlier play")
    parser.add_argument("--shorten", type=Path, metavar="FILE", help="leave out what the first fault doesn't need")
    parser.add_argument("--key", default="", help="a part of the key of the fault to shorten to; any where left out")
    parser.add_argument("--out", type=Path, help="the folder for what is written down; one of its own where left out")
    given = parser.parse_args()
    out: Path = given.out or Path(tempfile.mkdtemp(prefix="soak-"))
    if given.shorten is not None:
        from tests.soak.shortening import shorten

        return shorten(given.shorten, given.seed, given.key, out)
    if given.replay is not None:
        return report([play(out / "replay", given.seed, 0, given.replay)], f"replay of {given.replay}")
    plays: list[Played] = []
    while (played := sum(each.acts for each in plays)) < given.acts and not _hopeless(plays):
        seed = given.seed * 1000 + len(plays)
        plays.append(play(out / f"play-{seed}", seed, min(given.most, given.acts - played)))
    return report(plays, f"seed {given.seed}")


def _hopeless(plays: list[Played]) -> bool:
    """Whether the program doesn't even start any more."""
    return len(plays) >= 3 and not any(each.acts for each in plays[-3:])


if __name__ == "__main__":
    sys.exit(main())
