"""Broken files and texts for each reader: `python -m tests.soak.mutants READER --seed 1 --count 10000`.

Good examples are changed at random, read and gone on with as the window does; what comes out must be an NnplayError or
a result. Warnings are errors here. Mutants that break a reader are saved. The exit code is 1 where one did.
"""

import argparse
import contextlib
import random
import signal
import sys
import tempfile
import time
import traceback
import warnings
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from nnplay.errors import NnplayError
from tests.soak.readers import READERS

MOST_SECONDS = 2.0
MOST_MEMORY = 6_000_000_000
"""Bytes of address space: what asks for more gets a MemoryError, which is foreign as well."""


class TooLongError(Exception):
    """A reader that doesn't come back."""


@dataclass
class Tally:
    """What came out of the mutants of a reader."""

    taken: int = 0
    refused: int = 0
    late: int = 0
    longest: float = 0.0
    broken: dict[str, tuple[bytes, str]] = field(default_factory=dict)
    times: Counter[str] = field(default_factory=Counter)


def try_mutants(name: str, seed: int, count: int) -> Tally:
    """Read so many mutants."""
    reader, tally = READERS[name], Tally()
    examples = reader.examples()
    generator = random.Random(f"{name} {seed}")
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("error")
        for number in range(count):
            content = examples[number] if number < len(examples) else generator.choice(examples)
            if number >= len(examples):
                content = reader.change(content, generator)
            began = time.process_time()
            try:
                with _alarm():
                    reader.read(content, Path(folder))
                tally.taken += 1
            except NnplayError as error:
                str(error)
                tally.refused += 1
            except Exception as error:  # noqa: BLE001 - that is what is looked for
                _note(tally, content, error)
                continue
            took = time.process_time() - began  # others may use the machine, too
            tally.longest = max(tally.longest, took)
            if took > MOST_SECONDS:
                tally.late += 1
                _note(tally, content, TooLongError(f"{took:.1f} s"))
    return tally


def _note(tally: Tally, content: bytes, error: Exception) -> None:
    text = "".join(traceback.format_exception(error))
    steps = [step for step in traceback.extract_tb(error.__traceback__) if "/nnplay/" in step.filename]
    place = f"{steps[-1].filename.rpartition('/nnplay/')[2]}:{steps[-1].lineno}" if steps else "?"
    key = f"{type(error).__name__} at {place}"
    tally.times[key] += 1
    if key not in tally.broken or len(content) < len(tally.broken[key][0]):
        tally.broken[key] = (content, text)


@contextlib.contextmanager
def _alarm() -> Iterator[None]:
    if not hasattr(signal, "SIGALRM"):
        yield
        return

    def ring(*_: object) -> None:
        raise TooLongError("stopped after ten times what is allowed")

    before = signal.signal(signal.SIGALRM, ring)
    signal.alarm(round(10 * MOST_SECONDS))
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def report(name: str, seed: int, tally: Tally, out: Path) -> int:
    """Save and print what broke, then the line of figures; the exit code."""
    for number, (key, (content, text)) in enumerate(tally.broken.items()):
        out.mkdir(parents=True, exist_ok=True)
        path = out / f"{name}-{seed}-{number}.mutant"
        path.write_bytes(content)
        print(f"\n{tally.times[key]} times {key}\n  {path}: {content[:300]!r}")
        print("    " + "\n    ".join(text.strip().splitlines()[-8:]))
    count = tally.taken + tally.refused + sum(tally.times.values()) - tally.late
    print(
        f"{name}, seed {seed}: {count} mutants, {tally.taken} taken, {tally.refused} refused, "
        f"{sum(tally.times.values())} broken in {len(tally.broken)} ways, longest {tally.longest:.2f} s"
    )
    return 1 if tally.broken else 0


def _limit_memory() -> None:
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))


def main() -> int:
    """Try the mutants of one reader, or of all of them."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak.mutants", description=__doc__.splitlines()[0])
    parser.add_argument("reader", choices=[*READERS, "all"])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--out", type=Path, help="the folder for mutants that break something")
    given = parser.parse_args()
    _limit_memory()
    out = given.out or Path(tempfile.gettempdir()) / "nnplay-mutants"
    names = list(READERS) if given.reader == "all" else [given.reader]
    return max([report(name, given.seed, try_mutants(name, given.seed, given.count), out) for name in names])


if __name__ == "__main__":
    sys.exit(main())
