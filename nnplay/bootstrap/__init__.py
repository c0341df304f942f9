"""From `python3 main.py` to a running nnplay, with the standard library only.

Where the packages are there (``pip install .``, ``uv run``), nnplay starts at once. Where they are not, they are
fetched into ``.venv`` beside ``main.py``, once, and nnplay starts again inside it. Nothing else is touched.
"""

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Generator, Sequence
from pathlib import Path

from nnplay.bootstrap.environment import COMPILED, Environment, is_running_in
from nnplay.bootstrap.fetching import StartCancelledError, StartError, drive, single_start
from nnplay.texts import tr

HERE = Path(__file__).resolve().parents[2]
"""The checkout: the folder of ``main.py``."""

FETCH_COMPILED = "--fetch-compiled"
"""Fetches what compiles the steps of training, for the window too."""
TOOLS = ("--tests", "--checks", "--bundle", FETCH_COMPILED)
"""What is started by `main.py` in place of nnplay."""

ALL = "--all"
"""Behind ``--tests``: with readers of what nnplay exports, and numba, which are fetched for that alone."""

STARTED_BY = "NNPLAY_ENVIRONMENT"
"""Set to the folder of the environment when nnplay was started again inside it."""


def main(arguments: Sequence[str]) -> int:
    """Start nnplay with these arguments, in an environment made for it where that is needed.

    Returns
    -------
    int
        The exit code: that of nnplay, or of the tool; 1 where there is no environment, 130 on Ctrl-C.
    """
    tool = arguments[0] if arguments and arguments[0] in TOOLS else ""
    everything = list(arguments[:2]) == ["--tests", ALL]
    tests, bundle = tool in ("--tests", "--checks"), tool == "--bundle"
    here = Environment(HERE, tests=tests, bundle=bundle)
    inside = is_running_in(here.folder)
    try:
        if not (here.importable() and (inside or not everything or _everything().importable())):
            _refuse_a_circle(here)
            _prepare(here, with_window=not tool and _deserves_a_window(arguments))
            if not inside:
                return _start_again(here.python(), [str(HERE / "main.py"), *arguments])
    except StartError as failure:
        say(str(failure))
        return 1
    except (StartCancelledError, KeyboardInterrupt):
        say(tr("stopped. The next start begins again where this one can't go on."))
        return 130
    os.environ.pop(STARTED_BY, None)
    if tool == "--tests":
        return _run_tests(arguments[1 + everything :], completing=everything and inside)
    return _run_tool(*arguments) if tool else _run_nnplay(arguments)


def _everything() -> Environment:
    return Environment(HERE, tests=True, readers=True, compiled=True)


def say(text: str) -> None:
    """Print to standard error, if there is one (``pythonw`` has none)."""
    if sys.stderr is not None:
        print(f"nnplay: {text}", file=sys.stderr, flush=True)


def _prepare(here: Environment, *, with_window: bool) -> None:
    """Fetch what is missing; no second start does so at the same time."""
    if here.is_complete():
        return
    with single_start(here.folder, waiting=lambda: say(tr("another start is fetching; waiting for it …"))) as lock:
        if here.is_complete():
            return
        say(tr("the first start fetches what nnplay needs into {folder} …", folder=here.folder))
        if not (with_window and _shown_in_a_window(lambda: here.make(lock))):
            drive(here.make(lock), say)
    if not here.is_complete():
        raise StartError(
            tr("{folder} is not what it should be. Delete that folder and start again.", folder=here.folder)
        )


def _shown_in_a_window(work: Callable[[], Generator[str, None, None]]) -> bool:
    """Do the work behind a progress window; False, with nothing done, where none can be drawn."""
    try:
        import tkinter

        from nnplay.bootstrap import window
    except ImportError:
        return False
    try:
        window.show(work, say)
    except tkinter.TclError:
        return False
    return True


def _refuse_a_circle(here: Environment) -> None:
    """Stop where the complete environment was started and still lacks something, which PYTHONHOME can bring about."""
    if os.environ.get(STARTED_BY) == str(here.folder) and here.is_complete():
        missing = ", ".join(here.missing())
        sentence = tr(
            "Python doesn't find {modules} in {folder}. Delete that folder and start again.",
            modules=missing,
            folder=here.folder,
        )
        raise StartError(sentence)


def _start_again(python: Path, arguments: Sequence[str]) -> int:
    """Replace this process by one in the environment; Windows can't, and waits for it instead."""
    command = [str(python), *arguments]
    surroundings = dict(os.environ, **{STARTED_BY: str(python.parents[1])})
    if os.name != "nt":
        os.execve(command[0], command, surroundings)
    with subprocess.Popen(command, env=surroundings) as process:
        while True:
            with contextlib.suppress(KeyboardInterrupt):  # Ctrl-C reaches the other process too, and it decides
                return process.wait()


def _deserves_a_window(arguments: Sequence[str]) -> bool:
    """Tell whether someone waits for a window and reads no terminal: a double click."""
    opens_a_window = not arguments or (len(arguments) == 1 and not arguments[0].startswith("-"))
    if not opens_a_window or os.environ.get("CI"):
        return False
    if os.name == "nt":  # a double click opens a console of its own, which closes before anyone has read it
        return True
    in_a_terminal = sys.stderr is not None and sys.stderr.isatty()
    return not in_a_terminal and (sys.platform == "darwin" or bool(os.environ.get("DISPLAY")))


def _fetch_compiled() -> int:
    """Fetch numba into the environment; who ends this process ends pip, too."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(130))
    here = Environment(HERE, tests=False)
    if not is_running_in(here.folder):
        say(tr("nnplay runs in an environment of your own: pip install numba brings numba there"))
        return 1
    try:
        with (
            single_start(here.folder, waiting=lambda: say(tr("another start is fetching; waiting for it …"))) as lock,
            contextlib.closing(here.add(COMPILED, lock)) as work,
        ):
            drive(work, say)
    except StartError as failure:
        say(str(failure))
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


def _run_tool(tool: str, *arguments: str) -> int:
    if tool == FETCH_COMPILED:
        return _fetch_compiled()
    if tool == "--bundle":
        from nnplay.bootstrap import bundle

        return bundle.build(HERE, arguments, say)
    from nnplay.bootstrap import checks

    return checks.run_checks(HERE)


def _run_tests(arguments: Sequence[str], *, completing: bool) -> int:
    """Run checks and tests; what is large is fetched while the checks run, which don't need it."""
    from nnplay.bootstrap import checks

    def complete() -> None:
        if completing:
            _prepare(_everything(), with_window=False)

    try:
        return checks.run_tests(HERE, arguments, complete)
    except StartError as failure:
        say(str(failure))
        return 1


def _run_nnplay(arguments: Sequence[str]) -> int:
    from nnplay.app import main as run

    return run(list(arguments))
