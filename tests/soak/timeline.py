"""Sessions played at random in the time of their runs: `python -m tests.soak.timeline --seed 1 --minutes 10`.

After each play every branch is trained again from its log, by a trainer that knows no record, and its moments, reached
by any way, must be the same to the last bit. What breaks is shortened to the acts that matter. The exit code is 1 where
something broke. Offscreen, unless QT_QPA_PLATFORM says otherwise.
"""

import argparse
import os
import sys
import time
import traceback
from random import Random

from PySide6.QtWidgets import QApplication

from nnplay.gui.theme.theme import Theme
from tests.gui.session.played_session import Act, PlayedSession

MOST_ACTS = 80


def acts_of(seed: int) -> list[Act]:
    """The acts of a play."""
    random = Random(seed)
    names = PlayedSession.acts()
    return [(random.choice(names), random.randrange(2**16)) for _ in range(random.randint(5, MOST_ACTS))]


def problem(seed: int, acts: list[Act], theme: Theme) -> str:
    """What breaks in a play; "" where nothing does."""
    played = PlayedSession(seed, theme)
    try:
        played.play(acts)
    except Exception:  # noqa: BLE001 - that is what is looked for
        return traceback.format_exc()
    finally:
        played.session.close()
    return ""


def shortened(seed: int, acts: list[Act], theme: Theme) -> list[Act]:
    """The acts without those after whose leaving out something breaks still."""
    piece = len(acts) // 2
    while piece:
        for begin in range(len(acts) - piece, -1, -piece):
            fewer = acts[:begin] + acts[begin + piece :]
            if problem(seed, fewer, theme):
                acts = fewer
        piece //= 2
    return acts


def soak(seed: int, minutes: float) -> int:
    """Play as long as that, and tell what broke; the exit code."""
    theme, end = Theme(), time.monotonic() + 60 * minutes
    plays = acts = broken = 0
    while not plays or time.monotonic() < end:
        number = 1_000_000 * seed + plays
        todo = acts_of(number)
        if problem(number, todo, theme):
            broken += 1
            few = shortened(number, todo, theme)
            print(f"\nsession {number}: {few}\n{problem(number, few, theme)}", flush=True)
        plays, acts = plays + 1, acts + len(todo)
    print(f"seed {seed}: {acts} acts in {plays} sessions, {broken} broken")
    return 1 if broken else 0


def main() -> int:
    """Play."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak.timeline", description=__doc__.splitlines()[0])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--minutes", type=float, default=10.0)
    given = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QApplication(sys.argv[:1])
    code = soak(given.seed, given.minutes)
    application.quit()
    return code


if __name__ == "__main__":
    sys.exit(main())
