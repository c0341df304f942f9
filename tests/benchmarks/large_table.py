"""How long a large table takes beside pandas alone: `python -m tests.benchmarks.large_table`.

42,000 rows of 785 columns, made of the shipped digits, are read by pandas, by the reader, and from file to trainable
table by the suggestions, in turns; the shortest and the median of some runs count, since other work on a machine only
adds to them. The last figure is the longest time that another thread had to wait for its turn meanwhile, as the
window's would.
"""

import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from nnplay.data.tables.making import make_import
from nnplay.data.tables.reading import read_file
from nnplay.data.tables.suggestion import suggested_choice
from nnplay.resources import resource_path

ROWS = 42_000
RUNS = 5
MOST_RATIO = 1.5
MOST_WAIT = 0.1


def write_table(path: Path) -> None:
    """The digits again and again, as a text of whole numbers."""
    with np.load(resource_path("data/mnist_5k.npz")) as digits:
        pixels, labels = digits["X"], digits["y"]
    texts = [str(value) for value in range(256)]
    rows = [
        f"{label}," + ",".join([texts[value] for value in row]) + "\n"
        for label, row in zip(labels.tolist(), pixels.tolist(), strict=True)
    ]
    with path.open("w") as file:
        file.write("label," + ",".join(f"pixel{k}" for k in range(pixels.shape[1])) + "\n")
        for number in range(ROWS):
            file.write(rows[number % len(rows)])


def timed(work: Callable[[], object]) -> float:
    """Seconds that it takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def longest_wait(work: Callable[[], object]) -> float:
    """Seconds that this thread waits at most for its turn while another one works."""
    worker = threading.Thread(target=work)
    worker.start()
    last, longest = time.perf_counter(), 0.0
    while worker.is_alive():
        time.sleep(0.001)
        now = time.perf_counter()
        last, longest = now, max(longest, now - last)
    return longest


def table_of(path: Path) -> object:
    """From file to trainable."""
    sheet = read_file(path)
    return make_import(sheet, suggested_choice(sheet)).table


def main() -> int:
    """Measure, print, and answer 1 where a bar is missed."""
    import pandas as pd

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "digits.csv"
        write_table(path)
        works: dict[str, Callable[[], object]] = {
            "pandas.read_csv": lambda: pd.read_csv(path),
            "file to sheet": lambda: read_file(path),
            "file to table": lambda: table_of(path),
        }
        times: dict[str, list[float]] = {name: [] for name in works}
        for name in list(works) * RUNS:
            times[name].append(timed(works[name]))
        wait = min(longest_wait(works["file to table"]) for _ in range(RUNS))
    beside = times["pandas.read_csv"]
    ratio = 0.0
    for name, found in times.items():
        ratio = min(found) / min(beside)
        median = statistics.median(found)
        print(f"{name:18} shortest {min(found):5.2f} s ({ratio:4.2f})  median {median:5.2f} s")
    print(f"another thread waits {1000 * wait:.0f} ms at most")
    return 0 if ratio <= MOST_RATIO and wait <= MOST_WAIT else 1


if __name__ == "__main__":
    sys.exit(main())
