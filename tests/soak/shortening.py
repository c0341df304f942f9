"""Shortens the acts of a play to those that a fault needs: halves, quarters and so on are left out while it comes."""

import json
from pathlib import Path

from tests.soak.player import play

MOST_TRIALS = 150


class Trials:
    """Plays subsets of acts and looks whether the fault comes.

    Attributes
    ----------
    key
        Of the fault.
    """

    def __init__(self, out: Path, seed: int, key: str) -> None:
        self._out, self._seed = out, seed
        self.count = 0
        self.key = key

    def faults(self, lines: list[str]) -> list[tuple[str, int]]:
        """The keys of the faults of these acts, with the act."""
        self.count += 1
        folder = self._out / f"trial-{self.count}"
        self._out.mkdir(parents=True, exist_ok=True)
        file = self._out / f"trial-{self.count}.jsonl"
        file.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return [(fault.key, fault.act) for fault in play(folder, self._seed, 0, file).faults if self.key in fault.key]

    def __call__(self, lines: list[str]) -> bool:
        """Whether it comes."""
        return self.count < MOST_TRIALS and bool(self.faults(lines))


def shorten(path: Path, seed: int, key: str, out: Path) -> int:
    """Write the shortest sequence that was found, and print it."""
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    trials = Trials(out, seed, key)
    found = trials.faults(lines)
    if not found:
        print(f"no fault in {len(lines)} acts")
        return 1
    trials.key = trials.key or found[0][0]
    last = min(act for name, act in found if trials.key in name)
    kept = lines[: last + 1] if trials(lines[: last + 1]) else lines
    kept = _halved(kept, trials)
    short = out / "short.jsonl"
    short.write_text("\n".join(kept) + "\n", encoding="utf-8")
    for line in kept:
        print(json.dumps(json.loads(line), ensure_ascii=False))
    print(f"{trials.key}: {len(lines)} acts shortened to {len(kept)} in {trials.count} plays; {short}")
    return 0


def _halved(lines: list[str], comes: Trials) -> list[str]:
    """Delta debugging (A. Zeller and R. Hildebrandt, 2002), with the parts left out only."""
    size = max(1, len(lines) // 2)
    while True:
        begin, shorter = max(0, len(lines) - size), False
        while begin >= 0 and len(lines) > 1:
            fewer = lines[:begin] + lines[begin + size :]
            if fewer and comes(fewer):
                lines, shorter = fewer, True
            if begin == 0:
                break
            begin = max(0, begin - size)
        if (size == 1 and not shorter) or comes.count >= MOST_TRIALS:
            return lines
        size = max(1, size // 2)
