"""The private environment beside ``main.py``: what belongs into it, whether it is complete, and how it is made.

``.venv`` carries a stamp for every lock that was installed into it, and a mark while it is being made. So an
interrupted start is noticed, and begun again in an empty folder; a changed lock is installed over what is there.
"""

import hashlib
import importlib.metadata
import importlib.util
import os
import re
import shutil
import sys
import sysconfig
import tomllib
from collections.abc import Generator, Iterator, Sequence
from contextlib import suppress
from importlib.machinery import PathFinder
from pathlib import Path
from typing import NamedTuple

from nnplay.bootstrap.fetching import StartError, Step, run_beside, run_steps
from nnplay.texts import mark, tr


class Group(NamedTuple):
    """Packages that are fetched together: their lock in ``resources``, and modules by which they are found."""

    lock: str
    modules: tuple[str, ...]


RUN = Group(
    "requirements.lock",
    ("numpy", "PySide6", "shiboken6", "pyqtgraph", "msgspec", "qtawesome", "threadpoolctl", "tqdm", "PIL"),
)
TESTS = Group(
    "requirements-test.lock",
    ("pytest", "pytestqt", "xdist", "pytest_benchmark", "hypothesis", "importlinter", "ruff", "mypy"),
)
READERS = Group(
    "requirements-readers.lock",
    (
        "onnx", "onnxruntime", "safetensors", "tensorboard", "sklearn", "nbformat", "nbclient", "ipykernel",
        "matplotlib",
    ),
)  # fmt: skip
COMPILED = Group("requirements-compiled.lock", ("numba", "llvmlite"))
BUNDLE = Group("requirements-bundle.lock", ("PyInstaller",))
UNFINISHED = "nnplay-unfinished"
APART = "nnplay-fetching"
"""A folder in which what is added later is put together."""


class Environment:
    """The environment of a checkout.

    Parameters
    ----------
    checkout
        The folder of ``main.py``.
    tests
        Whether the test tools belong to what is needed.
    readers
        Whether other people's readers of what nnplay exports do too.
    compiled
        Whether what compiles the steps of training does.
    bundle
        Whether a bundle is built from it, for which no other Python will do than the locked one.
    """

    def __init__(
        self, checkout: Path, *, tests: bool, readers: bool = False, compiled: bool = False, bundle: bool = False
    ) -> None:
        self.checkout = checkout
        self.folder = checkout / ".venv"
        self._only_here = bundle
        asked = {TESTS: tests, READERS: readers, COMPILED: compiled, BUNDLE: bundle}
        self._groups = [RUN, *(group for group in asked if asked[group])]
        self.modules = [name for group in self._groups for name in group.modules]
        self.locks = [checkout / "resources" / group.lock for group in self._groups]

    def importable(self) -> bool:
        """Tell whether the running Python has all that is needed, and new enough."""
        if self.missing():
            return False
        if self._only_here:
            return is_running_in(self.folder) and self.is_complete()
        return is_running_in(self.folder) or _new_enough(self.checkout / "pyproject.toml")

    def missing(self) -> list[str]:
        """Return the modules that the running Python doesn't find."""
        return [name for name in self.modules if importlib.util.find_spec(name) is None]

    def python(self) -> Path:
        """Return the interpreter of the environment."""
        if os.name == "nt":
            return self.folder / "Scripts" / ("pythonw.exe" if sys.stderr is None else "python.exe")
        return self.folder / "bin" / "python"

    def is_complete(self) -> bool:
        """Tell whether nnplay can be started there: nothing interrupted, every lock installed, every module found."""
        return self._is_usable() and not self._lacking()

    def make(self, lock: int | None) -> Generator[str, None, None]:
        """Make or complete the environment, in small pieces: each yields what is happening, or nothing new.

        Parameters
        ----------
        lock
            The file descriptor that the processes started here keep open, so that whoever comes next waits for them.

        Raises
        ------
        StartError
            One sentence about what went wrong.
        """
        if not self._is_usable():
            _check_venv_module()
            self._empty()
            yield from run_steps([Step(tr("making a private environment"), _venv_command(self.folder))], lock)
        (self.folder / UNFINISHED).touch()
        if not self._has("pip"):  # uv makes environments without it
            ensurepip = [str(self.python()), "-m", "ensurepip", "--upgrade", "--default-pip"]
            yield from run_steps([Step(tr("adding pip"), ensurepip)], lock)
        locks = self._lacking()
        steps = [Step(tr("fetching the packages"), self._pip_command(path)) for path in self._parted(locks)]
        yield from run_beside(steps, lock)
        for path in locks:
            self._stamp(path).write_text(_stamp_text(path), encoding="utf-8")
        (self.folder / UNFINISHED).unlink()
        importlib.invalidate_caches()

    def add(self, group: Group, lock: int | None) -> Generator[str, None, None]:
        """Fetch one more group into the environment, which is complete; left in the middle, it still is.

        It is put together apart, so that a window that runs never finds a half of it; what that has loaded stays.

        Raises
        ------
        StartError
            As of `make`.
        """
        requirements, apart = self.checkout / "resources" / group.lock, self.folder / APART
        lacking = apart.with_suffix(".txt")
        try:
            _remove(apart)
            lacking.write_text(_without(requirements, self.locks[0]), encoding="utf-8")
            command = [*self._pip_command(lacking), "--target", str(apart)]
            yield from run_steps([Step(tr("fetching the packages"), command)], lock)
            self._take_in(apart, group)
            self._stamp(requirements).write_text(_stamp_text(requirements), encoding="utf-8")
        except OSError as error:
            text = mark("the folder {folder} can't be written to ({reason})")
            raise StartError(tr(text, folder=self.folder, reason=error.strerror)) from error
        finally:
            shutil.rmtree(apart, ignore_errors=True)
            with suppress(OSError):
                lacking.unlink(missing_ok=True)

    def _take_in(self, apart: Path, group: Group) -> None:
        """Move packages to the others, in place of other versions; that by which the group is found comes last."""
        packages = self._packages()
        last = {name: place for place, name in enumerate(reversed(group.modules), 1)}
        for entry in sorted(apart.iterdir(), key=lambda entry: last.get(entry.stem, 0)):
            if entry.name in ("bin", "Scripts"):
                continue
            if entry.suffix == ".dist-info":
                for other in packages.glob(f"{entry.name.partition('-')[0]}-*.dist-info"):
                    _remove(other)
            _remove(packages / entry.name)
            entry.rename(packages / entry.name)

    def _empty(self) -> None:
        """Leave nothing in the folder but the mark that it is being made."""
        try:
            if self.folder.exists():
                shutil.rmtree(self.folder)
            self.folder.mkdir()
            (self.folder / UNFINISHED).touch()
        except OSError as error:
            sentence = tr(
                "the folder {folder} can't be made ({reason}). "
                "Copy nnplay to a folder that you may write to, and start it there.",
                folder=self.folder,
                reason=error.strerror,
            )
            raise StartError(sentence) from error

    def _is_usable(self) -> bool:
        """Tell whether something can be installed there: whole, and of the version of Python that is running."""
        if not self.python().exists() or (self.folder / UNFINISHED).exists():
            return False
        try:
            text = (self.folder / "pyvenv.cfg").read_text(encoding="utf-8")
        except (OSError, UnicodeError):
            return False
        version = re.search(r"^version(?:_info)?\s*=\s*(\d+\.\d+)", text, re.MULTILINE)
        return version is not None and version[1] == _version()

    def _has(self, module: str) -> bool:
        return PathFinder.find_spec(module, [str(self._packages())]) is not None

    def _packages(self) -> Path:
        base = str(self.folder)
        return Path(sysconfig.get_path("purelib", "venv", {"base": base, "platbase": base}))

    def _lacking(self) -> list[Path]:
        """The locks to install: what was taken out by hand, or by another tool, has a stamp all the same."""
        return [
            path
            for group, path in zip(self._groups, self.locks, strict=True)
            if _read(self._stamp(path)) != _stamp_text(path) or not all(map(self._has, group.modules))
        ]

    def _parted(self, locks: Sequence[Path]) -> Iterator[Path]:
        """The locks, as files in which each package stands once: pips that run beside each other share none."""
        taken = set[str]()
        for path in locks:
            entries = re.split(r"\n(?=\w)", path.read_text(encoding="utf-8"))
            names = [entry.partition("==")[0] for entry in entries]  # one may stand twice, for two versions of Python
            own = [entry for name, entry in zip(names, entries, strict=True) if name not in taken]
            taken.update(names)
            part = self.folder / f"part-of-{path.name}"
            part.write_text("\n".join(own), encoding="utf-8")
            yield part

    def _stamp(self, lock: Path) -> Path:
        return self.folder / f"nnplay-{lock.name}"

    def _pip_command(self, lock: Path) -> list[str]:
        options = ["--disable-pip-version-check", "--no-input", "--progress-bar", "off"]
        retries = ["--retries", "3", "--timeout", "20"]
        # a tenth of it is ever imported: Python compiles that by itself, in less time
        only = ["--only-binary", ":all:", "--require-hashes", "--no-deps", "--no-compile"]
        return [str(self.python()), "-m", "pip", "install", *options, *retries, *only, "-r", str(lock)]


def is_running_in(folder: Path) -> bool:
    """Tell whether the running Python is the one of this environment."""
    return folder.exists() and Path(sys.prefix).samefile(folder)


def _version() -> str:
    return f"{sys.version_info[0]}.{sys.version_info[1]}"


def _stamp_text(lock: Path) -> str:
    return f"{hashlib.sha256(lock.read_bytes()).hexdigest()} {_version()}\n"


def _without(lock: Path, other: Path) -> str:
    """The packages of a lock that another one doesn't have, with their hashes."""
    have = set(re.findall(r"^([\w.-]+)==", other.read_text(encoding="utf-8"), re.MULTILINE))
    packages = re.split(r"^(?=[\w.-]+==)", lock.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return "".join(package for package in packages if package.partition("==")[0] not in have)


def _remove(path: Path) -> None:
    """A file, or a folder with all in it, where it is there."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeError):
        return ""


def _venv_command(folder: Path) -> list[str]:
    # the interpreter below the environment that is perhaps running: that one may just have been taken away
    python = getattr(sys, "_base_executable", "") or sys.executable
    return [python, "-m", "venv", str(folder)]


def _check_venv_module() -> None:
    if importlib.util.find_spec("venv") is None or importlib.util.find_spec("ensurepip") is None:
        sentence = tr(
            "this Python can't make a private environment. "
            "On Debian or Ubuntu: sudo apt install python3-venv, and start again."
        )
        raise StartError(sentence)


def _new_enough(project: Path) -> bool:
    """Tell whether the installed packages reach the lowest versions that the project file names."""
    with project.open("rb") as file:
        dependencies = tomllib.load(file)["project"]["dependencies"]
    for name, lowest in (match.groups() for text in dependencies if (match := re.match(r"([\w-]+)>=([\d.]+)", text))):
        try:
            found = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            return False
        if _numbers(found) < _numbers(lowest):
            return False
    return True


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(map(int, re.findall(r"\d+", version.split("+")[0])[:3]))
