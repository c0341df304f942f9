"""`main.py --tests`: every check in one line each, then the tests, whose own closing line comes last.

A check that failed shows what it printed; the tests run all the same, and the exit code tells of both.
"""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from nnplay.preflight import system_problem

CHECKS = (
    ("ruff check", ("-m", "ruff", "check", ".")),
    ("ruff format", ("-m", "ruff", "format", "--check", ".")),
    ("mypy --strict", ("-m", "mypy", "--strict")),
    # a module of its own to start it is not there, and a script in bin/ would not survive moving the folder
    ("import-linter", ("-c", "from importlinter.cli import lint_imports_command as run; run()", "--no-cache")),
)


def run(checkout: Path, arguments: Sequence[str]) -> int:
    """Run the checks, then pytest with these arguments.

    Returns
    -------
    int
        pytest's exit code; where the tests passed and a check did not, 1.
    """
    # programs that tests start, in whatever folder, find nnplay in the checkout
    path = os.pathsep.join(filter(None, (str(checkout), os.environ.get("PYTHONPATH"))))
    surroundings = dict(os.environ, QT_QPA_PLATFORM="offscreen", PYTHONPATH=path)
    problem = system_problem(needs_screen=False)
    if problem:
        print(f"nnplay: {problem}", file=sys.stderr, flush=True)
        return 1
    passed = [_passes(name, command, checkout, surroundings) for name, command in CHECKS]
    pytest = [sys.executable, "-m", "pytest", *arguments]
    code = subprocess.run(pytest, cwd=checkout, env=surroundings, check=False).returncode
    if code < 0:  # after its closing line, which may even be a happy one
        print(f"nnplay: pytest itself was ended by signal {-code}", file=sys.stderr, flush=True)
        return 1
    return code or int(not all(passed))


def _passes(name: str, command: Sequence[str], folder: Path, surroundings: dict[str, str]) -> bool:
    done = subprocess.run(
        [sys.executable, *command],
        cwd=folder,
        env=surroundings,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    print(f"{name:15} {'passed' if done.returncode == 0 else 'FAILED'}", flush=True)
    if done.returncode:
        print(done.stdout.rstrip() + "\n", flush=True)
    return done.returncode == 0
