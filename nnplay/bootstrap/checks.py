"""`main.py --checks`: every check in one line each. `main.py --tests`: the same, then the tests.

A check that failed shows what it printed; the tests run all the same, and the exit code tells of both. The tests' own
closing line comes last; after it there is only what would run tests that were skipped here, and a signal's number.
"""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from nnplay.preflight import system_problem
from nnplay.texts import tr

CHECKS = (
    ("ruff check", ("-m", "ruff", "check", ".")),
    ("ruff format", ("-m", "ruff", "format", "--check", ".")),
    ("mypy --strict", ("-m", "mypy", "--strict")),
    # a module of its own to start it is not there, and a script in bin/ would not survive moving the folder
    ("import-linter", ("-c", "from importlinter.cli import lint_imports_command as run; run()", "--no-cache")),
)

IN_PARALLEL = ("-n", "logical", "--maxprocesses", "8", "--dist", "worksteal")
"""A process for each of the processor's threads; who is done takes over half of what another has left."""


COMPILE = ("-m", "pytest", "--collect-only", "-qq", "-p", "no:cacheprovider")
"""Compiles what the tests import, and them: else each of the processes would, while the others do the same."""


def run_checks(checkout: Path, meanwhile: Callable[[], None] = lambda: None) -> int:
    """Run the checks beside each other, and do something meanwhile; 0 where all passed, else 1."""
    started = [(name, _start(command, checkout)) for name, command in CHECKS]
    try:
        meanwhile()
    finally:
        passed = [_passes(name, check) for name, check in started]
    return int(not all(passed))


def run_tests(checkout: Path, arguments: Sequence[str], meanwhile: Callable[[], None] = lambda: None) -> int:
    """Run the checks, and do meanwhile what only the tests need, then run pytest with these arguments.

    Returns
    -------
    int
        pytest's exit code; where the tests passed and a check did not, 1.
    """
    problem = system_problem(needs_screen=False)
    if problem:
        print(f"nnplay: {problem}", file=sys.stderr, flush=True)
        return 1
    named = _names_tests(arguments)
    if named:
        failed = run_checks(checkout, meanwhile)
    else:
        with _compiling(checkout):
            failed = run_checks(checkout, meanwhile)
    pytest = [sys.executable, "-m", "pytest", *([] if named else IN_PARALLEL), *arguments]
    code = subprocess.run(pytest, cwd=checkout, env=_surroundings(checkout), check=False).returncode
    if code < 0:  # after its closing line, which may even be a happy one
        print("nnplay:", tr("pytest itself was ended by signal {number}", number=-code), file=sys.stderr, flush=True)
        return 1
    return code or failed


def _names_tests(arguments: Sequence[str]) -> bool:
    """Tell whether these may name a few tests, which are over before more processes are up; a mark names many."""
    marked = [index + 1 for index, argument in enumerate(arguments) if argument == "-m"]
    return any(not argument.startswith("-") for index, argument in enumerate(arguments) if index not in marked)


def _surroundings(checkout: Path) -> dict[str, str]:
    # programs that tests start, in whatever folder, find nnplay in the checkout, which is compiled once for all
    path = os.pathsep.join(filter(None, (str(checkout), os.environ.get("PYTHONPATH"))))
    surroundings = dict(os.environ, QT_QPA_PLATFORM="offscreen", PYTHONPATH=path)
    surroundings.pop("PYTHONDONTWRITEBYTECODE", None)
    return surroundings


@contextmanager
def _compiling(checkout: Path) -> Iterator[None]:
    """Use what processors the checks leave idle; the rest of the work, if there is any, is for the tests."""
    command = [sys.executable, *COMPILE]
    silent = subprocess.DEVNULL
    with subprocess.Popen(command, cwd=checkout, env=_surroundings(checkout), stdout=silent, stderr=silent) as process:
        try:
            yield
        finally:
            process.terminate()


def _start(command: Sequence[str], checkout: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, *command],
        cwd=checkout,
        env=_surroundings(checkout),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
    )


def _passes(name: str, check: subprocess.Popen[str]) -> bool:
    said, _ = check.communicate()
    print(f"{name:15} {'passed' if check.returncode == 0 else 'FAILED'}", flush=True)
    if check.returncode:
        print(said.rstrip() + "\n", flush=True)
    return check.returncode == 0
