"""Runs the benchmarks and prints one table: the time of a training step, and how it stands to its target."""

import json
import sys
import tempfile
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).parent
LINE = "{:<58} {:>10} {:>18} {:>8} {:>8}  {}"
OPTIONS = ["-q", "-rs", "--no-header", "--import-mode=importlib", "--benchmark-only", "--benchmark-quiet"]
OWN_SETTINGS = ["-o", "addopts=", "-o", "filterwarnings="]


def main() -> int:
    """Measure, print, and answer 1 where a target is missed."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        code = pytest.main([str(FOLDER), *OPTIONS, *OWN_SETTINGS, f"--benchmark-json={report}"])
        if code:
            return int(code)
        benchmarks = json.loads(report.read_text())["benchmarks"]
    print()
    print(LINE.format("one training step", "nnplay µs", "beside µs", "ratio", "target", ""))
    return 0 if all([*map(print_line, lines(benchmarks))]) else 1


def lines(benchmarks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What each measurement with a target says beside nnplay's own of the same row; times in µs, fastest round."""
    for benchmark in benchmarks:
        info = benchmark["extra_info"]
        info["time"] = 1e6 * benchmark["stats"]["min"] / info["steps"]
    infos = [benchmark["extra_info"] for benchmark in benchmarks]
    own = {info["row"]: info["time"] for info in infos if info["who"] == "nnplay"}
    return [info | {"own": own[info["row"]]} for info in infos if info["target"] is not None]


def print_line(info: dict[str, Any]) -> bool:
    """Print how often nnplay's step fits into the other one, and whether that is what its target asks for."""
    ratio, target = info["time"] / info["own"], info["target"]
    stack = info["who"] == "stack"
    met = ratio <= target if stack else ratio >= target
    verdict = f"{'at most' if stack else 'at least'}: {'met' if met else 'MISSED'}" if target else "for comparison"
    texts = (f"{info['own']:.1f}", f"{info['who']} {info['time']:.0f}", f"{ratio:.2f}", f"{target:g}" if target else "")
    print(LINE.format(info["row"], *texts, verdict))
    return met


if __name__ == "__main__":
    sys.exit(main())
