"""The bombs, each in a process of its own: `python -m tests.soak.bombs`.

Whatever a file asks for, it is refused by an NnplayError within 2 s and 500 MB more than before, or taken within these
megabytes. The exit code is 1 where a bomb goes off.
"""

import argparse
import contextlib
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from tests.soak.bomb_list import BOMBS, MB

ROOT = Path(__file__).parents[2]
MOST_SECONDS = 2.0
BUSY = 4
"""How much longer it may take by the clock than by the processor."""
MOST_MEGABYTES = 500
ADDRESSES = 5_000 * MB
"""Bytes of address space that a bomb gets, for the machine's sake."""
PATIENCE_SECONDS = 60
TABLES = ("csv", "gz", "zip", "xlsx", "ods", "json")
"""Endings of tables, which are read by them."""


def throw(names: Sequence[str]) -> dict[str, dict[str, Any]]:
    """What came of each bomb."""
    told = {}
    for name in names:
        with tempfile.TemporaryDirectory() as folder:
            bomb = BOMBS[name]
            suffix = {"document": ".nnplay", "save": ".nnplay"}.get(
                bomb.how, f".{bomb.how}" if bomb.how in TABLES else ""
            )
            file = "images-idx3-ubyte" if bomb.how == "images" else f"bomb{suffix}"
            told[name] = _thrown(bomb.how, bomb.make(Path(folder) / file))
    return told


def _thrown(how: str, path: Path) -> dict[str, Any]:
    command = [sys.executable, "-m", "tests.soak.bombs", "--read", how, str(path)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, timeout=PATIENCE_SECONDS)
    except subprocess.TimeoutExpired:
        return _NOTHING | {"result": "never came back", "seconds": PATIENCE_SECONDS}
    try:
        told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    except (ValueError, IndexError):
        return _NOTHING | {"result": f"exit code {done.returncode}", "what": done.stderr[-300:]}
    return told


_NOTHING = {"seconds": 0.0, "processor": 0.0, "megabytes": 0.0, "what": ""}


def read(how: str, path: Path) -> dict[str, Any]:
    """Read a bomb in this process."""
    from nnplay.errors import NnplayError

    go = _readers()[how]
    if how not in ("document", "images", "save", *TABLES):  # a text is there before anybody reads it
        text = path.read_text(encoding="utf-8")
        go, text_reader = (lambda _: text_reader(text)), go
    resource.setrlimit(resource.RLIMIT_AS, (ADDRESSES, ADDRESSES))
    before, began, spent = _peak(reset=True), time.perf_counter(), time.process_time()
    try:
        go(path)
        result, what = "taken", ""
    except NnplayError as error:
        result, what = "refused", str(error)
    except Exception as error:  # noqa: BLE001 - that is what is looked for
        result, what = f"a foreign {type(error).__name__}", str(error)
    told = {"seconds": time.perf_counter() - began, "processor": time.process_time() - spent}
    return told | {"result": result, "megabytes": (_peak() - before) / MB, "what": what[:300]}


def _readers() -> dict[str, Callable[[Any], object]]:
    from nnplay.data.idx import read_image_shape, read_images
    from nnplay.data.registry import DATA_SETS
    from nnplay.data.table import Table
    from nnplay.data.tables.making import make_import
    from nnplay.data.tables.reading import read_file, read_text
    from nnplay.data.tables.sheet import Sheet
    from nnplay.data.tables.suggestion import suggested_choice
    from nnplay.experiments import Document, read_document, started, write_document
    from nnplay.experiments.assignments import with_assignments
    from nnplay.training.edits import check_table, with_table
    from nnplay.training.experiment import Experiment
    from nnplay.training.options import OPTIONS
    from nnplay.training.trainer import Trainer

    def take(table: Table) -> None:
        Trainer(with_table(Experiment(), table, (0, min(1, table.inputs.shape[1] - 1)))).step()

    def document(path: Path) -> None:
        found = read_document(path)
        started(found.experiment, found.run).step()

    def images(path: Path) -> None:
        samples, rows, columns = read_image_shape(path)
        check_table(Experiment(), samples, rows * columns)  # before anything is read, as the window does it
        take(read_images(path))

    def take_sheet(sheet: Sheet) -> None:
        take(make_import(sheet, suggested_choice(sheet)).table)

    return {
        "document": document,
        **dict.fromkeys(TABLES, lambda path: take_sheet(read_file(path))),
        "clipboard": lambda text: take_sheet(read_text(text)),
        "images": images,
        "formula": lambda text: DATA_SETS["formula"].generate(samples=500, formula=text.strip()),
        "set": lambda text: with_assignments(Experiment(), [text], "experiment"),
        "number": lambda text: OPTIONS["training.learning_rate"].read(text),
        "save": lambda path: write_document(Document(experiment=Experiment()), path),
    }


def _peak(*, reset: bool = False) -> int:
    """The most memory so far, in bytes; `reset` forgets what was before."""
    if reset:
        with contextlib.suppress(OSError):
            Path("/proc/self/clear_refs").write_text("5")
    with contextlib.suppress(OSError):
        for line in Path("/proc/self/status").read_text().splitlines():
            if line.startswith("VmHWM"):
                return 1024 * int(line.split()[1])
    return 1024 * resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def within(told: dict[str, Any]) -> bool:
    """Whether a bomb did no harm; the seconds are the processor's, on a machine that others use too."""
    quick = told["processor"] <= MOST_SECONDS and told["seconds"] <= BUSY * MOST_SECONDS
    taken, refused = told["result"] == "taken", told["result"] == "refused"
    return (taken or (refused and quick)) and told["megabytes"] <= MOST_MEGABYTES


def main() -> int:
    """Throw every bomb, or some of them."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak.bombs", description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", help="every one where left out")
    parser.add_argument("--read", nargs=2, metavar=("HOW", "FILE"), help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.read:
        print(json.dumps(read(given.read[0], Path(given.read[1]))))
        return 0
    all_told = {}
    for name in given.names or BOMBS:
        told = all_told[name] = throw([name])[name]
        figures = f"{told['processor']:6.2f} of {told['seconds']:6.2f} s {told['megabytes']:6.0f} MB"
        mark = "" if within(told) else "  <<<"
        print(f"{name:34} {figures}  {told['result']}: {told['what'][:90]}{mark}", flush=True)
    wrong = sum(not within(told) for told in all_told.values())
    print(
        f"{len(all_told)} bombs, {wrong} beyond {MOST_SECONDS:.0f} s, {MOST_MEGABYTES} MB or an NnplayError; longest "
        f"{max(told['processor'] for told in all_told.values()):.2f} s, "
        f"most {max(told['megabytes'] for told in all_told.values()):.0f} MB"
    )
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
