"""Runs the commands that make the environment, one after the other, and turns what they print into a few plain words.

The work is a generator that never waits: a terminal and a window can both drive it, each at its own pace.
"""

import contextlib
import hashlib
import os
import queue
import re
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TypeAlias

from nnplay.texts import mark, tr

PAUSE = 0.05
"""Seconds between two looks at a command that is running, in a terminal."""

NO_NETWORK = re.compile(
    r"connection (?:broken|refused|reset|aborted|timed out)|failed to establish a new connection|ConnectionError|"
    r"name resolution|getaddrinfo|network is unreachable|ProxyError|SSLError|ReadTimeout|ConnectTimeout|timed out",
    re.IGNORECASE,
)
OTHER_CAUSES = (
    (re.compile(r"No space left on device|not enough space on the disk"), mark("the disk is full")),
    (re.compile(r"DO NOT MATCH THE HASHES"), mark("what came is not what the lock names, so it was not installed")),
    (re.compile(r"Permission denied|Read-only file system|Access is denied"), mark("the folder can't be written to")),
)


Lines: TypeAlias = queue.Queue[str | None]
"""What a command prints, line by line, and None at its end."""


class StartError(Exception):
    """The environment could not be made; the message is one sentence for a person."""


class StartCancelledError(Exception):
    """The person closed the progress window."""


@dataclass(frozen=True)
class Step:
    """One command, and the words for what it does: "fetching the packages"."""

    title: str
    command: Sequence[str]


def run_steps(steps: Sequence[Step], lock: int | None = None) -> Generator[str, None, None]:
    """Run commands one after the other; yield the words for what happens now, or "" where nothing is new.

    It never waits: who drives it pauses after each "". Closing the generator ends the running command.

    Raises
    ------
    StartError
        When a command fails, with the cause found in what it printed.
    """
    for step in steps:
        yield step.title
        lines: list[str] = []
        with _started(step.command, lock) as (process, output):
            while True:
                try:
                    line = output.get_nowait()
                except queue.Empty:
                    yield ""
                    continue
                if line is None:
                    break
                lines.append(line)
                if words := progress_of(line):
                    yield words
            code = process.wait()
        if code:
            raise StartError(explain(step.title, lines))


def run_beside(steps: Sequence[Step], lock: int | None = None) -> Generator[str, None, None]:
    """Run commands beside each other, as `run_steps` runs them one after the other; one that fails ends the others."""
    running = [run_steps([step], lock) for step in steps]
    try:
        while running:
            for work in tuple(running):
                try:
                    yield next(work)
                except StopIteration:
                    running.remove(work)
    finally:
        for work in running:
            work.close()


def drive(work: Generator[str, None, None], say: Callable[[str], None]) -> None:
    """Do the work to its end, saying what happens."""
    for words in work:
        if words:
            say("  " + words)
        else:
            time.sleep(PAUSE)


def progress_of(line: str) -> str:
    """Return what a line of pip means to a person: which package it fetches and how large that is; else ""."""
    fetched = re.match(r"\s*Downloading (?:\S*/)?([\w.]+)-(\d[^-\s]*)-\S+\.whl\S* (\([\d.]+ ?\w+\))", line)
    if fetched:
        package, version, size = fetched.groups()
        return tr("fetching {package} {version} {size}", package=package, version=version, size=size)
    return tr("installing the packages") if line.startswith("Installing collected packages") else ""


def explain(title: str, lines: Sequence[str]) -> str:
    """Return one sentence about a command that failed: what it was to do, the cause, and what to do about it."""
    text = "\n".join(lines)
    missing = re.search(r"No matching distribution found for ([\w.-]+)", text)
    cause = next((tr(cause) for pattern, cause in OTHER_CAUSES if pattern.search(text)), None)
    if cause is None and NO_NETWORK.search(text):
        return tr("{step} failed: the package index can't be reached. Check the network and try again.", step=title)
    if cause is None and missing:
        cause = tr("there is no {package} for this Python on this system", package=missing[1])
    if cause is None:
        errors = [line for line in lines if line.strip()]
        said = next((line for line in reversed(errors) if line.startswith("ERROR")), errors[-1] if errors else "")
        cause = said.removeprefix("ERROR:").strip().rstrip(".") or tr("it gave no reason")
    return tr("{step} failed: {cause}. Try again.", step=title, cause=cause)


@contextlib.contextmanager
def single_start(folder: Path, waiting: Callable[[], None]) -> Iterator[int | None]:
    """Hold a lock that belongs to the folder, waiting while another process holds it.

    On Linux and macOS the lock's file descriptor is handed to the commands, so that a pip left behind by a start that
    was killed ends before the next start begins to clean up. Yields that descriptor, or None where there are no locks.
    """
    try:
        import fcntl
    except ImportError:  # Windows
        yield None
        return
    name = hashlib.sha256(str(folder).encode()).hexdigest()[:16]
    path = Path(tempfile.gettempdir()) / f"nnplay-{os.getuid()}-{name}.lock"
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        told = False
        while True:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if not told:
                    waiting()
                    told = True
                time.sleep(0.2)
        yield descriptor
    finally:
        os.close(descriptor)


@contextlib.contextmanager
def _started(command: Sequence[str], lock: int | None) -> Iterator[tuple[subprocess.Popen[str], Lines]]:
    """Start a command whose lines, and None at its end, arrive in a queue; end it when the block is left early."""
    surroundings = dict(os.environ, PIP_USER="0", PYTHONIOENCODING="utf-8", PYTHONUNBUFFERED="1")
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
        env=surroundings,
        pass_fds=() if lock is None else (lock,),
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
    output: Lines = queue.Queue()
    assert process.stdout is not None
    reader = threading.Thread(target=_read_lines, args=(process.stdout, output), daemon=True)
    reader.start()
    try:
        yield process, output
    finally:
        if process.poll() is None:
            process.terminate()
        process.wait()
        reader.join()
        process.stdout.close()


def _read_lines(stream: IO[str], output: Lines) -> None:
    for line in stream:
        output.put(line.rstrip())
    output.put(None)
