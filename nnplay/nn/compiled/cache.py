"""Where compiled kernels are kept: in the person's own cache folder, those of these very sources and versions.

Whoever compiles holds a lock of that folder, so that others wait, and load what was compiled meanwhile.
"""

import errno
import hashlib
import os
import platform
import shutil
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from importlib import metadata
from pathlib import Path

KEPT = 4
"""Folders that stay, those used last: of an installation, and of copies or branches that a person goes between."""
LOCK = "compiling.lock"
TAKEN_FROM = "activations.py", "batch_norm.py"
"""What else of `nnplay.nn` there are numbers of in the kernels."""


def user_cache() -> Path:
    """The person's own cache folder, or the one that is named for numba."""
    named = os.environ.get("NUMBA_CACHE_DIR")
    if named:
        return Path(named)
    home = Path.home()
    folders = {"win32": home / "AppData/Local", "darwin": home / "Library/Caches"}
    chosen = Path(os.environ.get("LOCALAPPDATA" if sys.platform == "win32" else "XDG_CACHE_HOME", ""))
    return chosen if chosen.is_absolute() else folders.get(sys.platform, home / ".cache")


def cache_folder() -> Path:
    """A folder of these sources alone, where and as they lie: numba doesn't see a change in what a kernel calls.

    It does look at when the kernel's own source was written, and compiles again where that is another time.
    """
    here = Path(__file__).parent
    sources = [*sorted(here.glob("*.py")), *(here.parent / name for name in TAKEN_FROM)]
    made_of = [part for source in sources for part in (source.read_bytes(), str(source.stat().st_mtime_ns).encode())]
    made_with = (__file__, sys.version, platform.machine(), *map(_version, ("numba", "llvmlite", "numpy")))
    key = hashlib.sha256(b"".join([*made_of, *(each.encode() for each in made_with)])).hexdigest()[:16]
    return _folders() / key


def mark_kept(dtype: str) -> None:
    """Remember that the kernel of this precision is kept, which takes it from the folders that were used before."""
    folder = cache_folder()
    with suppress(OSError):  # where nothing can be kept it is compiled at each start
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{dtype}.kept").touch()
        os.utime(folder)
    forget_old()


def is_kept(dtype: str) -> bool:
    """Whether the kernel of this precision was compiled before, and needs only to be loaded."""
    return (cache_folder() / f"{dtype}.kept").exists()


def forget_old() -> None:
    """Remove the folders of former sources and versions, a megabyte each, but for those that were used last."""
    with suppress(OSError):  # another process does the same, or there are none
        folders = sorted(_folders().iterdir(), key=lambda folder: folder.stat().st_mtime, reverse=True)
        for folder in folders[KEPT:]:
            shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def compiling_alone() -> Iterator[None]:
    """Wait until no other process compiles these kernels, and let the others wait; not where no file can be locked."""
    with ExitStack() as stack:
        with suppress(OSError):
            folder = cache_folder()
            folder.mkdir(parents=True, exist_ok=True)
            _lock(stack.enter_context((folder / LOCK).open("a")).fileno())
        yield


def _lock(descriptor: int) -> None:
    """Have the file alone until it is closed, by the end of the process at the latest."""
    if sys.platform == "win32":
        import msvcrt

        while True:
            try:
                msvcrt.locking(descriptor, msvcrt.LK_LOCK, 1)
            except OSError as error:
                if error.errno != errno.EDEADLK:  # that is what it says after ten seconds
                    raise
            else:
                return
    else:
        import fcntl

        fcntl.flock(descriptor, fcntl.LOCK_EX)


def _folders() -> Path:
    return user_cache() / "nnplay" / "compiled"


def _version(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return ""
